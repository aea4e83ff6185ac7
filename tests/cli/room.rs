//! A folder of its own for each test, and the real binary in it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// What a command line gave.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    /// It ended with this code; what it said otherwise is shown.
    #[track_caller]
    pub fn code(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "stdout: {}\nstderr: {}",
            self.out, self.err
        );
        self
    }

    #[track_caller]
    pub fn ok(self) -> Self {
        self.code(0)
    }

    /// Its refusal or complaint has these words.
    #[track_caller]
    pub fn complains(self, words: &str) -> Self {
        assert!(self.err.contains(words), "\"{words}\" not in {}", self.err);
        self
    }

    #[track_caller]
    pub fn prints(self, words: &str) -> Self {
        assert!(self.out.contains(words), "\"{words}\" not in {}", self.out);
        self
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}", self.out))
    }
}

/// A folder with settings and a place for a store.
pub struct Room {
    folder: TempDir,
}

const CONFIG: &str = r#"
organisation = "Example Review Organisation"
[reviewer]
name = "lee"
licensed_in = ["California"]
certifications = ["Neurology", "Pain Management"]
"#;

impl Room {
    pub fn new() -> Self {
        let room = Self {
            folder: TempDir::new().unwrap(),
        };
        std::fs::create_dir(room.path("config")).unwrap();
        room.write("config/config.toml", CONFIG);
        room
    }

    /// A room with every practice case, and the day of their clock fixed.
    pub fn practice() -> Self {
        let room = Self::new();
        let store = room.store();
        room.run(&["demo", "--keep", store.to_str().unwrap()]).ok();
        room
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn store(&self) -> PathBuf {
        self.path("data/store.db")
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_imr"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.folder.path())
            .env("IMR_STORE", self.store())
            .env("IMR_CONFIG", self.path("config"))
            .stdin(Stdio::null());
        command
    }

    /// Runs it; whatever it was given, no raw control may come out.
    #[track_caller]
    pub fn run(&self, arguments: &[&str]) -> Said {
        said(self.command(arguments).output().unwrap())
    }

    /// Runs it on the morning of the practice cases.
    #[track_caller]
    pub fn that_day(&self, arguments: &[&str]) -> Said {
        let now = ["--now", "2026-01-15T09:00:00-08:00"];
        self.run(&[&now, arguments].concat())
    }

    #[track_caller]
    pub fn run_with(&self, arguments: &[&str], input: &str) -> Said {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        said(child.wait_with_output().unwrap())
    }
}

#[track_caller]
fn said(output: Output) -> Said {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    let said = Said {
        code: output.status.code().expect("ended by itself"),
        out: text(output.stdout),
        err: text(output.stderr),
    };
    for stream in [&said.out, &said.err] {
        let raw = stream
            .chars()
            .find(|c| !imr::model::text::is_clean_char(*c));
        assert_eq!(raw, None, "a raw control in {stream:?}");
    }
    said
}

/// The letters of our own writing.
pub fn letters() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/letters")
}

/// Mode bits of a file.
pub fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).unwrap().mode() & 0o777
}
