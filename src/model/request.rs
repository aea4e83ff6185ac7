//! What a request asks for, as fields beside its text.
//!
//! The text of the request stays the truth: nothing here is stored, everything is read from the
//! text again. The reader is [`crate::intake::request`](../../intake/request/index.html).

use super::Date;
use serde::Serialize;
use std::fmt;

/// What a request asks for. A field is empty where the request does not say.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Request {
    /// Kind of treatment or service.
    pub category: Category,
    /// The DWC's category: [`Category::group`].
    pub group: &'static str,
    /// What is asked for, by one name a thing (`mri`, `physical therapy`); `drug` for drugs.
    pub modality: Option<String>,
    /// Body parts in the order of the request, each with its side.
    pub body_parts: Vec<BodyPart>,
    /// The one side of the request; `None` where it has none or two.
    pub side: Option<Side>,
    /// Spinal levels (`L4-5`, `L5-S1`).
    pub levels: Vec<String>,
    /// Codes, told by their shape.
    pub codes: Vec<Code>,
    /// Drugs, or the ingredients of a compound.
    pub drugs: Vec<Drug>,
    /// Form of a drug (`patch`, `extended release`).
    pub form: Option<&'static str>,
    /// Units a fill, or the number of goods, tests or single injections.
    pub quantity: Option<u32>,
    /// Refills; `0` where the request says there are none.
    pub refills: Option<u32>,
    /// How often.
    pub frequency: Option<Frequency>,
    /// For how long.
    pub duration: Option<Duration>,
    /// Visits or treatments: as stated, or frequency x duration.
    pub sessions: Option<u32>,
    /// Rental or purchase.
    pub rental: Option<Rental>,
    /// Was it done already?
    pub is_retrospective: bool,
    /// Date of a service done already; the first one, of several.
    pub service_date: Option<Date>,
    /// Number (from 1) of the item of the same case that this one depends on.
    pub depends_on: Option<usize>,
}

/// Kinds of treatment and service: the DWC's categories of IMR statistics, rehabilitation and
/// diagnostic testing divided further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(into = "&'static str")]
pub enum Category {
    /// Drugs by any way in but the needle.
    Pharmaceuticals,
    /// Physical, occupational and hand therapy.
    PhysicalTherapy,
    /// Chiropractic care and spinal manipulation.
    Chiropractic,
    /// Acupuncture.
    Acupuncture,
    /// Physical agents and hands-on work asked for on their own.
    PassiveModalities,
    /// MRI, CT, x-ray.
    Imaging,
    /// EMG, nerve conduction, evoked potentials.
    Electrodiagnostic,
    /// Blood and urine.
    Laboratory,
    /// EKG, sleep study and other tests.
    OtherDiagnostic,
    /// Durable medical equipment, prosthetics, orthotics and supplies.
    Dmepos,
    /// Injections, blocks and ablations.
    Injection,
    /// Operations.
    Surgery,
    /// Assistant surgeon, clearance.
    SurgicalAncillary,
    /// Visits and consultations.
    Evaluation,
    /// Psychology and psychiatry.
    Behavioral,
    /// Nurse or aide at home.
    HomeHealth,
    /// Functional restoration, weight loss, work conditioning and the like.
    Programs,
    /// Teeth.
    Dental,
    /// Hospital stay, rehabilitation ward.
    Facility,
    /// Rides.
    Transportation,
    /// None of these, or not known.
    #[default]
    Other,
}

