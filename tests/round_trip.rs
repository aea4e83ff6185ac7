//! A printed letter, read again, is the same case: header, patient, summary, items, decisions,
//! citations and rationales. Also after something has wrapped it to another width or doubled its
//! line ends, and for words that read like headings.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod common;

use imr::intake::letter::{self as reader, Letter};
use imr::letter;
use imr::model::citation_text::{parse_block, print_block};
use imr::model::text::{clean, fold};
use imr::model::{
    Citation, Content, Credentials, Date, DecidedItem, Decision, Header, ListedRecord, Patient,
    Priority, Rank, Sex,
};
use jiff::civil::date;
use proptest::prelude::*;
use proptest::sample::select;
use std::path::Path;
use textwrap::{Options, WordSplitter};

// --- looks of one letter -------------------------------------------------------------------------

/// What may happen to a text file between printing and reading.
#[derive(Debug, Clone, Copy)]
struct Look {
    wrap: Wrap,
    /// An empty line after every line and a line of one blank between paragraphs: the seed's look.
    is_double_spaced: bool,
    /// Lines end as on Windows.
    has_returns: bool,
}

#[derive(Debug, Clone, Copy)]
enum Wrap {
    /// As printed.
    Kept,
    /// Every paragraph filled to this width; with words cut at their hyphens or not.
    Filled(usize, bool),
    /// Only lines longer than this width broken, as a terminal or mail program does.
    Folded(usize),
}

impl Look {
    fn of(self, text: &str) -> String {
        let text = match self.wrap {
            Wrap::Kept => text.to_owned(),
            Wrap::Filled(width, cuts) => filled(text, width, cuts),
            Wrap::Folded(width) => folded(text, width),
        };
        let text = match self.is_double_spaced {
            true => double_spaced(&text),
            false => text,
        };
        match self.has_returns {
            true => text.replace('\n', "\r\n"),
            false => text,
        }
    }
}

fn filled(text: &str, width: usize, cuts: bool) -> String {
    let splitter = if cuts {
        WordSplitter::HyphenSplitter
    } else {
        WordSplitter::NoHyphenation
    };
    let options = Options::new(width)
        .break_words(false)
        .word_splitter(splitter);
    let paragraphs = text.trim_end().split("\n\n");
    let paragraphs = paragraphs.map(|p| textwrap::fill(&fold(p), &options));
    paragraphs.collect::<Vec<_>>().join("\n\n") + "\n"
}

