//! `imr`: the exit code.

fn main() {}
