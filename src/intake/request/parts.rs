//! Body parts, their sides, and spinal levels.

use super::phrases::{Found, Phrases};
use crate::model::request::{BodyPart, Side};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What a word about the body says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// A part of the trunk or head, which has a side only where one stands right before it.
    Trunk(&'static str),
    /// A part that comes in twos.
    Limb(&'static str),
    /// Both of a part, said by the plural.
    Limbs(&'static str),
    /// Several parts by one word.
    Two(&'static str, &'static str),
    Side(Side),
    /// A side and a limb in one word (`RUE`).
    Sided(Side, &'static str),
}

use Side::{Bilateral, Left, Right};
use Word::{Limb, Limbs, Sided, Trunk, Two};

#[rustfmt::skip]
static TABLE: &[(&str, Word)] = &[
    ("neck|cervical|cervical spine|c spine|cervical region|cervicals", Trunk("cervical spine")),
    ("thoracic|thoracic spine|t spine|upper back|mid back|midback|middle back\
        |dorsal spine", Trunk("thoracic spine")),
    ("lumbar|lumbar sacral|lumbar spine|l spine|ls spine|l s spine|low back\
        |lower back|lumbosacral|lumbosacral spine|lumbo sacral|lumbo sacral spine|lumber spine|back brace\
        |back support|back belt|lso|lso brace|lso back brace", Trunk("lumbar spine")),
    ("cervicothoracic", Two("cervical spine", "thoracic spine")),
    ("thoracolumbar|thoraco lumbar|thoracolumbar spine", Two("thoracic spine", "lumbar spine")),
    ("cervicobrachial", Trunk("cervical spine")),
    ("spine|spinal", Trunk("spine")),
    ("back", Trunk("back")),
    ("sacrum|sacral", Trunk("sacrum")),
    ("coccyx|tailbone", Trunk("coccyx")),
    ("sacroiliac|sacroiliac joint|si joint|sacro iliac joint|sij", Trunk("sacroiliac joint")),
    ("head|scalp", Trunk("head")),
    ("brain|cerebral", Trunk("brain")),
    ("brainstem|brain stem", Trunk("brainstem")),
    ("skull|cranial", Trunk("skull")),
    ("face|facial|maxillofacial", Trunk("face")),
    ("jaw|tmj|temporomandibular|temporomandibular joint|mandible", Trunk("jaw")),
    ("eye|ocular", Limb("eye")),
    ("eyelid", Limb("eyelid")),
    ("ear", Limb("ear")),
    ("nose|nasal|sinus", Trunk("nose")),
    ("throat|larynx", Trunk("throat")),
    ("tooth|teeth|dental", Trunk("teeth")),
    ("chest|thorax", Trunk("chest")),
    ("rib", Trunk("ribs")),
    ("sternum", Trunk("sternum")),
    ("abdomen|abdominal", Trunk("abdomen")),
    ("pelvis|pelvic", Trunk("pelvis")),
    ("groin|inguinal", Limb("groin")),
    ("lung|pulmonary", Trunk("lung")),
    ("heart|cardiac", Trunk("heart")),
    ("kidney|renal", Trunk("kidney")),
    ("liver|hepatic", Trunk("liver")),
    ("bladder", Trunk("bladder")),
    ("testicle|testicular|scrotum|scrotal", Trunk("testicle")),
    ("breast", Limb("breast")),
    ("whole body|total body", Trunk("whole body")),
    ("shoulder|rotator cuff|subacromial|glenohumeral|acromioclavicular|ac joint|labral\
        |labrum", Limb("shoulder")),
    ("shoulders", Limbs("shoulder")),
    ("scapula|scapular|shoulder blade", Limb("scapula")),
    ("clavicle", Limb("clavicle")),
    ("trapezius|trapezial", Limb("trapezius")),
    ("upper extremity|upper limb|ue", Limb("upper extremity")),
    ("upper extremities|upper limbs|ues", Limbs("upper extremity")),
    ("arm|upper arm|humerus|humeral", Limb("arm")),
    ("arms", Limbs("arm")),
    ("elbow|cubital|cubital tunnel|epicondyle|epicondylar", Limb("elbow")),
    ("elbows", Limbs("elbow")),
    ("forearm|radius|ulna", Limb("forearm")),
    ("forearms", Limbs("forearm")),
    ("wrist|carpal|carpal tunnel|radiocarpal|tfcc|distal radius|scaphoid|de quervain\
        |dequervain", Limb("wrist")),
    ("wrists", Limbs("wrist")),
    ("hand", Limb("hand")),
    ("hands", Limbs("hand")),
    ("thumb|cmc joint", Limb("thumb")),
    ("thumbs", Limbs("thumb")),
    ("finger|trigger finger|index finger|middle finger|long finger|ring finger|little finger\
        |small finger|index", Limb("finger")),
    ("lower extremity|lower limb|le", Limb("lower extremity")),
    ("lower extremities|lower limbs|les", Limbs("lower extremity")),
    ("hip|acetabular|trochanteric|trochanter|greater trochanter", Limb("hip")),
    ("hips", Limbs("hip")),
    ("buttock|gluteal|piriformis", Limb("buttock")),
    ("thigh|hamstring|quadriceps|femur|femoral", Limb("thigh")),
    ("thighs", Limbs("thigh")),
    ("leg", Limb("leg")),
    ("legs", Limbs("leg")),
    ("knee|patella|patellar|patellofemoral|meniscus|meniscal|meniscectomy|acl|pcl\
        |anterior cruciate ligament", Limb("knee")),
    ("knees", Limbs("knee")),
    ("lower leg|shin|fibula|tibia|tibial|calf", Limb("lower leg")),
    ("lower legs", Limbs("lower leg")),
    ("ankle|achille|achilles tendon", Limb("ankle")),
    ("ankles", Limbs("ankle")),
    ("foot|plantar|plantar fascia|metatarsal", Limb("foot")),
    ("feet", Limbs("foot")),
    ("heel|calcaneus", Limb("heel")),
    ("toe|great toe|big toe|hallux", Limb("toe")),
    ("left|lt|left sided|left side", Word::Side(Left)),
    ("right|rt|right sided|right side", Word::Side(Right)),
    ("bilateral|bilaterally|both|b l", Word::Side(Bilateral)),
    ("l", Word::Side(Left)),
    ("r", Word::Side(Right)),
    ("rue", Sided(Right, "upper extremity")),
    ("lue", Sided(Left, "upper extremity")),
    ("bue", Sided(Bilateral, "upper extremity")),
    ("rle", Sided(Right, "lower extremity")),
    ("lle", Sided(Left, "lower extremity")),
    ("ble", Sided(Bilateral, "lower extremity")),
];

/// Words in which a body part means nothing of the kind.
#[rustfmt::skip]
const NOT_PARTS: [&str; 18] = [
    "face to face", "follow up", "head to head", "hand out", "hand held", "handheld", "hand controls", "back up",
    "call back", "second hand", "heart rate", "spinal manipulation under", "left over", "left in", "spinal cord", "nasal spray", "eye drop", "right away",
];

static WORDS: LazyLock<Phrases<Option<Word>>> = LazyLock::new(|| {
    let parts = TABLE.iter().map(|(phrases, word)| (*phrases, Some(*word)));
    Phrases::new(parts.chain(NOT_PARTS.map(|phrase| (phrase, None))))
});

/// A level, or a row of them: `L4-5`, `C5-C6`, `L4-L5-S1`, `L3, 4`.
static LEVEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?-u)\b([clts])-?(\d{1,2})(?:\s?(?:-|/|to|through)\s?[clts]?\d{1,2})*\b").ok()
});
static STEP: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?-u)([clts]?)-?(\d{1,2})").ok());

