//! Requests against answers: precision and recall for each field, for both halves.
//!
//! `cargo test --test requests -- --nocapture` prints the table; `IMR_MISSES=1` the misses of the
//! half that may be tuned on. The other half is never printed item by item.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests: a failure is a panic, and figures are printed"
)]

mod common;

use imr::intake::request;
use imr::model::Request;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

/// Fields that are scored, in the order of printing.
const FIELDS: [&str; 19] = [
    "category",
    "modality",
    "body_part",
    "side",
    "level",
    "codes",
    "drug",
    "drug_class",
    "strength",
    "form",
    "quantity",
    "refills",
    "frequency",
    "duration",
    "sessions",
    "rental",
    "date_of_service",
    "retrospective",
    "depends_on",
];

/// Of a field: values asserted, values asked for, values right.
#[derive(Default, Clone, Copy)]
struct Count {
    said: usize,
    asked: usize,
    right: usize,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.said += other.said;
        self.asked += other.asked;
        self.right += other.right;
    }

    fn precision(self) -> f64 {
        percent(self.right, self.said)
    }

    fn recall(self) -> f64 {
        percent(self.right, self.asked)
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of a few hundred")]
fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        100.0
    } else {
        100.0 * part as f64 / whole as f64
    }
}

/// Values of a label, small letters, one each.
fn values(value: &Value) -> Vec<String> {
    match value {
        Value::Null | Value::Bool(false) => Vec::new(),
        Value::Array(all) => all.iter().flat_map(values).collect(),
        Value::String(text) => vec![text.to_lowercase()],
        other => vec![other.to_string()],
    }
}

/// What the parser says of a field, in the words of the answers.
fn said(request: &Request, field: &str) -> Vec<String> {
    let json = serde_json::to_value(request).unwrap();
    match field {
        "category" => values(&json["category"]),
        "modality" => values(&json["modality"]),
        "body_part" => request
            .body_parts
            .iter()
            .map(|p| p.name.to_owned())
            .collect(),
        "side" => values(&json["side"]),
        "level" => values(&json["levels"]),
        "codes" => request
            .codes
            .iter()
            .map(|c| c.code.to_lowercase())
            .collect(),
        "drug" => request.drugs.iter().map(|d| d.name.clone()).collect(),
        "strength" => request
            .drugs
            .iter()
            .filter_map(|d| d.strength.clone())
            .collect(),
        "drug_class" if json["category"] == "pharmaceuticals" => {
            let mut classes = values(
                &json["drugs"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|d| d["class"].clone())
                    .collect(),
            );
            classes.truncate(1);
            classes
        }
        "drug_class" => Vec::new(),
        "form" => values(&json["form"]),
        "frequency" => request
            .frequency
            .map(|f| vec![json!({"times": f.times, "per": f.per.word()}).to_string()])
            .unwrap_or_default(),
        "duration" => request
            .duration
            .map(|d| vec![json!({"n": d.n, "unit": format!("{}s", d.unit.word())}).to_string()])
            .unwrap_or_default(),
        "date_of_service" => values(&json["service_date"]),
        "retrospective" => values(&json["is_retrospective"]),
        other => values(&json[other]),
    }
}

/// What the answer asks for; bounds of a range but the upper one are left out.
fn asked(answer: &Value, field: &str) -> Vec<String> {
    match (field, &answer[field]) {
        ("frequency", Value::Object(f)) => {
            vec![json!({"times": f["times"], "per": f["per"]}).to_string()]
        }
        (_, value) => values(value),
    }
}

/// Other answers that count as right.
fn others(answer: &Value, field: &str) -> Vec<String> {
    values(&answer[format!("{field}_alt")])
}

fn is_doubtful(answer: &Value, field: &str) -> bool {
    values(&answer["doubtful"]).iter().any(|name| name == field)
}

fn score(answer: &Value, request: &Request, field: &str) -> Count {
    let (mut said, want) = (said(request, field), asked(answer, field));
    if field == "drug" && want.len() > 1 {
        // A pair sold as one is one name here and two there.
        said = said
            .iter()
            .flat_map(|n| n.split('/').map(str::to_owned).collect::<Vec<_>>())
            .collect();
    }
    let others = others(answer, field);
    if !others.is_empty() && !want.is_empty() && said.len() == 1 && others.contains(&said[0]) {
        return Count {
            said: want.len(),
            asked: want.len(),
            right: want.len(),
        };
    }
    let mut left = want.clone();
    let mut right = 0;
    for value in &said {
        if let Some(at) = left.iter().position(|w| w == value) {
            left.remove(at);
            right += 1;
        }
    }
    Count {
        said: said.len(),
        asked: want.len(),
        right,
    }
}

