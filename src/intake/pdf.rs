//! PDF -> text of its pages, in a child process.
//!
//! PDF readers panic, loop and eat memory on odd files. So the reading is done in a child of our
//! own binary with limits on memory and time: a bad file costs that file. One child takes many
//! files, because starting a process for each would cost more than the reading.
//!
//! The wire, both ways little-endian: a file is its length (u64) and its bytes; an answer is a
//! status byte, then for [`GOOD`] the number of pages (u32) and each page as length (u32) and
//! UTF-8 bytes, for [`BAD`] one such text, the reason.

use super::pdf_lines::SizedLines;
use std::ffi::OsString;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// The hidden word on the command line that makes the binary a child reader.
pub const CHILD_WORD: &str = "__extract";
/// With this the child tells type sizes.
pub const SIZES_WORD: &str = "--sizes";
/// Largest PDF taken, in bytes.
pub const MAX_BYTES: usize = 64 << 20;
/// Largest text taken from one PDF, in bytes.
const MAX_TEXT: usize = 32 << 20;
/// Longest time for one file.
const MAX_TIME: Duration = Duration::from_secs(30);
/// Address space of a child, in bytes.
const MAX_MEMORY: u64 = 1 << 30;
/// A child is replaced after so many files, so that what a library leaks stays small.
const FILES_PER_CHILD: u32 = 256;
/// Processor seconds of a child in its whole life: the last net under [`MAX_TIME`].
const MAX_CPU_SECONDS: u64 = 30 * 60;

const GOOD: u8 = 0;
const BAD: u8 = 1;

/// Why a PDF gave no text.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// Over the cap.
    #[error("the PDF is larger than 64 MiB")]
    TooLarge,
    /// The reader said no; its reason.
    #[error("the PDF cannot be read: {0}")]
    Unreadable(String),
    /// The child ended: a crash, or out of memory.
    #[error("the PDF reader stopped on this file (damaged, or it needs more than 1 GiB of memory)")]
    Crashed,
    /// The child was ended by us.
    #[error("the PDF reader was stopped after {0} seconds on this file")]
    TimedOut(u64),
    /// Nothing but pictures.
    #[error("no text layer (a scan)")]
    NoText,
    /// No child could be started.
    #[error("the PDF reader could not be started: {0}")]
    NotStarted(#[source] io::Error),
}

/// How children are started and when they are stopped.
#[derive(Debug, Clone)]
pub struct Reader {
    /// Program to run.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// Time for one file.
    pub limit: Duration,
}

impl Reader {
    /// A reader that runs `program __extract`.
    pub fn of(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            arguments: vec![CHILD_WORD.into()],
            limit: MAX_TIME,
        }
    }

    /// The same reader, telling the type size of each line before it: `110<TAB>text`, in tenths
    /// of a point.
    #[must_use]
    pub fn with_sizes(mut self) -> Self {
        self.arguments.push(SIZES_WORD.into());
        self
    }

    /// Our own binary.
    ///
    /// # Errors
    /// The system does not say where the running program lies.
    pub fn own() -> Result<Self, PdfError> {
        std::env::current_exe()
            .map(Self::of)
            .map_err(PdfError::NotStarted)
    }
}

type Answer = io::Result<Result<Vec<String>, String>>;

struct Running {
    child: Child,
    files: Sender<Vec<u8>>,
    answers: Receiver<Answer>,
    taken: u32,
}

/// Reads PDFs one after another through one child at a time.
pub struct Extractor {
    reader: Reader,
    running: Option<Running>,
}

impl Extractor {
    /// No child runs until the first PDF comes.
    pub fn new(reader: Reader) -> Self {
        Self {
            reader,
            running: None,
        }
    }

    /// The text of every page.
    ///
    /// # Errors
    /// See [`PdfError`]; each of them concerns this file only, the next one finds a fresh child.
    pub fn pages(&mut self, bytes: Vec<u8>) -> Result<Vec<String>, PdfError> {
        if bytes.len() > MAX_BYTES {
            return Err(PdfError::TooLarge);
        }
        let mut running = match self.running.take() {
            Some(running) if running.taken < FILES_PER_CHILD => running,
            _ => start(&self.reader).map_err(PdfError::NotStarted)?,
        };
        running.taken += 1;
        if running.files.send(bytes).is_err() {
            return Err(PdfError::Crashed);
        }
        match running.answers.recv_timeout(self.reader.limit) {
            Ok(Ok(answer)) => {
                self.running = Some(running);
                with_text(answer.map_err(PdfError::Unreadable)?)
            }
            Err(RecvTimeoutError::Timeout) => Err(PdfError::TimedOut(self.reader.limit.as_secs())),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(PdfError::Crashed),
        }
    }
}

fn with_text(pages: Vec<String>) -> Result<Vec<String>, PdfError> {
    let has_text = |page: &String| page.chars().any(char::is_alphanumeric);
    if pages.iter().any(has_text) {
        Ok(pages)
    } else {
        Err(PdfError::NoText)
    }
}

/// A child that is let go is ended: after a time-out it would run on, and it holds no state.
impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start(reader: &Reader) -> io::Result<Running> {
    let mut child = Command::new(&reader.program)
        .args(&reader.arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(io::Error::other("no pipe to the child"));
    };
    let (files, to_send) = channel();
    let (answered, answers) = channel();
    std::thread::Builder::new()
        .name("pdf".to_owned())
        .spawn(move || converse(&to_send, input, BufReader::new(output), &answered))?;
    Ok(Running {
        child,
        files,
        answers,
        taken: 0,
    })
}

