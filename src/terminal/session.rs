//! The main loop: wait, take all that waits, tell the program, draw once.

use super::alarm::Alarm;
use super::canvas::Canvas;
use super::decode::Input;
use super::error::TerminalError;
use super::keyboard::Keyboard;
use super::modes::Modes;
use super::outside::Errand;
use super::program::{Program, Worker};
use super::run::{Cause, Options};
use super::signals::{Notice, exit_code, listen};
use super::wake::Wake;
use super::writer::Writer;
use super::{clipboard, keeper, screen, signals, suspend, watchdog};
use crate::app::{Effect, Event};
use crate::model::CaseId;
use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::layout::{Rect, Size};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
use signal_hook::consts::SIGHUP;
use std::collections::VecDeque;
use std::io;
use std::process::{Child, ExitStatus};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

/// A user who leaves waits this long for saves before being told.
const QUIT_PATIENCE: Duration = Duration::from_secs(10);
/// Saves before stopping: nobody knows whether a stopped process is ever continued.
const STOP_PATIENCE: Duration = Duration::from_secs(1);
/// A frame on its way out when the screen is given back.
const WRITE_PATIENCE: Duration = Duration::from_millis(300);
/// The first frame waits so long for what it is to show: drawn without it, it would be drawn twice.
const FIRST_PATIENCE: Duration = Duration::from_millis(100);
/// A frame of fewer bytes comes in one packet, and in one go without being marked as one update.
const SMALL_FRAME: usize = 1024;

/// The terminal between entering and leaving.
pub(super) struct Session {
    terminal: Terminal<Canvas>,
    writer: Writer,
    keyboard: Keyboard,
    wake: Wake,
    notices: Receiver<Notice>,
    alarm: Alarm,
    options: Options,
    heard: VecDeque<Event>,
    is_synchronized: bool,
    /// Before they were ours; taken by the keeper.
    modes: Option<Modes>,
    is_dirty: bool,
    /// Stopped, or about to be: neither read nor draw before SIGCONT.
    is_away: bool,
    is_quitting: bool,
    is_unsaved: bool,
    is_lost: bool,
    /// A signal that came while the terminal was lent.
    leaving: Option<Cause>,
    /// Stopped and continued while the terminal was lent.
    was_stopped: bool,
}

/// Entering and leaving.
impl Session {
    /// Enters: signals first, so that none can leave the modes behind.
    pub(super) fn enter(wake: Wake, options: Options) -> Result<Self, TerminalError> {
        let (sender, notices) = channel();
        listen(sender, wake.waker())?;
        let writer = Writer::start(wake.waker()).map_err(TerminalError::while_being("opened"))?;
        let mut canvas = Canvas::new(screen::size());
        canvas.put(&screen::opening());
        let keyboard = Keyboard::new(screen::erase_byte());
        let modes = Modes::now(rustix::stdio::stdin());
        let terminal = Terminal::new(canvas).map_err(TerminalError::while_being("opened"))?;
        screen::assert_raw()?;
        Ok(Self {
            terminal,
            writer,
            keyboard,
            wake,
            notices,
            alarm: Alarm::new(),
            is_synchronized: options.sync.unwrap_or_else(screen::is_sync_safe),
            options,
            heard: VecDeque::new(),
            modes,
            is_dirty: true,
            is_away: false,
            is_quitting: false,
            is_unsaved: false,
            is_lost: false,
            leaving: None,
            was_stopped: false,
        })
    }

    /// The instant that events carry.
    pub(super) fn now(&self) -> Timestamp {
        (self.options.clock)()
    }

    /// Was everything saved when the user left?
    pub(super) fn is_saved(&self) -> bool {
        !self.is_unsaved
    }

    /// Gives the terminal back.
    pub(super) fn leave(&mut self) {
        if !self.is_lost {
            self.writer.settle(WRITE_PATIENCE);
            screen::restore();
        }
        keeper::dismiss();
    }

    /// Asserts modes, screen and size again and has everything drawn.
    fn come_back(&mut self) -> Result<(), TerminalError> {
        screen::assert_raw()?;
        let size = screen::size();
        let canvas = self.terminal.backend_mut();
        canvas.set_size(size);
        canvas.put(&screen::opening());
        self.heard.push_back(resized_to(size));
        self.draw_anew(size)
    }

    fn suspend<W: Worker>(&mut self, worker: &mut W) -> Result<(), TerminalError> {
        worker.drain(STOP_PATIENCE);
        self.writer.settle(WRITE_PATIENCE);
        screen::restore();
        self.is_away = suspend::stop();
        if !self.is_away {
            self.fail("No shell waits for imr here, so it cannot be stopped and continued.");
            self.come_back()?;
        }
        Ok(())
    }

