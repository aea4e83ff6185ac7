//! The private file: in a folder of its own (0700) within the state folder, gone with its value.
//! Where an editor was ended before it was done, what it had saved stays until the reviewer takes
//! or drops it; anything else that is left is swept up by the next start.
//!
//! ```text
//! edit/             0700
//!   NAME.lock       0600; held locked by the process that uses NAME; whose words they are
//!   NAME/           0700; what an editor leaves beside its file goes with the folder
//!     rationale.txt 0600
//! ```

use crate::model::CaseId;
use crate::model::leftover::Leftover;
use rustix::fs::{FlockOperation, Mode, OFlags, flock};
use serde::{Deserialize, Serialize};
use std::fs::{DirBuilder, File, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Most bytes that are handed out or taken back.
const MOST: u64 = 256 * 1024;
const LOCK: &str = "lock";
const FILE: &str = "rationale.txt";

/// What is handed out, and where it belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Slip {
    /// Which store.
    pub store: Option<PathBuf>,
    /// Which case.
    pub case: CaseId,
    /// Item, from 0.
    pub item: usize,
    /// The text.
    pub base: String,
}

/// A text laid out for an editor.
#[derive(Debug)]
pub(super) struct Sheet {
    folder: PathBuf,
    lock: PathBuf,
    is_kept: bool,
    _locked: File,
}

impl Sheet {
    /// Lays the text out, with a line end after its last line as editors want it.
    pub(super) fn lay(base: &Path, slip: &Slip) -> io::Result<Self> {
        let text = &slip.base;
        if text.len() as u64 >= MOST {
            return Err(io::Error::other("the text is longer than 256 KiB"));
        }
        make_private(base)?;
        let folder = base.join(uuid::Uuid::new_v4().simple().to_string());
        let lock = folder.with_extension(LOCK);
        let mut locked = create(&lock)?;
        flock(&locked, FlockOperation::NonBlockingLockExclusive)?;
        locked.write_all(&serde_json::to_vec(slip)?)?;
        let sheet = Self {
            folder,
            lock,
            is_kept: false,
            _locked: locked,
        };
        DirBuilder::new().mode(0o700).create(&sheet.folder)?;
        let mut file = create(&sheet.path())?;
        file.write_all(text.as_bytes())?;
        file.write_all(b"\n")?;
        Ok(sheet)
    }

    /// The file.
    pub(super) fn path(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    /// Its folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the editor made of it: a plain file of UTF-8, not too long.
    pub(super) fn read(&self) -> Result<String, String> {
        read(&self.path())
    }

    /// Leaves what the editor saved, if it saved anything: it did not live to hand it over.
    pub(super) fn keep(mut self, base: &str) {
        self.is_kept = saved(&self.folder, base).is_some();
    }
}

/// The words in that folder, if they are others than were handed out.
fn saved(folder: &Path, base: &str) -> Option<String> {
    let text = read(&folder.join(FILE)).ok()?;
    (text != base && !text.trim().is_empty()).then_some(text)
}

fn read(path: &Path) -> Result<String, String> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = rustix::fs::open(path, flags, Mode::empty())
        .map_err(|_| "The editor left no plain file.")?;
    let file = File::from(file);
    let meta = file.metadata();
    let meta = meta.map_err(|_| "The editor's file cannot be read.")?;
    if !meta.is_file() {
        return Err("The editor left no plain file.".to_owned());
    }
    let mut bytes = Vec::new();
    let read = file.take(MOST + 1).read_to_end(&mut bytes);
    read.map_err(|_| "The editor's file cannot be read.")?;
    if bytes.len() as u64 > MOST {
        return Err("The editor's text is longer than 256 KiB.".to_owned());
    }
    let text = String::from_utf8(bytes);
    let text = text.map_err(|_| "The editor's text is not UTF-8.")?;
    Ok(without_frame(&text).to_owned())
}

/// Without the byte order mark and the last line end that editors add.
fn without_frame(text: &str) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

