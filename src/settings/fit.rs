//! A theme brought down to what a terminal can show: 256 colours, 16, or none.
//!
//! The nearest colour is not enough: near its ground it may no longer be readable. So grounds are
//! fitted first, and letters take the nearest colour that keeps the contrast they had.

use super::contrast::{READABLE, contrast, distance, oklab};
use super::hue::Hue;
use super::paint::Paint;
use super::theme::{Role, Theme};
use std::sync::OnceLock;

/// What a terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColourDepth {
    /// Attributes only.
    Mono,
    /// The user's own sixteen.
    Sixteen,
    /// The palette of 256.
    Indexed,
    /// 24 bits.
    True,
}

impl ColourDepth {
    /// Can it show that colour as it is?
    fn shows(self, hue: Hue) -> bool {
        match hue {
            Hue::Reset => self > Self::Mono,
            Hue::Indexed(0..=15) => self >= Self::Sixteen,
            Hue::Indexed(_) => self >= Self::Indexed,
            Hue::Rgb(..) => self == Self::True,
        }
    }

    /// What colours are fitted to. The first 16 of the 256 are left out: they are the user's, and
    /// may be anything.
    fn palette(self) -> std::ops::RangeInclusive<u8> {
        match self {
            Self::Sixteen => 0..=15,
            _ => 16..=255,
        }
    }
}

impl Theme {
    /// The same theme in colours that the terminal can show.
    #[must_use]
    pub fn fitted(&self, depth: ColourDepth) -> Self {
        let mut fitted = self.clone();
        if depth == ColourDepth::True {
            return fitted;
        }
        let page = Page::new(self.paint(Role::Text), depth);
        for paint in fitted.roles.values_mut() {
            *paint = page.laid_on(*paint);
        }
        if depth > ColourDepth::Mono {
            let letters: Vec<(Role, Hue)> = fitted
                .roles
                .iter()
                .filter_map(|(role, paint)| Some((*role, paint.fg?)))
                .collect();
            for (role, fg) in letters {
                let hue = self.letters(role, fg, &fitted, depth);
                fitted.roles.entry(role).or_default().fg = Some(hue);
            }
        }
        fitted
    }

    /// Letters that can be read on every ground they can meet, as well as those they stand for.
    fn letters(&self, role: Role, fg: Hue, fitted: &Self, depth: ColourDepth) -> Hue {
        if depth.shows(fg) {
            return fg;
        }
        let before = self.grounds(role);
        let after = fitted.grounds(role);
        let floor = least(fg, &before).min(READABLE);
        let readable = nearest(fg, depth, |hue| least(hue, &after) >= floor);
        readable
            .or_else(|| nearest(fg, depth, |_| true))
            .unwrap_or(fg)
    }

    /// The grounds on which the letters of a role can stand: its own or the page's, that of the
    /// selected row, and for plain text those of the roles that leave its letters.
    fn grounds(&self, role: Role) -> Vec<Hue> {
        let selected = self.paint(Role::Selected);
        let mut grounds = vec![self.on_page(role).bg];
        grounds.extend(selected.fg.is_none().then_some(selected.bg));
        if role == Role::Text {
            let bare = Role::ALL.iter().map(|role| self.paint(*role));
            grounds.extend(
                bare.filter(|paint| paint.fg.is_none())
                    .map(|paint| paint.bg),
            );
        }
        grounds.into_iter().flatten().collect()
    }
}

/// What every role stands on.
struct Page {
    before: Paint,
    ground: Option<Hue>,
    depth: ColourDepth,
}

impl Page {
    fn new(before: Paint, depth: ColourDepth) -> Self {
        let ground = before.bg.and_then(|bg| ground(bg, before.fg, depth));
        Self {
            before,
            ground,
            depth,
        }
    }

    /// A paint with its ground fitted; where that makes it the ground of the page, or no ground
    /// at all, the paint stands out by changing letters and ground over.
    fn laid_on(&self, paint: Paint) -> Paint {
        let letters = paint.fg.or(self.before.fg);
        let bg = paint.bg.and_then(|bg| ground(bg, letters, self.depth));
        let is_own = paint.bg.is_some_and(|bg| bg != Hue::Reset) && paint.bg != self.before.bg;
        let is_lost = is_own && (bg.is_none() || bg == self.ground);
        Paint {
            fg: paint.fg.filter(|_| self.depth > ColourDepth::Mono),
            bg: bg.filter(|_| !is_lost),
            reverse: if is_lost { Some(true) } else { paint.reverse },
            ..paint
        }
    }
}

/// The nearest ground on which these letters can be read as well as before: on one of middling
/// light no colour could. None where there are no colours.
fn ground(bg: Hue, letters: Option<Hue>, depth: ColourDepth) -> Option<Hue> {
    if depth.shows(bg) {
        return Some(bg);
    }
    let least = |bg| letters.map_or(f64::INFINITY, |fg| least(fg, &[bg]));
    let floor = least(bg).min(READABLE);
    let is_fit = |hue| depth > ColourDepth::Mono && least(hue) >= floor;
    nearest(bg, depth, is_fit)
}

