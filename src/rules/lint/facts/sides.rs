//! `Left knee`: a side and the part it is told of.

use super::pattern;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Left, right or both, as bits, so that what is known of a part is one number.
pub type Sides = u8;
/// Left.
pub const LEFT: Sides = 1;
/// Right.
pub const RIGHT: Sides = 2;
/// Both.
pub const BOTH: Sides = LEFT | RIGHT;

/// A side told of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sided {
    /// One name a part.
    pub part: &'static str,
    /// Which.
    pub sides: Sides,
    /// Its words.
    pub span: Range<usize>,
    /// Does the side stand beside its own part, rather than before an earlier one of a list?
    pub is_direct: bool,
}

/// Name and words of the parts that come in pairs.
const PARTS: [(&str, &str); 27] = [
    ("upper extremity", r"upper[- ](?:extremit(?:y|ies)|limbs?)"),
    ("lower extremity", r"lower[- ](?:extremit(?:y|ies)|limbs?)"),
    ("shoulder", r"shoulders?|rotator cuffs?"),
    ("upper arm", r"upper arms?"),
    ("forearm", r"forearms?"),
    ("elbow", r"elbows?"),
    ("wrist", r"wrists?"),
    ("hand", r"hands?"),
    ("thumb", r"thumbs?"),
    ("finger", r"fingers?"),
    ("arm", r"arms?"),
    ("hip", r"hips?"),
    ("thigh", r"thighs?"),
    ("knee", r"knees?"),
    ("leg", r"(?:lower )?legs?"),
    ("calf", r"calf|calves"),
    ("ankle", r"ankles?"),
    ("foot", r"foot|feet"),
    ("heel", r"heels?"),
    ("toe", r"toes?"),
    ("buttock", r"buttocks?"),
    ("groin", r"groins?"),
    ("eye", r"eyes?"),
    ("ear", r"ears?"),
    ("sacroiliac joint", r"(?:sacroiliac|si) joints?"),
    ("clavicle", r"clavicles?"),
    ("scapula", r"scapulae?"),
];

/// Words that may not stand between a side and its part.
const PARTING: [&str; 22] = [
    "and", "or", "to", "the", "in", "of", "with", "at", "on", "left", "right", "from", "for",
    "was", "is", "than", "side", "but", "both", "no", "has", "had",
];

fn parts() -> String {
    let words: Vec<&str> = PARTS.iter().map(|(_, words)| *words).collect();
    words.join("|")
}

static TOLD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"\b(?P<side>(?:left|right)(?: and | or |/| and/or )(?:left|right)|left|right|bilateral|both|rt|lt)(?:[- ]sided)?[- ]+(?P<between>(?:[a-z]+[- ]+){{0,2}}?)(?P<part>{0})\b|\b(?P<before>{0}) ?\((?P<after>left|right|bilateral)\)",
        parts()
    ))
});

static NEXT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"^(?: ?, ?(?:and |or )?| and | or | ?& ?| ?/ ?)(?P<part>{})\b",
        parts()
    ))
});

/// What follows a part that is none: handedness, a test, a manner of speaking.
static NO_PART: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"^(?:[- ]?(?:dominan|rais|written|ed\b|out)|[- ](?:lift|press)|s? of pressure)")
});

fn name(words: &str) -> Option<&'static str> {
    static SHAPES: LazyLock<Vec<(&'static str, Regex)>> = LazyLock::new(|| {
        let rows = PARTS.iter();
        let shapes =
            rows.filter_map(|(name, words)| Some((*name, pattern(&format!("^(?:{words})$"))?)));
        shapes.collect()
    });
    let found = SHAPES.iter().find(|(_, shape)| shape.is_match(words));
    found.map(|(name, _)| *name)
}

fn sides(word: &str) -> Sides {
    match word {
        "left" | "lt" => LEFT,
        "right" | "rt" => RIGHT,
        _ => BOTH,
    }
}

/// Every side told of a part, in small letters.
pub fn read(small: &str) -> Vec<Sided> {
    let Some(told) = TOLD.as_ref() else {
        return Vec::new();
    };
    let mut all = Vec::new();
    let mut from = 0;
    while let Some(found) = told.captures_at(small, from) {
        let Some(whole) = found.get(0) else { break };
        from = whole.end();
        let group = |name: &str| found.name(name).map(|m| m.as_str());
        let between = group("between").unwrap_or_default();
        if between
            .split([' ', '-'])
            .any(|word| PARTING.contains(&word))
        {
            // The side may belong to what is between: look again behind the word of side.
            from = found.name("side").map_or(whole.end(), |side| side.end());
            continue;
        }
        let rest = small.get(whole.end()..).unwrap_or_default();
        if NO_PART.as_ref().is_some_and(|no| no.is_match(rest)) {
            continue;
        }
        let (side, part) = match (group("before"), group("after")) {
            (Some(part), Some(side)) => (side, part),
            _ => (
                group("side").unwrap_or_default(),
                group("part").unwrap_or_default(),
            ),
        };
        let Some(part) = name(part) else { continue };
        all.push(Sided {
            part,
            sides: sides(side),
            span: whole.range(),
            is_direct: true,
        });
        carried(small, whole.end(), sides(side), &mut all);
    }
    all
}

/// `left wrist/hand, and elbow`: the side goes on through a list.
fn carried(small: &str, mut at: usize, sides: Sides, all: &mut Vec<Sided>) {
    while let Some(found) = NEXT
        .as_ref()
        .and_then(|next| next.captures(small.get(at..)?))
    {
        let (Some(whole), Some(part)) = (found.get(0), found.name("part")) else {
            return;
        };
        if let Some(name) = name(part.as_str()) {
            all.push(Sided {
                part: name,
                sides,
                span: at + part.start()..at + part.end(),
                is_direct: false,
            });
        }
        at += whole.end();
    }
}

/// What a text says of one part, all mentions together.
pub fn of_part(all: &[Sided], part: &str) -> Sides {
    all.iter()
        .filter(|s| s.part == part)
        .fold(0, |sum, s| sum | s.sides)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(&'static str, Sides)> {
        read(text).into_iter().map(|s| (s.part, s.sides)).collect()
    }

    #[test]
    fn sides_go_with_their_parts() {
        assert_eq!(
            told("left wrist/hand and the right knee"),
            [("wrist", 1), ("hand", 1), ("knee", 2)]
        );
        assert_eq!(
            told("bilateral upper extremities"),
            [("upper extremity", 3)]
        );
        assert_eq!(told("right distal lower leg"), [("leg", 2)]);
        assert_eq!(told("right or left hips"), [("hip", 3)]);
        assert_eq!(told("shoulder (left)"), [("shoulder", 1)]);
        assert_eq!(
            told("left hip, lower leg, and knee"),
            [("hip", 1), ("leg", 1), ("knee", 1)]
        );
        for none in [
            "right hand dominant",
            "he left with the knee brace",
            "right-handed",
            "right and left",
        ] {
            assert_eq!(told(none), [], "{none}");
        }
    }
}
