//! Letters against answers: a figure for each field and form.
//!
//! `cargo test --test letters -- --nocapture` prints the table.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests: a failure is a panic, and figures are printed"
)]

mod common;

use imr::intake::letter::{self, Letter};
use imr::intake::pdf::{Extractor, Reader};
use imr::model::{Item, Published, date};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Answer {
    #[serde(alias = "case")]
    file: String,
    case_number: Option<String>,
    date_assigned: Option<String>,
    decision_date: Option<String>,
    date_of_injury: Option<String>,
    ur_denial_date: Option<String>,
    application_received: Option<String>,
    priority: Option<String>,
    licensure: Option<String>,
    specialty: Option<String>,
    age: Option<u8>,
    sex: Option<String>,
    issues: Vec<Issue>,
}

#[derive(Deserialize)]
struct Issue {
    request: String,
    decision: String,
    claims_guideline: String,
    maximus_guideline: String,
    rationale_first: String,
    rationale_last: String,
}

/// Equal means: after folding white space and the hyphens that ended a line.
fn fold(text: &str) -> String {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    folded.replace("- ", "-")
}

fn list(text: Option<&str>) -> String {
    let parts: Vec<String> = text.unwrap_or_default().split(',').map(fold).collect();
    parts.join(",")
}

/// Right and asked, by field in the order of asking.
#[derive(Default)]
struct Figures {
    order: Vec<&'static str>,
    counts: BTreeMap<&'static str, (usize, usize)>,
    wrong: Vec<String>,
}

impl Figures {
    fn check(&mut self, letter: &str, field: &'static str, got: &str, want: &str) {
        if !self.order.contains(&field) {
            self.order.push(field);
        }
        let count = self.counts.entry(field).or_default();
        count.1 += 1;
        if got == want {
            count.0 += 1;
        } else {
            self.wrong
                .push(format!("{letter} {field}\n   got  {got}\n   want {want}"));
        }
    }

    fn total(&self) -> (usize, usize) {
        self.counts
            .values()
            .fold((0, 0), |(a, b), (x, y)| (a + x, b + y))
    }

    fn add(&mut self, other: Self) {
        for field in other.order {
            if !self.order.contains(&field) {
                self.order.push(field);
            }
        }
        for (field, (right, asked)) in other.counts {
            let count = self.counts.entry(field).or_default();
            *count = (count.0 + right, count.1 + asked);
        }
        self.wrong.extend(other.wrong);
    }
}

fn compare(answer: &Answer, read: Option<&Letter>) -> Figures {
    let mut figures = Figures::default();
    let name = answer.file.clone();
    let mut check = |field, got: Option<String>, want: Option<String>| {
        let (got, want) = (got.unwrap_or_default(), want.unwrap_or_default());
        figures.check(&name, field, &got, &want);
    };
    let header = read.map(|l| &l.header);
    let day = |text: &Option<String>| text.as_deref().and_then(date::parse).map(|d| d.to_string());
    check(
        "case number",
        header
            .and_then(|h| h.number.as_ref())
            .map(ToString::to_string),
        answer.case_number.clone(),
    );
    for (field, got, want) in [
        (
            "date assigned",
            header.and_then(|h| h.assigned_date),
            &answer.date_assigned,
        ),
        (
            "decision date",
            header.and_then(|h| h.decided_date),
            &answer.decision_date,
        ),
        (
            "date of injury",
            header.and_then(|h| h.injury_date),
            &answer.date_of_injury,
        ),
        (
            "UR denial date",
            header.and_then(|h| h.ur_denial_date),
            &answer.ur_denial_date,
        ),
        (
            "application received",
            header.and_then(|h| h.application_received_date),
            &answer.application_received,
        ),
    ] {
        check(field, got.map(|d| d.to_string()), day(want));
    }
    check(
        "priority",
        header.and_then(|h| h.priority).map(|p| p.word().to_owned()),
        answer.priority.clone(),
    );
    let joined = |names: &Vec<String>| list(Some(&names.join(",")));
    check(
        "licensure",
        read.map(|l| joined(&l.credentials.licensed_in)),
        Some(list(answer.licensure.as_deref())),
    );
    check(
        "certifications",
        read.map(|l| joined(&l.credentials.certifications)),
        Some(list(answer.specialty.as_deref())),
    );
    check(
        "age",
        read.and_then(|l| l.patient.age).map(|a| a.to_string()),
        answer.age.map(|a| a.to_string()),
    );
    check(
        "sex",
        read.and_then(|l| l.patient.sex)
            .map(|s| s.word().to_owned()),
        answer.sex.clone(),
    );
    let items: &[Item] = read.map_or(&[], |l| &l.items);
    check(
        "items",
        Some(items.len().to_string()),
        Some(answer.issues.len().to_string()),
    );
    for (n, issue) in answer.issues.iter().enumerate() {
        compare_item(
            &mut figures,
            &format!("{name} item {}", n + 1),
            issue,
            items.get(n),
        );
    }
    figures
}

