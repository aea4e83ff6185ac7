//! Rank 4: `draw(&Model, &Look, &mut Frame)`. Pure; one file a screen.
