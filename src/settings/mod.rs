//! Rank 1: config, keymap and theme files, read into names with file and line.