struct Half {
    fields: BTreeMap<&'static str, Count>,
    misses: Vec<String>,
    items: usize,
}

impl Half {
    fn overall(&self) -> Count {
        let mut all = Count::default();
        self.fields.values().for_each(|count| all.add(*count));
        all
    }
}

fn letters(folder: &std::path::Path) -> HashMap<String, Vec<String>> {
    let path = folder.join("determinations/answers/parsed.jsonl");
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| {
            let letter: Value = serde_json::from_str(line).unwrap();
            let issues = letter["issues"].as_array().unwrap();
            let requests = issues
                .iter()
                .map(|i| i["request"].as_str().unwrap().to_owned());
            (
                letter["case"].as_str().unwrap().to_owned(),
                requests.collect(),
            )
        })
        .collect()
}

fn run(half: &str, letters: &HashMap<String, Vec<String>>) -> Half {
    let answers = std::fs::read_to_string(common::own("requests/answers.jsonl")).unwrap();
    let answers = answers
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut out = Half {
        fields: BTreeMap::new(),
        misses: Vec::new(),
        items: 0,
    };
    for answer in answers.filter(|a| a["half"] == half) {
        let name = answer["letter"].as_str().unwrap();
        let texts: Vec<&str> = letters[name].iter().map(String::as_str).collect();
        let at = usize::try_from(answer["item"].as_u64().unwrap()).unwrap() - 1;
        let parsed = &request::parse_all(&texts)[at];
        out.items += 1;
        for field in FIELDS {
            if is_doubtful(&answer, field) {
                continue;
            }
            let count = score(&answer, parsed, field);
            out.fields.entry(field).or_default().add(count);
            if count.right < count.said.max(count.asked) {
                out.misses.push(format!(
                    "{name}-{} {field}: said {:?}, asked {:?}\n    {}",
                    at + 1,
                    said(parsed, field),
                    asked(&answer, field),
                    texts[at]
                ));
            }
        }
    }
    out
}

fn print(name: &str, half: &Half) {
    println!(
        "\n{name}: {} items\n{:<16} {:>6} {:>6} {:>6} {:>10} {:>8}",
        half.items, "field", "said", "asked", "right", "precision", "recall"
    );
    let rows = FIELDS
        .iter()
        .filter_map(|f| Some((*f, *half.fields.get(f)?)));
    for (field, count) in rows.chain([("overall", half.overall())]) {
        println!(
            "{field:<16} {:>6} {:>6} {:>6} {:>9.1}% {:>7.1}%",
            count.said,
            count.asked,
            count.right,
            count.precision(),
            count.recall()
        );
    }
}

#[test]
fn fields_agree_with_the_answers() {
    let Some(folder) = common::shared("fields_agree_with_the_answers") else {
        return;
    };
    let letters = letters(&folder);
    for half in ["tune", "held"] {
        let figures = run(half, &letters);
        print(half, &figures);
        if half == "tune" && std::env::var_os("IMR_MISSES").is_some() {
            println!("{}", figures.misses.join("\n"));
        }
        let all = figures.overall();
        assert!(
            all.precision() >= 95.0,
            "{half}: precision {:.1} %",
            all.precision()
        );
        assert!(all.recall() >= 90.0, "{half}: recall {:.1} %", all.recall());
    }
}

#[test]
fn the_page_names_every_key() {
    let page = include_str!("../README.md");
    let row = page
        .lines()
        .find(|line| line.contains("`items[].parsed`"))
        .unwrap();
    let request =
        request::parse("Norco 10/325 mg #60, right knee (97110), three times a day for 4 weeks");
    let json = serde_json::to_value(&request).unwrap();
    let keys = json.as_object().unwrap().keys();
    let of_drug = json["drugs"][0].as_object().unwrap().keys();
    for key in keys.chain(of_drug) {
        assert!(row.contains(&format!("`{key}")), "README lacks {key}");
    }
}

// --- what holds for any text ----------------------------------------------------------------------

mod any_text {
    use super::*;
    use proptest::prelude::*;

