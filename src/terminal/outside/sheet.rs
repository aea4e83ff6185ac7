//! The private file: in a folder of its own (0700) within the state folder, gone with its value,
//! and swept up by the next start where that could not be.
//!
//! ```text
//! edit/             0700
//!   NAME.lock       held locked by the process that uses NAME; a lock that is free is a dead one's
//!   NAME/           0700; what an editor leaves beside its file goes with the folder
//!     rationale.txt 0600
//! ```

use rustix::fs::{FlockOperation, Mode, OFlags, flock};
use std::fs::{DirBuilder, File, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Most bytes that are handed out or taken back.
const MOST: u64 = 256 * 1024;
const LOCK: &str = "lock";
const FILE: &str = "rationale.txt";

/// A text laid out for an editor.
#[derive(Debug)]
pub(super) struct Sheet {
    folder: PathBuf,
    lock: PathBuf,
    _locked: File,
}

impl Sheet {
    /// Lays the text out, with a line end after its last line as editors want it.
    pub(super) fn lay(base: &Path, text: &str) -> io::Result<Self> {
        if text.len() as u64 >= MOST {
            return Err(io::Error::other("the text is longer than 256 KiB"));
        }
        make_private(base)?;
        let folder = base.join(uuid::Uuid::new_v4().simple().to_string());
        let lock = folder.with_extension(LOCK);
        let locked = create(&lock)?;
        flock(&locked, FlockOperation::NonBlockingLockExclusive)?;
        let sheet = Self {
            folder,
            lock,
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
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = rustix::fs::open(self.path(), flags, Mode::empty())
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
}

/// Without the byte order mark and the last line end that editors add.
fn without_frame(text: &str) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

impl Drop for Sheet {
    fn drop(&mut self) {
        // What cannot be removed now, the next start sweeps.
        let _ = std::fs::remove_dir_all(&self.folder);
        let _ = std::fs::remove_file(&self.lock);
    }
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

/// Removes what sessions left that were killed while their editor ran.
pub fn sweep(base: &Path) {
    // Mostly there is no such folder, and that is all there is to it.
    let Ok(entries) = std::fs::read_dir(base) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.extension().is_some_and(|end| end == LOCK) && is_free(&path) {
            let _ = std::fs::remove_dir_all(path.with_extension(""));
            let _ = std::fs::remove_file(&path);
        }
    }
}

/// Does nobody hold it any more?
fn is_free(lock: &Path) -> bool {
    let flags = OFlags::RDWR | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = rustix::fs::open(lock, flags, Mode::empty());
    file.is_ok_and(|file| flock(&file, FlockOperation::NonBlockingLockExclusive).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        std::fs::symlink_metadata(path).unwrap().mode() & 0o777
    }

    #[test]
    fn it_is_ours_alone_and_goes_with_its_value() {
        let home = tempfile::tempdir().unwrap();
        let base = home.path().join("state/imr/edit");
        let sheet = Sheet::lay(&base, "words").unwrap();
        assert_eq!((mode(&base), mode(sheet.folder())), (0o700, 0o700));
        assert_eq!(mode(&sheet.path()), 0o600);
        assert_eq!(std::fs::read(sheet.path()).unwrap(), b"words\n");
        assert_eq!(sheet.read().unwrap(), "words");
        std::fs::write(sheet.folder().join(".rationale.txt.swp"), "words").unwrap();
        sweep(&base);
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
        sweep(home.path());
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
        sweep(&home.path().join("nowhere"));
    }

    #[test]
    fn f39_only_a_plain_file_of_text_is_taken_back() {
        let home = tempfile::tempdir().unwrap();
        let sheet = Sheet::lay(home.path(), "words").unwrap();
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
        assert!(Sheet::lay(home.path(), &long).is_err());
    }

    #[test]
    fn a_folder_that_is_a_link_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let real = home.path().join("real");
        std::fs::create_dir(&real).unwrap();
        let link = home.path().join("edit");
        std::os::unix::fs::symlink(&real, &link).unwrap();
        assert!(Sheet::lay(&link, "words").is_err());
    }
}
