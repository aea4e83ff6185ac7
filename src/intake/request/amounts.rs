//! Numbers: refills, how often, for how long, visits, counts.

use super::sheet::{Pattern, Sheet, number, pattern, whole};
use crate::model::request::{Category, Duration, Frequency, Rental, Unit};
use regex::Captures;
use std::ops::Range;

pattern!(
    REFILLS,
    r"\b(\d{1,2}|no|without|zero) (?:additional |more |monthly )?(?:refills?|rf)\b"
);
pattern!(
    REFILLS_BEHIND,
    r"\b(?:refills?|rf)[ :=#(]*(?:x|times)? ?(\d{1,2})\b"
);
pattern!(
    PER,
    r"\b(\d{1,2})(?: ?(?:-|to|or) ?(\d{1,2}))? ?(?:times|time|x|sessions|session|visits|visit|treatments|treatment|days)? ?(?:a|per|each|every|/|x|in a|in 1) ?(day|week|wk|month|mo|year|yr)s?\b"
);
pattern!(
    LY,
    r"\b(\d{1,2})(?: ?(?:-|to|or) ?(\d{1,2}))? ?(?:(?:times|time|x|sessions|visits|treatments|days)? ?(daily|weekly|monthly|yearly)|(?:times|time|x) ?(week|wk|day|month)s?)\b"
);
pattern!(
    HOURS,
    r"\b(?:every|q) ?(\d{1,2})(?: ?(?:-|to|or) ?(\d{1,2}))? ?(?:hours?|hrs?|h)\b"
);
pattern!(
    LATIN,
    r"\b(qd|qday|daily|bid|b\.i\.d\.?|tid|t\.i\.d\.?|qid|q\.i\.d\.?|qhs|q\.h\.s\.?|hs|nightly|at bedtime|every day|every night|every morning|every evening|a day|weekly|every week|monthly|every month|per day|per week|per month)\b"
);
pattern!(BARE, r"\b(\d{1,2}) ?(?:x|times|by) ?(\d{1,2})\b");
pattern!(
    LENGTH,
    r"\b(\d{1,3})(?: ?(?:-|to|or) ?(\d{1,3}))? ?(?:\(\d{1,3}\))?[ -]?(days?|weeks?|wks?|wk|months?|mos?|mths?|years?|yrs?)\b(?:[ -](old|after|before|prior|post|from|following|later|ago)\b)?"
);
pattern!(
    VISITS,
    r"\b(\d{1,3})(?: ?(?:-|to) ?(\d{1,3}))?[ -]?(?:\(\d{1,3}\) ?)?((?:[a-z][a-z'/.-]*,? |\((?u:[^()\d])*\) ){0,7}?)(?:sessions?|visits?|treatments?|appointments?|classes)\b"
);
pattern!(
    VISITS_BEHIND,
    r"\b(?:sessions?|visits?|treatments?)[ ,:=(#]*(?:x|times|qty|quantity)?[ :]*(\d{1,3})\b( ?(?:min|hour|hr|level|per|a |x |times))?"
);
pattern!(
    TIMES,
    r"\b(?:x|times|qty|quantity|total of|series of)[ :.]*(\d{1,3})\b ?(units?|days?|weeks?|wks?|months?|mos?|years?|hours?|mg|mcg|ml|%|per|a |/|levels?|view)?"
);
pattern!(COUNT, r"# ?(\d[\d,]{0,6})\b");
pattern!(
    QTY,
    r"\b(?:qty\.?|quantity|count|no\.|number|disp(?:ense)?)[ :=(#]*(?:of )?[ :#]*(\d{1,5})\b"
);
pattern!(
    PIECES,
    r"\b(\d{1,4})(?: \(\d{1,4}\))? ?-?(?:tablets?|tabs?|capsules?|caps?|pills?|patches|pads|count|ct|pairs?|boxes|box|each|ea|tubes?|bottles?|units|kits?|packs?|syringes?|vials?|injections?|blocks?|shots?|screens?|tests?)\b"
);
pattern!(
    LEADING,
    r"^(?:[a-z/-]+: |(?u:[^a-z0-9])*(?:retro|retrospective|associated surgical service|request for|additional|outpatient|bilateral|right|left)[ :,-]+){0,3}(\d{1,2})(?: ?\((\d{1,2})\))? ([a-z][a-z-]*)"
);
pattern!(TRAILING, r"[a-z)](?: |, | x ?|, x ?)(\d{1,3})$");
pattern!(RENT, r"\b(?:rental|rentals|rent|rented|lease)\b");
pattern!(BUY, r"\b(?:purchase|purchased|buy)\b");
pattern!(
    EITHER,
    r"\b(?:rental|rent) ?(?:or|/|vs\.?) ?(?:purchase|buy)|purchase ?(?:or|/|vs\.?) ?rent"
);

