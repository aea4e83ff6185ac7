//! Screens one after the other as one moving SVG picture. What stays the same is in it once: every
//! row is drawn as often as it differs, and shown while it is so. Where pictures do not move, the
//! first screen stands.

use super::svg;
use ratatui::buffer::Buffer;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A screen, and how long it stands.
#[derive(Debug, Clone)]
pub struct Shot {
    pub(super) buffer: Buffer,
    pub(super) millis: u32,
}

/// When something is seen: first and last shot, from 0.
type Runs = Vec<(usize, usize)>;

/// Writes the screens; `title` is what a screen reader says of the picture.
pub fn write(shots: &[Shot], title: &str) -> String {
    let Some(first) = shots.first() else {
        return String::new();
    };
    let starts = starts(shots);
    let mut out = svg::head(&first.buffer, title);
    for y in 0..first.buffer.area.height {
        for (drawn, runs) in drawings(shots, y) {
            group(&mut out, &drawn, &runs, &starts);
        }
    }
    out.push_str("</svg>\n");
    out
}

/// When each screen begins, and when the last one ends, in milliseconds.
fn starts(shots: &[Shot]) -> Vec<u32> {
    let mut at = 0;
    let ends = shots.iter().map(|shot| {
        at += shot.millis;
        at
    });
    std::iter::once(0).chain(ends).collect()
}

/// Every way in which a row is drawn, with its times.
fn drawings(shots: &[Shot], y: u16) -> BTreeMap<String, Runs> {
    let mut all: BTreeMap<String, Runs> = BTreeMap::new();
    for (n, shot) in shots.iter().enumerate() {
        let runs = all.entry(svg::row(&shot.buffer, y)).or_default();
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == n => *last = n,
            _ => runs.push((n, n)),
        }
    }
    all.remove("");
    all
}

fn group(out: &mut String, drawn: &str, runs: &[(usize, usize)], starts: &[u32]) {
    let last = starts.len().saturating_sub(2);
    if runs == [(0, last)] {
        return out.push_str(drawn);
    }
    let total = starts.last().copied().unwrap_or(1).max(1);
    let at = |n: usize| f64::from(starts.get(n).copied().unwrap_or(total)) / f64::from(total);
    let (mut values, mut times) = (String::new(), String::new());
    let mut say = |value: &str, time: f64| {
        let gap = if values.is_empty() { "" } else { ";" };
        let _ = write!(values, "{gap}{value}");
        let _ = write!(times, "{gap}{}", thousandths(time));
    };
    if runs.first().is_none_or(|(from, _)| *from > 0) {
        say("none", 0.0);
    }
    for (from, to) in runs {
        say("inline", at(*from));
        if *to < last {
            say("none", at(*to + 1));
        }
    }
    let hidden = if runs.first().is_some_and(|(from, _)| *from == 0) {
        ""
    } else {
        " display=\"none\""
    };
    let _ = write!(
        out,
        "<g{hidden}><animate attributeName=\"display\" values=\"{values}\" keyTimes=\"{times}\" \
         dur=\"{total}ms\" calcMode=\"discrete\" repeatCount=\"indefinite\"/>\n{drawn}</g>\n"
    );
}

/// A share of the whole in few digits.
fn thousandths(share: f64) -> String {
    let said = format!("{share:.5}");
    said.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn shot(lines: [&str; 2], millis: u32) -> Shot {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 2));
        for (y, line) in (0..).zip(lines) {
            buffer.set_string(0, y, line, Style::new());
        }
        Shot { buffer, millis }
    }

    #[test]
    fn what_stays_is_drawn_once_and_what_comes_back_too() {
        let svg = write(
            &[
                shot(["stays", "one"], 250),
                shot(["stays", "two"], 250),
                shot(["stays", "one"], 500),
            ],
            "t",
        );
        for (text, times) in [(">stays<", 1), (">one<", 1), (">two<", 1), ("<animate", 2)] {
            assert_eq!(svg.matches(text).count(), times, "{text} in {svg}");
        }
        assert!(
            svg.contains("values=\"inline;none;inline\" keyTimes=\"0;0.25;0.5\""),
            "{svg}"
        );
        assert!(
            svg.contains("values=\"none;inline;none\" keyTimes=\"0;0.25;0.5\""),
            "{svg}"
        );
        assert!(svg.contains("dur=\"1000ms\""));
        assert_eq!(write(&[], "t"), "");
    }
}
