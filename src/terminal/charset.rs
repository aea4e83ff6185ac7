//! Does the terminal say that it speaks another character set than ours?

/// A sentence for the user where the locale names a character set that is not UTF-8. One that names
/// none says nothing about the terminal: over SSH it often does not come along.
pub fn charset_problem() -> Option<String> {
    problem(|name| std::env::var(name).ok())
}

fn problem(env: impl Fn(&str) -> Option<String>) -> Option<String> {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"];
    let locale = names.into_iter().find_map(|name| {
        let value = env(name).filter(|value| !value.is_empty())?;
        Some((name, value))
    });
    let (name, value) = locale?;
    let (_, charset) = value.split_once('.')?;
    let charset = charset.split('@').next().unwrap_or_default();
    let plain: String = charset
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    (!plain.eq_ignore_ascii_case("utf8")).then(|| {
        let charset: String = charset.chars().filter(|c| c.is_ascii_graphic()).collect();
        format!(
            "{name} names the character set {charset}; imr reads and writes UTF-8. Set the terminal \
             and {name} to UTF-8, or letters with accents go wrong."
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_another_one_is_told_of() {
        let of = |pairs: &'static [(&str, &str)]| {
            problem(|name| {
                let pair = pairs.iter().find(|(known, _)| *known == name);
                pair.map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[("LANG", "C")]), None);
        assert_eq!(of(&[("LANG", "en_US.UTF-8"), ("LC_ALL", "")]), None);
        assert_eq!(of(&[("LANG", "x.ISO-8859-1"), ("LC_ALL", "C.utf8")]), None);
        let said = of(&[("LANG", "de_DE.ISO-8859-15@euro")]).unwrap();
        assert!(said.contains("ISO-8859-15;"), "{said}");
    }
}
