//! The main loop: wait, take all that waits, tell the program, draw once.

use super::canvas::Canvas;
use super::decode::{Decoder, Input};
use super::error::TerminalError;
use super::program::{Program, Worker};
use super::run::{Cause, Options};
use super::signals::{Notice, exit_code, listen};
use super::suspend;
use super::wake::Wake;
use super::writer::Writer;
use super::{screen, watchdog};
use crate::app::{Effect, Event};
use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::layout::Rect;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::SIGHUP;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// A user who leaves waits this long for saves before being told.
const QUIT_PATIENCE: Duration = Duration::from_secs(10);
/// Saves before stopping: nobody knows whether a stopped process is ever continued.
const STOP_PATIENCE: Duration = Duration::from_secs(1);
/// A frame on its way out when the screen is given back.
const WRITE_PATIENCE: Duration = Duration::from_millis(300);
/// A deadline in the past, or one that does not move after `Elapsed`, makes no busy loop.
const SHORTEST_WAIT: Duration = Duration::from_millis(5);
/// Reads at one go, at most 4 KiB each on Linux: then it is time for a frame.
const READS: usize = 256;

/// The terminal between entering and leaving.
pub(super) struct Session {
    terminal: Terminal<Canvas>,
    writer: Writer,
    wake: Wake,
    notices: Receiver<Notice>,
    decoder: Decoder,
    last_input: Instant,
    clock: Rc<dyn Fn() -> Timestamp>,
    first: Vec<Effect>,
    is_synchronized: bool,
    heard: VecDeque<Event>,
    alarm: Option<(Timestamp, Instant)>,
    /// The deadline that was reached last.
    due: Timestamp,
    is_dirty: bool,
    /// Stopped, or about to be: neither read nor draw before SIGCONT.
    is_away: bool,
    is_quitting: bool,
    is_lost: bool,
    is_unsaved: bool,
}

impl Session {
    /// Enters: signals first, so that none can leave the modes behind.
    pub(super) fn enter(wake: Wake, options: Options) -> Result<Self, TerminalError> {
        let (sender, notices) = channel();
        listen(sender, wake.waker())?;
        let opened = TerminalError::while_being("opened");
        let writer = Writer::start(wake.waker()).map_err(opened)?;
        let erase = screen::erase_byte();
        let mut canvas = Canvas::new(screen::size());
        canvas.put(&screen::opening());
        let opened = TerminalError::while_being("opened");
        let terminal = Terminal::new(canvas).map_err(opened)?;
        screen::assert_raw()?;
        Ok(Self {
            terminal,
            writer,
            wake,
            notices,
            decoder: Decoder::new(erase),
            last_input: Instant::now(),
            clock: Rc::from(options.clock),
            first: options.first,
            is_synchronized: options.sync.unwrap_or_else(screen::is_sync_safe),
            heard: VecDeque::new(),
            alarm: None,
            due: Timestamp::MIN,
            is_dirty: true,
            is_away: false,
            is_quitting: false,
            is_lost: false,
            is_unsaved: false,
        })
    }

