use super::change::CLUSTER_CAP;
use super::graphemes::is_blank;
use super::*;
use EditorCommand as C;
use proptest::prelude::*;
use std::time::Instant;
use unicode_segmentation::UnicodeSegmentation;

fn go(to: Motion) -> C {
    C::Move { to, extend: false }
}

fn select(to: Motion) -> C {
    C::Move { to, extend: true }
}

/// An editor over `text` with the cursor where the `|` stands.
fn at(text: &str) -> Editor {
    let mut editor = Editor::over(text.replacen('|', "", 1));
    editor.set_cursor(text.find('|').unwrap_or(0));
    editor
}

/// The text with a `|` at the cursor.
fn shown(editor: &Editor) -> String {
    let mut text = editor.text().to_owned();
    text.insert(editor.cursor(), '|');
    text
}

fn type_in(editor: &mut Editor, text: &str) {
    text.graphemes(true).for_each(|g| {
        editor.insert(g);
    });
}

fn rows(editor: &Editor, width: u16, height: u16) -> Vec<String> {
    let view = editor.view(width, height);
    view.rows.into_iter().map(|row| row.text).collect()
}

#[test]
fn commands_do_what_they_say() {
    // Seven columns for text, the eighth for the cursor.
    let table: [(&str, C, &str); 35] = [
        ("one t|wo", go(Motion::Left), "one |two"),
        ("one t|wo", go(Motion::Right), "one tw|o"),
        ("e\u{301}|x", go(Motion::Left), "|e\u{301}x"),
        ("|e\u{301}x", C::Delete, "|x"),
        ("👩\u{200D}⚕\u{FE0F}|x", C::Backspace, "|x"),
        ("one t|wo", go(Motion::WordLeft), "one |two"),
        ("one |two", go(Motion::WordLeft), "|one two"),
        ("on|e two", go(Motion::WordRight), "one| two"),
        ("aaa bbb ccc d|dd", go(Motion::Up), "aaa b|bb ccc ddd"),
        ("aaa b|bb ccc ddd", go(Motion::Down), "aaa bbb ccc d|dd"),
        ("aaa bbb c|cc", go(Motion::Down), "aaa bbb ccc|"),
        ("a|aa bbb", go(Motion::Up), "|aaa bbb"),
        (
            "aaa bbb cc|c ddd",
            go(Motion::LineStart),
            "aaa bbb |ccc ddd",
        ),
        ("a|aa bbb ccc", go(Motion::LineEnd), "aaa bbb| ccc"),
        ("aaa bbb| ccc", go(Motion::LineEnd), "aaa bbb| ccc"),
        ("abc|defghijk", go(Motion::LineEnd), "abcdef|ghijk"),
        ("a|aa\nb", go(Motion::LineEnd), "aaa|\nb"),
        ("aa\nbb\nc|c", go(Motion::ParagraphUp), "aa\nbb\n|cc"),
        ("aa\nbb\n|cc", go(Motion::ParagraphUp), "aa\n|bb\ncc"),
        ("a|a\nbb", go(Motion::ParagraphDown), "aa\n|bb"),
        ("aa\nb|b", go(Motion::ParagraphDown), "aa\nbb|"),
        ("aa\nb|b", go(Motion::TextStart), "|aa\nbb"),
        ("a|a\nbb", go(Motion::TextEnd), "aa\nbb|"),
        ("one two|", C::Backspace, "one tw|"),
        ("|", C::Backspace, "|"),
        ("one|", C::Delete, "one|"),
        ("one two|", C::DeleteWordBack, "one |"),
        ("one| two", C::DeleteWordForward, "one|"),
        ("a|aa bbb ccc", C::DeleteToLineEnd, "a|ccc"),
        ("aaa|\nbbb", C::DeleteToLineEnd, "aaa|bbb"),
        ("aaa|", C::DeleteToLineEnd, "aaa|"),
        ("aa|bb", C::NewLine, "aa\n|bb"),
        ("a|b", C::Cut, "a|b"),
        ("a|b", C::Paste, "a|b"),
        ("a|b", C::Undo, "a|b"),
    ];
    for (before, command, after) in table {
        let mut editor = at(before);
        let outcome = editor.apply(command, 8);
        assert_eq!(shown(&editor), after, "{command:?} on {before:?}");
        let changed = before.replace('|', "") != after.replace('|', "");
        assert_eq!(outcome.is_edit(), changed, "{command:?} on {before:?}");
        assert_eq!(
            outcome == Outcome::Unchanged,
            before == after,
            "{command:?} on {before:?}"
        );
    }
}

