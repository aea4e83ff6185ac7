//! The paths of a source that lead out of its room, and ways around the house.

use super::source::{Source, Token, tokens};

pub(crate) struct Arrow {
    pub(crate) line: usize,
    pub(crate) to: String,
}

#[derive(Default)]
pub(crate) struct Scan {
    pub(crate) arrows: Vec<Arrow>,
    pub(crate) idents: Vec<(usize, String)>,
    /// Ways around the house: aliases of its root, files brought in by path.
    pub(crate) tricks: Vec<(usize, String)>,
}

pub(crate) fn scan(source: &Source) -> Scan {
    let tokens = tokens(source);
    let module = source.module();
    let depths = inline_depths(&tokens);
    let mut scan = Scan::default();
    for (at, token) in tokens.iter().enumerate() {
        let reader = Reader { tokens: &tokens };
        if token.is_ident {
            scan.idents.push((token.line, token.text.clone()));
            let depth = module.len() + depths.get(at).copied().unwrap_or(0);
            reader.path(at, depth, source.room() == "main", &mut scan);
            if source.room() == "lib" && token.text == "use" {
                let what = "lib.rs re-exports: every path would lose its room".to_owned();
                scan.tricks.push((token.line, what));
            }
        }
        if reader.is_file_by_path(at) {
            let what = "brings a file in by its path".to_owned();
            scan.tricks.push((token.line, what));
        }
    }
    scan
}

/// For each token: in how many `mod name { }` it stands.
fn inline_depths(tokens: &[Token]) -> Vec<usize> {
    let mut open: Vec<bool> = Vec::new();
    let mut depths = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "{" => {
                let keyword = at.checked_sub(2).and_then(|k| tokens.get(k));
                open.push(keyword.is_some_and(|k| k.is_ident && k.text == "mod"));
            }
            "}" => drop(open.pop()),
            _ => {}
        }
        depths.push(open.iter().filter(|is_mod| **is_mod).count());
    }
    depths
}

struct Reader<'a> {
    tokens: &'a [Token],
}

impl Reader<'_> {
    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| t.text.as_str())
    }

    fn line(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(0, |t| t.line)
    }

    fn is_joined(&self, at: usize) -> bool {
        self.text(at) == ":" && self.text(at + 1) == ":"
    }

    /// Is the token the middle or end of a longer path?
    fn is_inner(&self, at: usize) -> bool {
        let before = |n: usize| at.checked_sub(n);
        let joined = before(2).is_some_and(|k| self.is_joined(k));
        let named = before(3).and_then(|k| self.tokens.get(k));
        joined && named.is_some_and(|t| t.is_ident && !is_keyword(&t.text))
    }

    /// Follows the path that begins at `at`, if it begins at a root or climbs to one.
    fn path(&self, at: usize, depth: usize, is_main: bool, scan: &mut Scan) {
        if self.is_inner(at) {
            return;
        }
        // Segments left of the path to here: 0 is the root of the library. The binary's own
        // root holds nothing.
        let left = match self.text(at) {
            "crate" if !is_main => Some(0),
            "imr" => Some(0),
            "super" if !self.is_in_group(at) => depth.checked_sub(1),
            _ => None,
        };
        let Some(left) = left else { return };
        if self.is_joined(at + 1) {
            return self.rest(at + 3, left, scan);
        }
        let is_extern = at >= 1 && self.text(at) == "crate" && self.text(at - 1) == "extern";
        if is_extern && self.text(at + 1) == "self" {
            self.note_root(at, scan);
        }
        if left == 0 && self.text(at + 1) == "as" {
            self.note_root(at, scan);
        }
    }

    /// A `super` inside `super::{ }` is read with its group, where it stands for one more step.
    fn is_in_group(&self, at: usize) -> bool {
        let mut depth = 0_usize;
        for back in (0..at).rev() {
            match self.text(back) {
                "}" => depth += 1,
                "{" if depth > 0 => depth -= 1,
                "{" => return back >= 2 && self.is_joined(back - 2),
                ";" => return false,
                _ => {}
            }
        }
        false
    }

    /// What follows `::`, where `left` segments lead from the root to here.
    fn rest(&self, at: usize, left: usize, scan: &mut Scan) {
        match self.text(at) {
            "{" => self.members(at + 1, left, scan),
            "super" => {
                let Some(left) = left.checked_sub(1) else {
                    return;
                };
                match self.is_joined(at + 1) {
                    true => self.rest(at + 3, left, scan),
                    false if left == 0 => self.note_root(at, scan),
                    false => {}
                }
            }
            "*" | "self" if left == 0 => self.note_root(at, scan),
            room if left == 0 && self.tokens.get(at).is_some_and(|t| t.is_ident) => {
                scan.arrows.push(Arrow {
                    line: self.line(at),
                    to: room.to_owned(),
                });
            }
            _ => {}
        }
    }

    /// The members of a group, each read from the same place.
    fn members(&self, start: usize, left: usize, scan: &mut Scan) {
        let mut depth = 0_usize;
        let mut is_start = true;
        for at in start..self.tokens.len() {
            if is_start && self.text(at) != "}" {
                self.rest(at, left, scan);
            }
            is_start = false;
            match self.text(at) {
                "{" => depth += 1,
                "}" if depth == 0 => return,
                "}" => depth -= 1,
                "," if depth == 0 => is_start = true,
                _ => {}
            }
        }
    }

    fn note_root(&self, at: usize, scan: &mut Scan) {
        let what = "names the root of the house itself, which hides where its paths lead";
        scan.tricks.push((self.line(at), what.to_owned()));
    }

    fn is_file_by_path(&self, at: usize) -> bool {
        let attribute = self.text(at) == "path"
            && self.text(at + 1) == "="
            && at >= 2
            && self.text(at - 1) == "["
            && self.text(at - 2) == "#";
        let include = self.text(at) == "include" && self.text(at + 1) == "!";
        attribute || include
    }
}

/// Words after which `::` begins a path instead of going on with one: `use ::imr::x`.
fn is_keyword(word: &str) -> bool {
    [
        "use", "return", "in", "as", "dyn", "impl", "mut", "match", "if", "else", "where", "for",
    ]
    .contains(&word)
}
