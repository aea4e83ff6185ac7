//! Theme files: found by name, read in layers. Each layer changes what the one below it says.

use super::nearest::hint;
use super::paint::{self, Paint, Palette};
use super::problem::unknown;
use super::source::Source;
use super::theme::{BUILTIN, Borders, Role, Theme};
use super::{Problem, THEMES_FOLDER};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const SETTINGS: [&str; 4] = ["inherits", "borders", "palette", "roles"];

/// The user's own themes.
pub struct OwnThemes<'f> {
    /// The file of a name; `None` where there is none.
    pub open: &'f dyn Fn(&str) -> Result<Option<Source>, Problem>,
    /// All their names.
    pub names: &'f dyn Fn() -> Vec<String>,
}

impl OwnThemes<'_> {
    /// No theme but the built-in ones.
    pub fn none() -> Self {
        Self {
            open: &|_| Ok(None),
            names: &Vec::new,
        }
    }

    /// Every theme there is, the built-in ones first, each once.
    pub fn all_names(&self) -> Vec<String> {
        let mut names: Vec<String> = BUILTIN.iter().map(|(name, _)| (*name).to_owned()).collect();
        let mut own = (self.names)();
        own.retain(|name| !names.contains(name));
        own.sort();
        names.extend(own);
        names
    }
}

/// The theme of that name, and what is wrong with its files. `None` where no theme has the name.
///
/// A file of the user's with the name of a built-in theme changes that theme; one that cannot be
/// read at all changes nothing.
pub fn load(name: &str, own: &OwnThemes) -> Option<(Theme, Vec<Problem>)> {
    let mut problems = Vec::new();
    let first = own_layer(name, own, &mut problems).or_else(|| builtin_layer(name));
    let layers = match first {
        Some(first) => chain(first, own, &mut problems),
        None if problems.is_empty() => return None,
        None => Vec::new(),
    };
    let (theme, wrong) = read(name, &layers);
    problems.extend(wrong);
    Some((theme, problems))
}

/// A theme of one file that inherits nothing.
pub fn parse(name: &str, text: &str) -> (Theme, Vec<Problem>) {
    let source = source(name, text);
    let layer = Layer {
        name: name.to_owned(),
        is_own: true,
        source,
    };
    read(name, &[layer])
}

/// One file of a theme.
#[derive(Debug, Clone)]
struct Layer {
    name: String,
    is_own: bool,
    source: Source,
}

fn source(name: &str, text: &str) -> Source {
    Source {
        name: format!("{THEMES_FOLDER}/{name}.toml"),
        text: text.to_owned(),
    }
}

fn own_layer(name: &str, own: &OwnThemes, problems: &mut Vec<Problem>) -> Option<Layer> {
    let source = (own.open)(name).unwrap_or_else(|problem| {
        problems.push(problem);
        None
    })?;
    Some(Layer {
        name: name.to_owned(),
        is_own: true,
        source,
    })
}

fn builtin_layer(name: &str) -> Option<Layer> {
    let (name, text) = BUILTIN.iter().find(|(n, _)| *n == name)?;
    Some(Layer {
        name: (*name).to_owned(),
        is_own: false,
        source: source(name, text),
    })
}

/// The layers from the first down to the one that inherits nothing.
fn chain(first: Layer, own: &OwnThemes, problems: &mut Vec<Problem>) -> Vec<Layer> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut next = Some(first);
    while let Some(layer) = next {
        next = below(&layer, &layers, own, problems);
        layers.push(layer);
    }
    layers
}

/// What a layer changes: what it inherits, or else the built-in theme of its name.
fn below(
    layer: &Layer,
    above: &[Layer],
    own: &OwnThemes,
    problems: &mut Vec<Problem>,
) -> Option<Layer> {
    let Some((parent, span)) = parent(&layer.source) else {
        return layer.is_own.then(|| builtin_layer(&layer.name)).flatten();
    };
    let has_builtin = BUILTIN.iter().any(|(n, _)| *n == parent);
    // Built-in themes build on each other alone; so does a file that changes its namesake.
    let is_builtin = !layer.is_own || (parent == layer.name && has_builtin);
    let mut seen = above.iter().chain([layer]);
    if !is_builtin && seen.any(|l| l.is_own && l.name == parent) {
        let message =
            format!("inherits = \"{parent}\" goes in a circle; the theme goes on without it");
        problems.push(problem(&layer.source, span, &message));
        return None;
    }
    let found = match is_builtin {
        true => None,
        false => own_layer(&parent, own, problems),
    };
    let found = found.or_else(|| builtin_layer(&parent));
    if found.is_none() {
        let names = own.all_names();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let message = unknown("theme", &parent, &names);
        problems.push(problem(&layer.source, span, &message));
    }
    found
}

fn parent(source: &Source) -> Option<(String, Range<usize>)> {
    let (key, value) = source
        .table(&mut Vec::new())
        .into_iter()
        .find(|(key, _)| key.get_ref() == "inherits")?;
    Some((value.get_ref().as_str()?.to_owned(), key.span()))
}

fn problem(source: &Source, span: Range<usize>, message: &str) -> Problem {
    Problem {
        column: None,
        ..source.problem(span, message)
    }
}

