//! What the mutator knows of letters: plain lists and plain patterns, none of them the checks' own.

use regex::Regex;
use std::ops::Range;

/// A reading of a text: what was found, and where.
pub struct Hit {
    pub key: String,
    pub value: String,
    pub at: Range<usize>,
}

fn hits(
    text: &str,
    shape: &str,
    of: impl Fn(&regex::Captures) -> Option<(String, String, Range<usize>)>,
) -> Vec<Hit> {
    let shape = Regex::new(shape).unwrap();
    let found = shape.captures_iter(text).filter_map(|c| of(&c));
    found
        .map(|(key, value, at)| Hit { key, value, at })
        .collect()
}

fn low(text: &str) -> String {
    text.to_lowercase()
}

/// `left knee`: key the part, value the side; at the word of side.
pub fn sides(text: &str) -> Vec<Hit> {
    let shape = r"(?i)\b(left|right) (knee|shoulder|hip|ankle|wrist|elbow|hand|foot|arm|leg|thumb|forearm|upper extremity|lower extremity)s?\b(?: (dominan))?";
    hits(text, shape, |c| {
        let side = c.get(1)?;
        c.get(3)
            .is_none()
            .then(|| (low(&c[2]), low(side.as_str()), side.range()))
    })
}

/// Does the text tell both sides of a part, whatever the words?
pub fn tells_both(text: &str, part: &str) -> bool {
    let shape = format!(r"(?i)\b(?:bilateral|both)(?: \w+)? {part}");
    Regex::new(&shape).unwrap().is_match(text)
}

/// `C4-5`, `L5-S1`: key the region, value as written.
pub fn levels(text: &str) -> Vec<Hit> {
    hits(text, r"\b([CL])(\d)[-/]([CLS]?)(\d)\b", |c| {
        Some((
            c[1].to_owned(),
            c[0].replace('/', "-").replace(&format!("-{}", &c[1]), "-"),
            c.get(0)?.range(),
        ))
    })
}

/// The neighbour of a level.
pub fn other_level(level: &str) -> String {
    let table = [
        ("L5-S1", "L3-4"),
        ("L4-5", "L2-3"),
        ("L3-4", "L5-S1"),
        ("L2-3", "L4-5"),
        ("L1-2", "L4-5"),
        ("C3-4", "C5-6"),
        ("C4-5", "C6-7"),
        ("C5-6", "C3-4"),
        ("C6-7", "C4-5"),
        ("C2-3", "C5-6"),
    ];
    let found = table.iter().find(|(from, _)| *from == level);
    found.map_or_else(|| "L1-2".to_owned(), |(_, to)| (*to).to_owned())
}

/// `59-year-old`: value the number.
pub fn ages(text: &str) -> Vec<Hit> {
    hits(text, r"(?i)\b(\d{2})[- ]years?[- ]old\b", |c| {
        Some((String::new(), c[1].to_owned(), c.get(1)?.range()))
    })
}

const SEXES: [(&str, &str); 12] = [
    ("he", "she"),
    ("his", "her"),
    ("him", "her"),
    ("male", "female"),
    ("man", "woman"),
    ("gentleman", "lady"),
    ("she", "he"),
    ("her", "his"),
    ("hers", "his"),
    ("female", "male"),
    ("woman", "man"),
    ("lady", "gentleman"),
];

/// Words of sex.
pub fn sexes(text: &str) -> Vec<Hit> {
    hits(
        text,
        r"(?i)(?:^|[^/(\w])(he|his|him|male|man|gentleman|she|hers?|female|woman|lady)(?:$|[^/(\w])",
        |c| {
            let word = low(&c[1]);
            let place = SEXES.iter().position(|(from, _)| *from == word)?;
            let sex = if place < 6 { "male" } else { "female" };
            Some((word, sex.to_owned(), c.get(1)?.range()))
        },
    )
}

