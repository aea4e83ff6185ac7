//! The room of `imr` that is measured, file by file: nothing else of it is compiled.
#![allow(dead_code, unused_imports)]

#[path = "../../../src/search/engine/mod.rs"]
pub mod engine;
#[path = "../../../src/search/fold.rs"]
pub mod fold;
#[path = "../../../src/search/fuzzy.rs"]
pub mod fuzzy;
#[path = "../../../src/search/needle.rs"]
pub mod needle;
