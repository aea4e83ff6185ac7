//! What blocks a signature. One table, one function a check; dialogue, command line and store all
//! ask here, so there is one gate.

use super::eligibility;
use super::lint::{self, Context};
use crate::model::{Attestation, CaseFile, Citation, ItemDraft, Reviewer, Source};
use std::collections::BTreeSet;

/// One reason why a case cannot be signed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocker {
    /// Number in the catalogue of lints, e.g. `L01`.
    pub id: &'static str,
    /// The item it is about, from 0; `None` for the case as a whole.
    pub item: Option<usize>,
    /// A sentence: what is missing and what to do.
    pub message: String,
    /// What is missing, in two words.
    pub gap: &'static str,
}

/// What blocks, in few lines: everything one item lacks stands on one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The first of the blockers told here.
    pub first: Blocker,
    /// `Item 2: no decision, no rationale`, or the sentence of a blocker of the whole case.
    pub text: String,
}

/// What blocks, item by item in their order, then the case as a whole.
pub fn gaps(blockers: &[Blocker]) -> Vec<Gap> {
    let mut out: Vec<Gap> = Vec::new();
    for blocker in blockers {
        let same = |gap: &&mut Gap| blocker.item.is_some() && gap.first.item == blocker.item;
        match (out.iter_mut().find(same), blocker.item) {
            (Some(gap), _) => {
                gap.text.push_str(", ");
                gap.text.push_str(blocker.gap);
            }
            (None, item) => out.push(Gap {
                text: item.map_or_else(
                    || blocker.message.clone(),
                    |item| format!("Item {}: {}", item + 1, blocker.gap),
                ),
                first: blocker.clone(),
            }),
        }
    }
    out.sort_by_key(|gap| gap.first.item.unwrap_or(usize::MAX));
    out
}

/// What a check may look at.
struct Desk<'a> {
    file: &'a CaseFile,
    reviewer: &'a Reviewer,
    attested: &'a BTreeSet<Attestation>,
    context: &'a Context<'a>,
}

type Check = fn(&Desk) -> Vec<Blocker>;

/// In the order they are shown: the items first, then the case, then the signature.
const CHECKS: [Check; 10] = [
    still_open,
    decided,
    reasoned,
    cited,
    consistent,
    sound,
    records_listed,
    qualified,
    eligible,
    attested,
];

/// Everything that blocks the signature of this case by this reviewer; empty when it may be signed.
/// What rules.toml has made blocking is among it, as the context tells.
pub fn blockers(
    file: &CaseFile,
    reviewer: &Reviewer,
    attested: &BTreeSet<Attestation>,
    context: &Context<'_>,
) -> Vec<Blocker> {
    let desk = Desk {
        file,
        reviewer,
        attested,
        context,
    };
    CHECKS.iter().flat_map(|check| check(&desk)).collect()
}

/// What blocks whoever attests what: everything but the attestations, and the checks that a reason
/// releases.
pub fn required(file: &CaseFile, reviewer: &Reviewer, context: &Context<'_>) -> Vec<Blocker> {
    let desk = Desk {
        file,
        reviewer,
        attested: &BTreeSet::new(),
        context,
    };
    const REQUIRED: [Check; 8] = [
        still_open,
        decided,
        reasoned,
        cited,
        consistent,
        records_listed,
        qualified,
        eligible,
    ];
    REQUIRED.iter().flat_map(|check| check(&desk)).collect()
}

fn case_blocker(id: &'static str, gap: &'static str, message: impl Into<String>) -> Blocker {
    Blocker {
        id,
        item: None,
        message: message.into(),
        gap,
    }
}

/// One blocker for each item that fails `is_fine`; `what` is said of it.
fn each_item(
    desk: &Desk,
    (id, gap): (&'static str, &'static str),
    is_fine: fn(&ItemDraft) -> bool,
    what: &str,
) -> Vec<Blocker> {
    (0..desk.file.case.items.len())
        .filter(|i| !desk.file.draft.items.get(*i).is_some_and(is_fine))
        .map(|i| Blocker {
            id,
            item: Some(i),
            message: format!("Item {} {what}", i + 1),
            gap,
        })
        .collect()
}

