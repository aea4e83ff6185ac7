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
    };
    CaseFile {
        case,
        draft,
        stage: Stage::Draft,
        history: vec![],
        sealed: vec![],
    }
}

fn checked(file: &CaseFile) -> Vec<Lint> {
    check(
        file,
        &Reviewer::default(),
        &Context::plain(date(2026, 1, 15)),
    )
}

fn ids(file: &CaseFile) -> Vec<&'static str> {
    checked(file).iter().map(|lint| lint.id).collect()
}

#[test]
fn a_sound_case_is_left_alone() {
    assert_eq!(checked(&sound()), vec![]);
}

#[test]
fn each_check_reports_what_was_broken() {
    let broken: [(&str, fn(&mut CaseFile)); 4] = [
        ("L15", |f| {
            f.draft.items[0].decision = Some(Decision::Overturned);
        }),
        ("L24", |f| {
            let bare = Citation::parse(false, "Official Disability Guidelines").unwrap();
            f.draft.items[0].citations.push(bare);
        }),
        ("L29", |f| f.case.summary.push_str(" The the pain [ ].")),
        ("L29", |f| {
            f.draft.items[0].rationale.insert_str(0, "INSERT. ")
        }),
    ];
    for (id, breakage) in broken {
        let mut file = sound();
        breakage(&mut file);
        let found = ids(&file);
        assert!(!found.is_empty(), "{id}");
        assert!(found.iter().all(|other| *other == id), "{id}: {found:?}");
    }
}

#[test]
fn an_answer_holds_until_the_sentence_changes() {
    let mut file = sound();
    file.draft.items[0].decision = Some(Decision::Overturned);
    let first = checked(&file).remove(0);
    file.draft.answers = vec![first.answer("UR is quoted")];
    assert!(!checked(&file)[0].blocks(&file.draft.answers));
    file.draft.items[0].rationale.insert_str(0, "More. ");
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
        let is_warning = check.severity == Severity::Warning;
        let is_released = ["L07", "L15"].contains(&check.id);
        assert_eq!(
            check.takes_reason,
            is_warning || is_released,
            "{}",
            check.id
        );
    }
}