    /// Words of requests in any order, and anything else.
    fn text() -> impl Strategy<Value = String> {
        let words = prop::sample::select(vec![
            "MRI",
            "right",
            "left",
            "bilateral",
            "lumbar spine",
            "knees",
            "L4-5",
            "L5-S1,",
            "C5",
            "Norco 10/325mg",
            "#60",
            "with 2 refills",
            "2 x 6",
            "3 times a week for 4 weeks",
            "twelve",
            "sessions",
            "physical therapy",
            "(97110)",
            "M54.16",
            "E0730",
            "purchase",
            "rental",
            "Retrospective",
            "DOS 12/29/16",
            "post-operative",
            "assistant surgeon",
            "was the original request.",
            "The remaining IMR eligible portion of the original request,",
            "is",
            "TENS unit",
            "5%",
            "/",
            "Lidocaine",
            "cream",
            "every 4 to 6 hours",
            "for 999999999999 weeks",
            "0",
            "x",
            "twenty-one",
            "(",
            ")",
            "ER",
            "\u{e9}\u{301}",
            "\u{d7}",
            "12345-6789-01",
            "q0h",
            "0 x 0",
            "T99",
            ".5 mg",
            "1,000 mg",
        ]);
        let any = prop_oneof![6 => words.prop_map(str::to_owned), 1 => ".{0,12}"];
        prop::collection::vec(any, 0..14).prop_map(|words| words.join(" "))
    }

    /// Fields that are filled, by the names of the places.
    fn filled(request: &Request) -> Vec<&'static str> {
        [
            ("modality", request.modality.is_some()),
            ("body_parts", !request.body_parts.is_empty()),
            ("levels", !request.levels.is_empty()),
            ("codes", !request.codes.is_empty()),
            ("drugs", !request.drugs.is_empty()),
            ("form", request.form.is_some()),
            ("quantity", request.quantity.is_some()),
            ("refills", request.refills.is_some()),
            ("frequency", request.frequency.is_some()),
            ("duration", request.duration.is_some()),
            ("sessions", request.sessions.is_some()),
            ("rental", request.rental.is_some()),
            ("is_retrospective", request.is_retrospective),
            ("service_date", request.service_date.is_some()),
        ]
        .into_iter()
        .filter_map(|(name, is)| is.then_some(name))
        .collect()
    }

    fn digits(text: &str) -> String {
        text.chars().filter(char::is_ascii_digit).collect()
    }

    #[test]
    fn a_request_without_end_is_read_in_its_beginning() {
        let words =
            "MRI of the right knee on 1/2/2014 for 3 days, 2 x 6, Norco 5 mg, after surgery; ";
        let text = words.repeat(20_000);
        let request = &request::parse_all(&[&text, "Knee surgery"])[0];
        assert_eq!(request.modality.as_deref(), Some("mri"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

        #[test]
        fn nothing_panics_and_each_field_has_its_words(text in text()) {
            let reading = request::read(&text);
            let (request, marks) = (&reading.request, &reading.marks);
            for field in filled(request) {
                let own: Vec<&str> = marks.iter().filter(|(name, _)| *name == field)
                    .map(|(_, range)| text.get(range.clone()).unwrap()).collect();
                prop_assert!(own.iter().any(|words| !words.trim().is_empty()), "{field} of {text:?}: {own:?}");
            }
            let folded = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
            for drug in &request.drugs {
                for name in drug.name.split('/') {
                    prop_assert!(folded.contains(name), "{name} in {folded:?}");
                }
                let in_words = text.contains("twelve") || text.contains("twenty");
                if let Some(strength) = drug.strength.as_ref().filter(|_| !in_words) {
                    prop_assert!(digits(&text).contains(&digits(strength)), "{strength} in {text:?}");
                }
            }
            for code in &request.codes {
                prop_assert!(text.to_uppercase().contains(&code.code), "{} in {text:?}", code.code);
            }
            let _ = request.line();
        }

        #[test]
        fn white_space_and_case_say_nothing(text in text()) {
            let one = request::parse(&text);
            let wide = text.replace(' ', " \t\n\u{a0} ");
            prop_assert_eq!(&request::parse(&wide), &one);
            prop_assert_eq!(&request::parse(&format!("  {text}\r\n")), &one);
            prop_assert_eq!(&request::parse(&text.to_ascii_uppercase()), &one);
            prop_assert_eq!(&request::parse(&text.to_ascii_lowercase()), &one);
        }

        #[test]
        fn no_item_depends_on_itself(texts in prop::collection::vec(text(), 0..6)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            for (n, request) in request::parse_all(&texts).iter().enumerate() {
                prop_assert!(request.depends_on.is_none_or(|parent| parent != n + 1 && parent >= 1 && parent <= texts.len()));
            }
        }
    }
}