impl Category {
    /// All categories.
    pub const ALL: [Self; 21] = [
        Self::Pharmaceuticals,
        Self::PhysicalTherapy,
        Self::Chiropractic,
        Self::Acupuncture,
        Self::PassiveModalities,
        Self::Imaging,
        Self::Electrodiagnostic,
        Self::Laboratory,
        Self::OtherDiagnostic,
        Self::Dmepos,
        Self::Injection,
        Self::Surgery,
        Self::SurgicalAncillary,
        Self::Evaluation,
        Self::Behavioral,
        Self::HomeHealth,
        Self::Programs,
        Self::Dental,
        Self::Facility,
        Self::Transportation,
        Self::Other,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pharmaceuticals => "pharmaceuticals",
            Self::PhysicalTherapy => "physical and occupational therapy",
            Self::Chiropractic => "chiropractic",
            Self::Acupuncture => "acupuncture",
            Self::PassiveModalities => "passive modalities",
            Self::Imaging => "imaging",
            Self::Electrodiagnostic => "electrodiagnostic",
            Self::Laboratory => "laboratory",
            Self::OtherDiagnostic => "other diagnostic",
            Self::Dmepos => "dmepos",
            Self::Injection => "injection",
            Self::Surgery => "surgery",
            Self::SurgicalAncillary => "surgical ancillary",
            Self::Evaluation => "evaluation and management",
            Self::Behavioral => "behavioral health",
            Self::HomeHealth => "home health",
            Self::Programs => "programs",
            Self::Dental => "dental",
            Self::Facility => "hospital/facility",
            Self::Transportation => "transportation",
            Self::Other => "other",
        }
    }

    /// The category of the DWC's yearly reports on IMR that it belongs to.
    pub const fn group(self) -> &'static str {
        match self {
            Self::PhysicalTherapy
            | Self::Chiropractic
            | Self::Acupuncture
            | Self::PassiveModalities => "rehabilitation",
            Self::Imaging | Self::Electrodiagnostic | Self::Laboratory | Self::OtherDiagnostic => {
                "diagnostic testing"
            }
            Self::Surgery | Self::SurgicalAncillary => "surgery",
            other => other.name(),
        }
    }

    /// Is it given visit by visit, so that a bare count means sessions?
    pub const fn is_by_session(self) -> bool {
        matches!(
            self,
            Self::PhysicalTherapy
                | Self::Chiropractic
                | Self::Acupuncture
                | Self::PassiveModalities
                | Self::Behavioral
                | Self::HomeHealth
                | Self::Programs
        )
    }
}

impl From<Category> for &'static str {
    fn from(category: Category) -> Self {
        category.name()
    }
}

/// A body part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BodyPart {
    /// One name a part (`lumbar spine` for the low back).
    pub name: &'static str,
    /// Its side.
    pub side: Option<Side>,
}

/// A side of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Left.
    Left,
    /// Right.
    Right,
    /// Both.
    Bilateral,
}

impl Side {
    /// In small letters.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Bilateral => "bilateral",
        }
    }
}

/// A code, told by its shape alone: whether it exists is not looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Code {
    /// Whose code.
    pub system: CodeSystem,
    /// The code, capitals.
    pub code: String,
}

/// Systems of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum CodeSystem {
    /// Procedures: five digits, or four and a letter.
    #[serde(rename = "cpt")]
    Cpt,
    /// Goods and services: a letter and four digits.
    #[serde(rename = "hcpcs")]
    Hcpcs,
    /// Diagnoses since October 2015: `M54.16`.
    #[serde(rename = "icd-10")]
    Icd10,
    /// Diagnoses before: `724.4`.
    #[serde(rename = "icd-9")]
    Icd9,
    /// Drugs by package: three groups of digits.
    #[serde(rename = "ndc")]
    Ndc,
}

/// A drug, or one ingredient of a compound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drug {
    /// As the request names it, in small letters.
    pub name: String,
    /// Its generic name, where the name is a known brand.
    pub generic: Option<&'static str>,
    /// Class in the DWC's reports; `None` for a drug not in the list.
    pub class: Option<DrugClass>,
    /// As stated, one space before the unit (`10/325 mg`, `5%`).
    pub strength: Option<String>,
}

