//! Requests of our own, as reviewers see them: the line each reads as, and which depends on which.

use super::*;

fn parents(texts: &[&str]) -> Vec<Option<usize>> {
    parse_all(texts)
        .iter()
        .map(|request| request.depends_on)
        .collect()
}

#[test]
fn what_belongs_to_an_operation_is_linked() {
    let case = [
        "MRI of the right shoulder",
        "Right shoulder arthroscopy with rotator cuff repair",
        "Assistant surgeon",
        "Pre-operative medical clearance: EKG, CBC",
        "Post-operative physical therapy 2 x 6",
        "Cold therapy unit, 7 day rental",
        "Norco 10/325 mg #60",
        "TENS unit",
    ];
    let own = [None, None, Some(2), Some(2), Some(2), Some(2), None, None];
    assert_eq!(parents(&case), own);
}

#[test]
fn what_names_another_item_is_linked() {
    assert_eq!(
        parents(&[
            "Lumbar ESI at L4-5",
            "Follow-up visit two weeks after the injection"
        ]),
        [None, Some(1)]
    );
    assert_eq!(
        parents(&["Sedation for the MRI", "MRI of the neck"]),
        [Some(2), None]
    );
    assert_eq!(
        parents(&["Post-operative physical therapy", "Assistant surgeon"]),
        [None, None]
    );
}

#[test]
fn the_disputed_part_is_read_and_the_thing_taken_from_the_whole() {
    let request = parse(
        "Norco 10/325 mg #60 with 2 refills was the original request. Norco 10/325 mg #60 was authorized. \
         The remaining IMR eligible portion of the original request, two refills is",
    );
    assert_eq!(
        request.line(),
        "norco 10/325 mg · 2 refills · [pharmaceuticals]"
    );
    let request = parse(
        "Twelve visits of acupuncture for the left knee was the original request. Four visits were certified. \
         The remaining IMR eligible portion of the original request, eight visits is",
    );
    assert_eq!(
        request.line(),
        "acupuncture · left knee · 8 sessions · [acupuncture]"
    );
}

/// Text and line, every other.
const LINES: &str = include_str!("tests.txt");

#[test]
fn requests_read_as_they_should() {
    let lines: Vec<&str> = LINES.lines().collect();
    let wrong: Vec<String> = lines
        .chunks(2)
        .filter_map(|pair| {
            let [text, want] = pair else { return None };
            let got = parse(text).line();
            (got != want.trim()).then(|| format!("{text}\n  got  {got}\n  want {}", want.trim()))
        })
        .collect();
    assert!(
        lines.len() > 300 && wrong.is_empty(),
        "{}",
        wrong.join("\n")
    );
}
