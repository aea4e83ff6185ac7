//! A change as the event log keeps it, and as one line for people. Neither holds case text: a
//! rationale or finding is named by place, length and hash.

use crate::model::text::clean_line;
use crate::model::{CaseDay, CaseFile, Change, Citation, Decision, Noted, Sent, Stage, date};
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
        Change::CriterionMarked { .. } => "criterion_marked",
        Change::CriterionUnmarked { .. } => "criterion_unmarked",
        Change::Noted { .. } => "noted",
        Change::FindingAdded { .. } | Change::FindingRestored { .. } => "finding_added",
        Change::FindingEdited { .. } => "finding_edited",
        Change::FindingDropped { .. } => "finding_dropped",
        Change::RecordsComplete { .. } => "records_complete",
        Change::Prioritised { .. } => "prioritised",
        Change::RecordsExplained { .. } => "records_explained",
        Change::LintAnswered { .. } => "lint_answered",
        Change::Closed { .. } => "closed",
        Change::Signed { .. } => "signed",
        Change::Reopened { .. } | Change::ClosingTakenBack { .. } => "reopened",
        Change::Snoozed { .. } | Change::SnoozeTakenBack { .. } => "snoozed",
        Change::AmendmentDropped => "amendment_dropped",
        Change::Dated { .. } => "dated",
        Change::NoticeSent { .. } => "notice_sent",
        Change::Extended { .. } => "extended",
        Change::FormularyOnly { .. } => "formulary_only",
        Change::PartyAdded { .. } => "party_added",
        Change::PartyDropped { .. } => "party_dropped",
        Change::NoConflictStated { .. } => "no_conflict_stated",
        Change::Recused { .. } => "recused",
        Change::RecusalTakenBack { .. } => "recusal_taken_back",
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
        // A criterion is the guideline's text; what shows it is the case's.
        Change::CriterionMarked { item, mark } => json!({
            "item": item + 1,
            "passage": mark.passage,
            "mark": mark.mark.word(),
            "sha256": seal::hash(mark.criterion.as_bytes()),
        }),
        Change::CriterionUnmarked {
            item,
            passage,
            criterion,
        } => json!({
            "item": item + 1,
            "passage": passage,
            "sha256": seal::hash(criterion.as_bytes()),
        }),
        Change::Noted { item, noted } => json!({ "item": item + 1, "noted": noted }),
        Change::FindingAdded { .. } | Change::RecordsExplained { .. } => json!({}),
        Change::FindingEdited { index, .. }
        | Change::FindingDropped { index }
        | Change::FindingRestored { index, .. } => json!({ "index": index + 1 }),
        Change::RecordsComplete { date } => json!({ "date": date }),
        Change::Prioritised { priority } => json!({ "priority": priority.word() }),
        // The reason is the reviewer's own, as that of a closing is, and belongs into the log.
        Change::LintAnswered { answer } => json!({
            "lint": answer.id,
            "item": answer.item.map(|item| item + 1),
            "words": answer.words,
            "reason": answer.reason,
        }),
        Change::Closed { stage, reason } => json!({ "stage": stage.word(), "reason": reason }),
        Change::Signed { hash, replaces } => json!({ "hash": hash, "replaces": replaces }),
        Change::Reopened { reason } => {
            json!({ "reason": reason, "amends": before.stage == Stage::Signed })
        }
        Change::ClosingTakenBack { closing, .. } => {
            json!({ "reason": TAKEN_BACK, "amends": false, "takes_back": closing })
        }
        Change::Snoozed { until } | Change::SnoozeTakenBack { until, .. } => {
            json!({ "until": until })
        }
        Change::AmendmentDropped => json!({}),
        Change::Dated { day, date } => json!({ "day": day.key(), "date": date }),
        Change::NoticeSent { sent } => json!({ "sent": sent.map(Sent::word) }),
        Change::Extended { extension } => json!({ "extension": extension }),
        Change::FormularyOnly { is_formulary } => json!({ "is_formulary": is_formulary }),
        // Names of parties are case text.
        Change::PartyAdded { party } => json!({ "role": party.role.words() }),
        Change::PartyDropped { index } => {
            let party = before.case.interests.parties.get(*index);
            json!({ "index": index + 1, "role": party.map(|party| party.role.words()) })
        }
        Change::NoConflictStated { stated } => {
            json!({ "parties": stated.parties, "reason": stated.reason })
        }
        Change::Recused { recusal } => json!({ "reason": recusal.reason }),
        Change::RecusalTakenBack { who } => json!({ "who": who }),
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
        "criterion_marked" => format!(
            "Item {item}: a criterion of {} marked {}",
            clean_line(&word("passage")),
            word("mark")
        ),
        "criterion_unmarked" => format!(
            "Item {item}: mark of a criterion of {} taken off",
            clean_line(&word("passage"))
        ),
        "noted" => format!("Item {item}: {}", noted(&change["noted"])),
        "finding_added" => match number("index") {
            0 => "Finding added".to_owned(),
            place => format!("Finding {place} is back"),
        },
        "finding_edited" => format!("Finding {} edited", number("index")),
        "finding_dropped" => format!("Finding {} dropped", number("index")),
        "records_complete" => match change["date"].as_str().and_then(date::parse) {
            Some(day) => format!("Records complete on {}", date::long(day)),
            None => "Date of complete records taken back".to_owned(),
        },
        "prioritised" => format!("Priority is now {}", word("priority")),
        "records_explained" => "Reason for the list of records written".to_owned(),
        "lint_answered" => answered(change),
        "closed" => format!("Closed as {}{}", word("stage"), reason(change)),
        "signed" => signed(change),
        "reopened" => format!("{}{}", reopened(change), reason(change)),
        "snoozed" => match change["until"].as_str().and_then(date::parse) {
            Some(day) => format!("Snoozed until {}", date::long(day)),
            None => "Taken up again before its day".to_owned(),
        },
        "amendment_dropped" => "Amendment dropped: what was signed stands".to_owned(),
        "dated" => dated(change),
        "notice_sent" => match change["sent"].as_str() {
            Some(sent) => format!("Notice of assignment was sent: {}", clean_line(sent)),
            None => "How the notice of assignment was sent is taken back".to_owned(),
        },
        "extended" => extended(&change["extension"]),
        "formulary_only" => match change["is_formulary"].as_bool() {
            Some(true) => "In dispute are drugs of the formulary alone".to_owned(),
            _ => "In dispute is more than drugs of the formulary".to_owned(),
        },
        "party_added" => format!("Party entered: {}", word("role")),
        "party_dropped" => format!("Party taken out: {}", word("role")),
        "no_conflict_stated" => {
            format!("No conflict with the parties, as stated{}", reason(change))
        }
        "recused" => format!("Recused; returned{}", reason(change)),
        "recusal_taken_back" => "Recusal taken back; open again".to_owned(),
        _ => "Changed by a newer imr".to_owned(),
    }
}