    /// The clock that events carry.
    pub(super) fn clock(&self) -> Rc<dyn Fn() -> Timestamp> {
        Rc::clone(&self.clock)
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
    }

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
        for effect in std::mem::take(&mut self.first) {
            self.perform(effect, worker)?;
        }
        self.heard.push_back(self.size_event());
        loop {
            self.tell(program, worker)?;
            if self.is_quitting
                && let Some(cause) = self.quit(program, worker)?
            {
                return Ok(cause);
            }
            self.draw(program)?;
            self.wait(program.deadline())?;
            let cause = self.take_news(worker)?;
            if let Some(cause) = cause {
                self.tell(program, worker)?;
                return Ok(cause);
            }
        }
    }

    /// Tells the program what was heard, in order, and has its wishes performed.
    fn tell<P: Program, W: Worker>(
        &mut self,
        program: &mut P,
        worker: &mut W,
    ) -> Result<(), TerminalError> {
        while let Some(event) = self.heard.pop_front() {
            let now = match event {
                // The two clocks differ by a little: it must not be early by the program's.
                Event::Elapsed => (self.clock)().max(self.due),
                _ => (self.clock)(),
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
            other => worker.perform(other),
        }
        Ok(())
    }

    /// One frame, if anything changed and the terminal has taken the last one; else the writer
    /// wakes us when it has.
    fn draw<P: Program>(&mut self, program: &mut P) -> Result<(), TerminalError> {
        self.is_dirty |= program.take_dirty();
        if !self.is_dirty || self.is_away || !self.writer.is_idle() {
            return Ok(());
        }
        self.is_dirty = false;
        let drawn = self.terminal.draw(|frame| program.draw(frame)).map(|_| ());
        drawn.map_err(TerminalError::while_being("drawn on"))?;
        let frame = self.terminal.backend_mut().take();
        if frame.is_empty() {
            return Ok(());
        }
        self.writer.submit(if self.is_synchronized {
            screen::synchronized(&frame)
        } else {
            frame
        });
        Ok(())
    }

    /// Sleeps until something waits. Input is read here, all of it.
    fn wait(&mut self, deadline: Option<Timestamp>) -> Result<(), TerminalError> {
        let until = [self.settle_at(), self.alarm_at(deadline)];
        let left = until
            .into_iter()
            .flatten()
            .min()
            .map(|at| at.saturating_duration_since(Instant::now()));
        let left = left.and_then(|left| Timespec::try_from(left).ok());
        let input = rustix::stdio::stdin();
        let input_events = [PollFlags::IN, PollFlags::empty()][usize::from(self.is_away)];
        let mut fds = [
            PollFd::new(&input, input_events),
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
            self.read();
        }
        Ok(())
    }

    /// Takes everything that waits; is it time to leave?
    fn take_news<W: Worker>(&mut self, worker: &mut W) -> Result<Option<Cause>, TerminalError> {
        self.expire();
        while let Some(answer) = worker.answer() {
            self.is_unsaved &= !matches!(answer, Event::Saved { .. });
            self.heard.push_back(answer);
        }
        let cause = self.take_notices(worker)?;
        if self.is_lost || self.writer.is_lost() {
            self.is_lost = true;
            watchdog::arm(exit_code(SIGHUP));
            return Ok(cause.or(Some(Cause::Lost)));
        }
        Ok(cause)
    }

    /// What the other threads told; many sizes make one.
    fn take_notices<W: Worker>(&mut self, worker: &mut W) -> Result<Option<Cause>, TerminalError> {
        let notices: Vec<Notice> = self.notices.try_iter().collect();
        self.is_lost |= notices.contains(&Notice::Lost);
        let leave = notices.iter().find_map(|notice| match notice {
            Notice::Leave(signal) => Some(Cause::Signal(*signal)),
            _ => None,
        });
        if leave.is_some() || self.is_lost {
            // A hang-up comes with SIGCONT: nothing is left to come back to.
            return Ok(leave);
        }
        if notices.contains(&Notice::Resized) {
            self.resize();
        }
        if notices.contains(&Notice::Continued) {
            self.is_away = false;
            self.come_back()?;
            self.heard.push_back(Event::Resumed);
        } else if notices.contains(&Notice::Stop) {
            self.suspend(worker)?;
        }
        Ok(None)
    }

    fn resize(&mut self) {
        let size = screen::size();
        let area = self.terminal.get_frame().area();
        if (area.width, area.height) != (size.width, size.height) {
            self.terminal.backend_mut().set_size(size);
            self.heard.push_back(self.size_event());
            self.is_dirty = true;
        }
    }

    fn size_event(&self) -> Event {
        let size = screen::size();
        Event::Resize {
            cols: size.width,
            rows: size.height,
        }
    }

    /// Asserts modes, screen and size again and has everything drawn.
    fn come_back(&mut self) -> Result<(), TerminalError> {
        screen::assert_raw()?;
        let size = screen::size();
        let canvas = self.terminal.backend_mut();
        canvas.set_size(size);
        canvas.put(&screen::opening());
        let drawn = TerminalError::while_being("drawn on");
        let area = Rect::new(0, 0, size.width, size.height);
        // Not `clear`: that asks where the cursor is and waits for the answer.
        self.terminal.resize(area).map_err(drawn)?;
        self.heard.push_back(self.size_event());
        self.is_dirty = true;
        Ok(())
    }

    fn suspend<W: Worker>(&mut self, worker: &mut W) -> Result<(), TerminalError> {
        worker.drain(STOP_PATIENCE);
        self.writer.settle(WRITE_PATIENCE);
        screen::restore();
        self.is_away = suspend::stop();
        if !self.is_away {
            let why = "No shell waits for imr here, so it cannot be stopped and continued.";
            self.heard.push_back(Event::Failed(why.to_owned()));
            self.come_back()?;
        }
        Ok(())
    }

    /// Waits for the saves. What could not be saved keeps the program open once, so that the user
    /// reads it; who leaves again, leaves.
    fn quit<P: Program, W: Worker>(
        &mut self,
        program: &mut P,
        worker: &mut W,
    ) -> Result<Option<Cause>, TerminalError> {
        self.is_quitting = false;
        let end = Instant::now() + QUIT_PATIENCE;
        let mut is_drained = false;
        while !is_drained && Instant::now() < end {
            is_drained = worker.drain(Duration::from_millis(100));
            if let Some(cause) = self.take_notices(worker)? {
                return Ok(Some(cause));
            }
        }
        let mut is_saved = is_drained;
        while let Some(answer) = worker.answer() {
            is_saved &= !matches!(answer, Event::NotSaved { .. });
            self.heard.push_back(answer);
        }
        let is_second = std::mem::replace(&mut self.is_unsaved, !is_saved);
        if is_saved || is_second {
            return Ok(Some(Cause::Quit));
        }
        if !is_drained {
            let why = "Saving takes long. Leave again to leave without waiting.";
            self.heard.push_back(Event::Failed(why.to_owned()));
        }
        self.tell(program, worker)?;
        self.is_quitting = false;
        Ok(None)
    }
}

