//! The real binary in a real pseudo-terminal.

#![allow(dead_code, reason = "each test file uses its part of it")]

pub mod home;
pub mod keys;
pub mod toy;

use filedescriptor::{FileDescriptor, POLLIN, poll, pollfd};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use std::cell::Cell;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Longer than anything takes on a busy machine; only a failure waits this long.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The binary under test; `IMR_BIN` names another one, such as a release build.
pub fn program() -> PathBuf {
    std::env::var_os("IMR_BIN").map_or_else(|| env!("CARGO_BIN_EXE_imr").into(), PathBuf::from)
}

/// What is to be started.
pub struct Setup {
    program: PathBuf,
    args: Vec<String>,
    env: Vec<(String, String)>,
    unset: Vec<String>,
    size: (u16, u16),
}

impl Setup {
    /// `imr` with these arguments, its files in `home`.
    pub fn imr(home: &Path, args: &[&str]) -> Self {
        Self::of(&program(), home, args)
    }

    /// A shell that is the session's leader and runs this script; `$IMR` is the binary.
    pub fn shell(home: &Path, script: &str) -> Self {
        Self::of(
            Path::new("/bin/bash"),
            home,
            &["--norc", "--noprofile", "-c", script],
        )
        .env("IMR", &program().to_string_lossy())
    }

