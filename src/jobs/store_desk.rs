//! The desk over the store: every effect that reads or writes it.

use super::Jobs;
use super::checks;
use super::desk::{Desk, refusal};
use crate::app::marks::Checking;
use crate::app::{Effect, Event};
use crate::library;
use crate::model::lint;
use crate::model::{
    Attestation, Bookmark, CaseId, Change, Content, KnownGuidelines, Limits, PickAsk, QueueQuery,
    Reviewer, Trail,
};
use crate::prose::{Dictionary, suggest};
use crate::rules::{self, stats};
use crate::search::engine::Cancel;
use crate::settings::passphrase;
use crate::store::{Signing, Store, StoreError};
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::error::Error;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// No queue is so long that a window of it starts behind this row.
const FARTHEST: usize = 100_000_000;

/// Words suggested for an unknown one: as many as are worth a look.
const SUGGESTED: usize = 6;

/// Who performs effects, on which store.
#[derive(Clone)]
pub struct Performer {
    /// The store, which exists.
    pub store: PathBuf,
    /// The name in the event log.
    pub who: String,
    /// Who signs: the credentials go into the determination, the name does not.
    pub reviewer: Reviewer,
    /// Fills the opening of a determination.
    pub organisation: String,
    /// What due dates are counted by.
    pub limits: Limits,
    /// The file of the reviewer's own words; `None` where there is no place for one.
    pub words: Option<PathBuf>,
    /// What the changes are dated by.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

impl Jobs {
    /// Starts the threads over the store; `wake` is called after each answer.
    ///
    /// # Errors
    /// The system starts no more threads. A store that does not open is an answer to each effect.
    pub fn start(
        performer: Performer,
        wake: impl Fn() + Send + Clone + 'static,
    ) -> io::Result<Self> {
        let make = move || StoreDesk {
            performer: performer.clone(),
            store: None,
            lists: library::Lists::default(),
            cancel: Cancel::default(),
            dictionary: None,
        };
        Self::over(make, wake)
    }
}

/// Opens the store for its first effect, and tries again for the next one if that fails.
struct StoreDesk {
    performer: Performer,
    store: Option<Store>,
    /// In memory once something is searched; the threads that search nothing have none.
    lists: library::Lists,
    /// What calls the effect off that is being done.
    cancel: Cancel,
    /// Read for the first check.
    dictionary: Option<Dictionary>,
}

/// Of the store or the library: only its sentence matters here.
type Answer = Result<Event, Box<dyn Error>>;

impl Desk for StoreDesk {
    fn perform(&mut self, effect: &Effect) -> Option<Event> {
        let answer = match effect {
            Effect::LoadQueue { generation, query } => self.queue(*generation, query),
            Effect::ListCases { generation, query } => self.list(*generation, query),
            Effect::SaveAll { ticket, changes } => self.save_all(*ticket, changes),
            Effect::Resume { generation, query } => self.resume(*generation, query),
            Effect::Note(bookmark) => {
                self.note(bookmark);
                return None;
            }
            Effect::OpenCase(case) => self.open(case),
            Effect::LoadVersions { case, item } => self.versions(case, *item),
            Effect::Search {
                generation,
                query,
                context,
                limit,
            } => self
                .search(*generation, query, context, *limit)
                .transpose()?,
            Effect::Pick { generation, ask } => self.pick(*generation, ask).transpose()?,
            Effect::ReadAround { guideline, number } => self.read_around(guideline, *number),
            Effect::Criteria {
                case,
                item,
                request,
                limit,
            } => self.criteria(case, *item, request, *limit),
            Effect::Guidelines => self.guidelines(),
            Effect::Save {
                ticket,
                case,
                change,
                expected,
                trail,
            } => self.save(*ticket, case, (change, trail.as_deref()), *expected),
            Effect::Seal {
                case,
                attested,
                shown,
                answers,
            } => self.seal(case, attested, shown, answers),
            Effect::Check(checking) => self.check(checking),
            Effect::Suggest(word) => self.suggest(word),
            Effect::Learn(word) => return self.learn(word).err().map(Event::Failed),
            Effect::CountStats => self.count(),
            Effect::Unlock { hash, secret } => {
                let fits = passphrase::fits(hash, secret);
                self.note_access(fits);
                Ok(Event::Unlocked(fits))
            }
            Effect::Suspend
            | Effect::Redraw
            | Effect::Quit
            | Effect::Clip(_)
            | Effect::Discard(_)
            | Effect::EditOutside { .. } => return None,
        };
        Some(answer.unwrap_or_else(|error| refusal(effect, sentence(&error.to_string()))))
    }

