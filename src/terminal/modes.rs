//! The terminal's modes as they were before ours, in a line that another process can read.

use rustix::termios::{
    ControlModes, InputModes, LocalModes, OptionalActions, OutputModes, SpecialCodeIndex, Termios,
    tcgetattr, tcsetattr,
};
use std::fmt;
use std::os::fd::AsFd;
use std::str::FromStr;

/// What raw mode changes, and nothing else: input, output, control and local modes, and how many
/// bytes a read waits for, and how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Modes([u64; 6]);

/// The modes differ from system to system in their size.
fn widened(bits: impl Into<u64>) -> u64 {
    bits.into()
}

impl Modes {
    /// Those in force; `None` where the terminal is gone.
    pub(super) fn now(terminal: impl AsFd) -> Option<Self> {
        tcgetattr(terminal).ok().as_ref().map(Self::of)
    }

    fn of(modes: &Termios) -> Self {
        Self([
            widened(modes.input_modes.bits()),
            widened(modes.output_modes.bits()),
            widened(modes.control_modes.bits()),
            widened(modes.local_modes.bits()),
            widened(modes.special_codes[SpecialCodeIndex::VMIN]),
            widened(modes.special_codes[SpecialCodeIndex::VTIME]),
        ])
    }

    /// Sets them again, if the terminal still is in the raw mode that was set on top of them: where
    /// it is not, a shell has taken it over and set its own.
    pub(super) fn put_back(self, terminal: impl AsFd) {
        let Ok(now) = tcgetattr(&terminal) else {
            return;
        };
        let before = self.over(&now);
        let mut raw = before.clone();
        raw.make_raw();
        if Self::of(&raw) == Self::of(&now) {
            let _ = tcsetattr(terminal, OptionalActions::Now, &before);
        }
    }

    fn over(self, modes: &Termios) -> Termios {
        let [input, output, control, local, least, time] = self.0;
        let mut modes = modes.clone();
        modes.input_modes = InputModes::from_bits_retain(narrowed(input));
        modes.output_modes = OutputModes::from_bits_retain(narrowed(output));
        modes.control_modes = ControlModes::from_bits_retain(narrowed(control));
        modes.local_modes = LocalModes::from_bits_retain(narrowed(local));
        modes.special_codes[SpecialCodeIndex::VMIN] = narrowed(least);
        modes.special_codes[SpecialCodeIndex::VTIME] = narrowed(time);
        modes
    }
}

fn narrowed<T: TryFrom<u64> + Default>(bits: u64) -> T {
    T::try_from(bits).unwrap_or_default()
}

impl fmt::Display for Modes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self.0.iter().map(u64::to_string).collect();
        f.write_str(&words.join(":"))
    }
}

impl FromStr for Modes {
    type Err = ();

    fn from_str(line: &str) -> Result<Self, ()> {
        let numbers: Result<Vec<u64>, _> = line.trim().split(':').map(str::parse).collect();
        let numbers = numbers.map_err(|_| ())?;
        numbers.try_into().map(Self).map_err(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_reads_back() {
        let modes = Modes([0x500, 5, 0xbf, 0x8a3b, 1, 0]);
        assert_eq!(modes.to_string().parse(), Ok(modes));
        for line in ["", "1:2:3", "1:2:3:4:5:6:7", "1:2:3:4:5:x"] {
            assert!(line.parse::<Modes>().is_err(), "{line}");
        }
    }
}
