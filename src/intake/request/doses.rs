//! Drugs of a request: names, strengths, form.

use super::asked::Asked;
use super::drugs::{self, Known};
use super::phrases::{Found, Phrases};
use super::sheet::{Sheet, pattern, whole};
use super::things::{Thing, Weight};
use crate::model::request::{Category, Drug};
use regex::Captures;
use std::ops::Range;
use std::sync::LazyLock;

pattern!(
    STRENGTH,
    r"(?:\b|_)(\d[\d,]*(?:\.\d+)?|\.\d+)((?: ?[-/] ?\d[\d,]*(?:\.\d+)?(?: ?(?:mg|mcg))?){0,3}) ?(mg/ml|mcg/hr?|mcg/hour|mg/hr|mg/day|mg/[0-9.]* ?ml|mg|mcg|ug|milligrams?|%|iu|meq|units?/ml)(?:(?u:[^a-z])|$)"
);
pattern!(
    PACK,
    r"\b\d[\d,]*(?:\.\d+)? ?(?:grams?|gms?|gm|g|ml|cc|oz|ounces?|lbs?)\b"
);
pattern!(
    PLAIN,
    r"^ ?(\d{1,4}(?:\.\d+)?(?: ?[-/] ?\d{1,4}(?:\.\d+)?)+|\d{1,4}(?:\.\d+)?)(?: |,|$)"
);

#[rustfmt::skip]
static FORMS: LazyLock<Phrases<(&'static str, bool)>> = LazyLock::new(|| {
    Phrases::new([
        ("er|xr|sr|cr|xl|la|extended release|sustained release|controlled release|time release|long acting", ("extended release", true)),
        ("dr|ec|delayed release|enteric coated", ("delayed release", true)), ("ir|immediate release", ("immediate release", true)),
        ("odt|orally disintegrating tablet|disintegrating tablet", ("orally disintegrating tablet", true)),
        ("tablet|tab|tabs|caplet|pill", ("tablet", false)), ("capsule|cap|caps", ("capsule", false)), ("cream", ("cream", false)), ("ointment", ("ointment", false)),
        ("gel", ("gel", false)), ("patch|transdermal patch", ("patch", false)), ("lotion", ("lotion", false)), ("solution", ("solution", false)), ("nasal spray|spray", ("spray", false)),
        ("suppository", ("suppository", false)), ("eye drop|drop|ophthalmic drop", ("drops", false)), ("syrup", ("syrup", false)), ("suspension", ("suspension", false)),
        ("inhaler", ("inhaler", false)), ("pad", ("pad", false)), ("film", ("film", false)), ("lozenge", ("lozenge", false)), ("roll on", ("roll-on", false)), ("foam", ("foam", false)), ("elixir", ("elixir", false)), ("powder", ("powder", false)), ("liquid", ("liquid", false)), ("oil", ("oil", false)), ("balm", ("balm", false)), ("vial", ("vial", false)), ("dose pack|dosepak|dose pak", ("dose pack", false)),
    ])
});

/// Words before the strength that belong to no name.
#[rustfmt::skip]
const FILLERS: [&str; 42] = [
    "of", "for", "the", "a", "an", "and", "with", "rx", "prescription", "medication", "medications", "retrospective", "retro", "request", "continue", "refill", "refills", "generic", "brand", "name", "drug", "topical",
    "compound", "compounded", "pharmacy", "purchase", "post", "op", "postoperative", "post-operative", "post-op", "tablet", "tablets", "tab", "cap", "capsule", "cream", "gel", "ointment", "patch", "dose", "new",
];

/// What is read here.
#[derive(Debug, Default)]
pub struct Dosed {
    /// Drugs with strengths.
    pub drugs: Vec<Drug>,
    /// Where the names stand, and the strengths.
    pub drug_marks: Vec<Range<usize>>,
    /// Form; how it is released before what it is.
    pub form: Option<&'static str>,
    /// Where the form stands.
    pub form_marks: Vec<Range<usize>>,
}

/// A name as it stands.
struct Name {
    at: Range<usize>,
    known: Option<Known>,
}

