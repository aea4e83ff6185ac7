//! A text that is shown nowhere and does not linger in memory.

use std::fmt;
use zeroize::Zeroize;

/// Something typed that nobody may read: overwritten when dropped, and never printed.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(String);

/// Longer than any passphrase: what comes after is not taken.
const LONGEST: usize = 1024;

impl Secret {
    /// Takes the text over.
    pub fn new(text: String) -> Self {
        let mut secret = Self(String::with_capacity(LONGEST));
        secret.push(&text);
        Self(text).0.zeroize();
        secret
    }

    /// What it is.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// How many characters.
    pub fn len(&self) -> usize {
        self.0.chars().count()
    }

    /// Nothing?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds text; controls, such as a pasted line end, are no part of a passphrase.
    pub fn push(&mut self, text: &str) {
        if self.0.capacity() < LONGEST {
            // Room once and for all: growing would leave copies behind.
            self.0.reserve_exact(LONGEST);
        }
        for c in text.chars().filter(|c| !c.is_control()) {
            if self.0.len() + c.len_utf8() <= LONGEST {
                self.0.push(c);
            }
        }
    }

    /// Takes the last character away.
    pub fn pop(&mut self) {
        self.0.pop();
    }

    /// Takes everything out and leaves nothing.
    pub fn take(&mut self) -> Self {
        std::mem::take(self)
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_not_printed_and_takes_no_controls() {
        let mut secret = Secret::new("pass".to_owned());
        secret.push("wörd\r\n\u{1b}");
        assert_eq!((secret.reveal(), secret.len()), ("passwörd", 8));
        assert_eq!(format!("{secret:?}"), "Secret(..)");
        secret.pop();
        assert_eq!(secret.take().reveal(), "passwör");
        assert!(secret.is_empty());
        secret.push(&"x".repeat(5000));
        assert_eq!(secret.len(), LONGEST);
    }
}