/// The least contrast with any of the grounds whose colour is known.
fn least(fg: Hue, grounds: &[Hue]) -> f64 {
    let Some(fg) = fg.rgb() else { return 1.0 };
    let ratios = grounds
        .iter()
        .filter_map(|ground| Some(contrast(fg, ground.rgb()?)));
    ratios.fold(f64::INFINITY, f64::min)
}

/// The colour of the palette nearest to a hue, of those that fit.
fn nearest(hue: Hue, depth: ColourDepth, fits: impl Fn(Hue) -> bool) -> Option<Hue> {
    /// Worked out once: it is a good part of the start otherwise.
    static LABS: OnceLock<Vec<[f64; 3]>> = OnceLock::new();
    let all = || (0..=255).filter_map(|n| Some(oklab(Hue::Indexed(n).rgb()?)));
    let labs = LABS.get_or_init(|| all().collect());
    let lab = oklab(hue.rgb()?);
    let far = |n: u8| Some((distance(lab, *labs.get(usize::from(n))?), n));
    let mut candidates: Vec<(f64, u8)> = depth.palette().filter_map(far).collect();
    candidates.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut hues = candidates.into_iter().map(|(_, n)| Hue::Indexed(n));
    hues.find(|hue| fits(*hue))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::theme::BUILTIN;
    use crate::settings::theme_file::parse;

    const DEPTHS: [ColourDepth; 4] = [
        ColourDepth::Mono,
        ColourDepth::Sixteen,
        ColourDepth::Indexed,
        ColourDepth::True,
    ];

    fn hues(theme: &Theme) -> Vec<Hue> {
        let paints = Role::ALL.iter().map(|role| theme.paint(*role));
        paints.flat_map(|p| [p.fg, p.bg]).flatten().collect()
    }

    #[test]
    fn nothing_is_sent_that_a_terminal_does_not_take() {
        for (name, _) in BUILTIN {
            let theme = Theme::builtin(name).unwrap();
            for depth in DEPTHS {
                let fitted = hues(&theme.fitted(depth));
                assert!(
                    fitted.iter().all(|hue| depth.shows(*hue)),
                    "{name} {depth:?}"
                );
            }
            assert_eq!(theme.fitted(ColourDepth::True), theme);
        }
    }

    #[test]
    fn the_users_sixteen_stay_as_they_are() {
        let theme = Theme::builtin("terminal").unwrap();
        assert_eq!(theme.fitted(ColourDepth::Sixteen), theme);
        assert_eq!(theme.fitted(ColourDepth::Indexed), theme);
    }

    #[test]
    fn nearest_of_16_and_of_256() {
        let of = |rgb, depth| nearest(rgb, depth, |_| true);
        let rose = Hue::Rgb(250, 10, 10);
        assert_eq!(of(rose, ColourDepth::Sixteen), Some(Hue::Indexed(9)));
        assert_eq!(of(rose, ColourDepth::Indexed), Some(Hue::Indexed(196)));
        let slate = Hue::Rgb(0x14, 0x18, 0x1d);
        assert_eq!(of(slate, ColourDepth::Sixteen), Some(Hue::Indexed(0)));
        assert_eq!(of(slate, ColourDepth::Indexed), Some(Hue::Indexed(234)));
        let deep = Hue::Indexed(196);
        assert_eq!(of(deep, ColourDepth::Sixteen), Some(Hue::Indexed(9)));
    }

    #[test]
    fn letters_that_would_fade_take_a_colour_that_can_be_read() {
        // On this ground 7.6; but the nearest of the 16 is dark gray, 4.0 on black.
        let text =
            "[roles]\ntext = { fg = \"#ffffff\", bg = \"#000000\" }\ndim = { fg = \"#969696\" }\n";
        let fitted = parse("t", text).0.fitted(ColourDepth::Sixteen);
        let page = fitted.on_page(Role::Dim);
        let ratio = contrast(
            page.fg.unwrap().rgb().unwrap(),
            page.bg.unwrap().rgb().unwrap(),
        );
        assert!(ratio >= READABLE, "{page:?} {ratio}");
    }

    #[test]
    fn a_ground_that_is_lost_becomes_reverse() {
        let text = "[roles]\ntext = { fg = \"#ffffff\", bg = \"#000000\" }\nselected = { bg = \"#0a0a10\" }\ntitle = { bg = \"#000000\" }\n";
        let (theme, _) = parse("t", text);
        for depth in [ColourDepth::Mono, ColourDepth::Sixteen] {
            let fitted = theme.fitted(depth);
            let selected = fitted.paint(Role::Selected);
            assert_eq!(
                (selected.bg, selected.reverse),
                (None, Some(true)),
                "{depth:?}"
            );
            assert_eq!(
                fitted.paint(Role::Title).reverse,
                None,
                "it had the page's own"
            );
        }
    }
}
