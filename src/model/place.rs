//! Where in the body a fact is: parts, side, levels of the spine, read from its words.

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Left, right or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Left.
    Left,
    /// Right.
    Right,
    /// Both sides of the same part.
    Bilateral,
}

impl Side {
    /// As shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Bilateral => "bilateral",
        }
    }
}

/// What a text says of where a fact is. Nothing is concluded: a level alone names no part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// Parts of the body in the order named, each once.
    pub parts: Vec<&'static str>,
    /// One side where all sides told agree.
    pub side: Option<Side>,
    /// Levels and dermatomes as written: `C4-5`, `L4/L5`.
    pub levels: Vec<String>,
}

/// Reads where a fact is.
pub fn of(text: &str) -> Place {
    let found = parts(text);
    let mut names: Vec<&'static str> = Vec::new();
    for name in found.iter().flat_map(|(_, name)| name.split('+')) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Place {
        side: side(text, &found),
        parts: names,
        levels: levels(text),
    }
}

impl std::fmt::Display for Place {
    /// `lumbar spine, left, L4-5`; nothing where no place is told.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts = self.parts.iter().map(|part| (*part).to_owned());
        let side = self.side.iter().map(|side| side.word().to_owned());
        let all: Vec<String> = parts.chain(side).chain(self.levels.clone()).collect();
        f.write_str(&all.join(", "))
    }
}

/// Name and the words for it. Where two begin at the same place the longer match counts.
const PARTS: [(&str, &str); 60] = [
    ("head", r"head|skull|scalp|cranial"),
    ("brain", r"brain|cerebral|intracranial"),
    ("face", r"face|facial"),
    ("eye", r"eyes?|ocular"),
    ("ear", r"ears?"),
    ("nose", r"nose|nasal"),
    ("jaw", r"jaws?|mandib\w+"),
    (
        "temporomandibular joint",
        r"TMJ|temporomandibular(?: joints?)?",
    ),
    ("tooth", r"tooth|teeth|dental"),
    ("throat", r"throat|larynx|laryngeal"),
    ("suboccipital", r"sub-?occipitals?|occipital|occiput"),
    ("neck", r"necks?|paracervical"),
    ("cervical spine", r"cervical(?: spine)?|C-spine"),
    ("cervicothoracic spine", r"cervicothoracic(?: spine)?"),
    ("thoracic spine", r"thoracic(?: spine)?|T-spine"),
    ("thoracolumbar spine", r"thoracolumbar(?: spine)?"),
    ("lumbar spine", r"lumbar(?: spine)?|L-spine"),
    ("lumbosacral spine", r"lumbo-?sacral(?: spine)?"),
    ("spine", r"spine|spinal"),
    ("sacroiliac joint", r"sacro-?iliac(?: joints?)?|SI joints?"),
    ("sacrum", r"sacrum|sacral"),
    ("coccyx", r"coccyx|tailbone|coccygeal"),
    ("low back", r"low(?:er)?[- ]back"),
    ("mid back", r"mid(?:dle)?[- ]?back"),
    ("upper back", r"upper[- ]back"),
    ("back", r"back"),
    ("trapezius", r"trapezi(?:us|i|al)"),
    (
        "scapula",
        r"scapulae?|scapular|periscapular|shoulder blades?",
    ),
    ("rhomboid", r"rhomboids?"),
    ("shoulder", r"shoulders?|glenohumeral"),
    ("shoulder girdle", r"shoulder girdles?"),
    ("clavicle", r"clavicles?|collarbone"),
    ("upper extremity", r"upper[- ]extremit(?:y|ies)"),
    ("upper limb", r"upper limbs?"),
    ("arm", r"arms?"),
    ("upper arm", r"upper arms?"),
    ("elbow", r"elbows?|olecranon"),
    ("forearm", r"forearms?"),
    ("wrist", r"wrists?"),
    ("hand", r"hands?"),
    ("thumb", r"thumbs?"),
    ("finger", r"fingers?|digits?|fingertips?"),
    ("chest", r"chest|sternum|sternal"),
    ("rib", r"ribs?|rib ?cage"),
    ("abdomen", r"abdom(?:en|inal)"),
    ("groin", r"groins?|inguinal"),
    ("pelvis", r"pelvis|pelvic"),
    ("buttock", r"buttocks?|gluteal|gluteus"),
    ("piriformis", r"piriformis"),
    ("hip", r"hips?"),
    ("thigh", r"thighs?"),
    ("lower extremity", r"lower[- ]extremit(?:y|ies)"),
    ("lower limb", r"lower limbs?"),
    ("leg", r"legs?"),
    ("lower leg", r"lower legs?"),
    ("calf", r"calf|calves"),
    ("knee", r"knees?|tibiofemoral"),
    ("patella", r"patell\w+|kneecaps?"),
    ("ankle", r"ankles?"),
    ("foot", r"foot|feet"),
];

