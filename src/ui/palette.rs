//! The command palette.

use super::canvas::Canvas;
use super::text::{column, fit};
use crate::app::Model;
use crate::app::layout;
use crate::app::palette::Palette;
use crate::settings::theme::Role;
use unicode_width::UnicodeWidthStr;

pub fn draw(canvas: &mut Canvas, model: &Model, palette: &Palette) {
    let (frame, query, names) = layout::palette(model.size);
    let found = palette.found();
    canvas.frame(frame, "Commands", &format!("{}", found.len()), true);
    let col = canvas.text(query, 0, 0, Role::Accent, ": ");
    canvas.field(query, 0, col, &palette.field, true);
    if found.is_empty() {
        canvas.text(names, 0, 3, Role::Dim, "No command has that name.");
    }
    let matcher = crate::search::fuzzy::Matcher::new(palette.field.text());
    for (line, (n, spec)) in (0..names.height).zip(found.iter().enumerate().skip(palette.list.top))
    {
        let keys = model.keymap.keys(spec.id, palette.contexts).join(", ");
        let why_not = model.available(spec.id).err();
        let role = if why_not.is_some() {
            Role::Dim
        } else {
            Role::Text
        };
        let name = column(spec.name, 18);
        canvas.text(names, line, 3, role, &name);
        for range in matcher.marks(spec.name) {
            let before = spec.name.get(..range.start).unwrap_or_default().width();
            let part = spec.name.get(range).unwrap_or_default();
            canvas.text(
                names,
                line,
                u16::try_from(before + 3).unwrap_or(0),
                Role::Match,
                part,
            );
        }
        let room = usize::from(names.width).saturating_sub(23 + keys.width() + 2);
        let doc = why_not.map_or_else(|| spec.doc.to_owned(), |why| format!("not now: {why}"));
        canvas.text(names, line, 22, Role::Dim, &fit(&doc, room));
        canvas.right(names, line, Role::Key, &format!("{keys} "));
        if n == palette.list.selected {
            canvas.select(names, line);
        }
    }
}