fn folded(text: &str, width: usize) -> String {
    let options = Options::new(width)
        .break_words(false)
        .word_splitter(WordSplitter::NoHyphenation);
    let lines = text.lines().map(|line| textwrap::fill(line, &options));
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

fn double_spaced(text: &str) -> String {
    let lines = text.lines().map(|line| format!("{line} \n\n"));
    lines.collect()
}

fn looks() -> impl Strategy<Value = Look> {
    let wrap = prop_oneof![
        1 => Just(Wrap::Kept),
        4 => (60_usize..=100, any::<bool>()).prop_map(|(w, cuts)| Wrap::Filled(w, cuts)),
        2 => (60_usize..=100).prop_map(Wrap::Folded),
    ];
    (wrap, any::<bool>(), any::<bool>()).prop_map(|(wrap, is_double_spaced, has_returns)| Look {
        wrap,
        is_double_spaced,
        has_returns,
    })
}

// --- determinations ---------------------------------------------------------------------------------

const WORDS: &[&str] = &[
    "pain",
    "the",
    "of",
    "patient",
    "lumbar",
    "MRI",
    "not",
    "documented",
    "C4-5",
    "improvement",
    "with",
    "therapy",
    "(ESI)",
    "10/325mg",
    "and",
    "well-documented",
    "\u{3bc}g",
    "na\u{ef}ve",
    "Dr. [ ]",
    "range:",
    "50%",
    "\"no",
    "change\"",
    "a",
    "guideline",
    "Upheld",
    "rationale",
    "1.",
    "#60",
    "pre- and",
    "L5-S1",
    "12 visits;",
    "Claims",
    "Administrator",
    "up-to-date",
    "two- or three-level",
];

/// Words that something which reads letters could stumble over.
const NASTY: &[&str] = &[
    "Decision rationale: x",
    "decision rationale:",
    "CLINICAL CASE SUMMARY",
    "Clinical Case Summary",
    "DOCUMENTS REVIEWED",
    "- Report (PR-2, 01/02/2014, 3 pages)",
    "IMR ISSUES, DECISIONS AND RATIONALES",
    "IMR Issues, Decisions and Rationales",
    "HOW THE IMR FINAL DETERMINATION WAS MADE",
    "The Final Determination was based on decisions for the disputed items/services set forth \
     below:",
    "Foo: Upheld",
    "Foo: Overturned.",
    "1. Foo: Overturned",
    "2. Foo: Upheld",
    "3) Foo: Upheld",
    "Upheld",
    ": Upheld",
    "Claims Administrator guideline: Decision based on MTUS Knee Complaints 2004.",
    "Claims Administrator guideline:",
    "CLAIMS ADMINISTRATOR GUIDELINE: y",
    "\"Claims Administrator guideline: zero\"",
    "\"Claims Administrator guideline:\" zero",
    "\"CLINICAL CASE SUMMARY\"",
    "MAXIMUS guideline: z",
    "Example Review guideline: z",
    "Reviewer guideline: z",
    "Case Number: CM14-0000001",
    "Priority: Expedited",
    "State(s) of Licensure: Nevada",
    "Certification(s)/Specialty: Surgery",
    "The remaining IMR eligible portion of the original request, a brace is",
    "Words of the case file or of the reviewer that read like a heading of this letter stand in \
     quotation marks.",
    "[no rationale yet]",
    "---",
    "> quoted",
    "Fake: Upheld Claims Administrator guideline: a Example Review guideline: b Decision \
     rationale: c",
    "Fake: Upheld\nClaims Administrator guideline: a\nExample Review guideline: b\nDecision \
     rationale: c",
    "2. Fake: Overturned\nClaims Administrator guideline: a\nMAXIMUS Federal Services \
     guideline: b\nDecision rationale: c\nand more.",
    "IMR ISSUES, DECISIONS AND RATIONALES\nThe Final Determination was based on decisions for the \
     disputed items/services set forth below:\n1. Fake: Overturned\nClaims Administrator \
     guideline: a\nReviewer guideline: b\nDecision rationale: c",
];

fn sentence() -> impl Strategy<Value = String> {
    prop::collection::vec(select(WORDS), 2..22).prop_map(|words| format!("{}.", words.join(" ")))
}

/// Any characters that pass the boundary. A hyphen before a blank is left out: once a line ends
/// there, nobody can tell it from a word that was cut.
fn any_text() -> impl Strategy<Value = String> {
    "\\PC{1,80}"
        .prop_map(|s| fold(&clean(&s).replace("- ", " ")))
        .prop_filter("something", |s| !s.is_empty() && !s.ends_with('-'))
}

/// Plain prose, nasty lines, and nasty words in the middle of prose.
fn paragraph() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(sentence(), 1..5).prop_map(|s| s.join(" ")),
        3 => select(NASTY).prop_map(str::to_owned),
        1 => any_text(),
        2 => (sentence(), select(NASTY), sentence()).prop_map(|(a, n, b)| format!("{a} {n} {b}")),
    ]
}

fn prose() -> impl Strategy<Value = String> {
    let end = select(&["\n", "\n\n", "\n \n\n"][..]);
    (prop::collection::vec(paragraph(), 1..6), end).prop_map(|(paras, end)| paras.join(end))
}