    fn of(program: &Path, home: &Path, args: &[&str]) -> Self {
        let setup = Self {
            program: program.to_owned(),
            args: args.iter().map(|a| (*a).to_owned()).collect(),
            env: Vec::new(),
            unset: Vec::new(),
            size: (80, 24),
        };
        let home = home.to_string_lossy();
        [
            "HOME",
            "TMPDIR",
            "IMR_CONFIG",
            "XDG_DATA_HOME",
            "XDG_CONFIG_HOME",
        ]
        .into_iter()
        .fold(setup, |setup, name| setup.env(name, &home))
        .env("TERM", "xterm-256color")
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn unset(mut self, name: &str) -> Self {
        self.env.retain(|(known, _)| known != name);
        self.unset.push(name.to_owned());
        self
    }

    pub fn size(mut self, cols: u16, rows: u16) -> Self {
        self.size = (cols, rows);
        self
    }

    /// Starts it.
    pub fn start(self) -> Pty {
        let (cols, rows) = self.size;
        let pair = native_pty_system().openpty(size(cols, rows)).unwrap();
        let mut command = CommandBuilder::new(&self.program);
        command.args(&self.args);
        for name in ["NO_COLOR", "COLORTERM", "TMUX", "STY", "IMR_STORE"] {
            command.env_remove(name);
        }
        for (name, value) in &self.env {
            command.env(name, value);
        }
        self.unset.iter().for_each(|name| command.env_remove(name));
        let modes_before = modes(pair.master.as_ref());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        Pty::of(pair.master, child, modes_before, self.size)
    }
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn at_least_one(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap_or(NonZeroU16::MIN)
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

/// What came out so far.
struct Output {
    screen: vt100::Parser,
    bytes: Vec<u8>,
}

/// A running program and its terminal's other end.
pub struct Pty {
    master: Option<Box<dyn MasterPty + Send>>,
    input: Option<FileDescriptor>,
    child: Box<dyn Child + Send + Sync>,
    output: Arc<Mutex<Output>>,
    reader: Option<JoinHandle<()>>,
    is_closing: Arc<AtomicBool>,
    is_held: Arc<AtomicBool>,
    /// Microseconds that a byte of output takes.
    pace: Arc<AtomicU64>,
    modes_before: String,
    /// CPU time used when its end was asked for.
    cpu_before: Cell<Duration>,
    pub pid: Pid,
}

/// How a process ended.
#[derive(Debug)]
pub struct Gone {
    /// Exit code; none when a signal ended it.
    pub code: Option<u32>,
    /// From the call to the end.
    pub after: Duration,
    /// CPU time since the terminal was closed or the signal sent; its whole life's where neither was.
    pub cpu: Duration,
}

impl Pty {
    fn of(
        master: Box<dyn MasterPty + Send>,
        child: Box<dyn Child + Send + Sync>,
        modes_before: String,
        (cols, rows): (u16, u16),
    ) -> Self {
        // Not `take_writer`: dropping that one types a newline and Ctrl-D.
        let raw = master.as_raw_fd().unwrap();
        let input = FileDescriptor::dup(&raw).unwrap();
        let source = FileDescriptor::dup(&raw).unwrap();
        let output = Arc::new(Mutex::new(Output {
            screen: vt100::Parser::new(at_least_one(rows), at_least_one(cols), 0),
            bytes: Vec::new(),
        }));
        let is_closing = Arc::new(AtomicBool::new(false));
        let is_held = Arc::new(AtomicBool::new(false));
        let (theirs, closing) = (Arc::clone(&output), Arc::clone(&is_closing));
        let held = Arc::clone(&is_held);
        let pace = Arc::<AtomicU64>::default();
        let paced = Arc::clone(&pace);
        let pid = Pid::from_raw(i32::try_from(child.process_id().unwrap()).unwrap()).unwrap();
        Self {
            master: Some(master),
            input: Some(input),
            child,
            output,
            reader: Some(std::thread::spawn(move || {
                read(source, &theirs, &closing, (&held, &paced))
            })),
            is_closing,
            is_held,
            pace,
            modes_before,
            cpu_before: Cell::default(),
            pid,
        }
    }

    /// Types bytes.
    pub fn send(&self, bytes: impl AsRef<[u8]>) {
        let mut input = self.input.as_ref().unwrap().try_clone().unwrap();
        input.write_all(bytes.as_ref()).unwrap();
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        self.output.lock().unwrap().screen.screen().contents()
    }

    /// Looks at the terminal's state.
    pub fn look<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(self.output.lock().unwrap().screen.screen())
    }

    /// Every byte that came out.
    pub fn bytes(&self) -> Vec<u8> {
        self.output.lock().unwrap().bytes.clone()
    }

    /// Waits until this text stands on the screen.
    #[track_caller]
    pub fn wait_for(&self, text: &str) {
        self.wait_until(&format!("the text {text:?}"), |pty| {
            pty.screen().contains(text)
        });
    }

    /// Waits until this is so.
    #[track_caller]
    pub fn wait_until(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !is_so(self) {
            let screen = self.screen();
            assert!(
                Instant::now() < end,
                "waited for {what} in vain; the screen:\n{screen}"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until nothing has come out for this long.
    pub fn rest(&self, quiet: Duration) {
        let mut seen = self.bytes().len();
        let mut since = Instant::now();
        while since.elapsed() < quiet {
            std::thread::sleep(Duration::from_millis(10));
            let now = self.bytes().len();
            if now != seen {
                (seen, since) = (now, Instant::now());
            }
        }
    }

    pub fn resize(&self, cols: u16, rows: u16) {
        let (tall, wide) = (at_least_one(rows), at_least_one(cols));
        self.output
            .lock()
            .unwrap()
            .screen
            .screen_mut()
            .set_size(tall, wide);
        self.master
            .as_ref()
            .unwrap()
            .resize(size(cols, rows))
            .unwrap();
    }

    pub fn signal(&self, signal: Signal) {
        self.note_cpu();
        self.signal_to(self.pid, signal);
    }

    /// To another process than the one that was started.
    pub fn signal_to(&self, pid: Pid, signal: Signal) {
        kill_process(pid, signal).unwrap();
    }

    /// Is the terminal as it was: modes, screen, paste mode, cursor?
    #[track_caller]
    pub fn assert_restored(&self) {
        self.rest(Duration::from_millis(50));
        self.look(|screen| {
            assert!(!screen.alternate_screen(), "the alternate screen is on");
            assert!(!screen.bracketed_paste(), "bracketed paste is on");
            assert!(!screen.hide_cursor(), "the cursor is hidden");
        });
        let modes_now = modes(self.master.as_ref().unwrap().as_ref());
        assert_eq!(modes_now, self.modes_before, "the terminal's modes differ");
    }

    /// Is the terminal ours: raw, alternate screen, paste mode?
    pub fn is_entered(&self) -> bool {
        let is_raw = modes(self.master.as_ref().unwrap().as_ref()) != self.modes_before;
        is_raw && self.look(|screen| screen.alternate_screen() && screen.bracketed_paste())
    }

    /// Takes no more output: the terminal is a line on which nothing moves.
    pub fn hold_output(&self) {
        self.is_held.store(true, Ordering::SeqCst);
    }

    /// Takes one byte in this time from now on.
    pub fn slow_output(&self, byte: Duration) {
        let micros = u64::try_from(byte.as_micros()).unwrap();
        self.pace.store(micros, Ordering::SeqCst);
    }

    /// Closes the terminal's other end, as a dropped line does; returns when.
    pub fn close(&mut self) -> Instant {
        self.is_closing.store(true, Ordering::SeqCst);
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
        self.note_cpu();
        self.input = None;
        self.master = None;
        Instant::now()
    }

    fn note_cpu(&self) {
        self.cpu_before.set(cpu_time(self.pid).unwrap_or_default());
    }

    /// Waits for the end.
    #[track_caller]
    pub fn wait_gone(&mut self) -> Gone {
        let start = Instant::now();
        while !is_zombie(self.pid) {
            assert!(
                start.elapsed() < PATIENCE,
                "it does not end:\n{}",
                self.screen()
            );
            std::thread::sleep(Duration::from_millis(2));
        }
        let after = start.elapsed();
        let cpu = cpu_time(self.pid).unwrap_or_default();
        let cpu = cpu.saturating_sub(self.cpu_before.get());
        let status = self.child.wait().unwrap();
        Gone {
            code: status.signal().is_none().then(|| status.exit_code()),
            after,
            cpu,
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        self.close();
    }
}

/// Reads without blocking for long, so that the master can be closed at any moment.
fn read(
    mut source: FileDescriptor,
    output: &Mutex<Output>,
    is_closing: &AtomicBool,
    (is_held, pace): (&AtomicBool, &AtomicU64),
) {
    let mut buffer = [0; 65536];
    while !is_closing.load(Ordering::SeqCst) {
        if is_held.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(5));
            continue;
        }
        let mut fds = [pollfd {
            fd: source.as_raw_fd(),
            events: POLLIN,
            revents: 0,
        }];
        if poll(&mut fds, Some(Duration::from_millis(5))).unwrap_or(0) == 0 {
            continue;
        }
        let pace = pace.load(Ordering::SeqCst);
        let room = if pace > 0 { 16 } else { buffer.len() };
        let Ok(len) = source.read(&mut buffer[..room]) else {
            // EIO: the program is gone, or there is none yet.
            std::thread::sleep(Duration::from_millis(5));
            continue;
        };
        std::thread::sleep(Duration::from_micros(pace * len as u64));
        let mut output = output.lock().unwrap();
        output.bytes.extend_from_slice(&buffer[..len]);
        output.screen.process(&buffer[..len]);
    }
}

fn stat(pid: Pid) -> Option<Vec<String>> {
    let text = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).ok()?;
    let (_, rest) = text.rsplit_once(')')?;
    Some(rest.split_whitespace().map(str::to_owned).collect())
}

fn is_zombie(pid: Pid) -> bool {
    stat(pid).is_none_or(|fields| fields[0] == "Z")
}

/// Is it stopped?
pub fn is_stopped(pid: Pid) -> bool {
    stat(pid).is_some_and(|fields| fields[0] == "T")
}

/// User and system time so far, in ticks of 10 ms.
pub fn cpu_time(pid: Pid) -> Option<Duration> {
    let fields = stat(pid)?;
    let ticks = fields[11].parse::<u64>().ok()? + fields[12].parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}

/// How often it slept and was woken, all threads together.
pub fn wake_ups(pid: Pid) -> u64 {
    let tasks = std::fs::read_dir(format!("/proc/{}/task", pid.as_raw_nonzero())).unwrap();
    let of_task = |path: PathBuf| {
        let text = std::fs::read_to_string(path.join("status")).unwrap_or_default();
        let line = text
            .lines()
            .find_map(|l| l.strip_prefix("voluntary_ctxt_switches:"));
        line.and_then(|n| n.trim().parse::<u64>().ok()).unwrap_or(0)
    };
    tasks.map(|task| of_task(task.unwrap().path())).sum()
}

/// Waits until a process that is not ours is gone, or dead and not yet waited for.
#[track_caller]
pub fn wait_gone(pid: Pid) -> Duration {
    let start = Instant::now();
    while !is_zombie(pid) {
        assert!(start.elapsed() < PATIENCE, "{pid:?} does not end");
        std::thread::sleep(Duration::from_millis(2));
    }
    start.elapsed()
}

/// Does it run?
pub fn is_alive(pid: Pid) -> bool {
    !is_zombie(pid)
}

/// The process that gives the terminal back if this `imr` is killed, once it is there and listens:
/// in a session of its own.
#[track_caller]
pub fn keeper_of(imr: Pid) -> Pid {
    let end = Instant::now() + PATIENCE;
    let is_ready = |pid: &Pid| stat(*pid).is_some_and(|fields| fields[3] == pid_text(*pid));
    loop {
        if let Some(keeper) = child_of(imr).filter(is_ready) {
            return keeper;
        }
        assert!(Instant::now() < end, "no keeper");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn pid_text(pid: Pid) -> String {
    pid.as_raw_nonzero().to_string()
}

/// Writes of the main thread, which writes to the terminal and nowhere else.
pub fn terminal_writes(pid: Pid) -> u64 {
    let path = format!("/proc/{0}/task/{0}/io", pid.as_raw_nonzero());
    let text = std::fs::read_to_string(path).unwrap();
    let line = text.lines().find_map(|l| l.strip_prefix("syscw:")).unwrap();
    line.trim().parse().unwrap()
}

/// Open files and threads.
pub fn files_and_threads(pid: Pid) -> (usize, usize) {
    let count = |what: &str| {
        let path = format!("/proc/{}/{what}", pid.as_raw_nonzero());
        std::fs::read_dir(path).unwrap().count()
    };
    (count("fd"), count("task"))
}

/// Memory in use, KiB.
pub fn memory(pid: Pid) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{}/status", pid.as_raw_nonzero())).unwrap();
    let line = text.lines().find_map(|l| l.strip_prefix("VmRSS:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

/// The pid of the only child of this process.
pub fn child_of(pid: Pid) -> Option<Pid> {
    children_of(pid).into_iter().next()
}

/// The child that runs the program of this name.
pub fn child_called(pid: Pid, name: &str) -> Option<Pid> {
    let comm = |pid: &Pid| format!("/proc/{}/comm", pid.as_raw_nonzero());
    let is_called = |pid: &Pid| std::fs::read_to_string(comm(pid)).is_ok_and(|c| c.trim() == name);
    children_of(pid).into_iter().find(is_called)
}

fn children_of(pid: Pid) -> Vec<Pid> {
    let Ok(tasks) = std::fs::read_dir(format!("/proc/{}/task", pid.as_raw_nonzero())) else {
        return Vec::new();
    };
    // Whichever thread started it.
    let lists =
        tasks.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("children")).ok());
    let pids = lists.collect::<String>();
    let pids = pids.split_whitespace();
    pids.filter_map(|pid| Pid::from_raw(pid.parse().ok()?))
        .collect()
}
