//! Help and messages: a page over everything but the foot.

use super::canvas::Canvas;
use crate::app::Model;
use crate::app::doc;
use crate::app::layout;

pub fn draw(canvas: &mut Canvas, model: &Model, heading: &str, top: usize) {
    let (frame, inner) = layout::reader(model.size);
    let lines = doc::reader(model);
    canvas.frame(frame, heading, "", true);
    let view = lines.get(top.min(lines.len())..).unwrap_or_default();
    canvas.page(inner, view);
    canvas.goes_on(frame, view.len().saturating_sub(usize::from(inner.height)));
    canvas.cursor(inner, 0, 0);
}