/// A closed or signed case takes no signature; a case without items has nothing to decide.
fn still_open(desk: &Desk) -> Vec<Blocker> {
    let stage = desk.file.stage;
    if !stage.is_open() {
        let message = format!("The case is {}; it cannot be signed again.", stage.word());
        return vec![case_blocker("L01", "not open", message)];
    }
    if desk.file.case.items.is_empty() {
        return vec![case_blocker(
            "L01",
            "no item",
            "The case has no item in dispute; close it with x instead.",
        )];
    }
    Vec::new()
}

/// L01: every disputed item has exactly one decision, 8 CCR 9792.10.6(d).
fn decided(desk: &Desk) -> Vec<Blocker> {
    each_item(
        desk,
        ("L01", "no decision"),
        |d| d.decision.is_some(),
        "is not decided: U upheld, O overturned.",
    )
}

/// L02: every item has clinical reasons, LC 4610.6(e).
fn reasoned(desk: &Desk) -> Vec<Blocker> {
    let is_fine = |d: &ItemDraft| !d.rationale.trim().is_empty();
    each_item(
        desk,
        ("L02", "no rationale"),
        is_fine,
        "has no rationale: e writes it.",
    )
}

/// L03: every item has a citation, or `none applicable` with rank and search, 9792.21.1(d).
fn cited(desk: &Desk) -> Vec<Blocker> {
    let is_fine = |d: &ItemDraft| !d.citations.is_empty();
    each_item(
        desk,
        ("L03", "no citation"),
        is_fine,
        "cites nothing: c cites a guideline, N states that none is applicable.",
    )
}

/// L03: to say that no guideline is applicable and to cite one is to say two things at once.
fn consistent(desk: &Desk) -> Vec<Blocker> {
    let is_fine = |d: &ItemDraft| {
        let is_none = |c: &Citation| c.source == Source::None;
        d.citations.len() < 2 || !d.citations.iter().any(is_none)
    };
    each_item(
        desk,
        ("L03", "none applicable, and a citation"),
        is_fine,
        "says that no guideline is applicable and cites one: x removes the one or the other.",
    )
}

/// L07, L15, and the checks that rules.toml has made blocking: unless a reason was given for these
/// very words.
fn sound(desk: &Desk) -> Vec<Blocker> {
    lint::released(desk.file, desk.reviewer, desk.context)
}

/// L04: documents reviewed are listed, or it is said why not, 9792.10.6(d).
fn records_listed(desk: &Desk) -> Vec<Blocker> {
    if !desk.file.case.records.is_empty() || desk.file.draft.records_reason.is_some() {
        return Vec::new();
    }
    let message = "No records are listed: give the reason on the Records tab.";
    vec![case_blocker("L04", "no records", message)]
}

const NO_NAME: &str = "Your profile has no name: write name = \"your name\" under [reviewer] in \
                       config.toml (imr config says where that file is).";
const NO_LICENCE: &str = "Your profile lists no state of licensure: write licensed_in = \
                          [\"California\"] under [reviewer] in config.toml.";
const NO_BOARD: &str = "Your profile lists no specialty: write certifications = [\"your board \
                        certification\"] under [reviewer] in config.toml.";

/// L06: the block on the reviewer's qualifications is complete, LC 4610.6(f).
fn qualified(desk: &Desk) -> Vec<Blocker> {
    let credentials = &desk.reviewer.credentials;
    let fields = [
        (desk.reviewer.name.trim().is_empty(), NO_NAME),
        (credentials.licensed_in.is_empty(), NO_LICENCE),
        (credentials.certifications.is_empty(), NO_BOARD),
    ];
    let missing = fields.iter().filter(|(is_missing, _)| *is_missing);
    missing
        .map(|(_, what)| case_blocker("L06", "profile not complete", *what))
        .collect()
}

/// L06, L08, L09: licence, board, practice, recusal, ties to the parties, LC 139.5.
fn eligible(desk: &Desk) -> Vec<Blocker> {
    let objections = eligibility::objections(desk.file, desk.reviewer, desk.context.today);
    let blocker = |o: eligibility::Objection| case_blocker(o.id, o.gap, o.message);
    objections.into_iter().map(blocker).collect()
}

