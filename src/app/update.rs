//! `update`: one event in, the Model changed, wishes out. Pure; time is a parameter.

use super::act::{bulk, criteria, earlier, editing, fields, looking_up, mending, queue, reading};
use super::action::Action;
use super::dialogue::{Dialogue, Purpose};
use super::effect::Effect;
use super::event::Event;
use super::key::{Key, KeyCode};
use super::keymap::{self, Resolved};
use super::lock;
use super::model::{Model, Opening, Overlay, Place};
use super::open_case::OpenCase;
use super::resume;
use super::{beside, conflict, marks, signing, two_texts};
use crate::model::{CaseFile, CaseId, HistoryEntry, Published, SealedInfo, Stage};
use jiff::{SignedDuration, Timestamp};

/// After the first unsaved key the rationale is saved within this time (bound: 1 s).
const AUTOSAVE: SignedDuration = SignedDuration::from_millis(400);
/// After so many unsaved keys it is saved at once (bound: 200).
const AUTOSAVE_KEYS: usize = 150;
/// Keys kept while an answer is awaited; more than anybody types ahead.
const HELD: usize = 4096;

/// The first wishes of a new [`Model`]: the queue.
pub fn start(model: &mut Model) -> Vec<Effect> {
    model.load_queue();
    std::mem::take(&mut model.effects)
}

/// Hears an event, at that instant, and returns what is to be done.
pub fn update(model: &mut Model, event: Event, now: Timestamp) -> Vec<Effect> {
    model.now = now;
    hear(model, event);
    settle(model);
    std::mem::take(&mut model.effects)
}

fn hear(model: &mut Model, event: Event) {
    match event {
        Event::Keys(_) | Event::Paste(_) if model.is_lent || lock::comes_too_late(model) => {}
        Event::Keys(keys) => {
            model.resume.key(model.now);
            two_texts::key(model);
            keys.into_iter().for_each(|key| press(model, key));
        }
        Event::Paste(text) => paste(model, &text),
        Event::Resize { cols, rows } => resize(model, (cols, rows)),
        Event::Elapsed => elapsed(model),
        Event::HangUp => {
            model.flush();
            resume::note(model);
            model.effects.push(Effect::Quit);
        }
        Event::Stopping => super::act::program::suspend(model),
        Event::Resumed => {
            lock::engage(model);
            model.effects.push(Effect::Redraw);
            model.touch();
        }
        Event::Queue { generation, page } => {
            let height = model.queue_height();
            let taken = model.queue.take(generation, page, height);
            model.touch_if(taken);
        }
        Event::NoQueue { generation, reason } => {
            model.queue.give_up(generation);
            failed(model, reason);
        }
        Event::Listed { generation, cases } => bulk::take_list(model, generation, cases),
        Event::Restored {
            generation,
            bookmark,
            page,
            file,
        } => resume::restore(model, generation, &bookmark, page, file.map(|file| *file)),
        Event::Opened(file) => opened(model, *file),
        Event::Saved {
            ticket,
            entry,
            revealed,
        } => saved(model, ticket, entry, revealed),
        Event::SavedAll {
            ticket,
            done,
            refused,
        } => bulk::saved(model, ticket, done, &refused),
        Event::NotSaved { ticket, reason } => not_saved(model, ticket, &reason),
        Event::Conflict { ticket, file } => conflict::hear(model, ticket, *file),
        Event::Sealed { case, info, next } => sealed(model, &case, info, next),
        Event::NotSealed { case, reasons } => not_sealed(model, &case, &reasons),
        Event::Failed(reason) => failed(model, reason),
        answer => shown(model, answer),
    }
}

/// What was asked for to be looked at.
fn shown(model: &mut Model, answer: Event) {
    match answer {
        Event::Edited {
            case,
            item,
            base,
            result,
        } => {
            model.is_lent = false;
            model.lock.touch(model.now);
            editing::take_back(model, &case, (item, &base), result);
        }
        Event::Versions { case, item, all } => earlier::take(model, &case, item, all),
        Event::Left(words) => model.wait_with(words),
        Event::Unlocked(fits) => lock::answered(model, fits),
        Event::Found { generation, hits } => beside::take_hits(model, generation, hits),
        Event::Counted(counted) => super::act::stats::take(model, counted),
        Event::Picked { generation, picks } => looking_up::take(model, generation, picks),
        Event::Around {
            guideline,
            passages,
        } => looking_up::take_around(model, &guideline, passages),
        Event::Criteria { case, item, lists } => {
            let is_here = |o: &OpenCase| *o.id() == case && o.item == item;
            if model.open.as_ref().is_some_and(is_here) && model.overlays.is_empty() {
                criteria::offer(model, item, lists);
            }
        }
        Event::Guidelines(guidelines) => reading::guidelines(model, guidelines),
        Event::Checked(checked) => marks::take(model, *checked),
        Event::Suggested { word, words } => mending::offer(model, &word, &words),
        _ => {}
    }
}