/// What is read here, each with its places.
#[derive(Debug, Default)]
pub struct Amounts {
    /// Refills.
    pub refills: Option<u32>,
    /// How often.
    pub frequency: Option<Frequency>,
    /// For how long.
    pub duration: Option<Duration>,
    /// Visits.
    pub sessions: Option<u32>,
    /// Count.
    pub quantity: Option<u32>,
    /// Rental or purchase.
    pub rental: Option<Rental>,
    /// Places, by name of field.
    pub marks: Vec<(&'static str, Range<usize>)>,
}

impl Amounts {
    fn mark(&mut self, field: &'static str, range: Range<usize>) {
        self.marks.push((field, range));
    }

    /// Where a field was read.
    pub fn places(&self, field: &str) -> Vec<Range<usize>> {
        let own = self.marks.iter().filter(|(name, _)| *name == field);
        own.map(|(_, range)| range.clone()).collect()
    }
}

/// Takes them from the sheet.
pub fn read(sheet: &mut Sheet, category: Category) -> Amounts {
    let mut amounts = Amounts::default();
    let by_session = category.is_by_session() || category == Category::Evaluation;
    let is_drug = category == Category::Pharmaceuticals;
    if !is_drug {
        // A `pharmacy purchase` is how drugs are always had.
        rental(sheet, &mut amounts);
    }
    refills(sheet, &mut amounts);
    frequency(sheet, &mut amounts, category);
    duration(sheet, &mut amounts);
    if category == Category::Surgery {
        // The days of an operation are those of the stay after it.
        amounts.duration = None;
    }
    if !is_drug {
        visits(sheet, &mut amounts, category);
    }
    if category != Category::Dental {
        // `#14` is a tooth.
        quantity(sheet, &mut amounts, by_session);
    }
    derive_sessions(&mut amounts, category);
    amounts
}

fn rental(sheet: &Sheet, amounts: &mut Amounts) {
    if EITHER.first(&sheet.text).is_some() {
        return;
    }
    let found = |pattern: &Pattern| pattern.first(&sheet.text).map(|c| whole(&c));
    let (rent, buy) = (found(&RENT), found(&BUY));
    let rent_first = match (&rent, &buy) {
        (Some(rent), Some(buy)) => rent.start < buy.start,
        (rent, _) => rent.is_some(),
    };
    let (kind, range) = if rent_first {
        (Rental::Rental, rent)
    } else {
        (Rental::Purchase, buy)
    };
    if let Some(range) = range {
        amounts.rental = Some(kind);
        amounts.mark("rental", range);
    }
}

fn refills(sheet: &mut Sheet, amounts: &mut Amounts) {
    for pattern in [&REFILLS, &REFILLS_BEHIND] {
        let text = sheet.text.clone();
        let is_count = |c: &Captures| is_counted(text.get(..whole(c).start).unwrap_or_default());
        let Some(captures) = pattern.all(&text).into_iter().find(|c| !is_count(c)) else {
            continue;
        };
        if amounts.refills.is_none() {
            amounts.refills = number(&captures, 1).or(Some(0));
            amounts.mark("refills", whole(&captures));
        }
        sheet.take(&whole(&captures));
    }
}

/// Is the number after this one of `#90 refills: 2`, or of `qty 90`?
fn is_counted(before: &str) -> bool {
    if before.ends_with('.') {
        // The hundredths of `60.00`.
        return true;
    }
    let before = before.trim_end_matches([' ', ':']);
    ["#", "qty", "quantity", "count"]
        .iter()
        .any(|word| before.ends_with(word))
}

fn unit(word: &str) -> Unit {
    match word.as_bytes().first() {
        Some(b'd') => Unit::Day,
        Some(b'w') => Unit::Week,
        Some(b'm') => Unit::Month,
        _ => Unit::Year,
    }
}

fn range(captures: &Captures) -> Option<(Option<u32>, u32)> {
    let first = number(captures, 1)?;
    Some(match number(captures, 2) {
        Some(second) if second > first => (Some(first), second),
        _ => (None, first),
    })
}

fn frequency(sheet: &mut Sheet, amounts: &mut Amounts, category: Category) {
    let text = sheet.text.clone();
    let per = PER.first(&text).or_else(|| LY.first(&text));
    if let Some(captures) = per {
        let Some((times_min, times)) = range(&captures) else {
            return;
        };
        let per = captures.get(3).or_else(|| captures.get(4));
        let per = unit(per.map_or("", |m| m.as_str()));
        set_frequency(
            sheet,
            amounts,
            Frequency {
                times_min,
                times,
                per,
            },
            &captures,
        );
    } else if let Some(captures) = HOURS.first(&text) {
        hourly(sheet, amounts, &captures);
    } else if let Some(captures) = LATIN.first(&text) {
        let word = captures.get(1).map_or("", |m| m.as_str());
        let frequency = latin(word);
        set_frequency(sheet, amounts, frequency, &captures);
    } else if let Some(captures) = BARE
        .first(&text)
        .filter(|_| category.is_by_session() || category == Category::Evaluation)
    {
        weekly(sheet, amounts, &captures);
    }
}

fn set_frequency(
    sheet: &mut Sheet,
    amounts: &mut Amounts,
    frequency: Frequency,
    captures: &Captures,
) {
    if frequency.times == 0 {
        return;
    }
    amounts.frequency = Some(frequency);
    amounts.mark("frequency", whole(captures));
    sheet.take(&whole(captures));
}

/// `every 4 to 6 hours` is up to six times a day.
fn hourly(sheet: &mut Sheet, amounts: &mut Amounts, captures: &Captures) {
    let Some((min, max)) = range(captures) else {
        return;
    };
    let often = min.unwrap_or(max);
    let (Some(times), Some(least)) = (24_u32.checked_div(often), 24_u32.checked_div(max)) else {
        return;
    };
    let times_min = min.map(|_| least);
    set_frequency(
        sheet,
        amounts,
        Frequency {
            times_min,
            times,
            per: Unit::Day,
        },
        captures,
    );
}

fn latin(word: &str) -> Frequency {
    let letters: String = word.chars().filter(char::is_ascii_alphabetic).collect();
    let times = match letters.as_str() {
        "bid" => 2,
        "tid" => 3,
        "qid" => 4,
        _ => 1,
    };
    let per = if letters.contains("week") {
        Unit::Week
    } else if letters.contains("month") {
        Unit::Month
    } else {
        Unit::Day
    };
    Frequency {
        times_min: None,
        times,
        per,
    }
}

/// `2 x 6` in therapy is twice a week for six weeks.
fn weekly(sheet: &mut Sheet, amounts: &mut Amounts, captures: &Captures) {
    let (Some(times), Some(n)) = (number(captures, 1), number(captures, 2)) else {
        return;
    };
    if n == 0 {
        return;
    }
    set_frequency(
        sheet,
        amounts,
        Frequency {
            times_min: None,
            times,
            per: Unit::Week,
        },
        captures,
    );
    amounts.duration = Some(Duration {
        n,
        unit: Unit::Week,
    });
    amounts.mark("duration", whole(captures));
}

fn duration(sheet: &mut Sheet, amounts: &mut Amounts) {
    let text = sheet.text.clone();
    for captures in LENGTH.all(&text) {
        let range_of = whole(&captures);
        let before = text.get(..range_of.start).unwrap_or_default();
        let is_other = captures.get(4).is_some() || is_point_in_time(before);
        if let Some((_, n)) = range(&captures).filter(|_| !is_other && amounts.duration.is_none()) {
            let unit = unit(captures.get(3).map_or("", |m| m.as_str()));
            if n > 0 {
                amounts.duration = Some(Duration { n, unit });
                amounts.mark("duration", range_of.clone());
            }
        }
        sheet.take(&range_of);
    }
}

/// `in 6 weeks`, `every 3 months`, `within 30 days` say when, not how long.
fn is_point_in_time(before: &str) -> bool {
    let before = before.trim_end();
    [
        "in",
        "every",
        "within",
        "after",
        "q",
        "past",
        "last",
        "previous",
        "up to date",
    ]
    .iter()
    .any(|word| {
        before
            .strip_suffix(word)
            .is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_alphanumeric()))
    })
}

