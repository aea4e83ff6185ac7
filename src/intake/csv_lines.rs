//! CSV, a record after the other: its cells, the line it starts on, and how it stands in the file.
//!
//! The `csv` crate reads; what it does not tell is kept on a tape beside it: the text of a record
//! as it stands, whether a record is longer than anybody writes one, and whether the file ends
//! within quotation marks.

use csv::{ByteRecord, Reader, ReaderBuilder};
use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{self, BufRead, Chain, Cursor, Read};

/// Longest record taken, line ends within quotation marks included (bytes).
pub(super) const MAX_RECORD: usize = 1 << 20;
/// What may part cells.
const APART: [u8; 3] = [b',', b';', b'\t'];
/// What the reader may have read ahead of the record it is at (bytes).
const AHEAD: usize = 8 << 10;
/// Read behind the end of the file: a record of its own, unless a quotation mark is still open.
const END: &[u8] = b"\nend";

/// A record.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Where it starts, from 1.
    pub(super) number: usize,
    /// Its cells, without their quotation marks.
    pub(super) cells: Vec<String>,
    /// As it stands, without the line end.
    pub(super) text: String,
}

/// Why there is no next record.
#[derive(Debug)]
pub(super) enum NoLine {
    /// What the system says.
    Unreadable(io::Error),
    /// Longer than [`MAX_RECORD`], or the file ends within quotation marks.
    TooLong,
}

/// The records of a file.
pub(super) struct Lines<R> {
    reader: Reader<Tape<Chain<Cursor<Vec<u8>>, R>>>,
    record: ByteRecord,
    /// The line the next record starts on, blank ones before it not counted; from 1.
    pub(super) line: usize,
}

/// The cells of one line.
pub(super) fn cells(line: &str) -> Option<Vec<String>> {
    let first = Lines::new(line.as_bytes())?.next_line().ok()??;
    Some(first.cells)
}

impl<R: BufRead> Lines<R> {
    /// What parts the cells is told by the first line; `None` where there is none, or it is too long.
    pub(super) fn new(mut lines: R) -> Option<Self> {
        let mut first = Vec::new();
        let most = u64::try_from(MAX_RECORD).unwrap_or(u64::MAX);
        Read::take(&mut lines, most)
            .read_until(b'\n', &mut first)
            .ok()?;
        if first.is_empty() || first.len() >= MAX_RECORD {
            return None;
        }
        if first.starts_with("\u{FEFF}".as_bytes()) {
            first.drain(.."\u{FEFF}".len());
        }
        let count = |apart: &u8| first.iter().filter(|byte| *byte == apart).count();
        let apart = APART.into_iter().max_by_key(count)?;
        let tape = Tape::over(Cursor::new(first).chain(lines));
        let reader = ReaderBuilder::new()
            .delimiter(apart)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(AHEAD)
            .from_reader(tape);
        Some(Self {
            reader,
            record: ByteRecord::new(),
            line: 1,
        })
    }

    /// The next record that is not blank; `None` at the end.
    ///
    /// # Errors
    /// The file cannot be read, or not as records.
    pub(super) fn next_line(&mut self) -> Result<Option<Line>, NoLine> {
        loop {
            match self.reader.read_byte_record(&mut self.record) {
                Ok(true) => {}
                Ok(false) => return Ok(None),
                Err(_) if self.reader.get_ref().is_full() => return Err(NoLine::TooLong),
                Err(error) => return Err(NoLine::Unreadable(error.into())),
            }
            let raw = self.reader.get_ref().cut(self.reader.position().byte());
            let blank = raw.bytes.iter().take_while(|b| b"\r\n".contains(b)).count();
            let (before, record) = raw.bytes.split_at(blank);
            if raw.beyond >= record.len() {
                return Ok(None);
            }
            self.line += line_ends(before);
            if record.len() > MAX_RECORD || raw.beyond > 1 {
                return Err(NoLine::TooLong);
            }
            let number = self.line;
            self.line += line_ends(record);
            let text = String::from_utf8_lossy(record);
            if !text.trim().is_empty() {
                let cells = self.record.iter().map(String::from_utf8_lossy);
                return Ok(Some(Line {
                    number,
                    cells: cells.map(Cow::into_owned).collect(),
                    text: text.trim_end_matches(['\n', '\r']).to_owned(),
                }));
            }
        }
    }
}

