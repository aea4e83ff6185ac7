//! Many files at once: two workers, each with a PDF reader of its own; results in the files' order.

use super::files::{Found, load};
use super::import::{Imported, IntakeError, read_all};
use super::pdf::{Extractor, Reader};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};

/// Workers, and PDF readers, at most.
const WORKERS: usize = 2;
/// Results that wait for an earlier file; bounds the memory.
const WAITING: usize = 32;

/// What one file gave.
pub type FileResult = Result<Vec<Imported>, IntakeError>;

/// Reads the files and hands each result over, in order, on the calling thread. `each` gets the
/// place in `files`; once it answers `false`, no further file is begun.
pub fn read_files(
    files: &[Found],
    reader: &Reader,
    mut each: impl FnMut(usize, FileResult) -> bool,
) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let (done, results) = sync_channel(WAITING);
        for _ in 0..WORKERS.min(files.len()) {
            let done = done.clone();
            let next = &next;
            scope.spawn(move || work(files, reader, next, &done));
        }
        drop(done);
        let mut waiting: BTreeMap<usize, FileResult> = BTreeMap::new();
        let mut expected = 0;
        for (place, result) in results {
            waiting.insert(place, result);
            while let Some(result) = waiting.remove(&expected) {
                if !each(expected, result) {
                    return;
                }
                expected += 1;
            }
        }
    });
}

fn work(
    files: &[Found],
    reader: &Reader,
    next: &AtomicUsize,
    done: &SyncSender<(usize, FileResult)>,
) {
    let mut pdf = Extractor::new(reader.clone());
    loop {
        let place = next.fetch_add(1, Ordering::Relaxed);
        let Some(file) = files.get(place) else {
            return;
        };
        let name = file.path.to_string_lossy();
        let result = load(file)
            .map_err(|error| IntakeError::new(&name, error))
            .and_then(|bytes| read_all(&name, &bytes, &mut pdf));
        if done.send((place, result)).is_err() {
            return;
        }
    }
}
