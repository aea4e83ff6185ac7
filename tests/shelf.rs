//! How many of the MTUS citations in real letters the built-in shelf knows.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // helpers of tests are tests

mod common;

use imr::library;
use imr::model::citation_text::parse_block;
use imr::model::text::fold;
use imr::model::{Citation, ShelfEntry};

#[test]
fn mtus_citations_of_real_letters() {
    let Some(shared) = common::shared("mtus_citations_of_real_letters") else {
        return;
    };
    let answers = shared.join("determinations/answers/parsed.jsonl");
    let answers = std::fs::read_to_string(answers).unwrap();
    let cited: Vec<Citation> = answers.lines().flat_map(mtus_citations).collect();
    assert!(cited.len() > 200, "{}", cited.len());
    let shelf = library::builtin().unwrap();
    let resolved: usize = answers.lines().map(|letter| resolve(shelf, letter)).sum();
    assert!(
        resolved * 100 >= cited.len() * 97,
        "{resolved} of {}",
        cited.len()
    );
    let titled = cited
        .iter()
        .filter(|c| shelf.iter().any(|e| has_title(e, c)));
    let sectioned: Vec<&Citation> = cited.iter().filter(|c| c.section.is_some()).collect();
    let found = sectioned
        .iter()
        .filter(|c| shelf.iter().any(|e| is_meant(e, c)));
    let (titled, found) = (titled.count(), found.count());
    println!(
        "MTUS citations: {} of {} by title and year; {found} of {} with a section by section",
        titled,
        cited.len(),
        sectioned.len()
    );
    assert!(
        titled * 100 >= cited.len() * 90,
        "{titled} of {}",
        cited.len()
    );
    assert!(
        found * 100 >= sectioned.len() * 80,
        "{found} of {}",
        sectioned.len()
    );
}

/// Prints which MTUS citations of one letter have an entry, and says how many do: title and year,
/// and one of the sections where the letter names any that the shelf divides the title into.
fn resolve(shelf: &[ShelfEntry], letter: &str) -> usize {
    let answer: serde_json::Value = serde_json::from_str(letter).unwrap();
    let cited = mtus_citations(letter);
    let is_known = |c: &&Citation| match c.section {
        Some(_) => shelf.iter().any(|e| is_meant(e, c)),
        None => shelf.iter().any(|e| has_title(e, c)),
    };
    let known = cited.iter().filter(is_known).count();
    let name = answer["file"]
        .as_str()
        .or(answer["case_number"].as_str())
        .unwrap_or("?");
    println!("{name}: {known} of {}", cited.len());
    for missing in cited.iter().filter(|c| !is_known(c)) {
        println!("    not on the shelf: {}", missing.label());
    }
    known
}

fn mtus_citations(answer: &str) -> Vec<Citation> {
    let answer: serde_json::Value = serde_json::from_str(answer).unwrap();
    let issues = answer["issues"].as_array().unwrap().clone();
    let blocks = issues
        .iter()
        .flat_map(|issue| [&issue["claims_guideline"], &issue["maximus_guideline"]]);
    let blocks: Vec<&str> = blocks.filter_map(|b| b.as_str()).collect();
    let citations = blocks.into_iter().flat_map(parse_block);
    citations.filter(|c| c.mtus).collect()
}

fn same(a: &Option<String>, b: &Option<String>) -> bool {
    let lower = |t: &Option<String>| t.as_deref().map(|t| fold(t).to_lowercase());
    lower(a) == lower(b)
}

fn has_title(entry: &ShelfEntry, citation: &Citation) -> bool {
    entry.citation.mtus
        && same(&entry.citation.title, &citation.title)
        && entry.citation.year == citation.year
}

/// One citation can name several sections in a row: the shelf knows it if it knows one of them.
fn is_meant(entry: &ShelfEntry, citation: &Citation) -> bool {
    let (Some(section), Some(cited)) = (&entry.citation.section, &citation.section) else {
        return false;
    };
    let (section, cited) = (fold(section).to_lowercase(), fold(cited).to_lowercase());
    has_title(entry, citation) && cited.contains(&section)
}
