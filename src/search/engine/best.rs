//! The best few of very many.

/// Keeps the best; how many is said when it is made.
#[derive(Debug)]
pub struct Best {
    most: usize,
    keys: Vec<u64>,
    /// Nothing at or below this gets in any more.
    floor: u64,
}

/// A line as it is ordered: by score, then the shorter, then the earlier one. Higher is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Higher is better.
    pub score: i32,
    /// Characters.
    pub width: u16,
    /// Its number.
    pub line: u32,
}

impl Place {
    fn key(self) -> u64 {
        let score = u64::try_from(self.score).unwrap_or(0).min(0xffff);
        let (width, line) = (u16::MAX - self.width, u32::MAX - self.line);
        score << 48 | u64::from(width) << 32 | u64::from(line)
    }

    #[allow(clippy::cast_possible_truncation, reason = "three numbers in one")]
    fn of(key: u64) -> Self {
        Self {
            score: (key >> 48) as i32,
            width: u16::MAX - (key >> 32) as u16,
            line: u32::MAX - key as u32,
        }
    }
}

impl Best {
    /// Keeps so many.
    pub fn new(most: usize) -> Self {
        Self {
            most,
            keys: Vec::new(),
            floor: 0,
        }
    }

    /// Takes one in, if it is good enough.
    pub fn push(&mut self, place: Place) {
        let key = place.key();
        if key > self.floor && self.most > 0 {
            self.keys.push(key);
            if self.keys.len() >= self.most.saturating_mul(2).max(256) {
                self.cut();
            }
        }
    }

    fn cut(&mut self) {
        if self.keys.len() > self.most {
            self.keys.select_nth_unstable_by(self.most, |a, b| b.cmp(a));
            self.keys.truncate(self.most);
            self.floor = self.keys.iter().copied().min().unwrap_or(0);
        }
    }

    /// Takes in all that another has.
    pub fn absorb(&mut self, other: Self) {
        self.keys.extend(other.keys);
    }

    /// The best, best first.
    pub fn done(mut self) -> Vec<Place> {
        self.cut();
        self.keys.sort_unstable_by(|a, b| b.cmp(a));
        self.keys.into_iter().map(Place::of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn as_if_all_were_sorted(scores in prop::collection::vec(0_i32..40, 0..900), most in 0_usize..300) {
            let places = || scores.iter().zip(0_u32..).map(|(score, line)| Place {
                score: *score,
                width: u16::try_from(line % 7).unwrap(),
                line,
            });
            let mut all: Vec<Place> = places().collect();
            all.sort_by_key(|p| (-p.score, p.width, p.line));
            all.truncate(most);
            let (mut best, mut other) = (Best::new(most), Best::new(most));
            places().for_each(|place| if place.line % 3 == 0 { &mut best } else { &mut other }.push(place));
            best.absorb(other);
            prop_assert_eq!(best.done(), all);
        }
    }
}