#[test]
fn up_and_down_keep_their_column() {
    let mut editor = at("abcdef\nx\nabcd|ef");
    editor.apply(go(Motion::Up), 20);
    assert_eq!(shown(&editor), "abcdef\nx|\nabcdef");
    editor.apply(go(Motion::Up), 20);
    assert_eq!(shown(&editor), "abcd|ef\nx\nabcdef");
    editor.apply(go(Motion::Left), 20);
    editor.apply(go(Motion::Down), 20);
    editor.apply(go(Motion::Down), 20);
    assert_eq!(shown(&editor), "abcdef\nx\nabc|def");
    // Two columns of a wide character are never split.
    let mut editor = at("a|bc\n日本");
    editor.apply(go(Motion::Down), 20);
    assert_eq!(shown(&editor), "abc\n|日本");
}

#[test]
fn pages_are_as_high_as_the_view() {
    let text: Vec<String> = (0..30).map(|n| n.to_string()).collect();
    let mut editor = Editor::new(&text.join("\n"));
    editor.set_cursor(0);
    editor.view(20, 10);
    editor.apply(go(Motion::PageDown), 20);
    assert_eq!(editor.view(20, 10).rows[9].text, "9");
    editor.apply(go(Motion::PageDown), 20);
    let view = editor.view(20, 10);
    assert_eq!((view.first_row, view.cursor.1), (9, 9));
    editor.apply(go(Motion::PageUp), 20);
    assert_eq!(editor.view(20, 10).first_row, 9);
}

#[test]
fn the_view_scrolls_no_more_than_it_must() {
    let mut editor = Editor::new("1\n2\n3\n4\n5\n6");
    assert_eq!(rows(&editor, 10, 3), ["4", "5", "6"]);
    editor.apply(go(Motion::Up), 10);
    editor.apply(go(Motion::Up), 10);
    let view = editor.view(10, 3);
    assert_eq!(
        (view.first_row, view.cursor, view.total_rows),
        (3, (1, 0), 6)
    );
    editor.apply(go(Motion::Up), 10);
    assert_eq!(rows(&editor, 10, 3), ["3", "4", "5"]);
    assert_eq!(rows(&editor, 10, 9), ["1", "2", "3", "4", "5", "6"]);
}

/// A scroll costs bytes, so what is typed past the foot makes room for the next rows too.
#[test]
fn typing_past_the_foot_makes_room_for_some_rows() {
    let text: Vec<String> = (0..40).map(|n| n.to_string()).collect();
    let mut editor = Editor::new(&text.join("\n"));
    assert_eq!(editor.view(20, 24).first_row, 16);
    for (typed, first_row) in [("\n", 20), ("\n", 20), ("\n", 20), ("\n", 20), ("\n", 24)] {
        editor.insert(typed);
        assert_eq!(editor.view(20, 24).first_row, first_row);
    }
    // Looked at again, or moved about in, it stays where it is.
    assert_eq!(editor.view(20, 24).first_row, 24);
    editor.apply(go(Motion::Up), 20);
    assert_eq!(editor.view(20, 24).first_row, 24);
    // A larger window has no use for the room.
    assert_eq!(editor.view(20, 30).first_row, 15);
}

#[test]
fn selection_shows_in_its_rows() {
    let mut editor = at("aaa b|bb ccc ddd");
    for _ in 0..4 {
        editor.apply(select(Motion::Right), 8);
    }
    let view = editor.view(8, 5);
    assert_eq!(view.rows[0].selection, Some(5..8));
    assert_eq!(view.rows[1].selection, Some(0..1));
    assert_eq!(editor.selected(), "bb c");
    editor.apply(go(Motion::Left), 8);
    assert_eq!(
        (editor.selection(), shown(&editor)),
        (None, "aaa b|bb ccc ddd".into())
    );
    editor.apply(C::SelectAll, 8);
    assert_eq!(editor.selection(), Some(0..15));
    assert_eq!(editor.apply(C::Unselect, 8), Outcome::Moved);
    assert_eq!(editor.selection(), None);
}

