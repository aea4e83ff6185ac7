//! The desk over the store: every effect that reads or writes it.

use super::desk::{Desk, refusal};
use super::Jobs;
use crate::app::{Effect, Event};
use crate::library;
use crate::model::{CaseId, Reviewer};
use crate::store::{Signing, Store, StoreError};
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Whose desk it is.
#[derive(Clone)]
pub struct Setup {
    /// The store, which exists.
    pub store: PathBuf,
    /// Who works: the name in the event log, the credentials in the determination.
    pub reviewer: Reviewer,
    /// Fills the opening of a determination.
    pub organisation: String,
    /// What the changes are dated by.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

impl Jobs {
    /// Starts the threads over the store; `wake` is called after each answer.
    ///
    /// # Errors
    /// The system starts no more threads. A store that does not open is an answer to each effect.
    pub fn start(setup: Setup, wake: impl Fn() + Send + Clone + 'static) -> io::Result<Self> {
        let make = move || StoreDesk {
            setup: setup.clone(),
            store: None,
        };
        Self::over(make, wake)
    }
}

/// Opens the store for its first effect, and tries again for the next one if that fails.
struct StoreDesk {
    setup: Setup,
    store: Option<Store>,
}

impl Desk for StoreDesk {
    fn perform(&mut self, effect: &Effect) -> Option<Event> {
        let now = (self.setup.clock)();
        let answer = match effect {
            Effect::LoadQueue { generation, query } => self.store().and_then(|store| {
                let page = store.queue(query, now)?;
                Ok(Event::Queue {
                    generation: *generation,
                    page,
                })
            }),
            Effect::OpenCase(case) => self.open_case(case),
            Effect::Search {
                generation,
                query,
                context,
                limit,
            } => return Some(self.search(*generation, query, context, *limit)),
            Effect::Save {
                ticket,
                case,
                change,
            } => {
                let who = self.setup.reviewer.name.clone();
                self.store().and_then(|store| {
                    let applied = store.apply(case, change, &who, now)?;
                    Ok(Event::Saved {
                        ticket: *ticket,
                        entry: applied.entry,
                        revealed: applied.revealed,
                    })
                })
            }
            Effect::Seal { case, attested } => {
                let signing = Signing {
                    reviewer: self.setup.reviewer.clone(),
                    organisation: self.setup.organisation.clone(),
                    attested: attested.clone(),
                };
                self.seal(case, &signing, now)
            }
            Effect::Suspend | Effect::Redraw | Effect::Quit => return None,
        };
        Some(answer.unwrap_or_else(|error| refusal(effect, sentence(&error.to_string()))))
    }
}

impl StoreDesk {
    fn store(&mut self) -> Result<&mut Store, StoreError> {
        let store = match self.store.take() {
            Some(store) => store,
            None => Store::open(&self.setup.store)?,
        };
        Ok(self.store.insert(store))
    }

    fn open_case(&mut self, case: &CaseId) -> Result<Event, StoreError> {
        let file = self.store()?.case(case)?;
        let file = file.ok_or_else(|| StoreError::NoCase(case.clone()))?;
        Ok(Event::Opened(Box::new(file)))
    }

    fn search(&mut self, generation: u64, query: &str, context: &str, limit: usize) -> Event {
        let store = match self.store() {
            Ok(store) => store,
            Err(error) => return Event::Failed(sentence(&error.to_string())),
        };
        match library::search(store, query, context, limit) {
            Ok(hits) => Event::Found { generation, hits },
            Err(error) => Event::Failed(sentence(&error.to_string())),
        }
    }

    fn seal(
        &mut self,
        case: &CaseId,
        signing: &Signing,
        now: Timestamp,
    ) -> Result<Event, StoreError> {
        let store = self.store()?;
        Ok(match store.sign(case, signing, now) {
            Ok(info) => Event::Sealed {
                case: case.clone(),
                info,
                // Sealed is sealed: not knowing what comes next is no failure of it.
                next: store.next_open(case, now).unwrap_or_default(),
            },
            Err(refused) => Event::NotSealed {
                case: case.clone(),
                reasons: refused.reasons().iter().map(|why| sentence(why)).collect(),
            },
        })
    }
}

/// With a capital, as it will stand alone on the screen.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}
