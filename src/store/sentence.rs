//! A change as the event log keeps it, and as one line for people. Neither holds case text: a
//! rationale or finding is named by place, length and hash.

use crate::model::text::clean_line;
use crate::model::{CaseFile, Change, Citation, Decision, Noted, Stage, date};
use crate::seal;
use serde_json::{Value, json};

/// Why a case that was closed by mistake is open again.
const TAKEN_BACK: &str = "closing it was taken back";

/// The kind of a change, as in the `kind` column.
pub(super) fn kind(change: &Change) -> &'static str {
    match change {
        Change::Imported { .. } => "imported",
        Change::Decided { .. } => "decided",
        Change::Undecided { .. } => "undecided",
        Change::Cited { .. } => "cited",
        Change::Uncited { .. } => "uncited",
        Change::Written { .. } => "written",
        Change::Noted { .. } => "noted",
        Change::FindingAdded { .. } => "finding_added",
        Change::FindingEdited { .. } => "finding_edited",
        Change::FindingDropped { .. } => "finding_dropped",
        Change::RecordsComplete { .. } => "records_complete",
        Change::Prioritised { .. } => "prioritised",
        Change::RecordsExplained { .. } => "records_explained",
        Change::Closed { .. } => "closed",
        Change::Signed { .. } => "signed",
        Change::Reopened { .. } | Change::ClosingTakenBack { .. } => "reopened",
        Change::Snoozed { .. } => "snoozed",
        Change::AmendmentDropped => "amendment_dropped",
    }
}

/// The change without case text. Items count from 1 here, as on screens.
pub(super) fn redacted(change: &Change, after_reveal: bool, before: &CaseFile) -> Value {
    match change {
        Change::Imported { file } => json!({ "file": file }),
        Change::Decided { item, decision } => {
            json!({ "item": item + 1, "decision": decision.word(), "after_reveal": after_reveal })
        }
        Change::Undecided { item } => json!({ "item": item + 1 }),
        // What is cited is public; it names no one.
        Change::Cited { item, citation } => json!({ "item": item + 1, "label": citation.label() }),
        Change::Uncited { item, index } => {
            let draft = before.draft.items.get(*item);
            let label = draft
                .and_then(|d| d.citations.get(*index))
                .map(Citation::label);
            json!({ "item": item + 1, "index": index + 1, "label": label })
        }
        Change::Written { item, text } => json!({
            "item": item + 1,
            "words": text.split_whitespace().count(),
            "bytes": text.len(),
            "sha256": seal::hash(text.as_bytes()),
        }),
        Change::Noted { item, noted } => json!({ "item": item + 1, "noted": noted }),
        Change::FindingAdded { .. } | Change::RecordsExplained { .. } => json!({}),
        Change::FindingEdited { index, .. } | Change::FindingDropped { index } => {
            json!({ "index": index + 1 })
        }
        Change::RecordsComplete { date } => json!({ "date": date }),
        Change::Prioritised { priority } => json!({ "priority": priority.word() }),
        Change::Closed { stage, reason } => json!({ "stage": stage.word(), "reason": reason }),
        Change::Signed { hash, replaces } => json!({ "hash": hash, "replaces": replaces }),
        Change::Reopened { reason } => {
            json!({ "reason": reason, "amends": before.stage == Stage::Signed })
        }
        Change::ClosingTakenBack { closing, .. } => {
            json!({ "reason": TAKEN_BACK, "amends": false, "takes_back": closing })
        }
        Change::Snoozed { until } => json!({ "until": until }),
        Change::AmendmentDropped => json!({}),
    }
}