/// Takes names and strengths from the sheet.
pub fn read(
    asked: &Asked,
    piece: &Range<usize>,
    sheet: &mut Sheet,
    things: &[Found<Thing>],
) -> Dosed {
    let text = sheet.text.clone();
    let strengths: Vec<Captures> = STRENGTH.all(&text);
    let mut names = names(&text, things);
    if names.is_empty() && !things.iter().any(|f| f.means.weight == Weight::Strong) {
        names.extend(
            strengths
                .first()
                .and_then(|first| unknown(&text, &whole(first))),
        );
    }
    let mut dosed = Dosed::default();
    if names.is_empty() {
        return dosed;
    }
    let raw = |at: &Range<usize>| {
        let range = piece.start + at.start..piece.start + at.end;
        asked
            .raw(&range)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase()
    };
    let groups = groups(&text, names, &strengths);
    for (n, group) in groups.iter().enumerate() {
        let end = groups.get(n + 1).map_or(text.len(), |next| next.start());
        dosed
            .drugs
            .push(group.drug(&text, end, &strengths, &raw, sheet));
    }
    one_each(&mut dosed.drugs);
    dosed.drug_marks = groups.iter().map(|g| g.start()..g.end()).collect();
    for strength in &strengths {
        sheet.take(&whole(strength));
    }
    for pack in PACK.all(&text) {
        sheet.take(&whole(&pack));
    }
    form(&text, &mut dosed);
    dosed
}

/// The names that are asked for, in order.
fn names(text: &str, things: &[Found<Thing>]) -> Vec<Name> {
    let is_test = things
        .iter()
        .any(|f| f.means.category == Category::Laboratory && f.means.weight == Weight::Strong);
    if is_test {
        return Vec::new();
    }
    let found = drugs::find(text).into_iter().filter(|drug| {
        // A longer name of a thing (`testosterone level`) is no drug.
        !things.iter().any(|f| {
            f.at.start <= drug.at.start
                && drug.at.end <= f.at.end
                && f.at.len() > drug.at.len()
                && f.means.weight == Weight::Strong
        })
    });
    found
        .map(|f| Name {
            at: without_release(text, &f.at),
            known: f.means,
        })
        .collect()
}

/// `Ultram ER` is Ultram, released slowly.
fn without_release(text: &str, at: &Range<usize>) -> Range<usize> {
    const RELEASE: [&str; 10] = [
        " er", " xr", " sr", " cr", " xl", " la", " ir", " odt", " dr", " patch",
    ];
    let name = text.get(at.clone()).unwrap_or_default();
    let cut = RELEASE.iter().find(|ending| name.ends_with(**ending));
    at.start..at.end - cut.map_or(0, |ending| ending.len())
}

/// The words before a strength, where no name is known.
fn unknown(text: &str, strength: &Range<usize>) -> Option<Name> {
    let before = text.get(..strength.start)?;
    let start = before.rfind([':', ';', '(', ')']).map_or(0, |at| at + 1);
    let words = super::asked::words(before);
    let mut own = words.into_iter().filter(|word| {
        let letters = before.get((*word).clone()).unwrap_or_default();
        word.start >= start
            && !FILLERS.contains(&letters)
            && letters.bytes().any(|b| b.is_ascii_alphabetic())
    });
    let first = own.next()?;
    let end = own.take(1).last().map_or(first.end, |word| {
        let gap = before.get(first.end..word.start).unwrap_or_default();
        if gap == " " || gap == "-" || gap == "/" {
            word.end
        } else {
            first.end
        }
    });
    Some(Name {
        at: first.start..end,
        known: None,
    })
}

/// Names that share one strength (`diclofenac/misoprostol 75-0.2 mg`), or one name.
struct Group {
    names: Vec<Name>,
}

fn groups(text: &str, names: Vec<Name>, strengths: &[Captures]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for name in names {
        let Some(last) = groups.last_mut() else {
            groups.push(Group { names: vec![name] });
            continue;
        };
        let gap = text.get(last.end()..name.at.start).unwrap_or_default();
        let inner = text
            .get(last.end()..)
            .and_then(|rest| rest.find(')'))
            .map(|n| last.end() + n);
        let is_second_name = gap.trim_start().starts_with('(')
            && !gap.contains(')')
            && inner.is_some_and(|end| name.at.end <= end);
        if is_second_name || is_repeated(text, last, &name) {
            continue;
        }
        let is_joined = matches!(gap.trim(), "/" | "-" | "and" | "w/" | "with");
        if is_joined && shares(text, last, &name, strengths) {
            last.names.push(name);
        } else {
            groups.push(Group { names: vec![name] });
        }
    }
    groups
}

