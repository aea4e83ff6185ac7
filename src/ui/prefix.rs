//! A box above the foot: what may follow the first key of a sequence.

use super::canvas::Canvas;
use super::text::{column, fit};
use crate::app::Model;
use crate::app::layout;
use crate::app::prefix::Follower;
use crate::settings::theme::Role;
use unicode_width::UnicodeWidthStr;

/// Columns of the box at most.
const WIDEST: usize = 72;

pub fn draw(canvas: &mut Canvas, model: &Model) {
    let followers = model.followers_in_box();
    if followers.is_empty() {
        return;
    }
    let keys = followers.iter().map(|f| f.keys.width()).max().unwrap_or(0);
    let said: Vec<(Role, String)> = followers.iter().map(said).collect();
    let text = said.iter().map(|(_, text)| text.width()).max().unwrap_or(0);
    let area = layout::box_above_foot(model.size, (keys + text + 2).min(WIDEST), said.len());
    canvas.frame(area, &format!("{} ...", model.prefix_words()), "", true);
    let inner = area.inset(2, 1);
    for (row, (follower, (role, text))) in (0..inner.height).zip(followers.iter().zip(&said)) {
        let key_role = if *role == Role::Dim {
            Role::Dim
        } else {
            Role::Key
        };
        let col = canvas.text(inner, row, 0, key_role, &column(&follower.keys, keys + 2));
        let room = usize::from(inner.width).saturating_sub(keys + 2);
        canvas.text(inner, row, col, *role, &fit(text, room));
    }
}

/// What it does; dim with the reason where it does not apply.
fn said(follower: &Follower) -> (Role, String) {
    match follower.why_not {
        Some(reason) => (Role::Dim, format!("{} ({reason})", follower.spec.doc)),
        None => (Role::Text, follower.spec.doc.to_owned()),
    }
}
