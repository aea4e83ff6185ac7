//! How good the answers are: the share of them that fuzzy-matcher scores at or above the last of
//! its own best.

use crate::LIMIT;
use crate::engines::{Contestant, plain, score};
use fuzzy_matcher::skim::SkimMatcherV2;

/// Prints the mean share of each engine over all keys; is ours at least that?
pub fn print(
    lines: &[String],
    contestants: &mut [Contestant<'_>],
    keys: &[Vec<String>],
    least: f64,
) -> bool {
    let keys: Vec<&String> = keys.iter().flatten().collect();
    let mut shares = vec![Vec::new(); contestants.len()];
    for key in &keys {
        let best = plain(lines, key);
        let wanted = best.len().min(LIMIT);
        for (contestant, shares) in contestants.iter_mut().zip(&mut shares) {
            let found = (contestant.search)(key);
            shares.push(share(
                lines,
                key,
                &found,
                wanted.checked_sub(1).map(|last| best[last].0.0),
                wanted,
            ));
        }
    }
    let mut kept = true;
    for (contestant, shares) in contestants.iter().zip(&shares) {
        let mean = shares.iter().sum::<f64>() / shares.len() as f64;
        let is_ours = contestant.name == "imr";
        let bar = if is_ours {
            format!(" (at least {least})")
        } else {
            String::new()
        };
        println!("  quality of {:<10} {mean:.3}{bar}", contestant.name);
        kept &= !is_ours || mean >= least;
        if is_ours {
            worst(&keys, shares);
        }
    }
    kept
}

fn share(lines: &[String], key: &str, found: &[usize], floor: Option<i64>, wanted: usize) -> f64 {
    let Some(floor) = floor else {
        return if found.is_empty() { 1.0 } else { 0.0 };
    };
    let matcher = SkimMatcherV2::default();
    let good = found
        .iter()
        .filter(|at| score(&matcher, &lines[**at], key).is_some_and(|s| s >= floor));
    good.count().min(wanted) as f64 / wanted as f64
}

fn worst(keys: &[&String], shares: &[f64]) {
    let mut poor: Vec<_> = shares
        .iter()
        .zip(keys)
        .filter(|(share, _)| **share < 0.9)
        .collect();
    poor.sort_by(|a, b| a.0.total_cmp(b.0));
    let said: Vec<String> = poor
        .iter()
        .take(12)
        .map(|(share, key)| format!("{key:?} {share:.2}"))
        .collect();
    println!(
        "    below 0.9: {}",
        if said.is_empty() {
            "none".to_owned()
        } else {
            said.join(", ")
        }
    );
}
