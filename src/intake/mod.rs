//! Rank 1: bytes -> model. One file a format.
