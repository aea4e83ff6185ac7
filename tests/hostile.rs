//! Hostile input: whatever a file holds, reading it neither panics nor lets a control character
//! through.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests: a failure is a panic, and figures are printed"
)]

mod common;

use imr::intake::letter;
use imr::intake::pdf::{Extractor, PdfError, Reader};
use imr::intake::{Format, Found, Imported, collect, read, read_all, read_files};
use imr::model::case_json::CaseJson;
use imr::model::text::is_clean;
use imr::model::{Case, Citation};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Xorshift with a fixed seed: the same inputs in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % below.max(1)
    }
}

const INSERTS: [&[u8]; 16] = [
    b"\x1b[2J",
    b"\x1b]0;title\x07",
    b"\x1bP1$r\x1b\\",
    b"\x1b]52;c;QUJD\x07",
    b"\xc2\x9b31m",
    b"\x9b31m",
    b"\x00",
    b"\x00\x00\x00",
    "\u{202e}dlehpU".as_bytes(),
    "\u{2066}\u{2069}\u{200b}\u{feff}".as_bytes(),
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}".as_bytes(),
    b"\r",
    b"\x0c",
    "\u{e0041}\u{2028}".as_bytes(),
    b"\nFoo: Upheld\nClaims Administrator guideline: x\n",
    b"\nDecision rationale: Decision based on MTUS , and Knee Complaints 2004",
];

fn mutated(letter: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = letter.to_vec();
    match dice.roll(4) {
        0 => {
            for _ in 0..=dice.roll(20) {
                let at = dice.roll(bytes.len());
                bytes[at] ^= 1 << dice.roll(8);
            }
        }
        1 => {
            let cut = dice.roll(bytes.len());
            let end = cut + dice.roll(bytes.len() - cut);
            bytes.drain(cut..end);
        }
        _ => {
            for _ in 0..=dice.roll(6) {
                let at = dice.roll(bytes.len());
                let insert = INSERTS[dice.roll(INSERTS.len())];
                bytes.splice(at..at, insert.iter().copied());
            }
        }
    }
    bytes
}

/// One line of a megabyte somewhere in the letter.
fn with_long_line(letter: &[u8], dice: &mut Dice) -> Vec<u8> {
    const PIECES: [&str; 7] = [
        "a",
        "a, and Bb 2004",
        "MTUS ",
        "Decision based on ",
        "pain and the MRI was normal. ",
        "1/1/14 ",
        "- x (y, 3 pages) ",
    ];
    let piece = PIECES[dice.roll(PIECES.len())];
    let at = dice.roll(letter.len());
    let mut bytes = letter.to_vec();
    let line = piece.repeat((1 << 20) / piece.len());
    bytes.splice(at..at, line.bytes());
    bytes
}

fn texts(case: &Case) -> Vec<&str> {
    let mut texts = vec![case.id.as_str(), &case.summary];
    texts.extend(case.credentials.licensed_in.iter().map(String::as_str));
    texts.extend(case.credentials.certifications.iter().map(String::as_str));
    texts.extend(case.findings.iter().map(|f| f.text.as_str()));
    for record in &case.records {
        texts.extend([record.title.as_str(), &record.kind]);
        texts.extend(record.pages.iter().map(String::as_str));
    }
    for item in &case.items {
        texts.push(&item.request);
        texts.extend(item.ur.text.as_deref());
        texts.extend(item.ur.approved_part.as_deref());
        texts.extend(item.ur.citations.iter().flat_map(of_citation));
        if let Some(published) = &item.published {
            texts.extend([published.text.as_str(), &published.rationale]);
            texts.extend(published.citations.iter().flat_map(of_citation));
        }
    }
    texts
}

fn of_citation(citation: &Citation) -> impl Iterator<Item = &str> {
    [
        Some(citation.text.as_str()),
        citation.title.as_deref(),
        citation.section.as_deref(),
    ]
    .into_iter()
    .flatten()
}

fn check(imported: &Imported) {
    for text in texts(&imported.case) {
        assert!(is_clean(text), "{text:?}");
    }
    let json = serde_json::to_string(&CaseJson::of_case(&imported.case)).unwrap();
    assert!(!json.chars().any(char::is_control), "{json:?}");
    assert!(imported.notes.iter().all(|note| is_clean(note)));
}

fn try_letter(bytes: &[u8], pdf: &mut Extractor) {
    match read_all("a\u{1b}[2J.txt", bytes, pdf) {
        Ok(found) => found.iter().for_each(check),
        Err(error) => assert!(is_clean(&error.to_string()), "{error:?}"),
    }
}

fn letters(folder: &Path) -> Vec<Vec<u8>> {
    let files = common::files(folder, "txt");
    files
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

/// Every letter cut at each 997th byte, `each` mutations of it and `long` with a long line.
fn attack(letters: &[Vec<u8>], each: usize, long: usize) -> usize {
    let tried = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for thread in 0..2 {
            let tried = &tried;
            scope.spawn(move || {
                let mut pdf = Extractor::new(Reader::of("/bin/false"));
                let mut dice = Dice(0x9e37_79b9_7f4a_7c15 + thread);
                let mut attempt = |bytes: &[u8]| {
                    try_letter(bytes, &mut pdf);
                    tried.fetch_add(1, Ordering::Relaxed);
                };
                let own = letters
                    .iter()
                    .skip(usize::try_from(thread).unwrap())
                    .step_by(2);
                for (n, letter) in own.enumerate() {
                    for cut in (0..letter.len()).step_by(997) {
                        attempt(&letter[..cut]);
                    }
                    for _ in 0..each {
                        attempt(&mutated(letter, &mut dice));
                    }
                    if n < long {
                        attempt(&with_long_line(letter, &mut dice));
                    }
                }
            });
        }
    });
    tried.into_inner()
}

