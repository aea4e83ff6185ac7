//! Which days can be, given the others. Asked of what the reviewer types; files are taken as they are.

use crate::model::{Date, Header, date};

/// Can the records have been complete on this day?
///
/// # Errors
/// A sentence that says against which other day it stands.
pub fn records_complete(header: &Header, day: Date, today: Date) -> Result<(), String> {
    if day > today {
        return Err("That day has not come yet.".to_owned());
    }
    let earlier = [
        ("injury", header.injury_date),
        ("application", header.application_received_date),
    ];
    for (what, other) in earlier {
        if let Some(other) = other.filter(|other| day < *other) {
            let (day, other) = (date::long(day), date::long(other));
            return Err(format!("{day} is before the {what} of {other}."));
        }
    }
    Ok(())
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
}
