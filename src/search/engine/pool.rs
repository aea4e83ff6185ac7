//! The lines a search goes through, on two threads.

use super::Cancel;
use std::ops::Range;

/// Lines gone through between two looks at the [`Cancel`].
const BATCH: usize = 4096;

/// Some of the lines.
#[derive(Debug, Clone)]
pub enum Pool<'a> {
    /// All of this range.
    All(Range<u32>),
    /// Those that an older search has left.
    These(&'a [u32]),
}

impl<'a> Pool<'a> {
    fn len(&self) -> usize {
        match self {
            Self::All(range) => range.len(),
            Self::These(lines) => lines.len(),
        }
    }

    fn split(self, at: usize) -> (Self, Self) {
        match self {
            Self::All(range) => {
                let middle = u32::try_from(at).map_or(range.end, |at| range.start + at);
                (Self::All(range.start..middle), Self::All(middle..range.end))
            }
            Self::These(lines) => {
                let (first, second) = lines.split_at_checked(at).unwrap_or((lines, &[]));
                (Self::These(first), Self::These(second))
            }
        }
    }

    fn each(self, mut work: impl FnMut(u32)) {
        match self {
            Self::All(range) => range.for_each(work),
            Self::These(lines) => lines.iter().for_each(|line| work(*line)),
        }
    }

    /// Goes through every line in order; `None` where it is called off.
    fn go<T>(mut self, cancel: &Cancel, mut kept: T, work: impl Fn(&mut T, u32)) -> Option<T> {
        while self.len() > 0 {
            if cancel.is_cancelled() {
                return None;
            }
            let (batch, rest) = self.clone().split(BATCH.min(self.len()));
            batch.each(|line| work(&mut kept, line));
            self = rest;
        }
        Some(kept)
    }

    /// Goes through every line, the halves side by side unless they are fewer than `alone`; what
    /// each half kept, in order.
    pub fn halves<T: Send>(
        self,
        alone: usize,
        cancel: &Cancel,
        make: impl Fn() -> T,
        work: impl Fn(&mut T, u32) + Sync,
    ) -> Option<Vec<T>> {
        if self.len() < alone {
            return self.go(cancel, make(), &work).map(|kept| vec![kept]);
        }
        let middle = self.len() / 2;
        let (first, second) = self.split(middle);
        let (mine, theirs) = (make(), make());
        std::thread::scope(|scope| {
            let other = scope.spawn(|| second.go(cancel, theirs, &work));
            let first = first.go(cancel, mine, &work);
            let second = other
                .join()
                .unwrap_or_else(|fault| std::panic::resume_unwind(fault));
            Some(vec![first?, second?])
        })
    }
}