#[test]
fn the_clipboard() {
    let mut editor = at("one |two");
    editor.apply(select(Motion::TextEnd), 20);
    assert_eq!(editor.apply(C::Copy, 20), Outcome::Copied);
    assert_eq!(editor.take_clipboard().as_deref(), Some("two"));
    assert_eq!(editor.take_clipboard(), None);
    assert_eq!(editor.apply(C::Cut, 20), Outcome::Edited);
    assert_eq!(shown(&editor), "one |");
    editor.apply(C::Paste, 20);
    editor.apply(C::Paste, 20);
    assert_eq!(shown(&editor), "one twotwo|");
    editor.apply(C::Undo, 20);
    assert_eq!(shown(&editor), "one two|");
}

#[test]
fn undo_goes_by_groups() {
    let mut editor = Editor::new("");
    type_in(&mut editor, "hello world foo");
    let undo = |editor: &mut Editor| {
        editor.apply(C::Undo, 20);
        shown(editor)
    };
    assert_eq!(undo(&mut editor), "hello world |");
    assert_eq!(undo(&mut editor), "hello |");
    editor.apply(C::Redo, 20);
    assert_eq!(shown(&editor), "hello world |");
    type_in(&mut editor, "ab");
    assert_eq!(editor.apply(C::Redo, 20), Outcome::Unchanged);
    editor.pause();
    type_in(&mut editor, "cd");
    for _ in 0..3 {
        editor.apply(C::Backspace, 20);
    }
    assert_eq!(shown(&editor), "hello world a|");
    assert_eq!(undo(&mut editor), "hello world abcd|");
    assert_eq!(undo(&mut editor), "hello world ab|");
    editor.insert("a whole paste");
    type_in(&mut editor, "x");
    assert_eq!(undo(&mut editor), "hello world aba whole paste|");
    assert_eq!(undo(&mut editor), "hello world ab|");
}

#[test]
fn undo_leaves_nothing_selected() {
    let mut editor = at("|one two");
    editor.apply(select(Motion::WordRight), 20);
    type_in(&mut editor, "x");
    assert_eq!(shown(&editor), "x| two");
    editor.apply(C::Undo, 20);
    assert_eq!(shown(&editor), "one| two");
    // The next letter takes nothing away.
    type_in(&mut editor, "s");
    assert_eq!(shown(&editor), "ones| two");
}

#[test]
fn search_goes_round_and_folds_case() {
    let mut editor = Editor::new("MRI, then mri");
    editor.set_search("Mri");
    editor.apply(C::FindNext, 20);
    assert_eq!(editor.selection(), Some(0..3));
    editor.apply(C::FindNext, 20);
    assert_eq!(editor.selection(), Some(10..13));
    editor.apply(C::FindPrevious, 20);
    editor.apply(C::FindPrevious, 20);
    assert_eq!(editor.selection(), Some(10..13));
    editor.set_search("CT");
    assert_eq!(editor.apply(C::FindNext, 20), Outcome::NotFound);
}

#[test]
fn what_comes_in_is_cleaned_and_capped() {
    let mut editor = Editor::new("a\u{1b}b");
    assert_eq!(editor.text(), "a<U+001B>b");
    editor.apply(C::SelectAll, 20);
    editor.insert("x\r\ny\u{202e}");
    assert_eq!(editor.text(), "x\ny<U+202E>");
    let long = "é".repeat(PASTE_CAP);
    assert_eq!(editor.insert(&long), Outcome::Shortened);
    assert!(editor.text().len() <= PASTE_CAP + 12);
    let escapes = "\u{1b}".repeat(PASTE_CAP);
    let mut editor = Editor::new("");
    editor.insert(&escapes);
    assert!(editor.text().len() <= PASTE_CAP);
}

#[test]
fn marks_do_not_stack_without_end() {
    let mut editor = Editor::new("e");
    for _ in 0..50 {
        editor.insert("\u{301}");
    }
    assert_eq!(editor.text().chars().count(), CLUSTER_CAP);
    assert!(crate::model::text::is_clean(editor.text()));
}

#[test]
fn words_and_revisions() {
    let mut editor = Editor::new("");
    assert!(editor.is_empty());
    type_in(&mut editor, "hi you");
    assert_eq!((editor.words(), editor.revision()), (2, 6));
    editor.apply(go(Motion::Left), 9);
    assert_eq!(editor.revision(), 6);
    let view = editor.view(5, 3);
    assert_eq!((view.cursor, view.total_rows), ((2, 1), 2));
}

