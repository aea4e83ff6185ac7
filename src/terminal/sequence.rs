//! One key out of the bytes a terminal sends: pure, over the start of a slice.

use crate::app::{Key, KeyCode};

/// What the slice starts with, and how many bytes of it that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parsed {
    /// A key press.
    Key(Key, usize),
    /// Bytes that mean nothing to us: answers nobody asked for, mouse reports, bad UTF-8.
    Nothing(usize),
    /// A bracketed paste begins.
    PasteStart(usize),
    /// The slice ends inside a sequence or character.
    Partial,
}

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;
/// `ESC [` and `ESC O` in one byte, as a terminal set to 8-bit controls sends them; neither can
/// start a character of UTF-8.
const EIGHT_BIT: [(u8, u8); 2] = [(0x9b, b'['), (0x8f, b'O')];
/// Longer than any sequence a key sends.
const LONGEST_SEQUENCE: usize = 64;
/// Longer than any answer a terminal sends unasked.
const LONGEST_STRING: usize = 4096;

/// Finals of `ESC [` and `ESC O`.
const FINALS: [(u8, KeyCode); 10] = [
    (b'A', KeyCode::Up),
    (b'B', KeyCode::Down),
    (b'C', KeyCode::Right),
    (b'D', KeyCode::Left),
    (b'F', KeyCode::End),
    (b'H', KeyCode::Home),
    (b'P', KeyCode::F(1)),
    (b'Q', KeyCode::F(2)),
    (b'R', KeyCode::F(3)),
    (b'S', KeyCode::F(4)),
];

/// Numbers of `ESC [ n ~`.
const NUMBERS: [(u32, KeyCode); 19] = [
    (1, KeyCode::Home),
    (3, KeyCode::Delete),
    (4, KeyCode::End),
    (5, KeyCode::PageUp),
    (6, KeyCode::PageDown),
    (7, KeyCode::Home),
    (8, KeyCode::End),
    (11, KeyCode::F(1)),
    (12, KeyCode::F(2)),
    (13, KeyCode::F(3)),
    (14, KeyCode::F(4)),
    (15, KeyCode::F(5)),
    (17, KeyCode::F(6)),
    (18, KeyCode::F(7)),
    (19, KeyCode::F(8)),
    (20, KeyCode::F(9)),
    (21, KeyCode::F(10)),
    (23, KeyCode::F(11)),
    (24, KeyCode::F(12)),
];

/// Reads the first key; `erase` is the byte the terminal's Backspace sends. `bytes` is not empty.
pub(super) fn parse(bytes: &[u8], erase: u8) -> Parsed {
    match bytes {
        [] | [ESC] => Parsed::Partial,
        [ESC, b'[', ..] => csi(bytes),
        [ESC, b'O', ..] => ss3(bytes),
        [ESC, ESC, ..] => Parsed::Key(Key::plain(KeyCode::Esc), 1),
        [ESC, kind, rest @ ..] if opens_string(*kind, rest) => string(bytes),
        [ESC, rest @ ..] => with_alt(plain(rest, erase)),
        [first, rest @ ..] => match EIGHT_BIT.iter().find(|(byte, _)| byte == first) {
            Some((_, kind)) => eight_bit(*kind, rest, erase),
            None => plain(bytes, erase),
        },
    }
}

/// The same sequence as in seven bits, which takes a byte more.
fn eight_bit(kind: u8, rest: &[u8], erase: u8) -> Parsed {
    if rest.is_empty() {
        return Parsed::Partial;
    }
    let head = rest.iter().take(LONGEST_SEQUENCE + 1).copied();
    let seven: Vec<u8> = [ESC, kind].into_iter().chain(head).collect();
    match parse(&seven, erase) {
        Parsed::Key(key, len) => Parsed::Key(key, len - 1),
        Parsed::Nothing(len) => Parsed::Nothing(len - 1),
        Parsed::PasteStart(len) => Parsed::PasteStart(len - 1),
        Parsed::Partial => Parsed::Partial,
    }
}

fn with_alt(parsed: Parsed) -> Parsed {
    match parsed {
        Parsed::Key(key, len) => Parsed::Key(Key { alt: true, ..key }, len + 1),
        Parsed::Nothing(len) => Parsed::Nothing(len + 1),
        other => other,
    }
}

fn plain(bytes: &[u8], erase: u8) -> Parsed {
    let Some(first) = bytes.first().copied() else {
        return Parsed::Partial;
    };
    if first == 0x7f || (first, erase) == (0x08, 0x08) {
        return Parsed::Key(Key::plain(KeyCode::Backspace), 1);
    }
    let held = |c: u8| Key {
        ctrl: true,
        ..Key::char(char::from(c))
    };
    match first {
        0 => Parsed::Key(held(b' '), 1),
        b'\r' => Parsed::Key(Key::plain(KeyCode::Enter), 1),
        b'\t' => Parsed::Key(Key::plain(KeyCode::Tab), 1),
        1..=26 => Parsed::Key(held(first - 1 + b'a'), 1),
        0x1c..=0x1f => Parsed::Key(held(first - 0x1c + b'4'), 1),
        _ => character(bytes),
    }
}