/// L08 and the statements every letter makes: each is attested for this case, LC 139.5.
fn attested(desk: &Desk) -> Vec<Blocker> {
    Attestation::ALL
        .into_iter()
        .filter(|a| !desk.attested.contains(a))
        .map(|a| {
            case_blocker(
                "L08",
                "not attested",
                format!("Not attested: {}", a.sentence()),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::*;

    const TODAY: Date = jiff::civil::date(2026, 1, 15);

    fn desk() -> (CaseFile, Reviewer, BTreeSet<Attestation>) {
        let item = Item {
            request: "MRI".into(),
            ur: Ur::default(),
            published: None,
        };
        let record = Record {
            title: "Report".into(),
            kind: "PR-2".into(),
            date: None,
            pages: vec![],
        };
        let case = Case {
            id: CaseId::typed("CM25-0200101"),
            header: Header::default(),
            patient: Patient::default(),
            credentials: Credentials::default(),
            summary: String::new(),
            findings: vec![],
            items: vec![item],
            records: vec![record],
            is_published: false,
            dates: Default::default(),
            interests: Default::default(),
        };
        let mut draft = Draft::empty(1);
        draft.items[0] = ItemDraft {
            decision: Some(Decision::Upheld),
            first_decision: Some(Decision::Upheld),
            citations: vec![Citation::none_applicable(Rank::D, "searched").unwrap()],
            rationale: "Because.".into(),
            ..ItemDraft::default()
        };
        let file = CaseFile {
            case,
            draft,
            stage: Stage::Draft,
            history: vec![],
            sealed: vec![],
        };
        let credentials = Credentials {
            licensed_in: vec!["California".into()],
            certifications: vec!["Occupational Medicine".into()],
        };
        let reviewer = Reviewer {
            name: "lee".into(),
            credentials,
            profile: Default::default(),
        };
        (file, reviewer, Attestation::ALL.into_iter().collect())
    }

    /// Breaks one thing about a desk that may sign.
    type Breakage = fn(&mut CaseFile, &mut Reviewer, &mut BTreeSet<Attestation>);

    #[test]
    fn what_one_item_lacks_stands_on_one_line() {
        let (mut file, reviewer, attested) = desk();
        let item = file.case.items[0].clone();
        file.case.items.push(item);
        file.draft.items.push(ItemDraft::default());
        file.draft.items[0].citations.clear();
        file.case.records.clear();
        let told = gaps(&blockers(
            &file,
            &reviewer,
            &attested,
            &Context::plain(TODAY),
        ));
        let told: Vec<&str> = told.iter().map(|gap| gap.text.as_str()).collect();
        assert_eq!(
            told[..2],
            [
                "Item 1: no citation",
                "Item 2: no decision, no rationale, no citation"
            ]
        );
        assert!(told[2].starts_with("No records are listed"));
    }

    #[test]
    fn each_blocker_both_ways() {
        let (file, reviewer, attested) = desk();
        assert_eq!(
            blockers(&file, &reviewer, &attested, &Context::plain(TODAY)),
            vec![]
        );
        let cases: [(&str, Breakage); 12] = [
            ("L09", |_, r, _| r.profile.is_qme = true),
            ("L08", |f, r, _| {
                let name = "Acme".to_owned();
                r.profile.affiliations = vec![name.clone()];
                let role = Role::Employer;
                f.case.interests.parties.push(Party { role, name });
            }),
            ("L06", |_, r, _| r.name = " ".into()),
            ("L01", |f, _, _| f.stage = Stage::Signed),
            ("L01", |f, _, _| f.draft.items[0].decision = None),
            ("L02", |f, _, _| f.draft.items[0].rationale = " \n".into()),
            ("L03", |f, _, _| f.draft.items[0].citations.clear()),
            ("L03", |f, _, _| {
                let search = "The MTUS and ODG were searched.";
                let none = Citation::none_applicable(Rank::C, search).unwrap();
                f.draft.items[0].citations.push(none);
            }),
            ("L04", |f, _, _| f.case.records.clear()),
            ("L06", |_, r, _| r.credentials.licensed_in.clear()),
            ("L06", |_, r, _| r.credentials.certifications.clear()),
            ("L08", |_, _, a| {
                a.remove(&Attestation::NoAffiliation);
            }),
        ];
        for (id, breakage) in cases {
            let (mut file, mut reviewer, mut attested) = desk();
            breakage(&mut file, &mut reviewer, &mut attested);
            let found = blockers(&file, &reviewer, &attested, &Context::plain(TODAY));
            assert_eq!(found.iter().map(|b| b.id).collect::<Vec<_>>(), [id]);
        }
        let (mut file, reviewer, attested) = desk();
        file.case.records.clear();
        file.draft.records_reason = Some("None were sent.".into());
        assert_eq!(
            blockers(&file, &reviewer, &attested, &Context::plain(TODAY)),
            vec![]
        );
    }
}
