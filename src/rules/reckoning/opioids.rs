//! The daily dose of opioids in milligrams of morphine (MME), by the conversion factors of the CDC
//! Clinical Practice Guideline for Prescribing Opioids for Pain, United States, 2022 (MMWR Recomm
//! Rep 2022;71(No. RR-3), table "Morphine milligram equivalent doses for commonly prescribed
//! opioids"). Strength x units a day x factor, exact to a hundredth.

use super::Reckoned;
use crate::model::request::{Drug, DrugClass, Unit};
use crate::model::{CaseFile, Noted, Request, Units};
use regex::Regex;
use std::fmt;
use std::sync::LazyLock;

/// One conversion factor.
#[derive(Debug, PartialEq, Eq)]
pub struct Factor {
    /// Generic name.
    pub name: &'static str,
    /// MME of a milligram, or of a microgram an hour, in hundredths.
    pub hundredths: u32,
    /// Is the strength in micrograms an hour, and the dose that of a day whatever the number of
    /// patches?
    pub is_patch: bool,
}

const fn by_mouth(name: &'static str, hundredths: u32) -> Factor {
    Factor {
        name,
        hundredths,
        is_patch: false,
    }
}

/// The table of 2022. Buprenorphine has no factor there: its doses are not to be converted.
pub static FACTORS: [Factor; 10] = [
    by_mouth("codeine", 15),
    Factor {
        name: "fentanyl",
        hundredths: 240,
        is_patch: true,
    },
    by_mouth("hydrocodone", 100),
    by_mouth("hydromorphone", 500),
    by_mouth("methadone", 470),
    by_mouth("morphine", 100),
    by_mouth("oxycodone", 150),
    by_mouth("oxymorphone", 300),
    by_mouth("tapentadol", 40),
    by_mouth("tramadol", 20),
];

/// MME a day from which the CDC guideline of 2022 asks for particular care.
pub const CARE: u32 = 50;

/// Milligrams of morphine a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Mme {
    /// In hundredths.
    hundredths: u64,
}

impl Mme {
    fn and(self, other: Self) -> Self {
        Self {
            hundredths: self.hundredths.saturating_add(other.hundredths),
        }
    }

    fn is_at_least(self, whole: u32) -> bool {
        self.hundredths >= u64::from(whole) * 100
    }
}

impl fmt::Display for Mme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.hundredths + 5) / 10;
        match tenths % 10 {
            0 => write!(f, "{} MME", tenths / 10),
            part => write!(f, "{}.{part} MME", tenths / 10),
        }
    }
}

/// How the number of units a day is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// The reviewer noted it.
    Noted,
    /// The request says how many and how often; the upper bound of a range.
    Stated,
    /// Units a fill over the days of supply.
    Supply,
}

/// The dose of one opioid of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dose {
    /// Item, from 0.
    pub item: usize,
    /// As the request names it.
    pub name: String,
    /// Its factor; `None` where the CDC gives none.
    pub factor: Option<&'static Factor>,
    /// Thousandths of the unit its factor counts.
    pub strength: Option<u32>,
    /// Units a day, and how they are known.
    pub units: Option<(Units, Known)>,
}

impl Dose {
    /// The dose of a day, where nothing is missing.
    pub fn mme(&self) -> Option<Mme> {
        let (factor, strength) = (self.factor?, u64::from(self.strength?));
        let units = match factor.is_patch {
            true => 100,
            false => u64::from(self.units?.0.hundredths()),
        };
        let product = strength * u64::from(factor.hundredths) * units;
        // Thousandths x hundredths x hundredths, to hundredths, rounded.
        Some(Mme {
            hundredths: (product + 50_000) / 100_000,
        })
    }

    /// `10 mg x 4 a day x 1`, with what is missing as `?`.
    fn numbers(&self) -> String {
        let Some(factor) = self.factor else {
            return format!("{}: the CDC gives no factor for it", self.name);
        };
        let unit = if factor.is_patch { "mcg/h" } else { "mg" };
        let strength = self.strength.map_or_else(|| "?".to_owned(), thousandths);
        let by = hundredths(factor.hundredths);
        if factor.is_patch {
            return format!("{} {strength} {unit} x {by}", self.name);
        }
        let units = match self.units {
            Some((units, Known::Noted)) => format!("{units} a day (noted)"),
            Some((units, Known::Stated)) => format!("at most {units} a day"),
            Some((units, Known::Supply)) => format!("{units} a day (fill over days)"),
            None => "? a day".to_owned(),
        };
        format!("{} {strength} {unit} x {units} x {by}", self.name)
    }

