//! Letters put wrong on purpose, in every place where it applies, with a fixed seed.
//!
//! Whether a mutation applies is told by the plain means of [`words`]: that the letter states the
//! fact a second time, and nowhere the wrong one. What does not is listed with the reason.

use super::letters::Letter;
use super::words::{self, Day, Hit};
use imr::model::{CaseFile, Date, Decision, Sex};

/// One letter put wrong in one way.
pub struct Mutation {
    pub kind: &'static str,
    pub what: String,
    pub item: Option<usize>,
    pub file: CaseFile,
    /// Any of these checks finds it.
    pub ids: &'static [&'static str],
}

/// What was made of one letter.
#[derive(Default)]
pub struct Made {
    pub mutations: Vec<Mutation>,
    pub left_out: Vec<(&'static str, String)>,
}

/// A row of figures that look like chance and are the same every time.
struct Seed(u64);

impl Seed {
    fn of(name: &str) -> Self {
        Self(name.bytes().fold(20_261_122_u64, |sum, b| {
            sum.wrapping_mul(31).wrapping_add(u64::from(b))
        }))
    }

    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most.max(1)
    }
}

/// Texts of a letter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Text {
    Summary,
    Request(usize),
    Rationale(usize),
}

fn text(file: &CaseFile, which: Text) -> &str {
    match which {
        Text::Summary => &file.case.summary,
        Text::Request(n) => &file.case.items[n].request,
        Text::Rationale(n) => &file.draft.items[n].rationale,
    }
}

fn with(file: &CaseFile, which: Text, new: String) -> CaseFile {
    let mut file = file.clone();
    match which {
        Text::Summary => file.case.summary = new,
        Text::Request(n) => file.case.items[n].request = new,
        Text::Rationale(n) => file.draft.items[n].rationale = new,
    }
    file
}

/// With the words at these places replaced.
fn replaced(text: &str, hits: &[&Hit], with: &str) -> String {
    let mut out = text.to_owned();
    for hit in hits.iter().rev() {
        out.replace_range(hit.at.clone(), with);
    }
    out
}

fn items(file: &CaseFile) -> std::ops::Range<usize> {
    0..file.case.items.len()
}

/// Everything that can be put wrong in one letter.
pub fn all(letter: &Letter, letters: &[Letter]) -> Made {
    let mut made = Made::default();
    let mut seed = Seed::of(&letter.name);
    decisions(letter, &mut made);
    places(letter, &mut made);
    people(letter, &mut made, &mut seed);
    dates(letter, &mut made, &mut seed);
    numbers(letter, &mut made, &mut seed);
    rationales(letter, letters, &mut made, &mut seed);
    citations(letter, &mut made);
    conclusions(letter, &mut made);
    made
}

fn decisions(letter: &Letter, made: &mut Made) {
    for n in items(&letter.file) {
        let mut file = letter.file.clone();
        let decision = &mut file.draft.items[n].decision;
        *decision = decision.map(|d| match d {
            Decision::Upheld => Decision::Overturned,
            Decision::Overturned => Decision::Upheld,
        });
        made.mutations.push(Mutation {
            kind: "decision flipped",
            what: format!("item {}", n + 1),
            item: Some(n),
            file,
            ids: &["L15"],
        });
    }
}

type Reader = fn(&str) -> Vec<Hit>;

/// What is read of every other text that a fact of `which` may be stated in: for a rationale or a
/// request the request and rationale of the same item and the summary, for the summary all.
fn elsewhere(file: &CaseFile, which: Text, read: Reader) -> Vec<Hit> {
    let mut texts = Vec::new();
    match which {
        Text::Summary => {
            texts.extend(items(file).flat_map(|n| [Text::Request(n), Text::Rationale(n)]))
        }
        Text::Request(n) => texts.extend([Text::Summary, Text::Rationale(n)]),
        Text::Rationale(_) => {
            texts.push(Text::Summary);
            texts.extend(items(file).map(Text::Request));
        }
    }
    texts
        .iter()
        .flat_map(|which| read(text(file, *which)))
        .collect()
}

