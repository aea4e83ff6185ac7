//! What a store was made for.

/// Kind of store, fixed when it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Real work.
    Normal,
    /// Practice cases of `imr demo`.
    Demonstration,
    /// Tests; the clock may be set here.
    Test,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Normal, Self::Demonstration, Self::Test];

    /// As stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Demonstration => "demonstration",
            Self::Test => "test",
        }
    }

    /// Reads [`Kind::word`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.word() == word)
    }

    /// May `--now` fix the clock of something that writes here?
    pub fn may_fix_the_clock(self) -> bool {
        self != Self::Normal
    }
}
