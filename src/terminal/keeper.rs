//! A second process that gives the terminal back when this one cannot any more: killed, out of
//! memory, out of stack.
//!
//! It is started once the first frame stands on the screen, and so costs nothing at start. It
//! sleeps on a pipe from us, in a session of its own: no key, stop or hang-up of the terminal's
//! jobs reaches it, and no signal to our process group. We tell it when the terminal is ours and
//! when we gave it back; the pipe's end tells it that we are gone, a
//! moment before the shell hears of it. A shell that is quicker all the same has its prompt on the
//! screen that is left; Enter brings it.

use super::modes::Modes;
use super::screen;
use super::writer::write_all;
use std::io::{self, BufRead, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The hidden command that runs [`keep`].
pub const COMMAND: &str = "__keeper";

/// A keeper that is no longer needed has this long to end before we do.
const PATIENCE: Duration = Duration::from_millis(100);

/// What is said where we could say nothing.
const SENTENCE: &str = "imr was ended from outside or failed, and the terminal is given back. \
The rationales are saved, but for at most a second of typing; start imr again to go on.\r\n";

/// Whose the terminal is, as the keeper is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Whose {
    /// Not ours: there is nothing to give back.
    #[default]
    Theirs = b't' as isize,
    /// Ours: if we end now, it has to be given back.
    Ours = b'o' as isize,
}

/// One for the process, for the one terminal it has: every way out comes past here, those of the
/// watchdog and of a panic included.
static KEEPER: Mutex<Keeper> = Mutex::new(Keeper {
    whose: Whose::Theirs,
    child: None,
});

struct Keeper {
    whose: Whose,
    child: Option<Child>,
}

fn lock() -> MutexGuard<'static, Keeper> {
    KEEPER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts it, on a thread of its own; where the system refuses, all goes on without.
/// `program` is one that runs [`keep`] when its first argument is [`COMMAND`], `modes` are those to
/// be restored.
pub(super) fn start(program: PathBuf, modes: Modes) {
    let thread = std::thread::Builder::new().name("keeper".to_owned());
    let _ = thread.spawn(move || {
        let mut command = Command::new(program);
        command.arg(COMMAND).stdin(Stdio::piped());
        let child = command.stderr(Stdio::null()).spawn();
        lock().take_on(child.ok(), modes);
    });
}

/// Tells it whose the terminal is from now on.
pub(super) fn tell(whose: Whose) {
    let mut keeper = lock();
    keeper.whose = whose;
    keeper.say(&[whose as u8]);
}

/// Lets it go, and waits until it is gone: who starts us leaves no process behind.
pub(super) fn dismiss() {
    let Some(mut child) = lock().child.take() else {
        return;
    };
    drop(child.stdin.take());
    let end = Instant::now() + PATIENCE;
    while matches!(child.try_wait(), Ok(None)) && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(1));
    }
}

impl Keeper {
    /// The terminal may have changed hands while it was started.
    fn take_on(&mut self, child: Option<Child>, modes: Modes) {
        self.child = child;
        self.say(format!("{modes}\n").as_bytes());
        self.say(&[self.whose as u8]);
    }

    /// A keeper that is gone hears nothing, and nobody is worse off.
    fn say(&mut self, bytes: &[u8]) {
        let pipe = self.child.as_mut().and_then(|child| child.stdin.as_mut());
        let _ = pipe.map(|pipe| pipe.write_all(bytes));
    }
}

/// The keeper's whole life: standard input is the pipe, standard output the terminal.
///
/// # Errors
/// The pipe cannot be read.
pub fn keep() -> io::Result<()> {
    // In its own session it may set the modes though it is in no group of the terminal's.
    let _ = rustix::process::setsid();
    let mut pipe = io::stdin().lock();
    let mut line = String::new();
    pipe.read_line(&mut line)?;
    let Ok(modes) = line.parse::<Modes>() else {
        return Ok(());
    };
    let mut last = Whose::Theirs as u8;
    for byte in pipe.bytes() {
        last = byte?;
    }
    if last == Whose::Ours as u8 {
        give_back(modes);
    }
    Ok(())
}

fn give_back(modes: Modes) {
    let terminal = rustix::stdio::stdout();
    modes.put_back(terminal);
    if Modes::now(terminal).is_some() && screen::close() {
        let _ = write_all(SENTENCE.as_bytes());
    }
}
