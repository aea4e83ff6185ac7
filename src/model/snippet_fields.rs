//! What a field of a snippet stands for: one table, which the reader of snippet files and the
//! documentation use too.

use super::case::Case;
use super::date;
use super::draft::{Draft, ItemDraft};
use super::finding::{Finding, FindingKind};
use super::request::Request;

/// The case that fills the fields in.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The case.
    pub case: &'a Case,
    /// The work on it.
    pub draft: &'a Draft,
    /// What its requests ask for, by item.
    pub requests: &'a [Request],
    /// The item written about, from 0.
    pub item: usize,
}

/// One field.
pub struct SnippetField {
    /// Its name, as it stands in braces.
    pub name: &'static str,
    /// What it stands for, one line.
    pub doc: &'static str,
    /// What stands in brackets where the case does not say.
    pub blank: &'static str,
    fill: fn(&Facts<'_>) -> Option<String>,
}

impl std::fmt::Debug for SnippetField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

const fn field(
    name: &'static str,
    doc: &'static str,
    blank: &'static str,
    fill: fn(&Facts<'_>) -> Option<String>,
) -> SnippetField {
    SnippetField {
        name,
        doc,
        blank,
        fill,
    }
}

/// Every field, findings by kind apart.
#[rustfmt::skip]
pub static FIELDS: &[SnippetField] = &[
    field("item", "What is in dispute, as written.", "item", |f| f.case.items.get(f.item).map(|item| item.in_dispute().trim_end_matches(['.', ' ']).to_owned())),
    field("thing", "What is asked for, by its name: `MRI`, `norco 10/325 mg`.", "treatment", |f| f.request().and_then(Request::thing_asked)),
    field("place", "Body part with side and level: `lumbar spine L4-5`.", "body part", |f| f.request().and_then(Request::place_asked)),
    field("quantity", "Units a fill, or the number of goods.", "quantity", |f| f.request()?.quantity.map(|n| n.to_string())),
    field("sessions", "Visits asked for.", "number of visits", |f| f.request()?.sessions.map(|n| n.to_string())),
    field("age", "Years.", "age", |f| f.case.patient.age.map(|age| age.to_string())),
    field("sex", "`female` or `male`.", "sex", |f| f.case.patient.sex.map(|sex| sex.word().to_owned())),
    field("patient", "`59-year-old female`.", "age and sex", |f| f.case.patient.age.and(f.case.patient.sex).map(|_| f.case.patient.long())),
    field("injury_date", "Date of injury.", "date of injury", |f| f.case.header.injury_date.map(date::long)),
    field("cited", "What the item cites.", "guideline", |f| f.own().and_then(cited)),
    field("ur", "What UR did: `denied` or `modified`.", "ur decision", |f| f.case.items.get(f.item).map(|item| item.ur.action.word().to_owned())),
    field("approved", "What UR approved, where it modified.", "part approved", |f| f.case.items.get(f.item)?.ur.approved_part.clone()),
    field("decision", "`not medically necessary` or `medically necessary`, once the item is decided.", "decision", |f| f.own()?.decision.map(|d| d.meaning().to_owned())),
    field("parent", "The item that this one goes with, as written.", "item it goes with", |f| f.case.items.get(f.parent()?).map(|item| item.in_dispute().trim_end_matches(['.', ' ']).to_owned())),
    field("parent_decision", "The same words of that item, once it is decided.", "decision", |f| f.draft.items.get(f.parent()?)?.decision.map(|d| d.meaning().to_owned())),
];

/// Before the kind of a finding: `finding:exam`.
pub const FINDING: &str = "finding:";

/// Names of every field, findings by kind among them.
pub fn names() -> Vec<String> {
    let plain = FIELDS.iter().map(|field| field.name.to_owned());
    let findings = FindingKind::ALL.iter();
    plain
        .chain(findings.map(|kind| format!("{FINDING}{}", kind.word())))
        .collect()
}

/// What a field stands for in this case, or a blank. A name that is none is a blank too.
pub fn fill(name: &str, facts: &Facts<'_>) -> String {
    let (filled, blank) = match FIELDS.iter().find(|field| field.name == name) {
        Some(field) => ((field.fill)(facts), field.blank.to_owned()),
        None => match name.strip_prefix(FINDING).and_then(FindingKind::parse) {
            Some(kind) => (facts.finding(kind), format!("{} finding", kind.word())),
            None => (None, blank_of(name)),
        },
    };
    let filled = filled.filter(|text| !text.trim().is_empty());
    filled.unwrap_or_else(|| format!("[{blank}]"))
}

/// The blank of a name that is none.
fn blank_of(name: &str) -> String {
    let words = name
        .to_lowercase()
        .replace(|c: char| !c.is_ascii_alphanumeric(), " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.starts_with(|c: char| c.is_ascii_lowercase()) {
        words
    } else {
        "what goes here".to_owned()
    }
}

impl Facts<'_> {
    fn request(&self) -> Option<&Request> {
        self.requests.get(self.item)
    }

    fn own(&self) -> Option<&ItemDraft> {
        self.draft.items.get(self.item)
    }

    /// The item that this one depends on, from 0.
    fn parent(&self) -> Option<usize> {
        self.request()?.depends_on?.checked_sub(1)
    }

    /// The newest finding of a kind; one of the request's own body part goes first.
    fn finding(&self, kind: FindingKind) -> Option<String> {
        let parts = self
            .request()
            .map(|r| r.body_parts.as_slice())
            .unwrap_or_default();
        let is_there = |finding: &Finding| {
            let place = finding.place();
            parts.iter().any(|part| place.parts.contains(&part.name))
        };
        let of_kind = self.case.findings.iter().filter(|f| f.kind == kind);
        let newest = of_kind.max_by_key(|f| (is_there(f), f.date));
        newest.map(Finding::excerpt)
    }
}

fn cited(draft: &ItemDraft) -> Option<String> {
    let labels: Vec<String> = draft.citations.iter().map(|c| c.label()).collect();
    (!labels.is_empty()).then(|| labels.join("; "))
}

#[cfg(test)]
mod tests {
    use super::super::Decision;
    use super::super::case::{Credentials, Header, Item, Patient, Sex, Ur};
    use super::super::number::CaseId;
    use super::super::request::BodyPart;
    use super::super::snippet::{Snippet, blanks};
    use super::*;

