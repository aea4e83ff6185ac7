//! The guideline picker: query, ranked citations, the selected one in full.

use super::canvas::Canvas;
use super::text::fit;
use crate::app::Model;
use crate::app::layout;
use crate::app::picker::Picker;
use crate::app::shelf;
use crate::model::Hit;
use crate::settings::theme::Role;
use unicode_width::UnicodeWidthStr;

pub fn draw(canvas: &mut Canvas, model: &Model, picker: &Picker) {
    let areas = layout::picker(model.size);
    let heading = match picker.item {
        Some(item) => format!("Guidelines: cite on item {}, {}", item + 1, picker.context),
        None => "Guidelines".to_owned(),
    };
    canvas.frame(
        areas.frame,
        &heading,
        &format!("{} found", picker.hits.len()),
        true,
    );
    let col = canvas.text(areas.query, 0, 0, Role::Accent, "/ ");
    canvas.field(areas.query, 0, col, &picker.field, true);
    if picker.hits.is_empty() {
        let said = if picker.is_stale() {
            "Searching..."
        } else {
            "Nothing on the shelf fits these words."
        };
        canvas.text(areas.hits, 0, 3, Role::Dim, said);
        return;
    }
    for (line, (n, hit)) in
        (0..areas.hits.height).zip(picker.hits.iter().enumerate().skip(picker.list.top))
    {
        one(canvas, areas.hits, line, hit);
        if n == picker.list.selected {
            canvas.select(areas.hits, line);
        }
    }
    if let Some(hit) = picker.selected() {
        preview(canvas, model, &areas, hit);
    }
}

/// A hit: its label, matched letters marked, and how often it was cited.
fn one(canvas: &mut Canvas, area: layout::Area, line: u16, hit: &Hit) {
    let label = hit.entry.citation.label();
    let cited = match hit.cited {
        0 => String::new(),
        1 => "cited once ".to_owned(),
        n => format!("cited {n} times "),
    };
    let room = usize::from(area.width).saturating_sub(4 + cited.width());
    let kept = shelf::kept(&label);
    let said: String = kept
        .iter()
        .filter_map(|part| label.get(part.clone()))
        .collect();
    canvas.text(area, line, 3, Role::Text, &fit(&said, room));
    let mut before = 0;
    for part in kept {
        for range in &hit.marks {
            let (start, end) = (range.start.max(part.start), range.end.min(part.end));
            let marked = label.get(start..end).unwrap_or_default();
            let col = before
                + label
                    .get(part.start..start)
                    .map_or(0, UnicodeWidthStr::width);
            if !marked.is_empty() && col + marked.width() < room {
                let col = u16::try_from(col + 3).unwrap_or(0);
                canvas.text(area, line, col, Role::Match, marked);
            }
        }
        before += label.get(part).map_or(0, UnicodeWidthStr::width);
    }
    canvas.right(area, line, Role::Dim, &cited);
}

fn preview(canvas: &mut Canvas, model: &Model, areas: &layout::PickerAreas, hit: &Hit) {
    let is_wide = layout::Area::screen(model.size).is_wide();
    let area = if is_wide {
        areas.preview
    } else {
        canvas.rule(areas.preview, 0, "");
        areas.preview.split_top(1).1
    };
    let lines = shelf::entry(&hit.entry, usize::from(area.width), is_wide);
    canvas.page(area, &lines);
}