    fn perform_unless(&mut self, effect: &Effect, cancel: &Cancel) -> Option<Event> {
        self.cancel = cancel.clone();
        self.perform(effect)
    }

    /// The next filter finds the queue in memory.
    fn rest(&mut self) {
        let now = self.now();
        // Nobody waits for this; what is wrong is told to who asks.
        let _ = self.store().and_then(|store| store.read_queue_ahead(now));
    }
}

impl StoreDesk {
    fn store(&mut self) -> Result<&mut Store, StoreError> {
        let store = match self.store.take() {
            Some(store) => store,
            None => Store::open(&self.performer.store)?.under(&self.performer.limits)?,
        };
        Ok(self.store.insert(store))
    }

    fn now(&self) -> Timestamp {
        (self.performer.clock)()
    }

    fn queue(&mut self, generation: u64, query: &QueueQuery) -> Answer {
        let now = self.now();
        let page = self.store()?.queue(query, now)?;
        Ok(Event::Queue { generation, page })
    }

    fn list(&mut self, generation: u64, query: &QueueQuery) -> Answer {
        let now = self.now();
        let (cases, _) = self.store()?.queue_ids(query, now)?;
        Ok(Event::Listed { generation, cases })
    }

    fn count(&mut self) -> Answer {
        let now = self.now();
        let items = self.store()?.reviewed()?;
        Ok(Event::Counted(Box::new(stats::of(items, now))))
    }

    fn save_all(&mut self, ticket: u64, changes: &[(CaseId, Change)]) -> Answer {
        let (who, now) = (self.performer.who.clone(), self.now());
        let bulk = self.store()?.apply_all(changes, &who, now)?;
        let done = bulk.done.into_iter();
        Ok(Event::SavedAll {
            ticket,
            done: done.map(|done| (done.entry.case, done.inverse)).collect(),
            refused: bulk.refused,
        })
    }

    /// A bookmark that cannot be read, or that leads nowhere, is none.
    fn resume(&mut self, generation: u64, query: &QueueQuery) -> Answer {
        let (who, now) = (self.performer.who.clone(), self.now());
        let store = self.store()?;
        let Some(mut bookmark) = store.bookmark(&who).unwrap_or_default().map(Box::new) else {
            return self.queue(generation, query);
        };
        bookmark.query.len = query.len;
        bookmark.query.start = bookmark.query.start.min(FARTHEST);
        // A filter that another version wrote, or a damaged line: the place is lost, the queue is not.
        let Ok(page) = store.queue(&bookmark.query, now) else {
            return self.queue(generation, query);
        };
        let case = bookmark.case.as_ref();
        let file = case.and_then(|case| store.case(case).unwrap_or_default());
        Ok(Event::Restored {
            generation,
            bookmark,
            page,
            file: file.map(Box::new),
        })
    }

    /// Not worth a word to the user if it fails: the next one follows with the next rest.
    fn note(&mut self, bookmark: &Bookmark) {
        let who = self.performer.who.clone();
        let _ = self
            .store()
            .and_then(|store| store.set_bookmark(&who, bookmark));
    }

    /// A store that is busy keeps nobody out of it.
    fn note_access(&mut self, is_granted: bool) {
        let (who, now) = (self.performer.who.clone(), self.now());
        let store = self.store();
        let _ = store.and_then(|store| store.note_access(&who, is_granted, now));
    }

    fn open(&mut self, case: &CaseId) -> Answer {
        let file = self.store()?.case(case)?;
        let file = file.ok_or_else(|| StoreError::NoCase(case.clone()))?;
        Ok(Event::Opened(Box::new(file)))
    }