impl Drop for Sheet {
    fn drop(&mut self) {
        if !self.is_kept {
            // What cannot be removed now, the next start sweeps.
            remove(&self.lock);
        }
    }
}

fn remove(lock: &Path) {
    let _ = std::fs::remove_dir_all(lock.with_extension(""));
    let _ = std::fs::remove_file(lock);
}

/// Makes the folder and the ones above it, closed to others; it must be ours, and no link.
fn make_private(folder: &Path) -> io::Result<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    let meta = std::fs::symlink_metadata(folder)?;
    if !meta.is_dir() || meta.uid() != rustix::process::geteuid().as_raw() {
        return Err(io::Error::other("its folder is not yours"));
    }
    std::fs::set_permissions(folder, Permissions::from_mode(0o700))
}

/// A new file, ours alone.
fn create(path: &Path) -> io::Result<File> {
    let flags = OFlags::CREATE | OFlags::EXCL | OFlags::RDWR | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = rustix::fs::open(path, flags, Mode::RUSR | Mode::WUSR)?;
    Ok(File::from(file))
}

/// What editors left that were ended before they were done, for this store; the rest is removed.
pub(super) fn left_over(base: &Path, store: Option<&Path>) -> Vec<Leftover> {
    // Mostly there is no such folder, and that is all there is to it.
    let entries = std::fs::read_dir(base).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let locks = paths.filter(|path| path.extension().is_some_and(|end| end == LOCK));
    locks.filter_map(|lock| left_by(&lock, store)).collect()
}

fn left_by(lock: &Path, store: Option<&Path>) -> Option<Leftover> {
    let slip = abandoned(lock)?;
    let folder = lock.with_extension("");
    let found = slip.and_then(|slip| Some((saved(&folder, &slip.base)?, slip)));
    match found {
        Some((text, slip)) if slip.store.as_deref() == store => Some(Leftover {
            name: folder.file_name()?.to_str()?.to_owned(),
            case: slip.case,
            item: slip.item,
            base: slip.base,
            text,
        }),
        // Another store's are offered with it; a store that is gone wants none.
        Some((_, slip)) if slip.store.as_ref().is_some_and(|s| s.exists()) => None,
        _ => {
            remove(lock);
            None
        }
    }
}

/// Removes what is left under this name.
pub(super) fn discard(base: &Path, name: &str) {
    remove(&base.join(name).with_extension(LOCK));
}