/// Everything whose time has come.
fn elapsed(model: &mut Model) {
    let is_due = |at: Option<Timestamp>| at.is_some_and(|at| at <= model.now);
    let (saves, notes) = (is_due(model.saves_at()), is_due(model.resume.due()));
    let locks = is_due(model.lock.due());
    let asks = is_due(two_texts::due(model));
    if saves {
        model.flush();
    }
    if notes {
        resume::note(model);
    }
    marks::elapsed(model);
    if asks {
        two_texts::ask(model);
    }
    if locks {
        lock::engage(model);
    }
    let is_prefixed = !model.pending.is_empty();
    model.touch_if(is_prefixed);
}

impl Model {
    /// The instant at which [`Event::Elapsed`] is wanted; `None` where nothing waits.
    pub fn deadline(&self) -> Option<Timestamp> {
        let rests_at = self.queue.preview.due().filter(|_| self.open.is_none());
        let dues = [
            self.saves_at(),
            rests_at,
            self.box_due(),
            self.resume.due(),
            self.lock.due(),
            self.marks.due(),
            two_texts::due(self),
        ];
        dues.into_iter().flatten().min()
    }

    /// When the rationale being typed is saved.
    fn saves_at(&self) -> Option<Timestamp> {
        let open = self.open.as_ref().filter(|o| !self.saves.is_busy(o.id()))?;
        let typed = open.typed?;
        typed.since.checked_add(AUTOSAVE).ok()
    }

    /// Does the action apply now? If not, why not.
    ///
    /// # Errors
    /// A few words on why it does not apply.
    pub fn available(&self, action: Action) -> Result<(), &'static str> {
        (action.spec().available)(self)
    }
}

/// One key: an answer was awaited, or it leads to an action, or it is typed.
fn press(model: &mut Model, key: Key) {
    if model.is_lent {
        return;
    }
    if model.is_waiting() && !model.lock.is_locked() {
        return wait(model, key);
    }
    let read = model.messages.key_pressed();
    model.touch_if(read);
    let was_pending = !model.pending.is_empty();
    model.pending.push(key);
    match model.keymap.resolve(model.contexts(), &model.pending) {
        Resolved::Prefix => {
            model.pending_since = Some(model.now);
            model.touch();
        }
        Resolved::Action(action) => {
            model.pending.clear();
            model.touch_if(was_pending);
            perform(model, action);
        }
        Resolved::Unbound => {
            let keys = std::mem::take(&mut model.pending);
            model.touch_if(was_pending);
            match (was_pending, split_alt(key)) {
                // Esc ends the sequence and nothing else.
                (true, _) if key.code == KeyCode::Esc => {}
                // Of a tab that is not open: that is said, and nothing else is done.
                (true, _) if is_of_another_tab(model, &keys) => {}
                // The sequence led nowhere; the last key starts anew.
                (true, _) => press(model, key),
                (false, Some(bare)) => [Key::plain(KeyCode::Esc), bare]
                    .into_iter()
                    .for_each(|key| press(model, key)),
                (false, None) => typed(model, key),
            }
        }
    }
}

/// On a slow line Esc and the letter after it come in one piece and read as that letter with Alt:
/// where that means nothing they are taken for the two keys they were.
fn split_alt(key: Key) -> Option<Key> {
    let is_letter = matches!(key.code, KeyCode::Char(_));
    (key.alt && is_letter).then_some(Key { alt: false, ..key })
}

/// Keys typed ahead of an answer are kept, so that a slow line or disk changes nothing. `Ctrl-c`
/// stops waiting.
fn wait(model: &mut Model, key: Key) {
    if key
        == (Key {
            ctrl: true,
            ..Key::char('c')
        })
    {
        stop_opening(model);
        model.deferred = None;
        model.held.clear();
        return model.notice("Stopped waiting.");
    }
    let keeps = model.opening.as_ref().is_none_or(|o| o.keeps_keys);
    if keeps && model.held.len() < HELD {
        model.held.push(key);
    }
}