/// Classes of drugs, as the DWC's reports count them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum DrugClass {
    /// Opioids.
    #[serde(rename = "opioid")]
    Opioid,
    /// Anti-inflammatory drugs taken by mouth.
    #[serde(rename = "nsaid")]
    Nsaid,
    /// Muscle relaxants.
    #[serde(rename = "muscle relaxant")]
    Relaxant,
    /// Creams, gels, patches, compounds.
    #[serde(rename = "topical analgesic")]
    Topical,
    /// Antiepileptics, gabapentinoids among them.
    #[serde(rename = "antiepileptic")]
    Antiepileptic,
    /// Antidepressants.
    #[serde(rename = "antidepressant")]
    Antidepressant,
    /// Anxiolytics, sedatives, drugs for sleep.
    #[serde(rename = "anxiolytic/sedative")]
    Sedative,
    /// For the stomach: proton-pump inhibitors and others.
    #[serde(rename = "gi/ppi")]
    Stomach,
    /// All others.
    #[serde(rename = "other")]
    Other,
}

/// Units of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

impl Unit {
    /// One of it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// So many times in each unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Frequency {
    /// Lower bound of a range.
    pub times_min: Option<u32>,
    /// Times; the upper bound of a range.
    pub times: u32,
    /// In each.
    pub per: Unit,
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Duration {
    /// How many; the upper bound of a range.
    pub n: u32,
    /// Of what.
    pub unit: Unit,
}

impl Frequency {
    /// Times in all, where the units fit: a month counts as 30 days or 4 weeks, as requests for
    /// therapy do.
    pub fn over(self, duration: Duration) -> Option<u32> {
        let factor = match (self.per, duration.unit) {
            (a, b) if a == b => 1,
            (Unit::Day, Unit::Week) => 7,
            (Unit::Day, Unit::Month) => 30,
            (Unit::Week, Unit::Month) => 4,
            (Unit::Week, Unit::Year) => 52,
            (Unit::Month, Unit::Year) => 12,
            _ => return None,
        };
        self.times.checked_mul(duration.n)?.checked_mul(factor)
    }
}

/// For a time, or for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rental {
    /// Rented.
    Rental,
    /// Bought.
    Purchase,
}

impl fmt::Display for Frequency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.times_min {
            Some(least) => write!(f, "{least}-{} a {}", self.times, self.per.word()),
            None => write!(f, "{} a {}", self.times, self.per.word()),
        }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&counted(self.n, self.unit.word()))
    }
}

fn counted(n: u32, word: &str) -> String {
    if n == 1 {
        format!("1 {word}")
    } else {
        format!("{n} {word}s")
    }
}

/// A name with its abbreviations in capitals.
fn capitals(name: &str) -> String {
    const SHORT: [&str; 32] = [
        "mri", "mra", "mr", "ct", "pet", "spect", "dexa", "dti", "emg", "ncs", "ssep", "cbc",
        "bmp", "cmp", "pt", "ptt", "esr", "crp", "tsh", "hiv", "mrsa", "psa", "ekg", "eeg", "vng",
        "tens", "cpm", "dvt", "cpap", "prp", "acdf", "orif",
    ];
    name.split_inclusive([' ', '/'])
        .map(
            |piece| match SHORT.contains(&piece.trim_end_matches([' ', '/'])) {
                true => piece.to_ascii_uppercase(),
                false => piece.to_owned(),
            },
        )
        .collect()
}

impl Request {
    /// All fields on one line: `MRI · right knee · [imaging]`, `norco 10/325 mg · #60 · 2 refills ·
    /// [pharmaceuticals]`.
    pub fn line(&self) -> String {
        let mut parts = self.thing();
        parts.extend(self.places());
        parts.extend(self.amounts());
        parts.extend(self.terms());
        parts.push(format!("[{}]", self.category.name()));
        parts.join(" · ")
    }

    /// What is asked for, in words of a sentence: `MRI`, `norco 10/325 mg`.
    pub fn thing_asked(&self) -> Option<String> {
        let things = self.thing();
        (!things.is_empty()).then(|| things.join(", "))
    }

