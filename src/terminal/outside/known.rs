//! Editors that we know, and how each is told to leave no copy of the text elsewhere: no swap,
//! backup, undo or history file.

use std::path::{Path, PathBuf};

/// Names of an editor, and its options. Modelines are off, whatever the user's own settings say:
/// the text may quote a hostile record. They are read with the file, so the last word on them is
/// had just before that.
const KNOWN: [(&[&str], &[&str]); 7] = [
    (&["vim", "nvim"], VIM),
    // Else it lets go of the terminal at once, and seems to have ended.
    (&["gvim", "mvim"], &GVIM),
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

const GVIM: [&str; 12] = [
    "-f",
    "-n",
    "-i",
    "NONE",
    "--cmd",
    "augroup imr",
    "--cmd",
    "autocmd BufReadPre * setlocal nomodeline",
    "--cmd",
    "augroup END",
    "-c",
    "set noundofile nobackup nowritebackup",
];

/// The same without the first one.
const VIM: &[&str] = match GVIM.split_first() {
    Some((_, rest)) => rest,
    None => &[],
};

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
    fn an_editor_that_would_fork_is_kept_in_front() {
        assert_eq!(options("/nowhere/gvim")[..2], ["-f", "-n"]);
        assert_eq!(&options("/nowhere/gvim")[1..], VIM);
    }

    /// Threat 4: a text with a modeline, and a reviewer whose vim reads them.
    #[test]
    fn vim_reads_no_modeline_of_the_text() {
        let vim = Path::new("/usr/bin/vim");
        if !vim.exists() {
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let vimrc = "set nocompatible\nset modeline modelines=5\nautocmd!\n";
        std::fs::write(at("vimrc"), vimrc).unwrap();
        std::fs::write(at("text"), "vim: set textwidth=33 :\n").unwrap();
        let width = |options: &[&str]| {
            let tell = format!("call writefile([&textwidth], '{}')", at("out").display());
            let status = std::process::Command::new(vim)
                .arg("-es")
                .arg("-u")
                .arg(at("vimrc"))
                .args(options)
                .args(["-c", &tell, "-c", "qa!"])
                .arg(at("text"))
                .status();
            assert!(status.unwrap().success());
            std::fs::read_to_string(at("out"))
                .unwrap()
                .trim()
                .to_owned()
        };
        assert_eq!(width(&[]), "33", "this vim reads modelines");
        assert_eq!(width(VIM), "0");
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