    /// `None` where a newer query has called it off.
    fn search(
        &mut self,
        generation: u64,
        query: &str,
        context: &str,
        limit: usize,
    ) -> Result<Option<Event>, Box<dyn Error>> {
        let (mut lists, cancel) = (std::mem::take(&mut self.lists), self.cancel.clone());
        let hits = self.store().map_err(Into::into).and_then(|store| {
            library::search_with(&mut lists, store, query, context, limit, &cancel)
        });
        self.lists = lists;
        Ok(hits?.map(|hits| Event::Found { generation, hits }))
    }

    /// `None` where a newer one has called it off.
    fn pick(&mut self, generation: u64, ask: &PickAsk) -> Result<Option<Event>, Box<dyn Error>> {
        let (mut lists, cancel) = (std::mem::take(&mut self.lists), self.cancel.clone());
        let picks = self.store().map_err(Into::into).and_then(|store| {
            let stacks = library::Stacks {
                store,
                lists: &mut lists,
                cancel: &cancel,
            };
            library::pick(stacks, ask)
        });
        self.lists = lists;
        Ok(picks?.map(|picks| Event::Picked { generation, picks }))
    }

    fn read_around(&mut self, guideline: &str, number: u32) -> Answer {
        let passages = library::read_around(self.store()?, guideline, number)?;
        let guideline = guideline.to_owned();
        Ok(Event::Around {
            guideline,
            passages,
        })
    }

    fn criteria(&mut self, case: &CaseId, item: usize, request: &str, limit: usize) -> Answer {
        let lists = library::criteria_for(self.store()?, request, limit)?;
        let case = case.clone();
        Ok(Event::Criteria { case, item, lists })
    }

    fn guidelines(&mut self) -> Answer {
        Ok(Event::Guidelines(library::guidelines(self.store()?)?))
    }

    fn save(
        &mut self,
        ticket: u64,
        case: &CaseId,
        (change, trail): (&Change, Option<&Trail>),
        expected: Option<i64>,
    ) -> Answer {
        let (who, now) = (self.performer.who.clone(), self.now());
        let store = self.store()?;
        match store.apply_with_trail(case, change, trail, expected, &who, now) {
            Ok(applied) => Ok(Event::Saved {
                ticket,
                entry: applied.entry,
                revealed: applied.revealed,
            }),
            Err(StoreError::ChangedElsewhere { .. }) => self.conflict(ticket, case),
            Err(other) => Err(other.into()),
        }
    }

    /// The case as another session left it: who was refused needs it to go on.
    fn versions(&mut self, case: &CaseId, item: usize) -> Answer {
        let all = self.store()?.versions(case, item)?;
        let case = case.clone();
        Ok(Event::Versions { case, item, all })
    }

    fn conflict(&mut self, ticket: u64, case: &CaseId) -> Answer {
        let file = self.store()?.case(case)?;
        let file = Box::new(file.ok_or_else(|| StoreError::NoCase(case.clone()))?);
        Ok(Event::Conflict { ticket, file })
    }

