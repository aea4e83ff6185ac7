//! Rank 2: the one SQLite database and every table in it.
