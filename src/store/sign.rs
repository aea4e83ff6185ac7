//! Signing: gate, seal, insert and event in one transaction. The only way to a determination.

use super::at_hand::Hand;
use super::queue_row::{self, Place};
use super::rows::Anchor;
use super::{Store, StoreError, determinations, events, sentence};
use crate::intake::request;
use crate::model::{
    Attestation, CaseFile, CaseId, Change, Content, Incomplete, Reviewer, SealedInfo, Stage,
};
use crate::rules::clock;
use crate::rules::gate::{self, Blocker};
use crate::rules::lint::{self, Context};
use crate::seal::{self, Sealed};
use jiff::Timestamp;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Who signs, for whom, and what is attested with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signing {
    /// The reviewer; the name stays in the store.
    pub reviewer: Reviewer,
    /// The organisation that issues the letter.
    pub organisation: String,
    /// Agreed now.
    pub attested: BTreeSet<Attestation>,
}

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
pub enum SignRefused {
    /// The gate did not open.
    #[error("the case cannot be signed yet: {}", sentences(.0).join(" "))]
    Blocked(Vec<Blocker>),
    /// The gate opened, and yet there is a gap: the two disagree.
    #[error("the case cannot be signed yet: {0}")]
    Incomplete(Incomplete),
    /// What would be sealed is not what was read.
    #[error("the case was changed meanwhile: read it again, then sign")]
    Changed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SignRefused {
    /// Each reason as a sentence.
    pub fn reasons(&self) -> Vec<String> {
        match self {
            Self::Blocked(blockers) => sentences(blockers),
            other => vec![other.to_string()],
        }
    }
}

fn sentences(blockers: &[Blocker]) -> Vec<String> {
    blockers.iter().map(|b| b.message.clone()).collect()
}

impl Store {
    /// Seals the determination of a case, if its content is the one that the reviewer read: asked
    /// inside the transaction, so that nothing can change between the look and the signature. What
    /// it replaces, if anything, follows from the store.
    ///
    /// # Errors
    /// Everything the gate names, another content, or what the disk gives; nothing is signed then.
    pub fn sign_as_read(
        &mut self,
        case: &CaseId,
        signing: &Signing,
        now: Timestamp,
        is_as_read: impl Fn(&Content) -> bool,
    ) -> Result<SealedInfo, SignRefused> {
        self.write_in_hand(|tx, hand| sign(tx, hand, case, signing, now, &is_as_read))
    }
}

fn sign(
    tx: &Connection,
    hand: &mut Hand,
    case: &CaseId,
    signing: &Signing,
    now: Timestamp,
    is_as_read: &dyn Fn(&Content) -> bool,
) -> Result<SealedInfo, SignRefused> {
    let (anchor, mut file) = hand.take(tx, case)?;
    if anchor.is_precedent {
        return Err(StoreError::Precedent(case.clone()).into());
    }
    let content = gated(&file, signing, hand, now)?;
    if !is_as_read(&content) {
        return Err(SignRefused::Changed);
    }
    let last = determinations::last(tx)?;
    let sealed = seal::seal(content, case, now, last.as_deref()).map_err(StoreError::from)?;
    let before = Place::of(&file, hand.limits());
    let seq = tell(tx, &anchor, (&file, before), &sealed, signing, now)?;
    append(tx, seq, &sealed)?;
    let info = determinations::info(&sealed);
    file.stage = Stage::Signed;
    file.sealed.push(info.clone());
    hand.leave(tx, anchor, file)?;
    Ok(info)
}

/// The event of the signature, and the case's new place in the queue; returns the event's number.
/// Nothing else of the case changes.
fn tell(
    tx: &Connection,
    anchor: &Anchor,
    (file, before): (&CaseFile, Place),
    sealed: &Sealed,
    signing: &Signing,
    now: Timestamp,
) -> Result<i64, StoreError> {
    let after = before.at(Stage::Signed);
    let change = Change::Signed {
        hash: sealed.hash().to_owned(),
        replaces: sealed.content().replaces.clone(),
    };
    let mut told = sentence::redacted(&change, false, file);
    let attested: Vec<&str> = signing.attested.iter().map(|a| a.key()).collect();
    told["attested"] = serde_json::json!(attested);
    let interests = &file.case.interests;
    if !interests.parties.is_empty() {
        told["parties"] = serde_json::json!(interests.fingerprint());
    }
    let news = events::News {
        case: &file.case.id,
        kind: sentence::kind(&change),
        change: told,
        rows: queue_row::update(tx, anchor, before, after)?,
    };
    Ok(events::append(tx, news, &signing.reviewer.name, now)?.seq)
}

/// The content, if the one gate lets it through.
fn gated(
    file: &CaseFile,
    signing: &Signing,
    hand: &Hand,
    now: Timestamp,
) -> Result<Content, SignRefused> {
    let day = clock::today(now);
    // Nobody waits for requests to be read that no blocking check asks for.
    let requests = match lint::is_any_raised(hand.limits()) {
        true => request::of_case(&file.case),
        false => Vec::new(),
    };
    let context = Context {
        today: day,
        limits: hand.limits(),
        requests: &requests,
        known: hand.known(),
    };
    let blockers = gate::blockers(file, &signing.reviewer, &signing.attested, &context);
    if !blockers.is_empty() {
        return Err(SignRefused::Blocked(blockers));
    }
    Content::of(file, &signing.reviewer, &signing.organisation, day)
        .map_err(SignRefused::Incomplete)
}

/// Puts it at the end of the chain, and reads the bytes back before anything is committed.
fn append(tx: &Connection, seq: i64, sealed: &Sealed) -> Result<(), StoreError> {
    determinations::append(tx, seq, sealed)?;
    match determinations::is_stored(tx, seq, sealed)? {
        true => Ok(()),
        false => Err(StoreError::Damaged {
            table: "determinations",
            what: "bytes that do not read back as written",
        }),
    }
}
