//! A source file, and its tokens.

pub(crate) struct Source {
    /// From the package's folder on, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    /// `["letter", "blocks"]` for `src/letter/blocks.rs`; empty for the roots of the two crates.
    pub(crate) fn module(&self) -> Vec<String> {
        let inner = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let mut parts: Vec<String> = inner.split('/').map(str::to_owned).collect();
        parts.pop_if(|last| last == "mod");
        if matches!(inner, "lib" | "main") {
            parts.clear();
        }
        parts
    }

    /// The first part of the module; `lib` and `main` for the roots.
    pub(crate) fn room(&self) -> &str {
        let inner = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        inner.split('/').next().unwrap_or(inner)
    }
}

pub(crate) struct Token {
    pub(crate) text: String,
    pub(crate) line: usize,
    pub(crate) is_ident: bool,
}

/// Enough of a Rust lexer: words, brackets and signs with their lines; comments are dropped, a
/// string, character or lifetime is one token that no rule looks at.
pub(crate) fn tokens(source: &Source) -> Vec<Token> {
    let mut lexer = Lexer {
        rest: &source.text,
        line: 1,
    };
    std::iter::from_fn(|| lexer.next_token()).collect()
}

struct Lexer<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Lexer<'a> {
    fn next_token(&mut self) -> Option<Token> {
        self.skip_blanks_and_comments();
        let line = self.line;
        let first = self.rest.chars().next()?;
        let token = |text: &str, is_ident| Token {
            text: text.trim_start_matches("r#").to_owned(),
            line,
            is_ident,
        };
        if let Some(len) = self.literal_len(first) {
            self.take(len);
            return Some(token("\"", false));
        }
        let is_word = first.is_alphabetic() || first == '_';
        let len = match first.is_alphanumeric() || first == '_' {
            true => self.word_len(),
            false => first.len_utf8(),
        };
        Some(token(self.take(len), is_word))
    }

    fn take(&mut self, len: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(len);
        self.line += taken.matches('\n').count();
        self.rest = rest;
        taken
    }

    fn skip_blanks_and_comments(&mut self) {
        loop {
            let blanks = self.rest.len() - self.rest.trim_start().len();
            self.take(blanks);
            match self.rest.get(..2) {
                Some("//") => drop(self.take(self.rest.find('\n').unwrap_or(self.rest.len()))),
                Some("/*") => drop(self.take(self.block_comment_len())),
                _ => return,
            }
        }
    }

    fn block_comment_len(&self) -> usize {
        let mut depth = 0_usize;
        let mut at = 0;
        while let Some(rest) = self.rest.get(at..).filter(|rest| !rest.is_empty()) {
            let step = match rest {
                _ if rest.starts_with("/*") => {
                    depth += 1;
                    2
                }
                _ if rest.starts_with("*/") => {
                    depth -= 1;
                    2
                }
                _ => rest.chars().next().map_or(1, char::len_utf8),
            };
            at += step;
            if depth == 0 {
                break;
            }
        }
        at
    }

    /// `name`, `r#name`, `0x1f_u8`.
    fn word_len(&self) -> usize {
        let raw = if self.rest.starts_with("r#") { 2 } else { 0 };
        let word = &self.rest[raw..];
        let end = word.find(|c: char| !c.is_alphanumeric() && c != '_');
        raw + end.unwrap_or(word.len())
    }

    /// The length of the string, character or lifetime that starts here.
    fn literal_len(&self, first: char) -> Option<usize> {
        if first == '\'' {
            return Some(self.quote_len());
        }
        let prefix = self.rest.len() - self.rest.trim_start_matches(['b', 'c', 'r']).len();
        let (letters, after) = self.rest.split_at(prefix.min(2));
        let hashes = after.len() - after.trim_start_matches('#').len();
        match (
            letters.contains('r'),
            hashes,
            after[hashes..].starts_with('"'),
        ) {
            (true, _, true) => {
                let end = format!("\"{}", "#".repeat(hashes));
                let start = letters.len() + hashes + 1;
                let len = self.rest[start..].find(&end);
                Some(start + len.map_or(self.rest.len() - start, |len| len + end.len()))
            }
            (false, 0, true) => Some(letters.len() + escaped_len(after, '"')),
            _ if letters == "b" && after.starts_with('\'') => Some(1 + escaped_len(after, '\'')),
            _ => None,
        }
    }

    /// A character (`'a'`, `'\''`) or a lifetime (`'a`).
    fn quote_len(&self) -> usize {
        let mut chars = self.rest.chars().skip(1);
        match (chars.next(), chars.next()) {
            (Some('\\'), _) | (Some(_), Some('\'')) => escaped_len(self.rest, '\''),
            _ => {
                let name = &self.rest[1..];
                let end = name.find(|c: char| !c.is_alphanumeric() && c != '_');
                1 + end.unwrap_or(name.len())
            }
        }
    }
}

/// The length of a literal that ends with the next unescaped `quote`.
fn escaped_len(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}