fn compare_item(figures: &mut Figures, name: &str, issue: &Issue, item: Option<&Item>) {
    let published: Option<&Published> = item.and_then(|i| i.published.as_ref());
    let rationale = fold(published.map_or("", |p| &p.rationale));
    let (first, last) = (fold(&issue.rationale_first), fold(&issue.rationale_last));
    let start: String = rationale.chars().take(first.chars().count()).collect();
    let skip = rationale
        .chars()
        .count()
        .saturating_sub(last.chars().count());
    let end: String = rationale.chars().skip(skip).collect();
    for (field, got, want) in [
        (
            "request",
            item.map_or(String::new(), |i| fold(&i.request)),
            fold(&issue.request),
        ),
        (
            "decision",
            published.map_or(String::new(), |p| p.decision.to_string()),
            issue.decision.clone(),
        ),
        (
            "UR guideline text",
            fold(item.and_then(|i| i.ur.text.as_deref()).unwrap_or_default()),
            fold(&issue.claims_guideline),
        ),
        (
            "reviewer guideline text",
            fold(published.map_or("", |p| &p.text)),
            fold(&issue.maximus_guideline),
        ),
        ("rationale first", start, first),
        ("rationale last", end, last),
    ] {
        figures.check(name, field, &got, &want);
    }
}

fn answers(path: &Path) -> Vec<Answer> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn print(forms: &[(&str, Figures)]) {
    let names: Vec<String> = forms
        .iter()
        .map(|(name, _)| format!("{name:>16}"))
        .collect();
    println!("{:24}{}", "", names.concat());
    let row = |field: &str, cell: &dyn Fn(&Figures) -> (usize, usize)| {
        let cells: Vec<String> = forms
            .iter()
            .map(|(_, figures)| {
                let (right, asked) = cell(figures);
                format!(
                    "{right:>6}/{asked:<4}{:>4.0} %",
                    100.0 * right as f64 / asked.max(1) as f64
                )
            })
            .collect();
        println!("{field:24}{}", cells.concat());
    };
    for field in forms.first().map_or(&[][..], |(_, f)| &f.order) {
        row(field, &|f: &Figures| {
            f.counts.get(field).copied().unwrap_or_default()
        });
    }
    row("all", &Figures::total);
    for (name, figures) in forms {
        figures
            .wrong
            .iter()
            .for_each(|wrong| println!("{name}: {wrong}"));
    }
}

fn assert_bar(form: &str, figures: &Figures, overall: f64, each: f64) {
    let share = |(right, asked): (usize, usize)| right as f64 / asked.max(1) as f64;
    assert!(
        share(figures.total()) >= overall,
        "{form}: under {overall} over all"
    );
    for (field, count) in &figures.counts {
        let bar = if matches!(*field, "items" | "decision") {
            1.0
        } else {
            each
        };
        assert!(share(*count) >= bar, "{form}: {field} is {count:?}");
    }
}

