//! What a citation's text refers to: source, chapter, title, section, pages, year.

use super::citation::Source;
use super::date;
use super::pages::{self, PageRange};
use regex::Regex;
use std::sync::LazyLock;

/// The structure found in a text; the text itself is kept elsewhere, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) source: Source,
    pub(super) chapter: Option<u32>,
    pub(super) title: Option<String>,
    pub(super) section: Option<String>,
    pub(super) pages: Vec<PageRange>,
    pub(super) year: Option<i16>,
}

type Shape = LazyLock<Option<Regex>>;

fn shape(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

/// `Page(s): 179-180`, `pages 78-80, 91`, `pp. 111-113`, `pg. 607`, `p 301`.
static PAGES: Shape = LazyLock::new(|| {
    shape(r"(?i)[,;]?\s*\b(?:page\(s\):?|pages?:?|pp?\.?|pg\.?)\s*(\d[\d\s,;\-\u{2013}]*\d|\d)")
});
static ODG: Shape = LazyLock::new(|| {
    shape(concat!(
        r"(?i)^(?:Official Disability Guidelines?|ODG)\b(?:\s*\(ODG\))?(?:[- ]TWC\b)?(?: by MCG\b)?",
        r"(?: guidelines\b)?(?:\s*\((?:last )?updated [^)]*\))?[\s,:;/-]*",
    ))
});
static ACOEM: Shape = LazyLock::new(|| {
    shape(r"(?i)\b(?:ACOEM|American College of Occupational and Environmental Medicine)\b")
});
/// Titles that hold a mark at which others are cut.
static LONG_TITLE: Shape = LazyLock::new(|| {
    shape(concat!(
        r"(?i)^(?:Forearm, Wrist,? (?:and|&) Hand(?: Complaints)?",
        r"|Low Back,? ?[-,] ?Lumbar (?:&|and) Thoracic",
        r"|Independent Medical Examinations and Consultations)",
    ))
});
static CHAPTER: Shape = LazyLock::new(|| shape(r"^Chapter (\d{1,2})[ ,:]+(.+)$"));
static EDITION: Shape = LazyLock::new(|| shape(r"^((?:19|20)\d\d)(?::| |,) ?(.*)$"));
static YEAR_AT_END: Shape = LazyLock::new(|| shape(r"^(.*?)[, ]+((?:19|20)\d\d)$"));
static YEAR_IN_BRACKETS: Shape =
    LazyLock::new(|| shape(r"^(.*?) ?\((?:[^()]*\b)?((?:19|20)\d\d)\)(.*)$"));
static UPDATED: Shape = LazyLock::new(|| shape(r"(?i) ?\((?:last )?updated ([\d/]+)\)"));
static GUIDELINES: Shape =
    LazyLock::new(|| shape(r"^(.*?\b(?:Treatment )Guidelines?)[,:]?\s+(.+)$"));
static CHAPTER_WORD: Shape = LazyLock::new(|| {
    shape(r"(?i)^(.*?)\s+(?:chapter|section|procedure summary)\b(?: \([^)]*\))?(.*)$")
});

/// Reads a settled text.
pub(super) fn understand(mtus: bool, text: &str) -> Parts {
    let (rest, pages) = without_pages(text);
    let is = |shape: &Shape| shape.as_ref().is_some_and(|s| s.is_match(&rest));
    let source = match (mtus, is(&ODG), is(&ACOEM)) {
        (true, ..) => Source::Mtus,
        (_, true, _) => Source::Odg,
        (_, _, true) => Source::Acoem,
        _ => Source::Other,
    };
    let named = match source {
        Source::Mtus => mtus_named(&rest),
        Source::Odg => odg_named(&rest),
        Source::Acoem => acoem_named(&rest),
        Source::Other | Source::None => Named::default(),
    };
    Parts {
        source,
        chapter: named.chapter,
        title: some(&named.title),
        section: some(&named.section),
        pages,
        year: named.year,
    }
}

#[derive(Default)]
struct Named {
    chapter: Option<u32>,
    title: String,
    section: String,
    year: Option<i16>,
}

fn some(text: &str) -> Option<String> {
    let text = text.trim().trim_matches([',', ':', ';', '/']).trim();
    let text = text.strip_prefix("- ").unwrap_or(text);
    (!text.is_empty()).then(|| text.to_owned())
}

/// The parts of the shape's groups in `text`, if it fits.
fn groups<'a, const N: usize>(shape: &Shape, text: &'a str) -> Option<[&'a str; N]> {
    let found = shape.as_ref()?.captures(text)?;
    let mut parts = [""; N];
    for (n, part) in parts.iter_mut().enumerate() {
        *part = found.get(n + 1).map_or("", |m| m.as_str());
    }
    Some(parts)
}

