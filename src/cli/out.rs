//! Standard output and error: locked, clean of control characters, bold only on a terminal.

use crate::model::text::{clean, is_clean_char};
use serde::Serialize;
use std::io::{self, IsTerminal, Write};
use std::ops::Range;

/// Where results go. Nothing that came from a file reaches a terminal raw through it.
#[derive(Debug)]
pub struct Out {
    is_terminal: bool,
    has_colour: bool,
}

impl Default for Out {
    fn default() -> Self {
        Self::new()
    }
}

impl Out {
    /// Standard output as it stands.
    pub fn new() -> Self {
        let is_terminal = io::stdout().is_terminal();
        let is_plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty())
            || std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        Self {
            is_terminal,
            has_colour: is_terminal && !is_plain,
        }
    }

    /// Is a person reading at a terminal?
    pub fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    /// Columns to wrap text to: those of the terminal, at most 100; 80 in a pipe.
    pub fn columns(&self) -> usize {
        let size = self
            .is_terminal
            .then(|| rustix::termios::tcgetwinsize(io::stdout()).ok())
            .flatten();
        size.map_or(80, |size| usize::from(size.ws_col).clamp(40, 100))
    }

    /// One line, or several, with what a terminal could take for a command made visible.
    ///
    /// # Errors
    /// Standard output is closed or full.
    pub fn line(&self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(clean(text).as_bytes())?;
        out.write_all(b"\n")
    }

    /// Text that ends as it ends: a letter, a file.
    ///
    /// # Errors
    /// Standard output is closed or full.
    pub fn text(&self, text: &str) -> io::Result<()> {
        io::stdout().lock().write_all(clean(text).as_bytes())
    }

    /// Text written by this program alone, such as a completion script: byte for byte.
    ///
    /// # Errors
    /// Standard output is closed or full.
    pub fn raw(&self, bytes: &[u8]) -> io::Result<()> {
        io::stdout().lock().write_all(bytes)
    }

    /// A heading: bold on a terminal.
    ///
    /// # Errors
    /// Standard output is closed or full.
    pub fn heading(&self, text: &str) -> io::Result<()> {
        let whole = 0..text.len();
        self.marked(text, std::slice::from_ref(&whole))
    }

    /// A line with some of its letters marked: bold on a terminal, plain in a pipe.
    ///
    /// # Errors
    /// Standard output is closed or full.
    pub fn marked(&self, text: &str, marks: &[Range<usize>]) -> io::Result<()> {
        let mut pieces = Vec::new();
        let piece = |range: Range<usize>| text.get(range).unwrap_or_default().to_owned();
        let mut at = 0;
        for mark in marks {
            pieces.push((String::new(), piece(at..mark.start)));
            pieces.push(("1".to_owned(), piece(mark.clone())));
            at = mark.end;
        }
        pieces.push((String::new(), piece(at..text.len())));
        self.styled(&pieces)
    }

    /// A line of pieces, each with the codes it is painted with; plain where no colour is wanted.
    ///
    /// # Errors
    /// Standard output is closed or full.
    pub fn styled(&self, pieces: &[(String, String)]) -> io::Result<()> {
        let mut line = String::new();
        for (codes, text) in pieces {
            let text = clean(text);
            if codes.is_empty() || !self.has_colour {
                line.push_str(&text);
            } else {
                line.push_str(&format!("\x1b[{codes}m{text}\x1b[0m"));
            }
        }
        line.push('\n');
        self.raw(line.as_bytes())
    }

    /// One JSON document, indented.
    ///
    /// # Errors
    /// Standard output is closed or full.
    pub fn json(&self, value: &impl Serialize) -> anyhow::Result<()> {
        Ok(self.json_text(&serde_json::to_string_pretty(value)?)?)
    }

    /// One JSON document on one line.
    ///
    /// # Errors
    /// Standard output is closed or full.
    pub fn json_line(&self, value: &impl Serialize) -> anyhow::Result<()> {
        Ok(self.json_text(&serde_json::to_string(value)?)?)
    }

    fn json_text(&self, json: &str) -> io::Result<()> {
        self.raw(format!("{}\n", escape_json(json)).as_bytes())
    }
}

/// JSON escapes the ASCII controls alone; the other harmful characters, which can only stand
/// within its strings, are escaped here.
fn escape_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_clean_char(c) {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            out.push_str(&format!("\\u{unit:04x}"));
        }
    }
    out
}

/// A line for people on standard error. A closed standard error is nobody's loss.
pub fn note(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", clean(text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_stays_the_same_value_without_raw_controls() {
        let text = "a\u{1b}[2J\u{9b}\u{202e}\u{e0041}\u{7f}é";
        let json = escape_json(&serde_json::to_string(text).unwrap());
        assert!(json.chars().all(is_clean_char), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
