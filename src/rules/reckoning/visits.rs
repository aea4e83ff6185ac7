//! Visits of therapy against the cap of LC 4604.5(c)(1): 24 chiropractic, 24 occupational therapy
//! and 24 physical therapy visits for each injury on or after 1 January 2004. The cap does not
//! apply to visits after surgery, nor where the employer authorised more in writing.

use super::Reckoned;
use crate::model::ledger::Prior;
use crate::model::request::Category;
use crate::model::{CaseFile, Date, Request};
use regex::Regex;
use std::sync::LazyLock;

/// Visits of one discipline for one injury, LC 4604.5(c)(1).
pub const CAP: u32 = 24;

/// Kinds of therapy that the cap counts apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discipline {
    /// Physical therapy.
    Physical,
    /// Occupational and hand therapy.
    Occupational,
    /// Chiropractic care.
    Chiropractic,
}

impl Discipline {
    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Physical => "physical therapy",
            Self::Occupational => "occupational therapy",
            Self::Chiropractic => "chiropractic",
        }
    }

    /// Of a request; `None` where the cap does not count it.
    pub fn of(request: &Request) -> Option<Self> {
        let name = request.modality.as_deref().unwrap_or_default();
        match request.category {
            Category::Chiropractic => Some(Self::Chiropractic),
            Category::PhysicalTherapy => Some(Self::of_name(name)),
            _ => None,
        }
    }

    /// Of treatment had before.
    fn of_prior(prior: &Prior) -> Option<Self> {
        match prior.category {
            Category::Chiropractic => Some(Self::Chiropractic),
            Category::PhysicalTherapy => Some(Self::of_name(&prior.what)),
            _ => None,
        }
    }

    fn of_name(name: &str) -> Self {
        match name.contains("occupational") || name.contains("hand therapy") {
            true => Self::Occupational,
            false => Self::Physical,
        }
    }
}

/// Where the number of visits before comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// The reviewer noted it.
    Noted(u32),
    /// A finding states it: how many, and the number of the finding in the timeline.
    Told(u32, usize),
    /// Nobody says.
    Unknown,
}

/// What one item adds to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visits {
    /// Which cap.
    pub discipline: Discipline,
    /// Items of the discipline (from 0), each with the visits it asks for.
    pub asked: Vec<(usize, Option<u32>)>,
    /// Visits before these requests.
    pub before: Before,
    /// Why the cap does not apply, if it does not.
    pub exempt: Option<&'static str>,
}

/// The visits of the discipline of an item (from 0).
pub fn of_item(
    file: &CaseFile,
    requests: &[Request],
    prior: &[Prior],
    item: usize,
) -> Option<Visits> {
    let discipline = Discipline::of(requests.get(item)?)?;
    let is_after = |n: usize| is_after_surgery(file, requests, n);
    // Visits after surgery are counted by another rule: they stand apart.
    let same = |(n, request): &(usize, &Request)| {
        Discipline::of(request) == Some(discipline) && is_after(*n) == is_after(item)
    };
    let asked = requests.iter().enumerate().filter(same);
    let asked: Vec<(usize, Option<u32>)> = asked.map(|(n, r)| (n, r.sessions)).collect();
    Some(Visits {
        discipline,
        before: before(file, prior, discipline, &asked),
        asked,
        exempt: exempt(file, is_after(item)),
    })
}

fn exempt(file: &CaseFile, is_after_surgery: bool) -> Option<&'static str> {
    let is_old = |day: Date| day.year() < 2004;
    match file.case.header.injury_date {
        _ if is_after_surgery => Some("after surgery the cap does not apply"),
        Some(day) if is_old(day) => Some("injured before 2004, the cap does not apply"),
        _ => None,
    }
}

fn is_after_surgery(file: &CaseFile, requests: &[Request], item: usize) -> bool {
    static AFTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)\bpost-?\s?(?:op|surg)\w*|\b(?:after|following) (?:the )?(?:surgery|operation)\b",
        )
        .ok()
    });
    let text = file.case.items.get(item).map_or("", |i| i.request.as_str());
    let parent = requests.get(item).and_then(|r| r.depends_on);
    let parent = parent.and_then(|n| requests.get(n.checked_sub(1)?));
    parent.is_some_and(|parent| parent.category == Category::Surgery)
        || AFTER.as_ref().is_some_and(|after| after.is_match(text))
}

/// As noted on any of the items, or the greatest number that a finding states.
fn before(
    file: &CaseFile,
    prior: &[Prior],
    discipline: Discipline,
    asked: &[(usize, Option<u32>)],
) -> Before {
    let noted = asked.iter().filter_map(|(n, _)| {
        let draft = file.draft.items.get(*n)?;
        draft.noted.visits_before
    });
    if let Some(n) = noted.max() {
        return Before::Noted(n);
    }
    let told = prior
        .iter()
        .filter(|p| Discipline::of_prior(p) == Some(discipline));
    let most = told.filter_map(|p| Some((p.count?, p.finding))).max();
    most.map_or(Before::Unknown, |(n, finding)| Before::Told(n, finding))
}

impl Visits {
    /// Visits in all, as far as they are known; is anything missing?
    pub fn total(&self) -> (u32, bool) {
        let asked = self.asked.iter().map(|(_, n)| *n);
        let before = match self.before {
            Before::Noted(n) | Before::Told(n, _) => Some(n),
            Before::Unknown => None,
        };
        let all: Vec<Option<u32>> = asked.chain([before]).collect();
        let sum = all
            .iter()
            .flatten()
            .fold(0u32, |sum, n| sum.saturating_add(*n));
        (sum, all.contains(&None))
    }