/// Input and time.
impl Session {
    fn read(&mut self) {
        let mut buffer = [0; 4096];
        let mut inputs = Vec::new();
        for _ in 0..READS {
            match rustix::io::read(rustix::stdio::stdin(), &mut buffer) {
                Ok(0) => self.is_lost = true,
                Ok(len) => {
                    let bytes = buffer.get(..len).unwrap_or_default();
                    self.decoder.feed(bytes, &mut inputs);
                    self.last_input = Instant::now();
                }
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(_) => self.is_lost = true,
            }
            if self.is_lost || !more_input_waits() {
                break;
            }
        }
        if self.is_lost {
            self.decoder.finish(&mut inputs);
        }
        self.hear_inputs(inputs);
    }

    fn hear_inputs(&mut self, inputs: Vec<Input>) {
        for input in inputs {
            match (input, self.heard.back_mut()) {
                (Input::Key(key), Some(Event::Keys(keys))) => keys.push(key),
                (Input::Key(key), _) => self.heard.push_back(Event::Keys(vec![key])),
                (Input::Paste(text), _) => self.heard.push_back(Event::Paste(text)),
            }
        }
    }

    /// What is due by now.
    fn expire(&mut self) {
        let now = Instant::now();
        if self.settle_at().is_some_and(|at| at <= now) {
            let mut inputs = Vec::new();
            self.decoder.expire(&mut inputs);
            self.hear_inputs(inputs);
        }
        if let Some((due, _)) = self.alarm.take_if(|(_, at)| *at <= now) {
            self.due = due;
            self.heard.push_back(Event::Elapsed);
        }
    }

    /// When the decoder stops waiting for the rest of a sequence.
    fn settle_at(&self) -> Option<Instant> {
        self.decoder.patience().map(|p| self.last_input + p)
    }

    /// When the program's deadline comes, in time that no clock change moves.
    fn alarm_at(&mut self, deadline: Option<Timestamp>) -> Option<Instant> {
        if self.alarm.map(|(at, _)| at) != deadline {
            self.alarm = deadline.map(|at| {
                let left = at.duration_since((self.clock)());
                let left = Duration::try_from(left).unwrap_or_default();
                (at, Instant::now() + left.max(SHORTEST_WAIT))
            });
        }
        self.alarm.map(|(_, at)| at)
    }
}

fn more_input_waits() -> bool {
    let input = rustix::stdio::stdin();
    let mut fds = [PollFd::new(&input, PollFlags::IN)];
    let at_once = Timespec::default();
    matches!(poll(&mut fds, Some(&at_once)), Ok(ready) if ready > 0)
}
