//! Keys by chance, but the same every time.

/// Every key there is, those that lead somewhere more often.
pub fn random_keys() -> Vec<String> {
    let mut keys: Vec<String> = ('!'..='~')
        .filter(|c| !"<".contains(*c))
        .map(String::from)
        .collect();
    let named = [
        "enter",
        "esc",
        "tab",
        "shift-tab",
        "backspace",
        "delete",
        "up",
        "down",
        "left",
        "right",
        "home",
        "end",
        "page-up",
        "page-down",
        "space",
        "ctrl-g",
        "ctrl-l",
        "ctrl-z",
        "ctrl-c",
        "ctrl-w",
        "ctrl-u",
        "ctrl-x",
        "ctrl-v",
        "f1",
        "f5",
        "shift-left",
        "ctrl-f",
        "ctrl-n",
        "ctrl-p",
        "ctrl-r",
        "ctrl-t",
        "ctrl-y",
        "f3",
        "f8",
        "alt-a",
    ];
    for _ in 0..3 {
        keys.extend(named.iter().map(|n| format!("<{n}>")));
    }
    keys
}

/// The next number of a sequence that is the same every time.
pub fn next(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed >> 16
}
