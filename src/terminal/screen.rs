//! Entering and leaving the screen: raw mode, alternate screen, bracketed paste, cursor.

use super::error::TerminalError;
use super::keeper::{self, Whose};
use super::writer::write_all;
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{Command, cursor, event, style};
use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{SpecialCodeIndex, isatty, tcgetattr, tcgetwinsize};

/// Is there a terminal on both sides that can be drawn on?
pub(super) fn check() -> Result<(), TerminalError> {
    if !isatty(rustix::stdio::stdin()) || !isatty(rustix::stdio::stdout()) {
        return Err(TerminalError::NotATerminal);
    }
    if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        return Err(TerminalError::Dumb);
    }
    Ok(())
}

/// The terminal's size; 80x24 where it does not know or is gone.
pub(super) fn size() -> Size {
    match tcgetwinsize(rustix::stdio::stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Size::new(size.ws_col, size.ws_row),
        _ => Size::new(80, 24),
    }
}

/// The byte that Backspace sends.
pub(super) fn erase_byte() -> u8 {
    tcgetattr(rustix::stdio::stdin())
        .map_or(0x7f, |modes| modes.special_codes[SpecialCodeIndex::VERASE])
}

/// Raw mode, whoever changed the modes behind our back: crossterm remembers that it was on and
/// would do nothing otherwise.
pub(super) fn assert_raw() -> Result<(), TerminalError> {
    keeper::tell(Whose::Ours);
    let raw = disable_raw_mode().and_then(|()| enable_raw_mode());
    raw.map_err(TerminalError::while_being("set to raw mode"))
}

/// What opens the screen; the clear is for mosh, which does not do it on entering.
pub(super) fn opening() -> Vec<u8> {
    let mut text = String::new();
    add(&mut text, EnterAlternateScreen);
    add(&mut text, event::EnableBracketedPaste);
    add(&mut text, Clear(ClearType::All));
    text.into_bytes()
}

/// What gives the screen back, from whatever state.
fn closing() -> Vec<u8> {
    let mut text = String::new();
    add(&mut text, EndSynchronizedUpdate);
    add(&mut text, style::ResetColor);
    // A frame cut short may have left a scroll region; this moves the cursor, so it comes first.
    text.push_str("\x1b[r");
    add(&mut text, event::DisableBracketedPaste);
    add(&mut text, LeaveAlternateScreen);
    add(&mut text, cursor::Show);
    text.into_bytes()
}

/// Gives the terminal back. Safe to call twice and on a lost terminal; a terminal that takes no
/// output is not waited for.
pub(super) fn restore() {
    close();
    let _ = disable_raw_mode();
    keeper::tell(Whose::Theirs);
}

/// Leaves the screen; did the terminal take it?
pub(super) fn close() -> bool {
    takes_output() && write_all(&closing()).is_ok()
}

/// `frame` as one update, which a terminal that knows of them shows in one go.
pub(super) fn synchronized(frame: &[u8]) -> Vec<u8> {
    let mut begin = String::new();
    let mut end = String::new();
    add(&mut begin, BeginSynchronizedUpdate);
    add(&mut end, EndSynchronizedUpdate);
    [begin.as_bytes(), frame, end.as_bytes()].concat()
}

/// Multiplexers lost cell clears inside synchronized updates until late 2025.
pub(super) fn is_sync_safe() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let term = std::env::var("TERM").unwrap_or_default();
    !is_set("TMUX") && !is_set("STY") && !term.starts_with("screen") && !term.starts_with("tmux")
}

/// Has the terminal hung up?
pub(super) fn is_gone() -> bool {
    let input = rustix::stdio::stdin();
    let mut fds = [PollFd::new(&input, PollFlags::empty())];
    matches!(poll(&mut fds, Some(&Timespec::default())), Ok(ready) if ready > 0)
}

fn takes_output() -> bool {
    let out = rustix::stdio::stdout();
    let mut fds = [PollFd::new(&out, PollFlags::OUT)];
    let briefly = Timespec {
        tv_sec: 0,
        tv_nsec: 100_000_000,
    };
    matches!(poll(&mut fds, Some(&briefly)), Ok(ready) if ready > 0)
}

fn add(text: &mut String, command: impl Command) {
    // A String takes everything.
    let _ = command.write_ansi(text);
}