/// Does an action, or says why not.
pub(super) fn perform(model: &mut Model, action: Action) {
    let spec = action.spec();
    match (spec.available)(model) {
        Ok(()) => (spec.run)(model),
        Err(reason) => model.notice(format!("{}: {reason}.", spec.words())),
    }
    // A number counts for the key behind it and for no other.
    let was_counted = model.queue.count.take().is_some();
    model.touch_if(was_counted);
}

fn typed(model: &mut Model, key: Key) {
    let Some(c) = key.typed() else {
        return;
    };
    let text = c.to_string();
    match model.place() {
        Place::Editor => editing::insert(model, &text),
        Place::Locked => lock::typed(model, &text),
        Place::Filter
        | Place::Picker
        | Place::Palette
        | Place::Question
        | Place::Find
        | Place::Excerpts => {
            fields::insert(model, &text);
        }
        Place::Menu => queue::pick_numbered(model, c),
        Place::Queue if queue::digit(model, c) => {}
        Place::Queue | Place::Tab(_) => {
            is_of_another_tab(model, &[key]);
        }
        _ => {}
    }
}

/// Says on which tab of a case these keys mean something, where they do and none of it is open.
fn is_of_another_tab(model: &mut Model, keys: &[Key]) -> bool {
    let is_reading = matches!(model.place(), Place::Queue | Place::Tab(_));
    let Some(tab) = model.keymap.elsewhere(keys).filter(|_| is_reading) else {
        return false;
    };
    let said = keymap::words(keys);
    model.notice(format!(
        "{said} works on the {} tab of a case.",
        tab.title()
    ));
    true
}

fn paste(model: &mut Model, text: &str) {
    match model.place() {
        Place::Editor => editing::insert(model, text),
        Place::Locked => lock::typed(model, text),
        Place::Filter
        | Place::Picker
        | Place::Palette
        | Place::Question
        | Place::Find
        | Place::Excerpts => {
            let cut: String = text.chars().take(4096).collect();
            fields::insert(model, &cut);
        }
        _ => model.notice("Pasted text goes into text fields only; nothing was done with it."),
    }
}

fn resize(model: &mut Model, size: (u16, u16)) {
    model.set_size(size);
    let height = model.queue_height();
    let (row, total) = (model.queue.list.selected, model.queue.page.total);
    model.queue.list.select(row, total, height);
    super::act::moving::settle(model);
}

/// After every event: wishes that follow from where things stand now.
fn settle(model: &mut Model) {
    let is_full = |open: &&OpenCase| open.typed.is_some_and(|t| t.keys >= AUTOSAVE_KEYS);
    let full = model.open.as_ref().filter(is_full);
    if full.is_some_and(|open| !model.saves.is_busy(open.id())) {
        model.flush();
    }
    if model.open.is_none() && model.queue.wants_more() {
        model.queue.hold_selection();
        model.load_queue();
    }
    go_on(model);
    if model.open.is_none() {
        let follows = model.queue.follow(model.now);
        model.touch_if(follows);
    }
    beside::follow(model);
    marks::follow(model);
}

/// What was deferred is done once its answer is here, and the keys typed since follow.
fn go_on(model: &mut Model) {
    if model.lock.is_locked() {
        return;
    }
    let picks = model.picker().is_some_and(|p| p.is_stale());
    let lists = model.open.is_none() && model.queue.is_stale();
    // To mark all is done by the list that was asked for.
    let checks = model.marks.is_awaited();
    let is_next = |action: &Action| {
        let waits = checks && *action == Action::Sign;
        !picks && !lists && !waits && *action != Action::MarkAll
    };
    if let Some(action) = model.deferred.filter(is_next) {
        model.deferred = None;
        perform(model, action);
    }
    if model.is_waiting() || model.held.is_empty() {
        return;
    }
    let mut held = std::mem::take(&mut model.held).into_iter();
    while let Some(key) = held.next() {
        press(model, key);
        if model.is_waiting() {
            model.held.extend(held);
            return;
        }
    }
}

/// The case asked for is not waited for any more.
fn stop_opening(model: &mut Model) {
    if let Some(opening) = model.opening.take() {
        close_ahead(model, &opening.case);
    }
}

/// What was read ahead of the key is shown until the case comes, and is never worked on.
fn close_ahead(model: &mut Model, case: &CaseId) -> Option<OpenCase> {
    model.open.take_if(|open| open.id() == case)
}

/// Is the open case in every word the one that was shown ahead?
fn is_shown(model: &Model, ahead: Option<&OpenCase>) -> bool {
    let both = model.open.as_ref().zip(ahead);
    both.is_some_and(|(open, ahead)| open.file == ahead.file && open.unsaved().is_empty())
}

