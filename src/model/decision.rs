//! Upheld and Overturned, always with both phrasings.

use super::case::UrAction;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The reviewer's answer for one item. The verb speaks of the *UR decision* (domain 2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// UR's denial stands: the item is NOT medically necessary.
    Upheld,
    /// UR's denial falls: the item IS medically necessary.
    Overturned,
}

impl Decision {
    /// The word letters print: `Upheld`, `Overturned`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Upheld => "Upheld",
            Self::Overturned => "Overturned",
        }
    }

    /// The other phrasing: `not medically necessary`, `medically necessary`.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Upheld => "not medically necessary",
            Self::Overturned => "medically necessary",
        }
    }

    /// Both phrasings: `Upheld = not medically necessary`.
    pub fn both(self) -> &'static str {
        match self {
            Self::Upheld => "Upheld = not medically necessary",
            Self::Overturned => "Overturned = medically necessary",
        }
    }

    /// Both phrasings where columns are few; either is [`Self::SHORT`] columns wide.
    pub fn short(self) -> &'static str {
        match self {
            Self::Upheld => "Upheld = not nec.",
            Self::Overturned => "Overturned = nec.",
        }
    }

    /// Columns of [`Self::short`].
    pub const SHORT: usize = 17;

    /// Both phrasings on one line, for the moment of deciding.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Upheld => "Upheld: UR's denial stands, NOT medically necessary",
            Self::Overturned => "Overturned: UR's denial falls, MEDICALLY NECESSARY",
        }
    }

    /// The same, for what UR did: where it modified a request, what it approved is not in dispute.
    pub fn sentence_for(self, action: UrAction) -> &'static str {
        match (self, action) {
            (_, UrAction::Denied) => self.sentence(),
            (Self::Upheld, UrAction::Modified) => {
                "Upheld: UR's decision stands, the remainder is NOT medically necessary"
            }
            (Self::Overturned, UrAction::Modified) => {
                "Overturned: UR's decision falls, the remainder is MEDICALLY NECESSARY"
            }
        }
    }

    /// Reads the word as letters print it, whatever its case; nothing that merely looks like it
    /// (reliability I-14: a Cyrillic `е` is no `e`).
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Upheld, Self::Overturned]
            .into_iter()
            .find(|d| d.word().eq_ignore_ascii_case(word.trim()))
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_modified_request_is_disputed_in_part() {
        for decision in [Decision::Upheld, Decision::Overturned] {
            let modified = decision.sentence_for(UrAction::Modified);
            assert!(modified.starts_with(decision.word()), "{modified}");
            assert!(modified.contains("the remainder"), "{modified}");
            assert!(!modified.contains("denial"), "{modified}");
            assert_eq!(decision.sentence_for(UrAction::Denied), decision.sentence());
        }
    }

    #[test]
    fn both_phrasings_say_the_same_at_any_length() {
        for decision in [Decision::Upheld, Decision::Overturned] {
            let both = format!("{} = {}", decision.word(), decision.meaning());
            assert_eq!(decision.both(), both);
            let short = both.replace("medically necessary", "nec.");
            assert_eq!(decision.short(), short);
            assert_eq!(short.len(), Decision::SHORT);
        }
    }

    #[test]
    fn only_the_real_word() {
        assert_eq!(Decision::parse(" UPHELD"), Some(Decision::Upheld));
        assert_eq!(Decision::parse("Uph\u{435}ld"), None);
    }
}