/// Sides and levels: each mention of a rationale or a request on its own; the mentions of one fact
/// in the summary together.
fn places(letter: &Letter, made: &mut Made) {
    let file = &letter.file;
    for n in items(file) {
        for which in [Text::Rationale(n), Text::Request(n)] {
            for hit in words::sides(text(file, which)) {
                side(letter, which, &[&hit], made);
            }
            for hit in words::levels(text(file, which)) {
                level(letter, which, &hit, made);
            }
        }
    }
    let all = words::sides(&file.case.summary);
    let mut parts: Vec<&str> = all.iter().map(|hit| hit.key.as_str()).collect();
    parts.sort_unstable();
    parts.dedup();
    for part in parts {
        let of: Vec<&Hit> = all.iter().filter(|hit| hit.key == part).collect();
        side(letter, Text::Summary, &of, made);
    }
}

fn item(which: Text) -> Option<usize> {
    match which {
        Text::Summary => None,
        Text::Request(n) | Text::Rationale(n) => Some(n),
    }
}

fn name(which: Text) -> String {
    match which {
        Text::Summary => "summary".to_owned(),
        Text::Request(n) => format!("request {}", n + 1),
        Text::Rationale(n) => format!("rationale {}", n + 1),
    }
}

fn side(letter: &Letter, which: Text, hits: &[&Hit], made: &mut Made) {
    let file = &letter.file;
    let (part, side) = (&hits[0].key, &hits[0].value);
    let wrong = if side == "left" { "right" } else { "left" };
    let what = format!("{}: {side} {part} -> {wrong}", name(which));
    let others: Vec<Hit> = elsewhere(file, which, words::sides)
        .into_iter()
        .filter(|h| h.key == *part)
        .collect();
    let texts: Vec<&str> = std::iter::once(Text::Summary)
        .chain(items(file).flat_map(|n| [Text::Request(n), Text::Rationale(n)]))
        .map(|which| text(file, which))
        .collect();
    let tells_wrong =
        others.iter().any(|h| h.value == wrong) || hits.iter().any(|h| h.value == wrong);
    let why = match () {
        () if others.is_empty() => "stated once",
        () if tells_wrong || texts.iter().any(|t| words::tells_both(t, part)) => {
            "the letter tells both sides"
        }
        () => "",
    };
    if !why.is_empty() {
        return made.left_out.push(("side", format!("{what}: {why}")));
    }
    made.mutations.push(Mutation {
        kind: "side",
        file: with(file, which, replaced(text(file, which), hits, wrong)),
        what,
        // Put wrong in the summary, it is found at the item.
        item: item(which),
        ids: &["L16"],
    });
}

fn level(letter: &Letter, which: Text, hit: &Hit, made: &mut Made) {
    let file = &letter.file;
    let wrong = words::other_level(&hit.value);
    let what = format!("{}: {} -> {wrong}", name(which), hit.value);
    let others = elsewhere(file, which, words::levels);
    let is_told = others.iter().any(|h| h.value == hit.value);
    let tells_wrong = others.iter().any(|h| h.value == wrong);
    if !is_told || tells_wrong {
        let why = if is_told {
            "the letter tells both levels"
        } else {
            "stated once"
        };
        return made.left_out.push(("level", format!("{what}: {why}")));
    }
    made.mutations.push(Mutation {
        kind: "level",
        file: with(file, which, replaced(text(file, which), &[hit], &wrong)),
        what,
        item: item(which),
        ids: &["L16"],
    });
}