fn dated(change: &Value) -> String {
    let which = change["day"].as_str().and_then(CaseDay::parse);
    let which = which.map_or("A day of the case", CaseDay::words);
    let mut letters = which.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    let which: String = first.into_iter().chain(letters).collect();
    match change["date"].as_str().and_then(date::parse) {
        Some(day) => format!("{which} on {}", date::long(day)),
        None => format!("{which}: day taken back"),
    }
}

fn extended(extension: &Value) -> String {
    let approved = extension["approved"].as_str().and_then(date::parse);
    match (extension["days"].as_u64(), approved) {
        (Some(days), Some(day)) => {
            format!("Extension by {days} d approved on {}", date::long(day))
        }
        _ => "Extension taken back".to_owned(),
    }
}

/// The reviewer's own words, where there are any.
fn reason(change: &Value) -> String {
    match clean_line(change["reason"].as_str().unwrap_or_default()) {
        reason if reason.is_empty() => reason,
        reason => format!(": {reason}"),
    }
}

fn answered(change: &Value) -> String {
    let lint = clean_line(change["lint"].as_str().unwrap_or("?"));
    let of = match change["item"].as_u64() {
        Some(item) => format!("Item {item}: {lint}"),
        None => lint,
    };
    match reason(change) {
        said if said.is_empty() => format!("{of}: answer taken back"),
        said => format!("{of} may stand{said}"),
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