/// Takes the last list of pages out of the text.
fn without_pages(text: &str) -> (String, Vec<PageRange>) {
    let lists = PAGES.as_ref().map(|s| s.captures_iter(text));
    let last = lists.into_iter().flatten().last().and_then(|found| {
        let whole = found.get(0)?;
        let pages = pages::parse_list(found.get(1)?.as_str())?;
        let (before, after) = (text.get(..whole.start())?, text.get(whole.end()..)?);
        Some((format!("{before}{after}"), pages))
    });
    last.unwrap_or_else(|| (text.to_owned(), Vec::new()))
}

fn mtus_named(text: &str) -> Named {
    let (edition, text) = match groups::<2>(&EDITION, text) {
        Some([year, rest]) => (year.parse().ok(), rest),
        None => (None, text),
    };
    let text = text.strip_prefix("ACOEM ").unwrap_or(text);
    let (head, section) = text.split_once("Section(s):").unwrap_or((text, ""));
    let mut named = headed(head.trim_end_matches([' ', ',']));
    if !section.is_empty() {
        named.section = section.to_owned();
    }
    named.year = named.year.or(edition);
    named
}

/// `Chapter 8 Neck and Upper Back Complaints`, `Low Back Disorders (2016), Injection Therapies`,
/// `Knee Complaints 2004`, `Chronic Pain Treatment Guidelines Opioids`.
fn headed(text: &str) -> Named {
    if let Some([number, rest]) = groups::<2>(&CHAPTER, text) {
        let (title, section) = rest
            .split_once(", Chapter ")
            .map_or((rest, String::new()), |(t, s)| (t, format!("Chapter {s}")));
        let (title, year) = dated(title);
        return Named {
            chapter: number.parse().ok(),
            title,
            section,
            year,
        };
    }
    if let Some([title, year, section]) = groups::<3>(&YEAR_IN_BRACKETS, text) {
        return Named {
            title: title.to_owned(),
            section: section.to_owned(),
            year: year.parse().ok(),
            ..Named::default()
        };
    }
    if let Some([title, year]) = groups::<2>(&YEAR_AT_END, text) {
        return Named {
            title: title.to_owned(),
            year: year.parse().ok(),
            ..Named::default()
        };
    }
    let (title, section) = groups::<2>(&GUIDELINES, text)
        .map_or_else(|| cut(text), |[title, section]| (title, section));
    Named {
        title: title.to_owned(),
        section: section.to_owned(),
        ..Named::default()
    }
}

fn dated(title: &str) -> (String, Option<i16>) {
    let bracketed = groups::<3>(&YEAR_IN_BRACKETS, title);
    let found = bracketed.map(|[t, y, rest]| (format!("{t}{rest}"), y));
    let found = found.or_else(|| groups::<2>(&YEAR_AT_END, title).map(|[t, y]| (t.to_owned(), y)));
    found.map_or((title.to_owned(), None), |(t, y)| (t, y.parse().ok()))
}

fn odg_named(text: &str) -> Named {
    let start = ODG
        .as_ref()
        .and_then(|s| s.find(text))
        .map_or(0, |m| m.end());
    let updated = updated(text);
    let rest = text.get(start..).unwrap_or_default();
    let rest = UPDATED
        .as_ref()
        .map_or_else(|| rest.to_owned(), |s| s.replace(rest, "").into_owned());
    let (edition, rest) = match groups::<2>(&EDITION, &rest) {
        Some([year, rest]) => (year.parse().ok(), rest.to_owned()),
        None => (None, rest),
    };
    let (title, section) = cut(&rest);
    let title = title.trim();
    let (title, more) = match groups::<2>(&CHAPTER_WORD, title) {
        Some([title, more]) => (title, more),
        None => (title, ""),
    };
    let section = match (more.trim(), section) {
        ("", section) => section.to_owned(),
        (more, "") => more.to_owned(),
        (more, section) => format!("{more}, {section}"),
    };
    Named {
        title: title.to_owned(),
        section: section
            .trim_start()
            .trim_start_matches(['-', ',', ':'])
            .to_owned(),
        year: edition.or(updated),
        ..Named::default()
    }
}

