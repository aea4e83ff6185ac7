//! The thread that writes: one write(2) a frame, and nobody else waits for a slow terminal.

use super::wake::Waker;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Hands frames to the thread, one at a time.
#[derive(Debug)]
pub(super) struct Writer {
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
        Ok(Self { shared })
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

    /// Hands a frame over; call only when ready.
    pub(super) fn submit(&self, frame: Vec<u8>) {
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
