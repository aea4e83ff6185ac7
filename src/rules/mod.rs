//! Rank 1: clocks and the checks before signing: pure functions over a case.

pub mod clock;
pub mod contradictions;
pub mod dates;
pub mod gate;
pub mod moves;
pub mod reckoning;