fn people(letter: &Letter, made: &mut Made, seed: &mut Seed) {
    let file = &letter.file;
    let mut texts = vec![Text::Summary];
    texts.extend(items(file).map(Text::Rationale));
    for which in &texts {
        for hit in words::ages(text(file, *which)) {
            // The case's own field is the second statement, as its header would be.
            let own = file.case.patient.age.map(|age| age.to_string());
            if own.as_ref() != Some(&hit.value) {
                made.left_out.push((
                    "age",
                    format!("{}: {} is not the patient's", name(*which), hit.value),
                ));
                continue;
            }
            let age: usize = hit.value.parse().unwrap();
            let wrong = (age + 1 + seed.below(9)).to_string();
            made.mutations.push(Mutation {
                kind: "age",
                what: format!("{}: {age} -> {wrong}", name(*which)),
                item: item(*which),
                file: with(file, *which, replaced(text(file, *which), &[&hit], &wrong)),
                ids: &["L17"],
            });
        }
    }
    sexes(letter, &texts, made);
}

fn sexes(letter: &Letter, texts: &[Text], made: &mut Made) {
    let file = &letter.file;
    let Some(own) = file.case.patient.sex else {
        return made.left_out.push(("sex", "not stated".to_owned()));
    };
    for which in texts {
        let found = words::sexes(text(file, *which));
        if found.is_empty() {
            made.left_out
                .push(("sex", format!("{}: no word of sex", name(*which))));
            continue;
        }
        made.mutations.push(Mutation {
            kind: "sex",
            what: format!("{}: every word turned", name(*which)),
            item: item(*which),
            file: with(file, *which, words::turned(text(file, *which))),
            ids: &["L17"],
        });
    }
    // The sex as the case has it, against the words of its summary.
    let mut wrong = file.clone();
    wrong.case.patient.sex = Some(if own == Sex::Male {
        Sex::Female
    } else {
        Sex::Male
    });
    made.mutations.push(Mutation {
        kind: "sex",
        what: "the case's own field".to_owned(),
        item: None,
        file: wrong,
        ids: &["L17"],
    });
}

/// A slip of the pen: one figure another, or two turned round; a day of the calendar all the same.
fn slip(day: Day, seed: &mut Seed) -> Option<Day> {
    for _ in 0..40 {
        let (month, date, year) = day;
        let new = match seed.below(4) {
            0 => (
                month,
                date / 10 * 10 + u32::try_from(seed.below(10)).ok()?,
                year,
            ),
            1 => (
                month,
                (u32::try_from(seed.below(4)).ok()?) * 10 + date % 10,
                year,
            ),
            2 => (
                month,
                date,
                if seed.below(2) == 0 {
                    year - 1
                } else {
                    year + 1
                },
            ),
            _ => (
                month / 10 * 10 + u32::try_from(seed.below(10)).ok()?,
                date,
                year,
            ),
        };
        if new != day && as_date(new).is_some() {
            return Some(new);
        }
    }
    None
}

