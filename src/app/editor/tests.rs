use super::*;
use EditorCommand as C;

fn go(to: Motion) -> C {
    C::Move { to, extend: false }
}

fn select(to: Motion) -> C {
    C::Move { to, extend: true }
}

#[test]
fn types_and_shows() {
    let mut editor = Editor::new("");
    assert!(editor.is_empty());
    for c in ["h", "i", " ", "y", "o", "u"] {
        assert_eq!(editor.insert(c), Outcome::Edited);
    }
    let view = editor.view(5, 3);
    assert_eq!(
        view.rows
            .iter()
            .map(|r| r.text.as_str())
            .collect::<Vec<_>>(),
        ["hi ", "you"]
    );
    assert_eq!((view.cursor, view.total_rows), ((3, 1), 2));
    assert_eq!((editor.words(), editor.revision()), (2, 6));
    let _ = (go(Motion::Left), select(Motion::Left));
}