/// Further words: less often told, and two parts told by one word (`upper and lower extremities`).
const MORE: [(&str, &str); 11] = [
    ("heel", r"heels?"),
    ("shin", r"shins?"),
    ("palm", r"palms?"),
    ("stomach", r"stomach|epigastri\w+"),
    ("flank", r"flanks?"),
    (
        "acromioclavicular joint",
        r"acromioclavicular(?: joints?)?|AC joints?",
    ),
    (
        "upper extremity+lower extremity",
        r"upper (?:and|or|and/or) lower[- ]extremit(?:y|ies)",
    ),
    (
        "lower extremity+upper extremity",
        r"lower (?:and|or|and/or) upper[- ]extremit(?:y|ies)",
    ),
    ("upper back+low back", r"upper (?:and|or|and/or) lower back"),
    ("toe", r"toes?"),
    ("it band", r"I\.?T\.? bands?|iliotibial bands?"),
];

/// Words that name a part and speak of something else: a device, a test, a syndrome, a saying.
const NOT_PARTS: &str = concat!(
    r"(?i)\b(?:carpal tunnel(?: syndrome)?|straight[- ]legs?|leg rais\w+|",
    r"(?:come|came|go|went|gone|goes|return\w*|get|got|be|going|getting|coming|sent|back) back|back to|head-?on|",
    r"on the other hand|on (?:the )?one hand|by hand|hand[- ]?written|at hand|at (?:the|a) head of|",
    r"(?:right|left)[- ]hand(?:ed|[- ]dominan\w*)|face[- ]to[- ]face|in the face of|",
    r"(?:six|6|one|1|two|2|three|3|\d+)[- ](?:foot|feet)|(?:\d+|few|several) feet|foot drop|",
    r"digit span|back up|backed|setback|hand controls?|arm'?s length|",
    r"(?:axial )?head compression|(?:greater |lesser )?occipital nerves?|spinal (?:cord|manipul\w+|needle))\b",
);

static SHAPES: LazyLock<Vec<(&'static str, Regex)>> = LazyLock::new(|| {
    let rows = PARTS.iter().chain(&MORE);
    let shapes = rows.filter_map(|(name, words)| {
        let shape = Regex::new(&format!(r"(?i)\b(?:{words})\b")).ok()?;
        Some((*name, shape))
    });
    shapes.collect()
});

/// Parts and where they stand, in order, none within another.
fn parts(text: &str) -> Vec<(Range<usize>, &'static str)> {
    static NOT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(NOT_PARTS).ok());
    let sayings = NOT.iter().flat_map(|not| not.find_iter(text));
    let mut all: Vec<(Range<usize>, Option<&'static str>)> =
        sayings.map(|m| (m.range(), None)).collect();
    for (name, shape) in SHAPES.iter() {
        all.extend(shape.find_iter(text).map(|m| (m.range(), Some(*name))));
    }
    all.sort_by_key(|(at, name)| (at.start, std::cmp::Reverse(at.end), name.is_some()));
    let mut end = 0;
    let mut kept = Vec::new();
    for (at, name) in all {
        if at.start >= end {
            end = at.end;
            kept.extend(name.map(|name| (at, name)));
        }
    }
    kept
}

/// Words of side that are none: directions of movement, handedness, leaving.
const NOT_SIDES: &str = concat!(
    r"(?i)\b(?:right|left)(?: (?:and|or|/) (?:right|left))?[- ](?:lateral )?",
    r"(?:rotation|bending|bend|flexion|tilt\w*|hand(?:ed|[- ]dominan\w*)|away|side[- ]bending)\b",
    r"|\bleft (?:work|the|his job|her job|untreated)\b",
);