fn updated(text: &str) -> Option<i16> {
    let [day] = groups::<1>(&UPDATED, text)?;
    date::parse(day).map(date::Date::year)
}

fn acoem_named(text: &str) -> Named {
    static LEAD: Shape = LazyLock::new(|| {
        shape(
            r"(?i)^ACOEM\b(?: Occupational Medicine)?(?: Practice Guidelines)?(?:,? \d(?:st|nd|rd|th) ed(?:ition|\.)?)?[\s,:]*",
        )
    });
    let start = LEAD
        .as_ref()
        .and_then(|s| s.find(text))
        .map_or(0, |m| m.end());
    headed(text.get(start..).unwrap_or_default())
}

/// Cuts a title from what follows it: at the first comma, colon, semicolon, slash or dash that
/// stands outside brackets.
fn cut(text: &str) -> (&str, &str) {
    let skip = LONG_TITLE
        .as_ref()
        .and_then(|s| s.find(text))
        .map_or(0, |m| m.end());
    let mut depth = 0_i32;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        let rest = text.get(at..).unwrap_or_default();
        let is_mark = matches!(c, ',' | ':' | ';' | '/')
            || [" - ", " -", " \u{2013} "]
                .iter()
                .any(|dash| rest.starts_with(dash));
        if at >= skip && depth == 0 && c == ')' && opens_topic(rest) {
            return text.split_at_checked(at + 1).unwrap_or((text, ""));
        }
        if at >= skip && depth == 0 && is_mark {
            let after = rest.trim_start_matches([',', ':', ';', '/', ' ', '-', '\u{2013}']);
            return (text.get(..at).unwrap_or_default(), after);
        }
    }
    (text, "")
}

/// Does a topic follow the closing bracket at once? `Pain (Chronic) Acupuncture`.
fn opens_topic(rest: &str) -> bool {
    let topic = rest.strip_prefix(") ").unwrap_or_default();
    let is_chapter = ["chapter", "section", "and "].iter().any(|word| {
        let head = topic.get(..word.len());
        head.is_some_and(|h| h.eq_ignore_ascii_case(word))
    });
    topic.starts_with(char::is_alphanumeric) && !is_chapter
}

#[cfg(test)]
mod tests {
    use super::super::citation_text::{parse_block, print_block};
    use super::*;

    type Row = (
        &'static str,
        bool,
        Source,
        Option<u32>,
        &'static str,
        &'static str,
        &'static str,
        Option<i16>,
    );

