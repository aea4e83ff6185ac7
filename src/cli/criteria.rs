//! `imr criteria CASE ITEM`: lists of criteria that fit an item, marked, and the first draft of a
//! rationale that follows from the marks.

use super::desk::Desk;
use super::out::note;
use super::outcome::{Outcome, Run, refuse};
use crate::library;
use crate::model::{CaseFile, Change, CriteriaList, CriterionMark, Decision, Mark, criteria};
use crate::store::Store;

/// How many lists are offered.
const OFFERED: usize = 5;

/// Arguments of `imr criteria`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The case
    case: String,
    /// The item, from 1
    item: usize,
    /// The list: the key of a passage that carries criteria; without it, the one that fits best
    #[arg(long, value_name = "KEY")]
    list: Option<String>,
    /// Mark this criterion (from 1) as met
    #[arg(long, value_name = "N")]
    met: Vec<usize>,
    /// Mark this criterion as not met
    #[arg(long, value_name = "N")]
    not_met: Vec<usize>,
    /// Mark this criterion as not documented
    #[arg(long, value_name = "N")]
    not_documented: Vec<usize>,
    /// Take the mark of this criterion off
    #[arg(long, value_name = "N")]
    unmark: Vec<usize>,
    /// The finding (from 1) that shows what criterion N is marked as: `--finding 2=5`
    #[arg(long, value_name = "N=FINDING", value_parser = pair)]
    finding: Vec<(usize, usize)>,
    /// Print the first draft of the rationale
    #[arg(long)]
    draft: bool,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

impl Args {
    /// Marks what is to be marked, then prints lists and marks, or the draft.
    ///
    /// # Errors
    /// No such case, item, list, criterion or finding (refused; nothing is saved).
    pub fn run(&self, desk: &Desk) -> Run {
        let writes =
            self.marks().next().is_some() || !self.unmark.is_empty() || !self.finding.is_empty();
        let mut store = if writes {
            desk.store_to_write()?
        } else {
            desk.store()?
        };
        let mut file = desk.case(&store, &self.case)?;
        let item = self.item_of(&file)?;
        let lists = self.lists(&store, &file, item)?;
        let changes = match lists.first() {
            Some(list) => self.changes(&file, item, list)?,
            None => Vec::new(),
        };
        for change in &changes {
            store.apply(&file.case.id, change, &desk.who(), desk.now())?;
            file.apply(change)
                .or_else(|why| refuse(format!("{why}.")))?;
        }
        self.print(desk, &file, item, &lists)
    }

    fn item_of(&self, file: &CaseFile) -> anyhow::Result<usize> {
        let count = file.case.items.len();
        match self.item.checked_sub(1).filter(|item| *item < count) {
            Some(item) => Ok(item),
            None => refuse(format!(
                "{} has no item {}: its items count from 1 to {count}.",
                file.case.id, self.item
            )),
        }
    }

    fn lists(
        &self,
        store: &Store,
        file: &CaseFile,
        item: usize,
    ) -> anyhow::Result<Vec<CriteriaList>> {
        let Some(key) = &self.list else {
            let request = file.case.items.get(item).map_or("", |item| &item.request);
            return Ok(library::criteria_for(store, request, OFFERED)?);
        };
        let mut all = library::criteria_for(store, "", usize::MAX)?;
        all.retain(|list| list.passage == *key);
        if all.is_empty() {
            return refuse(format!(
                "No passage {key} carries criteria: `imr criteria {} {}` names the lists that fit.",
                self.case, self.item
            ));
        }
        Ok(all)
    }

