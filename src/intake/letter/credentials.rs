//! The reviewer's credentials: as a list (from 2015), or in the reviewer paragraph (before).

use super::lines::{Gap, Line, one_line};
use crate::model::Credentials;
use regex::Regex;
use std::sync::LazyLock;

const LICENSURE: &str = "State(s) of Licensure:";
const SPECIALTY: &str = "Certification(s)/Specialty:";

/// Reads the lines between the header and the summary.
pub fn read(lines: &[Line]) -> Credentials {
    let listed = Credentials {
        licensed_in: names(&listed(lines, LICENSURE)),
        certifications: names(&listed(lines, SPECIALTY)),
    };
    if listed == Credentials::default() {
        prose(&one_line(lines))
    } else {
        listed
    }
}

/// What stands after the label, over its lines, up to the next label or paragraph.
fn listed(lines: &[Line], label: &str) -> String {
    let Some(start) = lines.iter().position(|l| l.text.starts_with(label)) else {
        return String::new();
    };
    let tail = lines.get(start..).unwrap_or_default();
    let is_end = |l: &Line| {
        l.above == Gap::Paragraph || [LICENSURE, SPECIALTY].iter().any(|s| l.text.starts_with(s))
    };
    let len = tail
        .iter()
        .skip(1)
        .position(is_end)
        .map_or(tail.len(), |n| n + 1);
    let text = one_line(tail.get(..len).unwrap_or_default());
    text.strip_prefix(label).unwrap_or_default().to_owned()
}

/// Cuts at commas (or semicolons, where there are any) outside brackets.
fn names(list: &str) -> Vec<String> {
    let mut depth = 0_i32;
    let mark = if list.contains(';') { ';' } else { ',' };
    let parts = list.split(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        c == mark && depth <= 0
    });
    parts
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .map(str::to_owned)
        .collect()
}

fn prose(text: &str) -> Credentials {
    static BOARD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)board[ -]certified in (.+?),?(?: and)? (?:(?:has|with) a sub-?specialty in (.+?),? and )?(?:is )?licensed to practice in ([^.]+)\.",
        )
        .ok()
    });
    let Some(found) = BOARD.as_ref().and_then(|r| r.captures(text)) else {
        return Credentials::default();
    };
    let part = |n: usize| found.get(n).map_or("", |m| m.as_str());
    let mut certifications = names(part(1).trim_end_matches([',', ' ']));
    certifications.extend(names(part(2)));
    Credentials {
        licensed_in: names(&part(3).replace(", and ", ", ").replace(" and ", ", ")),
        certifications,
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    #[test]
    fn list_over_lines() {
        let found = read(&split(
            "State(s) of Licensure: Texas,New York,\nCalifornia\nCertification(s)/Specialty: \
             Physical Medicine & Rehabilitation, Pain\nMedicine\n\nThe rest.",
        ));
        assert_eq!(found.licensed_in, ["Texas", "New York", "California"]);
        assert_eq!(
            found.certifications,
            ["Physical Medicine & Rehabilitation", "Pain Medicine"]
        );
    }

    #[test]
    fn prose() {
        let found = read(&split(
            "The expert reviewer is Board Certified in Physical Medicine and Rehabilitation, has a \
             subspecialty in Pain Medicine and is licensed to practice in California and Texas. He",
        ));
        assert_eq!(found.licensed_in, ["California", "Texas"]);
        assert_eq!(
            found.certifications,
            ["Physical Medicine and Rehabilitation", "Pain Medicine"]
        );
    }
}
