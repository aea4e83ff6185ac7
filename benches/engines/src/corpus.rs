//! The lines, as `benches/make_citations.py` makes them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A file with so many lines; made if it is not there yet.
pub fn file(count: usize) -> PathBuf {
    let file = std::env::temp_dir().join(format!("imr-citations-{count}.txt"));
    if !file.exists() {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../make_citations.py");
        let made = Command::new("python3")
            .arg(script)
            .args([&count.to_string(), "--labels"])
            .output()
            .unwrap();
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        fs::write(&file, made.stdout).unwrap();
    }
    file
}

pub fn read(file: &Path) -> Vec<String> {
    fs::read_to_string(file)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}