    /// `12 asked + 8 before (noted) = 20 of 24 physical therapy (LC 4604.5(c)(1))`.
    pub fn text(&self) -> String {
        let asked: Vec<String> = self.asked.iter().map(|(item, n)| one(*item, *n)).collect();
        let before = match self.before {
            Before::Noted(n) => format!("{n} before (noted)"),
            Before::Told(n, finding) => format!("{n} before (finding {finding})"),
            Before::Unknown => "? before".to_owned(),
        };
        let (sum, is_partial) = self.total();
        let sum = if is_partial {
            format!("at least {sum}")
        } else {
            sum.to_string()
        };
        let name = self.discipline.name();
        let verdict = match (self.exempt, self.total().0.checked_sub(CAP)) {
            (Some(why), _) => format!("{sum} {name}; {why}"),
            (None, Some(over)) if over > 0 => {
                format!("{sum} {name}, {over} over the {CAP} of LC 4604.5(c)(1)")
            }
            (None, _) => format!("{sum} of {CAP} {name} (LC 4604.5(c)(1))"),
        };
        format!("{} + {before} = {verdict}", asked.join(" + "))
    }
}

fn one(item: usize, visits: Option<u32>) -> String {
    match visits {
        Some(n) => format!("{n} asked (item {})", item + 1),
        None => format!("? asked (item {})", item + 1),
    }
}

/// The line of one item.
pub(super) fn line(
    file: &CaseFile,
    requests: &[Request],
    prior: &[Prior],
    item: usize,
) -> Option<Reckoned> {
    let visits = of_item(file, requests, prior, item)?;
    Some(Reckoned {
        label: "Visits",
        text: visits.text(),
        asks: visits.exempt.is_none() && visits.before == Before::Unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::super::dependents::tests::file;
    use super::*;
    use crate::model::date;

    fn therapy(modality: &str, sessions: Option<u32>) -> Request {
        let category = match modality {
            "chiropractic" => Category::Chiropractic,
            _ => Category::PhysicalTherapy,
        };
        Request {
            category,
            modality: Some(modality.into()),
            sessions,
            ..Request::default()
        }
    }

    fn had(what: &str, category: Category, count: Option<u32>, finding: usize) -> Prior {
        Prior {
            what: what.into(),
            category,
            count,
            unit: Some("visits"),
            effect: None,
            date: None,
            finding,
        }
    }

    fn text(file: &CaseFile, requests: &[Request], prior: &[Prior], item: usize) -> String {
        of_item(file, requests, prior, item).unwrap().text()
    }

    #[test]
    fn each_discipline_has_its_own_sum() {
        let requests = [
            therapy("physical therapy", Some(12)),
            therapy("chiropractic", Some(6)),
            therapy("physical therapy", Some(4)),
            therapy("occupational therapy", Some(8)),
        ];
        let file = file(&["PT", "Chiro", "PT", "OT"]);
        let pt = had("physical therapy", Category::PhysicalTherapy, Some(10), 3);
        let prior = [pt, had("chiropractic", Category::Chiropractic, Some(20), 1)];
        assert_eq!(
            text(&file, &requests, &prior, 0),
            "12 asked (item 1) + 4 asked (item 3) + 10 before (finding 3) = 26 physical therapy, 2 over the 24 of LC 4604.5(c)(1)"
        );
        assert_eq!(
            text(&file, &requests, &prior, 1),
            "6 asked (item 2) + 20 before (finding 1) = 26 chiropractic, 2 over the 24 of LC 4604.5(c)(1)"
        );
        assert_eq!(
            text(&file, &requests, &prior, 3),
            "8 asked (item 4) + ? before = at least 8 of 24 occupational therapy (LC 4604.5(c)(1))"
        );
    }

    #[test]
    fn what_is_noted_goes_before_what_is_told() {
        let requests = [therapy("physical therapy", Some(12))];
        let mut file = file(&["PT"]);
        file.draft.items[0].noted.visits_before = Some(12);
        let prior = [had(
            "physical therapy",
            Category::PhysicalTherapy,
            Some(30),
            0,
        )];
        assert_eq!(
            text(&file, &requests, &prior, 0),
            "12 asked (item 1) + 12 before (noted) = 24 of 24 physical therapy (LC 4604.5(c)(1))"
        );
    }

    #[test]
    fn the_cap_does_not_apply_after_surgery_or_to_old_injuries() {
        let requests = [
            therapy("physical therapy", Some(12)),
            therapy("physical therapy", Some(24)),
        ];
        let mut file = file(&["PT", "Post-operative PT"]);
        assert!(text(&file, &requests, &[], 1).ends_with("after surgery the cap does not apply"));
        assert_eq!(of_item(&file, &requests, &[], 0).unwrap().asked.len(), 1);
        file.case.header.injury_date = date::parse("12/31/2003");
        assert!(text(&file, &requests, &[], 0).contains("injured before 2004"));
        file.case.header.injury_date = date::parse("1/1/2004");
        assert_eq!(of_item(&file, &requests, &[], 0).unwrap().exempt, None);
    }

    #[test]
    fn acupuncture_has_no_such_cap() {
        let acupuncture = Request {
            category: Category::Acupuncture,
            ..Request::default()
        };
        assert_eq!(of_item(&file(&["A"]), &[acupuncture], &[], 0), None);
    }
}
