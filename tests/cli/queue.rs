//! The queue on the command line: filters, views and orders of `imr list`, and `imr snooze`.

use crate::room::Room;

fn numbers(room: &Room, arguments: &[&str]) -> Vec<String> {
    let all = [&["list", "--json"], arguments].concat();
    let said = room.that_day(&all);
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let cases = json["cases"].as_array().unwrap().iter();
    cases
        .map(|case| case["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn lists_take_filters_and_orders() {
    let room = Room::practice();
    let all = numbers(&room, &[]);
    assert!(all.len() > 8, "{all:?}");
    let men = numbers(&room, &["--query", "sex:m"]);
    let others = numbers(&room, &["--query", "-sex:m"]);
    assert_eq!(men.len() + others.len(), all.len());
    let by_number = numbers(&room, &["--sort", "number"]);
    let mut turned = numbers(&room, &["--sort", "number", "--descending"]);
    turned.reverse();
    assert_eq!(by_number, turned);
    for sort in ["priority", "patient", "items", "request", "state"] {
        assert_eq!(numbers(&room, &["--sort", sort]).len(), all.len(), "{sort}");
    }
    room.that_day(&["list", "--query", "due:soon"])
        .code(2)
        .complains("due: does not take \"soon\"");
    room.that_day(&["list", "--query", "du:3d"])
        .code(2)
        .complains("did you mean \"due:\"?");
}

#[test]
fn own_views_have_names() {
    let room = Room::practice();
    room.write(
        "config/config.toml",
        "[[view]]\nname = \"Men\"\nquery = \"sex:m\"\nsort = \"number\"\n\n\
         [[view]]\nname = \"Bad\"\nquery = \"sex:x\"\n",
    );
    let men = numbers(&room, &["--view", "men"]);
    assert_eq!(
        men,
        numbers(&room, &["--query", "sex:m", "--sort", "number"])
    );
    room.run(&["config", "check"])
        .code(1)
        .prints("config.toml:8:9: query does not read: sex: does not take \"x\"");
    room.that_day(&["list", "--view", "Mem"])
        .code(2)
        .complains("did you mean \"Men\"?");
}

#[test]
fn cases_are_snoozed_and_woken() {
    let room = Room::practice();
    let all = numbers(&room, &[]);
    room.that_day(&["snooze", &all[0], &all[1], "--until", "3d"])
        .ok();
    assert_eq!(numbers(&room, &[]), all[2..]);
    assert_eq!(numbers(&room, &["--query", "state:snoozed"]), all[..2]);
    room.that_day(&["snooze", &all[0], "--until", "1/1/2001"])
        .code(1)
        .complains("is no day to come");
    room.that_day(&["snooze", "CM99-9999999", &all[1], "--wake"])
        .code(1)
        .complains("CM99-9999999");
    assert_eq!(numbers(&room, &["--query", "snoozed:"]), all[..1]);
    let until = |case: &str| {
        let case = room.that_day(&["show", case, "--json"]).ok().json();
        case["snoozed_until"].as_str().map(str::to_owned)
    };
    assert!(until(&all[0]).is_some_and(|day| day.len() == 10));
    assert_eq!(until(&all[1]), None);
    room.that_day(&["snooze", &all[0]]).code(2);
    room.that_day(&["verify"]).ok();
}

#[test]
fn several_cases_are_closed_at_once() {
    let room = Room::practice();
    let all = numbers(&room, &[]);
    let closing = ["--as", "withdrawn", "--reason", "settled"];
    room.that_day(&[&["close", &all[0], &all[1]], &closing[..]].concat())
        .ok();
    assert_eq!(numbers(&room, &["--view", "closed"]).len(), 2);
    room.that_day(&[&["close", &all[0], &all[2]], &closing[..]].concat())
        .code(1)
        .complains("takes no change");
    assert_eq!(
        numbers(&room, &["--view", "closed"]).len(),
        3,
        "the other is closed"
    );
}