/// Reads the layers, the nearest first.
fn read(name: &str, layers: &[Layer]) -> (Theme, Vec<Problem>) {
    let mut problems = Vec::new();
    let tables: Vec<_> = layers
        .iter()
        .map(|layer| layer.source.table(&mut problems))
        .collect();
    let mut reader = Reader {
        theme: Theme {
            name: name.to_owned(),
            ..Theme::default()
        },
        palette: Palette::new(),
        problems,
    };
    let pairs = || layers.iter().map(|l| &l.source).zip(&tables).rev();
    // All palettes before any role: a colour changed in a layer changes the roles below it too.
    pairs().for_each(|(source, table)| reader.palette(source, table));
    pairs().for_each(|(source, table)| reader.layer(source, table));
    (reader.theme, reader.problems)
}

struct Reader {
    theme: Theme,
    palette: Palette,
    problems: Vec<Problem>,
}

impl Reader {
    fn problem(&mut self, source: &Source, span: Range<usize>, message: &str) {
        self.problems.push(problem(source, span, message));
    }

    fn palette(&mut self, source: &Source, table: &DeTable) {
        let Some(value) = table.get("palette") else {
            return;
        };
        let Some(colours) = value.get_ref().as_table() else {
            let message = "palette expects a table: [palette]";
            return self.problem(source, value.span(), message);
        };
        for (key, value) in colours {
            let name = key.get_ref().as_ref();
            match paint::hue(name, value.get_ref(), &Palette::new()) {
                Ok(hue) => drop(self.palette.insert(name.to_owned(), hue)),
                Err(message) => self.problem(source, key.span(), &message),
            }
        }
    }

