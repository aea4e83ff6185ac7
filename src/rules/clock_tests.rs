use super::*;
use crate::model::{CaseId, Dates, Draft, Extension, Header, Stage};
use jiff::civil::{Weekday, date};
use proptest::prelude::*;

pub(in crate::rules) fn file(priority: Priority, records: Option<Date>) -> CaseFile {
    let case = Case {
        id: CaseId::typed("CM25-0200101"),
        header: Header {
            priority: Some(priority),
            records_complete_date: records,
            ..Header::default()
        },
        patient: Default::default(),
        credentials: Default::default(),
        summary: String::new(),
        findings: vec![],
        items: vec![],
        records: vec![],
        is_published: false,
        dates: Dates::default(),
        interests: Default::default(),
    };
    CaseFile {
        case,
        draft: Draft::empty(0),
        stage: Stage::New,
        history: vec![],
        sealed: vec![],
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn due_day(file: &CaseFile, limits: &Limits) -> Date {
    today(due_instant(&file.case, limits).unwrap())
}

/// Last records received on Monday 3 March 2025.
const MONDAY: Date = date(2025, 3, 3);

#[test]
fn worked_examples_of_the_domain_page() {
    let limits = Limits::built_in();
    let mut standard = file(Priority::Standard, Some(MONDAY));
    assert_eq!(due_day(&standard, &limits), date(2025, 4, 2));
    standard.case.dates.extension = Some(Extension {
        days: 3,
        approved: date(2025, 3, 28),
    });
    // A Saturday, and it stays one.
    assert_eq!(due_day(&standard, &limits), date(2025, 4, 5));
    let mut formulary = file(Priority::Standard, Some(MONDAY));
    formulary.case.dates.is_formulary = true;
    assert_eq!(due_day(&formulary, &limits), date(2025, 3, 10));
    let expedited = file(Priority::Expedited, Some(MONDAY));
    assert_eq!(due_day(&expedited, &limits), date(2025, 3, 6));
}

#[test]
fn an_expedited_review_is_told_in_hours() {
    let limits = Limits::built_in();
    let file = file(Priority::Expedited, Some(MONDAY));
    // Wednesday 5 March, 16:00 in California: until the end of Thursday.
    let now = at("2025-03-06T00:00:00Z");
    let clock = determination(&file, &limits, now);
    assert_eq!(left(&clock, now), "32 h");
    assert_eq!(
        clock.counts,
        "3 calendar days from records complete, LC 4610.6(d)(2)"
    );
}

#[test]
fn an_extension_is_no_longer_than_the_law_allows() {
    let limits = Limits::built_in();
    let mut file = file(Priority::Standard, Some(MONDAY));
    file.case.dates.extension = Some(Extension {
        days: 30,
        approved: date(2025, 3, 28),
    });
    assert_eq!(due_day(&file, &limits), date(2025, 4, 5));
}

#[test]
fn a_due_day_rolls_only_where_the_rules_say_so() {
    let mut limits = Limits::built_in();
    // Friday 2 May and 30 days: Sunday 1 June.
    let mut file = file(Priority::Standard, Some(date(2025, 5, 2)));
    assert_eq!(due_day(&file, &limits), date(2025, 6, 1));
    limits.rolls = true;
    assert_eq!(due_day(&file, &limits), date(2025, 6, 2));
    // 31 March is Cesar Chavez Day.
    file.case.header.records_complete_date = Some(date(2025, 3, 1));
    assert_eq!(due_day(&file, &limits), date(2025, 4, 1));
}

#[test]
fn a_formulary_is_none_before_there_was_one_and_holidays_do_not_count() {
    let limits = Limits::built_in();
    let mut file = file(Priority::Standard, Some(date(2017, 12, 29)));
    file.case.dates.is_formulary = true;
    assert_eq!(due_day(&file, &limits), date(2018, 1, 28));
    // Friday 21 November 2025: Mon, Tue, Wed; Thanksgiving and the day after do not count.
    file.case.header.records_complete_date = Some(date(2025, 11, 21));
    assert_eq!(due_day(&file, &limits), date(2025, 12, 2));
}

#[test]
fn a_review_that_became_expedited_has_three_days_and_never_more_than_before() {
    let limits = Limits::built_in();
    let mut file = file(Priority::Expedited, Some(MONDAY));
    file.case.dates.certified = Some(date(2025, 3, 20));
    assert_eq!(due_day(&file, &limits), date(2025, 3, 23));
    file.case.dates.certified = Some(date(2025, 4, 1));
    assert_eq!(due_day(&file, &limits), date(2025, 4, 2));
    // A certification that came first changes nothing.
    file.case.dates.certified = Some(date(2025, 2, 20));
    assert_eq!(due_day(&file, &limits), date(2025, 3, 6));
}

#[test]
fn what_has_no_start_is_not_counted() {
    let (limits, now) = (Limits::built_in(), at("2026-01-15T17:00:00Z"));
    let clocks = all(&file(Priority::Standard, None), &limits, now);
    let names: Vec<&str> = clocks.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["determination", "application", "records", "appeal"]);
    for clock in clocks {
        assert_eq!((clock.state, clock.due), (ClockState::NoStart, None));
        assert_eq!(left(&clock, now), "no start");
    }
}

#[test]
fn records_are_due_sooner_after_an_electronic_notice() {
    let (limits, now) = (Limits::built_in(), at("2026-01-15T17:00:00Z"));
    let mut file = file(Priority::Standard, None);
    file.case.dates.notice = Some(date(2026, 1, 5));
    let records = |file: &CaseFile| all(file, &limits, now).remove(2);
    let due = |file: &CaseFile| today(records(file).due.unwrap());
    assert_eq!(due(&file), date(2026, 1, 20));
    file.case.dates.notice_sent = Some(Sent::Electronic);
    assert_eq!(due(&file), date(2026, 1, 17));
    assert_eq!(records(&file).state, ClockState::Running);
    file.case.header.priority = Some(Priority::Expedited);
    assert_eq!(due(&file), date(2026, 1, 6));
    assert_eq!(records(&file).state, ClockState::Overdue);
    file.case.header.records_complete_date = Some(date(2026, 1, 14));
    assert_eq!(records(&file).state, ClockState::Stopped);
}

#[test]
fn a_petition_and_an_application_have_their_time_and_then_it_is_over() {
    let limits = Limits::built_in();
    let mut file = file(Priority::Standard, None);
    file.stage = Stage::Signed;
    file.case.dates.served = Some(date(2026, 1, 5));
    file.case.dates.ur_served = Some(date(2025, 12, 1));
    let clocks = |now| all(&file, &limits, at(now));
    let during = clocks("2026-02-04T17:00:00Z");
    assert_eq!(today(during[3].due.unwrap()), date(2026, 2, 4));
    assert_eq!(during[3].state, ClockState::Running);
    let after = clocks("2026-02-05T17:00:00Z");
    assert_eq!(after[3].state, ClockState::Over);
    assert_eq!(left(&after[3], at("2026-02-05T17:00:00Z")), "over");
    assert_eq!(
        application_due(&file.case, &limits),
        Some(date(2025, 12, 31))
    );
    file.case.dates.is_formulary = true;
    assert_eq!(
        application_due(&file.case, &limits),
        Some(date(2025, 12, 11))
    );
    file.case.dates.ur_served = Some(date(2016, 12, 1));
    assert_eq!(
        application_due(&file.case, &limits),
        Some(date(2016, 12, 31))
    );
}

#[test]
fn words() {
    let (limits, now) = (Limits::built_in(), at("2026-01-15T17:00:00Z"));
    let word = |priority, day| {
        let clock = determination(&file(priority, day), &limits, now);
        left(&clock, now)
    };
    assert_eq!(
        word(Priority::Standard, Some(date(2025, 12, 14))),
        "2 d overdue"
    );
    assert_eq!(word(Priority::Expedited, Some(date(2026, 1, 12))), "15 h");
    assert_eq!(word(Priority::Standard, Some(date(2025, 12, 22))), "6 d");
    assert_eq!(word(Priority::Standard, None), "no start");
    let mut published = file(Priority::Standard, Some(date(2016, 1, 1)));
    published.case.is_published = true;
    let clock = determination(&published, &limits, now);
    assert_eq!((clock.state, clock.due), (ClockState::Stopped, None));
}

fn any_day() -> impl Strategy<Value = Date> {
    (2013i16..=2035, 0i32..366)
        .prop_map(|(year, day)| date(year, 1, 1).checked_add(day.days()).unwrap())
}

/// The slow way to count: the calendar day after day, in UTC noons that no summer time touches.
fn day_after(start: Date, days: i64) -> Date {
    let noon = start.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
    let later = noon.timestamp().as_second() + days * 86_400;
    let later = Timestamp::from_second(later).unwrap();
    later.to_zoned(TimeZone::UTC).date()
}

proptest! {
    #[test]
    fn a_day_ends_with_its_last_second_whatever_the_season(start in any_day()) {
        let limits = Limits::built_in();
        for (priority, days) in [(Priority::Standard, 30), (Priority::Expedited, 3)] {
            let file = file(priority, Some(start));
            let end = due_instant(&file.case, &limits).unwrap().to_zoned(zone());
            prop_assert_eq!(end.date(), day_after(start, days));
            prop_assert_eq!((end.hour(), end.minute(), end.second()), (23, 59, 59));
        }
    }

    #[test]
    fn five_working_days_are_five_to_twelve_days(start in any_day()) {
        let limits = Limits::built_in();
        let mut file = file(Priority::Standard, Some(start));
        file.case.dates.is_formulary = true;
        let day = due_day(&file, &limits);
        let days = start.until(day).unwrap().get_days();
        if start >= date(2018, 1, 1) {
            prop_assert!((5..=12).contains(&days), "{days}");
            prop_assert!(calendar::is_working(day, &limits.closed_days));
            prop_assert!(!matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday));
        } else {
            prop_assert_eq!(days, 30);
        }
    }

    #[test]
    fn nothing_makes_a_determination_due_later_but_an_extension_or_the_roll(
        start in any_day(), certified in any_day(), is_formulary: bool, is_expedited: bool,
        days in 0u8..9, rolls: bool
    ) {
        let mut limits = Limits::built_in();
        let plain = due_day(&file(Priority::Standard, Some(start)), &limits);
        let priority = [Priority::Standard, Priority::Expedited][usize::from(is_expedited)];
        let mut file = file(priority, Some(start));
        file.case.dates.certified = Some(certified);
        file.case.dates.is_formulary = is_formulary;
        let before = due_day(&file, &limits);
        prop_assert!(start <= before && before <= plain);
        file.case.dates.extension = Some(Extension { days, approved: start });
        let extended = due_day(&file, &limits);
        let by = before.until(extended).unwrap().get_days();
        prop_assert_eq!(by, i32::from(days.min(3)));
        limits.rolls = rolls;
        let rolled = due_day(&file, &limits);
        prop_assert!(extended <= rolled);
        prop_assert!(!rolls || calendar::is_working(rolled, &limits.closed_days));
    }
}
