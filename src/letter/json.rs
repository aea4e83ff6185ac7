//! Content -> JSON, with the keys of a case in JSON (design section 5).

use crate::model::{
    Citation, Content, Credentials, Date, DecidedItem, Decision, Header, Patient, Stage, UrAction,
};
use serde::Serialize;

#[derive(Serialize)]
struct Letter<'a> {
    organisation: &'a str,
    #[serde(flatten)]
    header: &'a Header,
    stage: Stage,
    hash: Option<&'a str>,
    replaces: Option<&'a str>,
    patient: Patient,
    reviewer_credentials: &'a Credentials,
    summary: &'a str,
    items: Vec<Item<'a>>,
    records: Vec<Record<'a>>,
    records_reason: Option<&'a str>,
}

#[derive(Serialize)]
struct Item<'a> {
    number: usize,
    request: &'a str,
    ur: Ur<'a>,
    decision: Decision,
    citations: &'a [Citation],
    rationale: &'a str,
}

#[derive(Serialize)]
struct Ur<'a> {
    action: UrAction,
    approved_part: Option<&'a str>,
    text: Option<&'a str>,
}

#[derive(Serialize)]
struct Record<'a> {
    title: &'a str,
    kind: &'a str,
    date: Option<Date>,
    pages: u32,
}

/// Pretty-printed, a line end at the end; `hash` is that of the sealed bytes, where there are any.
pub(super) fn print(content: &Content, hash: Option<&str>) -> String {
    let letter = Letter {
        organisation: &content.organisation,
        header: &content.header,
        stage: hash.map_or(Stage::Draft, |_| Stage::Signed),
        hash,
        replaces: content.replaces.as_deref(),
        patient: content.patient,
        reviewer_credentials: &content.credentials,
        summary: &content.summary,
        items: content.items.iter().enumerate().map(item).collect(),
        records: records(content),
        records_reason: content.records_reason.as_deref(),
    };
    // Strings, numbers and lists cannot fail to be written into a string.
    let mut json = serde_json::to_string_pretty(&letter).unwrap_or_default();
    json.push('\n');
    json
}

fn item((index, item): (usize, &DecidedItem)) -> Item<'_> {
    Item {
        number: index + 1,
        request: &item.request,
        ur: Ur {
            action: match item.ur_approved_part {
                Some(_) => UrAction::Modified,
                None => UrAction::Denied,
            },
            approved_part: item.ur_approved_part.as_deref(),
            text: item.ur_text.as_deref(),
        },
        decision: item.decision,
        citations: &item.citations,
        rationale: &item.rationale,
    }
}

fn records(content: &Content) -> Vec<Record<'_>> {
    let records = content.records.iter().map(|record| Record {
        title: &record.title,
        kind: &record.kind,
        date: record.date,
        pages: record.pages,
    });
    records.collect()
}
