//! A case as data: the JSON of `imr show --json` and `imr import --dry-run --json`, and the shape of
//! case files (TOML, JSON) that come in.
//!
//! Keys are snake_case, dates ISO 8601, `null` where unknown. In a case file every key may be
//! missing but `items` and, in each item, `request`.

use super::case::{
    Case, Credentials, Header, Item, Patient, Priority, Published, Stage, Ur, UrAction,
};
use super::case_file::CaseFile;
use super::citation::{Citation, Rank, Source};
use super::citation_text::parse_block;
use super::clock::Clock;
use super::date::Date;
use super::dates::Dates;
use super::decision::Decision;
use super::draft::ItemDraft;
use super::finding::{Finding, FindingKind, FindingSource};
use super::interests::{Interests, NoConflict, Party, Recusal};
use super::number::{CaseId, CaseNumber};
use super::pages::PageRange;
use super::record::Record;
use super::request::Request;
use super::text;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeSet;

/// The oldest age believed.
const OLDEST: u8 = 120;

/// One case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseJson {
    /// Key in the store; the case number, or `local-` and eight hex digits. Written only.
    #[serde(default)]
    pub id: Option<String>,
    /// Case number.
    #[serde(default)]
    pub number: Option<CaseNumber>,
    /// `standard` or `expedited`.
    #[serde(default)]
    pub priority: Option<Priority>,
    /// Date of injury.
    #[serde(default)]
    pub injury_date: Option<Date>,
    /// Date of the disputed UR decision.
    #[serde(default)]
    pub ur_denial_date: Option<Date>,
    /// When the application was received.
    #[serde(default)]
    pub application_received_date: Option<Date>,
    /// When the case was assigned.
    #[serde(default)]
    pub assigned_date: Option<Date>,
    /// When a published determination was decided.
    #[serde(default)]
    pub decided_date: Option<Date>,
    /// When the records were complete: start of the determination clock.
    #[serde(default)]
    pub records_complete_date: Option<Date>,
    /// How far the case has come. Written only.
    #[serde(default = "new_stage")]
    pub stage: Stage,
    /// Put off until the start of this day. Written only.
    #[serde(default)]
    pub snoozed_until: Option<Date>,
    /// Did it come from a published determination?
    #[serde(default)]
    pub is_published: bool,
    /// Age and sex.
    #[serde(default)]
    pub patient: Patient,
    /// Licences and boards of the reviewer who decided a published determination.
    #[serde(default)]
    pub reviewer_credentials: Credentials,
    /// Clinical case summary.
    #[serde(default)]
    pub summary: String,
    /// Dated facts; where a case file has none, they are read from the summary.
    #[serde(default)]
    pub findings: Vec<FindingJson>,
    /// Disputed items.
    pub items: Vec<ItemJson>,
    /// Documents.
    #[serde(default)]
    pub records: Vec<RecordJson>,
    /// Start events of the clocks beside the dates above.
    #[serde(default)]
    pub dates: Dates,
    /// Who has a stake in the case: `role` and `name`.
    #[serde(default)]
    pub parties: Vec<Party>,
    /// The last statement on conflicts with them. Written only.
    #[serde(default)]
    pub no_conflict: Option<NoConflict>,
    /// Reviewers who may not decide it. Written only.
    #[serde(default)]
    pub recusals: Vec<Recusal>,
    /// Legal deadlines. Written only.
    #[serde(default)]
    pub clocks: Vec<Clock>,
}

/// What is read from the text again is not taken from data.
fn ignored<'de, D: Deserializer<'de>>(data: D) -> Result<Option<Request>, D::Error> {
    IgnoredAny::deserialize(data).map(|_| None)
}