/// One character of UTF-8; a bad byte is dropped alone, never with good ones after it.
fn character(bytes: &[u8]) -> Parsed {
    let len = match bytes.first() {
        Some(0..=0x7f) => 1,
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        _ => return Parsed::Nothing(1),
    };
    let head = bytes.get(..len).unwrap_or(bytes);
    match std::str::from_utf8(head) {
        Ok(text) => match text.chars().next() {
            Some(c) if !c.is_control() => Parsed::Key(Key::char(c), len),
            _ => Parsed::Nothing(len),
        },
        Err(error) if error.error_len().is_none() => Parsed::Partial,
        Err(_) => Parsed::Nothing(1),
    }
}

fn ss3(bytes: &[u8]) -> Parsed {
    let Some(last) = bytes.get(2) else {
        return Parsed::Partial;
    };
    match of_final(*last) {
        Some(code) => Parsed::Key(Key::plain(code), 3),
        // Alt and O, with another key close behind.
        None => with_alt(Parsed::Key(Key::char('O'), 1)),
    }
}

fn csi(bytes: &[u8]) -> Parsed {
    match bytes.get(2..).unwrap_or_default() {
        // The Linux console's F1 to F5.
        [b'['] => return Parsed::Partial,
        [b'[', last @ b'A'..=b'E', ..] => {
            return Parsed::Key(Key::plain(KeyCode::F(last - b'A' + 1)), 4);
        }
        // An old mouse report: three more bytes.
        [b'M', rest @ ..] if rest.len() < 3 => return Parsed::Partial,
        [b'M', ..] => return Parsed::Nothing(6),
        _ => {}
    }
    let body = bytes.get(2..).unwrap_or_default();
    let Some(end) = body.iter().position(|b| !(0x20..=0x3f).contains(b)) else {
        let is_too_long = bytes.len() > LONGEST_SEQUENCE;
        return [Parsed::Partial, Parsed::Nothing(bytes.len())][usize::from(is_too_long)];
    };
    let (params, last) = (body.get(..end).unwrap_or_default(), body.get(end).copied());
    let len = end + 3;
    match last {
        // Cut off by another sequence or by text: that starts anew.
        Some(b) if !(0x40..=0x7e).contains(&b) => Parsed::Nothing(len - 1),
        Some(b'~') if params == b"200" => Parsed::PasteStart(len),
        Some(last) => match csi_key(params, last) {
            Some(key) => Parsed::Key(key, len),
            None => Parsed::Nothing(len),
        },
        None => Parsed::Partial,
    }
}

fn csi_key(params: &[u8], last: u8) -> Option<Key> {
    let text = std::str::from_utf8(params).ok()?;
    let number = |field: &str| field.split(':').next().unwrap_or_default().parse::<u32>();
    let numbers: Vec<u32> = text.split(';').map_while(|f| number(f).ok()).collect();
    let first = numbers.first().copied();
    let held = numbers.get(1).copied().unwrap_or(1);
    match last {
        b'Z' => Some(modified(KeyCode::Tab, 2)),
        b'~' if first == Some(27) => of_code(*numbers.get(2)?, held),
        b'~' => {
            let (_, code) = NUMBERS.iter().find(|(n, _)| Some(*n) == first)?;
            Some(modified(*code, held))
        }
        b'u' if !text.contains(":3") => of_code(first?, held),
        _ if text.is_empty() || first == Some(1) => Some(modified(of_final(last)?, held)),
        _ => None,
    }
}

/// A key told as its code point, as xterm and kitty can be set to do.
fn of_code(code: u32, held: u32) -> Option<Key> {
    let code = match char::from_u32(code)? {
        '\r' => KeyCode::Enter,
        '\t' => KeyCode::Tab,
        '\u{1b}' => KeyCode::Esc,
        '\u{7f}' | '\u{8}' => KeyCode::Backspace,
        c if c.is_control() => return None,
        c => KeyCode::Char(c),
    };
    Some(modified(code, held))
}

/// `held` is one more than the bits shift 1, alt 2, control 4.
fn modified(code: KeyCode, held: u32) -> Key {
    let bits = held.saturating_sub(1);
    let is_char = matches!(code, KeyCode::Char(_));
    Key {
        code,
        shift: bits & 1 != 0 && !is_char,
        alt: bits & 2 != 0,
        ctrl: bits & 4 != 0,
    }
}

fn of_final(last: u8) -> Option<KeyCode> {
    let (_, code) = FINALS.iter().find(|(b, _)| *b == last)?;
    Some(*code)
}

/// Does `ESC kind` open a string (OSC, DCS, APC, PM, SOS) rather than name Alt and a key? The
/// byte after it tells; a person does not type that fast.
fn opens_string(kind: u8, rest: &[u8]) -> bool {
    match (kind, rest.first()) {
        (b']', Some(next)) => next.is_ascii_digit(),
        (b'P', Some(next)) => next.is_ascii_digit() || b">!+$|".contains(next),
        (b'_' | b'^' | b'X', Some(next)) => next.is_ascii_graphic(),
        _ => false,
    }
}

fn string(bytes: &[u8]) -> Parsed {
    let body = bytes.get(2..).unwrap_or_default();
    let end = body
        .iter()
        .enumerate()
        .find_map(|(at, b)| match (*b, body.get(at + 1)) {
            (BEL, _) => Some(at + 1),
            (ESC, Some(b'\\')) => Some(at + 2),
            _ => None,
        });
    match end {
        Some(len) => Parsed::Nothing(len + 2),
        None if bytes.len() > LONGEST_STRING => Parsed::Nothing(bytes.len()),
        None => Parsed::Partial,
    }
}
