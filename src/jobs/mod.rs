//! Rank 4: performs Effects on worker threads: search and queue (newest wins), disk (first in,
//! first out).
//!
//! Each thread has its own desk and with it its own connection to the store. A desk that fails is
//! thrown away and set up anew for the next job; its failure is an answer like any other.

mod desk;
mod inbox;
mod store_desk;

pub use desk::Desk;
pub use store_desk::Performer;

use crate::app::{Effect, Event};
use desk::refusal;
use inbox::Inbox;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// After so long without work a desk may make ready what comes next. Who has just started moves
/// about in the first window: nothing may take the processor from those keys.
const REST: Duration = Duration::from_secs(1);

/// The threads and what they answer.
#[derive(Debug)]
pub struct Jobs {
    disk: Arc<Inbox>,
    queue: Arc<Inbox>,
    search: Arc<Inbox>,
    answers: Receiver<Event>,
}

impl Jobs {
    /// Starts the threads over desks made by `make`, one for each thread, and a new one after a
    /// fault; `wake` is called after each answer.
    ///
    /// # Errors
    /// The system starts no more threads.
    pub fn over<D: Desk>(
        make: impl Fn() -> D + Send + Clone + 'static,
        wake: impl Fn() + Send + Clone + 'static,
    ) -> io::Result<Self> {
        let (sender, answers) = channel();
        let begin = |name: &str, rests| {
            let (make, sender, wake) = (make.clone(), sender.clone(), wake.clone());
            start(name, rests, make, sender, wake)
        };
        let disk = begin("disk", false)?;
        let queue = begin("queue", true)?;
        let search = begin("search", false)?;
        Ok(Self {
            disk,
            queue,
            search,
            answers,
        })
    }

    /// Takes an effect on; returns at once. What is the terminal's own to do is left to it.
    pub fn perform(&self, effect: Effect) {
        match effect {
            _ if effect.is_terminals() => {}
            Effect::Search { .. } | Effect::Unlock { .. } | Effect::CountStats => {
                self.search.push(effect);
            }
            // The thread that reads windows has the queue in memory where a filter needs it.
            Effect::LoadQueue { .. } | Effect::ListCases { .. } | Effect::Resume { .. } => {
                self.queue.push(effect);
            }
            _ => self.disk.push(effect),
        }
    }

    /// The next answer that waits, if one does.
    pub fn answer(&self) -> Option<Event> {
        self.answers.try_recv().ok()
    }

    /// Waits until every save and seal taken on is answered, at most this long; were they all?
    pub fn drain(&self, patience: Duration) -> bool {
        self.disk.settle(patience)
    }
}

impl Drop for Jobs {
    /// What waits is still done, unless the process ends first; nobody waits for it here.
    fn drop(&mut self) {
        self.disk.close();
        self.queue.close();
        self.search.close();
    }
}

fn start<D: Desk>(
    name: &str,
    rests: bool,
    make: impl Fn() -> D + Send + 'static,
    answers: Sender<Event>,
    wake: impl Fn() + Send + 'static,
) -> io::Result<Arc<Inbox>> {
    let inbox = Arc::<Inbox>::default();
    let theirs = Arc::clone(&inbox);
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || work(&theirs, rests, make, &answers, wake))?;
    Ok(inbox)
}

fn work<D: Desk>(
    inbox: &Inbox,
    rests: bool,
    make: impl Fn() -> D,
    answers: &Sender<Event>,
    wake: impl Fn(),
) {
    let mut desk = None;
    while let Some(effect) = inbox.take() {
        let answer = perform(&mut desk, &make, &effect);
        if let Some(answer) = answer.filter(|_| !inbox.has_newer(&effect)) {
            // Where nobody listens any more, what waits is done all the same.
            let _ = answers.send(answer);
        }
        inbox.done();
        wake();
        if rests && inbox.is_quiet(REST) {
            rest(&mut desk);
        }
    }
}

/// A desk that fails at what nobody asked for is set up anew when it is needed.
fn rest<D: Desk>(desk: &mut Option<D>) {
    let rested = catch_unwind(AssertUnwindSafe(|| {
        desk.iter_mut().for_each(Desk::rest);
    }));
    if rested.is_err() {
        *desk = None;
    }
}

