//! Peak memory of a process that holds the lines and answers a query, beside fzf's.

use crate::LIMIT;
use crate::figures::said;
use crate::search::engine::{Cancel, Engine};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// At most so much of fzf's.
const MOST: f64 = 0.8;

/// Holds the lines of a file, answers, and says what it took: run in a process of its own.
pub fn hold(file: &str) {
    let lines = BufReader::new(File::open(file).unwrap())
        .lines()
        .map(Result::unwrap);
    let engine = Engine::new(lines);
    for query in ["c", "ce", "cerv", "cerv ct", "o", "odgct"] {
        engine.search(query, LIMIT, &Cancel::default());
    }
    println!("{}", peak(std::process::id()).unwrap());
}

/// Prints both peaks.
pub fn compare(file: &Path) -> bool {
    let ours = Command::new(std::env::current_exe().unwrap())
        .arg("memory")
        .arg(file)
        .output()
        .unwrap();
    let ours: f64 = String::from_utf8(ours.stdout)
        .unwrap()
        .trim()
        .parse()
        .unwrap();
    println!("\nmemory: imr's engine with the lines loaded {ours:.1} MB");
    let Some(theirs) = fzf(file) else {
        println!("  no fzf here: set FZF to its path");
        return true;
    };
    println!("  fzf {theirs:.1} MB");
    said("memory, imr / fzf", ours / theirs, MOST)
}

fn fzf(file: &Path) -> Option<f64> {
    let program = std::env::var("FZF").unwrap_or_else(|_| "fzf".to_owned());
    let mut child = Command::new(program)
        .args(["--filter", "cerv ct"])
        .stdin(File::open(file).unwrap())
        .stdout(Stdio::null())
        .spawn()
        .ok()?;
    Some(watch(&mut child))
}

/// The most it ever held, in MB.
fn watch(child: &mut Child) -> f64 {
    let mut most: f64 = 0.0;
    while child.try_wait().unwrap().is_none() {
        most = most.max(peak(child.id()).unwrap_or(0.0));
        std::thread::sleep(Duration::from_millis(1));
    }
    most
}

fn peak(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}