/// One side where all sides told agree; both sides of one part are `Bilateral`.
fn side(text: &str, parts: &[(Range<usize>, &'static str)]) -> Option<Side> {
    static SIDES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:(left|left-sided)|(right|right-sided)|bilateral(?:ly)?|both)\b").ok()
    });
    static NOT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(NOT_SIDES).ok());
    let sayings: Vec<Range<usize>> = NOT
        .iter()
        .flat_map(|not| not.find_iter(text))
        .map(|m| m.range())
        .collect();
    let mut told: Vec<(Side, Option<&'static str>)> = Vec::new();
    for found in SIDES.iter().flat_map(|sides| sides.captures_iter(text)) {
        let Some(whole) = found.get(0) else { continue };
        if sayings.iter().any(|s| s.contains(&whole.start())) {
            continue;
        }
        let side = match (found.get(1), found.get(2)) {
            (Some(_), _) => Side::Left,
            (_, Some(_)) => Side::Right,
            _ => Side::Bilateral,
        };
        let next = parts.iter().find(|(at, _)| at.start >= whole.end());
        let last = parts.iter().rev().find(|(at, _)| at.end <= whole.start());
        let near = next.filter(|(at, _)| at.start - whole.end() <= NEAR);
        if whole.as_str().eq_ignore_ascii_case("both") && near.is_none() {
            continue;
        }
        let last = last.filter(|(at, _)| whole.start() - at.end <= NEAR);
        told.push((side, near.or(last).map(|(_, name)| *name)));
    }
    agreed(&told)
}

/// How far from a word of side its part may stand, in bytes.
const NEAR: usize = 24;

fn agreed(told: &[(Side, Option<&'static str>)]) -> Option<Side> {
    let (first, part) = *told.first()?;
    if told.iter().all(|(side, _)| *side == first) {
        return Some(first);
    }
    let is_same = part.is_some() && told.iter().all(|(_, other)| *other == part);
    is_same.then_some(Side::Bilateral)
}

fn levels(text: &str) -> Vec<String> {
    static LEVELS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(concat!(
            r"\b(?:C[1-8]|T(?:1[0-2]|[1-9])|L[1-6]|S[1-5])",
            r"(?:(?: ?[-/] ?| )[CTLS]\d{1,2}| ?[-/] ?\d{1,2})*\b",
            r"|(?i:\b(?:cervical|thoracic|lumbar|sacral) \d\b)",
        ))
        .ok()
    });
    let mut levels: Vec<String> = Vec::new();
    for found in LEVELS.iter().flat_map(|shape| shape.find_iter(text)) {
        let after = text.get(found.end()..).unwrap_or_default();
        // `T2-weighted` is no level, nor is a count: `lumbar 5 visits`.
        let is_weight = after.trim_start_matches(['-', ' ']).starts_with("weight");
        let level = found.as_str().to_owned();
        if !is_weight && !levels.contains(&level) {
            levels.push(level);
        }
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_row_is_a_pattern() {
        assert_eq!(SHAPES.len(), PARTS.len() + MORE.len());
    }

    #[test]
    fn what_is_told_is_read() {
        for (text, want) in [
            (
                "MRI of the cervical spine at C4-5 and C5-C6",
                "cervical spine, C4-5, C5-C6",
            ),
            ("pain in the lower back and left leg", "low back, leg, left"),
            ("right and left knees", "knee, bilateral"),
            ("left shoulder and right knee", "shoulder, knee"),
            ("bilateral lower extremities", "lower extremity, bilateral"),
            ("she went back to work and denied both", ""),
            ("a right-handed man with carpal tunnel syndrome", ""),
            (
                "straight leg raise was positive on the right at L5 and S1",
                "right, L5, S1",
            ),
            ("left rotation of the neck was 40 degrees", "neck"),
            ("T2-weighted images", ""),
        ] {
            assert_eq!(of(text).to_string(), want, "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "(\\PC|left |both |C4-5 |neck ){0,40}") {
            let _ = of(&text);
        }
    }
}
