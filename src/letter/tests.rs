use super::*;
use crate::model::{
    Case, CaseId, Citation, Credentials, Decision, Draft, Header, Item, ItemDraft, Patient,
    Priority, Rank, Record, SealedInfo, Sex, Source, Stage, Ur, UrAction, date, quoting,
    text::fold,
};
use jiff::Timestamp;

const ORGANISATION: &str = "Example Review";

fn day() -> Date {
    date::parse("3/2/2026").unwrap()
}

fn reviewer() -> Reviewer {
    Reviewer {
        name: "zebulon".into(),
        credentials: Credentials {
            licensed_in: vec!["California".into(), "Texas".into()],
            certifications: vec!["Occupational Medicine".into()],
        },
        profile: Default::default(),
    }
}

fn mtus(text: &str) -> Citation {
    Citation {
        text: text.into(),
        source: Source::Mtus,
        chapter: None,
        title: None,
        section: None,
        pages: Vec::new(),
        year: None,
        mtus: true,
        rank: Some(Rank::A),
    }
}

fn item(request: &str, approved: Option<&str>) -> Item {
    Item {
        request: request.into(),
        ur: Ur {
            action: approved.map_or(UrAction::Denied, |_| UrAction::Modified),
            approved_part: approved.map(str::to_owned),
            text: Some("Decision based on MTUS Knee Complaints 2004, Section(s): Summary.".into()),
            citations: Vec::new(),
        },
        published: None,
    }
}

fn file() -> CaseFile {
    let items = vec![
        item("Knee brace, left", None),
        item("Physical therapy: 12 visits", Some("4 visits")),
    ];
    let mut draft = Draft::empty(2);
    for (answer, decision) in draft
        .items
        .iter_mut()
        .zip([Decision::Upheld, Decision::Overturned])
    {
        *answer = ItemDraft {
            decision: Some(decision),
            first_decision: Some(decision),
            citations: vec![mtus("Knee Complaints 2004, Section(s): Summary")],
            rationale: "First reason.\nSecond reason.".into(),
        };
    }
    CaseFile {
        case: Case {
            id: CaseId::local("0123456789"),
            header: Header {
                number: Some("CM26-0000001".parse().unwrap()),
                priority: Some(Priority::Expedited),
                injury_date: date::parse("10/8/08"),
                ..Header::default()
            },
            patient: Patient {
                age: Some(59),
                sex: Some(Sex::Female),
            },
            credentials: Credentials::default(),
            summary: "She fell.\n\nThe knee hurts.".into(),
            findings: Vec::new(),
            items,
            records: vec![
                Record {
                    title: "Progress report".into(),
                    kind: "PR-2".into(),
                    date: date::parse("1/4/2026"),
                    pages: vec![String::new(); 3],
                },
                Record {
                    title: "Request".into(),
                    kind: "RFA".into(),
                    date: None,
                    pages: vec![String::new()],
                },
            ],
            is_published: false,
            dates: Default::default(),
            interests: Default::default(),
        },
        draft,
        stage: Stage::Draft,
        history: Vec::new(),
        sealed: Vec::new(),
    }
}

fn content() -> Content {
    Content::of(&file(), &reviewer(), ORGANISATION, day()).unwrap()
}

#[test]
fn the_whole_letter() {
    let expected = "\
Case Number: CM26-0000001
Date of Injury: 10/08/2008
Decision Date: 03/02/2026
Priority: Expedited
Patient: 59-year-old female

HOW THE IMR FINAL DETERMINATION WAS MADE

Example Review gave the complete case file to an expert reviewer. The reviewer has no
affiliation with the employer, the employee, the providers or the claims administrator, has
been in active clinical practice for more than five years, and now practices at least 24 hours
a week. The reviewer was chosen for clinical experience, education, background and expertise in
the same or similar specialties that evaluate and/or treat the medical condition and the
disputed items/services, and knows the governing laws and regulations, among them the strength
of evidence hierarchy that applies to Independent Medical Review determinations.

The Expert Reviewer has the following credentials:

State(s) of Licensure: California, Texas

Certification(s)/Specialty: Occupational Medicine

CLINICAL CASE SUMMARY

The expert reviewer developed the following clinical case summary based on a review of the case
file, including all medical records:

She fell.

The knee hurts.

DOCUMENTS REVIEWED

- Progress report (PR-2, 01/04/2026, 3 pages)
- Request (RFA, 1 page)

IMR ISSUES, DECISIONS AND RATIONALES

Of item 2 the claims administrator had approved: 4 visits

The Final Determination was based on decisions for the disputed items/services set forth below:

1. Knee brace, left:  Upheld

Claims Administrator guideline: Decision based on MTUS Knee Complaints 2004, Section(s):
Summary.

Example Review guideline: Decision based on MTUS Knee Complaints 2004, Section(s): Summary.

Decision rationale: First reason.

Second reason.

2. Physical therapy: 12 visits:  Overturned

Claims Administrator guideline: Decision based on MTUS Knee Complaints 2004, Section(s):
Summary.

Example Review guideline: Decision based on MTUS Knee Complaints 2004, Section(s): Summary.

Decision rationale: First reason.

Second reason.
";
    assert_eq!(text(&content()), expected);
}

#[test]
fn the_preview_of_a_whole_draft_is_the_letter() {
    let seen = preview(&file(), &reviewer(), ORGANISATION, day());
    assert_eq!(seen, text(&content()));
}