    fn marks(&self) -> impl Iterator<Item = (usize, Mark)> + '_ {
        let of = |numbers: &'_ [usize], mark| {
            numbers.iter().map(move |n| (*n, mark)).collect::<Vec<_>>()
        };
        of(&self.met, Mark::Met)
            .into_iter()
            .chain(of(&self.not_met, Mark::NotMet))
            .chain(of(&self.not_documented, Mark::NotDocumented))
    }

    /// All or none: what does not fit is refused before anything is saved.
    fn changes(
        &self,
        file: &CaseFile,
        item: usize,
        list: &CriteriaList,
    ) -> anyhow::Result<Vec<Change>> {
        let known = file
            .draft
            .items
            .get(item)
            .map_or(&[][..], |draft| &draft.criteria);
        let mut marks: Vec<CriterionMark> = Vec::new();
        for (n, mark) in self.marks() {
            marks.push(marked(list, n, mark, known)?);
        }
        for (n, finding) in &self.finding {
            let criterion = criterion(list, *n)?;
            if !marks.iter().any(|m| m.criterion == criterion) {
                match known.iter().find(|m| m.is_of(&list.passage, criterion)) {
                    Some(mark) => marks.push(mark.clone()),
                    None => {
                        return refuse(format!(
                            "Criterion {n} is not marked yet: add --met {n} or another mark."
                        ));
                    }
                }
            }
            let evidence = evidence(file, *finding)?;
            let shown = marks.iter_mut().filter(|m| m.criterion == criterion);
            shown.for_each(|mark| mark.evidence = Some(evidence.clone()));
        }
        let marked = marks
            .into_iter()
            .map(|mark| Change::CriterionMarked { item, mark });
        let mut changes: Vec<Change> = marked.collect();
        for n in &self.unmark {
            changes.push(Change::CriterionUnmarked {
                item,
                passage: list.passage.clone(),
                criterion: criterion(list, *n)?.to_owned(),
            });
        }
        Ok(changes)
    }

    fn print(&self, desk: &Desk, file: &CaseFile, item: usize, lists: &[CriteriaList]) -> Run {
        let draft = file.draft.items.get(item);
        let marks = draft.map_or(&[][..], |draft| &draft.criteria);
        let request = file.case.items.get(item).map_or("", |item| &item.request);
        let first = criteria::first_draft(marks, request, draft.and_then(|d| d.decision));
        if self.json {
            return as_json(desk, lists, marks, &first, draft.and_then(|d| d.decision));
        }
        if self.draft {
            if first.is_empty() {
                return refuse("No criterion of this item is marked yet.");
            }
            desk.out.line(&first)?;
            return Ok(Outcome::Done);
        }
        if lists.is_empty() {
            note(
                "No list of criteria fits this request: `imr library criteria` makes one of a passage.",
            );
            return Ok(Outcome::Refused);
        }
        for list in lists {
            desk.out.heading(&list.title)?;
            desk.out.line(&format!("    --list {}", list.passage))?;
            for (n, criterion) in (1..).zip(&list.criteria) {
                let mark = marks.iter().find(|m| m.is_of(&list.passage, criterion));
                let word = mark.map_or("", |mark| mark.mark.word());
                desk.out.line(&format!("  {n}  {word:14}  {criterion}"))?;
                if let Some(evidence) = mark.and_then(|mark| mark.evidence.as_ref()) {
                    desk.out.line(&format!("                     {evidence}"))?;
                }
            }
        }
        Ok(Outcome::Done)
    }
}

fn as_json(
    desk: &Desk,
    lists: &[CriteriaList],
    marks: &[CriterionMark],
    draft: &str,
    decision: Option<Decision>,
) -> Run {
    let lists: Vec<_> = lists
        .iter()
        .map(|list| {
            serde_json::json!({
                "passage": list.passage, "title": list.title, "criteria": list.criteria,
            })
        })
        .collect();
    desk.out.json(&serde_json::json!({
        "lists": lists, "marks": marks, "draft": draft, "decision": decision.map(Decision::word),
    }))?;
    Ok(Outcome::Done)
}

fn criterion(list: &CriteriaList, n: usize) -> anyhow::Result<&str> {
    match n.checked_sub(1).and_then(|at| list.criteria.get(at)) {
        Some(criterion) => Ok(criterion),
        None => refuse(format!(
            "{} has no criterion {n}: they count from 1 to {}.",
            list.passage,
            list.criteria.len()
        )),
    }
}

/// A mark that is given anew keeps the finding it had.
fn marked(
    list: &CriteriaList,
    n: usize,
    mark: Mark,
    known: &[CriterionMark],
) -> anyhow::Result<CriterionMark> {
    let criterion = criterion(list, n)?;
    let before = known.iter().find(|m| m.is_of(&list.passage, criterion));
    Ok(CriterionMark {
        passage: list.passage.clone(),
        title: list.title.clone(),
        criterion: criterion.to_owned(),
        mark,
        evidence: before.and_then(|before| before.evidence.clone()),
    })
}

fn evidence(file: &CaseFile, n: usize) -> anyhow::Result<String> {
    match n.checked_sub(1).and_then(|at| file.case.findings.get(at)) {
        Some(finding) => Ok(finding.as_evidence()),
        None => refuse(format!(
            "{} has no finding {n}: they count from 1 to {}.",
            file.case.id,
            file.case.findings.len()
        )),
    }
}

fn pair(text: &str) -> Result<(usize, usize), String> {
    let parts = text
        .split_once('=')
        .and_then(|(a, b)| Some((a.trim().parse().ok()?, b.trim().parse().ok()?)));
    parts.ok_or_else(|| "expected the number of a criterion and of a finding: 2=5".to_owned())
}
