//! What a letter is printed from: a whole determination, or a draft with gaps.

use crate::model::{
    CaseFile, Citation, Content, Credentials, Date, Decision, Header, ItemDraft, ListedRecord,
    Patient, Reviewer,
};

/// A determination that may have gaps; borrowed from where it lives.
pub(super) struct View<'a> {
    pub organisation: &'a str,
    pub header: Header,
    pub patient: Patient,
    pub credentials: &'a Credentials,
    pub summary: &'a str,
    pub items: Vec<ItemView<'a>>,
    pub records: Vec<ListedRecord>,
    pub records_reason: Option<&'a str>,
    pub replaces: Option<&'a str>,
}

/// One item that may be undecided.
pub(super) struct ItemView<'a> {
    pub request: &'a str,
    pub ur_text: Option<&'a str>,
    pub ur_approved_part: Option<&'a str>,
    pub decision: Option<Decision>,
    pub citations: &'a [Citation],
    pub rationale: &'a str,
}

impl<'a> View<'a> {
    pub fn of_content(content: &'a Content) -> Self {
        let items = content.items.iter().map(|item| ItemView {
            request: &item.request,
            ur_text: item.ur_text.as_deref(),
            ur_approved_part: item.ur_approved_part.as_deref(),
            decision: Some(item.decision),
            citations: &item.citations,
            rationale: &item.rationale,
        });
        Self {
            organisation: content.organisation.trim(),
            header: content.header.clone(),
            patient: content.patient,
            credentials: &content.credentials,
            summary: &content.summary,
            items: items.collect(),
            records: content.records.clone(),
            records_reason: content.records_reason.as_deref(),
            replaces: content.replaces.as_deref(),
        }
    }

    pub fn of_file(
        file: &'a CaseFile,
        reviewer: &'a Reviewer,
        organisation: &'a str,
        day: Date,
    ) -> Self {
        let case = &file.case;
        Self {
            organisation: organisation.trim(),
            header: Header {
                decided_date: Some(day),
                ..case.header.clone()
            },
            patient: case.patient,
            credentials: &reviewer.credentials,
            summary: &case.summary,
            items: items_of(file),
            records: case.records.iter().map(ListedRecord::of).collect(),
            records_reason: file.draft.records_reason.as_deref(),
            replaces: file.sealed.last().map(|last| last.hash.as_str()),
        }
    }
}

fn items_of(file: &CaseFile) -> Vec<ItemView<'_>> {
    let items = file.case.items.iter().enumerate();
    items
        .map(|(index, item)| {
            let draft: Option<&ItemDraft> = file.draft.items.get(index);
            ItemView {
                request: &item.request,
                ur_text: item.ur.text.as_deref(),
                ur_approved_part: item.ur.approved_part.as_deref(),
                decision: draft.and_then(|d| d.decision),
                citations: draft.map_or(&[], |d| &d.citations),
                rationale: draft.map_or("", |d| &d.rationale),
            }
        })
        .collect()
}