fn is_repeated(text: &str, group: &Group, name: &Name) -> bool {
    group
        .names
        .iter()
        .any(|own| text.get(own.at.clone()) == text.get(name.at.clone()))
}

/// Is the next strength one of as many numbers as names?
fn shares(text: &str, group: &Group, name: &Name, strengths: &[Captures]) -> bool {
    let next = strengths.iter().find(|s| whole(s).start >= name.at.end);
    let Some(next) = next else { return true };
    let is_next = text
        .get(name.at.end..whole(next).start)
        .is_some_and(|gap| gap.len() < 30);
    let numbers = text
        .get(whole(next))
        .map_or(0, |t| 1 + t.matches(['-', '/']).count());
    is_next && numbers > group.names.len()
}

impl Group {
    fn start(&self) -> usize {
        self.names.first().map_or(0, |name| name.at.start)
    }

    fn end(&self) -> usize {
        self.names.last().map_or(0, |name| name.at.end)
    }

    fn drug(
        &self,
        text: &str,
        end: usize,
        strengths: &[Captures],
        raw: &impl Fn(&Range<usize>) -> String,
        sheet: &mut Sheet,
    ) -> Drug {
        let names: Vec<String> = self.names.iter().map(|name| raw(&name.at)).collect();
        let own = strengths
            .iter()
            .find(|s| (self.end()..end).contains(&whole(s).start));
        let strength = own
            .map(written)
            .or_else(|| self.plain(text, end, raw, sheet));
        let known = match self.names.as_slice() {
            [one] => one.known,
            _ => None,
        };
        let name = names.join("/");
        Drug {
            generic: known.map(|k| k.generic).filter(|generic| *generic != name),
            class: self.names.first().and_then(|n| n.known).map(|k| k.class),
            name,
            strength,
        }
    }

    /// A number right after the name, without its unit (`Norco 10/325 #60`).
    fn plain(
        &self,
        text: &str,
        end: usize,
        raw: &impl Fn(&Range<usize>) -> String,
        sheet: &mut Sheet,
    ) -> Option<String> {
        let rest = text.get(self.end()..end)?;
        let captures = PLAIN.first(rest)?;
        let found = captures.get(1)?;
        let after = rest.get(found.end()..).unwrap_or_default().trim_start();
        let is_count = [
            "refill", "tab", "cap", "pill", "x", "month", "day", "week", "time",
        ]
        .iter()
        .any(|word| after.starts_with(word));
        if is_count && !found.as_str().contains('/') {
            return None;
        }
        let at = self.end() + found.start()..self.end() + found.end();
        if raw(&at) != found.as_str() {
            // A number in words counts something.
            return None;
        }
        sheet.take(&at);
        Some(found.as_str().replace(' ', ""))
    }
}

/// `10/325mg` -> `10/325 mg`, `5 %` -> `5%`.
fn written(captures: &Captures) -> String {
    let part = |n: usize| captures.get(n).map_or("", |m| m.as_str());
    let numbers = format!("{}{}", part(1), part(2)).replace([' ', 'm', 'g', 'c'], "");
    match part(3) {
        "%" => format!("{numbers}%"),
        unit if unit.starts_with("milligram") => format!("{numbers} mg"),
        unit => format!("{numbers} {unit}"),
    }
}

/// A drug named twice is one drug.
fn one_each(drugs: &mut Vec<Drug>) {
    let mut seen: Vec<Drug> = Vec::new();
    for drug in drugs.drain(..) {
        match seen.iter_mut().find(|own| own.name == drug.name) {
            Some(own) => own.strength = own.strength.take().or(drug.strength),
            None => seen.push(drug),
        }
    }
    *drugs = seen;
}

fn form(text: &str, dosed: &mut Dosed) {
    let found = FORMS.find(text);
    let release = found.iter().find(|f| f.means.1);
    if let Some(found) = release.or_else(|| found.first()) {
        dosed.form = Some(found.means.0);
        dosed.form_marks.push(found.at.clone());
    }
}