/// The text with every word of sex turned.
pub fn turned(text: &str) -> String {
    let mut out = String::new();
    let mut last = 0;
    for hit in sexes(text) {
        out.push_str(&text[last..hit.at.start]);
        let to = SEXES.iter().find(|(from, _)| *from == hit.key).unwrap().1;
        let is_capital = text[hit.at.clone()].starts_with(char::is_uppercase);
        let first = to[..1].to_uppercase();
        out.push_str(if is_capital { &first } else { &to[..1] });
        out.push_str(&to[1..]);
        last = hit.at.end;
    }
    out + &text[last..]
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day: month, day, year.
pub type Day = (u32, u32, u32);

/// Days; key the shape, value as `m d y`.
pub fn days(text: &str) -> Vec<(Day, Range<usize>)> {
    let shape = format!(
        r"\b(\d{{1,2}})[/-](\d{{1,2}})[/-](\d{{4}}|\d{{2}})\b|\b({}) (\d{{1,2}}), (\d{{4}})\b",
        MONTHS.join("|")
    );
    let shape = Regex::new(&shape).unwrap();
    let number =
        |c: &regex::Captures, n: usize| c.get(n).and_then(|m| m.as_str().parse::<u32>().ok());
    let found = shape.captures_iter(text).filter_map(|c| {
        let at = c.get(0)?.range();
        if let Some(month) = c.get(4) {
            let month = MONTHS.iter().position(|m| *m == month.as_str())? + 1;
            return Some((
                (u32::try_from(month).ok()?, number(&c, 5)?, number(&c, 6)?),
                at,
            ));
        }
        let year = number(&c, 3)?;
        let year = if year < 100 { year + 2000 } else { year };
        let (month, day) = (number(&c, 1)?, number(&c, 2)?);
        ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(((month, day, year), at))
    });
    found.collect()
}

/// Printed in the shape of `like`.
pub fn print_day(day: Day, like: &str) -> String {
    if like.starts_with(|c: char| c.is_alphabetic()) {
        return format!(
            "{} {}, {}",
            MONTHS[usize::try_from(day.0).unwrap() - 1],
            day.1,
            day.2
        );
    }
    let mark = if like.contains('/') { '/' } else { '-' };
    let is_short = like.rsplit(mark).next().is_some_and(|year| year.len() == 2);
    let year = if is_short { day.2 % 100 } else { day.2 };
    format!("{}{mark}{}{mark}{year}", day.0, day.1)
}

/// `word 10/325 mg`: key the word, value the number; at the number.
pub fn doses(text: &str) -> Vec<Hit> {
    hits(
        text,
        r"(?i)\b([a-z]{4,})(?: (?:ER|XR|SR|HCL))? (\d+(?:\.\d+)?(?:/\d+)?) ?mg\b",
        |c| Some((low(&c[1]), c[2].to_owned(), c.get(2)?.range())),
    )
}

/// `#60`.
pub fn quantities(text: &str) -> Vec<Hit> {
    hits(text, r"# ?(\d{1,3})\b", |c| {
        Some((String::new(), c[1].to_owned(), c.get(1)?.range()))
    })
}

const NUMBERS: [(&str, &str); 12] = [
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("twelve", "12"),
    ("sixteen", "16"),
    ("eighteen", "18"),
];

/// `12 sessions`, `eight therapy visits`, `times 12`, `3 times a week`: key the unit, value the number.
pub fn sessions(text: &str) -> Vec<Hit> {
    let number = r"(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve|sixteen|eighteen)";
    let shapes = [
        (
            "sessions",
            format!(
                r"(?i)\b{number} (?:physical therapy |therapy |acupuncture |chiropractic )?(?:sessions|visits|treatments)\b"
            ),
        ),
        ("a week", format!(r"(?i)\b{number} times (?:a|per) week\b")),
        ("weeks", format!(r"(?i)\bfor {number} weeks\b")),
    ];
    let mut all = Vec::new();
    for (unit, shape) in &shapes {
        all.extend(hits(text, shape, |c| {
            let word = low(&c[1]);
            let value = NUMBERS
                .iter()
                .find(|(name, _)| *name == word)
                .map_or(word.as_str(), |(_, n)| n);
            Some(((*unit).to_owned(), value.to_owned(), c.get(1)?.range()))
        }));
    }
    all
}

/// The sentence around a place, by its stops.
pub fn sentence(text: &str, at: usize) -> &str {
    let start = text[..at].rfind(". ").map_or(0, |n| n + 2);
    let end = text[at..].find(". ").map_or(text.len(), |n| at + n);
    &text[start..end]
}

/// Does the sentence quote a guideline, whose numbers are not the case's? So do ranges: `1 to 3`.
pub fn quotes(text: &str, at: usize) -> bool {
    if text[..at].ends_with(" to ") || text[..at].ends_with('-') {
        return true;
    }
    let sentence = low(sentence(text, at));
    [
        "guideline",
        "recommend",
        "mtus",
        "acoem",
        "odg",
        "up to",
        "trial of",
        "(icd",
    ]
    .iter()
    .any(|w| sentence.contains(w))
}

/// Treatments by their plainest names.
const TREATMENTS: [(&str, &[&str]); 31] = [
    ("mri", &["mri", "magnetic resonance"]),
    ("ct", &["ct scan", "computed tomography", " ct "]),
    ("x-ray", &["x-ray", "radiograph"]),
    (
        "nerve studies",
        &[
            "emg",
            "ncv",
            "ncs",
            "nerve conduction",
            "electromyograph",
            "electrodiagnostic",
            "ssep",
        ],
    ),
    (
        "physical therapy",
        &[
            "physical therapy",
            "occupational therapy",
            "physical medicine",
            "pt/ot",
            "aquatic",
            "physiotherapy",
        ],
    ),
    (
        "chiropractic",
        &["chiropractic", "manipulation", "manual therapy"],
    ),
    ("acupuncture", &["acupuncture"]),
    (
        "tens",
        &[
            "tens ",
            "tens unit",
            "transcutaneous",
            "electrical stim",
            "e-stim",
            "interferential",
        ],
    ),
    ("ultrasound", &["ultrasound"]),
    ("shockwave", &["shockwave", "shock wave"]),
    ("epidural", &["epidural"]),
    ("facet", &["facet"]),
    (
        "surgery",
        &["arthroscop", "fusion", "surgery", "surgical", "repair"],
    ),
    (
        "brace",
        &[
            "brace",
            "lso",
            "splint",
            "orthosis",
            "sling",
            "lumbar support",
            "back support",
        ],
    ),
    ("cold", &["cold", "heat", "infrared"]),
    (
        "consultation",
        &[
            "consult",
            "referral",
            "office visit",
            "follow-up",
            "evaluation",
        ],
    ),
    ("psychology", &["psycholog", "biofeedback", "cognitive"]),
    ("urine", &["urine"]),
    ("hearing", &["hearing"]),
    (
        "norco",
        &[
            "norco",
            "hydrocodone",
            "opioid",
            "tramadol",
            "ultram",
            "percocet",
            "narcotic",
        ],
    ),
    (
        "relaxant",
        &[
            "cyclobenzaprine",
            "flexeril",
            "muscle relaxant",
            "lorzone",
            "orphenadrine",
            "soma",
            "skelaxin",
            "tizanidine",
            "robaxin",
        ],
    ),
    (
        "nsaid",
        &[
            "naproxen",
            "ibuprofen",
            "voltaren",
            "nsaid",
            "diclofenac",
            "meloxicam",
            "celebrex",
            "anti-inflammator",
        ],
    ),
    (
        "stomach",
        &["omeprazole", "pantoprazole", "proton pump", "prilosec"],
    ),
    ("gabapentin", &["gabapentin", "lyrica", "pregabalin"]),
    (
        "topical",
        &[
            "lidocaine",
            "capsaicin",
            "topical",
            "cream",
            "ointment",
            "menthoderm",
            "patch",
        ],
    ),
    (
        "sedative",
        &[
            "diazepam",
            "diazempam",
            "benzodiazepine",
            "ambien",
            "zolpidem",
            "xanax",
            "insomnia",
        ],
    ),
    ("viagra", &["viagra", "sildenafil"]),
    ("fioricet", &["fioricet", "butalbital", "barbiturate"]),
    ("zofran", &["zofran", "ondansetron"]),
    ("pillow", &["pillow"]),
    ("home health", &["home health"]),
];

/// Names of the treatments in a text: words that begin so, the shortest as whole words.
pub fn treatments(text: &str) -> Vec<&'static str> {
    let small = format!(" {} ", low(text));
    let is_named = |word: &&str| {
        let word = word.trim();
        let mut places = small.match_indices(word);
        places.any(|(at, _)| {
            let before = small[..at].chars().next_back();
            let after = small[at + word.len()..].chars().next();
            let is_whole = word.len() > 4 || !after.is_some_and(char::is_alphanumeric);
            !before.is_some_and(char::is_alphanumeric) && is_whole
        })
    };
    let named = TREATMENTS
        .iter()
        .filter(|(_, words)| words.iter().any(|word| is_named(word)));
    named.map(|(name, _)| *name).collect()
}
