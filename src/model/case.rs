//! A case and what it is made of.

use super::citation::Citation;
use super::date::Date;
use super::dates::Dates;
use super::decision::Decision;
use super::finding::Finding;
use super::interests::Interests;
use super::number::{CaseId, CaseNumber};
use super::record::Record;
use serde::{Deserialize, Serialize};

/// How urgent, as the header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// 30 days from complete records, LC 4610.6(d).
    #[default]
    Standard,
    /// Three days, on certified imminent and serious threat.
    Expedited,
}

impl Priority {
    /// As letters print it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Standard => "Standard",
            Self::Expedited => "Expedited",
        }
    }

    /// Reads the word, whatever its case.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Standard, Self::Expedited]
            .into_iter()
            .find(|p| p.word().eq_ignore_ascii_case(word.trim()))
    }
}

/// Sex as the letter states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

impl Sex {
    /// `female` or `male`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }
}

/// The employee, known by age and sex only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Patient {
    /// Years; at most 120.
    pub age: Option<u8>,
    /// As stated.
    pub sex: Option<Sex>,
}

impl Patient {
    /// `59 F`, `59`, `F` or `-`.
    pub fn short(self) -> String {
        let sex = self.sex.map(|s| match s {
            Sex::Female => "F",
            Sex::Male => "M",
        });
        match (self.age, sex) {
            (Some(a), Some(s)) => format!("{a} {s}"),
            (Some(a), None) => a.to_string(),
            (None, Some(s)) => s.to_owned(),
            (None, None) => "-".to_owned(),
        }
    }

    /// `59-year-old female`, or what of it is known.
    pub fn long(self) -> String {
        match (self.age, self.sex) {
            (Some(a), Some(s)) => format!("{a}-year-old {}", s.word()),
            (Some(a), None) => format!("{a} years old"),
            (None, Some(s)) => s.word().to_owned(),
            (None, None) => "age and sex not stated".to_owned(),
        }
    }
}

/// The header block; every field of it may be missing (the seed letter has none).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Header {
    /// Case number.
    pub number: Option<CaseNumber>,
    /// Priority, where stated.
    pub priority: Option<Priority>,
    /// Date of injury.
    pub injury_date: Option<Date>,
    /// Date of the disputed UR decision.
    pub ur_denial_date: Option<Date>,
    /// When the application for IMR was received.
    pub application_received_date: Option<Date>,
    /// When the case was assigned to the review organisation.
    pub assigned_date: Option<Date>,
    /// When a published determination was decided; `None` for a case not yet decided.
    pub decided_date: Option<Date>,
    /// When the supporting documentation was complete: start of the determination clock.
    pub records_complete_date: Option<Date>,
}

/// What UR did with the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UrAction {
    /// Denied as a whole.
    #[default]
    Denied,
    /// A part was approved; the remainder is in dispute.
    Modified,
}

impl UrAction {
    /// As shown and stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Modified => "modified",
        }
    }

    /// Reads [`UrAction::word`].
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Denied, Self::Modified]
            .into_iter()
            .find(|action| action.word() == word)
    }
}

/// The claims administrator's side of one item.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Ur {
    /// Denied or modified.
    pub action: UrAction,
    /// What UR approved, where it modified.
    pub approved_part: Option<String>,
    /// The guideline block as written.
    pub text: Option<String>,
    /// The citations read from it.
    pub citations: Vec<Citation>,
}

/// What a published determination says on one item. Kept apart until the reviewer has decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The published answer.
    pub decision: Decision,
    /// The reviewer's guideline block as written.
    pub text: String,
    /// The citations read from it.
    pub citations: Vec<Citation>,
    /// The published reasons.
    pub rationale: String,
}

/// One requested treatment or service in dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The request as written; the original text is the truth.
    pub request: String,
    /// UR's side.
    pub ur: Ur,
    /// The published decision: `None` where there is none, *and while it is hidden*.
    pub published: Option<Published>,
}

impl Item {
    /// What is in dispute, short: for a modified request the remainder, else the whole request.
    ///
    /// Real requests of that kind are whole sentences (domain 2.7): `... The remaining IMR
    /// eligible portion of the original request, Physical therapy two sessions is`.
    pub fn in_dispute(&self) -> &str {
        in_dispute(&self.request)
    }
}

