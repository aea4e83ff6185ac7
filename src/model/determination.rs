//! The content of a determination: what is signed and what the letter says, and nothing else.

use super::case::{Case, Credentials, Header, Item, Patient};
use super::case_file::CaseFile;
use super::citation::Citation;
use super::date::Date;
use super::decision::Decision;
use super::draft::ItemDraft;
use super::record::Record;
use super::reviewer::Reviewer;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One item as decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedItem {
    /// The request as written.
    pub request: String,
    /// UR's guideline block as written, where known.
    pub ur_text: Option<String>,
    /// What UR approved, where it modified.
    pub ur_approved_part: Option<String>,
    /// The answer.
    pub decision: Decision,
    /// Cited.
    pub citations: Vec<Citation>,
    /// The reasons.
    pub rationale: String,
}

/// What the letter lists of one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedRecord {
    /// Title.
    pub title: String,
    /// Kind.
    pub kind: String,
    /// Date.
    pub date: Option<Date>,
    /// How many pages.
    pub pages: u32,
}

/// A whole determination. The reviewer's name is not part of it (LC 4610.6(f)).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Content {
    /// Organisation that issues the letter.
    pub organisation: String,
    /// Header block; `decided_date` is the day of signing.
    pub header: Header,
    /// Age and sex.
    pub patient: Patient,
    /// The signing reviewer's credentials.
    pub credentials: Credentials,
    /// The clinical case summary.
    pub summary: String,
    /// Every disputed item, each decided.
    pub items: Vec<DecidedItem>,
    /// Documents reviewed.
    pub records: Vec<ListedRecord>,
    /// Why none are listed.
    pub records_reason: Option<String>,
    /// Hex SHA-256 of the determination this one amends.
    pub replaces: Option<String>,
}

/// What one item still needs before it can be part of a determination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lack {
    /// Neither upheld nor overturned.
    Decision,
    /// No reasons, or nothing but white space.
    Rationale,
    /// Nothing cited; `none applicable` counts as a citation.
    Citation,
}

impl Lack {
    /// As it ends the sentence `item 2 has ...`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Decision => "no decision",
            Self::Rationale => "no rationale",
            Self::Citation => "no citation",
        }
    }
}

/// Why a draft is no determination yet: every gap, in the order of the items.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Incomplete {
    /// Item (from 0) and what it lacks. Empty for a case without any item.
    pub gaps: Vec<(usize, Lack)>,
}

impl fmt::Display for Incomplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.gaps.is_empty() {
            return f.write_str("the case has no item to decide");
        }
        for (place, (item, lack)) in self.gaps.iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            write!(f, "{comma}item {} has {}", item + 1, lack.word())?;
        }
        Ok(())
    }
}

impl std::error::Error for Incomplete {}

impl Content {
    /// The content of the determination that `reviewer` would sign on `day`: the only way from a
    /// draft to something that can be sealed.
    ///
    /// The credentials are the signing reviewer's, also for a case that came in as a published
    /// letter: who signs answers for the words. The reviewer's name is left behind.
    ///
    /// # Errors
    /// Every gap, where an item is undecided, has no rationale or cites nothing.
    pub fn of(
        file: &CaseFile,
        reviewer: &Reviewer,
        organisation: &str,
        day: Date,
    ) -> Result<Self, Incomplete> {
        let Case {
            header,
            patient,
            summary,
            records,
            ..
        } = &file.case;
        Ok(Self {
            organisation: organisation.trim().to_owned(),
            header: Header {
                decided_date: Some(day),
                ..header.clone()
            },
            patient: *patient,
            credentials: reviewer.credentials.clone(),
            summary: summary.clone(),
            items: decided_items(file)?,
            records: records.iter().map(ListedRecord::of).collect(),
            records_reason: records_reason(file),
            replaces: file.sealed.last().map(|last| last.hash.clone()),
        })
    }

    /// Does it say what `shown` says, the day of signing aside? Midnight may pass between the look
    /// and the signature.
    pub fn says_the_same(&self, shown: &Self) -> bool {
        let header = Header {
            decided_date: self.header.decided_date,
            ..shown.header.clone()
        };
        *self
            == Self {
                header,
                ..shown.clone()
            }
    }
}

impl ListedRecord {
    /// What a letter says of a record: never its text.
    pub fn of(record: &Record) -> Self {
        Self {
            title: record.title.clone(),
            kind: record.kind.clone(),
            date: record.date,
            pages: u32::try_from(record.pages.len()).unwrap_or(u32::MAX),
        }
    }
}

/// A reason for an empty list counts only while the list is empty.
fn records_reason(file: &CaseFile) -> Option<String> {
    file.draft
        .records_reason
        .clone()
        .filter(|_| file.case.records.is_empty())
}

fn decided_items(file: &CaseFile) -> Result<Vec<DecidedItem>, Incomplete> {
    let blank = ItemDraft::default();
    let mut decided = Vec::new();
    let mut gaps = Vec::new();
    for (index, item) in file.case.items.iter().enumerate() {
        match decided_item(item, file.draft.items.get(index).unwrap_or(&blank)) {
            Ok(item) => decided.push(item),
            Err(lacks) => gaps.extend(lacks.into_iter().map(|lack| (index, lack))),
        }
    }
    if gaps.is_empty() && !decided.is_empty() {
        Ok(decided)
    } else {
        Err(Incomplete { gaps })
    }
}

