//! The built-in themes, measured: contrast, colours that eyes confuse, and meanings that stay when
//! the colours go.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "themes/eyes.rs"]
mod eyes;
mod world;

use eyes::{Rgb, Sight, contrast, difference};
use imr::settings::fit::ColourDepth;
use imr::settings::hue::Hue;
use imr::settings::paint::Paint;
use imr::settings::theme::{BUILTIN, Role, Theme};
use imr::settings::theme_file;
use imr::ui::{Look, sixteen};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use world::World;

const DEPTHS: [ColourDepth; 4] = [
    ColourDepth::Mono,
    ColourDepth::Sixteen,
    ColourDepth::Indexed,
    ColourDepth::True,
];

/// Themes with a page of their own: all their contrasts are known.
const RGB: [&str; 4] = ["dark", "light", "high-contrast", "colour-blind"];

/// Keys to screens that show every role between them.
const SCREENS: [&str; 15] = [
    "",
    "/cerv",
    "v7",
    "v",
    "<enter>1",
    "<enter>2jjj<enter>",
    "<enter>3Oc<enter>codg<enter>eThe surgeon asks for a CT to see the bone.<shift-left><shift-left>",
    "<enter>3Uc<enter>",
    "v7Gk<enter>3U",
    "<enter>5",
    "<enter>3S",
    "<enter>3cneck ct",
    "v5<enter>5",
    "<enter>3Um",
    "<enter>3?",
];

fn theme(name: &str) -> Theme {
    Theme::builtin(name).unwrap()
}

/// Letters and ground as they reach the eye.
fn shown(paint: Paint) -> (Hue, Hue) {
    let (fg, bg) = (
        paint.fg.unwrap_or(Hue::Reset),
        paint.bg.unwrap_or(Hue::Reset),
    );
    if paint.reverse == Some(true) {
        (bg, fg)
    } else {
        (fg, bg)
    }
}

fn pairs(theme: &Theme) -> impl Iterator<Item = (String, Paint)> {
    Role::ALL.iter().flat_map(|role| {
        let name = role.name();
        [
            (format!("{name} on the page"), theme.on_page(*role)),
            (
                format!("{name} in the selected row"),
                theme.on_selected(*role),
            ),
        ]
    })
}

/// Pairs under a contrast; a colour that only the terminal knows counts as 0.
fn faint(name: &str, depth: ColourDepth, at_least: f64) -> String {
    let mut said = String::new();
    for (pair, paint) in pairs(&theme(name).fitted(depth)) {
        let (fg, bg) = shown(paint);
        let ratio = match (fg.rgb(), bg.rgb()) {
            (Some(fg), Some(bg)) => contrast(fg, bg),
            _ => 0.0,
        };
        if ratio < at_least {
            writeln!(said, "{name} {depth:?}: {pair}: {ratio:.2}").unwrap();
        }
    }
    said
}

#[test]
fn every_pair_can_be_read_in_true_colour_and_in_256_and_16() {
    let depths = [
        ColourDepth::True,
        ColourDepth::Indexed,
        ColourDepth::Sixteen,
    ];
    let said: String = RGB
        .iter()
        .flat_map(|name| depths.map(|depth| faint(name, depth, 4.5)))
        .collect();
    assert_eq!(said, "");
}

#[test]
fn high_contrast_is_higher() {
    let said = faint("high-contrast", ColourDepth::True, 7.0)
        + &faint("high-contrast", ColourDepth::Indexed, 7.0);
    assert_eq!(said, "");
}

/// Terminals dim as they like: a contrast that was measured must not be dimmed.
#[test]
fn measured_letters_are_not_dimmed() {
    for name in RGB {
        for (pair, paint) in pairs(&theme(name)) {
            assert_ne!(paint.dim, Some(true), "{name}: {pair}");
        }
    }
}