#[test]
fn real_letters() {
    let Some(data) = common::shared("real_letters") else {
        return;
    };
    let folder = data.join("determinations");
    let answers = answers(&folder.join("answers/parsed.jsonl"));
    let mut forms = Vec::new();
    for (form, under) in [("layout", "."), ("raw", "raw"), ("mupdf", "mupdf")] {
        let read = |answer: &Answer| {
            let path = folder.join(under).join(format!("{}.txt", answer.file));
            letter::read(&String::from_utf8_lossy(&std::fs::read(path).unwrap())).ok()
        };
        forms.push((form, halves(&answers, read)));
    }
    let mut extractor = Extractor::new(Reader::of(env!("CARGO_BIN_EXE_imr")));
    let from_pdf = |answer: &Answer| {
        let bytes = std::fs::read(folder.join("pdf").join(format!("{}.pdf", answer.file))).unwrap();
        letter::read(&extractor.pages(bytes).ok()?.join("\u{c}")).ok()
    };
    forms.push(("pdf", halves(&answers, from_pdf)));
    let halves: Vec<(String, Figures)> = forms
        .into_iter()
        .flat_map(|(form, [even, odd])| {
            [(format!("{form} even"), even), (format!("{form} odd"), odd)]
        })
        .collect();
    print(
        &halves
            .iter()
            .map(|(n, f)| {
                (
                    n.as_str(),
                    Figures {
                        order: f.order.clone(),
                        counts: f.counts.clone(),
                        wrong: if n.ends_with("even") || std::env::var_os("IMR_SHOW_ODD").is_some()
                        {
                            f.wrong.clone()
                        } else {
                            Vec::new()
                        },
                    },
                )
            })
            .collect::<Vec<_>>(),
    );
    let mut whole: BTreeMap<&str, Figures> = BTreeMap::new();
    for (name, figures) in halves {
        let form = ["layout", "raw", "mupdf", "pdf"]
            .into_iter()
            .find(|f| name.starts_with(f))
            .unwrap();
        whole.entry(form).or_default().add(figures);
    }
    for (form, figures) in &whole {
        assert_bar(form, figures, 0.99, 0.97);
    }
}

/// Even lines of the answers were developed on, odd ones only checked.
fn halves(answers: &[Answer], mut read: impl FnMut(&Answer) -> Option<Letter>) -> [Figures; 2] {
    let mut halves = [Figures::default(), Figures::default()];
    for (n, answer) in answers.iter().enumerate() {
        let letter = read(answer);
        halves[n % 2].add(compare(answer, letter.as_ref()));
    }
    halves
}

/// The seed's look: an empty line behind every line, a line of one blank between paragraphs.
fn double_spaced(letter: &str) -> String {
    let lines = letter.lines().map(|line| match line.trim() {
        "" => "\n \n\n".to_owned(),
        text => format!("{text} \n\n"),
    });
    lines.collect()
}

/// Form feeds go; where a sentence or heading ended with its page, a paragraph does.
fn without_pages(letter: &str) -> String {
    let mut out = String::new();
    for page in letter.split('\u{c}') {
        let end = out.trim_end();
        let is_end = [".", ":", "Upheld", "Overturned"]
            .iter()
            .any(|e| end.ends_with(e));
        if is_end {
            out.push_str("\n\n");
        }
        out.push_str(page);
    }
    out
}

