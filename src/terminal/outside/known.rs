//! Editors that we know, and how each is told to leave no copy of the text elsewhere: no swap,
//! backup, undo or history file.

use std::path::{Path, PathBuf};

/// Names of an editor, and its options. Modelines are off: the text may quote a hostile record.
const KNOWN: [(&[&str], &[&str]); 6] = [
    (
        &["vim", "nvim", "gvim"],
        &[
            "-n",
            "-i",
            "NONE",
            "--cmd",
            "set nomodeline",
            "-c",
            "set noundofile nobackup nowritebackup",
        ],
    ),
    (
        &["vi"],
        &[
            "-c",
            "silent! set noswapfile noundofile nobackup nowritebackup viminfo=",
        ],
    ),
    (&["nano", "rnano"], &["--ignorercfiles", "--softwrap"]),
    (
        &["emacs"],
        &[
            "--eval",
            "(setq make-backup-files nil auto-save-default nil auto-save-list-file-prefix nil \
             create-lockfiles nil enable-local-variables nil kill-emacs-hook nil)",
        ],
    ),
    (
        &["micro"],
        &[
            "-backup",
            "false",
            "-saveundo",
            "false",
            "-savecursor",
            "false",
            "-savehistory",
            "false",
        ],
    ),
    // It writes none.
    (&["hx", "helix"], &[]),
];

/// The options for this program; none for one that we don't know.
pub(super) fn options(program: &str) -> &'static [&'static str] {
    // `vi` and `editor` are mostly names for another one.
    let real = find(program).and_then(|path| path.canonicalize().ok());
    let real = real.as_deref().and_then(|path| of_name(path));
    real.or_else(|| of_name(Path::new(program)))
        .unwrap_or_default()
}

fn of_name(program: &Path) -> Option<&'static [&'static str]> {
    // `vim.basic`, `emacs-nox`, `emacs28`.
    let name = program.file_name()?.to_str()?;
    let end = name.find(|c: char| !c.is_ascii_alphabetic());
    let name = name.get(..end.unwrap_or(name.len()))?;
    let known = KNOWN.iter().find(|(names, _)| names.contains(&name));
    known.map(|(_, options)| *options)
}

fn find(program: &str) -> Option<PathBuf> {
    if program.contains('/') {
        return Some(program.into());
    }
    let path = std::env::var_os("PATH")?;
    let mut places = std::env::split_paths(&path).map(|folder| folder.join(program));
    places.find(|place| place.is_file())
}

/// A command line as words: blanks part them, quotes hold them together. No shell reads it.
pub(super) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, _) if c.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn command_lines_are_parted_without_a_shell() {
        let table: [(&str, &[&str]); 5] = [
            ("", &[]),
            ("  vim  ", &["vim"]),
            ("code --wait", &["code", "--wait"]),
            (
                "'/opt/my editor/ed' -c \"set tw=0\"",
                &["/opt/my editor/ed", "-c", "set tw=0"],
            ),
            ("a''b \"\"; $(c)", &["ab", ";", "$(c)"]),
        ];
        for (line, expected) in table {
            assert_eq!(words(line), expected, "{line}");
        }
    }

    #[test]
    fn editors_are_known_by_any_of_their_names() {
        for name in ["vim", "/nowhere/vim.basic", "nvim", "/nowhere/nvim"] {
            assert_eq!(options(name).first(), Some(&"-n"), "{name}");
        }
        for name in ["/nowhere/emacs28", "/nowhere/emacs-nox"] {
            assert_eq!(options(name).first(), Some(&"--eval"), "{name}");
        }
        assert!(options("/nowhere/ed").is_empty());
        assert!(options("/nowhere/vimdiff").is_empty());
    }

    #[test]
    fn a_link_is_seen_through() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("nano");
        std::fs::write(&real, "").unwrap();
        let link = folder.path().join("editor");
        std::os::unix::fs::symlink(&real, &link).unwrap();
        assert_eq!(
            options(link.to_str().unwrap()).first(),
            Some(&"--ignorercfiles")
        );
    }
}
