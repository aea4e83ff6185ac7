//! Two texts that grew out of one: what one window wrote and what another did meanwhile, as one text
//! in which no word of either is lost and none that both have stands twice.

use std::ops::Range;

/// Stands between two passages for one place.
const GAP: &str = "\n\n";

/// Both as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The text.
    pub text: String,
    /// Where both wrote in one place: what each wrote there, to be chosen from.
    pub both: Option<Both>,
}

/// What two wrote in one place of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Both {
    /// What the other wrote.
    pub theirs: String,
    /// What was written here.
    pub mine: String,
}

/// What made a text of another: those bytes of it gave way to this.
struct Edit<'t> {
    old: Range<usize>,
    new: &'t str,
}

/// One text of the two, which both were `base` once.
pub fn merge(base: &str, theirs: &str, mine: &str) -> Merged {
    if base == theirs || base == mine {
        let text = if base == theirs { mine } else { theirs };
        return Merged {
            text: text.to_owned(),
            both: None,
        };
    }
    let (their, my) = (Edit::of(base, theirs), Edit::of(base, mine));
    let is_one_place = their.old.is_empty() && their.old == my.old;
    let in_turn = match (their.old.end <= my.old.start, my.old.end <= their.old.start) {
        _ if is_one_place => None,
        (true, _) => Some((&their, &my)),
        (false, true) => Some((&my, &their)),
        (false, false) => None,
    };
    match in_turn {
        Some((first, second)) => {
            let both = (first.old.end == second.old.start).then(|| Both {
                theirs: their.new.trim().to_owned(),
                mine: my.new.trim().to_owned(),
            });
            let text = one_after_the_other(base, first, second);
            Merged { text, both }
        }
        None => one_below_the_other(base, &their, &my),
    }
}

/// Both wrote, or rewrote, the same.
fn one_below_the_other(base: &str, their: &Edit, my: &Edit) -> Merged {
    let place = place(base, their, my);
    let before = part(base, 0..place.start);
    let after = part(base, place.end..base.len());
    let theirs = their.within(base, &place).trim_end().to_owned();
    let mine = my.within(base, &place).trim_start().to_owned();
    let text = format!("{before}{theirs}{GAP}{mine}{after}");
    let (theirs, mine) = (theirs.trim().to_owned(), mine.trim().to_owned());
    let both = Some(Both { theirs, mine });
    Merged { text, both }
}