/// Runs on its own thread, so that the caller can give up waiting.
fn converse(
    files: &Receiver<Vec<u8>>,
    mut input: ChildStdin,
    mut output: impl Read,
    answers: &Sender<Answer>,
) {
    for file in files {
        let answer = send(&mut input, &file).and_then(|()| receive(&mut output));
        let is_broken = answer.is_err();
        if answers.send(answer).is_err() || is_broken {
            return;
        }
    }
}

fn send(input: &mut impl Write, file: &[u8]) -> io::Result<()> {
    input.write_all(&(file.len() as u64).to_le_bytes())?;
    input.write_all(file)?;
    input.flush()
}

fn receive(output: &mut impl Read) -> Answer {
    let mut status = [0];
    output.read_exact(&mut status)?;
    if status != [GOOD] {
        return Ok(Err(read_text(output)?));
    }
    let count = read_u32(output)?;
    (0..count)
        .map(|_| read_text(output))
        .collect::<io::Result<Vec<_>>>()
        .map(Ok)
}

fn read_u32(input: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0; 4];
    input.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

fn read_text(input: &mut impl Read) -> io::Result<String> {
    let len = u64::from(read_u32(input)?);
    if len > MAX_TEXT as u64 {
        return Err(io::Error::other("a page larger than the cap"));
    }
    let mut bytes = Vec::new();
    input.take(len).read_to_end(&mut bytes)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// The child: answers files from standard input until it is closed.
///
/// # Errors
/// The pipes broke or the limits could not be set: nothing is read without limits.
pub fn serve(with_sizes: bool) -> io::Result<()> {
    let wire = rustix::io::dup(rustix::stdio::stdout())?;
    silence()?;
    limit()?;
    let mut output = BufWriter::new(std::fs::File::from(wire));
    let mut input = BufReader::new(io::stdin().lock());
    loop {
        let mut len = [0; 8];
        match input.read_exact(&mut len) {
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            other => other?,
        }
        let len = u64::from_le_bytes(len);
        if len > MAX_BYTES as u64 {
            return Err(io::Error::other("a file larger than the cap"));
        }
        let mut file = Vec::new();
        (&mut input).take(len).read_to_end(&mut file)?;
        answer(&mut output, &extract(&file, with_sizes))?;
        output.flush()?;
    }
}

/// Libraries print; neither the wire nor the user's terminal is the place for it.
fn silence() -> io::Result<()> {
    let nothing = std::fs::OpenOptions::new().write(true).open("/dev/null")?;
    rustix::stdio::dup2_stdout(&nothing)?;
    rustix::stdio::dup2_stderr(&nothing)?;
    Ok(())
}

fn limit() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limits = [
        (Resource::As, MAX_MEMORY),
        (Resource::Cpu, MAX_CPU_SECONDS),
        (Resource::Core, 0),
        (Resource::Fsize, 0),
    ];
    for (resource, most) in limits {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, limit)?;
    }
    Ok(())
}

fn answer(output: &mut impl Write, result: &Result<Vec<String>, String>) -> io::Result<()> {
    match result {
        Ok(pages) => {
            output.write_all(&[GOOD])?;
            write_u32(output, pages.len())?;
            pages.iter().try_for_each(|page| write_text(output, page))
        }
        Err(reason) => {
            output.write_all(&[BAD])?;
            write_text(output, reason)
        }
    }
}

fn write_u32(output: &mut impl Write, value: usize) -> io::Result<()> {
    let value = u32::try_from(value).map_err(io::Error::other)?;
    output.write_all(&value.to_le_bytes())
}

fn write_text(output: &mut impl Write, text: &str) -> io::Result<()> {
    write_u32(output, text.len())?;
    output.write_all(text.as_bytes())
}

/// Page by page, so that a page which cannot be read is an error and not the silent end of text.
fn extract(file: &[u8], with_sizes: bool) -> Result<Vec<String>, String> {
    let mut document = pdf_extract::Document::load_mem(file).map_err(|e| reason(&e))?;
    if document.is_encrypted() {
        document
            .decrypt("")
            .map_err(|_| "it is locked with a password".to_owned())?;
    }
    let numbers: Vec<u32> = document.get_pages().into_keys().collect();
    let mut size = 0;
    let mut pages = Vec::with_capacity(numbers.len());
    for number in numbers {
        let page = page_text(&document, number, with_sizes)?;
        size += page.len();
        if size > MAX_TEXT {
            return Err("its text is larger than 32 MiB".to_owned());
        }
        pages.push(page);
    }
    Ok(pages)
}

fn page_text(
    document: &pdf_extract::Document,
    number: u32,
    with_sizes: bool,
) -> Result<String, String> {
    if with_sizes {
        return sized_text(document, number);
    }
    let mut text = String::new();
    let mut output = pdf_extract::PlainTextOutput::new(&mut text);
    pdf_extract::output_doc_page(document, &mut output, number)
        .map_err(|e| format!("page {number}: {}", reason(&e)))?;
    Ok(text)
}

fn sized_text(document: &pdf_extract::Document, number: u32) -> Result<String, String> {
    let mut lines = SizedLines::default();
    pdf_extract::output_doc_page(document, &mut lines, number)
        .map_err(|e| format!("page {number}: {}", reason(&e)))?;
    Ok(lines.text())
}

/// The first line of a library's error, cleaned and short: it may quote bytes of the file.
fn reason(error: &dyn std::fmt::Display) -> String {
    let line = crate::model::text::clean_line(&error.to_string());
    line.chars().take(120).collect()
}
