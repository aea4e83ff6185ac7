//! Writing a rationale: keys become commands of the editor, and every edit is counted for saving.

use super::super::dialogue::Dialogue;
use super::super::editor::{EditorCommand as C, Motion as M, Outcome};
use super::super::effect::Effect;
use super::super::layout;
use super::super::model::{Model, Overlay};
use super::super::open_case::Typed;
use super::super::resume;
use crate::model::CaseId;
use crate::model::leftover::Leftover;
use crate::model::text::{clean, clean_line};

/// Most bytes that are put on the terminal's clipboard: beyond that terminals cut or refuse.
const CLIP_CAP: usize = 64 * 1024;
/// A text cut short ends in the midst of a sentence: this stays until it is put away.
const CUT: &str = "Cut: only the first 256 KiB were taken. Check the end.";

/// So many characters tell what was written.
const SHOWN: usize = 160;

/// Columns the rationale has on this screen.
pub(in crate::app) fn width(model: &Model) -> u16 {
    let count = model.open.as_ref().map_or(0, |o| o.file.case.items.len());
    let why = layout::items(model.case_areas().body, count, true, &model.panes).why;
    why.inset(2, 1).width
}

fn tell(model: &mut Model, command: C) {
    let width = width(model);
    let Some(editor) = model.open.as_mut().and_then(|o| o.editor_mut()) else {
        return;
    };
    let outcome = editor.apply(command, width);
    let copied = editor.take_clipboard();
    count(model, outcome, 1);
    if let Some(text) = copied.filter(|_| model.clips) {
        clip(model, text);
    }
}

/// To the terminal's clipboard too, where the user has enabled that.
fn clip(model: &mut Model, text: String) {
    if text.len() > CLIP_CAP {
        return model.notice("Too long for the terminal's clipboard; Paste has it here.");
    }
    model.effects.push(Effect::Clip(text));
}

/// Types text; a paste counts as the keys it saved.
pub fn insert(model: &mut Model, text: &str) {
    let Some(editor) = model.open.as_mut().and_then(|o| o.editor_mut()) else {
        return;
    };
    let outcome = editor.insert(text);
    if outcome == Outcome::Shortened {
        model.notice("Only the first 256 KiB of what was pasted were taken.");
    }
    count(model, outcome, text.chars().count());
}

/// Puts words in the place of others.
pub(super) fn put(model: &mut Model, range: std::ops::Range<usize>, words: &str) {
    let Some(editor) = model.open.as_mut().and_then(|o| o.editor_mut()) else {
        return;
    };
    let outcome = editor.put(range, words);
    count(model, outcome, words.chars().count());
}

/// Hands the rationale to the reviewer's own editor.
pub fn hand_out(model: &mut Model) {
    model.flush();
    // No timer runs while the terminal is lent.
    resume::note(model);
    let Some(open) = model.open.as_ref() else {
        return;
    };
    let Some(editor) = open.editor() else {
        return;
    };
    if let Some(left) = left_here(model) {
        return offer(model, &left);
    }
    let effect = Effect::EditOutside {
        case: open.id().clone(),
        item: open.item,
        text: editor.text().to_owned(),
    };
    model.is_lent = true;
    model.held.clear();
    model.effects.push(effect);
}

/// What an own editor had saved for the current item.
fn left_here(model: &Model) -> Option<Leftover> {
    let open = model.open.as_ref()?;
    let is_here = |left: &&Leftover| left.case == *open.id() && left.item == open.item;
    model.left.iter().find(is_here).cloned()
}

fn offer(model: &mut Model, left: &Leftover) {
    let words = left.text.split_whitespace().count();
    let line = clean_line(&left.text);
    let start: String = line.chars().take(SHOWN).collect();
    let gap = if start.len() < line.len() { "..." } else { "" };
    let dialogue = Dialogue::leftover(words, &format!("\"{start}{gap}\""));
    model.overlays.push(Overlay::Dialogue(dialogue));
    model.touch();
}

/// Takes or drops what an own editor had saved.
///
/// # Errors
/// Nothing was chosen.
pub fn answer_left(model: &mut Model, dialogue: &Dialogue) -> Result<(), String> {
    let Some(left) = left_here(model) else {
        return Ok(());
    };
    match dialogue.chosen() {
        None => return Err("Choose with the arrow keys.".to_owned()),
        Some(0) => take_back(model, &left.case, (left.item, &left.base), Ok(left.text)),
        Some(1) => model.notice("Dropped: the rationale is as it was."),
        Some(_) => return Ok(()),
    }
    model.left.retain(|other| other.name != left.name);
    model.effects.push(Effect::Discard(left.name));
    Ok(())
}

/// Takes what the reviewer's own editor made of the rationale, as one step that undo takes back.
pub fn take_back(
    model: &mut Model,
    case: &CaseId,
    (item, base): (usize, &str),
    result: Result<String, String>,
) {
    let text = match result {
        Ok(text) => clean(&text),
        // An answer to `E`, not a fault that lasts: the rationale is as it was.
        Err(why) => return model.notice(why),
    };
    // Whatever became of the rationale meanwhile: the editor has nothing to add to it.
    if text == clean(base) {
        return model.notice("The editor changed nothing.");
    }
    let open = model.open.as_mut().filter(|open| open.id() == case);
    let Some(editor) = open.and_then(|open| open.editors.get_mut(item)) else {
        return model.problem("The case of the editor's text is not open any more.");
    };
    // Another session was faster: both texts stay.
    let text = match editor.text() == base || editor.text() == text {
        true => text,
        false => format!("{}\n\n{text}", editor.text()),
    };
    let outcome = editor.become_text(&text);
    let words = editor.words();
    count(model, outcome, text.len());
    model.flush();
    if outcome == Outcome::Shortened {
        return model.problem(CUT);
    }
    model.notice(match outcome {
        Outcome::Unchanged => "The editor changed nothing.".to_owned(),
        _ if words == 1 => "Taken from the editor: 1 word.".to_owned(),
        _ => format!("Taken from the editor: {words} words."),
    });
}