    /// The shapes of domain 2.3: block, mtus, source, chapter, title, section, pages, year.
    #[rustfmt::skip]
    fn shapes() -> Vec<Row> {
        vec![
            (r#"MTUS ACOEM Chapter 8 Neck and Upper Back Complaints Page(s): 165."#, true, Source::Mtus, Some(8), r#"Neck and Upper Back Complaints"#, r#""#, "165", None),
            (r#"MTUS ACOEM Chapter 8 Neck and Upper Back Complaints Page(s): 179-180."#, true, Source::Mtus, Some(8), r#"Neck and Upper Back Complaints"#, r#""#, "179-180", None),
            (r#"Non-MTUS Citation Official Disability Guidelines."#, false, Source::Odg, None, r#""#, r#""#, "", None),
            (r#"MTUS Chronic Pain Treatment Guidelines Physical Medicine."#, true, Source::Mtus, None, r#"Chronic Pain Treatment Guidelines"#, r#"Physical Medicine"#, "", None),
            (r#"MTUS Chronic Pain Treatment Guidelines Opioids Page(s): 78-80, 91, 124."#, true, Source::Mtus, None, r#"Chronic Pain Treatment Guidelines"#, r#"Opioids"#, "78-80, 91, 124", None),
            (r#"MTUS Chronic Pain Medical Treatment Guidelines, Epidural steroid injections (ESIs), page 46."#, true, Source::Mtus, None, r#"Chronic Pain Medical Treatment Guidelines"#, r#"Epidural steroid injections (ESIs)"#, "46", None),
            (r#"MTUS ACOEM Chapter 12 Low Back Complaints Page(s): 303-305, 308-310."#, true, Source::Mtus, Some(12), r#"Low Back Complaints"#, r#""#, "303-305, 308-310", None),
            (r#"MTUS ACOEM Chapter 9 Shoulder Complaints Page(s): 209-211, 213."#, true, Source::Mtus, Some(9), r#"Shoulder Complaints"#, r#""#, "209-211, 213", None),
            (r#"MTUS ACOEM Chapter 13 Knee Complaints Page(s): 341-343."#, true, Source::Mtus, Some(13), r#"Knee Complaints"#, r#""#, "341-343", None),
            (r#"MTUS ACOEM Chapter 11 Forearm, Wrist, and Hand Complaints Page(s): 270."#, true, Source::Mtus, Some(11), r#"Forearm, Wrist, and Hand Complaints"#, r#""#, "270", None),
            (r#"MTUS ACOEM Chapter 10 Elbow Complaints (Revised 2007) Page(s): 33-40."#, true, Source::Mtus, Some(10), r#"Elbow Complaints"#, r#""#, "33-40", Some(2007)),
            (r#"MTUS ACOEM Chapter 14 Ankle and Foot Complaints Page(s): 370-377."#, true, Source::Mtus, Some(14), r#"Ankle and Foot Complaints"#, r#""#, "370-377", None),
            (r#"MTUS ACOEM Chapter 15 Stress Related Conditions Page(s): 398-402."#, true, Source::Mtus, Some(15), r#"Stress Related Conditions"#, r#""#, "398-402", None),
            (r#"MTUS ACOEM Chapter 7 Independent Medical Examinations and Consultations Page(s): 127."#, true, Source::Mtus, Some(7), r#"Independent Medical Examinations and Consultations"#, r#""#, "127", None),
            (r#"MTUS ACOEM Chapter 5 Cornerstones of Disability Prevention and Management Page(s): 77-89."#, true, Source::Mtus, Some(5), r#"Cornerstones of Disability Prevention and Management"#, r#""#, "77-89", None),
            (r#"MTUS ACOEM Chapter 2 General Approach to Initial Assessment and Documentation, Chapter 3 Initial Approaches to Treatment Page(s): 48."#, true, Source::Mtus, Some(2), r#"General Approach to Initial Assessment and Documentation"#, r#"Chapter 3 Initial Approaches to Treatment"#, "48", None),
            (r#"MTUS Postsurgical Treatment Guidelines Page(s): 10, 26-27."#, true, Source::Mtus, None, r#"Postsurgical Treatment Guidelines"#, r#""#, "10, 26-27", None),
            (r#"MTUS Acupuncture Treatment Guidelines."#, true, Source::Mtus, None, r#"Acupuncture Treatment Guidelines"#, r#""#, "", None),
            (r#"Acupuncture Medical Treatment Guidelines 9792.24.1(c)(1)"#, false, Source::Other, None, r#""#, r#""#, "", None),
            (r#"MTUS 9792.24.2, page 68, NSAIDs, GI symptoms & cardiovascular risk"#, true, Source::Mtus, None, r#"9792.24.2"#, r#"NSAIDs, GI symptoms & cardiovascular risk"#, "68", None),
            (r#"MTUS 2009: Chronic Pain Medical Treatment Guidelines, Topical Analgesics, pp. 111-113"#, true, Source::Mtus, None, r#"Chronic Pain Medical Treatment Guidelines"#, r#"Topical Analgesics"#, "111-113", Some(2009)),
            (r#"MTUS 2017: ACOEM Low Back Disorders (2016), Injection Therapies"#, true, Source::Mtus, None, r#"Low Back Disorders"#, r#"Injection Therapies"#, "", Some(2016)),
            (r#"MTUS 2018 ACOEM Chronic Pain (May 15, 2017), Medications - Anticonvulsants"#, true, Source::Mtus, None, r#"Chronic Pain"#, r#"Medications - Anticonvulsants"#, "", Some(2017)),
            (r#"MTUS ACOEM Opioids Guideline (April 20, 2017), Subacute and chronic pain"#, true, Source::Mtus, None, r#"Opioids Guideline"#, r#"Subacute and chronic pain"#, "", Some(2017)),
            (r#"MTUS ACOEM Cervical and Thoracic Spine Disorders Guideline (ACOEM October 17, 2018)"#, true, Source::Mtus, None, r#"Cervical and Thoracic Spine Disorders Guideline"#, r#""#, "", Some(2018)),
            (r#"MTUS ACOEM Traumatic Brain Injury (November 15, 2017)"#, true, Source::Mtus, None, r#"Traumatic Brain Injury"#, r#""#, "", Some(2017)),
            (r#"MTUS Drug Formulary, 8 CCR 9792.27.15"#, true, Source::Mtus, None, r#"Drug Formulary"#, r#"8 CCR 9792.27.15"#, "", None),
            (r#"Non-MTUS Citation Official Disability Guidelines (ODG) Low Back Chapter, MRIs (magnetic resonance imaging)."#, false, Source::Odg, None, r#"Low Back"#, r#"MRIs (magnetic resonance imaging)"#, "", None),
            (r#"Non-MTUS Citation ODG-TWC, Pain (Chronic), Zolpidem (Ambien)."#, false, Source::Odg, None, r#"Pain (Chronic)"#, r#"Zolpidem (Ambien)"#, "", None),
            (r#"ODG Neck & Upper Back (Acute & Chronic): Discectomy/laminectomy/laminoplasty"#, false, Source::Odg, None, r#"Neck & Upper Back (Acute & Chronic)"#, r#"Discectomy/laminectomy/laminoplasty"#, "", None),
            (r#"ODG, Knee and Leg Chapter, Durable medical equipment (DME)"#, false, Source::Odg, None, r#"Knee and Leg"#, r#"Durable medical equipment (DME)"#, "", None),
            (r#"ODG Mental Illness & Stress, Cognitive therapy for depression"#, false, Source::Odg, None, r#"Mental Illness & Stress"#, r#"Cognitive therapy for depression"#, "", None),
            (r#"ODG Fitness for Duty Chapter, Guidelines for performing an FCE"#, false, Source::Odg, None, r#"Fitness for Duty"#, r#"Guidelines for performing an FCE"#, "", None),
            (r#"ODG by MCG (last updated 03/04/2019), Shoulder, Physical therapy"#, false, Source::Odg, None, r#"Shoulder"#, r#"Physical therapy"#, "", Some(2019)),
            (r#"Non-MTUS Other Medical Treatment Guideline or Medical Evidence: www.drugs.com, Fioricet."#, false, Source::Other, None, r#""#, r#""#, "", None),
            (r#"Non-MTUS Other Medical Treatment Guideline or Medical Evidence: FDA (Ondansetron prescribing information)."#, false, Source::Other, None, r#""#, r#""#, "", None),
            (r#"Non-MTUS Other Medical Treatment Guideline or Medical Evidence: AMA Guides"#, false, Source::Other, None, r#""#, r#""#, "", None),
            (r#"Non-MTUS Other Medical Treatment Guideline or Medical Evidence: ACR Appropriateness Criteria"#, false, Source::Other, None, r#""#, r#""#, "", None),
            (r#"Non-MTUS Other Medical Treatment Guideline or Medical Evidence: Journal: Smith JA, et al. Spine. 2010;35(4):123-30."#, false, Source::Other, None, r#""#, r#""#, "", None),
            (r#"Non-MTUS Other Medical Treatment Guideline or Medical Evidence: Cochrane Database Syst Rev 2012;(3):CD001234"#, false, Source::Other, None, r#""#, r#""#, "", None),
            (r#"The CA MTUS does not address this. Alternative guidelines were used: ACOEM 3rd ed., Elbow Disorders, pg. 12"#, false, Source::Acoem, None, r#"Elbow Disorders"#, r#""#, "12", None),
        ]
    }

    #[test]
    fn every_shape_is_understood_and_reads_back() {
        for (block, mtus, source, chapter, title, section, list, year) in shapes() {
            let found = parse_block(block);
            let [citation] = found.as_slice() else {
                panic!("{block}: {found:?}");
            };
            assert_eq!((citation.mtus, citation.source), (mtus, source), "{block}");
            assert_eq!(
                (citation.chapter, citation.year),
                (chapter, year),
                "{block}"
            );
            assert_eq!(
                citation.title.as_deref().unwrap_or_default(),
                title,
                "{block}"
            );
            assert_eq!(
                citation.section.as_deref().unwrap_or_default(),
                section,
                "{block}"
            );
            assert_eq!(pages::print_list(&citation.pages), list, "{block}");
            assert!(
                block.contains(&citation.text),
                "{block}: the text was changed"
            );
            assert_eq!(parse_block(&print_block(&found)), found, "{block}");
        }
    }

    #[test]
    fn topics_behind_brackets() {
        let found = understand(
            false,
            "Official Disability Guidelines (ODG) Pain (Chronic) Acupuncture",
        );
        assert_eq!(found.title.as_deref(), Some("Pain (Chronic)"));
        assert_eq!(found.section.as_deref(), Some("Acupuncture"));
    }
}
