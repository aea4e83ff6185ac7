//! How far apart two colours are, to be read and to be told apart.

/// What text needs against its ground to be read with ordinary eyes: WCAG 2.2, 1.4.3 (AA).
pub const READABLE: f64 = 4.5;

/// The contrast ratio of two colours by WCAG 2.2, from 1 to 21.
pub fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(rgb: [u8; 3]) -> f64 {
    let [r, g, b] = rgb.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// One channel of sRGB as light.
fn linear(channel: u8) -> f64 {
    let c = f64::from(channel) / 255.0;
    if c <= 0.040_45 {
        c / 12.92
    } else {
        ((c + 0.055) / 1.055).powf(2.4)
    }
}

/// How different two colours look: their distance in Oklab, 0 to 1.
pub fn distance(a: [f64; 3], b: [f64; 3]) -> f64 {
    let squares = a.into_iter().zip(b).map(|(a, b)| (a - b).powi(2));
    squares.sum::<f64>().sqrt()
}

/// Björn Ottosson's Oklab, in which equal distances look equal.
#[allow(clippy::many_single_char_names, reason = "the names of the formula")]
pub fn oklab(rgb: [u8; 3]) -> [f64; 3] {
    let [r, g, b] = rgb.map(linear);
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_as_the_standard_has_it() {
        let round = |a, b| (contrast(a, b) * 100.0).round() / 100.0;
        assert_eq!(round([0; 3], [255; 3]), 21.0);
        assert_eq!(round([255; 3], [0; 3]), 21.0);
        assert_eq!(round([90, 1, 2], [90, 1, 2]), 1.0);
        // The best known border cases: greys just inside and just outside 4.5 on white.
        assert_eq!(round([0x76; 3], [255; 3]), 4.54);
        assert_eq!(round([0x77; 3], [255; 3]), 4.48);
    }

    #[test]
    fn distance_orders_what_eyes_order() {
        let apart = |a, b| distance(oklab(a), oklab(b));
        let red = [205, 0, 0];
        assert!(apart(red, red) < 1e-9);
        assert!(apart(red, [255, 60, 60]) < apart(red, [0, 205, 0]));
        assert!((apart([0; 3], [255; 3]) - 1.0).abs() < 1e-3);
    }
}