/// Types words, parted by a blank from the word before the cursor.
pub fn insert_words(model: &mut Model, words: &str) {
    let Some(editor) = model.open.as_ref().and_then(|o| o.editor()) else {
        return;
    };
    let place = editor
        .selection()
        .unwrap_or(editor.cursor()..editor.cursor());
    let before = editor.text().get(..place.start).unwrap_or_default();
    let after = editor.text().get(place.end..).unwrap_or_default();
    let is_joined = before.ends_with(|c: char| !c.is_whitespace() && !"([\"".contains(c));
    let gap = |is_joined: bool| if is_joined { " " } else { "" };
    let lead = gap(is_joined);
    let tail =
        gap(after.starts_with(char::is_alphanumeric) && !words.ends_with(char::is_whitespace));
    insert(model, &format!("{lead}{words}{tail}"));
}

/// Types a paragraph of its own at the cursor.
pub fn insert_paragraph(model: &mut Model, text: &str) {
    let Some(editor) = model.open.as_ref().and_then(|o| o.editor()) else {
        return;
    };
    let before = editor.text().get(..editor.cursor()).unwrap_or_default();
    let after = editor.text().get(editor.cursor()..).unwrap_or_default();
    let parting = |is_there: bool| if is_there { "" } else { "\n\n" };
    let lead = parting(before.trim().is_empty() || before.ends_with("\n\n"));
    let tail = parting(after.trim().is_empty() || after.starts_with('\n'));
    insert(model, &format!("{lead}{text}{tail}"));
}

fn count(model: &mut Model, outcome: Outcome, keys: usize) {
    let now = model.now;
    if let Some(open) = model.open.as_mut().filter(|_| outcome.is_edit()) {
        let typed = open.typed.get_or_insert(Typed {
            since: now,
            keys: 0,
        });
        typed.keys = typed.keys.saturating_add(keys);
    }
    model.touch_if(outcome != Outcome::Unchanged);
}

fn go(model: &mut Model, to: M) {
    tell(model, C::Move { to, extend: false });
}

fn select(model: &mut Model, to: M) {
    tell(model, C::Move { to, extend: true });
}

/// Back to the item; the text is saved.
pub fn leave(model: &mut Model) {
    model.flush();
    if let Some(open) = model.open.as_mut() {
        open.is_editing = false;
        if let Some(editor) = open.editor_mut() {
            editor.pause();
        }
    }
    model.touch();
}

macro_rules! commands {
    ($($name:ident $doc:literal $call:ident $what:expr;)*) => {
        $(#[doc = $doc] pub fn $name(model: &mut Model) { $call(model, $what); })*
    };
}

commands! {
    new_line "New paragraph." tell C::NewLine;
    left "A character back." go M::Left;
    right "A character on." go M::Right;
    up "A line up." go M::Up;
    down "A line down." go M::Down;
    word_left "A word back." go M::WordLeft;
    word_right "A word on." go M::WordRight;
    line_start "To the start of the line." go M::LineStart;
    line_end "To the end of the line." go M::LineEnd;
    paragraph_up "A paragraph up." go M::ParagraphUp;
    paragraph_down "A paragraph down." go M::ParagraphDown;
    page_up "A page up." go M::PageUp;
    page_down "A page down." go M::PageDown;
    text_start "To the start of the text." go M::TextStart;
    text_end "To the end of the text." go M::TextEnd;
    select_left "Select a character back." select M::Left;
    select_right "Select a character on." select M::Right;
    select_up "Select a line up." select M::Up;
    select_down "Select a line down." select M::Down;
    select_word_left "Select a word back." select M::WordLeft;
    select_word_right "Select a word on." select M::WordRight;
    select_line_start "Select to the start of the line." select M::LineStart;
    select_line_end "Select to the end of the line." select M::LineEnd;
    select_paragraph_up "Select a paragraph up." select M::ParagraphUp;
    select_paragraph_down "Select a paragraph down." select M::ParagraphDown;
    select_page_up "Select a page up." select M::PageUp;
    select_page_down "Select a page down." select M::PageDown;
    select_text_start "Select to the start." select M::TextStart;
    select_text_end "Select to the end." select M::TextEnd;
    select_all "Select everything." tell C::SelectAll;
    backspace "Delete back." tell C::Backspace;
    delete "Delete on." tell C::Delete;
    delete_word "Delete the word before." tell C::DeleteWordBack;
    delete_word_forward "Delete the word after." tell C::DeleteWordForward;
    delete_to_line_end "Delete the rest of the line." tell C::DeleteToLineEnd;
    cut "Cut." tell C::Cut;
    copy "Copy." tell C::Copy;
    paste "Paste." tell C::Paste;
    undo "Undo." tell C::Undo;
    redo "Redo." tell C::Redo;
}
