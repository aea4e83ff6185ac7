//! Blocks -> Markdown, one line a paragraph.

use super::blocks::Block;

/// The letter as Markdown.
pub(super) fn print(blocks: &[Block]) -> String {
    let mut out = String::from("# Final Determination\n");
    for block in blocks {
        push(&mut out, block);
    }
    out
}

fn push(out: &mut String, block: &Block) {
    match block {
        Block::Heading(heading) => push_para(out, &format!("## {heading}")),
        Block::Field { label, value } => {
            push_para(out, &format!("**{label}:** {}", escaped(value)));
        }
        Block::Para(text) => push_para(out, &escaped_start(text)),
        Block::Entry(text) => push_para(out, &format!("- {}", escaped_start(text))),
        Block::Item {
            number,
            request,
            decision,
        } => {
            let number = number.map(|n| format!("{n}. ")).unwrap_or_default();
            let decision = escaped(decision);
            push_para(
                out,
                &format!("### {number}{}: {decision}", escaped(request)),
            );
        }
        Block::Labelled { label, paras } => {
            for (index, para) in paras.iter().enumerate() {
                match index {
                    0 => push_para(out, &format!("**{}** {}", escaped(label), escaped(para))),
                    _ => push_para(out, &escaped_start(para)),
                }
            }
        }
    }
}

fn push_para(out: &mut String, line: &str) {
    out.push('\n');
    out.push_str(line);
    out.push('\n');
}

/// Escapes what Markdown reads anywhere in a line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// [`escaped`], and what Markdown reads at the start of a line: list marks and rulers.
fn escaped_start(text: &str) -> String {
    let out = escaped(text);
    let rest = out.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = out.len() - rest.len();
    let is_mark = match digits {
        0 => rest.starts_with(['-', '+', '=']),
        _ => rest.starts_with(['.', ')']),
    };
    match (is_mark, out.split_at_checked(digits)) {
        (true, Some((number, rest))) => format!("{number}\\{rest}"),
        _ => out,
    }
}
