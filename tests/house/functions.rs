//! How long the functions of a source are.

use super::source::{Source, Token, tokens};
use std::fmt;

pub(crate) struct Function {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) name: String,
    pub(crate) lines: usize,
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}: fn {} has {} lines",
            self.path, self.line, self.name, self.lines
        )
    }
}

/// Every function with a body, tests apart, from its `fn` to its last bracket.
pub(crate) fn functions(source: &Source) -> Vec<Function> {
    if source.module().iter().any(|part| part == "tests") {
        return Vec::new();
    }
    let tokens = tokens(source);
    let is_test = in_tests(&tokens);
    let heads = tokens.iter().enumerate().filter(|(at, token)| {
        let is_head = token.is_ident && token.text == "fn";
        is_head && tokens.get(at + 1).is_some_and(|t| t.is_ident) && !is_test.contains(at)
    });
    let measured = heads.filter_map(|(at, head)| {
        let end = body_end(&tokens, at)?;
        Some(Function {
            path: source.path.clone(),
            line: head.line,
            name: tokens.get(at + 1)?.text.clone(),
            lines: end + 1 - head.line,
        })
    });
    measured.collect()
}

/// Tokens inside `mod tests { }`.
fn in_tests(tokens: &[Token]) -> std::ops::Range<usize> {
    let text = |at: usize| tokens.get(at).map_or("", |t| t.text.as_str());
    let start = (0..tokens.len())
        .find(|at| text(*at) == "mod" && text(at + 1) == "tests" && text(at + 2) == "{");
    match start {
        Some(start) => start..close_of(tokens, start + 2),
        None => 0..0,
    }
}

/// The line of the bracket that closes the body of the function at `head`.
fn body_end(tokens: &[Token], head: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(head) {
        match token.text.as_str() {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            ";" if depth == 0 => return None,
            "{" if depth == 0 => return tokens.get(close_of(tokens, at)).map(|t| t.line),
            _ => {}
        }
    }
    None
}

/// Where the bracket that opens at `open` closes.
fn close_of(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" if depth == 1 => return at,
            "}" => depth -= 1,
            _ => {}
        }
    }
    tokens.len()
}