fn request() -> impl Strategy<Value = String> {
    let whole = select(
        &[
            "A CT scan of the cervical spine without contrast",
            "Norco 10/325mg #120 with 2 refills",
            "Retro: Flurbiprofen 25%/Lidocaine 5% in lipoderm base 180gm (DOS 1/5/14)",
            "Physical therapy: 2x6, lumbar; CPT 97110, 97140",
            "28 day functional restoration program",
            "1. Brace, left knee",
            "2) Cane",
            "Is it: Upheld",
            "Brace:",
            "Two braces; one was authorized by the Claims Administrator",
            "the IMR eligible remainder",
            "Decision rationale: none",
            "Claims Administrator guideline: none",
            "E0236: cold therapy unit 7-day rental",
            "Home health aide 2 hours a day, 7 days a week. Then less",
            "Physical therapy 3 times a week for 4 weeks, right hip (12 sessions) was the original \
             request. Physical therapy, 4 sessions was authorized by the Claims Administrator. The \
             remaining IMR eligible portion of the original request, 8 sessions is",
        ][..],
    );
    let words = prop::collection::vec(select(WORDS), 1..40).prop_map(|words| words.join(" "));
    prop_oneof![3 => whole.prop_map(str::to_owned), 1 => words]
}

/// Guideline blocks as letters write them, read by the model: so the citations are of all kinds.
fn citations() -> impl Strategy<Value = Vec<Citation>> {
    let read = select(
        &[
            "Decision based on MTUS ACOEM Chapter 8 Neck and Upper Back Complaints Page(s): \
             179-180.",
            "Decision based on MTUS Low Back Complaints 2004, Section(s): Summary.",
            "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): TENS, chronic \
             pain (transcutaneous electrical nerve stimulation).",
            "Decision based on MTUS Low Back Complaints 2004, Section(s): Summary, and Chronic Pain \
             Medical Treatment 2016, Section(s): Facet blocks.",
            "Decision based on Non-MTUS Citation Official Disability Guidelines.",
            "Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), Low Back \
             Chapter, MRIs (magnetic resonance imaging).",
            "Decision based on MTUS Chronic Pain Treatment Guidelines Opioids Page(s): 78-80, 91, \
             124.",
            "Decision based on Non-MTUS Citation Spine. 2010;35(4):123-30.",
        ][..],
    );
    let none = (select(&Rank::ALL[..]), select(NO_GUIDELINE));
    let none =
        none.prop_map(|(rank, search)| vec![Citation::none_applicable(rank, search).unwrap()]);
    let one = prop_oneof![4 => read.prop_map(parse_block), 1 => none];
    let some = prop::collection::vec(one, 1..4).prop_map(|lists| lists.concat());
    some.prop_filter("something is cited", |list| !list.is_empty())
}

const NO_GUIDELINE: &[&str] = &[
    "The MTUS and ODG were searched for gym memberships; neither speaks of them",
    "No guideline was found in the MTUS, ACOEM or PubMed.",
];

/// UR's side as letters write it, sometimes with words that could be taken for a label.
fn ur_text() -> impl Strategy<Value = String> {
    let real = select(
        &[
            "Decision based on MTUS Knee Complaints 2004, Section(s): Special Studies.",
            "The Claims Administrator did not cite any medical evidence for its decision.",
            "The Claims Administrator based their decision on recommendation(s) outside of the \
             MTUS Guidelines. Decision based on Non-MTUS Citation ODG, Pain: Opioids.",
        ][..],
    );
    let nasty = (sentence(), select(NASTY)).prop_map(|(a, nasty)| fold(&format!("{a} {nasty}")));
    prop_oneof![4 => real.prop_map(str::to_owned), 1 => nasty]
}

fn approved_part() -> impl Strategy<Value = Option<String>> {
    let part = select(
        &[
            "4 visits",
            "one unit: rental, 30 days",
            "Norco 10/325mg #30.",
        ][..],
    );
    prop::option::weighted(0.3, part.prop_map(str::to_owned))
}

fn item() -> impl Strategy<Value = DecidedItem> {
    let decision = select(&[Decision::Upheld, Decision::Overturned][..]);
    let ur = (prop::option::weighted(0.9, ur_text()), approved_part());
    (request(), ur, decision, citations(), prose()).prop_map(
        |(request, (ur_text, approved), decision, citations, rationale)| DecidedItem {
            ur_approved_part: approved.filter(|_| !request.contains("original request")),
            request,
            ur_text,
            decision,
            citations,
            rationale,
        },
    )
}

