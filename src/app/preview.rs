//! The preview follows the selection once the keys rest: a held key runs down the list without
//! drawing every case on the way. A single key is followed at once.

use crate::model::{CaseId, QueueRow};
use jiff::{SignedDuration, Timestamp};

/// Longer than the pause between two keys of a held one, shorter than one notices.
const REST: SignedDuration = SignedDuration::from_millis(150);

/// The case that the preview shows, and the one it is to show.
#[derive(Debug, Default)]
pub struct Preview {
    row: Option<QueueRow>,
    aim: Option<CaseId>,
    moved: Option<Timestamp>,
}

impl Preview {
    /// What is shown.
    pub fn row(&self) -> Option<&QueueRow> {
        self.row.as_ref()
    }

    /// Follows the selection, or waits until the keys rest. Says whether something else is shown.
    pub(super) fn follow(&mut self, selected: Option<&QueueRow>, now: Timestamp) -> bool {
        let id = selected.map(|row| &row.id);
        let mut is_due = self.row.is_none() || self.rests_at().is_none_or(|at| at <= now);
        if self.aim.as_ref() != id {
            self.aim = id.cloned();
            self.moved = Some(now);
        }
        // News of the shown case wait for nothing.
        is_due |= self.row.as_ref().map(|row| &row.id) == id;
        let changes = (is_due || id.is_none()) && self.row.as_ref() != selected;
        if changes {
            self.row = selected.cloned();
        }
        changes
    }

    /// When it will follow; `None` where it shows what is selected.
    pub(super) fn due(&self) -> Option<Timestamp> {
        let is_behind = self.row.as_ref().map(|row| &row.id) != self.aim.as_ref();
        self.rests_at().filter(|_| is_behind)
    }

    fn rests_at(&self) -> Option<Timestamp> {
        self.moved?.checked_add(REST).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Patient, Priority, Stage};

    fn row(id: &str, items: u32) -> QueueRow {
        QueueRow {
            id: CaseId::typed(id),
            priority: Priority::Standard,
            patient: Patient::default(),
            injury_date: None,
            items,
            request: String::new(),
            each: Vec::new(),
            summary_start: String::new(),
            due: None,
            is_published: false,
            stage: Stage::New,
            snoozed_until: None,
        }
    }

    fn at(millis: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_millis(millis)
    }

    fn shown(preview: &Preview) -> &str {
        preview.row().map_or("", |row| row.id.as_str())
    }

    #[test]
    fn one_key_is_followed_at_once_and_a_held_one_at_its_end() {
        let rows = ["CM14-0000001", "CM14-0000002", "CM14-0000003"].map(|id| row(id, 1));
        let mut preview = Preview::default();
        assert!(preview.follow(Some(&rows[0]), at(0)));
        assert!(preview.follow(Some(&rows[1]), at(1000)));
        assert_eq!(preview.due(), None);
        assert!(!preview.follow(Some(&rows[2]), at(1033)));
        assert!(!preview.follow(Some(&rows[0]), at(1066)));
        assert_eq!(shown(&preview), "CM14-0000002");
        assert_eq!(preview.due(), Some(at(1216)));
        assert!(!preview.follow(Some(&rows[0]), at(1215)));
        assert!(preview.follow(Some(&rows[0]), at(1216)));
        assert_eq!((shown(&preview), preview.due()), ("CM14-0000001", None));
    }

    #[test]
    fn news_of_the_shown_case_and_an_empty_queue_are_shown_at_once() {
        let mut preview = Preview::default();
        preview.follow(Some(&row("CM14-0000001", 1)), at(0));
        assert!(preview.follow(Some(&row("CM14-0000001", 2)), at(1)));
        assert!(preview.follow(None, at(2)));
        assert_eq!((shown(&preview), preview.due()), ("", None));
    }
}