/// A fault becomes an answer, and the desk goes with whatever it held half-done.
fn perform<D: Desk>(desk: &mut Option<D>, make: impl Fn() -> D, effect: &Effect) -> Option<Event> {
    let work = AssertUnwindSafe(|| desk.get_or_insert_with(make).perform(effect));
    catch_unwind(work).unwrap_or_else(|_| {
        *desk = None;
        let why = "imr failed at this. It is a fault of imr; what was saved before is safe.";
        Some(refusal(effect, why.to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CaseId, Change, QueueQuery};
    use std::sync::Mutex;
    use std::sync::mpsc::Sender;

    /// Answers with what it did, when the gate lets it; fails at ticket 13.
    struct Slow {
        gate: Arc<Mutex<()>>,
        done: Sender<String>,
    }

    impl Desk for Slow {
        fn perform(&mut self, effect: &Effect) -> Option<Event> {
            let name = match effect {
                Effect::Save { ticket: 13, .. } => panic!("planted"),
                Effect::Save { ticket, .. } => format!("save {ticket}"),
                Effect::LoadQueue { generation, .. } => format!("queue {generation}"),
                Effect::Resume { generation, .. } => format!("resume {generation}"),
                Effect::Search { generation, .. } => format!("search {generation}"),
                Effect::OpenCase(case) => format!("open {}", case.as_str()),
                _ => return None,
            };
            self.done.send(name.clone()).unwrap();
            drop(self.gate.lock());
            Some(Event::Failed(name))
        }

        fn rest(&mut self) {
            self.done.send("rest".to_owned()).unwrap();
        }
    }

    struct Bench {
        jobs: Jobs,
        gate: Arc<Mutex<()>>,
        begun: Receiver<String>,
    }

    fn bench() -> Bench {
        let gate = Arc::<Mutex<()>>::default();
        let (done, begun) = channel();
        let theirs = Arc::clone(&gate);
        let make = move || Slow {
            gate: Arc::clone(&theirs),
            done: done.clone(),
        };
        let jobs = Jobs::over(make, || {}).unwrap();
        Bench { jobs, gate, begun }
    }

    fn save(ticket: u64) -> Effect {
        Effect::Save {
            ticket,
            case: CaseId::typed("CM14-0012345"),
            change: Change::Undecided { item: 0 },
            expected: None,
            trail: None,
        }
    }

    fn queue(generation: u64) -> Effect {
        Effect::LoadQueue {
            generation,
            query: QueueQuery::default(),
        }
    }

    fn search(generation: u64) -> Effect {
        Effect::Search {
            generation,
            query: String::new(),
            context: String::new(),
            limit: 1,
        }
    }

    fn answers(jobs: &Jobs, count: usize) -> Vec<String> {
        let answer = |_| match jobs.answers.recv_timeout(Duration::from_secs(10)).unwrap() {
            Event::Failed(name) => name,
            Event::NotSaved { ticket, .. } => format!("not saved {ticket}"),
            other => format!("{other:?}"),
        };
        (0..count).map(answer).collect()
    }

    #[test]
    fn saves_keep_their_order_and_only_the_newest_window_is_read() {
        let bench = bench();
        let shut = bench.gate.lock().unwrap();
        bench.jobs.perform(save(1));
        bench.begun.recv().unwrap();
        bench.jobs.perform(queue(1));
        bench.begun.recv().unwrap();
        for effect in [save(2), queue(2), save(3), queue(3), save(4)] {
            bench.jobs.perform(effect);
        }
        drop(shut);
        let all = answers(&bench.jobs, 5);
        let of = |kind: &str| -> Vec<String> {
            let own = all.iter().filter(|answer| answer.starts_with(kind));
            own.cloned().collect()
        };
        assert_eq!(of("save"), ["save 1", "save 2", "save 3", "save 4"]);
        assert_eq!(of("queue"), ["queue 3"]);
    }

    /// Read on another thread, the queue of a filtered bookmark would be in memory twice.
    #[test]
    fn the_first_window_is_read_by_the_thread_of_all_windows() {
        let bench = bench();
        let shut = bench.gate.lock().unwrap();
        bench.jobs.perform(Effect::Resume {
            generation: 1,
            query: QueueQuery::default(),
        });
        bench.begun.recv().unwrap();
        bench.jobs.perform(save(1));
        assert_eq!(bench.begun.recv().unwrap(), "save 1");
        bench.jobs.perform(queue(2));
        let begun = bench.begun.recv_timeout(Duration::from_millis(100));
        assert!(begun.is_err(), "{begun:?}");
        drop(shut);
        answers(&bench.jobs, 3);
    }

    #[test]
    fn a_stale_search_is_not_answered() {
        let bench = bench();
        let shut = bench.gate.lock().unwrap();
        bench.jobs.perform(search(1));
        bench.begun.recv().unwrap();
        bench.jobs.perform(search(2));
        bench.jobs.perform(search(3));
        drop(shut);
        assert_eq!(answers(&bench.jobs, 1), ["search 3"]);
    }

    #[test]
    fn a_fault_is_an_answer_and_the_next_job_is_done() {
        let bench = bench();
        bench.jobs.perform(save(13));
        bench.jobs.perform(save(14));
        assert_eq!(answers(&bench.jobs, 2), ["not saved 13", "save 14"]);
    }

    #[test]
    fn drain_waits_for_saves_and_for_nothing_else() {
        let bench = bench();
        assert!(bench.jobs.drain(Duration::ZERO));
        let shut = bench.gate.lock().unwrap();
        bench.jobs.perform(queue(1));
        bench.begun.recv().unwrap();
        assert!(bench.jobs.drain(Duration::ZERO));
        bench.jobs.perform(save(1));
        assert!(!bench.jobs.drain(Duration::from_millis(20)));
        drop(shut);
        assert!(bench.jobs.drain(Duration::from_secs(10)));
        let mut all = answers(&bench.jobs, 2);
        all.sort();
        assert_eq!(all, ["queue 1", "save 1"]);
    }

    #[test]
    fn the_queue_makes_ready_what_comes_next_and_nobody_else_does() {
        let bench = bench();
        bench.jobs.perform(save(1));
        bench.jobs.perform(search(1));
        answers(&bench.jobs, 2);
        std::thread::sleep(REST + Duration::from_millis(300));
        let begun: Vec<String> = bench.begun.try_iter().collect();
        assert!(!begun.contains(&"rest".to_owned()), "{begun:?}");
        bench.jobs.perform(queue(1));
        assert_eq!(bench.begun.recv().unwrap(), "queue 1");
        let rested = bench.begun.recv_timeout(Duration::from_secs(10));
        assert_eq!(rested.as_deref(), Ok("rest"));
    }

    #[test]
    fn what_waits_is_done_after_the_end() {
        let bench = bench();
        let shut = bench.gate.lock().unwrap();
        bench.jobs.perform(save(1));
        bench.jobs.perform(save(2));
        drop(bench.jobs);
        drop(shut);
        let begun: Vec<String> = bench.begun.iter().collect();
        assert_eq!(begun, ["save 1", "save 2"]);
    }
}