/// The simplest editor there is: characters in a vector. It knows nothing of rows.
#[derive(Debug, Default)]
struct Naive {
    clusters: Vec<String>,
    at: usize,
    anchor: Option<usize>,
    clipboard: String,
}

impl Naive {
    fn text(&self) -> String {
        self.clusters.concat()
    }

    fn byte(&self, index: usize) -> usize {
        self.clusters[..index].iter().map(String::len).sum()
    }

    fn index(&self, byte: usize) -> Option<usize> {
        (0..=self.clusters.len()).find(|i| self.byte(*i) == byte)
    }

    /// Joining texts can join characters: segment anew, and move on to the next border.
    fn rebuild(&mut self, text: &str, byte: usize) {
        self.clusters = text.graphemes(true).map(str::to_owned).collect();
        self.at = (0..=self.clusters.len())
            .find(|i| self.byte(*i) >= byte)
            .unwrap();
        self.anchor = None;
    }

    fn splice(&mut self, from: usize, to: usize, new: &str) {
        let head = self.clusters[..from].concat();
        let tail = self.clusters[to..].concat();
        self.rebuild(&format!("{head}{new}{tail}"), head.len() + new.len());
    }

    fn range(&self) -> (usize, usize) {
        let anchor = self.anchor.unwrap_or(self.at);
        (anchor.min(self.at), anchor.max(self.at))
    }

    fn go(&mut self, to: usize, extend: bool) {
        self.anchor = extend.then_some(self.anchor.unwrap_or(self.at));
        self.at = to;
    }
}

#[derive(Debug, Clone)]
enum Step {
    Type(String),
    Do(C),
    Pause,
}

fn step() -> impl Strategy<Value = Step> {
    let motion = (prop::sample::select(&Motion::ALL[..]), any::<bool>())
        .prop_map(|(to, extend)| Step::Do(C::Move { to, extend }));
    let others = [
        C::SelectAll,
        C::Backspace,
        C::Backspace,
        C::Delete,
        C::DeleteWordBack,
        C::DeleteWordForward,
        C::DeleteToLineEnd,
        C::NewLine,
        C::Cut,
        C::Copy,
        C::Paste,
        C::Undo,
        C::Redo,
    ];
    prop_oneof![
        4 => super::samples::snippet().prop_map(Step::Type),
        4 => motion,
        5 => prop::sample::select(others.to_vec()).prop_map(Step::Do),
        1 => Just(Step::Pause),
    ]
}

/// Does the step on both; what the naive editor can't know (rows, words, undo) it takes over, and
/// the checks on it are those of `consistent`.
fn both(editor: &mut Editor, naive: &mut Naive, step: &Step, width: u16) {
    let (from, to) = naive.range();
    let last = naive.clusters.len();
    match step {
        Step::Type(text) => {
            let text = clean(text);
            let revision = editor.revision();
            editor.insert(&text);
            if editor.revision() > revision {
                naive.splice(from, to, &text);
            }
        }
        Step::Pause => editor.pause(),
        Step::Do(command) => {
            editor.apply(*command, width);
            match *command {
                C::Move {
                    to: Motion::Left,
                    extend,
                } if extend || from == to => naive.go(naive.at.saturating_sub(1), extend),
                C::Move {
                    to: Motion::Left, ..
                } => naive.go(from, false),
                C::Move {
                    to: Motion::Right,
                    extend,
                } if extend || from == to => naive.go((naive.at + 1).min(last), extend),
                C::Move {
                    to: Motion::Right, ..
                } => naive.go(to, false),
                C::Move {
                    to: Motion::TextStart,
                    extend,
                } => naive.go(0, extend),
                C::Move {
                    to: Motion::TextEnd,
                    extend,
                } => naive.go(last, extend),
                C::Move { extend, .. } => {
                    let to = naive.index(editor.cursor()).expect("cursor is on a border");
                    naive.go(to, extend);
                }
                C::SelectAll => (naive.anchor, naive.at) = (Some(0), last),
                C::Backspace
                | C::Delete
                | C::DeleteWordBack
                | C::DeleteWordForward
                | C::DeleteToLineEnd
                    if from < to =>
                {
                    naive.splice(from, to, "");
                }
                C::Backspace if from > 0 => naive.splice(from - 1, from, ""),
                C::Delete if to < last => naive.splice(to, to + 1, ""),
                C::NewLine => naive.splice(from, to, "\n"),
                C::Copy if from < to => naive.clipboard = naive.clusters[from..to].concat(),
                C::Cut if from < to => {
                    naive.clipboard = naive.clusters[from..to].concat();
                    naive.splice(from, to, "");
                }
                C::Paste if !naive.clipboard.is_empty() && editor.text() != naive.text() => {
                    let text = naive.clipboard.clone();
                    naive.splice(from, to, &text);
                }
                C::DeleteWordBack
                | C::DeleteWordForward
                | C::DeleteToLineEnd
                | C::Undo
                | C::Redo
                | C::Paste => {
                    let anchor = editor.caret.anchor;
                    naive.rebuild(editor.text(), editor.cursor());
                    naive.anchor = anchor.map(|a| naive.index(a).expect("anchor is on a border"));
                }
                _ => {}
            }
        }
    }
}

