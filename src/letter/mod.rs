//! Rank 1: content of a determination -> text, Markdown, JSON.
