//! Stopping ourselves, as Ctrl-Z does to a program that leaves the terminal's modes alone.

use rustix::process::{
    Signal, getpgrp, getpid, getppid, getsid, kill_current_process_group, kill_process,
};

/// Stops the process until SIGCONT; false when nobody could ever continue it, which the kernel's
/// own SIGTSTP guards against too (an orphaned process group: `ssh host imr`).
pub(super) fn stop() -> bool {
    if !is_under_job_control() {
        return false;
    }
    if getpgrp() != getpid() {
        // Started by a script: it has to stop with us, or the shell waits for it for ever.
        let _ = kill_current_process_group(Signal::TSTP);
    }
    // Our handler for SIGTSTP is in place, and signal-hook cannot take it back: hence SIGSTOP.
    kill_process(getpid(), Signal::STOP).is_ok()
}

fn is_under_job_control() -> bool {
    let (group, session) = (getpgrp(), getsid(None));
    let parent_is_near = || getppid().is_some_and(|parent| getsid(Some(parent)) == session);
    session != Ok(group) && (group != getpid() || parent_is_near())
}
