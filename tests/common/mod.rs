//! Shared test support: where the real data lies, and tests that are skipped by name without it.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

static SKIPS: AtomicUsize = AtomicUsize::new(0);

/// The folder of real data: `$IMR_SHARED`, or `data` in `shared` beside the repository.
///
/// Without it the test `name` is to return at once; it is skipped by name, each skip counts all
/// so far, and with `IMR_REQUIRE_SHARED=1` it fails instead.
pub fn shared(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let root = std::env::var_os("IMR_SHARED").map_or(beside, PathBuf::from);
    let found = [root.join("data"), root]
        .into_iter()
        .find(|folder| folder.join("determinations").is_dir());
    if found.is_none() {
        skip(name);
    }
    found
}

fn skip(name: &str) {
    assert!(
        std::env::var_os("IMR_REQUIRE_SHARED").is_none_or(|v| v != "1"),
        "{name} needs shared data (IMR_REQUIRE_SHARED=1)"
    );
    let count = SKIPS.fetch_add(1, Ordering::Relaxed) + 1;
    println!("skipped: {name} (no shared data)\nskips: {count}");
}

/// A file of our own beside the tests.
pub fn own(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(path)
}

/// The files of a folder with this extension, sorted.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && path.extension().is_some_and(|e| e == extension))
        .collect();
    files.sort();
    files
}