    /// What has to be known before the dose can be told.
    fn missing(&self) -> Option<&'static str> {
        let factor = self.factor?;
        match (self.strength, self.units) {
            (None, _) => Some("strength not stated"),
            (_, None) if !factor.is_patch => Some("how many a day is not stated"),
            _ => None,
        }
    }
}

fn thousandths(n: u32) -> String {
    let part = format!("{:03}", n % 1000);
    match part.trim_end_matches('0') {
        "" => (n / 1000).to_string(),
        part => format!("{}.{part}", n / 1000),
    }
}

fn hundredths(n: u32) -> String {
    Units::of_hundredths(n).to_string()
}

/// The opioids of one item.
pub fn of_item(request: &Request, text: &str, noted: Noted, item: usize) -> Vec<Dose> {
    let opioids = request.drugs.iter();
    let opioids = opioids.filter(|drug| drug.class == Some(DrugClass::Opioid));
    opioids
        .map(|drug| {
            let generic = drug.generic.unwrap_or(&drug.name);
            let factor = factor(generic).filter(|f| !f.is_patch || is_patch(request, drug));
            Dose {
                item,
                name: drug.name.clone(),
                factor,
                strength: factor.and_then(|factor| strength(drug, factor)),
                units: units(request, text, noted),
            }
        })
        .collect()
}

/// By any ingredient of the generic name.
fn factor(generic: &str) -> Option<&'static Factor> {
    let is_in = |factor: &&Factor| {
        let mut words = generic.split(|c: char| !c.is_ascii_alphabetic());
        words.any(|word| word == factor.name)
    };
    FACTORS.iter().find(is_in)
}

fn is_patch(request: &Request, drug: &Drug) -> bool {
    let is_hourly = |s: &str| s.contains("mcg/h") || s.contains("mcg/hr");
    let words = [drug.name.as_str(), request.form.unwrap_or_default()];
    words
        .iter()
        .any(|w| w.contains("patch") || w.contains("transdermal") || *w == "duragesic")
        || drug.strength.as_deref().is_some_and(is_hourly)
}

/// The strength of the opioid itself: beside acetaminophen, ibuprofen or aspirin it is the smaller
/// number, however the two are ordered; else the first.
fn strength(drug: &Drug, factor: &Factor) -> Option<u32> {
    static NUMBER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(\d{1,4})(?:\.(\d{1,3}))?").ok());
    let text = drug.strength.as_deref()?;
    let unit = if factor.is_patch { "mcg" } else { "mg" };
    if !text.contains(unit) {
        return None;
    }
    let found = NUMBER.as_ref()?.captures_iter(text);
    let numbers: Vec<u32> = found
        .filter_map(|number| {
            let whole: u32 = number.get(1)?.as_str().parse().ok()?;
            let part = number.get(2).map_or("", |part| part.as_str());
            let part: u32 = format!("{part:0<3}").parse().ok()?;
            Some(whole * 1000 + part)
        })
        .collect();
    let generic = drug.generic.unwrap_or(&drug.name);
    let partners = ["acetaminophen", "apap", "ibuprofen", "aspirin"];
    match partners.iter().any(|partner| generic.contains(partner)) {
        true => numbers.iter().min().copied(),
        false => numbers.first().copied(),
    }
}

/// Units a day: as noted, as stated, or from a fill and its days.
fn units(request: &Request, text: &str, noted: Noted) -> Option<(Units, Known)> {
    let own = noted.units_a_day.map(|units| (units, Known::Noted));
    let stated = || Some((stated(request, text)?, Known::Stated));
    let supply = || Some((supply(request)?, Known::Supply));
    own.or_else(stated).or_else(supply)
}