/// What a request says of the body.
#[derive(Debug, Default)]
pub struct Body {
    /// Parts, in order, each once.
    pub parts: Vec<BodyPart>,
    /// The side of all that have one.
    pub side: Option<Side>,
    /// Levels.
    pub levels: Vec<String>,
    /// Where the parts and levels stand.
    pub part_marks: Vec<Range<usize>>,
    /// Where the levels stand.
    pub level_marks: Vec<Range<usize>>,
    /// Where the sides stand.
    pub side_marks: Vec<Range<usize>>,
}

/// Reads them.
pub fn read(text: &str) -> Body {
    let mut body = Body::default();
    read_levels(text, &mut body);
    let found: Vec<Found<Word>> = WORDS
        .find(text)
        .into_iter()
        .filter_map(|found| {
            Some(Found {
                means: found.means?,
                at: found.at,
            })
        })
        .filter(|found| is_meant(text, found))
        .collect();
    let mut lone = Vec::new();
    read_parts(text, &found, &mut body, &mut lone);
    drop_the_general(&mut body);
    if !body.parts.iter().any(|part| is_spine(part.name)) {
        region_of_levels(&mut body, lone.first().copied());
    }
    if let ([part], [side]) = (body.parts.as_mut_slice(), lone.as_slice()) {
        part.side = part.side.or(Some(*side));
    }
    body.side = one_side(&body, &lone);
    body
}

