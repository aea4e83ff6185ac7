//! Help and messages: a page over everything but the foot.

use super::canvas::Canvas;
use super::case::scrolled;
use crate::app::Model;
use crate::app::doc;
use crate::app::layout;

pub fn draw(canvas: &mut Canvas, model: &Model, heading: &str, top: usize) {
    let (frame, inner) = layout::reader(model.size);
    let lines = doc::reader(model);
    canvas.frame(frame, heading, "", true);
    scrolled(canvas, model, inner, &lines, top);
    canvas.cursor(inner, 0, 0);
}
