//! Milliseconds a key, and what one engine needs of another's.

pub struct Figures {
    name: &'static str,
    /// The median of each key, ascending.
    keys: Vec<f64>,
}

impl Figures {
    pub fn of(name: &'static str, times: Vec<Vec<f64>>) -> Self {
        let mut keys: Vec<f64> = times.into_iter().map(median).collect();
        keys.sort_by(f64::total_cmp);
        Self { name, keys }
    }

    fn at(&self, share: f64) -> f64 {
        self.keys[((self.keys.len() - 1) as f64 * share).round() as usize]
    }

    fn sum(&self) -> f64 {
        self.keys.iter().sum()
    }

    pub fn print(&self) {
        let (p50, p99, sum) = (self.at(0.5), self.at(0.99), self.sum());
        println!(
            "  {:<10} p50 {p50:8.3}  p99 {p99:8.3}  sum {sum:9.2}",
            self.name
        );
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn named<'f>(figures: &'f [Figures], name: &str) -> &'f Figures {
    figures.iter().find(|f| f.name == name).unwrap()
}

/// The sum over all keys, as so many times another's; is it at most that?
pub fn ratio(figures: &[Figures], ours: &str, theirs: &str, most: f64) -> bool {
    let ratio = named(figures, ours).sum() / named(figures, theirs).sum();
    said(&format!("sum, {ours} / {theirs}"), ratio, most)
}

/// The same of the slowest keys.
pub fn p99(figures: &[Figures], ours: &str, theirs: &str, most: f64) -> bool {
    let ratio = named(figures, ours).at(0.99) / named(figures, theirs).at(0.99);
    said(&format!("p99, {ours} / {theirs}"), ratio, most)
}

pub fn said(what: &str, ratio: f64, most: f64) -> bool {
    let kept = ratio <= most;
    println!(
        "  {what}: {ratio:.3} (at most {most}) {}",
        if kept { "kept" } else { "MISSED" }
    );
    kept
}
