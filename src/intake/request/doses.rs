//! Drugs of a request: names, strengths, form.

use super::asked::Asked;
use super::drugs::{self, Known};
use super::phrases::{Found, Phrases};
use super::sheet::{Sheet, pattern, whole};
use super::things::{Thing, Weight};
use crate::model::request::{Category, Drug, DrugClass};
use regex::Captures;
use std::ops::Range;
use std::sync::LazyLock;

pattern!(
    STRENGTH,
    r"(\b\d[\d,]*(?:\.\d+)?|\.\d+)((?: ?(?:mg|mcg)? ?[-/] ?\d[\d,]*(?:\.\d+)?){0,3}) ?(mg/ml|mcg/hr?|mcg/hour|mg/hr|mg/day|mg/[0-9.]* ?ml|mg|mcg|ug|milligrams?|%|iu|meq|units?/ml)(?:(?u:[^a-z])|$)"
);
pattern!(
    PACK,
    r"\b\d[\d,]*(?:\.\d+)? ?(?:grams?|gms?|gm|g|ml|cc|oz|ounces?|lbs?)\b"
);
pattern!(
    PLAIN,
    r"^ ?(\d{1,4}(?:\.\d+)?(?: ?[-/] ?\d{1,4}(?:\.\d+)?)+|\d{1,4}(?:\.\d+)?)(?: |,|$)"
);

pattern!(PARTNER, r"^/([a-z]{5,})\b");

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

/// What the table of drugs calls a cream of no stated ingredients.
const COMPOUND: &str = "topical compound";

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
    let mut names = with_partners(&text, names(&text, things));
    if names.is_empty() && !things.iter().any(|f| f.means.weight == Weight::Strong) {
        let first = strengths.first().map(whole).or_else(|| sold_as(&text));
        names.extend(first.and_then(|first| unknown(&text, &first)));
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
    deal_out(&groups, &strengths, &mut dosed.drugs);
    one_each(&mut dosed.drugs);
    dosed.drug_marks = groups.iter().map(|g| g.start()..g.end()).collect();
    dosed.drug_marks.iter().for_each(|mark| sheet.take(mark));
    for strength in &strengths {
        sheet.take(&whole(strength));
    }
    for pack in PACK.all(&text) {
        sheet.take(&whole(&pack));
    }
    form(&text, &mut dosed);
    topical(&mut dosed);
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
                && f.means.category != Category::Injection
        })
    });
    found
        .map(|f| Name {
            at: without_form(text, &f.at),
            known: f.means,
        })
        .collect()
}

/// `Gabapentin/Newoprene`: what is joined to a drug by a stroke is one, known or not.
fn with_partners(text: &str, names: Vec<Name>) -> Vec<Name> {
    let mut all: Vec<Name> = Vec::new();
    for name in names {
        let end = name.at.end;
        all.push(name);
        let partner = text
            .get(end..)
            .and_then(|rest| PARTNER.first(rest))
            .and_then(|c| c.get(1));
        let Some(partner) = partner else { continue };
        let at = end + partner.start()..end + partner.end();
        all.push(Name { at, known: None });
    }
    all.sort_by_key(|name| name.at.start);
    all.dedup_by(|later, first| later.at.start < first.at.end);
    all
}

/// `Ultram ER` is Ultram, released slowly; `Terocin patches` is Terocin.
fn without_form(text: &str, at: &Range<usize>) -> Range<usize> {
    #[rustfmt::skip]
    const FORMS: [&str; 24] = [
        " er", " xr", " sr", " cr", " xl", " la", " ir", " odt", " dr", " patch", " patches", " cream", " gel", " lotion", " ointment", " pad", " topical",
        " transdermal", " dose pack", " dosepak", " dosepack", " dose pak", " nasal spray", " suspension",
    ];
    let name = text.get(at.clone()).unwrap_or_default();
    let cut = FORMS.iter().find(|ending| name.ends_with(**ending));
    at.start..at.end - cut.map_or(0, |ending| ending.len())
}

/// Where it says in what form: only drugs are sold as creams and capsules.
fn sold_as(text: &str) -> Option<Range<usize>> {
    const SURE: [&str; 11] = [
        "tablet",
        "capsule",
        "cream",
        "ointment",
        "gel",
        "lotion",
        "spray",
        "suppository",
        "syrup",
        "inhaler",
        "elixir",
    ];
    let found = FORMS
        .find(text)
        .into_iter()
        .find(|f| SURE.contains(&f.means.0))?;
    Some(found.at)
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
        let is_joined = match gap.trim() {
            "/" | "-" => shares(text, last, &name, strengths) != Some(false),
            "and" | "with" => shares(text, last, &name, strengths) == Some(true),
            _ => false,
        };
        if is_joined {
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

/// Is the next strength one of as many numbers as names? `None` where none follows.
fn shares(text: &str, group: &Group, name: &Name, strengths: &[Captures]) -> Option<bool> {
    let next = strengths
        .iter()
        .map(whole)
        .find(|at| at.start >= name.at.end)?;
    let is_near = next.start - name.at.end < 30;
    let numbers = 1 + text
        .get(next)?
        .trim_end_matches('/')
        .matches(['-', '/'])
        .count();
    Some(is_near && numbers > group.names.len())
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
        let name = match known {
            // A pair that is sold as one.
            Some(pair) if pair.generic.contains('/') => paired(&names.join("/")),
            _ => names.join("/"),
        };
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
            "gm", "g ", "gram", "ml", "oz", "cc", "refill", "tab", "cap", "pill", "x", "month",
            "day", "week", "time",
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

/// `hydrocodone-acetaminophen` -> `hydrocodone/acetaminophen`, but `senokot-s`.
fn paired(name: &str) -> String {
    let is_pair = name.split('-').all(|part| part.len() > 2);
    if is_pair {
        name.replace('-', "/")
    } else {
        name.to_owned()
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

/// `A/B 10%/5%`: as many strengths as names, all behind the last, go to them in order.
fn deal_out(groups: &[Group], strengths: &[Captures], drugs: &mut [Drug]) {
    let is_behind = groups
        .last()
        .zip(strengths.first())
        .is_some_and(|(group, first)| whole(first).start >= group.end());
    if is_behind && strengths.len() == drugs.len() {
        for (drug, strength) in drugs.iter_mut().zip(strengths) {
            drug.strength = Some(written(strength));
        }
    }
}

/// What is rubbed in counts as topical, whatever is in it; a patch of an opioid stays one.
fn topical(dosed: &mut Dosed) {
    let is_cream = matches!(dosed.form, Some("cream" | "gel" | "ointment" | "lotion"));
    for drug in &mut dosed.drugs {
        let is_share = drug.strength.as_ref().is_some_and(|s| s.ends_with('%'));
        let known = drug.class.filter(|class| *class != DrugClass::Opioid);
        if known.is_some() && (is_cream || is_share) {
            drug.class = Some(DrugClass::Topical);
        }
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
    // `Compound cream:` says no more once its ingredients are named.
    if seen.len() > 1 {
        seen.retain(|drug| drug.strength.is_some() || drug.generic != Some(COMPOUND));
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
