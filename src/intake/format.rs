//! What a file is, told from its content: PDF, letter text, TOML or JSON.

use super::{decision_table, letter};

/// Largest text file taken, in bytes.
pub const MAX_TEXT: usize = 8 << 20;

/// What was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A determination letter as PDF.
    Pdf,
    /// A determination letter as text.
    Letter,
    /// A case file.
    Toml,
    /// A case file, or several cases in one.
    Json,
    /// A line of a decision table.
    Table,
}

/// Why a file is none of these.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotRead {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Over the cap, in MiB.
    #[error("the text is larger than {0} MiB")]
    TooLarge(usize),
    /// Two bytes a letter.
    #[error("the text is UTF-16; save it as UTF-8")]
    Utf16,
    /// Zip, gzip and the like.
    #[error("the file is an archive; unpack it first")]
    Archive,
    /// Neither text nor PDF.
    #[error("the file is neither text nor PDF")]
    Binary,
    /// It has the headings of one.
    #[error("a decision table holds precedents, no case to decide: import it --as precedent")]
    Table,
    /// Text, but no marks of a letter or case file.
    #[error("not a determination letter (no section headings), and no TOML or JSON case file")]
    Unknown,
}

/// Is it a PDF? (Its mark may stand a little way in.)
pub fn is_pdf(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    head.windows(5).any(|w| w == b"%PDF-")
}

/// The text of a file that is not a PDF, and how many bytes of it were not UTF-8.
///
/// # Errors
/// It is not text, or too much of it.
pub fn decode(bytes: &[u8]) -> Result<(String, usize), NotRead> {
    decode_up_to(bytes, MAX_TEXT)
}

/// The same with another cap, in bytes.
///
/// # Errors
/// It is not text, or too much of it.
pub fn decode_up_to(bytes: &[u8], most: usize) -> Result<(String, usize), NotRead> {
    const ARCHIVES: [&[u8]; 6] = [
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"BZh",
        b"\xfd7zXZ",
        b"7z\xbc\xaf",
        b"\x28\xb5\x2f\xfd",
    ];
    if bytes.is_empty() {
        return Err(NotRead::Empty);
    }
    if bytes.len() > most {
        return Err(NotRead::TooLarge(most >> 20));
    }
    if ARCHIVES.iter().any(|mark| bytes.starts_with(mark)) {
        return Err(NotRead::Archive);
    }
    if is_utf16(bytes) {
        return Err(NotRead::Utf16);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = String::from_utf8_lossy(bytes);
    let bad = bytes
        .utf8_chunks()
        .filter(|c| !c.invalid().is_empty())
        .count();
    if bad * 20 > bytes.len() {
        return Err(NotRead::Binary);
    }
    Ok((text.into_owned(), bad))
}

/// By its mark, or by every other byte being zero.
fn is_utf16(bytes: &[u8]) -> bool {
    let marks: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];
    let head = bytes.get(..bytes.len().min(512)).unwrap_or_default();
    let zeros = head.iter().filter(|b| **b == 0).count();
    marks.iter().any(|mark| bytes.starts_with(mark)) || zeros * 5 > head.len() * 2
}

/// What the text is.
///
/// # Errors
/// None of the formats.
pub fn of_text(text: &str) -> Result<Format, NotRead> {
    let start = text.trim_start();
    if start.is_empty() {
        return Err(NotRead::Empty);
    }
    let is_list = start
        .strip_prefix('[')
        .is_some_and(|rest| rest.trim_start().starts_with(['{', ']']));
    if start.starts_with('{') || is_list {
        return Ok(Format::Json);
    }
    if opens_like_toml(text) {
        return Ok(Format::Toml);
    }
    if decision_table::is_heading(start.lines().next().unwrap_or_default()) {
        return Err(NotRead::Table);
    }
    if letter::is_letter(text) {
        return Ok(Format::Letter);
    }
    Err(NotRead::Unknown)
}

/// `key = ` or `[table]` on the first line that says anything.
pub(super) fn opens_like_toml(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    let Some(first) = lines.find(|l| !l.is_empty() && !l.starts_with('#')) else {
        return false;
    };
    let is_key = |key: &str| {
        let key = key.trim();
        let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '"');
        !key.is_empty() && key.chars().all(bare)
    };
    let table = first.strip_prefix('[').and_then(|l| l.strip_suffix(']'));
    table.is_some_and(|name| is_key(name.trim_matches(['[', ']'])))
        || first.split_once('=').is_some_and(|(key, _)| is_key(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn told_from_content() {
        assert_eq!(of_text("\n{\"items\": []}"), Ok(Format::Json));
        assert_eq!(of_text("[\n {}]"), Ok(Format::Json));
        assert_eq!(
            of_text("# a case\nnumber = \"CM14-0012345\"\n"),
            Ok(Format::Toml)
        );
        assert_eq!(of_text("[patient]\nage = 3"), Ok(Format::Toml));
        assert_eq!(
            of_text("x\n  CLINICAL CASE SUMMARY \ny"),
            Ok(Format::Letter)
        );
        assert_eq!(of_text("Dear all"), Err(NotRead::Unknown));
        assert!(is_pdf(b"\n%PDF-1.7\n"));
    }

    #[test]
    fn what_is_no_text() {
        assert_eq!(decode(b""), Err(NotRead::Empty));
        assert_eq!(decode(b"\xff\xfeh\0i\0"), Err(NotRead::Utf16));
        assert_eq!(decode(b"h\0i\0 \0t\0"), Err(NotRead::Utf16));
        assert_eq!(decode(b"PK\x03\x04 letter.txt"), Err(NotRead::Archive));
        assert_eq!(
            decode(&[0x90, 0xe0, 0xf1, 0x80].repeat(50)),
            Err(NotRead::Binary)
        );
        assert_eq!(decode(&vec![b'a'; MAX_TEXT + 1]), Err(NotRead::TooLarge(8)));
        let long = format!("{}\u{e9}", "a".repeat(60));
        let mut cut = long.into_bytes();
        cut.pop();
        assert_eq!(decode(&cut).unwrap().1, 1);
    }
}
