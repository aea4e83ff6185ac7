//! What the letter says, block by block; how it looks is the walkers' business.

use super::view::{ItemView, View};
use crate::model::{
    Citation, Date, ListedRecord, Priority, citation_text, date, quoting, text::fold,
};

/// One piece of a letter. Every text in it is folded to single blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A section's heading.
    Heading(&'static str),
    /// One label and value on a line of its own.
    Field { label: &'static str, value: String },
    /// A paragraph.
    Para(String),
    /// One line of a list.
    Entry(String),
    /// What was asked, and the answer.
    Item {
        number: Option<usize>,
        request: String,
        decision: &'static str,
    },
    /// A label and what it introduces; at least one paragraph.
    Labelled { label: String, paras: Vec<String> },
}

const NOT_DECIDED: &str = "[not yet decided]";
const NO_RATIONALE: &str = "[no rationale yet]";
const NO_CITATION: &str = "[no citation yet]";
/// What stands in a preview for what is missing.
pub const GAPS: [&str; 3] = [NOT_DECIDED, NO_RATIONALE, NO_CITATION];

/// The whole letter.
pub(super) fn of(view: &View<'_>) -> Vec<Block> {
    let blocks = unquoted(view, false);
    let mut quoted = blocks.clone();
    quoted.iter_mut().for_each(quote);
    if quoted == blocks {
        return blocks;
    }
    let mut quoted = unquoted(view, true);
    quoted.iter_mut().for_each(quote);
    quoted
}

fn quote(block: &mut Block) {
    match block {
        Block::Heading(_) => {}
        Block::Field { value: text, .. }
        | Block::Para(text)
        | Block::Entry(text)
        | Block::Item { request: text, .. } => *text = quoting::quote(text),
        Block::Labelled { paras, .. } => {
            paras
                .iter_mut()
                .for_each(|para| *para = quoting::quote(para));
        }
    }
}

fn unquoted(view: &View<'_>, has_quotes: bool) -> Vec<Block> {
    let mut blocks = header(view);
    blocks.extend(how_it_was_made(view, has_quotes));
    blocks.extend(summary(view));
    blocks.extend(records(view));
    blocks.extend(issues(view));
    blocks
}

fn header(view: &View<'_>) -> Vec<Block> {
    let header = &view.header;
    let day = |d: Option<Date>| d.map(date::long);
    let fields = [
        (
            "Case Number",
            header.number.as_ref().map(ToString::to_string),
        ),
        ("Date Assigned", day(header.assigned_date)),
        ("Date of Injury", day(header.injury_date)),
        ("Decision Date", day(header.decided_date)),
        ("UR Denial Date", day(header.ur_denial_date)),
        (
            "Priority",
            header.priority.map(Priority::word).map(str::to_owned),
        ),
        (
            "Application Received",
            day(header.application_received_date),
        ),
        ("Records Complete", day(header.records_complete_date)),
        ("Patient", Some(view.patient.long())),
    ];
    let known = fields
        .into_iter()
        .filter_map(|(label, value)| value.map(|value| Block::Field { label, value }));
    known.collect()
}

/// The attestations of LC 139.5 and domain 1.3 (E8), in our own words.
fn how_it_was_made(view: &View<'_>, has_quotes: bool) -> Vec<Block> {
    let organisation = match fold(view.organisation) {
        name if name.is_empty() => "The review organization".to_owned(),
        name => name,
    };
    let mut blocks = vec![
        Block::Heading("HOW THE IMR FINAL DETERMINATION WAS MADE"),
        Block::Para(format!(
            "{organisation} gave the complete case file to an expert reviewer. The reviewer has \
             no affiliation with the employer, the employee, the providers or the claims \
             administrator, has been in active clinical practice for more than five years, and \
             now practices at least 24 hours a week. The reviewer was chosen for clinical \
             experience, education, background and expertise in the same or similar specialties \
             that evaluate and/or treat the medical condition and the disputed items/services, \
             and knows the governing laws and regulations, among them the strength of evidence \
             hierarchy that applies to Independent Medical Review determinations."
        )),
    ];
    blocks.extend(view.replaces.map(|hash| {
        Block::Para(format!(
            "This determination is an amendment. It replaces the determination {hash}."
        ))
    }));
    blocks.extend(has_quotes.then(|| Block::Para(quoting::NOTE.to_owned())));
    blocks.extend(credentials(view));
    blocks
}

/// Each list in a paragraph of its own: names of specialties run over lines.
fn credentials(view: &View<'_>) -> Vec<Block> {
    let lines = [
        ("State(s) of Licensure:", &view.credentials.licensed_in),
        (
            "Certification(s)/Specialty:",
            &view.credentials.certifications,
        ),
    ];
    let stated = lines.into_iter().filter(|(_, values)| !values.is_empty());
    let mut blocks: Vec<Block> = stated
        .map(|(label, values)| labelled(label, &values.join(", "), ""))
        .collect();
    if !blocks.is_empty() {
        let lead = "The Expert Reviewer has the following credentials:";
        blocks.insert(0, Block::Para(lead.to_owned()));
    }
    blocks
}

fn summary(view: &View<'_>) -> Vec<Block> {
    let lead = "The expert reviewer developed the following clinical case summary based on a \
                review of the case file, including all medical records:";
    let mut blocks = vec![
        Block::Heading("CLINICAL CASE SUMMARY"),
        Block::Para(lead.to_owned()),
    ];
    blocks.extend(paragraphs(view.summary).map(Block::Para));
    blocks
}

fn records(view: &View<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading("DOCUMENTS REVIEWED")];
    if view.records.is_empty() {
        let reason = view.records_reason.map(fold).filter(|r| !r.is_empty());
        blocks.push(Block::Para(
            reason.unwrap_or_else(|| "No documents are listed.".to_owned()),
        ));
    }
    blocks.extend(view.records.iter().map(entry));
    blocks
}

