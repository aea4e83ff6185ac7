//! Citations as real letters write them (domain 2.3 and 2.7): reading and printing.
//!
//! STANDIN until the real one is merged: printing only.

use super::citation::Citation;

/// One guideline block of a letter.
pub fn print_block(citations: &[Citation]) -> String {
    let sentences: Vec<String> = citations.iter().map(sentence).collect();
    sentences.join(" ")
}

fn sentence(citation: &Citation) -> String {
    let text = &citation.text;
    match (citation.is_none_applicable(), citation.mtus) {
        (true, _) => text.clone(),
        (false, true) => format!("Decision based on MTUS {text}."),
        (false, false) => format!("Decision based on Non-MTUS Citation {text}."),
    }
}
