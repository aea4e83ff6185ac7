use super::*;

#[test]
fn the_best_lines_first_and_no_more_than_asked() {
    let lines = ["Knee: MRI", "Lumbar spine: MRI", "Lumbar: MRI", "Élbow"];
    let engine = Engine::new(lines);
    let found = |query: &str, limit| -> Vec<usize> {
        let found = engine.search(query, limit, &Cancel::default()).unwrap();
        found.into_iter().map(|ranked| ranked.line).collect()
    };
    assert_eq!(found("mri lumb", 9), [2, 1]);
    assert_eq!(found("mri lumb", 1), [2]);
    assert_eq!(found("elbow", 9), [3]);
    assert_eq!(found("lmri", 9), [2, 1]);
    assert_eq!(found("", 2), [0, 1]);
    assert!(found("zzq", 9).is_empty());
    assert_eq!(engine.len(), 4);
    assert!(!engine.is_empty());
}

#[test]
fn a_search_called_off_answers_nothing() {
    let cancel = Cancel::default();
    cancel.cancel();
    assert_eq!(Engine::new(["a"]).search("a", 1, &cancel), None);
}
