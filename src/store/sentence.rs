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
        Change::Decided { .. }
        | Change::Undecided { .. }
        | Change::Cited { .. }
        | Change::Uncited { .. }
        | Change::Written { .. }
        | Change::CriterionMarked { .. }
        | Change::CriterionUnmarked { .. }
        | Change::Noted { .. } => on_item(change, after_reveal, before),
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
        Change::Dated { .. }
        | Change::NoticeSent { .. }
        | Change::Extended { .. }
        | Change::FormularyOnly { .. }
        | Change::PartyAdded { .. }
        | Change::PartyDropped { .. }
        | Change::NoConflictStated { .. }
        | Change::Recused { .. }
        | Change::RecusalTakenBack { .. } => of_standing(change, before),
    }
}

/// The same of a change of one item.
fn on_item(change: &Change, after_reveal: bool, before: &CaseFile) -> Value {
    match change {
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
        _ => json!({}),
    }
}

/// The same of a change of days, parties and who may review.
fn of_standing(change: &Change, before: &CaseFile) -> Value {
    match change {
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
        _ => json!({}),
    }
}

/// What an event says, for the line of people.
struct Said<'a> {
    change: &'a Value,
}

impl Said<'_> {
    fn word(&self, key: &str) -> String {
        clean_line(self.change[key].as_str().unwrap_or("?"))
    }

    fn number(&self, key: &str) -> u64 {
        self.change[key].as_u64().unwrap_or_default()
    }

    fn item(&self) -> u64 {
        self.number("item")
    }

    /// One line where the day is told, another where it is not.
    fn day(&self, key: &str, told: fn(&str) -> String, otherwise: &str) -> String {
        let day = self.change[key].as_str().and_then(date::parse);
        day.map_or_else(|| otherwise.to_owned(), |day| told(&date::long(day)))
    }
}

/// A kind of event, and its line.
type Line = (&'static str, fn(&Said<'_>) -> String);

/// The kinds of [`kind`], in its order.
const LINES: [Line; 30] = [
    ("imported", |_| "Imported".to_owned()),
    ("decided", decided),
    ("undecided", |s| {
        format!("Item {}: decision taken back", s.item())
    }),
    ("cited", |s| match s.change["label"].as_str() {
        Some(label) => format!("Item {} cites: {}", s.item(), clean_line(label)),
        None => format!("Item {}: citation added", s.item()),
    }),
    ("uncited", |s| match s.change["label"].as_str() {
        Some(label) => format!("Item {} no longer cites: {}", s.item(), clean_line(label)),
        None => format!("Item {}: citation {} removed", s.item(), s.number("index")),
    }),
    ("written", |s| match s.number("words") {
        1 => format!("Item {} rationale saved (1 word)", s.item()),
        words => format!("Item {} rationale saved ({words} words)", s.item()),
    }),
    ("criterion_marked", |s| {
        let (passage, mark) = (s.word("passage"), s.word("mark"));
        format!("Item {}: a criterion of {passage} marked {mark}", s.item())
    }),
    ("criterion_unmarked", |s| {
        let passage = s.word("passage");
        format!(
            "Item {}: mark of a criterion of {passage} taken off",
            s.item()
        )
    }),
    ("noted", |s| {
        format!("Item {}: {}", s.item(), noted(&s.change["noted"]))
    }),
    ("finding_added", |s| match s.number("index") {
        0 => "Finding added".to_owned(),
        place => format!("Finding {place} is back"),
    }),
    ("finding_edited", |s| {
        format!("Finding {} edited", s.number("index"))
    }),
    ("finding_dropped", |s| {
        format!("Finding {} dropped", s.number("index"))
    }),
    ("records_complete", |s| {
        let told = |day: &str| format!("Records complete on {day}");
        s.day("date", told, "Date of complete records taken back")
    }),
    ("prioritised", |s| {
        format!("Priority is now {}", s.word("priority"))
    }),
    ("records_explained", |_| {
        "Reason for the list of records written".to_owned()
    }),
    ("lint_answered", |s| answered(s.change)),
    ("closed", |s| {
        format!("Closed as {}{}", s.word("stage"), reason(s.change))
    }),
    ("signed", |s| signed(s.change)),
    ("reopened", |s| {
        format!("{}{}", reopened(s.change), reason(s.change))
    }),
    ("snoozed", |s| {
        let told = |day: &str| format!("Snoozed until {day}");
        s.day("until", told, "Taken up again before its day")
    }),
    ("amendment_dropped", |_| {
        "Amendment dropped: what was signed stands".to_owned()
    }),
    ("dated", |s| dated(s.change)),
    ("notice_sent", |s| match s.change["sent"].as_str() {
        Some(sent) => format!("Notice of assignment was sent: {}", clean_line(sent)),
        None => "How the notice of assignment was sent is taken back".to_owned(),
    }),
    ("extended", |s| extended(&s.change["extension"])),
    ("formulary_only", |s| {
        match s.change["is_formulary"].as_bool() {
            Some(true) => "In dispute are drugs of the formulary alone".to_owned(),
            _ => "In dispute is more than drugs of the formulary".to_owned(),
        }
    }),
    ("party_added", |s| {
        format!("Party entered: {}", s.word("role"))
    }),
    ("party_dropped", |s| {
        format!("Party taken out: {}", s.word("role"))
    }),
    ("no_conflict_stated", |s| {
        format!(
            "No conflict with the parties, as stated{}",
            reason(s.change)
        )
    }),
    ("recused", |s| {
        format!("Recused; returned{}", reason(s.change))
    }),
    ("recusal_taken_back", |_| {
        "Recusal taken back; open again".to_owned()
    }),
];

/// One line for people, from the body of an event.
pub(super) fn of(body: &Value) -> String {
    let kind = body["kind"].as_str().unwrap_or_default();
    let said = Said {
        change: &body["change"],
    };
    match LINES.iter().find(|(name, _)| *name == kind) {
        Some((_, line)) => line(&said),
        None => "Changed by a newer imr".to_owned(),
    }
}

fn decided(said: &Said<'_>) -> String {
    let late = match said.change["after_reveal"].as_bool() {
        Some(true) => " (after reveal)",
        _ => "",
    };
    let decision = said.word("decision");
    let meaning = Decision::parse(&decision).map_or("?", Decision::meaning);
    format!("Item {} decided: {decision} = {meaning}{late}", said.item())
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