fn as_date((month, day, year): Day) -> Option<Date> {
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

fn as_day(date: Date) -> Day {
    let small = |n: i8| u32::try_from(n).unwrap();
    (
        small(date.month()),
        small(date.day()),
        u32::try_from(date.year()).unwrap(),
    )
}

fn dates(letter: &Letter, made: &mut Made, seed: &mut Seed) {
    let file = &letter.file;
    let header = &file.case.header;
    let heads: Vec<Day> = [header.injury_date, header.ur_denial_date]
        .iter()
        .flatten()
        .map(|d| as_day(*d))
        .collect();
    let all = |skip: Text| -> Vec<Day> {
        let mut texts = vec![Text::Summary];
        texts.extend(items(file).map(Text::Request));
        let texts = texts.into_iter().filter(|which| *which != skip);
        texts
            .flat_map(|which| words::days(text(file, which)))
            .map(|(day, _)| day)
            .chain(heads.clone())
            .collect()
    };
    let rationales = items(file).map(Text::Rationale);
    for which in rationales.chain([Text::Summary]) {
        let own = text(file, which);
        for (day, at) in words::days(own) {
            let what = format!("{}: {:?}", name(which), &own[at.clone()]);
            let others = all(which);
            // A day of the summary is stated twice where the header has it, said of the same.
            let sentence = words::sentence(own, at.start).to_lowercase();
            let is_told = match which {
                Text::Summary => {
                    header.injury_date.map(as_day) == Some(day) && sentence.contains("injur")
                }
                _ => others.contains(&day),
            };
            if !is_told {
                made.left_out.push(("date", format!("{what}: stated once")));
                continue;
            }
            let Some(wrong) =
                (0..20).find_map(|_| slip(day, seed).filter(|new| !others.contains(new)))
            else {
                continue;
            };
            let printed = words::print_day(wrong, &own[at.clone()]);
            let mut new = own.to_owned();
            new.replace_range(at, &printed);
            made.mutations.push(Mutation {
                kind: "date",
                what: format!("{what} -> {printed}"),
                item: item(which),
                file: with(file, which, new),
                ids: &["L17", "L18", "L19"],
            });
        }
    }
}

fn numbers(letter: &Letter, made: &mut Made, seed: &mut Seed) {
    let kinds: [(&'static str, Reader); 3] = [
        ("dose", words::doses),
        ("quantity", words::quantities),
        ("sessions", words::sessions),
    ];
    for n in items(&letter.file) {
        for which in [Text::Rationale(n), Text::Request(n)] {
            for (kind, read) in kinds {
                for hit in read(text(&letter.file, which)) {
                    number(letter, (kind, read), which, &hit, made, seed);
                }
            }
        }
    }
}

fn number(
    letter: &Letter,
    kind: (&'static str, Reader),
    which: Text,
    hit: &Hit,
    made: &mut Made,
    seed: &mut Seed,
) {
    let file = &letter.file;
    let (kind, read) = kind;
    let own = text(file, which);
    let what = format!("{}: {} {} {}", name(which), kind, hit.key, hit.value);
    let same = |other: &&Hit| other.key == hit.key;
    // A quantity or a count of sessions is the item's own: another item's is no second statement.
    let beside = match which {
        Text::Rationale(n) if kind != "dose" => read(text(file, Text::Request(n))),
        Text::Request(n) if kind != "dose" => {
            let rationale = text(file, Text::Rationale(n));
            read(rationale)
                .into_iter()
                .filter(|h| !words::quotes(rationale, h.at.start))
                .collect()
        }
        _ => elsewhere(file, which, read),
    };
    let others: Vec<&Hit> = beside.iter().filter(same).collect();
    let why = match () {
        () if which != Text::Request(item(which).unwrap_or(0))
            && words::quotes(own, hit.at.start) =>
        {
            "a guideline's number"
        }
        () if !others.iter().any(|other| other.value == hit.value) => "stated once",
        () => "",
    };
    if !why.is_empty() {
        return made.left_out.push((kind, format!("{what}: {why}")));
    }
    let told: Vec<String> = elsewhere(file, which, read)
        .into_iter()
        .chain(read(own))
        .map(|h| h.value)
        .collect();
    let Some(wrong) = (0..40)
        .map(|_| other_number(&hit.value, seed))
        .find(|new| !told.contains(new))
    else {
        return;
    };
    made.mutations.push(Mutation {
        kind,
        what: format!("{what} -> {wrong}"),
        item: item(which),
        file: with(file, which, replaced(own, &[hit], &wrong)),
        ids: &["L20"],
    });
}

/// Another number of the same look.
fn other_number(value: &str, seed: &mut Seed) -> String {
    let (first, rest) = match value.find(['/', '.']) {
        Some(at) => value.split_at(at),
        None => (value, ""),
    };
    let first: usize = first.parse().unwrap();
    let new = match seed.below(3) {
        0 => first * 2,
        1 => first + 1 + seed.below(5),
        _ => first * 10,
    };
    format!("{new}{rest}")
}

/// Rationales of other items of the case, and of two other cases for every item.
fn rationales(letter: &Letter, letters: &[Letter], made: &mut Made, seed: &mut Seed) {
    let file = &letter.file;
    for n in items(file) {
        for m in items(file).filter(|m| *m != n) {
            taken(
                letter,
                n,
                &file.draft.items[m].rationale,
                "rationale swapped",
                &format!("of item {}", m + 1),
                made,
            );
        }
        for _ in 0..2 {
            let other = &letters[seed.below(letters.len())];
            if other.name == letter.name {
                continue;
            }
            let from = seed.below(other.file.draft.items.len());
            let what = format!("of {} item {}", other.name, from + 1);
            taken(
                letter,
                n,
                &other.file.draft.items[from].rationale,
                "rationale of another case",
                &what,
                made,
            );
        }
    }
}

fn taken(
    letter: &Letter,
    n: usize,
    rationale: &str,
    kind: &'static str,
    from: &str,
    made: &mut Made,
) {
    let file = &letter.file;
    let what = format!("item {} has that {from}", n + 1);
    let request = &file.case.items[n].request;
    let (asked, named) = (words::treatments(request), words::treatments(rationale));
    let other_treatment =
        !asked.is_empty() && !named.is_empty() && !named.iter().any(|t| asked.contains(t));
    let known: Vec<Hit> = words::sides(request)
        .into_iter()
        .chain(words::sides(&file.case.summary))
        .collect();
    let other_side = words::sides(rationale).iter().any(|hit| {
        let of: Vec<&Hit> = known.iter().filter(|k| k.key == hit.key).collect();
        let both =
            words::tells_both(&file.case.summary, &hit.key) || words::tells_both(request, &hit.key);
        !both && !of.is_empty() && of.iter().all(|k| k.value != hit.value)
    });
    let own = file.case.patient.age.map(|age| age.to_string());
    let other_age = words::ages(rationale)
        .iter()
        .any(|hit| Some(&hit.value) != own.as_ref());
    if !(other_treatment || other_side || other_age) {
        return made.left_out.push((
            kind,
            format!("{what}: names no treatment, side or age that differs"),
        ));
    }
    let mut file = file.clone();
    rationale.clone_into(&mut file.draft.items[n].rationale);
    made.mutations.push(Mutation {
        kind,
        what,
        item: Some(n),
        file,
        ids: &["L16", "L17", "L20", "L52"],
    });
}

fn citations(letter: &Letter, made: &mut Made) {
    for n in items(&letter.file) {
        let count = letter.file.draft.items[n].citations.len();
        for k in 0..count {
            if count > 1 {
                made.left_out.push((
                    "citation dropped",
                    format!("item {} citation {}: another remains", n + 1, k + 1),
                ));
                continue;
            }
            let mut file = letter.file.clone();
            file.draft.items[n].citations.remove(k);
            made.mutations.push(Mutation {
                kind: "citation dropped",
                what: format!("item {}", n + 1),
                item: Some(n),
                file,
                ids: &["L03"],
            });
        }
        if count > 1 {
            let mut file = letter.file.clone();
            file.draft.items[n].citations.clear();
            made.mutations.push(Mutation {
                kind: "citation dropped",
                what: format!("item {}: all", n + 1),
                item: Some(n),
                file,
                ids: &["L03"],
            });
        }
    }
}

/// Everything from the last sentence on that says what is medically necessary, and such sentences
/// right before it.
fn conclusions(letter: &Letter, made: &mut Made) {
    for n in items(&letter.file) {
        let text = &letter.file.draft.items[n].rationale;
        let small = text.to_lowercase();
        let says = |part: &str| {
            let part = part.to_lowercase();
            part.contains("medical") && part.contains("necess")
        };
        let Some(last) = small.rfind("necess").filter(|_| says(text)) else {
            made.left_out
                .push(("conclusion cut", format!("item {}: none is said", n + 1)));
            continue;
        };
        let start = |at: usize| text[..at].rfind(". ").map_or(0, |n| n + 2);
        let mut cut = start(last);
        while cut > 2 && says(&text[start(cut - 2)..cut]) {
            cut = start(cut - 2);
        }
        let file = with(
            &letter.file,
            Text::Rationale(n),
            text[..cut].trim().to_owned(),
        );
        made.mutations.push(Mutation {
            kind: "conclusion cut",
            what: format!("item {}", n + 1),
            item: Some(n),
            file,
            ids: &["L02", "L51"],
        });
    }
}