#[test]
fn own_letters_mutated() {
    let tried = attack(&letters(&common::own("letters")), 60, 3);
    assert!(tried > 1_000, "{tried}");
    println!("own letters: {tried} mutated inputs");
}

#[test]
fn real_letters_mutated() {
    let Some(data) = common::shared("real_letters_mutated") else {
        return;
    };
    let tried = attack(&letters(&data.join("determinations")), 46, 4);
    println!("real letters: {tried} mutated inputs");
    assert!(tried >= 5_000, "{tried}");
}

#[test]
fn a_homoglyph_is_no_decision() {
    let letter = std::fs::read_to_string(common::own("letters/02-no-age.txt")).unwrap();
    let forged = letter.replace(": Overturned", ": Ov\u{435}rturned");
    assert!(letter::read(&forged).is_err());
}

fn extractor() -> Extractor {
    Extractor::new(Reader::of(env!("CARGO_BIN_EXE_imr")))
}

/// A small PDF that draws `lines`, one below the other.
fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut drawn = String::from("BT /F1 10 Tf 12 TL 40 800 Td\n");
    for line in lines {
        let line = line
            .replace('\\', "")
            .replace('(', "\\(")
            .replace(')', "\\)");
        drawn.push_str(&format!("({line}) Tj T*\n"));
    }
    drawn.push_str("ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{drawn}\nendstream", drawn.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ];
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let start = out.len();
    out.push_str(&format!(
        "xref\n0 {}\n0000000000 65535 f \n",
        objects.len() + 1
    ));
    for place in places {
        out.push_str(&format!("{place:010} 00000 n \n"));
    }
    out.push_str(&format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    ));
    out.into_bytes()
}

#[test]
fn a_letter_from_pdf() {
    let text = std::fs::read_to_string(common::own("letters/02-no-age.txt")).unwrap();
    let lines: Vec<&str> = text.lines().map(|l| l.trim_end_matches('\u{c}')).collect();
    let found = read("x.pdf", &pdf(&lines), &mut extractor()).unwrap();
    let plain = read("x.txt", text.as_bytes(), &mut extractor()).unwrap();
    assert_eq!(found.format, Format::Pdf);
    assert_eq!(found.case.items, plain.case.items);
    assert_eq!(found.case.header, plain.case.header);
}

#[test]
fn bad_pdfs_cost_one_file_each() {
    let mut pdfs = extractor();
    let good = pdf(&["Some text"]);
    assert!(matches!(pdfs.pages(pdf(&[])), Err(PdfError::NoText)));
    assert!(matches!(
        pdfs.pages(b"%PDF-1.7 nothing".to_vec()),
        Err(PdfError::Unreadable(_))
    ));
    assert!(pdfs.pages(good.clone()).is_ok());
    let mut dice = Dice(77);
    for _ in 0..150 {
        let mut bytes = good.clone();
        for _ in 0..=dice.roll(8) {
            let at = dice.roll(bytes.len());
            bytes[at] = u8::try_from(dice.roll(256)).unwrap();
        }
        if let Err(error) = pdfs.pages(bytes) {
            assert!(is_clean(&error.to_string()));
        }
    }
    assert!(pdfs.pages(good).is_ok());
}

fn shell(script: &str) -> Reader {
    Reader {
        program: "/bin/sh".into(),
        arguments: vec!["-c".into(), script.into()],
        limit: Duration::from_millis(300),
    }
}

#[test]
fn a_reader_that_hangs_or_dies_is_replaced() {
    let good = pdf(&["Some text"]);
    for (script, is_time_out) in [
        ("sleep 60", true),
        ("exit 3", false),
        ("head -c 1 >/dev/null; kill -9 $$", false),
    ] {
        let mut pdfs = Extractor::new(shell(script));
        for _ in 0..2 {
            let error = pdfs.pages(good.clone()).unwrap_err();
            assert_eq!(
                matches!(error, PdfError::TimedOut(_)),
                is_time_out,
                "{script}: {error}"
            );
        }
    }
    let none = Extractor::new(Reader::of("/nonexistent")).pages(good);
    assert!(matches!(none, Err(PdfError::NotStarted(_))));
}

#[test]
fn real_scans_and_encrypted_files() {
    let Some(data) = common::shared("real_scans_and_encrypted_files") else {
        return;
    };
    let folder = data.join("determinations/scanned");
    let scans = common::files(&folder, "pdf");
    assert!(!scans.is_empty());
    let files: Vec<Found> = collect(&[folder]).files;
    let mut refused = 0;
    read_files(
        &files,
        &Reader::of(env!("CARGO_BIN_EXE_imr")),
        |_, result| {
            let message = result.map(|_| ()).unwrap_err().to_string();
            refused += usize::from(message.ends_with("no text layer (a scan)"));
            true
        },
    );
    assert_eq!(refused, scans.len());
}

#[test]
fn many_files_come_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let letter = std::fs::read(common::own("letters/02-no-age.txt")).unwrap();
    for n in 0..40 {
        let name = folder.path().join(format!("{n:02}"));
        std::fs::write(
            name,
            if n % 3 == 0 {
                b"no letter"
            } else {
                letter.as_slice()
            },
        )
        .unwrap();
    }
    let files = collect(&[PathBuf::from(folder.path())]).files;
    let mut seen = Vec::new();
    read_files(&files, &Reader::of("/nonexistent"), |n, result| {
        seen.push((n, result.is_ok()));
        true
    });
    let want: Vec<(usize, bool)> = (0..40).map(|n| (n, n % 3 != 0)).collect();
    assert_eq!(seen, want);
}
