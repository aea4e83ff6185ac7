//! Which days can be, given the others; and which changes lead from the days known to the days
//! wanted. Asked of what the reviewer types; files are taken as they are.

use crate::model::{
    Case, CaseDay, Change, Date, Dates, Extension, Header, Limits, date, limits::Deadline,
};

/// Can the records have been complete on this day?
///
/// # Errors
/// A sentence that says against which other day it stands.
pub fn records_complete(header: &Header, day: Date, today: Date) -> Result<(), String> {
    let earlier = [
        ("injury", header.injury_date),
        ("application", header.application_received_date),
    ];
    possible(day, &earlier, today)
}

/// Can it have been on this day?
///
/// # Errors
/// As [`records_complete`].
pub fn case_day(case: &Case, which: CaseDay, day: Date, today: Date) -> Result<(), String> {
    let header = &case.header;
    let injury = ("injury", header.injury_date);
    let earlier = match which {
        CaseDay::UrServed => ("UR decision", header.ur_denial_date),
        CaseDay::Certified => ("UR decision", header.ur_denial_date),
        CaseDay::Notice => ("application", header.application_received_date),
        CaseDay::Served => ("assignment", header.assigned_date),
    };
    possible(day, &[injury, earlier], today)
}

fn possible(day: Date, earlier: &[(&str, Option<Date>)], today: Date) -> Result<(), String> {
    if day > today {
        return Err("That day has not come yet.".to_owned());
    }
    for (what, other) in earlier {
        if let Some(other) = other.filter(|other| day < *other) {
            let (day, other) = (date::long(day), date::long(other));
            return Err(format!("{day} is before the {what} of {other}."));
        }
    }
    Ok(())
}

/// The days that start clocks, as they should be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Of the header.
    pub records_complete: Option<Date>,
    /// The others.
    pub dates: Dates,
}

impl Wanted {
    /// As they are.
    pub fn of(case: &Case) -> Self {
        Self {
            records_complete: case.header.records_complete_date,
            dates: case.dates.clone(),
        }
    }
}

/// What leads to the days wanted: each with what takes it back. Nothing for what stays.
///
/// # Errors
/// A day that cannot be, a sentence.
pub fn changes(
    case: &Case,
    wanted: &Wanted,
    limits: &Limits,
    today: Date,
) -> Result<Vec<(Change, Change)>, String> {
    let (is, was) = (wanted, Wanted::of(case));
    let mut changes = Vec::new();
    if is.records_complete != was.records_complete {
        if let Some(day) = is.records_complete {
            records_complete(&case.header, day, today)?;
        }
        let change = |date| Change::RecordsComplete { date };
        changes.push((change(is.records_complete), change(was.records_complete)));
    }
    for day in CaseDay::ALL {
        let (new, old) = (is.dates.day(day), was.dates.day(day));
        if new != old {
            if let Some(new) = new {
                case_day(case, day, new, today)
                    .map_err(|why| format!("The {}: {why}", day.words()))?;
            }
            let change = |date| Change::Dated { day, date };
            changes.push((change(new), change(old)));
        }
    }
    if is.dates.notice_sent != was.dates.notice_sent {
        let change = |sent| Change::NoticeSent { sent };
        changes.push((change(is.dates.notice_sent), change(was.dates.notice_sent)));
    }
    if is.dates.is_formulary != was.dates.is_formulary {
        let change = |is_formulary| Change::FormularyOnly { is_formulary };
        changes.push((
            change(is.dates.is_formulary),
            change(was.dates.is_formulary),
        ));
    }
    if is.dates.extension != was.dates.extension {
        if let Some(extension) = is.dates.extension {
            extended(extension, limits, today)?;
        }
        let change = |extension| Change::Extended { extension };
        changes.push((change(is.dates.extension), change(was.dates.extension)));
    }
    Ok(changes)
}

/// An extension is approved on a day that has come, and no longer than the law allows.
fn extended(extension: Extension, limits: &Limits, today: Date) -> Result<(), String> {
    possible(extension.approved, &[], today).map_err(|why| format!("The approval: {why}"))?;
    let most = limits.on(Deadline::Extension, extension.approved);
    match most.map_or(0, |limit| limit.amount) {
        most if extension.days == 0 || u16::from(extension.days) > most => Err(format!(
            "An extension is of 1 to {most} days ({}).",
            Deadline::Extension.row().basis
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_before_the_injury_nor_before_the_application_nor_in_the_future() {
        let day = |text: &str| date::parse(text).unwrap();
        let header = Header {
            injury_date: Some(day("5/1/2024")),
            application_received_date: Some(day("12/1/2025")),
            ..Header::default()
        };
        let asked = |text: &str| records_complete(&header, day(text), day("1/15/2026"));
        assert_eq!(asked("12/1/2025"), Ok(()));
        assert_eq!(asked("1/15/2026"), Ok(()));
        let refused = [
            ("4/30/2024", "before the injury of 05/01/2024"),
            ("11/30/2025", "before the application of 12/01/2025"),
            ("1/16/2026", "has not come yet"),
        ];
        for (text, expected) in refused {
            let why = asked(text).unwrap_err();
            assert!(why.contains(expected), "{why}");
        }
        let bare = Header::default();
        assert_eq!(
            records_complete(&bare, day("4/30/2024"), day("1/15/2026")),
            Ok(())
        );
    }

    #[test]
    fn only_what_differs_is_changed_and_each_change_has_its_way_back() {
        let day = |text: &str| date::parse(text).unwrap();
        let mut case = crate::rules::clock::tests::file(Default::default(), None).case;
        case.header.ur_denial_date = Some(day("11/1/2025"));
        let limits = Limits::built_in();
        let today = day("1/15/2026");
        let mut wanted = Wanted::of(&case);
        assert_eq!(changes(&case, &wanted, &limits, today), Ok(vec![]));
        wanted.records_complete = Some(day("1/5/2026"));
        wanted.dates.notice = Some(day("12/20/2025"));
        wanted.dates.is_formulary = true;
        let made = changes(&case, &wanted, &limits, today).unwrap();
        assert_eq!(made.len(), 3);
        assert_eq!(made[0].1, Change::RecordsComplete { date: None });
        wanted.dates.ur_served = Some(day("10/31/2025"));
        let why = changes(&case, &wanted, &limits, today).unwrap_err();
        assert!(
            why.contains("before the UR decision of 11/01/2025"),
            "{why}"
        );
    }

    #[test]
    fn an_extension_is_no_longer_than_three_days_and_was_approved() {
        let day = |text: &str| date::parse(text).unwrap();
        let case = crate::rules::clock::tests::file(Default::default(), None).case;
        let extended = |days, approved| {
            let mut wanted = Wanted::of(&case);
            wanted.dates.extension = Some(Extension { days, approved });
            changes(&case, &wanted, &Limits::built_in(), day("1/15/2026")).map(|made| made.len())
        };
        assert_eq!(extended(3, day("1/15/2026")), Ok(1));
        assert!(
            extended(4, day("1/15/2026"))
                .unwrap_err()
                .contains("1 to 3 days")
        );
        assert!(extended(0, day("1/15/2026")).is_err());
        assert!(
            extended(3, day("1/16/2026"))
                .unwrap_err()
                .contains("not come yet")
        );
    }
}
