//! Passages and precedents of our own writing for the picker.

use imr::model::*;

const TITLE: &str = "Practice Criteria for Imaging, 2025";

fn passage(number: u32, heading: &str, page: u32, text: &str) -> PassageHit {
    PassageHit {
        passage: Passage {
            guideline: "practice-imaging-2025".into(),
            number,
            heading: vec!["Neck".into(), heading.into()],
            page: Some(page),
            text: text.into(),
            ..Passage::default()
        },
        title: TITLE.into(),
        rank: Rank::E,
        licence: "our own words".into(),
        note: None,
        snippet: text.chars().take(80).collect(),
        marks: vec![],
        score: 0,
    }
}

/// A guideline of six passages.
pub fn passages() -> Vec<PassageHit> {
    let long = "An operation on the neck is planned from pictures of the bone. ".repeat(9);
    vec![
        passage(
            1,
            "Plain films",
            2,
            "Plain films come first after an injury, in two planes.",
        ),
        passage(
            2,
            "Red flags",
            3,
            "CT is done at once where there is a red flag:\n- a fall from a height,\n- weakness that gets worse.",
        ),
        passage(
            3,
            "CT",
            4,
            "CT of the cervical spine shows bone. It is done before an operation on bone, and where MRI cannot be.",
        ),
        passage(
            4,
            "MRI",
            5,
            "MRI shows cord and root. It is repeated for signs that are new.",
        ),
        passage(5, "Before an operation", 6, long.trim()),
        passage(
            6,
            "Follow-up",
            8,
            "No further picture is due where nothing has changed.",
        ),
    ]
}

fn precedent(
    number: &str,
    decision: Decision,
    request: &str,
    labels: &[&str],
    why: &str,
) -> Precedent {
    let citation = |label: &&str| Citation::parse(label.starts_with("MTUS"), label).unwrap();
    Precedent {
        case: CaseId::typed(number),
        item: 0,
        is_own: number.starts_with("CM25"),
        day: None,
        request: request.into(),
        decision,
        citations: labels.iter().map(citation).collect(),
        rationale: why.into(),
        shared: vec!["cervical spine".into(), "radiculopathy".into()],
        is_alike: request.starts_with("CT"),
    }
}

/// Three alike and one of the same category.
pub fn precedents() -> Vec<Precedent> {
    const ACOEM: &str = "MTUS Neck and Upper Back Complaints 2004, Section(s): Special Studies";
    const ODG: &str = "Official Disability Guidelines (ODG), Neck and Upper Back Chapter, Computed tomography (CT)";
    vec![
        precedent(
            "CM25-0199001",
            Decision::Overturned,
            "CT of the cervical spine without contrast",
            &[ACOEM, ODG],
            "The surgeon plans a fusion. CT shows what is to be \"fused\". The request is medically necessary.",
        ),
        precedent(
            "CM16-0244021",
            Decision::Upheld,
            "CT scan, cervical spine",
            &[ODG],
            "There is no red flag and no operation is planned. MRI has answered the question.",
        ),
        precedent("CM15-0100200", Decision::Upheld, "CT cervical", &[], ""),
        precedent(
            "CM16-0250011",
            Decision::Upheld,
            "MRI of the cervical spine",
            &[ACOEM],
            "No sign is new since the last study.",
        ),
    ]
}