#[test]
fn opposites_differ_for_every_eye_and_in_an_attribute() {
    let opposites = [
        (Role::Upheld, Role::Overturned),
        (Role::Overdue, Role::Done),
        (Role::Overdue, Role::Soon),
        (Role::Overdue, Role::Text),
        (Role::Problem, Role::Notice),
    ];
    let sights = [Sight::Ordinary, Sight::Deuteranopia, Sight::Protanopia];
    let mut said = String::new();
    for depth in [ColourDepth::True, ColourDepth::Indexed] {
        let theme = theme("colour-blind").fitted(depth);
        for (a, b) in opposites {
            let letters = |role| shown(theme.on_page(role)).0.rgb().unwrap();
            for sight in sights {
                let apart = difference(letters(a), letters(b), sight);
                if apart < 25.0 {
                    writeln!(said, "{depth:?} {a:?} {b:?} {sight:?}: {apart:.0}").unwrap();
                }
            }
            let attributes = |role| theme.on_page(role).attributes();
            assert_ne!(attributes(a), attributes(b), "{a:?} {b:?}");
        }
    }
    assert_eq!(said, "");
}

/// The yardstick itself: what these eyes confuse is found near, and the rest is not.
#[test]
fn simulated_eyes_confuse_red_and_green() {
    let (red, green): (Rgb, Rgb) = ([0xb2, 0x6b, 0x3c], [0x8a, 0x83, 0x3c]);
    assert!(difference(red, green, Sight::Ordinary) > 30.0);
    assert!(difference(red, green, Sight::Deuteranopia) < 15.0);
    for sight in [Sight::Ordinary, Sight::Deuteranopia, Sight::Protanopia] {
        assert!(difference([255, 255, 0], [0, 0, 255], sight) > 100.0);
    }
}

// --- meaning without colour -------------------------------------------------------------------

/// Roles that no word on the screen tells from the text around them.
const WORDLESS: [Role; 5] = [
    Role::Selected,
    Role::Match,
    Role::Mark,
    Role::TabActive,
    Role::Field,
];

#[test]
fn what_no_word_tells_an_attribute_does_whatever_the_depth() {
    for (name, _) in BUILTIN {
        for depth in DEPTHS {
            let theme = theme(name).fitted(depth);
            let plain = theme.on_page(Role::Text).attributes();
            for role in WORDLESS {
                let paint = theme.on_page(role);
                assert_ne!(
                    paint.attributes(),
                    plain,
                    "{name} {depth:?}: {role:?} looks like text"
                );
            }
            let differ = theme.on_page(Role::Tab).attributes()
                != theme.on_page(Role::TabActive).attributes();
            assert!(
                differ,
                "{name} {depth:?}: the open tab looks like the others"
            );
        }
    }
}

/// Roles whose meaning words carry, and a part of each that must stand in whatever is painted so.
const WORDS: [(Role, &[&str]); 9] = [
    (Role::Overdue, &["overdue"]),
    (Role::Soon, &[" h", " min"]),
    (Role::Expedited, &["exp"]),
    (Role::Upheld, &["pheld"]),
    (Role::Overturned, &["verturned"]),
    (Role::Undecided, &["not yet", "ndecided", "No ", "nothing"]),
    (Role::Published, &["Published", "They wrote", "published"]),
    (Role::Problem, &["!", "block", "issing"]),
    (Role::Done, &["igned", "ublished"]),
];

/// Paints every role in a colour of its own, draws, and reads back which text stands in which.
#[test]
fn words_carry_what_colours_say() {
    let mut text = "[roles]\n".to_owned();
    for (n, role) in Role::ALL.iter().enumerate() {
        writeln!(text, "{} = {{ fg = \"#0000{n:02x}\" }}", role.name()).unwrap();
    }
    let (theme, problems) = theme_file::parse("marked", &text);
    assert_eq!(problems, vec![]);
    let mut runs: BTreeMap<Role, BTreeSet<String>> = BTreeMap::new();
    for keys in SCREENS {
        collect(&drawn(keys, &Look::new(&theme)), &mut runs);
    }
    let mut said = String::new();
    for (role, words) in WORDS {
        let found = runs.get(&role).cloned().unwrap_or_default();
        if found.is_empty() {
            writeln!(said, "{role:?} stands on no screen").unwrap();
        }
        for run in found
            .iter()
            .filter(|run| !words.iter().any(|w| run.contains(w)))
        {
            writeln!(said, "{role:?}: no word in \"{run}\"").unwrap();
        }
    }
    assert_eq!(said, "");
}

