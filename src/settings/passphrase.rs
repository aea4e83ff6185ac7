//! The passphrase of the idle lock: its hash (Argon2id, with its salt and costs) in a file of its
//! own in the config folder, closed to others. The passphrase itself is stored nowhere.

use crate::model::secret::Secret;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use rustix::fs::{Mode, OFlags};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// Name of the file in the config folder.
pub const PASSPHRASE_FILE: &str = "passphrase";
/// Shortest passphrase, in characters.
pub const SHORTEST: usize = 8;
/// A hash is about 100 bytes.
const MAX_BYTES: u64 = 1024;

/// Why there is no use in the file, or none in the passphrase.
#[derive(Debug, thiserror::Error)]
pub enum PassphraseError {
    /// Too short.
    #[error("a passphrase has at least {SHORTEST} characters")]
    Short,
    /// The file says something else.
    #[error("the passphrase file is damaged: `imr lock --set` sets a new passphrase")]
    Damaged,
    /// The file cannot be read or written.
    #[error("the passphrase file: {0}")]
    File(#[from] io::Error),
}

/// The hash that was set; nothing where none was.
///
/// # Errors
/// A file that cannot be read or holds no hash: a lock that is not understood is not left open.
pub fn read(dir: &Path) -> Result<Option<String>, PassphraseError> {
    let file = match File::open(dir.join(PASSPHRASE_FILE)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    let mut bytes = Vec::new();
    file.take(MAX_BYTES).read_to_end(&mut bytes)?;
    let text = String::from_utf8(bytes).map_err(|_| PassphraseError::Damaged)?;
    let hash = text.trim();
    PasswordHash::new(hash).map_err(|_| PassphraseError::Damaged)?;
    Ok(Some(hash.to_owned()))
}

/// Sets a passphrase in place of an older one. The file is whole or not there.
///
/// # Errors
/// Too short, or a folder that cannot be written.
pub fn set(dir: &Path, secret: &Secret) -> Result<(), PassphraseError> {
    if secret.len() < SHORTEST {
        return Err(PassphraseError::Short);
    }
    let hash = hash(secret).ok_or(PassphraseError::Damaged)?;
    std::fs::create_dir_all(dir)?;
    let draft = dir.join(format!(
        "{PASSPHRASE_FILE}.{}",
        uuid::Uuid::new_v4().simple()
    ));
    let flags = OFlags::CREATE | OFlags::EXCL | OFlags::WRONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = rustix::fs::open(&draft, flags, Mode::RUSR | Mode::WUSR);
    let mut file = File::from(file.map_err(io::Error::from)?);
    let written = file
        .write_all(format!("{hash}\n").as_bytes())
        .and_then(|()| file.sync_all())
        .and_then(|()| std::fs::rename(&draft, dir.join(PASSPHRASE_FILE)));
    if written.is_err() {
        let _ = std::fs::remove_file(&draft);
    }
    Ok(written?)
}

/// Removes the passphrase; was there one?
///
/// # Errors
/// A folder that cannot be written.
pub fn remove(dir: &Path) -> Result<bool, PassphraseError> {
    match std::fs::remove_file(dir.join(PASSPHRASE_FILE)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        removed => Ok(removed.map(|()| true)?),
    }
}

/// Is it the passphrase? Takes some tens of milliseconds, by design.
pub fn fits(hash: &str, secret: &Secret) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else {
        return false;
    };
    let verified = Argon2::default().verify_password(secret.reveal().as_bytes(), &hash);
    verified.is_ok()
}

fn hash(secret: &Secret) -> Option<String> {
    let salt = SaltString::encode_b64(uuid::Uuid::new_v4().as_bytes()).ok()?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default());
    let hash = argon
        .hash_password(secret.reveal().as_bytes(), &salt)
        .ok()?;
    Some(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::MetadataExt;

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    #[test]
    fn set_read_fit_remove() {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("config/imr");
        assert!(read(&dir).unwrap().is_none() && !remove(&dir).unwrap());
        assert!(matches!(
            set(&dir, &secret("short")),
            Err(PassphraseError::Short)
        ));
        set(&dir, &secret("correct horse")).unwrap();
        let hash = read(&dir).unwrap().unwrap();
        assert!(hash.starts_with("$argon2id$v=19$") && !hash.contains("horse"));
        assert!(fits(&hash, &secret("correct horse")));
        assert!(!fits(&hash, &secret("correct horsf")) && !fits("", &secret("")));
        let mode = std::fs::metadata(dir.join(PASSPHRASE_FILE)).unwrap().mode();
        assert_eq!(mode & 0o777, 0o600);
        set(&dir, &secret("another one")).unwrap();
        let other = read(&dir).unwrap().unwrap();
        assert!(other != hash && !fits(&other, &secret("correct horse")));
        assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 1);
        assert!(remove(&dir).unwrap());
        assert!(read(&dir).unwrap().is_none());
    }

    #[test]
    fn a_damaged_file_is_no_open_door() {
        let home = tempfile::tempdir().unwrap();
        for text in ["", "nonsense", "$argon2id$v=19$m=1"] {
            std::fs::write(home.path().join(PASSPHRASE_FILE), text).unwrap();
            let read = read(home.path());
            assert!(
                matches!(read, Err(PassphraseError::Damaged)) || {
                    // A hash cut short is one that nothing fits.
                    !fits(&read.unwrap().unwrap(), &secret("nonsense"))
                }
            );
        }
    }
}