fn entry(record: &ListedRecord) -> Block {
    let pages = match record.pages {
        1 => "1 page".to_owned(),
        n => format!("{n} pages"),
    };
    let facts = [
        Some(fold(&record.kind)),
        record.date.map(date::long),
        Some(pages),
    ];
    let facts: Vec<String> = facts
        .into_iter()
        .flatten()
        .filter(|f| !f.is_empty())
        .collect();
    Block::Entry(format!("{} ({})", fold(&record.title), facts.join(", ")))
}

fn issues(view: &View<'_>) -> Vec<Block> {
    let lead = "The Final Determination was based on decisions for the disputed items/services \
                set forth below:";
    let mut blocks = vec![Block::Heading("IMR ISSUES, DECISIONS AND RATIONALES")];
    blocks.extend(approved_parts(view));
    blocks.push(Block::Para(lead.to_owned()));
    let label = reviewer_label(view.organisation);
    for (index, shown) in view.items.iter().enumerate() {
        blocks.extend(item(shown, number(view, index), &label));
    }
    blocks
}

/// Where UR approved a part and the request does not tell of it, as the sentences of published
/// letters do (`... was the original request. N was authorized ...`).
fn approved_parts(view: &View<'_>) -> Vec<Block> {
    let items = view.items.iter().enumerate();
    let parts = items.filter_map(|(index, item)| {
        let part = fold(item.ur_approved_part?);
        let request = fold(item.request);
        let is_said = request.contains("original request") && request.contains(&part);
        let which = match view.items.len() {
            1 => "the request".to_owned(),
            _ => format!("item {}", index + 1),
        };
        let sentence = format!("Of {which} the claims administrator had approved: {part}");
        (!is_said && !part.is_empty()).then_some(Block::Para(sentence))
    });
    parts.collect()
}

/// Several items are numbered; so is a request that could be taken for numbered.
fn number(view: &View<'_>, index: usize) -> Option<usize> {
    let looks_numbered = view.items.get(index).is_some_and(|item| {
        let digits = item
            .request
            .trim_start()
            .trim_start_matches(|c: char| c.is_ascii_digit());
        digits.len() < item.request.trim_start().len() && digits.starts_with(['.', ')'])
    });
    (view.items.len() > 1 || looks_numbered).then_some(index + 1)
}

fn reviewer_label(organisation: &str) -> String {
    match fold(organisation) {
        name if name.is_empty() => "Reviewer guideline:".to_owned(),
        name => format!("{name} guideline:"),
    }
}

fn item(item: &ItemView<'_>, number: Option<usize>, reviewer_label: &str) -> [Block; 4] {
    let ur_text = item.ur_text.unwrap_or_default();
    let ur_missing = "The Claims Administrator's guideline is not in the case file.";
    [
        Block::Item {
            number,
            request: fold(item.request),
            decision: item.decision.map_or(NOT_DECIDED, |d| d.word()),
        },
        labelled("Claims Administrator guideline:", ur_text, ur_missing),
        labelled(reviewer_label, &cited(item.citations), NO_CITATION),
        labelled("Decision rationale:", item.rationale, NO_RATIONALE),
    ]
}

fn cited(citations: &[Citation]) -> String {
    match citations {
        [] => String::new(),
        some => citation_text::print_block(some),
    }
}

fn labelled(label: &str, text: &str, missing: &str) -> Block {
    let mut paras: Vec<String> = paragraphs(text).collect();
    if paras.is_empty() {
        paras.push(missing.to_owned());
    }
    Block::Labelled {
        label: label.to_owned(),
        paras,
    }
}

/// A line end parts paragraphs, in what reviewers type and in what letters bring.
fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(fold).filter(|para| !para.is_empty())
}