/// Nothing where it is in use; else whose words they are, if that can be read.
fn abandoned(lock: &Path) -> Option<Option<Slip>> {
    let flags = OFlags::RDWR | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(lock, flags, Mode::empty()).ok()?);
    flock(&file, FlockOperation::NonBlockingLockExclusive).ok()?;
    let mut bytes = Vec::new();
    // As JSON a character takes six bytes at most.
    file.take(MOST * 8).read_to_end(&mut bytes).ok()?;
    Some(serde_json::from_slice(&bytes).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip(text: &str) -> Slip {
        Slip {
            store: None,
            case: CaseId::typed("CM25-0000001"),
            item: 0,
            base: text.to_owned(),
        }
    }

    fn mode(path: &Path) -> u32 {
        std::fs::symlink_metadata(path).unwrap().mode() & 0o777
    }

    #[test]
    fn it_is_ours_alone_and_goes_with_its_value() {
        let home = tempfile::tempdir().unwrap();
        let base = home.path().join("state/imr/edit");
        let sheet = Sheet::lay(&base, &slip("words")).unwrap();
        assert_eq!((mode(&base), mode(sheet.folder())), (0o700, 0o700));
        assert_eq!(mode(&sheet.path()), 0o600);
        assert_eq!(std::fs::read(sheet.path()).unwrap(), b"words\n");
        assert_eq!(sheet.read().unwrap(), "words");
        std::fs::write(sheet.folder().join(".rationale.txt.swp"), "words").unwrap();
        assert!(left_over(&base, None).is_empty());
        assert!(sheet.path().exists(), "it is in use");
        drop(sheet);
        assert_eq!(std::fs::read_dir(&base).unwrap().count(), 0);
    }

    #[test]
    fn what_a_killed_session_left_is_swept() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("dead");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join(FILE), "words").unwrap();
        std::fs::write(folder.with_extension(LOCK), "").unwrap();
        assert!(left_over(home.path(), None).is_empty());
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
        assert!(left_over(&home.path().join("nowhere"), None).is_empty());
    }

    #[test]
    fn saved_words_are_left_for_their_store_until_they_are_discarded() {
        let home = tempfile::tempdir().unwrap();
        let left = |store| left_over(home.path(), store);
        let count = || std::fs::read_dir(home.path()).unwrap().count();
        // As handed out, or emptied by a write that was cut off: nothing was saved.
        for text in ["words\n", ""] {
            let sheet = Sheet::lay(home.path(), &slip("words")).unwrap();
            std::fs::write(sheet.path(), text).unwrap();
            sheet.keep("words");
            assert_eq!(count(), 0);
        }
        let sheet = Sheet::lay(home.path(), &slip("words")).unwrap();
        std::fs::write(sheet.path(), "more words\n").unwrap();
        let path = sheet.path();
        sheet.keep("words");
        let found = left(None);
        assert_eq!(
            (found[0].text.as_str(), found[0].base.as_str()),
            ("more words", "words")
        );
        assert_eq!(mode(&path), 0o600);
        assert_eq!(left(None), found, "they wait");
        discard(home.path(), &found[0].name);
        assert_eq!(count(), 0);
        // Another store's stay for it; those of a store that is gone go too.
        let store = home.path().join("store.db");
        std::fs::write(&store, "").unwrap();
        let theirs = Slip {
            store: Some(store.clone()),
            ..slip("words")
        };
        let sheet = Sheet::lay(home.path(), &theirs).unwrap();
        std::fs::write(sheet.path(), "more words\n").unwrap();
        sheet.keep("words");
        assert!(left(None).is_empty());
        assert_eq!(left(Some(store.as_path())).len(), 1);
        std::fs::remove_file(&store).unwrap();
        assert!(left(None).is_empty());
        assert_eq!(count(), 0);
    }

    #[test]
    fn f39_only_a_plain_file_of_text_is_taken_back() {
        let home = tempfile::tempdir().unwrap();
        let sheet = Sheet::lay(home.path(), &slip("words")).unwrap();
        let told = |bytes: &[u8]| {
            std::fs::write(sheet.path(), bytes).unwrap();
            sheet.read()
        };
        assert_eq!(told(b"\xef\xbb\xbfa\r\nb\r\n").unwrap(), "a\r\nb");
        assert_eq!(told(b"").unwrap(), "");
        assert_eq!(told(b"a\n\n").unwrap(), "a\n");
        assert!(told(b"a\xff\n").unwrap_err().contains("UTF-8"));
        assert!(told(&vec![b'a'; 262_145]).unwrap_err().contains("longer"));
        std::fs::remove_file(sheet.path()).unwrap();
        assert!(sheet.read().unwrap_err().contains("no plain file"));
        std::os::unix::fs::symlink("/etc/passwd", sheet.path()).unwrap();
        assert!(sheet.read().unwrap_err().contains("no plain file"));
        std::fs::remove_file(sheet.path()).unwrap();
        std::fs::create_dir(sheet.path()).unwrap();
        assert!(sheet.read().unwrap_err().contains("no plain file"));
        let long = "x".repeat(300_000);
        assert!(Sheet::lay(home.path(), &slip(&long)).is_err());
    }

    #[test]
    fn a_folder_that_is_a_link_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let real = home.path().join("real");
        std::fs::create_dir(&real).unwrap();
        let link = home.path().join("edit");
        std::os::unix::fs::symlink(&real, &link).unwrap();
        assert!(Sheet::lay(&link, &slip("words")).is_err());
    }
}
