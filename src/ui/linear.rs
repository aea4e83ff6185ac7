//! The screen in words, for a screen reader: what it is, what has the focus, then each region in
//! reading order under its label. Rows of a table are sentences (`Case: CM25-0200101. Items: 1.`), and
//! what is selected, chosen or decided is said. Pure; walked from the model, not read off the cells.

mod case;
mod over;
mod queue;

use crate::app::Model;
use crate::app::doc::Span;
use crate::app::field::Field;
use crate::app::hints::hints;
use crate::app::keymap::words;
use crate::app::lock::Door;
use crate::app::messages::Level;
use crate::model::text::fold;
use crate::settings::theme::Role;

/// Columns for text that is not to be broken: a screen reader breaks it.
const UNBROKEN: usize = 60_000;
/// Columns for all the hints there are.
const ALL_HINTS: usize = 2_000;

/// The screen, line by line.
pub fn lines(model: &Model) -> Vec<String> {
    let mut page = Page::default();
    if let Some(door) = model.lock.door() {
        locked(&mut page, model, door);
        return page.lines;
    }
    match (model.overlays.last(), &model.open) {
        (Some(overlay), _) => over::say(&mut page, model, overlay),
        (None, Some(open)) => case::say(&mut page, model, open),
        (None, None) => queue::say(&mut page, model),
    }
    foot(&mut page, model);
    page.lines
}

/// Nothing of any case, and no message: it may name one.
fn locked(page: &mut Page, model: &Model, door: &Door) {
    let typed = door.typed.len();
    let focus = format!("passphrase, a text field, {typed} characters typed");
    page.heading("imr, locked. The passphrase opens it again", &focus);
    if !door.said.is_empty() {
        page.line(&door.said);
    }
    page.gap();
    keys(page, model, 0);
}

/// What was said last, and what can be done.
fn foot(page: &mut Page, model: &Model) {
    page.gap();
    if let Some(message) = model.messages.current() {
        let level = match message.level {
            Level::Notice => "Message",
            Level::Problem => "Problem",
        };
        page.line(&format!("{level}: {}", message.text));
    }
    let typed = words(&model.pending);
    if !typed.is_empty() {
        page.line(&format!("Typed so far: {typed}. These keys may follow."));
    }
    // The first of them would say the same once more.
    keys(page, model, usize::from(!typed.is_empty()));
}

fn keys(page: &mut Page, model: &Model, skipped: usize) {
    let keys = hints(model, ALL_HINTS).into_iter().skip(skipped);
    let keys: Vec<String> = keys.map(|h| format!("{} {}", h.key, h.label)).collect();
    page.line(&format!("Keys: {}.", keys.join("; ")));
}

/// The lines so far.
#[derive(Default)]
struct Page {
    lines: Vec<String>,
}

impl Page {
    /// A line; what only draws (frames, bars, blocks, dots between facts) is left out.
    fn line(&mut self, text: &str) {
        let is_drawn = |c: char| ('\u{2500}'..='\u{259f}').contains(&c);
        let words = text.replace(" · ", ", ").replace(is_drawn, " ");
        self.lines.push(fold(&words));
    }

    fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    /// The screen's name and what it is about; then what has the focus.
    fn heading(&mut self, text: &str, focus: &str) {
        self.line(&sentence(text));
        self.line(&sentence(&format!("Focus: {focus}")));
    }

    /// A part of the screen.
    fn region(&mut self, label: &str) {
        self.gap();
        self.line(&format!("{label}:"));
    }

    /// A row of a table.
    fn row(&mut self, is_selected: bool, cells: &[(&str, &str)]) {
        let said = cells.iter().filter(|(_, value)| !value.is_empty());
        let cells = said.map(|(column, value)| sentence(&format!("{column}: {value}")));
        let lead = is_selected.then(|| "Selected.".to_owned());
        let parts: Vec<String> = lead.into_iter().chain(cells).collect();
        self.line(&parts.join(" "));
    }

    /// Text of several paragraphs.
    fn text(&mut self, text: &str) {
        let paragraphs = text.lines().filter(|line| !line.trim().is_empty());
        paragraphs.for_each(|line| self.line(line));
    }

    /// Lines of meaning, as the reading pages have them.
    fn page(&mut self, lines: &[Vec<Span>]) {
        let said = lines.iter().map(|line| said(line));
        said.filter(|line| !line.is_empty())
            .for_each(|line| self.line(&line));
    }
}

/// A line of meaning: a label gets a colon, and what is marked is said to be.
fn said(line: &[Span]) -> String {
    let mut out = String::new();
    let spans: Vec<&Span> = line.iter().filter(|s| !s.text.trim().is_empty()).collect();
    for (n, span) in spans.iter().enumerate() {
        let text = span.text.trim();
        // Keys that lead to nothing now are dim, and name a line all the same.
        let is_dim_name = n == 0 && spans.len() > 1 && span.role == Role::Dim;
        match span.role {
            Role::Dim if is_dim_name => out = format!("{text}:"),
            Role::Label | Role::Key if !text.ends_with(':') && text != "-" => {
                out = match out.is_empty() {
                    true => format!("{text}:"),
                    false => format!("{} {text}:", sentence(&out)),
                };
            }
            Role::Overdue | Role::Soon => out.push_str(&format!(" {},", left(text))),
            Role::Mark => out.push_str(&format!(" Marked: {text}")),
            _ => out.push_str(&format!(" {text}")),
        }
    }
    out.trim().to_owned()
}

/// Ends with a full stop.
fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '?', '!', ':']) || text.is_empty() {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// A field, what stands in it, and where its cursor is.
fn field(label: &str, field: &Field) -> String {
    if field.is_empty() {
        return format!("{label}, a text field, empty");
    }
    let text = field.text();
    let column = field.column() + 1;
    format!("{label}, a text field: \"{text}\", cursor at column {column}")
}

/// What is left of a clock, in whole words.
fn left(text: &str) -> String {
    let is_one = text.split(' ').next() == Some("1");
    let words = text.split(' ').map(|word| match (word, is_one) {
        ("d", true) => "day",
        ("d", false) => "days",
        ("h", true) => "hour",
        ("h", false) => "hours",
        (other, _) => other,
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::doc::span;

    #[test]
    fn labels_become_sentences() {
        let line = [
            span(Role::Label, "Injury           "),
            span(Role::Text, "10/08/2008"),
            span(Role::Label, "Priority   "),
            span(Role::Text, "standard"),
        ];
        assert_eq!(said(&line), "Injury: 10/08/2008. Priority: standard");
        assert_eq!(said(&[span(Role::Text, "  "), span(Role::Text, "a")]), "a");
    }

    #[test]
    fn nothing_drawn_is_read() {
        let mut page = Page::default();
        page.line("│ a ─── b · c ▸");
        assert_eq!(page.lines, ["a b, c ▸"]);
        page.row(true, &[("Due", "2 days"), ("Case", ""), ("Why", "No.")]);
        assert_eq!(page.lines[1], "Selected. Due: 2 days. Why: No.");
        assert_eq!(left("2 d overdue"), "2 days overdue");
        assert_eq!(left("1 h"), "1 hour");
    }
}