/// [`Item::in_dispute`] of a request that stands alone.
pub fn in_dispute(request: &str) -> &str {
    remainder(request).unwrap_or(request)
}

fn remainder(request: &str) -> Option<&str> {
    const MARKS: [&str; 2] = ["portion of the original request,", "The original request,"];
    let start = MARKS
        .iter()
        .find_map(|m| request.rfind(m).map(|at| at + m.len()))?;
    let rest = request.get(start..)?.trim();
    let rest = rest.strip_suffix("is").map_or(rest, str::trim_end);
    let rest = rest.trim_end_matches([':', ',']);
    (!rest.is_empty()).then_some(rest)
}

/// The reviewer's credentials as a letter states them, without a name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Credentials {
    /// States of licensure.
    pub licensed_in: Vec<String>,
    /// Boards and specialties.
    pub certifications: Vec<String>,
}

/// One dispute as it came in: everything but the reviewer's own work (that is a `Draft`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Key in the store.
    pub id: CaseId,
    /// Header block.
    pub header: Header,
    /// Age and sex.
    pub patient: Patient,
    /// Credentials of the reviewer who decided it, for an imported letter.
    pub credentials: Credentials,
    /// The clinical case summary; paragraphs separated by one blank line.
    pub summary: String,
    /// Dated facts, in order of the summary first, then as the reviewer added them.
    pub findings: Vec<Finding>,
    /// At least one for a case that can be decided.
    pub items: Vec<Item>,
    /// Documents of the case file.
    pub records: Vec<Record>,
    /// Did it come from a published determination? (Then it never counts as overdue.)
    pub is_published: bool,
    /// Start events of its clocks beside those of the header.
    pub dates: Dates,
    /// Parties, statements on conflicts, recusals.
    pub interests: Interests,
}

impl Case {
    /// Standard unless the header says otherwise.
    pub fn priority(&self) -> Priority {
        self.header.priority.unwrap_or_default()
    }
}

/// How far a case has come. Derived from the draft, the seal and the closing; never typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Nothing decided or written.
    New,
    /// Work has begun.
    Draft,
    /// Sealed.
    Signed,
    /// Given back to the organisation.
    Returned,
    /// The applicant withdrew.
    Withdrawn,
    /// The claims administrator authorised the treatment, 8 CCR 9792.10.6(a).
    Terminated,
    /// Not eligible for IMR.
    Ineligible,
    /// The same dispute is decided elsewhere.
    Duplicate,
}

impl Stage {
    /// All stages.
    pub const ALL: [Self; 8] = [
        Self::New,
        Self::Draft,
        Self::Signed,
        Self::Returned,
        Self::Withdrawn,
        Self::Terminated,
        Self::Ineligible,
        Self::Duplicate,
    ];
    /// The stages a case can be closed as, without a decision.
    pub const CLOSINGS: [Self; 5] = [
        Self::Withdrawn,
        Self::Terminated,
        Self::Ineligible,
        Self::Duplicate,
        Self::Returned,
    ];

    /// As shown and stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Draft => "draft",
            Self::Signed => "signed",
            Self::Returned => "returned",
            Self::Withdrawn => "withdrawn",
            Self::Terminated => "terminated",
            Self::Ineligible => "ineligible",
            Self::Duplicate => "duplicate",
        }
    }

    /// Reads [`Stage::word`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.word() == word)
    }

    /// Can the reviewer still work on it?
    pub fn is_open(self) -> bool {
        matches!(self, Self::New | Self::Draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remainder_is_in_dispute() {
        let mut item = Item {
            request: "Gym membership twelve months was the original request. Six months was \
                      authorized. The remaining IMR eligible portion of the original request, \
                      six months is"
                .into(),
            ur: Ur::default(),
            published: None,
        };
        assert_eq!(item.in_dispute(), "six months");
        item.request = "MRI of the left knee".into();
        assert_eq!(item.in_dispute(), "MRI of the left knee");
    }
}