    fn fail(&mut self, why: &str) {
        self.heard.push_back(Event::Failed(why.to_owned()));
    }
}

/// The terminal lent to the reviewer's own editor.
impl Session {
    fn edit<W: Worker>(
        &mut self,
        case: CaseId,
        item: usize,
        base: String,
        worker: &mut W,
    ) -> Result<(), TerminalError> {
        let result = match self.options.outside.prepare(&case, item, &base) {
            Ok(errand) => self.run_errand(errand, worker)?,
            Err(why) => Err(why),
        };
        let has_failed = result.is_err();
        self.heard.push_back(Event::Edited {
            case,
            item,
            base,
            result,
        });
        let left = self.options.outside.left_over();
        if has_failed && !left.is_empty() {
            self.heard.push_back(Event::Left(left));
        }
        if std::mem::take(&mut self.was_stopped) {
            // Heard after what the editor left, and before anything is drawn.
            self.heard.push_back(Event::Resumed);
        }
        Ok(())
    }

    fn run_errand<W: Worker>(
        &mut self,
        mut errand: Errand,
        worker: &mut W,
    ) -> Result<Result<String, String>, TerminalError> {
        // Whatever becomes of the editor and of us: the draft is safe.
        worker.drain(STOP_PATIENCE);
        self.writer.settle(WRITE_PATIENCE);
        signals::lend(true);
        screen::restore();
        let started = errand.start();
        let ended = started.map(|child| self.await_editor(child));
        signals::lend(false);
        let is_cut_short = self.is_ending();
        let result = ended.and_then(|ended| errand.outcome(ended, is_cut_short));
        if !self.is_ending() {
            self.come_back()?;
        }
        Ok(result)
    }

    /// Sleeps until the editor has ended, or we are to.
    fn await_editor(&mut self, mut child: Child) -> io::Result<ExitStatus> {
        let (pid, waker) = (Pid::from_child(&child), self.wake.waker());
        let (sender, ended) = channel();
        let waiting = std::thread::Builder::new().name("editor".to_owned());
        let waits = waiting.spawn(move || {
            let _ = sender.send(child.wait());
            waker.wake();
        });
        if let Err(error) = waits {
            // Nobody would know when it ends, and it would go on reading our keys.
            let _ = kill_process(pid, Signal::KILL);
            let _ = waitpid(Some(pid), WaitOptions::empty());
            return Err(error);
        }
        loop {
            let status = match ended.try_recv() {
                Ok(status) => Some(status),
                Err(TryRecvError::Disconnected) => Some(Err(io::ErrorKind::Other.into())),
                Err(TryRecvError::Empty) => None,
            };
            let notices: Vec<Notice> = self.notices.try_iter().collect();
            self.was_stopped |= notices.contains(&Notice::Continued);
            self.is_lost |= notices.contains(&Notice::Lost);
            self.leaving = self.leaving.or_else(|| leave_of(&notices));
            if let Some(status) = status {
                return status;
            }
            if self.is_ending() {
                return end_editor(pid, &ended);
            }
            if notices.contains(&Notice::Stop) {
                // The editor has stopped itself, and the shell waits for us to do the same.
                self.was_stopped |= suspend::stop();
            }
            let mut fds = [PollFd::new(&self.wake, PollFlags::IN)];
            if matches!(poll(&mut fds, None), Ok(ready) if ready > 0) {
                self.wake.lower();
            }
        }
    }

    /// A signal has come, or the terminal is gone: nothing is drawn or waited for any more.
    fn is_ending(&self) -> bool {
        self.leaving.is_some() || self.is_lost
    }

    /// To the terminal's clipboard, with the next frame.
    fn clip(&mut self, text: &str) {
        self.terminal.backend_mut().put(&clipboard::sequence(text));
        self.is_dirty = true;
    }
}

/// The loop.
impl Session {
    /// Until the user leaves, a signal comes or the terminal is gone.
    pub(super) fn run<P: Program, W: Worker>(
        &mut self,
        program: &mut P,
        worker: &mut W,
    ) -> Result<Cause, TerminalError> {
        let ended = self.serve(program, worker);
        if ended.is_err() && screen::is_gone() {
            // Whatever call came across it first: the terminal's end, no failure.
            self.is_lost = true;
            return Ok(Cause::Lost);
        }
        ended
    }

    fn serve<P: Program, W: Worker>(
        &mut self,
        program: &mut P,
        worker: &mut W,
    ) -> Result<Cause, TerminalError> {
        for effect in std::mem::take(&mut self.options.first) {
            self.perform(effect, worker)?;
        }
        self.heard.push_back(resized_to(screen::size()));
        if let Some(cause) = self.await_first(worker)? {
            return Ok(cause);
        }
        loop {
            self.tell(program, worker)?;
            if std::mem::take(&mut self.is_quitting)
                && let Some(cause) = self.quit(program, worker)?
            {
                return Ok(cause);
            }
            if !self.is_ending() {
                self.draw(program)?;
                self.start_keeper();
                self.wait(program.deadline())?;
            }
            if let Some(cause) = self.take_news(worker)? {
                self.tell(program, worker)?;
                return Ok(cause);
            }
        }
    }