fn drawn(keys: &str, look: &Look) -> Buffer {
    let mut world = World::new((120, 40));
    world.keys(keys);
    world.draw(look).0
}

/// Every text with what stands left of it, by role; lines right below each other are one text.
fn collect(buffer: &Buffer, runs: &mut BTreeMap<Role, BTreeSet<String>>) {
    let mut above: BTreeMap<(u16, Role), String> = BTreeMap::new();
    for y in 0..buffer.area.height {
        let mut here = BTreeMap::new();
        let mut left = String::new();
        let mut x = 0;
        while x < buffer.area.width {
            let (start, fg) = (x, buffer[(x, y)].fg);
            let mut run = String::new();
            while x < buffer.area.width && buffer[(x, y)].fg == fg {
                run.push_str(buffer[(x, y)].symbol());
                x += 1;
            }
            if let (Color::Rgb(0, 0, n), false) = (fg, run.trim().is_empty()) {
                let role = Role::ALL[usize::from(n)];
                let before = above.remove(&(start, role)).unwrap_or(left.clone());
                here.insert((start, role), format!("{before}{run}"));
            }
            left.push_str(&run);
        }
        for ((_, role), text) in std::mem::replace(&mut above, here) {
            runs.entry(role).or_default().insert(text);
        }
    }
}

// --- whole screens ------------------------------------------------------------------------------

#[test]
fn a_page_of_its_own_covers_the_frame_and_every_letter_can_be_read() {
    for name in RGB {
        for depth in [
            ColourDepth::True,
            ColourDepth::Indexed,
            ColourDepth::Sixteen,
        ] {
            let look = Look::new(&theme(name).fitted(depth));
            for keys in SCREENS {
                let buffer = drawn(keys, &look);
                for cell in &buffer.content {
                    legible(cell, &format!("{name} {depth:?} \"{keys}\""));
                }
            }
        }
    }
}

fn legible(cell: &Cell, place: &str) {
    let (Some(fg), Some(bg)) = (rgb(cell.fg), rgb(cell.bg)) else {
        panic!("{place}: {cell:?} is not painted");
    };
    let ratio = contrast(fg, bg);
    let is_blank = cell.symbol().trim().is_empty();
    assert!(is_blank || ratio >= 4.5, "{place}: {cell:?} {ratio:.2}");
}

#[test]
fn no_terminal_is_sent_a_colour_it_does_not_take() {
    for (name, _) in BUILTIN {
        for depth in DEPTHS {
            let look = Look::new(&theme(name).fitted(depth));
            for cell in &drawn("<enter>3U", &look).content {
                for colour in [cell.fg, cell.bg] {
                    assert!(takes(depth, colour), "{name} {depth:?}: {cell:?}");
                }
            }
        }
    }
}

fn takes(depth: ColourDepth, colour: Color) -> bool {
    match colour {
        Color::Reset => true,
        Color::Rgb(..) => depth == ColourDepth::True,
        Color::Indexed(_) => depth >= ColourDepth::Indexed,
        _ => depth >= ColourDepth::Sixteen,
    }
}

/// Without colour the selected row is still laid over, attribute by attribute.
#[test]
fn a_stripped_theme_still_shows_what_is_selected() {
    for (name, _) in BUILTIN {
        let look = Look::new(&theme(name).fitted(ColourDepth::Mono));
        let buffer = drawn("", &look);
        let is_laid = |cell: &Cell| {
            cell.modifier
                .intersects(Modifier::REVERSED | Modifier::UNDERLINED)
        };
        assert!(buffer.content.iter().any(is_laid), "{name}");
    }
}

fn rgb(colour: Color) -> Option<Rgb> {
    match colour {
        Color::Rgb(r, g, b) => Some([r, g, b]),
        other => Hue::Indexed(sixteen::index(other)?).rgb(),
    }
}
