//! One write(2) a frame. What the terminal does not take at once is left to a thread that waits
//! for it, and nobody else does.

use super::wake::Waker;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use std::io;
use std::os::fd::OwnedFd;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Writes frames, one at a time.
#[derive(Debug)]
pub(super) struct Writer {
    /// The terminal, opened once more so as not to block; `None` where that is not possible, and
    /// the thread writes everything.
    direct: Option<OwnedFd>,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    slot: Mutex<Slot>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Slot {
    frame: Option<Vec<u8>>,
    is_writing: bool,
    is_awaited: bool,
    is_lost: bool,
    is_closed: bool,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Slot> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(waker: Waker) -> io::Result<Self> {
        let shared = Arc::<Shared>::default();
        let theirs = Arc::clone(&shared);
        std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || write_frames(&theirs, &waker))?;
        let direct = open_again();
        Ok(Self { direct, shared })
    }

    /// Has the terminal taken everything? If not, the waker is woken when it has.
    pub(super) fn is_ready(&self) -> bool {
        let mut slot = self.shared.lock();
        slot.is_awaited = slot.frame.is_some() || slot.is_writing;
        !slot.is_awaited
    }

    /// Did a write say that the terminal is gone?
    pub(super) fn is_lost(&self) -> bool {
        self.shared.lock().is_lost
    }

    /// Writes a frame, or hands over what the terminal does not take yet; call only when ready.
    pub(super) fn submit(&self, mut frame: Vec<u8>) {
        // An error is left to the thread, which comes across it too.
        let direct = self.direct.as_ref();
        let taken = direct.and_then(|out| rustix::io::write(out, &frame).ok());
        frame.drain(..taken.unwrap_or_default());
        if frame.is_empty() {
            return;
        }
        self.shared.lock().frame = Some(frame);
        self.shared.changed.notify_all();
    }

    /// Waits until idle; was it, in time?
    pub(super) fn settle(&self, patience: Duration) -> bool {
        let end = Instant::now() + patience;
        let mut slot = self.shared.lock();
        while slot.frame.is_some() || slot.is_writing {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            let waited = self.shared.changed.wait_timeout(slot, left);
            slot = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.shared.lock().is_closed = true;
        self.shared.changed.notify_all();
    }
}

/// A description of its own: not to block on the shared one would change the shell's too.
fn open_again() -> Option<OwnedFd> {
    let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    rustix::fs::open("/proc/self/fd/1", flags, Mode::empty()).ok()
}

fn write_frames(shared: &Shared, waker: &Waker) {
    loop {
        let frame = {
            let mut slot = shared.lock();
            while slot.frame.is_none() && !slot.is_closed {
                let waited = shared.changed.wait(slot);
                slot = waited.unwrap_or_else(PoisonError::into_inner);
            }
            slot.is_writing = slot.frame.is_some();
            slot.frame.take()
        };
        let Some(frame) = frame else { return };
        let is_lost = write_all(&frame).is_err();
        let mut slot = shared.lock();
        slot.is_writing = false;
        slot.is_lost |= is_lost;
        let is_awaited = slot.is_awaited || is_lost;
        drop(slot);
        shared.changed.notify_all();
        if is_awaited {
            waker.wake();
        }
    }
}

/// Writes to standard output past std's lock and line buffer; an error (EIO, EPIPE) means that
/// the terminal is gone. Somebody else may have set the shared description to not block, so
/// EAGAIN waits.
pub(super) fn write_all(mut bytes: &[u8]) -> rustix::io::Result<()> {
    let out = rustix::stdio::stdout();
    while !bytes.is_empty() {
        match rustix::io::write(out, bytes) {
            Ok(0) => return Err(Errno::IO),
            Ok(len) => bytes = bytes.get(len..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => {
                let mut fds = [PollFd::new(&out, PollFlags::OUT)];
                poll(&mut fds, None)
                    .map(|_| ())
                    .or_else(unless_interrupted)?;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn unless_interrupted(error: Errno) -> rustix::io::Result<()> {
    if error == Errno::INTR {
        Ok(())
    } else {
        Err(error)
    }
}
