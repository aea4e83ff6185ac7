//! Contrast and colour difference as eyes have them, by formulas of their own: not those of the
//! program that is measured.

pub(crate) type Rgb = [u8; 3];

/// Whose eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sight {
    Ordinary,
    Deuteranopia,
    Protanopia,
}

impl Sight {
    /// Machado, Oliveira and Fernandes (2009), severity 1.0, for linear RGB.
    fn matrix(self) -> [[f64; 3]; 3] {
        match self {
            Self::Ordinary => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            Self::Deuteranopia => [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
            Self::Protanopia => [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
        }
    }
}

/// WCAG 2.2: (lighter + 0.05) / (darker + 0.05).
pub(crate) fn contrast(a: Rgb, b: Rgb) -> f64 {
    let light = |rgb: Rgb| {
        let [r, g, b] = rgb.map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
    };
    let ratio = light(a) / light(b);
    ratio.max(1.0 / ratio)
}

fn linear(channel: u8) -> f64 {
    let c = f64::from(channel) / 255.0;
    if c <= 0.040_45 {
        c / 12.92
    } else {
        ((c + 0.055) / 1.055).powf(2.4)
    }
}

/// CIE 1976 difference (0 alike, 2 just seen, 100 black to white) of two colours, seen by `sight`.
pub(crate) fn difference(a: Rgb, b: Rgb, sight: Sight) -> f64 {
    let (a, b) = (lab(a, sight), lab(b, sight));
    let squares = a.into_iter().zip(b).map(|(a, b)| (a - b).powi(2));
    squares.sum::<f64>().sqrt()
}

/// CIE L*a*b*, white point D65.
fn lab(rgb: Rgb, sight: Sight) -> [f64; 3] {
    let [r, g, b] = times(sight.matrix(), rgb.map(linear)).map(|c| c.clamp(0.0, 1.0));
    let xyz = [
        [0.4124, 0.3576, 0.1805],
        [0.2126, 0.7152, 0.0722],
        [0.0193, 0.1192, 0.9505],
    ];
    let [x, y, z] = times(xyz, [r, g, b]);
    let f = |t: f64| {
        if t > 0.008_856 {
            t.cbrt()
        } else {
            7.787 * t + 16.0 / 116.0
        }
    };
    let (x, y, z) = (f(x / 0.9505), f(y), f(z / 1.089));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn times(matrix: [[f64; 3]; 3], v: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(v).map(|(m, x)| m * x).sum())
}