fn new_stage() -> Stage {
    Stage::New
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingJson {
    /// Date of the report.
    #[serde(default)]
    pub date: Option<Date>,
    /// `history`, `complaint`, `exam`, ...
    pub kind: FindingKind,
    /// The fact.
    pub text: String,
    /// Where it stands.
    #[serde(default)]
    pub source: Option<FindingSource>,
}

/// One item. `decision`, `citations` and `rationale` are the reviewer's own and are written only;
/// `published` is `null` until the item is decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemJson {
    /// From 1. Written only.
    #[serde(default)]
    pub number: Option<usize>,
    /// The request as written.
    pub request: String,
    /// What it asks for, read from `request`. Written only.
    #[serde(default, deserialize_with = "ignored")]
    pub parsed: Option<Request>,
    /// UR's side.
    #[serde(default)]
    pub ur: UrJson,
    /// `upheld` or `overturned`.
    #[serde(default)]
    pub decision: Option<Decision>,
    /// The reviewer's citations.
    #[serde(default)]
    pub citations: Vec<CitationJson>,
    /// The reviewer's reasons.
    #[serde(default)]
    pub rationale: String,
    /// The published answer.
    #[serde(default)]
    pub published: Option<PublishedJson>,
}

/// UR's side of an item.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UrJson {
    /// `denied` or `modified`.
    pub action: UrAction,
    /// What UR approved.
    pub approved_part: Option<String>,
    /// The guideline block as written.
    pub text: Option<String>,
    /// What it cites; where a case file has none, read from `text`.
    pub citations: Vec<CitationJson>,
}

/// The published answer to an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedJson {
    /// `upheld` or `overturned`.
    pub decision: Decision,
    /// The guideline block as written.
    #[serde(default)]
    pub text: String,
    /// What it cites; where a case file has none, read from `text`.
    #[serde(default)]
    pub citations: Vec<CitationJson>,
    /// The reasons.
    #[serde(default)]
    pub rationale: String,
}

/// One document with the text of its pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordJson {
    /// Title.
    pub title: String,
    /// `PR-2`, `RFA`, ...
    #[serde(default)]
    pub kind: String,
    /// Date of the document.
    #[serde(default)]
    pub date: Option<Date>,
    /// Text by page.
    #[serde(default)]
    pub pages: Vec<String>,
}

/// One citation. In a case file `text` and `mtus` are enough: the rest is read from them, but for
/// `source` = `none` with its `rank`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CitationJson {
    /// As written, without `Decision based on MTUS` and the closing full stop.
    pub text: String,
    /// `mtus`, `acoem`, `odg`, `other` or `none`.
    #[serde(default)]
    pub source: Option<Source>,
    /// Chapter number.
    #[serde(default)]
    pub chapter: Option<u32>,
    /// Title.
    #[serde(default)]
    pub title: Option<String>,
    /// Section or sections.
    #[serde(default)]
    pub section: Option<String>,
    /// First and last pages.
    #[serde(default)]
    pub pages: Vec<PageRange>,
    /// Edition.
    #[serde(default)]
    pub year: Option<i16>,
    /// Was it cited as the MTUS?
    #[serde(default)]
    pub mtus: bool,
    /// Legal rank, A to F.
    #[serde(default)]
    pub rank: Option<Rank>,
}

/// Why data of the right shape make no case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadCase {
    /// Nothing to decide.
    #[error("the case has no items: write at least one [[items]] with a request")]
    NoItems,
    /// An item without words.
    #[error("item {0} has an empty request")]
    EmptyRequest(usize),
    /// Two items that say they have the same number.
    #[error("two items have the number {0}")]
    NumberTwice(usize),
    /// Over [`OLDEST`].
    #[error("patient.age is {0}; expected at most 120")]
    Age(u8),
    /// A citation without text, or a `none` without a sentence on the search.
    #[error("item {0} has a citation without text")]
    EmptyCitation(usize),
}

impl CaseJson {
    /// A case of the store with the reviewer's work. What is hidden in it stays `null`.
    pub fn of(file: &CaseFile, clocks: Vec<Clock>) -> Self {
        let mut json = Self::of_case(&file.case);
        for (item, draft) in json.items.iter_mut().zip(&file.draft.items) {
            item.take(draft);
        }
        json.stage = file.stage;
        json.snoozed_until = file.draft.snoozed_until;
        json.clocks = clocks;
        json
    }