fn consistent(editor: &Editor, width: u16, height: u16) -> Result<(), TestCaseError> {
    let borders: Vec<usize> = editor
        .text()
        .grapheme_indices(true)
        .map(|(i, _)| i)
        .chain([editor.text().len()])
        .collect();
    prop_assert!(borders.contains(&editor.cursor()));
    if let Some(range) = editor.selection() {
        prop_assert!(borders.contains(&range.start) && borders.contains(&range.end));
    }
    let view = editor.view(width, height);
    prop_assert!(view.rows.len() <= usize::from(height.max(1)));
    prop_assert!(view.cursor.0 < width.max(1), "{:?}", view.cursor);
    let row = &view.rows[usize::from(view.cursor.1)];
    prop_assert!(row.range.start <= editor.cursor() && editor.cursor() <= row.range.end);
    for row in &view.rows {
        prop_assert_eq!(&editor.text()[row.range.clone()], &row.text);
        prop_assert!(
            row.selection
                .as_ref()
                .is_none_or(|s| row.text.get(s.clone()).is_some())
        );
    }
    let fresh = Wrap::new(editor.text(), usize::from(width.saturating_sub(1).max(1)));
    prop_assert_eq!(view.total_rows, fresh.len());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn it_agrees_with_a_naive_editor(
        start in super::samples::text(),
        steps in prop::collection::vec(step(), 0..40),
        width in 0u16..30,
        height in 0u16..6,
    ) {
        let start = clean(&start);
        let mut editor = Editor::new(&start);
        let mut naive = Naive::default();
        naive.rebuild(&start, start.len());
        for step in &steps {
            both(&mut editor, &mut naive, step, width);
            prop_assert_eq!(editor.text(), naive.text(), "after {:?}", step);
            prop_assert_eq!(editor.cursor(), naive.byte(naive.at), "after {:?}", step);
            consistent(&editor, width, height)?;
        }
        while editor.apply(C::Redo, width).is_edit() {}
        let end = editor.text().to_owned();
        while editor.apply(C::Undo, width).is_edit() {}
        prop_assert_eq!(editor.text(), &start);
        consistent(&editor, width, height)?;
        while editor.apply(C::Redo, width).is_edit() {}
        prop_assert_eq!(editor.text(), &end);
        consistent(&editor, width, height)?;
    }

    #[test]
    fn no_text_and_no_command_panics(
        raw in any::<String>(),
        pasted in any::<String>(),
        needle in "\\PC{0,3}",
        steps in prop::collection::vec(step(), 0..12),
        at in any::<usize>(),
        (width, height) in (any::<u16>(), any::<u16>()),
    ) {
        let mut editor = Editor::over(raw);
        editor.set_cursor(at);
        editor.set_search(&needle);
        editor.insert(&pasted);
        for step in &steps {
            match step {
                Step::Type(text) => editor.insert(text),
                Step::Do(command) => editor.apply(*command, width),
                Step::Pause => editor.apply(C::FindNext, width),
            };
            consistent(&editor, width, height)?;
        }
    }

    #[test]
    fn every_cursor_has_a_place_and_every_row_its_text(text in super::samples::text(), width in 2u16..30) {
        let mut editor = Editor::over(text.clone());
        let all = editor.view(width, u16::MAX);
        let mut joined = String::new();
        for row in &all.rows {
            joined.extend(std::iter::repeat_n('\n', row.range.start - joined.len()));
            joined.push_str(&row.text);
        }
        prop_assert_eq!(joined, &text[..]);
        let mut seen = std::collections::BTreeSet::new();
        for (at, cluster) in text.grapheme_indices(true).chain([(text.len(), "")]) {
            editor.set_cursor(at);
            let view = editor.view(width, u16::MAX);
            let row = &view.rows[usize::from(view.cursor.1)];
            prop_assert!(row.range.contains(&at) || row.range.end == at);
            // Back from the place to the cursor: no two visible characters share one.
            let is_visible = columns(cluster) > 0 && cluster != "\n" && !is_blank(cluster);
            let fits = usize::from(width) > columns(cluster);
            prop_assert!(!is_visible || !fits || seen.insert(view.cursor), "{:?} at {at}", view.cursor);
        }
    }

    #[test]
    fn motions_end_where_repeating_them_ends(text in super::samples::text(), width in 2u16..30, at in any::<prop::sample::Index>()) {
        let mut editor = Editor::over(text.clone());
        editor.set_cursor(at.index(text.len() + 1));
        for to in [Motion::LineEnd, Motion::LineStart] {
            editor.apply(go(to), width);
            let row = editor.view(width, 9).first_row + usize::from(editor.view(width, 9).cursor.1);
            prop_assert_eq!(editor.apply(go(to), width), Outcome::Unchanged);
            let again = editor.view(width, 9).first_row + usize::from(editor.view(width, 9).cursor.1);
            prop_assert_eq!(row, again);
        }
        let rows = editor.view(width, 9).total_rows;
        for _ in 0..=rows { editor.apply(go(Motion::Up), width); }
        prop_assert_eq!(editor.cursor(), 0);
        for _ in 0..=rows { editor.apply(go(Motion::Down), width); }
        prop_assert_eq!(editor.cursor(), text.len());
    }
}

