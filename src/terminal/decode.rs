//! Bytes from the terminal to keys and pastes, whichever way they are cut into reads.

use super::sequence::{Parsed, parse};
use crate::app::{Key, KeyCode};
use memchr::memmem;
use std::time::Duration;

/// One thing the user did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Input {
    /// A key press.
    Key(Key),
    /// Pasted text, or a part of it.
    Paste(String),
}

/// After this an `Esc` stands for itself: long enough for the rest of an arrow key cut in two by
/// a slow line, short enough not to be felt.
const ESC_PATIENCE: Duration = Duration::from_millis(60);
/// After this a begun sequence or character is given up.
const SEQUENCE_PATIENCE: Duration = Duration::from_millis(300);
/// After this what came of a paste is handed on, so that it is saved as typed text is.
const PASTE_PATIENCE: Duration = Duration::from_millis(300);
/// After this a paste without an end is over (reliability T-16: else every later key is lost).
const PASTE_END: Duration = Duration::from_secs(5);
/// More of one paste is not kept; `update` has its own, smaller cap and says so to the user.
const PASTE_CAP: usize = 4 << 20;
const PASTE_START: &[u8] = b"\x1b[200~";
const PASTE_STOP: &[u8] = b"\x1b[201~";

/// Decoder of one terminal's input.
#[derive(Debug)]
pub(super) struct Decoder {
    erase: u8,
    held: Vec<u8>,
    paste: Option<Vec<u8>>,
}

impl Decoder {
    /// `erase` is the byte the terminal's Backspace sends.
    pub(super) fn new(erase: u8) -> Self {
        Self {
            erase,
            held: Vec::new(),
            paste: None,
        }
    }

    /// Takes what was read.
    pub(super) fn feed(&mut self, bytes: &[u8], out: &mut Vec<Input>) {
        self.held.extend_from_slice(bytes);
        let held = std::mem::take(&mut self.held);
        let mut rest = held.as_slice();
        while let Some(taken) = self.step(rest, out) {
            rest = rest.get(taken..).unwrap_or_default();
        }
        self.held = rest.to_vec();
    }

    /// How long after the last byte to wait before [`Self::expire`]; `None` when nothing is held.
    pub(super) fn patience(&self) -> Option<Duration> {
        match (&self.paste, self.held.as_slice()) {
            (Some(text), _) if !text.is_empty() => Some(PASTE_PATIENCE),
            (Some(_), _) => Some(PASTE_END),
            (None, []) => None,
            (None, [0x1b]) => Some(ESC_PATIENCE),
            (None, _) => Some(SEQUENCE_PATIENCE),
        }
    }

    /// Nothing more came in time: settles what is held.
    pub(super) fn expire(&mut self, out: &mut Vec<Input>) {
        if let Some(text) = &mut self.paste {
            let text = std::mem::take(text);
            if text.is_empty() {
                self.paste = None;
            } else {
                out.push(pasted(&text));
            }
            return;
        }
        match std::mem::take(&mut self.held).as_slice() {
            [0x1b] => out.push(Input::Key(Key::plain(KeyCode::Esc))),
            [0x1b, c] if c.is_ascii_graphic() => out.push(Input::Key(Key {
                alt: true,
                ..Key::char(char::from(*c))
            })),
            _ => {}
        }
    }

    /// The terminal is gone: hands on what came of an unfinished paste.
    pub(super) fn finish(&mut self, out: &mut Vec<Input>) {
        if let Some(text) = self.paste.take().filter(|text| !text.is_empty()) {
            out.push(pasted(&text));
        }
    }

    /// One step over what is held; `None` when it must wait for more.
    fn step(&mut self, rest: &[u8], out: &mut Vec<Input>) -> Option<usize> {
        if rest.is_empty() {
            return None;
        }
        if self.paste.is_some() {
            return self.paste_step(rest, out);
        }
        match parse(rest, self.erase) {
            Parsed::Key(key, taken) => {
                out.push(Input::Key(key));
                Some(taken)
            }
            Parsed::Nothing(taken) => Some(taken),
            Parsed::PasteStart(taken) => {
                self.paste = Some(Vec::new());
                Some(taken)
            }
            Parsed::Partial => None,
        }
    }

    fn paste_step(&mut self, rest: &[u8], out: &mut Vec<Input>) -> Option<usize> {
        let text = self.paste.get_or_insert_default();
        let end = paste_end(rest);
        let taken = end.unwrap_or_else(|| rest.len() - cut_stop(rest));
        let room = PASTE_CAP.saturating_sub(text.len()).min(taken);
        text.extend_from_slice(rest.get(..room).unwrap_or_default());
        if end.is_none() {
            return (taken > 0).then_some(taken);
        }
        out.push(pasted(text));
        self.paste = None;
        Some(taken + PASTE_STOP.len())
    }
}

/// Where the paste ends. Of two ends without a start in between the first stands in what was copied,
/// put there so that the rest of it would be taken for keys: it is text like the rest.
fn paste_end(rest: &[u8]) -> Option<usize> {
    let end = memmem::find(rest, PASTE_STOP)?;
    let behind = rest.get(end + PASTE_STOP.len()..).unwrap_or_default();
    let next = memmem::find(behind, PASTE_START).unwrap_or(behind.len());
    let own = behind.get(..next).unwrap_or_default();
    let last = memmem::rfind(own, PASTE_STOP).map(|at| PASTE_STOP.len() + at);
    Some(end + last.unwrap_or_default())
}