    /// A case as it came in, published decisions included.
    pub fn of_case(case: &Case) -> Self {
        let header = &case.header;
        let items = case.items.iter().enumerate();
        Self {
            id: Some(case.id.to_string()),
            number: header.number.clone(),
            priority: header.priority,
            injury_date: header.injury_date,
            ur_denial_date: header.ur_denial_date,
            application_received_date: header.application_received_date,
            assigned_date: header.assigned_date,
            decided_date: header.decided_date,
            records_complete_date: header.records_complete_date,
            stage: Stage::New,
            snoozed_until: None,
            is_published: case.is_published,
            patient: case.patient,
            reviewer_credentials: case.credentials.clone(),
            summary: case.summary.clone(),
            findings: case.findings.iter().map(FindingJson::of).collect(),
            items: items.map(|(n, item)| ItemJson::of(n + 1, item)).collect(),
            records: case.records.iter().map(RecordJson::of).collect(),
            dates: case.dates.clone(),
            parties: case.interests.parties.clone(),
            no_conflict: case.interests.no_conflict.clone(),
            recusals: case.interests.recusals.clone(),
            clocks: Vec::new(),
        }
    }

    /// Names of the keys that hold work of a reviewer, which [`CaseJson::into_case`] leaves out.
    pub fn work(&self) -> Vec<&'static str> {
        let any = |has: fn(&ItemJson) -> bool| self.items.iter().any(has);
        let found = [
            ("decision", any(|item| item.decision.is_some())),
            ("rationale", any(|item| !item.rationale.trim().is_empty())),
            ("citations", any(|item| !item.citations.is_empty())),
            ("stage", self.stage != Stage::New),
            ("snoozed_until", self.snoozed_until.is_some()),
            ("no_conflict", self.no_conflict.is_some()),
            ("recusals", !self.recusals.is_empty()),
        ];
        found
            .iter()
            .filter(|(_, is)| *is)
            .map(|(key, _)| *key)
            .collect()
    }

    /// The case, with every text cleaned; `digest` is the hex SHA-256 of its file and names a
    /// case that has no number. The reviewer's own work, if the data hold any, is left out.
    ///
    /// # Errors
    /// See [`BadCase`].
    pub fn into_case(self, digest: &str) -> Result<Case, BadCase> {
        if self.items.is_empty() {
            return Err(BadCase::NoItems);
        }
        if let Some(age) = self.patient.age.filter(|age| *age > OLDEST) {
            return Err(BadCase::Age(age));
        }
        let mut numbers = BTreeSet::new();
        let mut given = self.items.iter().filter_map(|item| item.number);
        if let Some(twice) = given.find(|number| !numbers.insert(*number)) {
            return Err(BadCase::NumberTwice(twice));
        }
        let items = self.items.into_iter().enumerate();
        let items: Vec<Item> = items
            .map(|(n, item)| item.into_item(n + 1))
            .collect::<Result<_, _>>()?;
        Ok(Case {
            id: self
                .number
                .as_ref()
                .map_or_else(|| CaseId::local(digest), CaseId::of),
            header: Header {
                number: self.number,
                priority: self.priority,
                injury_date: self.injury_date,
                ur_denial_date: self.ur_denial_date,
                application_received_date: self.application_received_date,
                assigned_date: self.assigned_date,
                decided_date: self.decided_date,
                records_complete_date: self.records_complete_date,
            },
            patient: self.patient,
            credentials: Credentials {
                licensed_in: lines(self.reviewer_credentials.licensed_in),
                certifications: lines(self.reviewer_credentials.certifications),
            },
            summary: prose(&self.summary),
            findings: self
                .findings
                .into_iter()
                .map(FindingJson::into_finding)
                .collect(),
            items,
            records: self
                .records
                .into_iter()
                .map(RecordJson::into_record)
                .collect(),
            is_published: self.is_published,
            dates: self.dates,
            interests: Interests {
                parties: self.parties.into_iter().filter_map(party).collect(),
                ..Interests::default()
            },
        })
    }
}

