//! Rank 1: clocks and the checks before signing: pure functions over a case.

pub mod calendar;
pub mod clock;
pub mod dates;
pub mod eligibility;
pub mod gate;
pub mod lint;
pub mod sequence;
pub mod stats;
