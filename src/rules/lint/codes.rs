//! L42: codes of no valid shape; L43: ICD-9 after it ended.

use super::Found;
use super::desk::Desk;
use super::facts::pattern;
use crate::model::Date;
use crate::model::lint::Place;
use jiff::civil::date;
use regex::Regex;
use std::sync::LazyLock;

static CODE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?P<system>cpt|hcpcs|icd-?10(?:-cm)?|icd-?9(?:-cm)?|ndc|npi)(?: codes?| numbers?| no\.?)?[:# ]{1,3}(?P<code>[a-z]?\d[\da-z.-]*[\da-z])\b",
    )
});

/// Shapes by system.
static SHAPES: LazyLock<Vec<(&'static str, Option<Regex>)>> = LazyLock::new(|| {
    [
        ("cpt", r"(?i)^\d{4}[0-9ftuma](?:-\w{2})?$"),
        ("hcpcs", r"(?i)^[a-v]\d{4}(?:-\w{2})?$"),
        ("icd10", r"(?i)^[a-z]\d[0-9a-z](?:\.[0-9a-z]{1,4})?$"),
        (
            "icd9",
            r"(?i)^(?:\d{3}(?:\.\d{1,2})?|v\d{2}(?:\.\d{1,2})?|e\d{3}(?:\.\d)?)$",
        ),
        (
            "ndc",
            r"^(?:\d{4}-\d{4}-\d{2}|\d{5}-\d{3}-\d{2}|\d{5}-\d{4}-\d{1,2}|\d{10,11})$",
        ),
        ("npi", r"^[12]\d{9}$"),
    ]
    .into_iter()
    .map(|(system, shape)| (system, pattern(shape)))
    .collect()
});

fn system(word: &str) -> String {
    let bare = word.to_ascii_lowercase().replace('-', "");
    bare.trim_end_matches("cm").to_owned()
}

/// L42 over requests, summary and rationales.
pub(super) fn misshapen(desk: &Desk) -> Vec<Found> {
    let requests = desk
        .requests
        .iter()
        .enumerate()
        .map(|(item, text)| (Place::Request(item), text));
    let mut found = Vec::new();
    for (place, text) in desk.prose().chain(requests) {
        for code in CODE.iter().flat_map(|shape| shape.captures_iter(text.raw)) {
            let (Some(named), Some(written)) = (code.name("system"), code.name("code")) else {
                continue;
            };
            if !is_sound(&system(named.as_str()), written.as_str()) {
                let message = format!("{} is no {} code.", written.as_str(), named.as_str());
                found.push(Found::at(place, written.range(), message));
            }
        }
    }
    found
}

fn is_sound(system: &str, code: &str) -> bool {
    let shape = SHAPES
        .iter()
        .find(|(name, _)| *name == system)
        .and_then(|(_, shape)| shape.as_ref());
    let is_shaped = shape.is_none_or(|shape| shape.is_match(code));
    is_shaped && (system != "npi" || is_npi(code))
}

/// Luhn's sum over the number behind the prefix 80840, which counts 24.
fn is_npi(code: &str) -> bool {
    let digits = code
        .bytes()
        .rev()
        .filter(u8::is_ascii_digit)
        .map(|b| u32::from(b - b'0'));
    let sum: u32 = digits
        .enumerate()
        .map(|(n, digit)| match n % 2 {
            0 => digit,
            _ if digit > 4 => digit * 2 - 9,
            _ => digit * 2,
        })
        .sum();
    (sum + 24).is_multiple_of(10)
}

/// From this day of service on, diagnoses are coded in ICD-10.
const ICD_10: Date = date(2015, 10, 1);

/// L43 over requests and summary; rationales quote guidelines that name the old codes.
pub(super) fn old_system(desk: &Desk) -> Vec<Found> {
    let header = &desk.file.case.header;
    let day = header.ur_denial_date.or(header.application_received_date);
    if day.is_none_or(|day| day < ICD_10) {
        return Vec::new();
    }
    let requests = desk
        .requests
        .iter()
        .enumerate()
        .map(|(item, text)| (Place::Request(item), text));
    let mut found = Vec::new();
    for (place, text) in std::iter::once((Place::Summary, &desk.summary)).chain(requests) {
        for code in CODE.iter().flat_map(|shape| shape.captures_iter(text.raw)) {
            let is_old = code
                .name("system")
                .is_some_and(|s| system(s.as_str()) == "icd9");
            if let Some(written) = code.name("code").filter(|_| is_old) {
                let message = format!(
                    "{} is an ICD-9 code; ICD-10 holds since 10/01/2015.",
                    written.as_str()
                );
                found.push(Found::at(place, written.range(), message));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_codes() {
        for (system, code) in [
            ("npi", "1234567893"),
            ("npi", "1558597797"),
            ("icd10", "U07.1"),
            ("cpt", "97110"),
            ("icd9", "724.4"),
        ] {
            let is_known = code != "1558597797";
            assert_eq!(is_sound(system, code), is_known, "{system} {code}");
        }
        assert!(
            !is_sound("npi", "1234567890")
                && !is_sound("cpt", "9711")
                && !is_sound("hcpcs", "Z0236")
        );
    }
}
