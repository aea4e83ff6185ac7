//! Codes by shape, and dates of service.

use super::sheet::{Sheet, pattern, whole};
use crate::model::date::{self, Date};
use crate::model::request::{Code, CodeSystem};
use regex::Captures;
use std::ops::Range;

pattern!(NDC, r"\b(\d{4,5}-\d{3,4}-\d{1,2})\b");
pattern!(
    NDC_SAID,
    r"\bndc\b[ :#]*(?:code|no\.?|number)?[ :#]*(\d{10,11})\b"
);
pattern!(ICD_10, r"\b([a-tv-z]\d[0-9ab]\.[0-9a-z]{1,4})\b");
pattern!(
    ICD_10_SAID,
    r"\bicd-? ?(?:10|9)?(?:-?cm)?(?: codes?)?[ :#]+([a-tv-z]\d[0-9ab][0-9a-z]{0,4})\b"
);
pattern!(
    ICD_9,
    r"(?:^|(?u:[^\d./#-]))\b((?:[1-9]\d\d|0\d\d|v\d\d|e\d\d\d)\.\d{1,2})\b( ?(?:mg|mcg|ml|g|gm|gram|grams|units?|%|/|-|x|cc|lbs?|kg))?"
);
pattern!(HCPCS, r"\b([a-jlpqsv]\d{4})\b");
pattern!(
    CPT,
    r"(?:^|(?u:[^\d./,$#-]))\b(\d{5}|\d{4}[ftu])\b(?:-\d\d)?( ?(?:mg|mcg|iu|units?|ml|%|\.\d|,\d|cc|meq|/|miles?))?"
);
pattern!(
    DAY,
    r"\b(\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2},? \d{4})\b"
);
pattern!(
    SERVED,
    r"\b(?:dos|d\.o\.s\.?|dates? of services?|service dates?|done|performed|rendered|dispensed|provided|completed|received|obtained|collected|administered)\b(?u:[^0-9a-z])*(?:on |of |from |between )?(?u:[^0-9a-z])*$"
);
pattern!(
    RETRO,
    r"\b(?:retro|retrospective|retrospectively|retroactive|retroactively)\b"
);
pattern!(DOS, r"\b(?:dos|dates? of services?)\b");

/// What is read here.
#[derive(Debug, Default)]
pub struct Coded {
    /// Codes, each once.
    pub codes: Vec<Code>,
    /// Where they stand.
    pub marks: Vec<Range<usize>>,
    /// Is a service done already asked for?
    pub is_retrospective: bool,
    /// Where that is said.
    pub retro_marks: Vec<Range<usize>>,
    /// Its first date.
    pub service_date: Option<Date>,
    /// Where the date stands.
    pub date_marks: Vec<Range<usize>>,
}

/// Takes dates and codes from the sheet.
pub fn read(sheet: &mut Sheet) -> Coded {
    let mut coded = Coded::default();
    retrospective(sheet, &mut coded);
    dates(sheet, &mut coded);
    for (pattern, system) in [
        (&NDC, CodeSystem::Ndc),
        (&NDC_SAID, CodeSystem::Ndc),
        (&ICD_10, CodeSystem::Icd10),
        (&ICD_10_SAID, CodeSystem::Icd10),
        (&ICD_9, CodeSystem::Icd9),
        (&HCPCS, CodeSystem::Hcpcs),
        (&CPT, CodeSystem::Cpt),
    ] {
        for captures in pattern.all(&sheet.text.clone()) {
            take(sheet, &mut coded, &captures, system);
        }
    }
    coded
}

/// The code is the first group; a second one would make it a number of something.
fn take(sheet: &mut Sheet, coded: &mut Coded, captures: &Captures, system: CodeSystem) {
    let Some(code) = captures.get(1).filter(|_| captures.get(2).is_none()) else {
        return;
    };
    let is_free = sheet
        .text
        .get(code.range())
        .is_some_and(|text| text == code.as_str());
    if !is_free {
        return;
    }
    let range = code.range();
    let code = Code {
        system,
        code: code.as_str().to_ascii_uppercase(),
    };
    if !coded.codes.contains(&code) {
        coded.codes.push(code);
        coded.marks.push(range.clone());
    }
    sheet.take(&range);
}

fn retrospective(sheet: &Sheet, coded: &mut Coded) {
    for pattern in [&RETRO, &DOS] {
        let found = pattern.all(&sheet.text);
        coded.retro_marks.extend(found.iter().map(whole));
    }
    coded.is_retrospective = !coded.retro_marks.is_empty();
}

/// Every date is taken, so that none is read as a number; a date of service is kept.
fn dates(sheet: &mut Sheet, coded: &mut Coded) {
    let text = sheet.text.clone();
    for captures in DAY.all(&text) {
        let range = whole(&captures);
        let before = text.get(..range.start).unwrap_or_default();
        let is_service = coded.is_retrospective || SERVED.first(before).is_some();
        if let Some(day) = date::parse(text.get(range.clone()).unwrap_or_default()) {
            if is_service && coded.service_date.is_none() {
                coded.service_date = Some(day);
                coded.date_marks.push(range.clone());
            }
            sheet.take(&range);
        }
    }
    if coded.service_date.is_some() && !coded.is_retrospective {
        coded.is_retrospective = true;
        coded.retro_marks.clone_from(&coded.date_marks);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> String {
        let mut sheet = Sheet::new(text);
        let coded = read(&mut sheet);
        let all = coded
            .codes
            .iter()
            .map(|c| format!("{:?} {}", c.system, c.code));
        all.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn codes_are_told_by_shape() {
        assert_eq!(
            codes("pt (97110, 97140) dx m54.16, 724.4"),
            "Icd10 M54.16, Icd9 724.4, Cpt 97110, Cpt 97140"
        );
        assert_eq!(
            codes("tens e0730 ndc 12345-6789-01"),
            "Ndc 12345-6789-01, Hcpcs E0730"
        );
        assert_eq!(codes("vitamin d 50000 units, 112.5 mg, l4-5, #10000"), "");
        assert_eq!(codes("ct 0232t"), "Cpt 0232T");
    }

    #[test]
    fn a_date_of_service_is_kept() {
        let coded = read(&mut Sheet::new("retro: uds (dos 1/5/14-2/3/14)"));
        assert_eq!(coded.service_date, date::parse("1/5/2014"));
        let coded = read(&mut Sheet::new("mri, last done 3/4/2015"));
        assert!(coded.is_retrospective);
        let coded = read(&mut Sheet::new("follow up after 3/4/2015"));
        assert!(!coded.is_retrospective && coded.service_date.is_none());
    }
}