    /// Waits a moment for the first answer; what else comes is heard in its turn.
    fn await_first<W: Worker>(&mut self, worker: &mut W) -> Result<Option<Cause>, TerminalError> {
        let mut fds = [PollFd::new(&self.wake, PollFlags::IN)];
        let patience = Timespec::try_from(FIRST_PATIENCE).ok();
        if matches!(poll(&mut fds, patience.as_ref()), Ok(ready) if ready > 0) {
            self.wake.lower();
        }
        self.take_news(worker)
    }

    /// Tells the program what was heard, in order, and has its wishes performed.
    fn tell<P: Program, W: Worker>(
        &mut self,
        program: &mut P,
        worker: &mut W,
    ) -> Result<(), TerminalError> {
        while let Some(event) = self.heard.pop_front() {
            let now = self.now();
            let now = match event {
                Event::Elapsed => now.max(self.alarm.rung()),
                _ => now,
            };
            for effect in program.hear(event, now) {
                self.perform(effect, worker)?;
            }
        }
        Ok(())
    }

    fn perform<W: Worker>(&mut self, effect: Effect, worker: &mut W) -> Result<(), TerminalError> {
        match effect {
            Effect::Quit => self.is_quitting = true,
            Effect::Redraw => self.come_back()?,
            Effect::Suspend => self.suspend(worker)?,
            Effect::EditOutside { case, item, text } => self.edit(case, item, text, worker)?,
            Effect::Clip(text) => self.clip(&text),
            // Only once the words are safe elsewhere.
            Effect::Discard(name) if worker.drain(STOP_PATIENCE) => {
                self.options.outside.discard(&name);
            }
            Effect::Discard(_) => {}
            other => worker.perform(other),
        }
        Ok(())
    }

    /// One frame, if anything changed and the terminal has taken the last one; else the writer
    /// wakes us when it has.
    fn draw<P: Program>(&mut self, program: &mut P) -> Result<(), TerminalError> {
        self.is_dirty |= program.take_dirty();
        if !self.is_dirty || self.is_away || !self.writer.is_ready() {
            return Ok(());
        }
        self.is_dirty = false;
        let drawn = self.terminal.draw(|frame| program.draw(frame)).map(|_| ());
        drawn.map_err(TerminalError::while_being("drawn on"))?;
        let frame = self.terminal.backend_mut().take();
        if !frame.is_empty() {
            let is_marked = self.is_synchronized && frame.len() >= SMALL_FRAME;
            self.writer.submit(if is_marked {
                screen::synchronized(&frame)
            } else {
                frame
            });
        }
        Ok(())
    }

    /// Once, and after the first frame: until then every moment counts.
    fn start_keeper(&mut self) {
        if let (Some(program), Some(modes)) = (self.options.keeper.take(), self.modes) {
            keeper::start(program, modes);
        }
    }