fn visits(sheet: &mut Sheet, amounts: &mut Amounts, category: Category) {
    if !category.is_by_session() && category != Category::Evaluation {
        return;
    }
    let text = sheet.text.clone();
    let before = VISITS.first(&text);
    let behind = || VISITS_BEHIND.first(&text).filter(|c| c.get(2).is_none());
    let most = before.as_ref().and_then(|c| number(c, 2));
    let Some(captures) = before.or_else(behind) else {
        return;
    };
    if let (Some(n), Some(digits)) = (most.or_else(|| number(&captures, 1)), captures.get(1)) {
        amounts.sessions = Some(n);
        amounts.mark("sessions", whole(&captures));
        // Only the number is taken: the words between may name other things.
        sheet.take(&digits.range());
    }
}

fn quantity(sheet: &mut Sheet, amounts: &mut Amounts, by_session: bool) {
    let text = sheet.text.clone();
    let is_often = amounts.frequency.is_some();
    let found = COUNT
        .first(&text)
        .or_else(|| QTY.first(&text))
        .or_else(|| {
            PIECES
                .first(&text)
                .filter(|c| !by_session && !is_dose(c, is_often))
        })
        .or_else(|| TIMES.all(&text).into_iter().find(|c| c.get(2).is_none()))
        .or_else(|| leading(&text))
        .or_else(|| TRAILING.first(&text));
    let Some(captures) = found else { return };
    let Some(n) = number(&captures, 1) else {
        return;
    };
    let range = captures.get(1).map(|m| m.range()).unwrap_or_default();
    sheet.take(&range);
    if by_session {
        if amounts.sessions.is_none() && amounts.frequency.is_none() {
            amounts.sessions = Some(n);
            amounts.mark("sessions", range);
        }
    } else {
        amounts.quantity = Some(n);
        amounts.mark("quantity", range);
    }
}

/// `1 tablet` taken so many times a day is no count of tablets.
fn is_dose(captures: &Captures, is_often: bool) -> bool {
    is_often && number(captures, 1).is_some_and(|n| n <= 4)
}

/// `Two lumbar injections`: a number that leads, unless it counts something else.
fn leading(text: &str) -> Option<Captures<'_>> {
    const OTHERS: [&str; 16] = [
        "level", "levels", "mg", "mcg", "x", "times", "to", "or", "view", "views", "phase", "hour",
        "hours", "d", "tesla", "in",
    ];
    LEADING.first(text).filter(|captures| {
        let noun = captures.get(3).map_or("", |m| m.as_str());
        !OTHERS.contains(&noun)
    })
}

fn derive_sessions(amounts: &mut Amounts, category: Category) {
    if amounts.sessions.is_some() || !category.is_by_session() {
        return;
    }
    if let (Some(frequency), Some(duration)) = (amounts.frequency, amounts.duration) {
        amounts.sessions = frequency.over(duration);
        if amounts.sessions.is_some() {
            let places = [amounts.places("frequency"), amounts.places("duration")].concat();
            places
                .into_iter()
                .for_each(|place| amounts.mark("sessions", place));
        }
    }
}
