//! A pipe on which other threads wake the main one out of its `poll`.

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The sleeping end.
#[derive(Debug)]
pub struct Wake {
    reader: PipeReader,
    waker: Waker,
}

/// The waking end; as many clones as wanted.
#[derive(Debug, Clone)]
pub struct Waker {
    writer: Arc<PipeWriter>,
    /// At most one byte lies in the pipe, so that a write never blocks.
    is_raised: Arc<AtomicBool>,
}

impl Wake {
    /// Makes the pipe.
    ///
    /// # Errors
    /// No file descriptors left.
    pub fn new() -> io::Result<Self> {
        let (reader, writer) = io::pipe()?;
        let waker = Waker {
            writer: Arc::new(writer),
            is_raised: Arc::default(),
        };
        Ok(Self { reader, waker })
    }

    /// An end to wake by.
    pub fn waker(&self) -> Waker {
        self.waker.clone()
    }

    /// Takes the raised byte out; only after `poll` has seen it. Look for messages after this
    /// call, not before it, or one that comes between is slept over.
    pub(super) fn lower(&mut self) {
        let _ = self.reader.read(&mut [0]);
        self.waker.is_raised.store(false, Ordering::SeqCst);
    }
}

impl AsFd for Wake {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.reader.as_fd()
    }
}

impl Waker {
    /// Wakes the main thread, or lets it not fall asleep.
    pub fn wake(&self) {
        if !self.is_raised.swap(true, Ordering::SeqCst) {
            let _ = self.writer.as_ref().write_all(&[1]);
        }
    }
}