fn part(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// Each in its own place: both are done, and no two words become one.
fn one_after_the_other(base: &str, first: &Edit, second: &Edit) -> String {
    let between = part(base, first.old.end..second.old.start);
    let head = [part(base, 0..first.old.start), first.new, between].concat();
    let tail = [second.new, part(base, second.old.end..base.len())].concat();
    let ends = head.chars().next_back().is_some_and(char::is_alphanumeric);
    let begins = tail.chars().next().is_some_and(char::is_alphanumeric);
    let blank = if ends && begins { " " } else { "" };
    format!("{head}{blank}{tail}")
}

/// The bytes of the base that both are about. Where neither only added to it, whole paragraphs: half a
/// sentence of each would be none.
fn place(base: &str, their: &Edit, my: &Edit) -> Range<usize> {
    let start = their.old.start.min(my.old.start);
    let end = their.old.end.max(my.old.end);
    if start == end {
        return start..end;
    }
    let before = part(base, 0..start).rfind('\n');
    let behind = part(base, end..base.len()).find('\n');
    before.map_or(0, |at| at + 1)..behind.map_or(base.len(), |at| end + at)
}

impl<'t> Edit<'t> {
    /// Cut at words: of a word that was changed the whole is new.
    fn of(base: &str, new: &'t str) -> Self {
        let alike = base.chars().zip(new.chars()).take_while(|(a, b)| a == b);
        let mut start: usize = alike.map(|(c, _)| c.len_utf8()).sum();
        while splits_a_word(base, start) || splits_a_word(new, start) {
            start -= last_len(part(base, 0..start));
        }
        let (old_rest, new_rest) = (part(base, start..base.len()), part(new, start..new.len()));
        let alike = old_rest.chars().rev().zip(new_rest.chars().rev());
        let alike = alike.take_while(|(a, b)| a == b);
        let mut tail: usize = alike.map(|(c, _)| c.len_utf8()).sum();
        while splits_a_word(base, base.len() - tail) || splits_a_word(new, new.len() - tail) {
            tail -= first_len(part(base, base.len() - tail..base.len()));
        }
        Self {
            old: start..base.len() - tail,
            new: part(new, start..new.len() - tail),
        }
    }

    /// What stands in this place of the base once it is done.
    fn within(&self, base: &str, place: &Range<usize>) -> String {
        let before = part(base, place.start..self.old.start);
        let after = part(base, self.old.end..place.end);
        [before, self.new, after].concat()
    }
}

fn last_len(text: &str) -> usize {
    text.chars().next_back().map_or(0, char::len_utf8)
}

fn first_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// Does a word go on across this byte?
fn splits_a_word(text: &str, at: usize) -> bool {
    let before = part(text, 0..at).chars().next_back();
    let behind = part(text, at..text.len()).chars().next();
    [before, behind]
        .iter()
        .all(|c| c.is_some_and(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(base: &str, theirs: &str, mine: &str) -> String {
        merge(base, theirs, mine).text
    }

    #[test]
    fn what_was_added_in_one_place_stands_one_below_the_other() {
        assert_eq!(text("", "theirs", "mine"), "theirs\n\nmine");
        assert_eq!(
            text("Start.", "Start. AAA", "Start. BBB"),
            "Start. AAA\n\nBBB"
        );
        // What follows grows by what is new, not by copies of what was there.
        let both = "Start. AAA\n\nBBB";
        assert_eq!(
            text("Start. AAA", both, "Start. AAA CCC"),
            format!("{both}\n\nCCC")
        );
    }

    #[test]
    fn changes_in_two_places_are_both_made() {
        let merged = merge(
            "Pain in the neck. MRI.",
            "Ache in the neck. MRI.",
            "Pain in the neck. No MRI.",
        );
        assert_eq!(merged.text, "Ache in the neck. No MRI.");
        assert_eq!(merged.both, None);
        assert_eq!(text("a b c", "a b", "x b c"), "x b");
    }

    #[test]
    fn of_a_paragraph_that_both_rewrote_both_stand_whole() {
        let merged = merge(
            "One.\nThe neck hurts.\nTwo.",
            "One.\nThe arm hurts.\nTwo.",
            "One.\nThe leg hurts.\nTwo.",
        );
        assert_eq!(merged.text, "One.\nThe arm hurts.\n\nThe leg hurts.\nTwo.");
        let both = merged.both.unwrap();
        assert_eq!(
            (both.theirs.as_str(), both.mine.as_str()),
            ("The arm hurts.", "The leg hurts.")
        );
        // A word that was half typed when it was saved.
        assert_eq!(
            text("pain", "pain\n\nBBB", "painful arm"),
            "painful arm\n\nBBB"
        );
    }

    proptest! {
        #[test]
        fn no_word_that_was_added_is_lost(
            base in "[a-c é\n.]{0,12}", theirs in "[a-c ]{0,3}", mine in "[a-c ]{0,3}",
            at in any::<prop::sample::Index>(), there in any::<prop::sample::Index>(),
        ) {
            let insert = |at: prop::sample::Index, words: &str| {
                let places: Vec<usize> = base.char_indices().map(|(i, _)| i).chain([base.len()]).collect();
                let mut text = base.clone();
                text.insert_str(*at.get(&places), words);
                text
            };
            let (theirs, mine) = (insert(at, &format!(" {theirs}THEIRS ")), insert(there, &format!(" MINE{mine} ")));
            let merged = merge(&base, &theirs, &mine);
            let added = theirs.split_whitespace().chain(mine.split_whitespace());
            for word in added.filter(|word| word.contains("THEIRS") || word.contains("MINE")) {
                prop_assert!(merged.text.contains(word), "{word:?} of {theirs:?} and {mine:?} is not in {:?}", merged.text);
            }
            prop_assert_eq!(merge(&base, &base, &mine).text, mine);
        }
    }
}
