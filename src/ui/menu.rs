//! A short list over the queue: views, or columns to sort by.

use super::canvas::Canvas;
use super::text::{column, fit};
use crate::app::Model;
use crate::app::layout;
use crate::app::menu::{Menu, MenuLine};
use crate::settings::theme::Role;

/// Columns of a name: the longest built-in one, or that of an own view.
const NAME: usize = 16;

pub fn draw(canvas: &mut Canvas, model: &Model, menu: &Menu) {
    let lines = menu.lines(&model.queue);
    let (frame, area) = layout::menu(model.size, lines.len());
    canvas.fill(frame);
    canvas.frame(frame, menu.title(), "", true);
    let longest = lines.iter().map(|line| line.name.chars().count()).max();
    let name = longest.unwrap_or(0).max(NAME);
    for (row, (n, line)) in (0..area.height).zip(lines.iter().enumerate().skip(menu.list.top)) {
        one(canvas, area, row, n, line, name);
        if n == menu.list.selected {
            canvas.select(area, row);
            canvas.cursor(area, row, 0);
        }
    }
}

fn one(canvas: &mut Canvas, area: layout::Area, row: u16, n: usize, line: &MenuLine, name: usize) {
    // A digit chooses one of the first nine.
    let digit = if n < 9 {
        (n + 1).to_string()
    } else {
        " ".to_owned()
    };
    let col = canvas.text(area, row, 2, Role::Key, &digit);
    let role = if line.is_current {
        Role::Strong
    } else {
        Role::Text
    };
    let col = canvas.text(area, row, col + 2, role, &column(&line.name, name));
    let room = usize::from(area.width.saturating_sub(col + 2));
    canvas.text(area, row, col + 2, Role::Dim, &fit(&line.says, room));
}
