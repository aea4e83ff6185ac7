//! Each check, on a case of one item that nothing is wrong with.

use super::*;
use crate::model::lint::Severity;
use crate::model::*;
use jiff::civil::date;

/// A case that no check reports on.
pub(crate) fn sound() -> CaseFile {
    let item = Item {
        request: "MRI of the left knee".into(),
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
        patient: Patient {
            age: Some(59),
            sex: Some(Sex::Female),
        },
        credentials: Credentials::default(),
        summary: "The patient is a 59-year-old female with left knee pain.".into(),
        findings: vec![],
        items: vec![item],
        records: vec![record],
        is_published: false,
        dates: Default::default(),
        interests: Default::default(),
    };
    let mut draft = Draft::empty(1);
    let text = "Knee Complaints 2004, Section(s): Special Studies";
    draft.items[0] = ItemDraft {
        decision: Some(Decision::Upheld),
        first_decision: Some(Decision::Upheld),
        citations: vec![Citation::parse(true, text).unwrap()],
        rationale: "The MTUS reserves imaging of the knee for red flags after trauma and for a \
                    plan to operate. The examination of the left knee shows neither of them. No \
                    operation is planned. Therefore, the request is not medically necessary."
            .into(),
        ..ItemDraft::default()
    };
    CaseFile {
        case,
        draft,
        stage: Stage::Draft,
        history: vec![],
        sealed: vec![],
    }
}

/// A reviewer whose profile is complete.
fn reviewer() -> Reviewer {
    let credentials = Credentials {
        licensed_in: vec!["California".into()],
        certifications: vec!["Orthopaedic Surgery".into()],
    };
    Reviewer {
        name: "lee".into(),
        credentials,
        ..Reviewer::default()
    }
}

fn checked(file: &CaseFile) -> Vec<Lint> {
    check(file, &reviewer(), &Context::plain(date(2026, 1, 15)))
}

fn ids(file: &CaseFile) -> Vec<&'static str> {
    checked(file).iter().map(|lint| lint.id).collect()
}

#[test]
fn a_sound_case_is_left_alone() {
    assert_eq!(checked(&sound()), vec![]);
}

/// Writes the rationale anew.
fn say(file: &mut CaseFile, from: &str, to: &str) {
    let rationale = &mut file.draft.items[0].rationale;
    assert!(rationale.contains(from), "{from}");
    *rationale = rationale.replace(from, to);
}

fn cite(file: &mut CaseFile, mtus: bool, text: &str) {
    file.draft.items[0].citations = vec![Citation::parse(mtus, text).unwrap()];
}

/// Words before the conclusion.
fn add(file: &mut CaseFile, words: &str) {
    say(file, "Therefore,", &format!("{words} Therefore,"));
}