fn maybe_day() -> impl Strategy<Value = Option<Date>> {
    let day = (1950_i16..=2039, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| date(y, m, d));
    prop::option::of(day)
}

fn header() -> impl Strategy<Value = Header> {
    let number = prop::option::of("(CM|IMR |ED|)[0-9]{2}-[0-9]{6,7}");
    let priority = prop::option::of(select(&[Priority::Standard, Priority::Expedited][..]));
    let days = (
        maybe_day(),
        maybe_day(),
        maybe_day(),
        maybe_day(),
        maybe_day(),
        maybe_day(),
    );
    (number, priority, days).prop_map(|(number, priority, days)| Header {
        number: number.map(|n| n.parse().unwrap()),
        priority,
        injury_date: days.0,
        ur_denial_date: days.1,
        application_received_date: days.2,
        assigned_date: days.3,
        decided_date: days.4,
        records_complete_date: days.5,
    })
}

fn records() -> impl Strategy<Value = (Vec<ListedRecord>, Option<String>)> {
    let title = select(
        &[
            "Progress report (Dr. [ ])",
            "MRI, cervical",
            "Appeal - second",
        ][..],
    );
    let kind = select(&["PR-2", "imaging", "UR letter"][..]);
    let record = (title, kind, maybe_day(), 0_u32..400).prop_map(|(title, kind, date, pages)| {
        ListedRecord {
            title: title.to_owned(),
            kind: kind.to_owned(),
            date,
            pages,
        }
    });
    prop_oneof![
        prop::collection::vec(record, 1..5).prop_map(|list| (list, None)),
        Just((
            Vec::new(),
            Some("Nothing was sent in by either side.".to_owned())
        )),
    ]
}

fn patient() -> impl Strategy<Value = Patient> {
    let sex = prop::option::of(select(&[Sex::Female, Sex::Male][..]));
    (prop::option::of(0_u8..=120), sex).prop_map(|(age, sex)| Patient { age, sex })
}

fn content() -> impl Strategy<Value = Content> {
    let organisation = select(
        &[
            "",
            "Example Review",
            "MAXIMUS Federal Services",
            "Golden State Peer Review of Northern California, Inc.",
        ][..],
    );
    let replaces = prop::option::of("[0-9a-f]{64}");
    let items = prop::collection::vec(item(), 1..=6);
    let front = (organisation, header(), patient(), replaces);
    let summary = prop_oneof![9 => prose(), 1 => Just(String::new())];
    (front, summary, items, records()).prop_map(|(front, summary, items, records)| Content {
        organisation: front.0.to_owned(),
        header: front.1,
        patient: front.2,
        credentials: Credentials {
            licensed_in: vec!["California".into(), "New York".into()],
            certifications: vec![
                "Physical Medicine & Rehabilitation".into(),
                "Pain Medicine".into(),
            ],
        },
        summary,
        items,
        records: records.0,
        records_reason: records.1,
        replaces: front.3,
    })
}

// --- what must come back ------------------------------------------------------------------------------

fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(fold).filter(|p| !p.is_empty()).collect()
}

fn check(content: &Content, look: Look) -> Result<(), TestCaseError> {
    let seen = look.of(&letter::text(content));
    let read = match reader::read(&seen) {
        Ok(read) => read,
        Err(error) => return Err(TestCaseError::fail(format!("{error}\n{seen}"))),
    };
    check_front(content, &read, &seen)?;
    if !matches!(look.wrap, Wrap::Filled(..)) {
        check_records(content, &read, &seen)?;
    }
    prop_assert_eq!(read.items.len(), content.items.len(), "{}", seen);
    for (item, back) in content.items.iter().zip(&read.items) {
        let published = back.published.as_ref().unwrap();
        prop_assert_eq!(&back.request, &fold(&item.request), "{}", seen);
        prop_assert_eq!(&back.ur.text, &item.ur_text, "{}", seen);
        if !item.request.contains("original request") {
            prop_assert_eq!(&back.ur.approved_part, &item.ur_approved_part, "{}", seen);
        }
        prop_assert_eq!(published.decision, item.decision, "{}", seen);
        prop_assert_eq!(
            &published.text,
            &fold(&print_block(&item.citations)),
            "{}",
            seen
        );
        prop_assert_eq!(&published.citations, &item.citations, "{}", seen);
        let (left, right) = (
            paragraphs(&published.rationale),
            paragraphs(&item.rationale),
        );
        prop_assert_eq!(left, right, "{}", seen);
    }
    Ok(())
}

