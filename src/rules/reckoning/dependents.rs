//! Items that hang on another: the clearance on its operation.

use super::Reckoned;
use crate::model::{CaseFile, Decision, Request};

/// The items (from 0) that depend on this one, directly.
pub fn of(requests: &[Request], item: usize) -> Vec<usize> {
    let all = requests.iter().enumerate();
    all.filter(|(n, request)| *n != item && request.depends_on == Some(item + 1))
        .map(|(n, _)| n)
        .collect()
}

/// Those of them that are not decided yet.
pub fn open(file: &CaseFile, requests: &[Request], item: usize) -> Vec<usize> {
    let is_open = |n: &usize| {
        let draft = file.draft.items.get(*n);
        draft.is_some_and(|draft| draft.decision.is_none())
    };
    of(requests, item).into_iter().filter(is_open).collect()
}

/// What is decided of an item, short; `undecided`.
fn standing(file: &CaseFile, item: usize) -> &'static str {
    let decision = file.draft.items.get(item).and_then(|draft| draft.decision);
    decision.map_or("undecided", Decision::word)
}

/// What hangs on an item, and what it hangs on.
pub(super) fn lines(file: &CaseFile, requests: &[Request], item: usize) -> Vec<Reckoned> {
    let line = |label, text| Reckoned {
        label,
        text,
        asks: false,
    };
    let named = |n: usize| format!("item {} ({})", n + 1, standing(file, n));
    let children = of(requests, item);
    let children = (!children.is_empty()).then(|| {
        let all: Vec<String> = children.into_iter().map(named).collect();
        line("With it", all.join(", "))
    });
    let parent = requests
        .get(item)
        .and_then(|r| r.depends_on?.checked_sub(1));
    let parent = parent.filter(|n| *n < requests.len());
    let parent = parent.map(|n| line("Goes with", named(n)));
    children.into_iter().chain(parent).collect()
}

/// The sentence that says why a dependent item falls with the one it depends on; `None` where that
/// one stands: then the dependent has to be weighed by itself.
pub fn reason(file: &CaseFile, item: usize, parent: usize) -> Option<String> {
    let decided = file.draft.items.get(parent)?.decision?;
    let name = |n: usize| {
        let item = file.case.items.get(n)?;
        Some(item.in_dispute().trim_end_matches(['.', ' ']).to_owned())
    };
    let (own, other) = (name(item)?, name(parent)?);
    (decided == Decision::Upheld).then(|| {
        format!(
            "This service was asked for together with item {}, {other}, which is {}. Without it there is \
             no need for this service. Therefore, the request for {own} is {}.",
            parent + 1,
            decided.meaning(),
            decided.meaning()
        )
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::{Case, CaseId, Credentials, Draft, Header, Item, Patient, Stage, Ur};
    use crate::rules::moves;

    /// An undecided case of these requests.
    pub fn file(requests: &[&str]) -> CaseFile {
        let item = |request: &&str| Item {
            request: (*request).to_owned(),
            ur: Ur::default(),
            published: None,
        };
        let items: Vec<Item> = requests.iter().map(item).collect();
        CaseFile {
            draft: Draft::empty(items.len()),
            case: Case {
                id: CaseId::typed("CM25-0200101"),
                header: Header::default(),
                patient: Patient::default(),
                credentials: Credentials::default(),
                summary: String::new(),
                findings: vec![],
                items,
                records: vec![],
                is_published: false,
                dates: Default::default(),
                interests: Default::default(),
            },
            stage: Stage::New,
            history: vec![],
            sealed: vec![],
        }
    }

    fn on(parent: Option<usize>) -> Request {
        Request {
            depends_on: parent,
            ..Request::default()
        }
    }

    #[test]
    fn what_hangs_on_an_item_is_named_with_its_standing() {
        let mut file = file(&["Arthroscopy", "Clearance", "Sling", "MRI"]);
        let requests = [on(None), on(Some(1)), on(Some(1)), on(None)];
        assert_eq!(of(&requests, 0), [1, 2]);
        file.draft.items[1].decision = Some(Decision::Upheld);
        assert_eq!(open(&file, &requests, 0), [2]);
        let said = lines(&file, &requests, 0);
        assert_eq!(said[0].text, "item 2 (Upheld), item 3 (undecided)");
        let said = lines(&file, &requests, 1);
        assert_eq!(
            (said[0].label, said[0].text.as_str()),
            ("Goes with", "item 1 (undecided)")
        );
        assert_eq!(lines(&file, &requests, 3), []);
        // A link that leads nowhere is none.
        assert_eq!(lines(&file, &[on(Some(9))], 0), []);
    }

    #[test]
    fn only_what_falls_takes_others_with_it() {
        let mut file = file(&["Knee arthroscopy.", "Clearance"]);
        assert_eq!(reason(&file, 1, 0), None, "undecided");
        file.draft.items[0].decision = Some(Decision::Overturned);
        assert_eq!(reason(&file, 1, 0), None, "weighed by itself");
        file.draft.items[0].decision = Some(Decision::Upheld);
        let text = reason(&file, 1, 0).unwrap();
        assert!(text.contains("item 1, Knee arthroscopy, which is not medically necessary."));
        assert!(text.ends_with("the request for Clearance is not medically necessary."));
        assert!(moves::of(&text).conclusion);
    }
}
