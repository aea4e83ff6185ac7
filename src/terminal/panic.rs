//! What happens to the terminal when our own code fails.

use super::screen;
use super::writer::write_all as write_out;
use std::panic::{PanicHookInfo, set_hook, take_hook};
use std::thread::{ThreadId, current};

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Send + Sync>;

/// Our hook while it lives, the one before it afterwards.
pub(super) struct Guard {
    before: Option<Hook>,
}

/// Sets the hook. The calling thread is the one that draws: a panic there gives the terminal back
/// and says where it was, without the message, which may hold words of the case. A panic in any
/// other thread says nothing here: its thread catches it, and the screen stays ours.
pub(super) fn guard() -> Guard {
    let drawing = current().id();
    let before = take_hook();
    set_hook(Box::new(move |info| report(info, drawing)));
    Guard {
        before: Some(before),
    }
}

fn report(info: &PanicHookInfo<'_>, drawing: ThreadId) {
    if current().id() != drawing {
        return;
    }
    screen::restore();
    let place = info.location().map_or_else(String::new, |at| {
        format!(" at {}:{}:{}", at.file(), at.line(), at.column())
    });
    let text = format!(
        "imr failed{place}. This is a fault of imr. What was typed is being saved.\r\n\
         Please report this line; it holds nothing of the case.\r\n"
    );
    let _ = write_out(text.as_bytes());
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(before) = self.before.take().filter(|_| !std::thread::panicking()) {
            set_hook(before);
        }
    }
}
