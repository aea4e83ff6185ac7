//! The same reviewer at two terminals.

use crate::pty::home::Home;
use crate::pty::keys::open_editor;

/// Neither overwrites the other: the second is told, and keeps its own words beside the first's.
#[test]
fn t_29_two_sessions_on_one_case_lose_nothing() {
    let home = Home::new();
    let one = home.open();
    let two = home.open();
    open_editor(&one);
    open_editor(&two);
    one.send("Words of the first.");
    one.wait_until("the save", |_| home.rationale() == "Words of the first.");
    two.send("Words of the second.");
    two.wait_for("changed in another window");
    two.wait_until("both", |_| {
        let saved = home.rationale();
        saved.contains("Words of the first.") && saved.contains("Words of the second.")
    });
    assert_eq!(home.case()["items"][0]["decision"], serde_json::Value::Null);
}