    fn layer(&mut self, source: &Source, table: &DeTable) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "borders" => self.borders(source, value),
                "roles" => self.roles(source, value),
                "palette" => {}
                "inherits" if value.get_ref().is_str() => {}
                "inherits" => {
                    let message = "inherits expects the name of a theme in quotes";
                    self.problem(source, value.span(), message);
                }
                other => {
                    let message = unknown("setting", other, &SETTINGS);
                    self.problem(source, key.span(), &message);
                }
            }
        }
    }

    fn borders(&mut self, source: &Source, value: &Spanned<DeValue>) {
        let word = value.get_ref().as_str().unwrap_or_default();
        match Borders::NAMES.iter().find(|(n, _)| *n == word) {
            Some((_, borders)) => self.theme.borders = *borders,
            None => {
                let message = format!("borders = \"{word}\": expected line, ascii or none");
                self.problem(source, value.span(), &message);
            }
        }
    }

    fn roles(&mut self, source: &Source, value: &Spanned<DeValue>) {
        let Some(table) = value.get_ref().as_table() else {
            return self.problem(source, value.span(), "roles expects a table: [roles]");
        };
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match Role::ALL.iter().find(|r| r.name() == name) {
                Some(role) => self.role(source, *role, value),
                None => {
                    let near = hint(name, Role::ALL.iter().map(|r| r.name()));
                    let message = format!("unknown role \"{name}\"{near}");
                    self.problem(source, key.span(), &message);
                }
            }
        }
    }

    fn role(&mut self, source: &Source, role: Role, value: &Spanned<DeValue>) {
        let Some(table) = value.get_ref().as_table() else {
            let name = role.name();
            let message = format!("{name} expects paint: {{ fg = \"red\", bold = true }}");
            return self.problem(source, value.span(), &message);
        };
        let mut paint: Paint = self.theme.roles.get(&role).copied().unwrap_or_default();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            if let Err(message) = paint.set(name, value.get_ref(), &self.palette) {
                self.problem(source, key.span(), &message);
            }
        }
        self.theme.roles.insert(role, paint);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::hue::Hue;

    /// Loads a theme from a folder of these files.
    fn load_from(files: &[(&str, &str)], name: &str) -> Option<(Theme, Vec<String>)> {
        let open = |name: &str| {
            let found = files.iter().find(|(n, _)| *n == name);
            Ok(found.map(|(name, text)| source(name, text)))
        };
        let names = || files.iter().map(|(n, _)| (*n).to_owned()).collect();
        let own = OwnThemes {
            open: &open,
            names: &names,
        };
        let (theme, problems) = load(name, &own)?;
        Some((theme, problems.iter().map(ToString::to_string).collect()))
    }

    #[test]
    fn no_field_is_required() {
        let (theme, problems) = parse("bare", "");
        assert_eq!(problems, vec![]);
        assert_eq!(theme.paint(Role::Overdue), Paint::default());
    }

    #[test]
    fn roles_fall_back() {
        let (theme, _) = parse("t", "[roles]\naccent = { fg = \"cyan\" }");
        assert_eq!(theme.paint(Role::Key).fg, Some(Hue::Indexed(6)));
        assert_eq!(theme.paint(Role::Dim).fg, None);
    }

    #[test]
    fn problems_name_line_and_nearest_name_and_the_rest_counts() {
        let text = "borders = \"round\"\n[roles]\noverdu = { fg = \"red\" }\nkey = { fg = \"rad\", blod = true, bold = true }\n";
        let (theme, problems) = parse("t", text);
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 4);
        for (start, words) in [
            ("themes/t.toml:1: ", "expected line, ascii or none"),
            ("themes/t.toml:3: ", "\"overdue\""),
            ("themes/t.toml:4: ", "did you mean \"red\""),
            ("themes/t.toml:4: ", "did you mean \"bold\""),
        ] {
            let is_said = said
                .iter()
                .any(|s| s.starts_with(start) && s.contains(words));
            assert!(is_said, "{start}{words}: {said:?}");
        }
        assert_eq!(theme.paint(Role::Key).bold, Some(true));
    }

    #[test]
    fn a_broken_file_gives_a_line_and_its_good_lines_count() {
        let text = "borders = \"ascii\"\npalette = = 3\n";
        let (theme, problems) = parse("t", text);
        assert_eq!(problems.first().map(|p| p.line), Some(2));
        assert_eq!(theme.borders, Borders::Ascii);
    }

    #[test]
    fn a_theme_inherits_part_by_part() {
        let base = "borders = \"ascii\"\n[palette]\nalarm = \"#010203\"\n[roles]\noverdue = { fg = \"alarm\", bold = true }\nkey = { fg = 3 }\n";
        let own = "inherits = \"base\"\n[palette]\nalarm = \"#040506\"\n[roles]\noverdue = { underline = true }\nkey = { fg = \"alarm\" }\n";
        let files = [("base", base), ("own", own)];
        let (theme, said) = load_from(&files, "own").unwrap();
        assert_eq!(said, Vec::<String>::new());
        assert_eq!(theme.borders, Borders::Ascii);
        let alarm = Some(Hue::Rgb(4, 5, 6));
        let overdue = theme.paint(Role::Overdue);
        assert_eq!(overdue.fg, alarm, "the changed palette reaches the parent");
        assert_eq!(
            (overdue.bold, overdue.underline),
            (Some(true), Some(true)),
            "what is not named stays"
        );
        assert_eq!(theme.paint(Role::Key).fg, alarm);
    }

    #[test]
    fn a_file_with_a_built_in_name_changes_that_theme() {
        let text = "[roles]\noverdue = { fg = \"#010203\" }\n";
        let (theme, _) = load_from(&[("dark", text)], "dark").unwrap();
        let built_in = Theme::builtin("dark").unwrap();
        assert_eq!(theme.paint(Role::Overdue).fg, Some(Hue::Rgb(1, 2, 3)));
        assert_eq!(theme.paint(Role::Text), built_in.paint(Role::Text));
        let named = format!("inherits = \"dark\"\n{text}");
        let (same, said) = load_from(&[("dark", &named)], "dark").unwrap();
        assert_eq!((same, said.len()), (theme, 0));
        let other = "inherits = \"light\"\n";
        let (light, _) = load_from(&[("dark", other)], "dark").unwrap();
        let ground = Theme::builtin("light").unwrap().paint(Role::Text);
        assert_eq!(light.paint(Role::Text), ground);
    }

    #[test]
    fn circles_are_refused_with_file_and_line_and_the_rest_counts() {
        let a = "borders = \"ascii\"\ninherits = \"b\"\n";
        let b = "\n\n\ninherits = \"a\"\n[roles]\nkey = { fg = 3 }\n";
        let (theme, said) = load_from(&[("a", a), ("b", b)], "a").unwrap();
        let circle =
            "themes/b.toml:4: inherits = \"a\" goes in a circle; the theme goes on without it";
        assert_eq!(said, [circle]);
        assert_eq!(theme.borders, Borders::Ascii);
        assert_eq!(theme.paint(Role::Key).fg, Some(Hue::Indexed(3)));
        let (_, said) = load_from(&[("a", "inherits = \"a\"")], "a").unwrap();
        assert!(said.concat().starts_with("themes/a.toml:1: "), "{said:?}");
        // Own file, built-in name, and back: a circle all the same.
        let files = [("dark", "inherits = \"a\""), ("a", "inherits = \"dark\"")];
        let (_, said) = load_from(&files, "dark").unwrap();
        assert!(said.concat().starts_with("themes/a.toml:1: "), "{said:?}");
    }

    #[test]
    fn unknown_parents_and_names() {
        let (_, said) = load_from(&[("own", "\ninherits = \"drak\"")], "own").unwrap();
        assert_eq!(
            said,
            ["themes/own.toml:2: unknown theme \"drak\"; did you mean \"dark\"?"]
        );
        let (_, said) = load_from(&[("own", "inherits = 7")], "own").unwrap();
        assert!(said.concat().contains("in quotes"), "{said:?}");
        assert!(load_from(&[], "own").is_none());
    }

    #[test]
    fn palettes_are_checked() {
        let text = "[palette]\nink = \"#12345\"\nsea = 33\n[roles]\nkey = { fg = \"saa\" }\n";
        let (_, problems) = parse("t", text);
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said.iter().any(|s| s.starts_with("themes/t.toml:2: ink")));
        assert!(said.iter().any(|s| s.contains("did you mean \"sea\"")));
    }
}
