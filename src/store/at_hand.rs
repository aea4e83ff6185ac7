//! The case at hand: as the last look or change through this handle left it. The next change to it
//! need not read it again, and a signature waits for the disk alone.
//!
//! It stands for the database only as long as nobody has written since: `PRAGMA data_version` tells
//! of others, the number of our own writes of ourselves. Both are asked inside the transaction.
//!
//! A signature does not read the case again: that it is the same is proven by the test below, over
//! every kind of change in any order, and asserted at each use in debug builds.

use super::load::{self, Depth};
use super::rows::Anchor;
use super::{Store, StoreError};
use crate::model::{Case, CaseFile, CaseId, KnownGuidelines, Limits, Record};
use rusqlite::Connection;
use std::sync::Arc;

/// A case and the content of the database it belongs to.
#[derive(Debug)]
pub(super) struct AtHand {
    version: i64,
    writes: u64,
    anchor: Anchor,
    file: CaseFile,
}

/// What a transaction works with: the case before it, and what it leaves.
#[derive(Debug)]
pub(super) struct Hand {
    kept: Option<AtHand>,
    writes: u64,
    limits: Arc<Limits>,
    known: Arc<dyn KnownGuidelines + Send + Sync>,
}

impl Hand {
    /// What the gate asks of guidelines.
    pub(super) fn known(&self) -> &dyn KnownGuidelines {
        self.known.as_ref()
    }

    /// What due dates are counted by.
    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The case as it stands in the database, for work.
    pub(super) fn take(
        &mut self,
        tx: &Connection,
        case: &CaseId,
    ) -> Result<(Anchor, CaseFile), StoreError> {
        let version = version(tx)?;
        let kept = self.kept.take().filter(|kept| {
            (kept.version, kept.writes, &kept.file.case.id) == (version, self.writes, case)
        });
        let Some(kept) = kept else {
            return load::case_file(tx, load::known(tx, case)?, Depth::Work);
        };
        let found = (kept.anchor, kept.file);
        debug_assert_eq!(
            found,
            load::case_file(tx, load::known(tx, case)?, Depth::Work)?
        );
        Ok(found)
    }

    /// The case as this transaction leaves it.
    pub(super) fn leave(
        &mut self,
        tx: &Connection,
        anchor: Anchor,
        file: CaseFile,
    ) -> Result<(), StoreError> {
        self.kept = Some(AtHand {
            version: version(tx)?,
            writes: self.writes + 1,
            anchor,
            file,
        });
        Ok(())
    }
}

fn version(on: &Connection) -> Result<i64, StoreError> {
    let mut query = on.prepare_cached("PRAGMA data_version")?;
    Ok(query.query_row([], |row| row.get(0))?)
}

impl Store {
    /// Runs a write with the case at hand. What a failed one left is forgotten.
    pub(super) fn write_in_hand<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&Connection, &mut Hand) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut hand = Hand {
            kept: self.at_hand.get_mut().take(),
            writes: self.writes.get(),
            limits: Arc::clone(&self.limits),
            known: Arc::clone(&self.known),
        };
        let done = self.write(|tx| work(tx, &mut hand));
        if done.is_ok() {
            *self.at_hand.get_mut() = hand.kept;
        }
        done
    }

    /// A case that was just read to be shown is the likeliest to be changed next.
    pub(super) fn read_in_hand(
        &self,
        read: &Connection,
        anchor: Anchor,
        shown: &CaseFile,
    ) -> Result<(), StoreError> {
        *self.at_hand.borrow_mut() = Some(AtHand {
            version: version(read)?,
            writes: self.writes.get(),
            anchor,
            file: for_work(shown),
        });
        Ok(())
    }
}

/// What [`Depth::Work`] reads of a case: no page texts, no history, nothing published.
fn for_work(shown: &CaseFile) -> CaseFile {
    let case = &shown.case;
    let mut items = case.items.clone();
    items.iter_mut().for_each(|item| item.published = None);
    CaseFile {
        case: Case {
            id: case.id.clone(),
            header: case.header.clone(),
            patient: case.patient,
            credentials: case.credentials.clone(),
            summary: case.summary.clone(),
            findings: case.findings.clone(),
            items,
            records: case.records.iter().map(without_pages).collect(),
            is_published: case.is_published,
            dates: case.dates.clone(),
            interests: case.interests.clone(),
        },
        draft: shown.draft.clone(),
        stage: shown.stage,
        history: Vec::new(),
        sealed: shown.sealed.clone(),
    }
}