/// `r` and `l` alone are sides only in brackets or before a part, `back` and `index` need company.
fn is_meant(text: &str, found: &Found<Word>) -> bool {
    let before = text.get(..found.at.start).unwrap_or_default();
    let after = text.get(found.at.end..).unwrap_or_default();
    match text.get(found.at.clone()) {
        Some("r" | "l") => {
            let is_bracketed = before.ends_with('(') && after.starts_with(')');
            let next = WORDS.find(after);
            let is_before_a_part = next.first().is_some_and(|next| {
                let gap = after.get(..next.at.start).unwrap_or_default();
                (gap == " " || gap == ". ") && matches!(next.means, Some(Limb(_) | Limbs(_)))
            });
            is_bracketed || is_before_a_part
        }
        Some("le" | "ue" | "index") => matches!(found.means, Limb(_)) && !before.is_empty(),
        _ => true,
    }
}

fn read_parts(text: &str, found: &[Found<Word>], body: &mut Body, lone: &mut Vec<Side>) {
    let mut cover: Option<Side> = None;
    let mut last: Option<(usize, usize)> = None;
    for (n, Found { means, at }) in found.iter().enumerate() {
        match *means {
            Word::Side(side) => {
                body.side_marks.push(at.clone());
                if is_behind(text, found, n, last.map(|(_, end)| end)) {
                    set_side(body, last, side);
                } else {
                    cover = Some(side);
                    if !found
                        .get(n + 1)
                        .is_some_and(|next| !matches!(next.means, Word::Side(_)))
                    {
                        lone.push(side);
                    }
                }
                continue;
            }
            Trunk(name) => {
                let is_sided = n
                    .checked_sub(1)
                    .and_then(|n| found.get(n))
                    .is_some_and(|before| {
                        matches!(before.means, Word::Side(_))
                            && gap(text, before.at.end, at.start) <= 1
                    });
                push(body, name, cover.filter(|_| is_sided), at);
                if !is_sided {
                    // A side does not reach over the spine.
                    cover = None;
                }
            }
            Limb(name) => push(body, name, cover, at),
            Limbs(name) => push(body, name, cover.or(Some(Bilateral)), at),
            Two(one, other) => {
                push(body, one, None, at);
                push(body, other, None, at);
                cover = None;
            }
            Sided(side, name) => {
                body.side_marks.push(at.clone());
                push(body, name, Some(side), at);
            }
        }
        last = body.parts.len().checked_sub(1).map(|n| (n, at.end));
    }
}

/// Words between two places.
fn gap(text: &str, from: usize, to: usize) -> usize {
    let between = text.get(from..to).unwrap_or_default();
    between
        .split_whitespace()
        .filter(|w| w.bytes().any(|b| b.is_ascii_alphanumeric()))
        .count()
}

/// Does the side at `n` follow its part (`knee, right`), rather than lead the next one?
fn is_behind(text: &str, found: &[Found<Word>], n: usize, last_end: Option<usize>) -> bool {
    let (Some(this), Some(last_end)) = (found.get(n), last_end) else {
        return false;
    };
    let leads = found.get(n + 1).is_some_and(|next| {
        !matches!(next.means, Word::Side(_) | Sided(..))
            && gap(text, this.at.end, next.at.start) == 0
            && !text
                .get(this.at.end..next.at.start)
                .unwrap_or_default()
                .contains([',', ')', ';'])
    });
    !leads && gap(text, last_end, this.at.start) == 0
}

fn set_side(body: &mut Body, last: Option<(usize, usize)>, side: Side) {
    if let Some(part) = last.and_then(|(n, _)| body.parts.get_mut(n)) {
        part.side = Some(side);
    }
}

fn push(body: &mut Body, name: &'static str, side: Option<Side>, at: &Range<usize>) {
    body.part_marks.push(at.clone());
    let same = body.parts.iter_mut().find(|part| part.name == name);
    match same {
        Some(part) => {
            part.side = match (part.side, side) {
                (Some(a), Some(b)) if a != b => Some(Bilateral),
                (a, b) => b.or(a),
            };
        }
        None => body.parts.push(BodyPart { name, side }),
    }
}

fn is_spine(name: &str) -> bool {
    name == "spine" || name.ends_with(" spine") || name == "back"
}

