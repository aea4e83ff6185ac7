//! Statistics: a table with a bar a category, and a chart by week.

use super::canvas::Canvas;
use crate::app::Model;
use crate::app::layout;
use crate::app::stats::{self, StatsPage};
use crate::settings::theme::Role;

const TITLE: &str = "Statistics";

pub fn draw(canvas: &mut Canvas, model: &Model, page: &StatsPage) {
    let (frame, inner) = layout::reader(model.size);
    canvas.frame(frame, TITLE, "", true);
    canvas.cursor(inner, 0, 0);
    let Some(counted) = &page.stats else {
        canvas.text(inner, 0, 0, Role::Dim, "Counting...");
        return;
    };
    let head = stats::head(counted, usize::from(inner.width));
    let areas = stats::areas(model.size, head.len());
    canvas.page(areas.head, &head);
    let rows = stats::rows(counted, usize::from(inner.width));
    let view = rows.get(page.top..).unwrap_or_default();
    for (line, row) in (0..areas.rows.height).zip(view) {
        canvas.spans(areas.rows, line, 0, &row.line);
    }
    // Categories come first, a row each: theirs are the bars.
    let categories = counted.categories.len().saturating_sub(page.top);
    let bars = view.iter().take(categories).map(|row| row.bar.unwrap_or(0));
    canvas.bars(areas.bars, &bars.collect::<Vec<u64>>());
    canvas.text(
        areas.label,
        0,
        0,
        Role::Strong,
        &stats::chart_label(counted),
    );
    let weeks: Vec<u64> = counted.weeks.iter().map(|w| w.signed as u64).collect();
    canvas.sparkline(areas.chart, &weeks);
    let below = view.len().saturating_sub(usize::from(areas.rows.height));
    canvas.goes_on(frame, below);
}