/// A party with its name in clean letters; one without a name is none.
fn party(party: Party) -> Option<Party> {
    let name = text::clean_line(&party.name);
    (!name.is_empty()).then_some(Party { name, ..party })
}

fn lines(texts: Vec<String>) -> Vec<String> {
    texts
        .iter()
        .map(|t| text::clean_line(t))
        .filter(|t| !t.is_empty())
        .collect()
}

/// Paragraphs of a text that may be wrapped by hand: an empty line ends one.
fn prose(raw: &str) -> String {
    let clean = text::clean(raw);
    let mut paragraphs = vec![String::new()];
    for line in clean.lines().map(text::fold) {
        match paragraphs.last_mut() {
            Some(last) if !line.is_empty() => {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(&line);
            }
            _ => paragraphs.push(String::new()),
        }
    }
    paragraphs.retain(|p| !p.is_empty());
    paragraphs.join("\n\n")
}

impl FindingJson {
    fn of(finding: &Finding) -> Self {
        Self {
            date: finding.date,
            kind: finding.kind,
            text: finding.text.clone(),
            source: finding.source.clone(),
        }
    }

    fn into_finding(self) -> Finding {
        Finding {
            date: self.date,
            kind: self.kind,
            text: text::clean_line(&self.text),
            source: self.source.map(|source| FindingSource {
                record: text::clean_line(&source.record),
                ..source
            }),
        }
    }
}

impl RecordJson {
    fn of(record: &Record) -> Self {
        Self {
            title: record.title.clone(),
            kind: record.kind.clone(),
            date: record.date,
            pages: record.pages.clone(),
        }
    }

    fn into_record(self) -> Record {
        Record {
            title: text::clean_line(&self.title),
            kind: text::clean_line(&self.kind),
            date: self.date,
            pages: self
                .pages
                .iter()
                .map(|page| text::clean(page).trim_matches('\n').to_owned())
                .collect(),
        }
    }
}

impl ItemJson {
    fn of(number: usize, item: &Item) -> Self {
        Self {
            number: Some(number),
            request: item.request.clone(),
            parsed: None,
            ur: UrJson {
                action: item.ur.action,
                approved_part: item.ur.approved_part.clone(),
                text: item.ur.text.clone(),
                citations: citations_json(&item.ur.citations),
            },
            decision: None,
            citations: Vec::new(),
            rationale: String::new(),
            published: item.published.as_ref().map(|published| PublishedJson {
                decision: published.decision,
                text: published.text.clone(),
                citations: citations_json(&published.citations),
                rationale: published.rationale.clone(),
            }),
        }
    }

    fn take(&mut self, draft: &ItemDraft) {
        self.decision = draft.decision;
        self.citations = citations_json(&draft.citations);
        self.rationale.clone_from(&draft.rationale);
    }

    fn into_item(self, number: usize) -> Result<Item, BadCase> {
        let request = text::clean_line(&self.request);
        if request.is_empty() {
            return Err(BadCase::EmptyRequest(number));
        }
        let ur_text = self.ur.text.map(|t| prose(&t)).filter(|t| !t.is_empty());
        let approved = self.ur.approved_part.map(|part| text::clean_line(&part));
        let published = self
            .published
            .map(|p| p.into_published(number))
            .transpose()?;
        Ok(Item {
            request,
            ur: Ur {
                action: self.ur.action,
                approved_part: approved.filter(|part| !part.is_empty()),
                citations: citations(
                    self.ur.citations,
                    ur_text.as_deref().unwrap_or_default(),
                    number,
                )?,
                text: ur_text,
            },
            published,
        })
    }
}