fn line_ends(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

/// Keeps what the reader has read and nobody has cut off yet.
struct Tape<R> {
    lines: R,
    kept: RefCell<Kept>,
}

#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    /// Where in the file they start.
    start: u64,
    /// Is [`END`] among them?
    is_over: bool,
}

/// A record as it stands.
struct Raw {
    bytes: Vec<u8>,
    /// So many of its last bytes are behind the end of the file.
    beyond: usize,
}

impl<R> Tape<R> {
    fn over(lines: R) -> Self {
        Self {
            lines,
            kept: RefCell::default(),
        }
    }

    /// More is kept than one record may have.
    fn is_full(&self) -> bool {
        self.kept.borrow().bytes.len() > MAX_RECORD + AHEAD
    }

    /// Cuts off what is before this byte of the file.
    fn cut(&self, end: u64) -> Raw {
        let mut kept = self.kept.borrow_mut();
        let len = usize::try_from(end - kept.start.min(end)).unwrap_or(usize::MAX);
        let len = len.min(kept.bytes.len());
        let bytes: Vec<u8> = kept.bytes.drain(..len).collect();
        kept.start = end;
        let left = kept.bytes.len();
        let beyond = match kept.is_over {
            true => END.len().saturating_sub(left).min(len),
            false => 0,
        };
        Raw { bytes, beyond }
    }
}

impl<R: Read> Read for Tape<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.is_full() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let mut count = self.lines.read(out)?;
        let kept = self.kept.get_mut();
        if count == 0 && !kept.is_over && out.len() >= END.len() {
            kept.is_over = true;
            let mut end = END;
            count = end.read(out)?;
        }
        kept.bytes.extend(out.iter().take(count));
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<(usize, String)>, bool) {
        let mut lines = Lines::new(text.as_bytes()).unwrap();
        let mut all = Vec::new();
        loop {
            match lines.next_line() {
                Ok(Some(line)) => all.push((line.number, line.text)),
                Ok(None) => return (all, true),
                Err(_) => return (all, false),
            }
        }
    }

    #[test]
    fn a_record_has_its_line_and_its_text() {
        let (all, is_whole) = read("a,b\r\n\r\n\"x\ny\",2\n  \n\n5,6");
        let all: Vec<(usize, &str)> = all.iter().map(|(n, text)| (*n, text.as_str())).collect();
        assert_eq!(all, [(1, "a,b"), (3, "\"x\ny\",2"), (7, "5,6")]);
        assert!(is_whole);
    }

    #[test]
    fn the_end_is_no_record_and_no_part_of_one() {
        for (text, count, is_whole) in [
            ("end", 1, true),
            ("a\nend\n", 2, true),
            ("a\n\"\"", 2, true),
            ("a\n\"", 1, false),
            ("a\n\"end\n", 1, false),
            ("a\n\"b\"\"", 1, false),
        ] {
            let (all, whole) = read(text);
            assert_eq!((all.len(), whole), (count, is_whole), "{text:?}");
        }
    }

    #[test]
    fn a_record_without_end_is_not_read_to_the_end_of_the_file() {
        let mut text = "a,b\n\"".to_owned();
        text.push_str(&"1234567\n".repeat(MAX_RECORD));
        let mut lines = Lines::new(text.as_bytes()).unwrap();
        assert!(lines.next_line().unwrap().is_some());
        assert!(matches!(lines.next_line(), Err(NoLine::TooLong)));
        assert!(lines.reader.get_ref().kept.borrow().bytes.len() < 2 * MAX_RECORD);
        assert_eq!(lines.line, 2);
    }
}