/// Prose wrapped to another width; the header and single lines stay as they are.
fn rewrapped(letter: &str, width: usize) -> String {
    let paragraphs = letter.replace("\r\n", "\n");
    let paragraphs = paragraphs.split("\n\n").map(|paragraph| {
        let is_list = paragraph.lines().any(|line| line.starts_with("State(s)"));
        if is_list || paragraph.contains("Date") || paragraph.lines().count() < 2 {
            return paragraph.to_owned();
        }
        let words = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        textwrap::wrap(
            &words,
            textwrap::Options::new(width)
                .word_separator(textwrap::WordSeparator::AsciiSpace)
                .word_splitter(textwrap::WordSplitter::NoHyphenation),
        )
        .join("\n")
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// Headings of sections stand on lines of their own whatever the width.
fn parted(letter: &str) -> String {
    let mut out = String::new();
    for line in letter.lines() {
        let is_heading = line.trim().len() > 10 && line.trim() == line.trim().to_uppercase();
        let is_lead = line.trim_end().ends_with("below:") || line.trim_end().ends_with("follows:");
        out.push_str(line.trim_end());
        out.push_str(if is_heading || is_lead { "\n\n" } else { "\n" });
    }
    out
}

#[test]
fn other_looks_of_the_same_letters() {
    let mut sources = vec![(
        common::own("letters"),
        answers(&common::own("letters/answers.jsonl")),
    )];
    if let Some(data) = common::shared("other_looks_of_the_same_letters") {
        let folder = data.join("determinations");
        let answers = answers(&folder.join("answers/parsed.jsonl"));
        sources.push((folder, answers));
    }
    let mut looks: Vec<(&str, Figures)> = Vec::new();
    for (folder, answers) in &sources {
        for answer in answers {
            let name = answer.file.trim_end_matches(".txt");
            let text = std::fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap();
            let is_laid_out = !text.contains('\u{c}') || text.contains("        ");
            if !is_laid_out || text.contains('\r') {
                continue;
            }
            let run_on = text.replace('\u{c}', "");
            let text = without_pages(&text);
            for (look, other) in [
                ("no form feeds", run_on),
                ("double-spaced", double_spaced(&text)),
                ("60 columns", rewrapped(&parted(&text), 60)),
                ("78 columns", rewrapped(&parted(&text), 78)),
                ("100 columns", rewrapped(&parted(&text), 100)),
            ] {
                let figures = compare(answer, letter::read(&other).ok().as_ref());
                match looks.iter_mut().find(|(name, _)| *name == look) {
                    Some((_, all)) => all.add(figures),
                    None => looks.push((look, figures)),
                }
            }
        }
    }
    print(&looks);
    for (look, figures) in &looks {
        assert_bar(look, figures, 0.99, 0.97);
    }
}

#[test]
fn practice_cases_are_read() {
    let folder = common::own("../src/cli/demo/cases");
    let mut extractor = Extractor::new(Reader::of("/bin/false"));
    let files = common::files(&folder, "toml");
    for path in &files {
        let name = path.display().to_string();
        let bytes = std::fs::read(path).unwrap();
        let found = imr::intake::read(&name, &bytes, &mut extractor);
        let case = found.unwrap_or_else(|e| panic!("{e}")).case;
        assert!(
            case.header.number.is_some() && !case.findings.is_empty(),
            "{name}"
        );
        assert!(case.items.iter().all(|i| i.ur.text.is_some()), "{name}");
    }
    assert!(!files.is_empty());
}

#[test]
fn findings_of_the_seed_letter() {
    use imr::model::FindingKind::{Electrodiagnostic, Imaging, Other};
    let Some(data) = common::shared("findings_of_the_seed_letter") else {
        return;
    };
    let bytes = std::fs::read(data.join("seed/imr-final-determination.txt")).unwrap();
    let mut extractor = Extractor::new(Reader::of("/bin/false"));
    let case = imr::intake::read("seed", &bytes, &mut extractor)
        .unwrap()
        .case;
    assert!(case.id.as_str().starts_with("local-"));
    let first = &case.items[0];
    assert_eq!(case.items.len(), 1);
    assert_eq!(
        first.request,
        "A CT scan of the cervical spine without contrast"
    );
    assert_eq!(first.published.as_ref().unwrap().citations.len(), 2);
    let days: Vec<_> = case.findings.iter().filter_map(|f| f.date).collect();
    for day in ["1/4/14", "2/14/14"] {
        assert!(days.contains(&date::parse(day).unwrap()), "{day}");
    }
    let has = |kind, words: &str| {
        let mut all = case.findings.iter();
        all.any(|f| f.kind == kind && f.text.contains(words))
    };
    assert!(has(Imaging, "MRI demonstrates, at C4-5") && has(Electrodiagnostic, "radiculopathy"));
    let others = case.findings.iter().filter(|f| f.kind == Other).count();
    assert!(others * 100 <= case.findings.len() * 15);
}

#[test]
fn own_letters() {
    let answers = answers(&common::own("letters/answers.jsonl"));
    assert!(answers.len() >= 10, "too few letters of our own");
    let mut figures = Figures::default();
    for answer in &answers {
        let bytes = std::fs::read(common::own("letters").join(&answer.file)).unwrap();
        let letter = letter::read(&String::from_utf8_lossy(&bytes)).ok();
        figures.add(compare(answer, letter.as_ref()));
    }
    let forms = [("own", figures)];
    print(&forms);
    assert_bar("own", &forms[0].1, 1.0, 1.0);
}