fn opened(model: &mut Model, file: CaseFile) {
    let id = file.case.id.clone();
    if model.beside.awaits(&id) {
        model.beside.came();
    }
    let is_awaited = model.opening.as_ref().is_some_and(|o| o.case == id);
    let ahead = is_awaited.then(|| close_ahead(model, &id)).flatten();
    if model.open.as_ref().is_none_or(|open| *open.id() != id) {
        if !is_awaited {
            return beside::take_case(model, file);
        }
        model.flush();
        model.open = None;
        model.overlays.clear();
    }
    if conflict::take_over(model, file) {
        model.notice(conflict::BOTH_ARE_KEPT);
        model.flush();
    }
    if is_awaited {
        model.opening = None;
    }
    beside::keep_queue(model);
    super::act::moving::settle(model);
    let is_news = !is_shown(model, ahead.as_ref());
    model.touch_if(is_news);
}

fn saved(
    model: &mut Model,
    ticket: u64,
    entry: HistoryEntry,
    revealed: Option<(usize, Published)>,
) {
    let Some(case) = model.saves.finish(ticket, &entry) else {
        return;
    };
    if model.open.is_none() {
        model.queue.hold_selection();
        model.load_queue();
    }
    let Some(open) = model.open.as_mut().filter(|o| *o.id() == case) else {
        return;
    };
    open.file.history.push(entry);
    let revealed_at = revealed.as_ref().map(|(item, _)| *item);
    if let Some((item, published)) = revealed
        && let Some(item) = open.file.case.items.get_mut(item)
    {
        item.published = Some(published);
    }
    let said = revealed_at.and_then(|item| told_of(open, item));
    beside::keep_queue(model);
    if let Some(said) = said {
        model.notice(said);
    }
    model.touch();
}

/// What was decided, and what the published letter says.
fn told_of(open: &OpenCase, item: usize) -> Option<String> {
    let draft = open.file.draft.items.get(item)?;
    let own = draft.decision?;
    let published = open.file.case.items.get(item)?.published.as_ref()?;
    let (decision, verdict) = (published.decision, published.verdict(draft));
    let item = item + 1;
    Some(format!(
        "Item {item}: {}; published: {}{verdict}.",
        own.short(),
        decision.short()
    ))
}

pub(super) fn not_saved(model: &mut Model, ticket: u64, reason: &str) {
    let case = model.saves.refuse(ticket);
    model.queue.under_way.remove(&ticket);
    match case
        .as_ref()
        .is_some_and(|case| signing::put_away(model, case))
    {
        true => model.problem(format!("Not saved: {reason} {}", conflict::LOOK_AGAIN)),
        false => model.problem(format!("Not saved: {reason}")),
    }
    if let Some(case) = case {
        model.effects.push(Effect::OpenCase(case));
    }
}

fn sealed(model: &mut Model, case: &CaseId, info: SealedInfo, next: Option<CaseId>) {
    model
        .overlays
        .retain(|o| !matches!(o, Overlay::Dialogue(d) if d.purpose == Purpose::Sign));
    model.asides.forget(case);
    let next_is = match &next {
        Some(next) => format!("next is {next}"),
        None => "no open case is left".to_owned(),
    };
    model.notice(format!("{case} is signed; {next_is}."));
    let Some(open) = model.open.as_mut().filter(|o| o.id() == case) else {
        return;
    };
    open.file.stage = Stage::Signed;
    open.file.sealed.push(info);
    match next {
        Some(next) => {
            model.effects.push(Effect::OpenCase(next.clone()));
            model.opening = Some(Opening {
                case: next,
                keeps_keys: false,
            });
        }
        None => {
            model.open = None;
            model.overlays.clear();
            model.load_queue();
        }
    }
}

fn not_sealed(model: &mut Model, case: &CaseId, reasons: &[String]) {
    let reason = reasons.join(" ");
    let is_open = model.open.as_ref().is_some_and(|open| open.id() == case);
    let awaits = |d: &&mut Dialogue| is_open && d.purpose == Purpose::Sign && d.is_sent;
    if let Some(dialogue) = model.dialogue_mut().filter(awaits) {
        dialogue.is_sent = false;
        dialogue.problem = Some(reason.clone());
    }
    model.problem(format!("{case} was not signed: {reason}"));
    model.effects.push(Effect::OpenCase(case.clone()));
}

fn failed(model: &mut Model, reason: String) {
    model.beside.came();
    marks::give_up(model);
    stop_opening(model);
    model.deferred = None;
    model.held.clear();
    model.problem(reason);
}
