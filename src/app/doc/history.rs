//! What happened to a case, agreement with the published letter, and its seals.

use super::super::open_case::OpenCase;
use super::super::wrap;
use super::{Line, minute, plain, span};
use crate::settings::theme::Role;
use unicode_width::UnicodeWidthStr;

pub fn history(open: &OpenCase, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for entry in &open.file.history {
        let lead = format!("{}  {:<10}  ", minute(entry.at), entry.who);
        let wrapped = wrap::lines(&entry.what, width.saturating_sub(lead.width()).max(10));
        for (n, text) in wrapped.into_iter().enumerate() {
            let lead = if n == 0 {
                lead.clone()
            } else {
                " ".repeat(lead.width())
            };
            lines.push(vec![span(Role::Label, lead), span(Role::Text, text)]);
        }
    }
    lines.extend(agreement(open));
    for sealed in &open.file.sealed {
        lines.push(Vec::new());
        lines.push(vec![span(
            Role::Label,
            format!("Signed {}  SHA-256", minute(sealed.at)),
        )]);
        lines.extend(wrap::lines(&sealed.hash, width).into_iter().map(plain));
        if let Some(old) = &sealed.replaces {
            lines.push(vec![span(Role::Label, "It replaces")]);
            lines.extend(wrap::lines(old, width).into_iter().map(plain));
        }
    }
    if lines.is_empty() {
        lines.push(vec![span(
            Role::Dim,
            "Nothing has happened to this case yet.",
        )]);
    }
    lines
}

/// Where the published decisions stand beside the reviewer's first ones.
fn agreement(open: &OpenCase) -> Vec<Line> {
    let pairs = open.file.case.items.iter().zip(&open.file.draft.items);
    let told = pairs.enumerate().filter_map(|(n, (item, draft))| {
        let published = item.published.as_ref()?;
        let lead = format!("Item {:<3} published {}", n + 1, published.decision.both());
        let verdict = published.verdict(draft);
        Some(vec![span(Role::Label, lead), span(Role::Text, verdict)])
    });
    let mut lines: Vec<Line> = told.collect();
    if !lines.is_empty() {
        lines.insert(
            0,
            vec![span(Role::Heading, "Agreement with the published letter")],
        );
        lines.insert(0, Vec::new());
    }
    lines
}