/// A loose bound that a debug build on a busy machine keeps; a release build is far below it.
#[test]
fn a_key_in_a_long_text_is_quick() {
    let line = "The patient is a 59-year-old woman with neck pain – it radiates to the left arm. ";
    for paragraph in [3, usize::MAX] {
        let mut text = String::new();
        for n in 1..=140_000 / line.len() {
            text.push_str(line);
            text.push_str(if n % paragraph == 0 { "\n" } else { "" });
        }
        let mut editor = Editor::new(&text);
        editor.set_cursor(text.len() / 2);
        editor.view(100, 40);
        let mut times: Vec<std::time::Duration> = (0..100)
            .map(|n| {
                let start = Instant::now();
                editor.insert(if n % 6 == 5 { " " } else { "x" });
                editor.view(100, 40);
                start.elapsed()
            })
            .collect();
        times.sort();
        println!(
            "{} bytes: key and view {:?} at the median, {:?} at most",
            text.len(),
            times[50],
            times[99]
        );
        assert!(times[50].as_millis() < 100, "{:?}", times[50]);
    }
}

/// What a later session goes on with: the saved text, and the trail after its way through the store.
fn reopened(editor: &Editor) -> Editor {
    let trail = serde_json::to_string(&editor.trail()).unwrap();
    Editor::with_trail(editor.text(), &serde_json::from_str(&trail).unwrap())
}

#[test]
fn c09_undo_goes_on_after_a_crash() {
    let mut editor = Editor::new("");
    type_in(&mut editor, "one two three");
    editor.apply(C::Undo, 20);
    let mut later = reopened(&editor);
    assert_eq!(later.text(), "one two ");
    assert!(later.apply(C::Redo, 20).is_edit());
    assert_eq!(shown(&later), "one two three|");
    later.apply(C::Undo, 20);
    later.apply(C::Undo, 20);
    assert_eq!(shown(&later), "one |");
}

#[test]
fn c09_a_trail_of_another_text_is_dropped() {
    let mut editor = Editor::new("");
    type_in(&mut editor, "one two");
    let mut later = Editor::with_trail("one xyz", &editor.trail());
    assert_eq!(later.apply(C::Undo, 20), Outcome::Unchanged);
    assert_eq!(later.text(), "one xyz");
    assert!(later.trail().is_empty());
}

#[test]
fn c09_the_trail_is_bounded_and_keeps_the_nearest_steps() {
    let mut editor = Editor::new("");
    for n in 0..4000 {
        editor.insert(&format!("word{n} of a long text "));
    }
    let trail = editor.trail();
    let stored = serde_json::to_string(&trail).unwrap();
    assert!(stored.len() < TRAIL_CAP + TRAIL_CAP / 4, "{}", stored.len());
    let before = editor.text().to_owned();
    let mut later = reopened(&editor);
    assert!(later.apply(C::Undo, 20).is_edit());
    assert_eq!(
        later.text(),
        before.strip_suffix("word3999 of a long text ").unwrap()
    );
    // One step larger than the room, and nothing before it could be taken back without it.
    editor.insert(&"x".repeat(TRAIL_CAP));
    assert!(editor.trail().is_empty());
}