/// `1 tab ... every 4-6 hours`: both the number each time and how often have to stand there.
fn stated(request: &Request, text: &str) -> Option<Units> {
    static EACH: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(concat!(
            r"(?i)\b(?:take |take up to )?(\d|one|two|three)(?:\s*(?:-|to|or)\s*(\d|two|three))?",
            r"\s*(?:tab|tablet|cap|capsule|pill)s?\b(?:\s*\(s\))?(?:\s+(?:by mouth|orally|po|p\.o\.))?",
            r"\s+(?:every|q|once|twice|daily|bid|tid|qid|up to|\d|one|two|three|four)",
        ))
        .ok()
    });
    let frequency = request.frequency.filter(|f| f.per == Unit::Day)?;
    let each = EACH.as_ref()?.captures(text)?;
    let most = each.get(2).or_else(|| each.get(1))?.as_str().to_lowercase();
    let each: u32 = match most.as_str() {
        "one" => 1,
        "two" => 2,
        "three" => 3,
        digit => digit.parse().ok()?,
    };
    Units::of_whole(each.checked_mul(frequency.times)?)
}

/// A fill over its days. With refills it is not told whether the days are those of all fills.
fn supply(request: &Request) -> Option<Units> {
    let (quantity, duration) = (request.quantity?, request.duration?);
    if request.refills.unwrap_or(0) > 0 {
        return None;
    }
    let days = match duration.unit {
        Unit::Day => duration.n,
        Unit::Week => duration.n.checked_mul(7)?,
        Unit::Month => duration.n.checked_mul(30)?,
        Unit::Year => return None,
    };
    let hundredths = quantity.checked_mul(100)?.checked_div(days)?;
    (hundredths > 0).then(|| Units::of_hundredths(hundredths))
}

/// The opioids of the whole case.
pub fn of_case(file: &CaseFile, requests: &[Request]) -> Vec<Dose> {
    let all = requests.iter().enumerate();
    all.flat_map(|(item, request)| {
        let text = file.case.items.get(item).map_or("", |i| i.in_dispute());
        let noted = file.draft.items.get(item).map(|d| d.noted);
        of_item(request, text, noted.unwrap_or_default(), item)
    })
    .collect()
}

/// The lines of one item: its own dose, and that of all items where several ask for opioids.
pub(super) fn lines(file: &CaseFile, requests: &[Request], item: usize) -> Vec<Reckoned> {
    let all = of_case(file, requests);
    let mut lines: Vec<Reckoned> = all
        .iter()
        .filter(|dose| dose.item == item)
        .map(line)
        .collect();
    let is_several = all.iter().any(|dose| dose.item != item);
    if is_several && !lines.is_empty() {
        lines.push(total(&all));
    }
    lines
}

fn line(dose: &Dose) -> Reckoned {
    let numbers = dose.numbers();
    let text = match (dose.mme(), dose.missing()) {
        (Some(mme), _) => format!("{mme} a day = {numbers} (CDC 2022){}", care(mme)),
        (None, Some(missing)) => format!("{numbers}: {missing}"),
        (None, None) => numbers,
    };
    Reckoned {
        label: "MME",
        text,
        asks: dose.missing().is_some(),
    }
}

fn total(all: &[Dose]) -> Reckoned {
    let known: Vec<Mme> = all.iter().filter_map(Dose::mme).collect();
    let sum = known.iter().copied().fold(Mme::default(), Mme::and);
    let least = if known.len() < all.len() {
        "at least "
    } else {
        ""
    };
    Reckoned {
        label: "MME",
        text: format!("all items: {least}{sum} a day{}", care(sum)),
        asks: false,
    }
}

