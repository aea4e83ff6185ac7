//! The signature being asked for holds for what was shown when it was asked for, and goes when the
//! case no longer reads so: nobody attests to one text and seals another.

use super::dialogue::Dialogue;
use super::model::{Model, Overlay};
use crate::model::{CaseId, Content};

/// Said where the case reads otherwise than it did.
const CHANGED: &str = "The case has changed since you began to sign: look at it, then sign.";

impl Model {
    /// What a signature of the open case would seal now; `None` while something is missing.
    pub(super) fn to_be_signed(&self) -> Option<Content> {
        let file = &self.open.as_ref()?.file;
        Content::of(file, &self.reviewer, &self.organisation, self.today()).ok()
    }
}

/// Puts the signature of this case away; was it being asked for?
pub(super) fn put_away(model: &mut Model, case: &CaseId) -> bool {
    let is_open = model.open.as_ref().is_some_and(|open| open.id() == case);
    is_open && drop_dialogues(model, |_| true)
}

/// After a look at the case: puts a signature away that was asked for over another text. Was there
/// one?
pub(super) fn check(model: &mut Model) -> bool {
    let now = model.to_be_signed();
    let is_as_shown = |shown: &Content| now.as_ref().is_some_and(|now| now.says_the_same(shown));
    let is_stale = drop_dialogues(model, |shown| !is_as_shown(shown));
    if is_stale {
        model.problem(CHANGED);
    }
    is_stale
}

/// Drops those that ask for a signature of such a content. Were there any?
fn drop_dialogues(model: &mut Model, goes: impl Fn(&Content) -> bool) -> bool {
    let before = model.overlays.len();
    let goes = |dialogue: &Dialogue| dialogue.shown.as_deref().is_some_and(&goes);
    let is_dropped = |over: &Overlay| matches!(over, Overlay::Dialogue(d) if goes(d));
    model.overlays.retain(|over| !is_dropped(over));
    model.overlays.len() < before
}