#[test]
fn memory_for_undo_is_bounded() {
    let mut editor = Editor::new("");
    for _ in 0..20 {
        editor.insert(&"x".repeat(100_000));
    }
    let mut undone = 0;
    while editor.apply(C::Undo, 20).is_edit() {
        undone += 1;
    }
    assert!((1..=11).contains(&undone), "{undone}");
}

#[test]
fn another_text_comes_in_as_one_step() {
    let mut editor = at("The neck|, he said.");
    assert_eq!(editor.become_text("The neck, she said."), Outcome::Edited);
    assert_eq!(editor.trail().done.len(), 1);
    assert!(editor.trail().done[0].weight() < 60, "only what differs");
    editor.apply(C::Undo, 20);
    assert_eq!(shown(&editor), "The neck|, he said.");
    assert_eq!(editor.become_text("The neck, he said."), Outcome::Unchanged);
    editor.become_text("a\u{1b}[2Jb");
    assert_eq!(editor.text(), "a<U+001B>[2Jb");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 300, ..ProptestConfig::default() })]

    /// C-09: two sessions with a crash between them undo and redo as one session does.
    #[test]
    fn c09_a_crash_changes_nothing_for_undo(
        before in prop::collection::vec(step(), 0..25),
        after in prop::collection::vec(step(), 0..12),
        width in 2u16..30,
    ) {
        let mut whole = Editor::new("");
        let mut texts = std::collections::BTreeSet::from([String::new()]);
        let mut naive = Naive::default();
        for step in &before {
            both(&mut whole, &mut naive, step, width);
            texts.insert(whole.text().to_owned());
        }
        let mut later = reopened(&whole);
        later.set_cursor(whole.cursor());
        whole.set_cursor(whole.cursor());
        // The clipboard is of one session.
        later.clipboard = whole.clipboard.clone();
        for step in &after {
            for editor in [&mut whole, &mut later] {
                match step {
                    Step::Type(text) => { editor.insert(text); }
                    Step::Do(command) => { editor.apply(*command, width); }
                    Step::Pause => editor.pause(),
                }
            }
            prop_assert_eq!(whole.text(), later.text(), "after {:?}", step);
            texts.insert(whole.text().to_owned());
        }
        for command in [C::Undo, C::Redo, C::Undo] {
            loop {
                let (a, b) = (whole.apply(command, width), later.apply(command, width));
                prop_assert_eq!(a, b);
                prop_assert_eq!(shown(&whole), shown(&later));
                if !a.is_edit() {
                    break;
                }
            }
        }
        prop_assert_eq!(whole.text(), "");
    }

    /// C-09: whatever a damaged trail says, undo makes no panic and no text that is not clean UTF-8
    /// of its own steps; a step that does not fit ends it.
    #[test]
    fn c09_a_damaged_trail_panics_nowhere(
        text in super::samples::text(),
        steps in prop::collection::vec((any::<usize>(), super::samples::snippet(), super::samples::snippet(), any::<usize>()), 0..6),
    ) {
        let step = |(at, removed, inserted, cursor)| crate::model::trail::Step {
            at: at % 60, removed, inserted, cursor, anchor: Some(cursor / 2),
        };
        let done: Vec<_> = steps.into_iter().map(step).collect();
        let trail = Trail { undone: done.clone(), done };
        let mut editor = Editor::with_trail(&text, &trail);
        for command in [C::Undo, C::Redo, C::Undo, C::Undo, C::Redo] {
            editor.apply(command, 20);
            consistent(&editor, 20, 5)?;
        }
    }

    #[test]
    fn any_text_becomes_any_other_and_back(a in super::samples::text(), b in super::samples::text()) {
        let (a, b) = (clean(&a), clean(&b));
        let mut editor = Editor::new(&a);
        editor.become_text(&b);
        prop_assert_eq!(editor.text(), &b);
        consistent(&editor, 20, 5)?;
        editor.apply(C::Undo, 20);
        prop_assert_eq!(editor.text(), &a);
        consistent(&editor, 20, 5)?;
    }
}