type Breakage = (&'static str, fn(&mut CaseFile));

/// One thing broken for each check, and the check that tells it.
const BROKEN: [Breakage; 48] = [
    ("L01", |f| f.draft.items[0].decision = None),
    ("L02", |f| f.draft.items[0].rationale.clear()),
    ("L03", |f| f.draft.items[0].citations.clear()),
    ("L04", |f| f.case.records.clear()),
    ("L05", |f| {
        f.case.summary = "The patient was seen twice.".into()
    }),
    ("L07", |f| add(f, "Dr. Lee has seen many.")),
    ("L15", |f| {
        f.draft.items[0].decision = Some(Decision::Overturned)
    }),
    ("L15", |f| say(f, "is not medically", "is medically")),
    ("L16", |f| say(f, "left knee", "right knee")),
    ("L16", |f| {
        f.case.items[0].request = "MRI of the right knee".into()
    }),
    ("L16", |f| {
        f.case.summary.push_str(" MRI shows a bulge at L4-5.");
        add(f, "The bulge at L3-4 is small.");
    }),
    ("L16", |f| say(f, "knee", "wrist")),
    ("L17", |f| add(f, "A 61-year-old female seldom needs it.")),
    ("L17", |f| f.case.patient.sex = Some(Sex::Male)),
    ("L17", |f| {
        f.case.header.injury_date = Some(date(2025, 2, 3));
        f.case.summary.push_str(" The date of injury is 2/3/2024.");
    }),
    ("L18", |f| add(f, "The visit of 3/4/2027 shows it.")),
    ("L18", |f| {
        f.case.summary.push_str(" She was seen on 11/12/2025.");
        add(f, "She was seen on 11/13/2025.");
    }),
    ("L18", |f| {
        f.case.header.injury_date = Some(date(2025, 2, 3));
        f.case.header.ur_denial_date = Some(date(2025, 1, 3));
    }),
    ("L19", |f| {
        f.case.records[0].date = Some(date(2025, 5, 6));
        add(f, "The report of 8/9/2025 is short.");
    }),
    ("L20", |f| {
        f.case.summary.push_str(" She takes Norco 10/325 mg.");
        add(f, "She takes Norco 5/325 mg.");
    }),
    ("L20", |f| {
        f.case.items[0].request = "Physical therapy 2 times a week for 6 weeks, left knee".into();
        add(f, "The request for 18 sessions is high.");
    }),
    ("L21", |f| {
        cite(
            f,
            false,
            "Official Disability Guidelines (ODG), Knee Chapter, MRI",
        )
    }),
    ("L22", |f| {
        cite(
            f,
            false,
            "Smith JA, et al. Knee MRI. Spine. 2010;35(4):123-30",
        )
    }),
    ("L23", |f| {
        let odg =
            Citation::parse(false, "Official Disability Guidelines (ODG), Knee Chapter").unwrap();
        f.draft.items[0].citations.push(odg);
        add(f, "The MTUS does not recommend it. The ODG recommends it.");
    }),
    ("L24", |f| cite(f, false, "Official Disability Guidelines")),
    ("L25", |f| {
        cite(
            f,
            true,
            "ACOEM Chapter 8 Neck and Upper Back Complaints Page(s): 300",
        )
    }),
    ("L26", |f| {
        f.case.header.ur_denial_date = Some(date(2025, 12, 1));
        cite(
            f,
            true,
            "Chronic Pain Medical Treatment 2009, Section(s): Opioids",
        );
    }),
    ("L28", |f| {
        f.draft.items[0].rationale = "The request is not medically necessary.".into()
    }),
    ("L29", |f| f.case.summary.push_str(" The the pain [ ].")),
    ("L29", |f| add(f, "INSERT REASONS.")),
    ("L30", |f| {
        f.case
            .summary
            .push_str(" She had rest, home exercise, braces, and home exercise.")
    }),
    ("L31", |f| {
        add(
            f,
            &"Notwithstanding considerable individualized multidisciplinary rehabilitation "
                .repeat(8),
        )
    }),
    ("L32", |f| add(f, "The condition is not work-related.")),
    ("L33", |f| {
        f.case
            .summary
            .push_str(" McMurray testing was positive with locking.");
        add(f, "There is no documentation of McMurray locking.");
    }),
    ("L34", |f| add(f, "It is too expensive.")),
    ("L35", |f| add(f, "It is of no use at her age.")),
    ("L36", |f| {
        f.case.items[0].request = "Physical therapy 30 sessions for the left knee".into()
    }),
    ("L39", |f| f.case.items[0].ur.action = UrAction::Modified),
    ("L41", |f| add(f, "Call 415-555-0100.")),
    ("L42", |f| add(f, "It is coded CPT 9711.")),
    ("L43", |f| {
        f.case.header.ur_denial_date = Some(date(2025, 12, 1));
        f.case.summary.push_str(" ICD-9: 724.4.");
    }),
    ("L45", |f| {
        f.case.header.ur_denial_date = Some(date(2025, 12, 1));
        f.case.records[0].date = Some(date(2024, 12, 1));
    }),
    ("L51", |f| {
        say(f, " Therefore, the request is not medically necessary.", "")
    }),
    ("L52", |f| say(f, "imaging", "acupuncture")),
    ("L53", |f| {
        add(f, "She walks well. He can squat.");
    }),
    ("L54", |f| {
        add(f, "\"No red flags.\" (determination CM16-0228949, item 1)");
    }),
    ("L29", |f| add(f, "There is [exam finding].")),
    ("L20", |f| {
        f.case.items[0].request = "MRI of the left knee and Norco #60".into();
        add(f, "One of it at night, #90.");
    }),
];

#[test]
fn each_check_reports_what_was_broken() {
    for (id, breakage) in BROKEN {
        let mut file = sound();
        breakage(&mut file);
        let found = ids(&file);
        assert!(found.contains(&id), "{id}: {found:?}");
    }
}

#[test]
fn every_check_is_broken_once() {
    let elsewhere = [
        "L06", "L08", "L09", "L12", "L27", "L37", "L38", "L48", "L50",
    ];
    let broken: Vec<&str> = BROKEN.iter().map(|(id, _)| *id).collect();
    for check in table() {
        let is_asked = broken.contains(&check.id) || elsewhere.contains(&check.id);
        assert!(is_asked, "{}", check.id);
    }
}

/// Knows nothing of what is cited.
#[derive(Debug)]
struct Empty;

impl KnownGuidelines for Empty {
    fn look_up(&self, _: &Citation) -> Lookup {
        Lookup::Missing
    }
}

#[test]
fn checks_that_ask_the_profile_the_day_the_library_or_the_requests() {
    let mut file = sound();
    file.case.header.priority = Some(Priority::Expedited);
    file.case.header.records_complete_date = Some(date(2026, 1, 2));
    let request = request::Request {
        category: request::Category::Pharmaceuticals,
        drugs: vec![request::Drug {
            name: "norco".into(),
            generic: None,
            class: Some(request::DrugClass::Opioid),
            strength: None,
        }],
        ..request::Request::default()
    };
    let limits = Limits::built_in();
    let context = Context {
        today: date(2026, 1, 15),
        limits: &limits,
        requests: &[request],
        known: &Empty,
    };
    let found = check(&file, &Reviewer::default(), &context);
    let found: Vec<&str> = found.iter().map(|lint| lint.id).collect();
    for id in ["L06", "L12", "L27", "L37", "L38", "L50"] {
        assert!(found.contains(&id), "{id}: {found:?}");
    }
}

#[test]
fn rules_toml_weighs_anew_save_what_the_law_asks_for() {
    let mut limits = Limits::built_in();
    for id in ["L01", "L29"] {
        limits.severities.insert(id.into(), Severity::Note);
    }
    let mut file = sound();
    file.draft.items[0].decision = None;
    add(&mut file, "INSERT REASONS.");
    let context = Context {
        limits: &limits,
        ..Context::plain(date(2026, 1, 15))
    };
    let found = check(&file, &reviewer(), &context);
    let weight = |id: &str| found.iter().find(|lint| lint.id == id).unwrap().severity;
    assert_eq!(weight("L01"), Severity::Blocking);
    assert_eq!(weight("L29"), Severity::Note);
}

#[test]
fn the_gate_and_the_list_agree() {
    let attested: std::collections::BTreeSet<_> = Attestation::ALL.into_iter().collect();
    let today = date(2026, 1, 15);
    for (id, breakage) in BROKEN {
        let mut file = sound();
        breakage(&mut file);
        let gate = |file: &CaseFile| {
            let blockers =
                crate::rules::gate::blockers(file, &reviewer(), &attested, &Context::plain(today));
            blockers
                .iter()
                .map(|b| b.id)
                .collect::<std::collections::BTreeSet<_>>()
        };
        let lints = checked(&file);
        let listed = blockers(&file, &lints).iter().map(|b| b.id).collect();
        assert_eq!(gate(&file), listed, "{id}");
        // A reason releases L07 and L15 in both.
        file.draft.answers = lints
            .iter()
            .map(|lint| lint.answer("It is a quotation."))
            .collect();
        let listed = blockers(&file, &lints).iter().map(|b| b.id).collect();
        assert_eq!(gate(&file), listed, "{id}, answered");
        assert!(
            !gate(&file).contains("L15") && !gate(&file).contains("L07"),
            "{id}"
        );
    }
}

#[test]
fn an_answer_holds_until_the_sentence_changes() {
    let mut file = sound();
    file.draft.items[0].decision = Some(Decision::Overturned);
    let first = checked(&file).remove(0);
    file.draft.answers = vec![first.answer("UR is quoted")];
    assert!(!checked(&file)[0].blocks(&file.draft.answers));
    file.draft.items[0].rationale.insert_str(0, "More of it. ");
    assert!(!checked(&file)[0].blocks(&file.draft.answers));
    let changed = file.draft.items[0].rationale.replace("the request", "it");
    file.draft.items[0].rationale = changed;
    assert!(checked(&file)[0].blocks(&file.draft.answers));
}

#[test]
fn the_table_is_in_order_and_says_everything() {
    let ids: Vec<&str> = table().iter().map(|check| check.id).collect();
    assert!(ids.is_sorted());
    for check in table() {
        let texts = [check.title, check.basis, check.remedy];
        assert!(texts.iter().all(|text| !text.is_empty()), "{}", check.id);
        assert!(check.remedy.ends_with('.'), "{}", check.id);
        let is_light = check.severity != Severity::Blocking;
        let is_released = ["L07", "L15"].contains(&check.id);
        assert_eq!(check.takes_reason, is_light || is_released, "{}", check.id);
    }
}

/// Blocks in the gate, and in the list that the dialogue and the command line show.
fn blocks(file: &CaseFile, limits: &Limits, id: &str) -> bool {
    let context = Context {
        limits,
        ..Context::plain(date(2026, 1, 15))
    };
    let attested = Attestation::ALL.into_iter().collect();
    let gate = crate::rules::gate::blockers(file, &reviewer(), &attested, &context);
    let in_gate = gate.iter().any(|blocker| blocker.id == id);
    let lints = check(file, &reviewer(), &context);
    let in_list = blockers(file, &lints)
        .iter()
        .any(|blocker| blocker.id == id);
    assert_eq!(in_gate, in_list, "{id}");
    in_gate
}

#[test]
fn what_rules_toml_raises_blocks_in_the_gate_until_it_is_answered_and_what_it_lowers_does_not() {
    let weighing = |id: &str, severity| {
        let mut limits = Limits::built_in();
        limits.severities.insert(id.into(), severity);
        limits
    };
    for (id, breakage) in BROKEN {
        let mut file = sound();
        breakage(&mut file);
        let is_fixed = crate::model::limits::FIXED_LINTS.contains(&id);
        assert!(
            blocks(&file, &weighing(id, Severity::Blocking), id),
            "{id} raised"
        );
        assert_eq!(
            blocks(&file, &weighing(id, Severity::Note), id),
            is_fixed,
            "{id} lowered"
        );
        assert_eq!(
            blocks(&file, &Limits::built_in(), id),
            is_fixed,
            "{id} as built in"
        );
        if !is_fixed {
            let answers = checked(&file)
                .iter()
                .map(|lint| lint.answer("It is so."))
                .collect();
            file.draft.answers = answers;
            assert!(
                !blocks(&file, &weighing(id, Severity::Blocking), id),
                "{id} answered"
            );
        }
    }
}
