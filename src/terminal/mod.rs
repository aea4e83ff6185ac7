//! Rank 5: enter, leave, input, signals, one write a frame. The only room that knows `crossterm`.
