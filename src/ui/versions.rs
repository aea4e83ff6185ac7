//! The earlier texts of a rationale: a line each, and below what changed since the selected one.

use super::canvas::Canvas;
use super::text::column;
use crate::app::Model;
use crate::app::doc;
use crate::app::layout;
use crate::app::versions::Versions;
use crate::app::wrap::count;
use crate::model::Version;
use crate::settings::theme::Role;

/// Columns of who wrote it.
const WHO: usize = 14;

pub fn draw(canvas: &mut Canvas, model: &Model, versions: &Versions) {
    let areas = layout::versions(model.size);
    let heading = format!("Earlier texts of item {}", versions.item + 1);
    canvas.frame(areas.frame, &heading, &versions.count().to_string(), true);
    let Some(all) = &versions.all else {
        canvas.text(areas.list, 0, 3, Role::Dim, "Reading them.");
        return;
    };
    if all.is_empty() {
        canvas.text(areas.list, 0, 3, Role::Text, NONE);
        return canvas.cursor(areas.list, 0, 0);
    }
    let in_view = all.iter().enumerate().skip(versions.list.top);
    for (line, (n, version)) in (0..areas.list.height).zip(in_view) {
        canvas.text(areas.list, line, 3, Role::Text, &told(version));
        if n == versions.list.selected {
            canvas.select(areas.list, line);
            canvas.cursor(areas.list, line, 0);
        }
    }
    canvas.rule(areas.rule, 0, "Since then: [-gone-] {+come+}");
    let today = model
        .open
        .as_ref()
        .and_then(|o| o.editors.get(versions.item));
    let today = today.map_or("", |editor| editor.text());
    let lines = versions.changes(today, usize::from(areas.changes.width));
    canvas.page(areas.changes, lines.get(versions.top..).unwrap_or_default());
    let below = lines
        .len()
        .saturating_sub(versions.top + usize::from(areas.changes.height));
    canvas.goes_on(areas.frame, below);
}

/// Said where nothing is kept.
pub(super) const NONE: &str = "No earlier text is kept: one is, after a rest of ten minutes.";

/// `01/15/2026 09:00  lee  62 words`.
pub(super) fn told(version: &Version) -> String {
    let words = count(version.words(), "word");
    let who = match version.is_signed {
        true => "as signed",
        false => version.who.as_str(),
    };
    format!("{}  {}  {words}", doc::minute(version.at), column(who, WHO))
}