fn care(mme: Mme) -> String {
    match mme.is_at_least(CARE) {
        true => format!("; at {CARE} and more the CDC asks for particular care"),
        false => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::request::{Duration, Frequency};

    fn drug(name: &str, generic: Option<&'static str>, strength: &str) -> Drug {
        Drug {
            name: name.into(),
            generic,
            class: Some(DrugClass::Opioid),
            strength: (!strength.is_empty()).then(|| strength.to_owned()),
        }
    }

    fn request(drug: Drug) -> Request {
        Request {
            drugs: vec![drug],
            ..Request::default()
        }
    }

    fn noted_units(units: &str) -> Noted {
        Noted {
            units_a_day: Units::parse(units),
            ..Noted::default()
        }
    }

    fn mme(request: &Request, text: &str, noted: Noted) -> Option<String> {
        of_item(request, text, noted, 0)[0]
            .mme()
            .map(|m| m.to_string())
    }

    /// By hand: 10 x 4 x 1 = 40; 20 x 2 x 1.5 = 60; 50 x 6 x 0.2 = 60; 25 x 2.4 = 60;
    /// 10 x 3 x 4.7 = 141; 30 x 4 x 0.15 = 18; 4 x 3 x 5 = 60; 7.5 x 3 x 1 = 22.5.
    #[test]
    fn doses_by_hand() {
        let apap = Some("hydrocodone/acetaminophen");
        let codeine = Some("acetaminophen/codeine");
        for (drug, units, said) in [
            (drug("norco", apap, "10/325 mg"), "4", "40 MME"),
            (drug("oxycontin", Some("oxycodone"), "20 mg"), "2", "60 MME"),
            (drug("tramadol", None, "50 mg"), "6", "60 MME"),
            (drug("methadone", None, "10 mg"), "3", "141 MME"),
            (drug("tylenol 3", codeine, "300/30 mg"), "4", "18 MME"),
            (
                drug("dilaudid", Some("hydromorphone"), "4 mg"),
                "3",
                "60 MME",
            ),
            (drug("norco", apap, "325-7.5 mg"), "3", "22.5 MME"),
            (
                drug("nucynta", Some("tapentadol"), "75 mg"),
                "1.5",
                "45 MME",
            ),
            (drug("opana", Some("oxymorphone"), "10 mg"), "2", "60 MME"),
            (
                drug("embeda", Some("morphine/naltrexone"), "20/0.8 mg"),
                "2",
                "40 MME",
            ),
        ] {
            let name = drug.name.clone();
            let got = mme(&request(drug), "", noted_units(units));
            assert_eq!(got.as_deref(), Some(said), "{name}");
        }
    }

    #[test]
    fn a_patch_counts_by_the_hour_and_by_itself() {
        let patch = request(drug("duragesic", Some("fentanyl"), "25 mcg/hr"));
        assert_eq!(mme(&patch, "", Noted::default()).unwrap(), "60 MME");
        let lozenge = request(drug("actiq", Some("fentanyl"), "200 mcg"));
        let dose = &of_item(&lozenge, "", noted_units("4"), 0)[0];
        assert_eq!((dose.factor, dose.mme()), (None, None));
        assert_eq!(line(dose).text, "actiq: the CDC gives no factor for it");
    }

    #[test]
    fn what_the_request_says_is_used_and_what_it_does_not_say_is_asked() {
        let mut tramadol = request(drug("tramadol", None, "50 mg"));
        tramadol.quantity = Some(30);
        assert_eq!(mme(&tramadol, "Tramadol 50mg #30", Noted::default()), None);
        let asked = line(&of_item(&tramadol, "", Noted::default(), 0)[0]);
        assert!(asked.asks);
        assert_eq!(
            asked.text,
            "tramadol 50 mg x ? a day x 0.2: how many a day is not stated"
        );
        tramadol.frequency = Some(Frequency {
            times_min: Some(4),
            times: 6,
            per: Unit::Day,
        });
        let text = "Tramadol 50mg take 1 tab orally every 4-6 hours #30";
        assert_eq!(mme(&tramadol, text, Noted::default()).unwrap(), "60 MME");
        // How often is stated, how many each time is not.
        assert_eq!(
            mme(&tramadol, "Tramadol 50mg every 4-6 hours", Noted::default()),
            None
        );
        // What is noted goes before what is stated.
        assert_eq!(mme(&tramadol, text, noted_units("2")).unwrap(), "20 MME");
    }

    #[test]
    fn a_fill_over_its_days() {
        let mut norco = request(drug(
            "norco",
            Some("hydrocodone/acetaminophen"),
            "10/325 mg",
        ));
        norco.quantity = Some(120);
        norco.duration = Some(Duration {
            n: 30,
            unit: Unit::Day,
        });
        assert_eq!(mme(&norco, "", Noted::default()).unwrap(), "40 MME");
        norco.refills = Some(2);
        assert_eq!(mme(&norco, "", Noted::default()), None);
    }

    #[test]
    fn no_strength_no_dose() {
        let dose = of_item(&request(drug("norco", None, "")), "", noted_units("4"), 0);
        // A brand nobody resolved has no factor either.
        assert_eq!(dose[0].mme(), None);
        let oral = request(drug("morphine", None, "15"));
        let line = line(&of_item(&oral, "", noted_units("2"), 0)[0]);
        assert_eq!(
            line.text,
            "morphine ? mg x 2 a day (noted) x 1: strength not stated"
        );
    }
}