    /// Where, in words of a sentence: `right knee`, `lumbar spine L4-5`.
    pub fn place_asked(&self) -> Option<String> {
        let parts = self.body_parts.iter().map(|part| match part.side {
            Some(side) => format!("{} {}", side.word(), part.name),
            None => part.name.to_owned(),
        });
        let parts = parts.collect::<Vec<_>>().join(", ");
        let levels = self.levels.join(", ");
        let all: Vec<String> = [parts, levels]
            .into_iter()
            .filter(|t| !t.is_empty())
            .collect();
        (!all.is_empty()).then(|| all.join(" "))
    }

    fn thing(&self) -> Vec<String> {
        let drugs = self.drugs.iter().map(|drug| match &drug.strength {
            Some(strength) => format!("{} {strength}", drug.name),
            None => drug.name.clone(),
        });
        let modality = self.modality.iter().filter(|m| *m != "drug");
        let modality = modality.map(|name| capitals(name));
        let form = self.form.map(ToOwned::to_owned);
        modality.chain(drugs).chain(form).collect()
    }

    fn places(&self) -> Vec<String> {
        let parts = self.body_parts.iter().map(|part| match part.side {
            Some(side) => format!("{} {}", side.word(), part.name),
            None => part.name.to_owned(),
        });
        let parts = parts.collect::<Vec<_>>().join(", ");
        let levels = self.levels.join(", ");
        let side = self.side.filter(|_| self.body_parts.is_empty());
        let side = side.map(|side| side.word().to_owned()).unwrap_or_default();
        let codes: Vec<&str> = self.codes.iter().map(|c| c.code.as_str()).collect();
        let all = [parts, side, levels, codes.join(", ")];
        all.into_iter().filter(|text| !text.is_empty()).collect()
    }

    fn amounts(&self) -> Vec<String> {
        let quantity = self.quantity.map(|n| format!("#{n}"));
        let refills = self.refills.map(|n| counted(n, "refill"));
        let course: Vec<String> = [
            self.frequency.map(|f| f.to_string()),
            self.duration.map(|d| d.to_string()),
        ]
        .into_iter()
        .flatten()
        .collect();
        let course = course.join(" x ");
        let sessions = match (self.sessions, course.is_empty()) {
            (Some(n), true) => Some(counted(n, "session")),
            (Some(n), false) => Some(format!("{} ({course})", counted(n, "session"))),
            (None, false) => Some(course),
            (None, true) => None,
        };
        [quantity, refills, sessions]
            .into_iter()
            .flatten()
            .collect()
    }

    fn terms(&self) -> Vec<String> {
        let rental = self.rental.map(|rental| match rental {
            Rental::Rental => "rental".to_owned(),
            Rental::Purchase => "purchase".to_owned(),
        });
        let done = match (self.is_retrospective, self.service_date) {
            (_, Some(day)) => Some(format!("done {}", super::date::long(day))),
            (true, None) => Some("done already".to_owned()),
            (false, None) => None,
        };
        let parent = self.depends_on.map(|n| format!("goes with item {n}"));
        [rental, done, parent].into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_says_it_all() {
        let request = Request {
            category: Category::Imaging,
            modality: Some("ct myelogram".into()),
            body_parts: vec![BodyPart {
                name: "hip",
                side: Some(Side::Left),
            }],
            quantity: Some(2),
            depends_on: Some(1),
            ..Request::default()
        };
        assert_eq!(
            request.line(),
            "CT myelogram · left hip · #2 · goes with item 1 · [imaging]"
        );
    }

    #[test]
    fn times_add_up_where_the_units_fit() {
        let over = |times, per, n, unit| {
            let frequency = Frequency {
                times_min: None,
                times,
                per,
            };
            frequency.over(Duration { n, unit })
        };
        assert_eq!(over(2, Unit::Week, 6, Unit::Week), Some(12));
        assert_eq!(over(1, Unit::Day, 4, Unit::Week), Some(28));
        assert_eq!(over(3, Unit::Week, 2, Unit::Day), None);
        assert_eq!(over(u32::MAX, Unit::Day, 2, Unit::Week), None);
    }
}