impl PublishedJson {
    fn into_published(self, number: usize) -> Result<Published, BadCase> {
        let text = prose(&self.text);
        Ok(Published {
            decision: self.decision,
            citations: citations(self.citations, &text, number)?,
            text,
            rationale: prose(&self.rationale),
        })
    }
}

fn citations_json(citations: &[Citation]) -> Vec<CitationJson> {
    let json = |citation: &Citation| CitationJson {
        text: citation.text.clone(),
        source: Some(citation.source),
        chapter: citation.chapter,
        title: citation.title.clone(),
        section: citation.section.clone(),
        pages: citation.pages.clone(),
        year: citation.year,
        mtus: citation.mtus,
        rank: citation.rank,
    };
    citations.iter().map(json).collect()
}

fn citations(given: Vec<CitationJson>, block: &str, item: usize) -> Result<Vec<Citation>, BadCase> {
    if given.is_empty() {
        return Ok(parse_block(block));
    }
    let citation = |json: CitationJson| match json.source {
        Some(Source::None) => {
            Citation::none_applicable(json.rank.unwrap_or(Rank::D), &json.text).ok()
        }
        _ => Citation::parse(json.mtus, &json.text),
    };
    given
        .into_iter()
        .map(|json| citation(json).ok_or(BadCase::EmptyCitation(item)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> CaseJson {
        serde_json::from_str(
            r#"{"number":"CM14-0012345","patient":{"age":59,"sex":"female"},"summary":"A\nb.\n\nC.",
            "items":[{"request":"CT\u001b[2J","ur":{"text":"Decision based on MTUS Knee Complaints 2004."},
            "published":{"decision":"upheld","text":"x","rationale":"y"}}],
            "records":[{"title":"Note","pages":["p\u202e1"]}]}"#,
        )
        .unwrap()
    }

    #[test]
    fn a_case_comes_in_clean_and_goes_out_again() {
        let case = small().into_case("00").unwrap();
        assert_eq!(case.summary, "A b.\n\nC.");
        assert_eq!(case.items[0].request, "CT<U+001B>[2J");
        assert_eq!(case.items[0].ur.citations.len(), 1);
        assert_eq!(case.records[0].pages, ["p<U+202E>1"]);
        let json = serde_json::to_string(&CaseJson::of_case(&case)).unwrap();
        let again: CaseJson = serde_json::from_str(&json).unwrap();
        assert_eq!(again.into_case("00").unwrap(), case);
    }

    #[test]
    fn work_of_a_reviewer_is_named() {
        let mut case = small();
        assert!(case.work().is_empty());
        case.items[0].decision = Some(Decision::Upheld);
        case.items[0].rationale = "Reasons.".into();
        case.stage = Stage::Draft;
        assert_eq!(case.work(), ["decision", "rationale", "stage"]);
    }

    #[test]
    fn what_makes_no_case() {
        let mut none = small();
        none.items.clear();
        assert_eq!(none.into_case(""), Err(BadCase::NoItems));
        let mut old = small();
        old.patient.age = Some(121);
        assert_eq!(old.into_case(""), Err(BadCase::Age(121)));
        let mut empty = small();
        empty.items[0].request = " \n".into();
        assert_eq!(empty.into_case(""), Err(BadCase::EmptyRequest(1)));
        let mut twice = small();
        twice.items.push(twice.items[0].clone());
        twice
            .items
            .iter_mut()
            .for_each(|item| item.number = Some(1));
        assert_eq!(twice.into_case(""), Err(BadCase::NumberTwice(1)));
        let unknown = serde_json::from_str::<CaseJson>(r#"{"items":[],"sumary":""}"#);
        assert!(unknown.is_err());
    }

    #[test]
    fn fields_of_a_request_are_not_taken_from_data() {
        let text =
            r#"{"items": [{"request": "MRI", "parsed": {"category": "surgery", "more": [1]}}]}"#;
        let json: CaseJson = serde_json::from_str(text).unwrap();
        assert_eq!(json.items[0].parsed, None);
        assert!(json.into_case("00").is_ok());
    }
}