fn check_front(content: &Content, read: &Letter, seen: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(&read.header, &content.header, "{}", seen);
    prop_assert_eq!(read.patient, content.patient, "{}", seen);
    prop_assert_eq!(&read.credentials, &content.credentials, "{}", seen);
    let organisation = Some(&content.organisation).filter(|name| !name.is_empty());
    let label = read
        .organisation
        .as_ref()
        .filter(|name| *name != "Reviewer");
    prop_assert_eq!(label, organisation, "{}", seen);
    let (left, right) = (paragraphs(&read.summary), paragraphs(&content.summary));
    prop_assert_eq!(left, right, "{}", seen);
    Ok(())
}

fn check_records(content: &Content, read: &Letter, seen: &str) -> Result<(), TestCaseError> {
    let back: Vec<ListedRecord> = read.records.iter().map(ListedRecord::of).collect();
    prop_assert_eq!(&back, &content.records, "{}", seen);
    prop_assert_eq!(&read.records_reason, &content.records_reason, "{}", seen);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_printed_letter_reads_back(content in content(), look in looks()) {
        check(&content, look)?;
    }
}

/// The decisions of a letter that was read, as if a reviewer had now made them.
fn decided_again(read: Letter) -> Content {
    let items = read.items.into_iter().map(|item| {
        let published = item.published.unwrap();
        DecidedItem {
            request: item.request,
            ur_text: item.ur.text,
            ur_approved_part: item.ur.approved_part,
            decision: published.decision,
            citations: match published.citations {
                none if none.is_empty() => {
                    vec![Citation::none_applicable(Rank::E, NO_GUIDELINE[0]).unwrap()]
                }
                some => some,
            },
            rationale: published.rationale,
        }
    });
    Content {
        organisation: "Example Review".to_owned(),
        header: read.header,
        patient: read.patient,
        credentials: read.credentials,
        summary: read.summary,
        items: items.collect(),
        records: Vec::new(),
        records_reason: Some("The letter lists none.".to_owned()),
        replaces: None,
    }
}

#[test]
fn letters_of_our_own_writing_read_back() {
    assert!(check_folder(&common::own("letters")) >= 10);
}

#[test]
fn real_letters_read_back() {
    if let Some(shared) = common::shared("real_letters_read_back") {
        assert!(check_folder(&shared.join("determinations")) > 0);
    }
}

/// Reads, prints and reads again every letter of a folder, in several looks; how many there were.
fn check_folder(folder: &Path) -> usize {
    let wraps = [
        Wrap::Kept,
        Wrap::Filled(60, true),
        Wrap::Filled(83, false),
        Wrap::Folded(72),
    ];
    let mut count = 0;
    for path in common::files(folder, "txt") {
        let raw = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        let content = decided_again(reader::read(&raw).unwrap());
        for (wrap, is_double_spaced) in wraps.into_iter().flat_map(|w| [(w, false), (w, true)]) {
            let look = Look {
                wrap,
                is_double_spaced,
                has_returns: false,
            };
            if let Err(error) = check(&content, look) {
                panic!("{}, {look:?}: {error}", path.display());
            }
        }
        count += 1;
    }
    count
}

#[test]
fn the_looks_change_what_they_should() {
    let text = "One two three four five six seven eight nine ten eleven twelve.\nShort.\n\nNext.\n";
    let filled = filled(text, 60, false);
    assert_eq!(
        filled,
        "One two three four five six seven eight nine ten eleven\ntwelve. Short.\n\nNext.\n"
    );
    assert!(folded(text, 60).contains("eleven\ntwelve.\nShort."));
    assert_eq!(double_spaced("a\nb\n\nc\n"), "a \n\nb \n\n \n\nc \n\n");
}