/// One line for people, from the body of an event.
pub(super) fn of(body: &Value) -> String {
    let change = &body["change"];
    let word = |key: &str| change[key].as_str().unwrap_or("?").to_owned();
    let number = |key: &str| change[key].as_u64().unwrap_or_default();
    let item = number("item");
    match body["kind"].as_str().unwrap_or_default() {
        "imported" => "Imported".to_owned(),
        "decided" => {
            let late = match change["after_reveal"].as_bool() {
                Some(true) => " (after reveal)",
                _ => "",
            };
            let decision = word("decision");
            let meaning = Decision::parse(&decision).map_or("?", Decision::meaning);
            format!("Item {item} decided: {decision} = {meaning}{late}")
        }
        "undecided" => format!("Item {item}: decision taken back"),
        "cited" => match change["label"].as_str() {
            Some(label) => format!("Item {item} cites: {}", clean_line(label)),
            None => format!("Item {item}: citation added"),
        },
        "uncited" => match change["label"].as_str() {
            Some(label) => format!("Item {item} no longer cites: {}", clean_line(label)),
            None => format!("Item {item}: citation {} removed", number("index")),
        },
        "written" => match number("words") {
            1 => format!("Item {item} rationale saved (1 word)"),
            words => format!("Item {item} rationale saved ({words} words)"),
        },
        "noted" => format!("Item {item}: {}", noted(&change["noted"])),
        "finding_added" => "Finding added".to_owned(),
        "finding_edited" => format!("Finding {} edited", number("index")),
        "finding_dropped" => format!("Finding {} dropped", number("index")),
        "records_complete" => match change["date"].as_str().and_then(date::parse) {
            Some(day) => format!("Records complete on {}", date::long(day)),
            None => "Date of complete records taken back".to_owned(),
        },
        "prioritised" => format!("Priority is now {}", word("priority")),
        "records_explained" => "Reason for the list of records written".to_owned(),
        "closed" => format!("Closed as {}{}", word("stage"), reason(change)),
        "signed" => signed(change),
        "reopened" => format!("{}{}", reopened(change), reason(change)),
        "snoozed" => match change["until"].as_str().and_then(date::parse) {
            Some(day) => format!("Snoozed until {}", date::long(day)),
            None => "Taken up again before its day".to_owned(),
        },
        "amendment_dropped" => "Amendment dropped: what was signed stands".to_owned(),
        _ => "Changed by a newer imr".to_owned(),
    }
}

/// The reviewer's own words, where there are any.
fn reason(change: &Value) -> String {
    match clean_line(change["reason"].as_str().unwrap_or_default()) {
        reason if reason.is_empty() => reason,
        reason => format!(": {reason}"),
    }
}

fn reopened(change: &Value) -> &'static str {
    match change["amends"].as_bool() {
        Some(false) => "Opened again",
        _ => "Reopened for an amendment",
    }
}

fn signed(change: &Value) -> String {
    let short = |key: &str| {
        let hash = change[key].as_str()?;
        Some(hash.chars().take(12).collect::<String>())
    };
    let what = short("hash").unwrap_or_default();
    let old = short("replaces").map_or_else(String::new, |old| format!(", replacing {old}"));
    let attested = change["attested"].as_array().into_iter().flatten();
    let attested: Vec<String> = attested.filter_map(|a| a.as_str()).map(words_of).collect();
    match attested.is_empty() {
        true => format!("Signed as {what}{old}"),
        false => format!("Signed as {what}{old}; attested: {}", attested.join(", ")),
    }
}

fn words_of(key: &str) -> String {
    key.replace('_', " ")
}

/// The item whose rationale this event saved.
pub(super) fn writing_of(body: &Value) -> Option<Value> {
    (body["kind"] == json!("written")).then(|| body["change"]["item"].clone())
}

/// What is noted of an item because its request does not say it.
fn noted(value: &Value) -> String {
    let noted: Noted = serde_json::from_value(value.clone()).unwrap_or_default();
    let status = noted
        .formulary
        .map(|status| format!("formulary {}", status.word()));
    let units = noted
        .units_a_day
        .map(|units| format!("{units} units a day"));
    let visits = noted
        .visits_before
        .map(|visits| format!("{visits} visits before"));
    let all: Vec<String> = [status, units, visits].into_iter().flatten().collect();
    match all.as_slice() {
        [] => "nothing noted any more".to_owned(),
        some => format!("noted: {}", some.join(", ")),
    }
}
