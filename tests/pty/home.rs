//! A home folder of its own, with a store of practice cases where one is wanted.

use super::keys::QUEUE;
use super::{Pty, Setup, program};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The case that stands first in the practice queue.
pub const FIRST: &str = "CM25-0197615";

/// The folder.
pub struct Home(pub tempfile::TempDir);

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// `imr demo`, with the queue on the screen.
    pub fn demo(&self) -> Pty {
        let pty = Setup::imr(self.path(), &["demo"]).start();
        pty.wait_for(QUEUE);
        pty
    }

    /// A script; `$IMR` is the binary.
    pub fn shell(&self, script: &str) -> Pty {
        self.shell_setup(script).start()
    }

    pub fn shell_setup(&self, script: &str) -> Setup {
        Setup::shell(self.path(), script)
    }

    /// A practice store that outlives the program; `$STORE` in a shell of [`Home::store_shell`].
    pub fn store(&self) -> PathBuf {
        let store = self.path().join("practice.db");
        if !store.exists() {
            let made = Command::new(program())
                .env("HOME", self.path())
                .args(["demo", "--keep"])
                .arg(&store)
                .output();
            assert!(made.unwrap().status.success());
        }
        store
    }

    /// `imr` on that store.
    pub fn setup(&self) -> Setup {
        Setup::imr(self.path(), &[]).env("IMR_STORE", &self.store().to_string_lossy())
    }

    /// `imr` on that store, with the queue on the screen.
    pub fn open(&self) -> Pty {
        let pty = self.setup().start();
        pty.wait_for(FIRST);
        pty
    }

    /// A script in which `imr` works on that store.
    pub fn store_shell(&self, script: &str) -> Pty {
        self.shell_setup(script)
            .env("IMR_STORE", &self.store().to_string_lossy())
            .start()
    }

    /// Decides every item of the first case, so that it can be signed.
    pub fn decide_first(&self) {
        let reasons = self.path().join("reasons");
        std::fs::write(&reasons, "No red flag is described.").unwrap();
        let config = "[reviewer]\nname = \"lee\"\nlicensed_in = [\"California\"]\n\
                      certifications = [\"Pain Management\"]\n";
        std::fs::write(
            self.path().join("config.toml"),
            format!("organisation = \"Example\"\n{config}"),
        )
        .unwrap();
        let count = self.case()["items"].as_array().unwrap().len();
        for item in 1..=count {
            let decided = Command::new(program())
                .env("HOME", self.path())
                .env("IMR_CONFIG", self.path())
                .args(["decide", FIRST, &item.to_string(), "--uphold"])
                .args(["--cite-text", "MTUS Chronic Pain Guidelines 2016, page 5"])
                .arg("--rationale-file")
                .arg(&reasons)
                .arg("--store")
                .arg(self.store())
                .output()
                .unwrap();
            assert!(decided.status.success(), "{decided:?}");
        }
    }

    /// What the store holds of the first case.
    pub fn case(&self) -> serde_json::Value {
        let shown = Command::new(program())
            .env("HOME", self.path())
            .env("IMR_CONFIG", self.path())
            .args(["show", FIRST, "--json", "--store"])
            .arg(self.store())
            .output()
            .unwrap();
        serde_json::from_slice(&shown.stdout).unwrap()
    }

    /// The rationale that the store holds of its first item.
    pub fn rationale(&self) -> String {
        let case = self.case();
        case["items"][0]["rationale"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}