    /// Sleeps until something waits or is due. Input is read here, all of it.
    fn wait(&mut self, deadline: Option<Timestamp>) -> Result<(), TerminalError> {
        self.alarm.set(deadline, self.now());
        let until = [self.keyboard.settles_at(), self.alarm.at()];
        let until = until.into_iter().flatten().min();
        let left = until.map(|at| at.saturating_duration_since(Instant::now()));
        let left = left.and_then(|left| Timespec::try_from(left).ok());
        let input = rustix::stdio::stdin();
        let wanted = if self.is_away {
            PollFlags::empty()
        } else {
            PollFlags::IN
        };
        let mut fds = [
            PollFd::new(&input, wanted),
            PollFd::new(&self.wake, PollFlags::IN),
        ];
        match poll(&mut fds, left.as_ref()) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(TerminalError::while_being("waited for")(error)),
        }
        let [on_input, on_wake] = fds.map(|fd| fd.revents());
        if !on_wake.is_empty() {
            self.wake.lower();
        }
        if !on_input.is_empty() {
            let inputs = self.keyboard.read();
            self.hear(inputs);
        }
        Ok(())
    }

    /// Takes everything that waits; is it time to leave?
    fn take_news<W: Worker>(&mut self, worker: &mut W) -> Result<Option<Cause>, TerminalError> {
        let inputs = self.keyboard.settle();
        self.hear(inputs);
        if self.alarm.rings() {
            self.heard.push_back(Event::Elapsed);
        }
        while let Some(answer) = worker.answer() {
            self.is_unsaved &= !matches!(answer, Event::Saved { .. });
            self.heard.push_back(answer);
        }
        let cause = self.take_notices()?;
        self.is_lost |= self.keyboard.is_lost() || self.writer.is_lost();
        if self.is_lost {
            watchdog::arm(exit_code(SIGHUP));
            return Ok(cause.or(Some(Cause::Lost)));
        }
        Ok(cause)
    }

    /// Keys in a row make one event.
    fn hear(&mut self, inputs: Vec<Input>) {
        for input in inputs {
            match (input, self.heard.back_mut()) {
                (Input::Key(key), Some(Event::Keys(keys))) => keys.push(key),
                (Input::Key(key), _) => self.heard.push_back(Event::Keys(vec![key])),
                (Input::Paste(text), _) => self.heard.push_back(Event::Paste(text)),
            }
        }
    }

    /// What the other threads told; many sizes make one.
    fn take_notices(&mut self) -> Result<Option<Cause>, TerminalError> {
        let notices: Vec<Notice> = self.notices.try_iter().collect();
        self.is_lost |= notices.contains(&Notice::Lost);
        let leave = self.leaving.take().or_else(|| leave_of(&notices));
        if leave.is_some() || self.is_lost {
            // A hang-up comes with SIGCONT: nothing is left to come back to.
            return Ok(leave);
        }
        if notices.contains(&Notice::Resized) {
            self.resize()?;
        }
        if notices.contains(&Notice::Continued) {
            self.is_away = false;
            self.come_back()?;
            self.heard.push_back(Event::Resumed);
        } else if notices.contains(&Notice::Stop) {
            self.heard.push_back(Event::Stopping);
        }
        Ok(None)
    }

    fn resize(&mut self) -> Result<(), TerminalError> {
        let size = screen::size();
        self.terminal.backend_mut().set_size(size);
        self.heard.push_back(resized_to(size));
        self.draw_anew(size)
    }

    /// Clears, and has everything drawn: also where the size is what it was, for it may have been
    /// another one in between, and the terminal has cut what it showed.
    fn draw_anew(&mut self, size: Size) -> Result<(), TerminalError> {
        // Not `clear`: that asks where the cursor is and waits for the answer.
        let area = Rect::new(0, 0, size.width, size.height);
        let resized = self.terminal.resize(area);
        resized.map_err(TerminalError::while_being("drawn on"))?;
        self.is_dirty = true;
        Ok(())
    }

    /// Waits for the saves. What could not be saved keeps the program open once, so that the user
    /// reads it; who leaves again, leaves.
    fn quit<P: Program, W: Worker>(
        &mut self,
        program: &mut P,
        worker: &mut W,
    ) -> Result<Option<Cause>, TerminalError> {
        let end = Instant::now() + QUIT_PATIENCE;
        let mut is_drained = false;
        while !is_drained && Instant::now() < end {
            is_drained = worker.drain(Duration::from_millis(100));
            let cause = self.take_notices()?;
            if cause.is_some() || self.is_lost {
                return Ok(cause.or(Some(Cause::Lost)));
            }
        }
        let mut is_saved = is_drained;
        while let Some(answer) = worker.answer() {
            is_saved &= !is_refusal(&answer);
            self.heard.push_back(answer);
        }
        let was_told = std::mem::replace(&mut self.is_unsaved, !is_saved);
        if is_saved || was_told {
            return Ok(Some(Cause::Quit));
        }
        if !is_drained {
            self.fail("Saving takes long. Leave again to leave without waiting for it.");
        }
        self.tell(program, worker)?;
        self.is_quitting = false;
        Ok(None)
    }
}

/// Ends the editor: first so that it can put its things in order.
fn end_editor(pid: Pid, ended: &Receiver<io::Result<ExitStatus>>) -> io::Result<ExitStatus> {
    let _ = kill_process(pid, Signal::HUP);
    ended.recv_timeout(WRITE_PATIENCE).unwrap_or_else(|_| {
        let _ = kill_process(pid, Signal::KILL);
        Err(io::ErrorKind::Interrupted.into())
    })
}

fn leave_of(notices: &[Notice]) -> Option<Cause> {
    notices.iter().find_map(|notice| match notice {
        Notice::Leave(signal) => Some(Cause::Signal(*signal)),
        _ => None,
    })
}

/// Was something not saved as it was typed?
pub(super) fn is_refusal(answer: &Event) -> bool {
    matches!(answer, Event::NotSaved { .. }) || is_conflict(answer)
}

/// Had another session been first? The program knows how to save all the same.
pub(super) fn is_conflict(answer: &Event) -> bool {
    matches!(answer, Event::Conflict { .. })
}

fn resized_to(size: Size) -> Event {
    Event::Resize {
        cols: size.width,
        rows: size.height,
    }
}
