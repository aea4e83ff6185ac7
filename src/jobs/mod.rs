//! Rank 4: performs Effects on worker threads: search (newest wins), disk (first in, first out).