    fn finding(kind: FindingKind, day: Option<&str>, text: &str) -> Finding {
        Finding {
            date: day.and_then(date::parse),
            kind,
            text: text.to_owned(),
            source: None,
        }
    }

    fn case() -> Case {
        let item = |request: &str| Item {
            request: request.to_owned(),
            ur: Ur::default(),
            published: None,
        };
        Case {
            id: CaseId::typed("CM25-0200101"),
            header: Header::default(),
            patient: Patient {
                age: Some(59),
                sex: Some(Sex::Female),
            },
            credentials: Credentials::default(),
            summary: String::new(),
            findings: vec![
                finding(FindingKind::Exam, Some("1/4/25"), "Right knee effusion."),
                finding(FindingKind::Exam, Some("2/4/25"), "Neck is stiff."),
            ],
            items: vec![item("MRI of the right knee."), item("Clearance")],
            records: vec![],
            is_published: false,
            dates: Default::default(),
            interests: Default::default(),
        }
    }

    fn filled(case: &Case, draft: &Draft, item: usize, text: &str) -> String {
        let requests = [
            Request {
                modality: Some("mri".into()),
                body_parts: vec![BodyPart {
                    name: "knee",
                    side: None,
                }],
                ..Request::default()
            },
            Request {
                depends_on: Some(1),
                ..Request::default()
            },
        ];
        let facts = Facts {
            case,
            draft,
            requests: &requests,
            item,
        };
        let snippet = Snippet {
            text: text.to_owned(),
            ..Snippet::default()
        };
        snippet.filled(&facts)
    }

    #[test]
    fn fields_are_filled_from_the_case() {
        let (case, draft) = (case(), Draft::empty(2));
        let text = "{patient}: {thing} of the {place} ({item}).";
        assert_eq!(
            filled(&case, &draft, 0, text),
            "59-year-old female: MRI of the knee (MRI of the right knee)."
        );
        // An older finding of the part asked for goes before a newer one of another part.
        let day = date::long(date::parse("1/4/25").unwrap());
        assert_eq!(
            filled(&case, &draft, 0, "{finding:exam}"),
            format!("Right knee effusion ({day})")
        );
    }

    #[test]
    fn what_is_not_known_stays_a_blank() {
        let (case, draft) = (case(), Draft::empty(2));
        let text = "{finding:imaging}, {cited}, {sessions}, {Exam Findngs}, {}";
        let out = filled(&case, &draft, 0, text);
        assert_eq!(
            out,
            "[imaging finding], [guideline], [number of visits], [exam findngs], [what goes here]"
        );
        assert_eq!(blanks(&out).len(), 5);
    }

    #[test]
    fn the_decision_is_the_reviewers() {
        let case = case();
        let mut draft = Draft::empty(2);
        let text = "{decision}; {parent}: {parent_decision}";
        assert_eq!(
            filled(&case, &draft, 1, text),
            "[decision]; MRI of the right knee: [decision]"
        );
        draft.items[0].decision = Some(Decision::Upheld);
        draft.items[1].decision = Some(Decision::Overturned);
        assert_eq!(
            filled(&case, &draft, 1, text),
            "medically necessary; MRI of the right knee: not medically necessary"
        );
    }

    #[test]
    fn every_blank_is_seen_as_one() {
        for name in names() {
            let kind = name.strip_prefix(FINDING);
            let field = FIELDS.iter().find(|field| field.name == name);
            let blank = match (field, kind) {
                (Some(field), _) => field.blank.to_owned(),
                (None, Some(kind)) => format!("{kind} finding"),
                _ => unreachable!("{name}"),
            };
            assert_eq!(blanks(&format!("x [{blank}] y")).len(), 1, "{name}");
        }
    }
}