/// A case can have 2,000 pages; a change needs their number.
fn without_pages(record: &Record) -> Record {
    Record {
        title: record.title.clone(),
        kind: record.kind.clone(),
        date: record.date,
        pages: vec![String::new(); record.pages.len()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::*;
    use crate::seal;
    use crate::store::{Imported, Kind, NewCase, Signing};
    use jiff::Timestamp;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    /// What happens to the case next.
    #[derive(Debug, Clone)]
    enum Turn {
        Look,
        Change(Change),
        InBulk(Change),
        /// By another handle: what is at hand is out of date.
        Elsewhere(Change),
        Complete,
        Sign,
    }

    fn citation(n: usize) -> Citation {
        Citation {
            text: format!("A guideline of the year {n}"),
            source: Source::Other,
            chapter: None,
            title: None,
            section: Some(format!("Section {n}")),
            pages: Vec::new(),
            year: None,
            mtus: false,
            rank: Some(Rank::D),
        }
    }

    fn finding(n: usize) -> Finding {
        Finding {
            date: None,
            kind: FindingKind::Exam,
            text: format!("Finding {n}."),
            source: None,
        }
    }

    fn day(n: usize) -> Option<Date> {
        [None, date::parse("1/5/2026"), date::parse("2/6/2026")][n % 3]
    }

    /// Every kind of change; some name an item or a place that is not there.
    fn changes(item: usize, n: usize) -> Vec<Change> {
        let decision = [Decision::Upheld, Decision::Overturned][n % 2];
        let priority = [Priority::Standard, Priority::Expedited][n % 2];
        let stage = Stage::CLOSINGS[n % Stage::CLOSINGS.len()];
        let (index, reason) = (n, ["", "Because.", "Or so."][n % 3].to_owned());
        vec![
            Change::Decided { item, decision },
            Change::Undecided { item },
            Change::Cited {
                item,
                citation: citation(n),
            },
            Change::Uncited { item, index },
            Change::Written {
                item,
                text: format!("Reasons {n}."),
            },
            Change::FindingAdded {
                finding: finding(n),
            },
            Change::FindingRestored {
                index,
                finding: finding(n + 5),
            },
            Change::FindingEdited {
                index,
                finding: finding(n + 9),
            },
            Change::FindingDropped { index },
            Change::RecordsComplete { date: day(n) },
            Change::Prioritised { priority },
            Change::RecordsExplained {
                reason: reason.clone(),
            },
            Change::Closed {
                stage,
                reason: reason.clone(),
            },
            Change::Reopened {
                reason: reason.clone(),
            },
            Change::Snoozed { until: day(n) },
            Change::SnoozeTakenBack {
                from: day(n),
                until: day(n + 1),
            },
            Change::AmendmentDropped,
            Change::Dated {
                day: CaseDay::ALL[n % CaseDay::ALL.len()],
                date: day(item),
            },
            Change::NoticeSent {
                sent: [None, Some(Sent::Mailed)][n % 2],
            },
            Change::Extended {
                extension: day(n).map(|approved| Extension { days: 3, approved }),
            },
            Change::FormularyOnly {
                is_formulary: n.is_multiple_of(2),
            },
            Change::PartyAdded {
                party: Party {
                    role: Role::ALL[n % Role::ALL.len()],
                    name: format!("Party {n}"),
                },
            },
            Change::PartyDropped { index },
            Change::NoConflictStated {
                stated: NoConflict {
                    who: "lee".into(),
                    on: day(1).unwrap(),
                    parties: "00".into(),
                    reason: reason.clone(),
                },
            },
            Change::Recused {
                recusal: Recusal {
                    who: "kim".into(),
                    on: day(2).unwrap(),
                    reason: reason.clone(),
                },
            },
            Change::RecusalTakenBack { who: "kim".into() },
            Change::Imported { file: reason },
        ]
    }

    fn any_change() -> impl Strategy<Value = Change> {
        let picked = (0..3_usize, 0..4_usize, any::<prop::sample::Index>());
        picked.prop_map(|(item, n, kind)| kind.get(&changes(item, n)).clone())
    }

    fn turn() -> impl Strategy<Value = Turn> {
        prop_oneof![
            1 => Just(Turn::Look),
            8 => any_change().prop_map(Turn::Change),
            1 => any_change().prop_map(Turn::InBulk),
            2 => any_change().prop_map(Turn::Elsewhere),
            1 => Just(Turn::Complete),
            2 => Just(Turn::Sign),
        ]
    }

    fn new_case() -> NewCase {
        let number: CaseNumber = "CM25-0000001".parse().unwrap();
        let item = |request: &str| Item {
            request: request.into(),
            ur: Ur::default(),
            published: Some(Published {
                decision: Decision::Upheld,
                text: "MTUS".into(),
                citations: vec![citation(7)],
                rationale: "Published.".into(),
            }),
        };
        let case = Case {
            id: CaseId::of(&number),
            header: Header {
                number: Some(number),
                priority: Some(Priority::Standard),
                ..Header::default()
            },
            patient: Patient::default(),
            credentials: Credentials::default(),
            summary: "The patient was injured.".into(),
            findings: vec![finding(0)],
            items: vec![item("MRI"), item("Physical therapy")],
            records: vec![Record {
                title: "Report".into(),
                kind: "PR-2".into(),
                date: day(1),
                pages: vec!["First page.".into(), String::new()],
            }],
            is_published: true,
            dates: Default::default(),
            interests: Default::default(),
        };
        NewCase {
            digest: seal::hash(b"letter"),
            case,
            source_text: "letter".into(),
            as_precedent: false,
        }
    }

    fn signing() -> Signing {
        Signing {
            reviewer: Reviewer {
                name: "lee".into(),
                credentials: Credentials {
                    licensed_in: vec!["California".into()],
                    certifications: vec!["Neurology".into()],
                },
                profile: Default::default(),
            },
            organisation: "Example Review".into(),
            attested: Attestation::ALL.into(),
        }
    }

    /// Two handles on one case; the first is under test.
    struct Two {
        own: Store,
        other: Store,
        case: CaseId,
        _folder: tempfile::TempDir,
    }

    impl Two {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("imr.db");
            let mut own = Store::create(&path, Kind::Test).unwrap();
            let imported = own.import(&new_case(), "lee", NOW).unwrap();
            let Imported::New(case) = imported else {
                panic!("{imported:?}");
            };
            Self {
                other: Store::open(&path).unwrap(),
                own,
                case,
                _folder: folder,
            }
        }

        fn stored(&self) -> (Anchor, CaseFile) {
            let on = &self.other.connection;
            load::case_file(on, load::known(on, &self.case).unwrap(), Depth::Work).unwrap()
        }

        fn apply(&mut self, change: &Change) -> bool {
            self.own.apply(&self.case, change, "lee", NOW).is_ok()
        }

        /// Does it; is the case at hand then?
        fn take(&mut self, turn: &Turn) -> bool {
            match turn {
                Turn::Look => self.own.case(&self.case).unwrap().is_some(),
                Turn::Change(change) => self.apply(change),
                Turn::InBulk(change) => {
                    let changes = [(self.case.clone(), change.clone())];
                    let bulk = self.own.apply_all(&changes, "lee", NOW);
                    bulk.is_ok_and(|bulk| bulk.refused.is_empty())
                }
                Turn::Elsewhere(change) => {
                    let _ = self.other.apply(&self.case, change, "kim", NOW);
                    false
                }
                Turn::Complete => {
                    let mut wanted = Vec::new();
                    for item in 0..2 {
                        let all = changes(item, 1);
                        wanted.extend([all[0].clone(), all[2].clone(), all[4].clone()]);
                    }
                    wanted.iter().all(|change| self.apply(change))
                }
                Turn::Sign => self.sign(),
            }
        }

        /// Sealed is what stands in the database.
        fn sign(&mut self) -> bool {
            let (_, file) = self.stored();
            let day = crate::rules::clock::today(NOW);
            let due = Content::of(&file, &signing().reviewer, "Example Review", day);
            let done = self.own.sign_as_read(&self.case, &signing(), NOW, |_| true);
            assert_eq!(
                done.is_ok(),
                due.is_ok() && file.stage.is_open(),
                "{done:?}"
            );
            if let Ok(info) = &done {
                assert_eq!(*info.content, due.unwrap());
            }
            done.is_ok()
        }

        fn assert_at_hand(&self, turn: &Turn) {
            let hand = self.own.at_hand.borrow();
            let hand = hand.as_ref().unwrap();
            let stamp = self.own.stamp().unwrap();
            assert_eq!(
                (hand.version, hand.writes),
                stamp,
                "of no use after {turn:?}"
            );
            let (anchor, file) = self.stored();
            assert_eq!(hand.anchor, anchor, "after {turn:?}");
            assert_eq!(hand.file, file, "after {turn:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

        /// In any build: what is at hand is what the database holds, whatever happened before.
        #[test]
        fn the_case_at_hand_is_the_one_in_the_database(turns in prop::collection::vec(turn(), 1..30)) {
            let mut two = Two::new();
            for turn in &turns {
                if two.take(turn) {
                    two.assert_at_hand(turn);
                }
            }
            prop_assert_eq!(two.other.verify(None).problems, Vec::<String>::new());
        }
    }
}
