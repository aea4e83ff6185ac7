//! Rank 6: commands, the plain-text twins of every journey; starts the terminal.
