//! Threads that hear what the main loop must not miss: signals, and the terminal's hang-up.

use super::error::TerminalError;
use super::wake::Waker;
use super::watchdog;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

/// What they tell the main loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notice {
    /// Leave: this signal came.
    Leave(i32),
    /// The terminal is gone.
    Lost,
    /// Somebody asks us to stop (`kill -TSTP`).
    Stop,
    /// We were stopped, and go on.
    Continued,
    /// The size may have changed.
    Resized,
}

/// Does another program have the terminal?
static IS_LENT: AtomicBool = AtomicBool::new(false);

/// While the terminal is lent, what is typed to interrupt goes to who has it.
pub(super) fn lend(is_lent: bool) {
    IS_LENT.store(is_lent, Ordering::SeqCst);
}

/// Exit code of a process ended by a signal.
pub(super) fn exit_code(signal: i32) -> i32 {
    128 + signal
}

/// Starts both threads.
pub(super) fn listen(notices: Sender<Notice>, waker: Waker) -> Result<(), TerminalError> {
    let all = [SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];
    let signals = Signals::new(all).map_err(TerminalError::while_being("watched"))?;
    let (notices_too, waker_too) = (notices.clone(), waker.clone());
    start("signals", move || hear_signals(signals, &notices, &waker))?;
    start("hang-up", move || hear_hang_up(&notices_too, &waker_too))
}

fn start(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), TerminalError> {
    let thread = std::thread::Builder::new().name(name.to_owned());
    let started = thread.spawn(work).map(|_| ());
    started.map_err(TerminalError::while_being("watched"))
}

fn hear_signals(mut signals: Signals, notices: &Sender<Notice>, waker: &Waker) {
    while !signals.is_closed() {
        let batch: Vec<i32> = signals.wait().collect();
        let has_continued = batch.contains(&SIGCONT);
        for signal in batch {
            let notice = match signal {
                SIGWINCH => Notice::Resized,
                SIGCONT => Notice::Continued,
                // The stop before that `Continued`; signals of one batch come without order.
                SIGTSTP if has_continued => continue,
                SIGTSTP => Notice::Stop,
                SIGINT | SIGQUIT if IS_LENT.load(Ordering::SeqCst) => continue,
                _ => {
                    watchdog::arm(exit_code(signal));
                    Notice::Leave(signal)
                }
            };
            if notices.send(notice).is_err() {
                return;
            }
        }
        waker.wake();
    }
}

/// No signal comes when SIGHUP is ignored (nohup, sudo) or the terminal is not our controlling
/// one, and the main loop may be busy: this thread alone is always there to see it.
fn hear_hang_up(notices: &Sender<Notice>, waker: &Waker) {
    if wait_for_hang_up().is_ok() {
        watchdog::arm(exit_code(SIGHUP));
        let _ = notices.send(Notice::Lost);
        waker.wake();
    }
}

fn wait_for_hang_up() -> io::Result<()> {
    let input = rustix::stdio::stdin();
    loop {
        // No event is asked for: hang-up and error are always told.
        let mut fds = [PollFd::new(&input, PollFlags::empty())];
        match poll(&mut fds, None) {
            Ok(_) => return Ok(()),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}
