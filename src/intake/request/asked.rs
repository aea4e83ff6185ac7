//! The text of a request made even: small letters, single blanks, numbers as digits.
//!
//! The even text is ASCII, so that every offset in it is a border of characters, and each of its
//! bytes knows the byte of the original it came from.

use std::ops::Range;

/// Stands for a character that is no ASCII.
const FOREIGN: char = '~';

/// Characters read, white space folded: the longest request of the published letters seen has 441.
const LONGEST: usize = 4_096;

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// The even text of a request.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    raw: &'a str,
    /// ASCII only.
    pub text: String,
    /// For each byte of `text`, the range of `raw` it stands for.
    from: Vec<(usize, usize)>,
}

impl<'a> Asked<'a> {
    /// Makes a request even.
    pub fn new(raw: &'a str) -> Self {
        let mut plain = Self {
            raw,
            text: String::with_capacity(raw.len()),
            from: Vec::with_capacity(raw.len()),
        };
        for (at, c) in raw.char_indices() {
            if plain.text.len() == LONGEST {
                break;
            }
            plain.push(even(c), (at, at + c.len_utf8()));
        }
        plain.numbers_as_digits()
    }

    fn push(&mut self, c: char, from: (usize, usize)) {
        if c == ' ' && (self.text.is_empty() || self.text.ends_with(' ')) {
            return;
        }
        self.text.push(c);
        self.from.push(from);
    }

    fn numbers_as_digits(self) -> Self {
        let mut out = Self {
            raw: self.raw,
            text: String::with_capacity(self.text.len()),
            from: Vec::with_capacity(self.from.len()),
        };
        let words = words(&self.text);
        let mut done = 0;
        let mut rest = words.iter().peekable();
        while let Some(word) = rest.next() {
            let Some((mut replacement, is_ten)) = number(self.slice(word)) else {
                continue;
            };
            let mut end = word.end;
            let next = rest.peek().filter(|_| is_ten);
            let unit = next.and_then(|next| {
                let gap = self.text.get(word.end..next.start)?;
                let (n, is_ten) = number(self.slice(next))?;
                ((gap == "-" || gap == " ") && !is_ten && (1..10).contains(&n)).then_some((n, next))
            });
            if let Some((n, next)) = unit {
                replacement += n;
                end = next.end;
                rest.next();
            }
            out.copy(&self, done..word.start);
            let from = self.raw_range(&(word.start..end));
            for digit in spelled(replacement, self.slice(word)).chars() {
                out.push(digit, (from.start, from.end));
            }
            done = end;
        }
        out.copy(&self, done..self.text.trim_end().len());
        out
    }

    fn copy(&mut self, other: &Self, range: Range<usize>) {
        let text = other.text.get(range.clone()).unwrap_or_default();
        let from = other.from.get(range).unwrap_or_default();
        for (c, from) in text.chars().zip(from) {
            self.push(c, *from);
        }
    }

    /// A piece of the even text.
    pub fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// Where a piece of the even text stands in the original.
    pub fn raw_range(&self, range: &Range<usize>) -> Range<usize> {
        let all = self.from.get(range.clone()).unwrap_or_default();
        let start = all.first().map_or(0, |(start, _)| *start);
        let end = all.last().map_or(start, |(_, end)| *end);
        start..end
    }

    /// The original words of a piece of the even text.
    pub fn raw(&self, range: &Range<usize>) -> &'a str {
        self.raw.get(self.raw_range(range)).unwrap_or_default()
    }
}

fn even(c: char) -> char {
    match c {
        '\u{d7}' => 'x',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        c if c.is_whitespace() => ' ',
        c if c.is_ascii_control() => ' ',
        c if c.is_ascii() => c.to_ascii_lowercase(),
        _ => FOREIGN,
    }
}

/// The value of a number word, and whether it is one of the tens.
fn number(word: &str) -> Option<(usize, bool)> {
    match word {
        "twice" => return Some((2, false)),
        "once" => return Some((1, false)),
        _ => {}
    }
    let unit = UNITS.iter().position(|u| *u == word).map(|n| (n, false));
    unit.or_else(|| {
        let ten = TENS.iter().position(|t| *t == word)?;
        Some((10 * (ten + 2), true))
    })
}

/// `twice` is two times, said in one word.
fn spelled(n: usize, word: &str) -> String {
    match word {
        "twice" | "once" => format!("{n} times"),
        _ => n.to_string(),
    }
}

/// Words of an even text: letters and digits.
pub fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        if !byte.is_ascii_alphanumeric() {
            continue;
        }
        match words.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => words.push(at..at + 1),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_digits_and_know_where_they_stood() {
        let asked =
            Asked::new("  Twenty-four \u{a0} visits, TWICE a\nweek; forty one \u{d7} \u{e9}");
        assert_eq!(asked.text, "24 visits, 2 times a week; 41 x ~");
        assert_eq!(asked.raw(&(0..2)), "Twenty-four");
        assert_eq!(asked.raw(&(11..18)), "TWICE");
    }
}
