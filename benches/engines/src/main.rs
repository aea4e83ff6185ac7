//! Search engines side by side, key by key, over made-up citations: `imr`'s engine, frizbee,
//! nucleo and fuzzy-matcher as it is.
//!
//! ```text
//! cargo run --release [-- LINES [ROUNDS] [--no-quality]]     100,000 lines, 5 rounds
//! ```
//!
//! Prints milliseconds a key, the sums' ratios, how good the answers are by fuzzy-matcher's own
//! scores, and memory beside `fzf` (on the PATH, or FZF). Exit 1 where a bar is missed.

mod corpus;
mod engines;
mod figures;
mod memory;
mod quality;
mod search;

use engines::{Contestant, contestants};
use figures::{Figures, ratio};
use std::time::Instant;

/// Answers wanted for each key.
pub const LIMIT: usize = 50;

const ORDINARY: &str = "cerv ct,acoem 8 179,opioid wean,epidural,mri lumbar,odg knee,naprox,labor 4610,lidoder,ces,zzq";
const SCATTERED: &str = "mtuscerv,odgct,esilum,opiwean,acmneck,ncvemg,txlumb,crvmri";

/// A set of queries typed key by key, and what is asked of the answers.
struct Typed {
    name: &'static str,
    queries: &'static str,
    /// The sum over all keys, at most so many times frizbee's.
    frizbee: f64,
    /// The share of good answers, at least.
    quality: f64,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [what, file] = args.as_slice()
        && what == "memory"
    {
        return memory::hold(file);
    }
    let number = |at: usize| args.get(at).and_then(|arg| arg.parse::<usize>().ok());
    let (count, rounds) = (number(0).unwrap_or(100_000), number(1).unwrap_or(5));
    let judges = !args.iter().any(|arg| arg == "--no-quality");
    let is_large = count > 200_000;
    let file = corpus::file(count);
    let lines = corpus::read(&file);
    let made = Instant::now();
    let mut contestants = contestants(&lines);
    if args.iter().any(|arg| arg == "--alone") {
        return alone(&mut contestants[0], rounds);
    }
    if is_large {
        // Minutes, and no bar asks for it.
        contestants.retain(|contestant| contestant.name != "nucleo");
    }
    println!(
        "{count} lines, {rounds} rounds; made ready in {:.0} ms",
        ms(made)
    );
    let sets = [
        Typed {
            name: "ordinary",
            queries: ORDINARY,
            frizbee: if is_large { 1.0 } else { 0.5 },
            quality: 0.94,
        },
        Typed {
            name: "scattered",
            queries: SCATTERED,
            frizbee: 1.5,
            quality: 0.85,
        },
    ];
    let mut kept = true;
    for set in sets {
        let keys: Vec<Vec<String>> = set.queries.split(',').map(typed).collect();
        let figures = race(&mut contestants, &keys, rounds);
        println!(
            "\n{} ({} keys), ms a key:",
            set.name,
            keys.iter().flatten().count()
        );
        figures.iter().for_each(Figures::print);
        kept &= ratio(&figures, "imr", "frizbee", set.frizbee);
        if is_large {
            kept &= figures::p99(&figures, "imr", "frizbee", 2.5);
        } else if set.name == "ordinary" {
            kept &= ratio(&figures, "imr", "nucleo", 0.1);
        }
        if judges {
            kept &= quality::print(&lines, &mut contestants, &keys, set.quality);
        }
    }
    kept &= memory::compare(&file);
    std::process::exit(i32::from(!kept));
}

/// Only our own, for a profiler.
fn alone(imr: &mut Contestant<'_>, rounds: usize) {
    for queries in [ORDINARY, SCATTERED] {
        let keys: Vec<Vec<String>> = queries.split(',').map(typed).collect();
        race(std::slice::from_mut(imr), &keys, rounds)
            .iter()
            .for_each(Figures::print);
    }
}

/// A query as it grows.
fn typed(query: &str) -> Vec<String> {
    let ends = query.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.map(|end| query[..end].to_owned()).collect()
}

/// Every engine types every query, round after round; the median of each key.
fn race(contestants: &mut [Contestant<'_>], keys: &[Vec<String>], rounds: usize) -> Vec<Figures> {
    let mut times = vec![vec![Vec::new(); keys.iter().flatten().count()]; contestants.len()];
    for _ in 0..rounds {
        let mut first = 0;
        for query in keys {
            for (contestant, times) in contestants.iter_mut().zip(&mut times) {
                for (key, times) in query.iter().zip(&mut times[first..]) {
                    let start = Instant::now();
                    std::hint::black_box((contestant.search)(key));
                    times.push(ms(start));
                }
            }
            first += query.len();
        }
    }
    let names = contestants.iter().map(|contestant| contestant.name);
    names
        .zip(times)
        .map(|(name, times)| Figures::of(name, times))
        .collect()
}

fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}