fn pasted(text: &[u8]) -> Input {
    Input::Paste(String::from_utf8_lossy(text).into_owned())
}

/// How many bytes at the end may be the start of the paste's end.
fn cut_stop(rest: &[u8]) -> usize {
    (1..PASTE_STOP.len())
        .rev()
        .find(|len| PASTE_STOP.get(..*len).is_some_and(|s| rest.ends_with(s)))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(reads: &[&[u8]]) -> Vec<Input> {
        let mut decoder = Decoder::new(0x7f);
        let mut out = Vec::new();
        for read in reads {
            decoder.feed(read, &mut out);
        }
        while decoder.patience().is_some() {
            decoder.expire(&mut out);
        }
        out
    }

    fn names(bytes: &[u8]) -> String {
        let name = |input: &Input| match input {
            Input::Key(key) => key.to_string(),
            Input::Paste(text) => format!("paste({text})"),
        };
        let names: Vec<String> = all(&[bytes]).iter().map(name).collect();
        names.join(" ")
    }

    #[test]
    fn keys_by_what_terminals_send() {
        for (bytes, expected) in [
            (&b"aZ9"[..], "a Z 9"),
            (
                b"\r\t\x7f\x1a\x07\x00",
                "enter tab backspace ctrl-z ctrl-g ctrl-space",
            ),
            (
                b"\x1b[A\x1bOB\x1b[1;5C\x1b[1;2D",
                "up down ctrl-right shift-left",
            ),
            (
                b"\x1b[H\x1b[4~\x1b[5~\x1b[6;3~",
                "home end pageup alt-pagedown",
            ),
            (
                b"\x1b[Z\x1b[15~\x1bOP\x1b[[C\x1b[24~",
                "shift-tab f5 f1 f3 f12",
            ),
            (b"\x1bx\x1b\r\x1b", "alt-x alt-enter esc"),
            (b"\x1b\x1b[A", "esc up"),
            ("é字".as_bytes(), "é 字"),
            // The bad byte goes alone: `(B` after it stays.
            (b"\xc3(B\xff!", "( B !"),
            // Answers and reports that nobody asked for.
            (
                b"\x1b[?1;2c\x1b[12;3R\x1b]11;rgb:0/0/0\x07\x1bP1$r\x1b\\x",
                "x",
            ),
            (b"\x1b[M !!\x1b[<0;3;4M\x1b[I\x1b[Oq", "q"),
            (b"\x1b[200~a\x1b[A\n\x1b[201~b", "paste(a\u{1b}[A\n) b"),
            // An end that stands in the text, and two pastes one after the other.
            (b"\x1b[200~a\x1b[201~q\x1b[201~b", "paste(a\u{1b}[201~q) b"),
            (
                b"\x1b[200~a\x1b[201~b\x1b[200~c\x1b[201~",
                "paste(a) b paste(c)",
            ),
            (
                b"\x9bA\x8fP\x9b1;5C\x9b200~a\x1b[201~",
                "up f1 ctrl-right paste(a)",
            ),
            (b"\x1b[27;5;13~\x1b[97;5u", "ctrl-enter ctrl-a"),
            (b"\x1b[", "alt-["),
            (b"\x1b[1;", ""),
        ] {
            assert_eq!(names(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn backspace_is_what_the_terminal_says() {
        let mut out = Vec::new();
        Decoder::new(8).feed(b"\x08", &mut out);
        Decoder::new(0x7f).feed(b"\x08", &mut out);
        let keys = ["backspace", "ctrl-h"].map(|k| Input::Key(k.parse().unwrap()));
        assert_eq!(out, keys);
    }

    #[test]
    fn a_paste_without_an_end_is_not_for_ever() {
        let mut decoder = Decoder::new(0x7f);
        let mut out = Vec::new();
        decoder.feed(b"\x1b[200~half", &mut out);
        assert!(out.is_empty());
        assert_eq!(decoder.patience(), Some(PASTE_PATIENCE));
        decoder.expire(&mut out);
        assert_eq!(decoder.patience(), Some(PASTE_END));
        decoder.expire(&mut out);
        decoder.feed(b"q", &mut out);
        let q = Input::Key(Key::char('q'));
        assert_eq!(out, [Input::Paste("half".into()), q]);
    }

    #[test]
    fn a_huge_paste_is_capped_in_linear_time() {
        let mut decoder = Decoder::new(0x7f);
        let mut out = Vec::new();
        decoder.feed(b"\x1b[200~", &mut out);
        for _ in 0..2_000 {
            decoder.feed(&[b'x'; 4096], &mut out);
        }
        decoder.feed(b"\x1b[201~", &mut out);
        assert!(matches!(out.as_slice(), [Input::Paste(t)] if t.len() == PASTE_CAP));
    }

    proptest! {
        #[test]
        fn cuts_between_reads_change_nothing(
            bytes in proptest::collection::vec(
                prop_oneof![Just(0x1b_u8), Just(b'['), Just(b'O'), Just(b'2'), Just(b'0'),
                    Just(b'~'), Just(b';'), Just(b'A'), any::<u8>()], 0..60),
            cut in 0_usize..60,
        ) {
            let cut = cut.min(bytes.len());
            let (a, b) = bytes.split_at(cut);
            // A cut within a string's opening may turn Alt and a letter into it; both are right.
            prop_assume!(!bytes.windows(2).any(|w| w[0] == 0x1b && b"]P_^X".contains(&w[1])));
            prop_assert_eq!(all(&[a, b]), all(&[&bytes]));
        }
    }
}