fn decided_item(item: &Item, draft: &ItemDraft) -> Result<DecidedItem, Vec<Lack>> {
    match (draft.decision, lacks(draft)) {
        (Some(decision), lacks) if lacks.is_empty() => Ok(DecidedItem {
            request: item.request.clone(),
            ur_text: item.ur.text.clone(),
            ur_approved_part: item.ur.approved_part.clone(),
            decision,
            citations: draft.citations.clone(),
            rationale: draft.rationale.clone(),
        }),
        (_, lacks) => Err(lacks),
    }
}

fn lacks(draft: &ItemDraft) -> Vec<Lack> {
    let missing = [
        (draft.decision.is_none(), Lack::Decision),
        (draft.rationale.trim().is_empty(), Lack::Rationale),
        (draft.citations.is_empty(), Lack::Citation),
    ];
    let found = missing.into_iter().filter(|(is_missing, _)| *is_missing);
    found.map(|(_, lack)| lack).collect()
}

#[cfg(test)]
mod tests {
    use super::super::case::Stage;
    use super::super::case_file::SealedInfo;
    use super::super::citation::Rank;
    use super::super::draft::Draft;
    use super::super::number::CaseId;
    use super::*;
    use jiff::{Timestamp, civil::date};

    fn file() -> CaseFile {
        let item = |request: &str| Item {
            request: request.into(),
            ur: super::super::case::Ur::default(),
            published: None,
        };
        let done = ItemDraft {
            decision: Some(Decision::Upheld),
            first_decision: Some(Decision::Upheld),
            citations: vec![Citation::none_applicable(Rank::E, "No guideline was found.").unwrap()],
            rationale: "It is not needed.".into(),
        };
        CaseFile {
            case: Case {
                id: CaseId::local("abcdef0123"),
                header: Header::default(),
                patient: Patient::default(),
                credentials: Credentials {
                    licensed_in: vec!["Texas".into()],
                    certifications: Vec::new(),
                },
                summary: "A summary.".into(),
                findings: Vec::new(),
                items: vec![item("Brace"), item("Cane")],
                records: Vec::new(),
                is_published: true,
                dates: Default::default(),
                interests: Default::default(),
            },
            draft: Draft {
                items: vec![done.clone(), done],
                records_reason: Some("Nothing was sent.".into()),
                ..Draft::default()
            },
            stage: Stage::Draft,
            history: Vec::new(),
            sealed: Vec::new(),
        }
    }

    fn of(file: &CaseFile) -> Result<Content, Incomplete> {
        let reviewer = Reviewer {
            name: "lee".into(),
            credentials: Credentials {
                licensed_in: vec!["California".into()],
                certifications: vec!["Pain Medicine".into()],
            },
            profile: Default::default(),
        };
        Content::of(file, &reviewer, " Example Review ", date(2026, 3, 2))
    }

    #[test]
    fn a_whole_draft_becomes_content_under_the_signers_credentials() {
        let content = of(&file()).unwrap();
        assert_eq!(content.organisation, "Example Review");
        assert_eq!(content.header.decided_date, Some(date(2026, 3, 2)));
        assert_eq!(content.credentials.licensed_in, ["California"]);
        assert_eq!(content.items.len(), 2);
        assert_eq!(content.replaces, None);
        assert_eq!(content.records_reason.as_deref(), Some("Nothing was sent."));
        assert!(!format!("{content:?}").contains("lee"));
    }

    #[test]
    fn it_says_the_same_on_another_day_and_in_nothing_else() {
        let shown = of(&file()).unwrap();
        let mut later = shown.clone();
        later.header.decided_date = Some(date(2026, 3, 3));
        assert!(later.says_the_same(&shown));
        later.items[1].decision = Decision::Overturned;
        assert!(!later.says_the_same(&shown));
        let mut other = shown.clone();
        other.header.priority = Some(super::super::case::Priority::Expedited);
        assert!(!other.says_the_same(&shown));
    }

    #[test]
    fn every_gap_is_named() {
        let mut file = file();
        file.draft.items[0].rationale = " \n ".into();
        file.draft.items[1].decision = None;
        file.draft.items[1].citations.clear();
        let refused = of(&file).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "item 1 has no rationale, item 2 has no decision, item 2 has no citation"
        );
        file.draft.items.clear();
        assert_eq!(of(&file).unwrap_err().gaps.len(), 6);
        file.case.items.clear();
        let none = of(&file).unwrap_err().to_string();
        assert_eq!(none, "the case has no item to decide");
    }

    #[test]
    fn an_amendment_names_the_last_sealed_one() {
        let mut file = file();
        for hash in ["aa", "bb"] {
            file.sealed.push(SealedInfo {
                hash: hash.into(),
                at: Timestamp::UNIX_EPOCH,
                replaces: None,
                content: Box::default(),
            });
        }
        assert_eq!(of(&file).unwrap().replaces.as_deref(), Some("bb"));
    }

    #[test]
    fn a_reason_for_no_records_goes_when_there_are_some() {
        let mut file = file();
        file.case.records.push(Record {
            title: "PR-2".into(),
            kind: "PR-2".into(),
            date: None,
            pages: vec!["text".into(); 3],
        });
        let content = of(&file).unwrap();
        assert_eq!(content.records_reason, None);
        assert_eq!(content.records[0].pages, 3);
    }
}