    /// The day of signing is the store's: what was shown before midnight is signed after it.
    /// Reasons given with it are kept first: nothing is sealed that has a warning unanswered
    /// because its reason was lost.
    fn seal(
        &mut self,
        case: &CaseId,
        attested: &BTreeSet<Attestation>,
        shown: &Content,
        answers: &[lint::Answer],
    ) -> Answer {
        for answer in answers {
            let answer = answer.clone();
            let (who, now) = (self.performer.who.clone(), self.now());
            let change = Change::LintAnswered { answer };
            self.store()?.apply(case, &change, &who, now)?;
        }
        let signing = Signing {
            reviewer: self.performer.reviewer.clone(),
            organisation: self.performer.organisation.clone(),
            attested: attested.clone(),
        };
        let now = self.now();
        self.tell_what_is_known(case)?;
        let store = self.store()?;
        let is_as_shown = |content: &Content| content.says_the_same(shown);
        Ok(match store.sign_as_read(case, &signing, now, is_as_shown) {
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

/// Checks and words.
impl StoreDesk {
    /// The store's gate asks the library only where rules.toml has made a check blocking.
    fn tell_what_is_known(&mut self, case: &CaseId) -> Result<(), Box<dyn Error>> {
        if !rules::lint::is_any_raised(&self.performer.limits) {
            return Ok(());
        }
        let store = self.store()?;
        if let Some(file) = store.case(case)? {
            let known = library::cited(Some(store), &file)?;
            store.set_known(Arc::new(known));
        }
        Ok(())
    }

    fn dictionary(&mut self) -> Result<&mut Dictionary, Box<dyn Error>> {
        if self.dictionary.is_none() {
            let read = |path: &PathBuf| {
                let told = |error| format!("your own words ({}): {error}", path.display());
                checks::dictionary(path).map_err(told)
            };
            let own = self.performer.words.as_ref().map(read).transpose()?;
            self.dictionary = Some(own.unwrap_or_default());
        }
        self.dictionary
            .as_mut()
            .ok_or_else(|| "no dictionary".into())
    }

    fn check(&mut self, checking: &Checking) -> Answer {
        let (reviewer, now) = (self.performer.reviewer.clone(), self.now());
        let limits = self.performer.limits.clone();
        let known = library::cited(Some(self.store()?), &checking.file)?;
        let by: (_, &dyn KnownGuidelines) = (&limits, &known);
        let checked = checks::run(checking, &reviewer, by, now, self.dictionary()?);
        Ok(Event::Checked(Box::new(checked)))
    }

    fn suggest(&mut self, word: &str) -> Answer {
        let words = suggest::suggest(self.dictionary()?, word, SUGGESTED);
        Ok(Event::Suggested {
            word: word.to_owned(),
            words,
        })
    }

    /// In memory it counts at once; what cannot be kept is said.
    fn learn(&mut self, word: &str) -> Result<(), String> {
        let path = self.performer.words.clone();
        let dictionary = self.dictionary().map_err(|e| sentence(&e.to_string()))?;
        if !dictionary.learn(word) {
            return Ok(());
        }
        let path = path.ok_or("There is no config folder to keep the word in.")?;
        checks::keep_word(&path, word)
            .map_err(|error| format!("The word was not kept in {}: {error}.", path.display()))
    }
}

/// With a capital, as it will stand alone on the screen.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Kind;

    fn desk(store: PathBuf) -> StoreDesk {
        let performer = Performer {
            store,
            who: String::new(),
            reviewer: Reviewer::default(),
            organisation: String::new(),
            limits: Default::default(),
            words: None,
            clock: Arc::new(|| Timestamp::UNIX_EPOCH),
        };
        StoreDesk {
            performer,
            store: None,
            lists: library::Lists::default(),
            cancel: Cancel::default(),
            dictionary: None,
        }
    }

    fn load(generation: u64) -> Effect {
        Effect::LoadQueue {
            generation,
            query: QueueQuery::default(),
        }
    }

    #[test]
    fn a_store_that_does_not_open_is_an_answer_and_is_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("imr.db");
        let mut desk = desk(path.clone());
        let answer = desk.perform(&load(1));
        assert!(
            matches!(answer, Some(Event::NoQueue { generation: 1, reason })
            if reason.starts_with("There is no store"))
        );
        Store::create(&path, Kind::Test).unwrap();
        let answer = desk.perform(&load(2));
        assert!(matches!(answer, Some(Event::Queue { generation: 2, page }) if page.total == 0));
    }

    #[test]
    fn refusals_name_what_was_asked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("imr.db");
        Store::create(&path, Kind::Test).unwrap();
        let mut desk = desk(path);
        let case = CaseId::typed("CM14-0012345");
        let answer = desk.perform(&Effect::OpenCase(case.clone()));
        assert!(matches!(answer, Some(Event::Failed(why)) if why.contains(case.as_str())));
        let answer = desk.perform(&Effect::Save {
            ticket: 7,
            case: case.clone(),
            change: Change::Undecided { item: 0 },
            expected: None,
            trail: None,
        });
        assert!(matches!(answer, Some(Event::NotSaved { ticket: 7, .. })));
        let attested = BTreeSet::new();
        let answer = desk.perform(&Effect::Seal {
            case,
            attested,
            shown: Box::default(),
            answers: Vec::new(),
        });
        assert!(matches!(answer, Some(Event::NotSealed { reasons, .. }) if reasons.len() == 1));
        assert!(desk.perform(&Effect::Quit).is_none());
    }
}
