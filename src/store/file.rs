//! The store's file: what may be opened, how it is made, and who may read it.

use super::StoreError;
use rustix::fs::{FileType, Mode, OFlags};
use std::fs::{DirBuilder, Permissions};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// `IMR1` as SQLite's `application_id`.
pub(super) const APPLICATION_ID: i32 = 0x494D_5231;

/// Which file this is, whatever its name points to later.
pub(super) type Identity = (u64, u64);

/// Makes an empty file that is ours alone, in a folder that is ours alone.
///
/// `O_EXCL`: if anything has the name, be it a link, nothing is made.
pub(super) fn create(path: &Path) -> Result<(), StoreError> {
    create_folder(path)?;
    let flags = OFlags::CREATE | OFlags::EXCL | OFlags::RDWR | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    match rustix::fs::open(path, flags, Mode::RUSR | Mode::WUSR) {
        Ok(_) => Ok(()),
        Err(rustix::io::Errno::EXIST) => Err(StoreError::Exists(path.to_owned())),
        Err(errno) => Err(failed(path, errno.into())),
    }
}

/// Where a new store is laid before it gets its name: beside it, so that naming is one step.
pub(super) fn draft_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".new-{}", uuid::Uuid::new_v4().simple()));
    path.with_file_name(name)
}

/// Gives a finished store its name, and fails if anything has it already.
pub(super) fn publish(draft: &Path, path: &Path) -> Result<(), StoreError> {
    match std::fs::hard_link(draft, path) {
        Ok(()) => sync_folder(path),
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(StoreError::Exists(path.to_owned()))
        }
        Err(e) => Err(failed(path, e)),
    }
}

/// A new name is durable only when its folder is.
fn sync_folder(path: &Path) -> Result<(), StoreError> {
    let folder = folder_of(path);
    std::fs::File::open(folder)
        .and_then(|f| f.sync_all())
        .map_err(|e| failed(folder, e))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn create_folder(path: &Path) -> Result<(), StoreError> {
    let folder = folder_of(path);
    if folder.is_dir() {
        return Ok(());
    }
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|e| failed(folder, e))
}

/// Looks before opening: a fifo would hang, an empty file would become a new store.
pub(super) fn check(path: &Path) -> Result<Identity, StoreError> {
    let meta = match std::fs::symlink_metadata(path) {
        Ok(meta) => meta,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            return Err(StoreError::Missing(path.to_owned()));
        }
        Err(e) => return Err(failed(path, e)),
    };
    match refusal(&meta) {
        Some(what) => Err(StoreError::NotAStore {
            path: path.to_owned(),
            what,
        }),
        None => Ok((meta.dev(), meta.ino())),
    }
}

fn refusal(meta: &std::fs::Metadata) -> Option<&'static str> {
    match FileType::from_raw_mode(meta.mode()) {
        FileType::RegularFile if meta.len() == 0 => Some("an empty file"),
        FileType::RegularFile => None,
        FileType::Symlink => Some("a symbolic link"),
        FileType::Directory => Some("a folder"),
        FileType::Fifo => Some("a pipe"),
        _ => Some("not a file"),
    }
}

/// Is the open file still the one that has the name?
pub(super) fn is_same(path: &Path, identity: Identity) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|m| (m.dev(), m.ino()) == identity)
}

/// Closes the file to everybody else. (`-wal` and `-shm` take their mode from it.)
pub(super) fn make_private(path: &Path) -> Result<(), StoreError> {
    std::fs::set_permissions(path, Permissions::from_mode(0o600)).map_err(|e| failed(path, e))
}

/// May others read the folder? Then the user is told; the folder may be theirs for a reason.
pub(super) fn folder_is_open(path: &Path) -> bool {
    std::fs::metadata(folder_of(path)).is_ok_and(|m| m.mode() & 0o077 != 0)
}

/// Does the file lie on a network or user-space file system, where WAL's shared memory is unsafe?
///
/// There the store runs with a rollback journal: slower, and just as durable.
pub(super) fn is_remote(path: &Path) -> bool {
    const NFS: u64 = 0x6969;
    const SMB: [u64; 3] = [0x517B, 0xFF53_4D42, 0xFE53_4D42];
    const FUSE: u64 = 0x6573_5546;
    const PLAN9: u64 = 0x0102_1997;
    rustix::fs::statfs(path).is_ok_and(|fs| {
        let magic = u64::try_from(fs.f_type).unwrap_or_default() & 0xFFFF_FFFF;
        [NFS, FUSE, PLAN9].contains(&magic) || SMB.contains(&magic)
    })
}

fn failed(path: &Path, source: std::io::Error) -> StoreError {
    StoreError::File {
        path: path.to_owned(),
        source,
    }
}
