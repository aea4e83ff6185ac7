//! Rank 1: content -> sealed determination: canonical bytes, hash chain, verification.
