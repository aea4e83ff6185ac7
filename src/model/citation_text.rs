//! Citations as real letters write them (domain 2.3 and 2.7): reading and printing.
use super::citation::Citation;
/// x
pub fn parse_block(_t: &str) -> Vec<Citation> {
    Vec::new()
}
