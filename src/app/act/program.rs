//! Help's neighbours: palette, redraw, suspend, quit, and closing what lies on top.

use super::super::effect::Effect;
use super::super::model::{Model, Overlay};
use super::super::palette::Palette;
use super::super::resume;
use super::super::update::perform;
use super::reading;

/// Opens the palette.
pub fn open_palette(model: &mut Model) {
    reading::close(model);
    let palette = Palette::new(model.contexts());
    model.overlays.push(Overlay::Palette(palette));
    model.touch();
}

/// Runs the selected line of the palette where the palette was opened.
pub fn run_selected(model: &mut Model) {
    let Some(Overlay::Palette(palette)) = model.overlays.last() else {
        return;
    };
    let chosen = palette.found().get(palette.list.selected).map(|s| s.id);
    let Some(action) = chosen else {
        return model.notice("No command has that name.");
    };
    model.overlays.pop();
    model.touch();
    perform(model, action);
}

/// Closes what lies on top.
pub fn close_top(model: &mut Model) {
    model.overlays.pop();
    model.touch();
}

/// Everything anew.
pub fn redraw(model: &mut Model) {
    model.effects.push(Effect::Redraw);
    model.touch();
}

/// To the shell; what is typed is saved first.
pub fn suspend(model: &mut Model) {
    model.flush();
    resume::note(model);
    model.effects.push(Effect::Suspend);
}

/// Leaves; what is typed is saved first.
pub fn quit(model: &mut Model) {
    model.flush();
    resume::note(model);
    model.effects.push(Effect::Quit);
}
