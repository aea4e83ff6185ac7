//! What the patient had before, and where findings contradict each other: read from the findings,
//! never stored.

use super::date::Date;
use super::request::Category;

/// A treatment had before these requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prior {
    /// By one name a thing: `physical therapy`, `naproxen`.
    pub what: String,
    /// Its kind.
    pub category: Category,
    /// How often, where it is stated.
    pub count: Option<u32>,
    /// What is counted: `visits`, `injections`.
    pub unit: Option<&'static str>,
    /// With what effect, in the words of the finding.
    pub effect: Option<String>,
    /// When.
    pub date: Option<Date>,
    /// The finding that says so: its number in the timeline, from 1.
    pub finding: usize,
}

/// Two findings that cannot both be so, or not at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// What they differ in: `radiculopathy`, `side`, `age`.
    pub about: &'static str,
    /// The one: its number in the timeline, from 1.
    pub first: usize,
    /// The other.
    pub second: usize,
    /// In words, without the text of either.
    pub says: String,
}
