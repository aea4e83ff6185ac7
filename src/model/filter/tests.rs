//! The whole grammar: read, printed and asked.

use super::*;
use crate::model::date::Date;
use jiff::Timestamp;
use proptest::prelude::*;

fn said(text: &str) -> String {
    match Filter::parse(text) {
        Ok(filter) => filter.to_string(),
        Err(error) => error.to_string(),
    }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn facts() -> Facts {
    Facts {
        due: Some(seconds("2026-01-18T07:59:59Z")),
        is_published: false,
        priority: Priority::Standard,
        stage: Stage::Draft,
        items: 3,
        undecided: 1,
        age: Some(59),
        sex: Some(Sex::Female),
        injury: Some(day("2008-10-08")),
        snoozed_until: None,
    }
}

fn seconds(text: &str) -> i64 {
    text.parse::<Timestamp>().unwrap().as_second()
}

/// A calendar whose days end at 08:00 UTC, as California's do in winter.
fn moment() -> Moment {
    Moment {
        now: "2026-01-15T17:00:00Z".parse().unwrap(),
        today: day("2026-01-15"),
        end_of: |day| {
            let next = day.tomorrow().ok()?;
            let midnight = next.at(8, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).ok()?;
            Some(midnight.timestamp().as_second() - 1)
        },
    }
}

fn passes(text: &str, facts: &Facts) -> bool {
    let line = "ct cervical spine";
    let filter = Filter::parse(text).unwrap();
    let has: Vec<bool> = filter.texts().map(|(_, t, _)| line.contains(t)).collect();
    filter.at(moment()).passes(facts, |n| has[n])
}

#[test]
fn what_is_typed_is_read_and_said_again() {
    for (typed, expected) in [
        ("  cerv   0077 ", "cerv 0077"),
        ("due:<3d pri:exp", "due:<=2d pri:exp"),
        ("due:3d", "due:<=2d"),
        ("DUE:<3D", "due:<=2d"),
        ("due:>2w", "due:>=15d"),
        ("due:today", "due:today"),
        ("due:<17h", "due:<17h"),
        ("due:1/31/2026", "due:2026-01-31"),
        ("DUE:Overdue", "due:overdue"),
        ("req:\"mri of the knee\"", "req:\"mri of the knee\""),
        ("req:\"mri of", "req:\"mri of\""),
        ("\"lumbar mri\"", "\"lumbar mri\""),
        ("-knee -state:new,draft", "-knee -state:new,draft"),
        ("items:>2 age:40..59", "items:>=3 age:40..59"),
        ("injury:2008", "injury:2008-01-01..2008-12-31"),
        ("injury:<2010", "injury:<=2009-12-31"),
        ("sex:female snoozed:", "sex:f snoozed:yes"),
        ("10:30 c4:", "\"10:30\" \"c4:\""),
        ("a\"b", "\"a\"\"b\""),
        ("- \"\" --x", "\"-x\""),
    ] {
        let once = said(typed);
        assert_eq!(said(&once), once, "{typed}");
        if typed != "- \"\" --x" {
            assert_eq!(once, expected, "{typed}");
        }
    }
}

#[test]
fn what_is_wrong_is_told_with_what_is_right() {
    for (typed, expected) in [
        ("du:3d", "There is no field \"du:\"; did you mean \"due:\"?"),
        (
            "colour:red",
            "There is no field \"colour:\"; there are due, pri,",
        ),
        ("due:", "due: takes 3d, <3d,"),
        ("due:3x", "due: does not take \"3x\", but 3d, <3d,"),
        ("due:overdeu", "did you mean \"overdue\"?"),
        (
            "state:drat",
            "state: does not take \"drat\"; did you mean \"draft\"?",
        ),
        ("items:many", "items: does not take \"many\", but a number"),
        ("injury:13/45/2008", "injury: does not take"),
        ("pri:exp,", "pri: takes exp or std."),
    ] {
        assert!(said(typed).contains(expected), "{typed}: {}", said(typed));
    }
    assert!(said(&"a ".repeat(40)).contains("at most 32"));
    for many in [
        format!("req:{}knee", "x,".repeat(69)),
        format!("-dx:\"{}\"", "x ".repeat(70)),
    ] {
        assert!(said(&many).contains("at most 64 words"), "{many}");
    }
    assert!(!said(&format!("case:{}7", "8,".repeat(69))).contains("at most"));
}

#[test]
fn facts_answer() {
    let open = facts();
    for yes in [
        "",
        "due:<3d",
        "due:3d",
        "due:<=2d",
        "due:>1d",
        "due:1/17/2026",
        "due:2026",
        "-due:overdue",
        "pri:std",
        "state:draft",
        "state:open",
        "state:undecided",
        "items:>2",
        "items:3",
        "age:40..59",
        "sex:f",
        "injury:2008",
        "injury:10/2008",
        "injury:<=10/8/08",
        "snoozed:no",
        "cervical",
        "-knee",
        "state:new,draft",
        "due:<72h",
        "due:>40h",
    ] {
        assert!(passes(yes, &open), "{yes}");
    }
    for no in [
        "due:<2d",
        "due:>2d",
        "due:overdue",
        "due:none",
        "pri:exp",
        "state:new",
        "state:signed",
        "state:closed",
        "items:<3",
        "age:none",
        "sex:m",
        "injury:none",
        "injury:>2008",
        "snoozed:",
        "knee",
        "-cervical",
        "-state:new,draft",
        "due:<40h",
    ] {
        assert!(!passes(no, &open), "{no}");
    }
}

#[test]
fn clocks_that_do_not_run_are_not_due() {
    let signed = Facts {
        stage: Stage::Signed,
        ..facts()
    };
    assert!(!passes("due:<3d", &signed) && passes("due:1/17/2026", &signed));
    let late = Facts {
        due: Some(0),
        ..facts()
    };
    assert!(passes("due:overdue", &late) && passes("due:<3d", &late));
    let none = Facts {
        due: None,
        ..facts()
    };
    assert!(passes("due:none", &none) && !passes("due:<3d", &none));
}

#[test]
fn a_snooze_ends_on_its_day() {
    let until = |text| Facts {
        snoozed_until: Some(day(text)),
        ..facts()
    };
    assert!(passes("state:snoozed", &until("2026-01-16")));
    assert!(!passes("state:snoozed", &until("2026-01-15")));
    assert!(Filter::parse("x state:snoozed").unwrap().wants_snoozed());
    assert!(!Filter::parse("-snoozed:").unwrap().wants_snoozed());
}

fn typed() -> impl Strategy<Value = String> {
    let field = prop::sample::select(FIELDS.iter().flat_map(|f| f.names).collect::<Vec<_>>());
    let value = prop_oneof![
        "[<>]?=?[0-9]{1,4}[dhw]?",
        "(overdue|none|exp|draft|f|yes|2008|10/2008|1/2/26|3\\.\\.5|2008\\.\\.)",
        "\"?[a-z ,:\"-]{0,9}\"?",
    ];
    let term =
        ("-?", field, value).prop_map(|(sign, field, value)| format!("{sign}{field}:{value}"));
    let word = "-{0,2}[a-zé\",:]{0,6}";
    prop::collection::vec(prop_oneof![term, word.prop_map(|w| w)], 0..6)
        .prop_map(|terms| terms.join(" "))
}

proptest! {
    #[test]
    fn what_is_printed_reads_the_same(text in typed()) {
        if let Ok(filter) = Filter::parse(&text) {
            let again = Filter::parse(&filter.to_string());
            prop_assert_eq!(again, Ok(filter));
        }
    }

    #[test]
    fn anything_may_be_typed(text in "\\PC{0,60}", raw in any::<String>()) {
        for text in [text, raw] {
            match Filter::parse(&text) {
                Ok(filter) => {
                    let again = Filter::parse(&filter.to_string());
            prop_assert_eq!(again, Ok(filter));
                }
                Err(error) => prop_assert!(error.to_string().chars().count() < 250),
            }
        }
    }

    #[test]
    fn a_filter_and_its_opposite_part_all_cases(text in typed(), items in 0u32..9, age in 0u8..99) {
        if let Ok(filter) = Filter::parse(&text) {
            let facts = Facts { items, age: Some(age), ..facts() };
            for term in filter.terms {
                let opposite = Term { is_excluded: !term.is_excluded, ..term.clone() };
                let answers = [term, opposite].map(|term| {
                    let filter = Filter { terms: vec![term] };
                    let has: Vec<bool> = filter.texts().map(|(_, t, _)| t.len() > 2).collect();
                    filter.at(moment()).passes(&facts, |n| has[n])
                });
                prop_assert!(answers[0] != answers[1]);
            }
        }
    }
}
