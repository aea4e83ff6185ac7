//! Which files an import takes: the ones named, and those of the folders named.

use super::pdf;
use rustix::fs::{Mode, OFlags};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// How deep folders are followed.
const MAX_DEPTH: usize = 16;

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub path: PathBuf,
    /// Was it named by the user? (A link is followed then, but never out of a folder.)
    pub is_named: bool,
}

/// Why a path is not read.
#[derive(Debug, thiserror::Error)]
pub enum PathError {
    /// Missing or closed to us.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// A pipe, socket, device.
    #[error("not a regular file")]
    NotAFile,
    /// Over [`MAX_DEPTH`].
    #[error("folders are nested more than {MAX_DEPTH} deep here")]
    TooDeep,
    /// Over [`pdf::MAX_BYTES`].
    #[error("the file is larger than 64 MiB")]
    TooLarge,
}

/// What was found under the paths of an import.
#[derive(Debug, Default)]
pub struct Collected {
    /// Regular files, those of a folder sorted by path.
    pub files: Vec<Found>,
    /// Paths that could not be followed.
    pub problems: Vec<(PathBuf, PathError)>,
    /// Links and special files in folders, left alone.
    pub skipped: Vec<PathBuf>,
}

/// Walks the paths in the order given. Hidden entries of folders are passed over.
pub fn collect(paths: &[PathBuf]) -> Collected {
    let mut found = Collected::default();
    for path in paths {
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => walk(path, 1, &mut found),
            Ok(meta) if meta.is_file() => found.files.push(Found {
                path: path.clone(),
                is_named: true,
            }),
            Ok(_) => found.problems.push((path.clone(), PathError::NotAFile)),
            Err(error) => found.problems.push((path.clone(), error.into())),
        }
    }
    found
}

fn walk(folder: &Path, depth: usize, found: &mut Collected) {
    if depth > MAX_DEPTH {
        found.problems.push((folder.to_owned(), PathError::TooDeep));
        return;
    }
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = match entries {
        Ok(entries) => entries,
        Err(error) => {
            found.problems.push((folder.to_owned(), error.into()));
            return;
        }
    };
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default();
        if name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        match fs::symlink_metadata(&path) {
            Ok(meta) if meta.is_dir() => walk(&path, depth + 1, found),
            Ok(meta) if meta.is_file() => found.files.push(Found {
                path,
                is_named: false,
            }),
            Ok(_) => found.skipped.push(path),
            Err(error) => found.problems.push((path, error.into())),
        }
    }
}

/// The bytes of a file.
///
/// # Errors
/// See [`PathError`].
pub fn load(found: &Found) -> Result<Vec<u8>, PathError> {
    let mut bytes = Vec::new();
    open(found)?
        .take(pdf::MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() > pdf::MAX_BYTES {
        return Err(PathError::TooLarge);
    }
    Ok(bytes)
}

/// A file to read, checked again once it is open: it may have been exchanged since, and opening a
/// pipe must not wait.
///
/// # Errors
/// See [`PathError`].
pub fn open(found: &Found) -> Result<File, PathError> {
    let mut flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    if !found.is_named {
        flags |= OFlags::NOFOLLOW;
    }
    let opened = rustix::fs::open(&found.path, flags, Mode::empty()).map_err(io::Error::from)?;
    let file = File::from(opened);
    if !file.metadata()?.is_file() {
        return Err(PathError::NotAFile);
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn folders_are_walked_links_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("b")).unwrap();
        for name in ["c.txt", "a.txt", "b/x.txt", ".hidden"] {
            fs::write(root.join(name), "x").unwrap();
        }
        symlink("/etc", root.join("etc")).unwrap();
        symlink(root, root.join("loop")).unwrap();
        let found = collect(&[root.to_owned(), root.join("none"), "/dev/null".into()]);
        let names: Vec<_> = found
            .files
            .iter()
            .map(|f| f.path.strip_prefix(root).unwrap().display().to_string())
            .collect();
        assert_eq!(names, ["a.txt", "b/x.txt", "c.txt"]);
        assert_eq!((found.problems.len(), found.skipped.len()), (2, 2));
        let link = Found {
            path: root.join("etc"),
            is_named: false,
        };
        assert!(load(&link).is_err());
    }
}