/// `spine` beside a region of it says nothing, nor does `back`.
fn drop_the_general(body: &mut Body) {
    let has_region = body.parts.iter().any(|part| part.name.ends_with(" spine"));
    if has_region || !body.levels.is_empty() {
        body.parts
            .retain(|part| part.name != "spine" && part.name != "back");
    }
}

/// A level alone gives its region.
fn region_of_levels(body: &mut Body, side: Option<Side>) {
    let regions = body
        .levels
        .iter()
        .filter_map(|level| match level.bytes().next()? {
            b'C' => Some("cervical spine"),
            b'T' => Some("thoracic spine"),
            b'L' | b'S' => Some("lumbar spine"),
            _ => None,
        });
    let mut regions: Vec<&'static str> = regions.collect();
    regions.dedup();
    let marks = body.level_marks.clone();
    for (name, at) in regions.into_iter().zip(marks.iter().cycle()) {
        push(body, name, side, at);
    }
}

fn one_side(body: &Body, lone: &[Side]) -> Option<Side> {
    let mut sides = body
        .parts
        .iter()
        .filter_map(|part| part.side)
        .chain(lone.iter().copied());
    let first = sides.next()?;
    sides.all(|side| side == first).then_some(first)
}

fn read_levels(text: &str, body: &mut Body) {
    let Some(pattern) = LEVEL.as_ref() else {
        return;
    };
    for found in pattern.find_iter(text) {
        let levels = row(found.as_str());
        if levels.is_empty() {
            continue;
        }
        body.level_marks.push(found.range());
        for level in levels {
            if !body.levels.contains(&level) {
                body.levels.push(level);
            }
        }
    }
}

/// The levels of one row; none where a number is beyond the spine.
fn row(text: &str) -> Vec<String> {
    let Some(step) = STEP.as_ref() else {
        return Vec::new();
    };
    let mut letter = String::new();
    let mut vertebrae: Vec<(String, u32)> = Vec::new();
    for captures in step.captures_iter(text) {
        let own = captures.get(1).map_or("", |m| m.as_str());
        if !own.is_empty() {
            letter = own.to_ascii_uppercase();
        }
        let n = captures
            .get(2)
            .and_then(|m| m.as_str().parse().ok())
            .unwrap_or(0);
        vertebrae.push((letter.clone(), n));
    }
    let most = |letter: &str| match letter {
        "C" => 8,
        "T" => 12,
        "L" => 6,
        _ => 5,
    };
    if vertebrae
        .iter()
        .any(|(letter, n)| *n == 0 || *n > most(letter))
    {
        return Vec::new();
    }
    match vertebrae.as_slice() {
        [(letter, n)] => vec![format!("{letter}{n}")],
        all => all
            .windows(2)
            .filter_map(|pair| match pair {
                [(a, n), (b, m)] if a == b => Some(format!("{a}{n}-{m}")),
                [(a, n), (b, m)] => Some(format!("{a}{n}-{b}{m}")),
                _ => None,
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        let body = read(text);
        let parts = body.parts.iter().map(|p| match p.side {
            Some(side) => format!("{} {}", side.word(), p.name),
            None => p.name.to_owned(),
        });
        let parts: Vec<String> = parts.collect();
        let side = body.side.map_or("-", Side::word);
        format!("{} | {side} | {}", parts.join(", "), body.levels.join(", "))
    }

    #[test]
    fn sides_reach_over_limbs_and_stand_before_or_behind() {
        assert_eq!(
            said("left hip, lower leg, and knee"),
            "left hip, left lower leg, left knee | left | "
        );
        assert_eq!(said("knee, right"), "right knee | right | ");
        assert_eq!(
            said("left hand, right lower leg"),
            "left hand, right lower leg | - | "
        );
        assert_eq!(
            said("lumbar spine and left shoulder"),
            "lumbar spine, left shoulder | left | "
        );
        assert_eq!(
            said("neck and right hand"),
            "cervical spine, right hand | right | "
        );
        assert_eq!(said("shoulder (r)"), "right shoulder | right | ");
        assert_eq!(said("mri lle"), "left lower extremity | left | ");
    }

    #[test]
    fn levels_give_their_region() {
        assert_eq!(
            said("right l4-5 and l5-s1 tfesi"),
            "right lumbar spine | right | L4-5, L5-S1"
        );
        assert_eq!(
            said("c5-c6 acdf"),
            "cervical spine |  - | C5-6".replace("  ", " ")
        );
        assert_eq!(said("l4-l5-s1"), "lumbar spine | - | L4-5, L5-S1");
        assert_eq!(said("l1832 brace, c99"), " | - | ");
    }
}