#[test]
fn the_preview_shows_every_gap() {
    let mut file = file();
    file.draft = Draft::empty(2);
    let seen = preview(&file, &reviewer(), "", day());
    for gap in [
        "1. Knee brace, left:  [not yet decided]\n",
        "Reviewer guideline: [no citation yet]\n",
        "Decision rationale: [no rationale yet]\n",
        "The review organization gave the complete case file",
    ] {
        assert!(seen.contains(gap), "{gap}\n{seen}");
    }
    file.draft.items.clear();
    assert_eq!(preview(&file, &reviewer(), "", day()), seen);
}

#[test]
fn the_reviewers_name_is_in_no_form() {
    let content = content();
    let forms = [
        text(&content),
        markdown(&content),
        json(&content),
        preview(&file(), &reviewer(), ORGANISATION, day()),
    ];
    assert!(forms.iter().all(|form| !form.contains("zebulon")));
}

#[test]
fn an_amendment_names_what_it_replaces() {
    let mut file = file();
    file.sealed.push(SealedInfo {
        hash: "ab".repeat(32),
        at: Timestamp::UNIX_EPOCH,
        replaces: None,
        content: Box::default(),
    });
    let content = Content::of(&file, &reviewer(), ORGANISATION, day()).unwrap();
    for form in [text(&content), markdown(&content), json(&content)] {
        assert!(form.contains(&"ab".repeat(32)), "{form}");
    }
}

#[test]
fn a_sealed_letter_is_what_was_signed() {
    let content = content();
    let sealed = SealedInfo {
        hash: "ab".repeat(32),
        at: Timestamp::UNIX_EPOCH,
        replaces: None,
        content: Box::new(content.clone()),
    };
    let letter = of_sealed(&sealed);
    assert_eq!(letter, text(&content));
    assert!(!letter.contains("is an amendment"), "{letter}");
}

#[test]
fn an_empty_list_of_records_gives_its_reason() {
    let mut file = file();
    file.case.records.clear();
    file.draft.records_reason = Some("Nothing was sent in.".into());
    let content = Content::of(&file, &reviewer(), ORGANISATION, day()).unwrap();
    assert!(text(&content).contains("DOCUMENTS REVIEWED\n\nNothing was sent in.\n"));
}

#[test]
fn a_single_item_is_numbered_only_where_its_request_looks_numbered() {
    let mut content = content();
    content.items.truncate(1);
    assert!(text(&content).contains("\nKnee brace, left:  Upheld\n"));
    content.items[0].request = "2. MRI".into();
    assert!(text(&content).contains("\n1. 2. MRI:  Upheld\n"));
}

#[test]
fn headings_in_prose_are_quoted_and_the_letter_says_so() {
    let mut content = content();
    assert!(!fold(&text(&content)).contains(quoting::NOTE));
    content.items[0].rationale = "So:\nCLINICAL CASE SUMMARY\nFoo: Upheld".into();
    let seen = text(&content);
    assert!(seen.contains("\n\n\"CLINICAL CASE SUMMARY\"\n\nFoo: Upheld\n"));
    assert!(fold(&seen).contains(quoting::NOTE));
    assert!(json(&content).contains("So:\\nCLINICAL CASE SUMMARY\\nFoo"));
}

#[test]
fn lines_keep_to_the_width_and_words_whole() {
    let mut content = content();
    let url = format!("https://example.org/{}", "x".repeat(120));
    content.summary = format!(
        "See {url} for pre- and {} care.",
        "post-operative ".repeat(40)
    );
    let seen = text(&content);
    assert!(seen.lines().any(|line| line == url));
    assert!(seen.lines().all(|line| line == url || line.len() <= 95));
    assert!(seen.lines().all(|line| !line.ends_with('-')));
}

#[test]
fn json_has_the_keys_of_a_case() {
    let hash = "cd".repeat(32);
    let value: serde_json::Value = serde_json::from_str(&json_sealed(&content(), &hash)).unwrap();
    assert_eq!(value["number"], "CM26-0000001");
    assert_eq!(value["injury_date"], "2008-10-08");
    assert_eq!(value["stage"], "signed");
    assert_eq!(value["hash"], hash.as_str());
    assert_eq!(value["patient"]["age"], 59);
    assert_eq!(value["reviewer_credentials"]["licensed_in"][1], "Texas");
    assert_eq!(value["items"][1]["number"], 2);
    assert_eq!(value["items"][1]["decision"], "overturned");
    assert_eq!(value["items"][1]["ur"]["action"], "modified");
    assert_eq!(value["items"][0]["citations"][0]["mtus"], true);
    assert_eq!(value["records"][0]["pages"], 3);
}

#[test]
fn markdown_escapes_what_it_would_read() {
    let mut content = content();
    content.summary = "# no heading *at* all <b>\n1. no list\n- none\n+ none\n12) none".into();
    let seen = markdown(&content);
    for line in [
        "\n\\# no heading \\*at\\* all \\<b\\>\n",
        "\n1\\. no list\n",
        "\n\\- none\n",
        "\n\\+ none\n",
        "\n12\\) none\n",
        "\n### 2. Physical therapy: 12 visits: Overturned\n",
        "\n**Decision rationale:** First reason.\n",
    ] {
        assert!(seen.contains(line), "{line}\n{seen}");
    }
}
