//! Cases of our own making for the tests of the store.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use imr::model::*;
use imr::seal;
use imr::store::{Kind, NewCase, SignRefused, Signing, Store};
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Words that stand in published answers only.
pub const HIDDEN: [&str; 3] = ["zyxhiddenreason", "zyxhiddenguideline", "zyxhiddencitation"];

pub struct Desk {
    pub folder: tempfile::TempDir,
    pub store: Store,
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&folder.path().join("data/imr.db"), Kind::Test).unwrap();
        Self { folder, store }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("data/imr.db")
    }

    /// Imports a case with two items and returns its key.
    pub fn with(&mut self, n: u32, published: bool) -> CaseId {
        let new = new_case(n, published);
        self.store.import(&new, "lee", at(0)).unwrap();
        new.case.id
    }

    pub fn apply(&mut self, case: &CaseId, change: Change) -> imr::store::Applied {
        self.store.apply(case, &change, "lee", at(60)).unwrap()
    }

    /// Decides, cites and writes everything, so that the gate opens.
    pub fn complete(&mut self, case: &CaseId) {
        let items = self.store.case(case).unwrap().unwrap().case.items.len();
        for item in 0..items {
            self.apply(
                case,
                Change::Decided {
                    item,
                    decision: Decision::Upheld,
                },
            );
            self.apply(
                case,
                Change::Cited {
                    item,
                    citation: citation("Special Studies"),
                },
            );
            let text = format!("Reasons for item {}.", item + 1);
            self.apply(case, Change::Written { item, text });
        }
    }

    pub fn sign(&mut self, case: &CaseId, second: i64) -> SealedInfo {
        self.try_to_sign(case, second).unwrap()
    }

    /// Signs whatever the store holds.
    pub fn try_to_sign(&mut self, case: &CaseId, second: i64) -> Result<SealedInfo, SignRefused> {
        self.store
            .sign_as_read(case, &signing(), at(second), |_| true)
    }
}

pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_767_225_600 + second).unwrap()
}

pub fn signing() -> Signing {
    Signing {
        reviewer: Reviewer {
            name: "lee".into(),
            credentials: Credentials {
                licensed_in: vec!["California".into()],
                certifications: vec!["Orthopaedic Surgery".into()],
            },
            profile: Default::default(),
        },
        organisation: "Example Review".into(),
        attested: Attestation::ALL.into_iter().collect::<BTreeSet<_>>(),
    }
}

pub fn citation(section: &str) -> Citation {
    Citation {
        text: format!("Neck and Upper Back Complaints 2004, Section(s): {section}"),
        source: Source::Mtus,
        chapter: Some(8),
        title: Some("Neck and Upper Back Complaints".into()),
        section: Some(section.into()),
        pages: vec![PageRange::new(179, 180).unwrap()],
        year: Some(2004),
        mtus: true,
        rank: Some(Rank::A),
    }
}

/// A case with two items; in the published form it has answers that nobody may see yet.
pub fn new_case(n: u32, is_published: bool) -> NewCase {
    let number: CaseNumber = format!("CM25-{n:07}").parse().unwrap();
    let published = |decision| Published {
        decision,
        text: format!("MTUS: {}", HIDDEN[1]),
        citations: vec![citation(HIDDEN[2])],
        rationale: format!("Because of {}.", HIDDEN[0]),
    };
    let item = |request: &str, decision| Item {
        request: request.into(),
        ur: Ur {
            text: Some("The Claims Administrator cited nothing.".into()),
            ..Ur::default()
        },
        published: is_published.then(|| published(decision)),
    };
    let case = Case {
        id: CaseId::of(&number),
        header: Header {
            number: Some(number),
            priority: Some(if n.is_multiple_of(9) {
                Priority::Expedited
            } else {
                Priority::Standard
            }),
            injury_date: Date::new(2012, 1 + (n % 12) as i8, 1 + (n % 28) as i8).ok(),
            records_complete_date: (!is_published && !n.is_multiple_of(10))
                .then(|| Date::new(2025, 12, 1 + (n % 30) as i8).unwrap()),
            ..Header::default()
        },
        patient: Patient {
            age: Some(20 + (n % 60) as u8),
            sex: Some(Sex::Female),
        },
        credentials: Credentials::default(),
        summary: format!(
            "The patient was injured. Diagnoses are cervical radiculopathy no {n}.\n\nMRI was done."
        ),
        findings: vec![Finding {
            date: Date::new(2025, 9, 16).ok(),
            kind: FindingKind::Imaging,
            text: "MRI was done.".into(),
            source: Some(FindingSource {
                record: "summary".into(),
                page: None,
                line: 3,
            }),
        }],
        items: vec![
            item("CT cervical spine without contrast", Decision::Overturned),
            item("Physical therapy, 12 visits", Decision::Upheld),
        ],
        records: vec![Record {
            title: "Progress report".into(),
            kind: "PR-2".into(),
            date: Date::new(2025, 11, 3).ok(),
            pages: vec!["First page.".into(), String::new()],
        }],
        is_published,
        dates: Default::default(),
        interests: Default::default(),
    };
    let source_text = format!("letter {n} {}", HIDDEN.join(" "));
    NewCase {
        digest: seal::hash(source_text.as_bytes()),
        case,
        source_text,
        as_precedent: false,
    }
}
