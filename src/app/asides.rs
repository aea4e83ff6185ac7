//! Dialogues left before they were done: what was typed in them is there again when they are opened
//! again, in this session or, with the bookmark, in the next. Nothing is ever done by that alone.

use super::action::{ACTIONS, Action};
use super::dialogue::{Answer, Dialogue, Purpose};
use super::field::Field;
use super::model::{Model, Overlay};
use crate::model::CaseId;
use crate::model::bookmark::Aside;

/// The oldest of more are dropped: nobody leaves so many behind.
const MOST: usize = 32;

/// What was typed, the last left last.
#[derive(Debug, Default)]
pub(super) struct Asides(Vec<Aside>);

impl Asides {
    /// Keeps what was typed in this dialogue about this case; nothing typed leaves nothing.
    pub(super) fn keep(&mut self, case: CaseId, dialogue: &Dialogue) {
        let Some(aside) = aside(case, dialogue, false) else {
            return;
        };
        self.0.retain(|old| !is_same(old, &aside));
        self.0.push(aside);
        let surplus = self.0.len().saturating_sub(MOST);
        self.0.drain(..surplus);
    }

    /// The dialogue with what was typed in it before.
    pub(super) fn filled(&mut self, case: &CaseId, fresh: Dialogue) -> Dialogue {
        let fits = |aside: &Aside| aside.case.as_ref() == Some(case) && belongs(aside, &fresh);
        match self.0.iter().position(fits) {
            Some(at) => fill(fresh, &self.0.remove(at)),
            None => fresh,
        }
    }

    /// Of a case that takes no answer any more.
    pub(super) fn forget(&mut self, case: &CaseId) {
        self.0.retain(|aside| aside.case.as_ref() != Some(case));
    }
}

impl Purpose {
    /// What asks it; `None` where it is asked anew each time, and nothing of it is kept.
    fn action(self) -> Option<Action> {
        Some(match self {
            Self::Close => Action::CloseCase,
            Self::Snooze => Action::Snooze,
            Self::Dates => Action::RecordsComplete,
            Self::Party => Action::EnterParty,
            Self::NoConflict => Action::StateNoConflict,
            Self::Recuse => Action::Recuse,
            Self::Answer => Action::Mend,
            Self::Outside => Action::OutsideMtus,
            Self::Worksheet => Action::Worksheet,
            Self::Noted(_) => Action::NoteFacts,
            Self::Criteria(_) => Action::Criteria,
            Self::AddFinding => Action::AddFinding,
            Self::EditFinding(_) => Action::EditFinding,
            Self::NoneApplicable(_) => Action::NoneApplicable,
            Self::RecordsReason => Action::RecordsReason,
            Self::Amend => Action::Amend,
            Self::TurnToPage
            | Self::Leftover
            | Self::DropAmendment
            | Self::TwoTexts
            | Self::Follow { .. }
            | Self::Sign => return None,
        })
    }

    /// Place of the finding or item it is about, from 0.
    fn place(self) -> usize {
        match self {
            Self::EditFinding(at)
            | Self::NoneApplicable(at)
            | Self::Noted(at)
            | Self::Criteria(at) => at,
            _ => 0,
        }
    }
}

fn aside(case: CaseId, dialogue: &Dialogue, was_open: bool) -> Option<Aside> {
    let action = dialogue.purpose.action()?;
    let answers = dialogue.answers();
    (answers != dialogue.asked).then(|| Aside {
        case: Some(case),
        action: action.spec().name.to_owned(),
        place: dialogue.purpose.place(),
        cases: dialogue.cases.clone(),
        title: dialogue.title.clone(),
        lead: dialogue.lead.clone(),
        asked: dialogue.asked.clone(),
        answers,
        focus: dialogue.focus,
        was_open,
    })
}

fn is_same(a: &Aside, b: &Aside) -> bool {
    (&a.case, &a.action, a.place, &a.cases) == (&b.case, &b.action, b.place, &b.cases)
        && (!is_known_by_words(&a.action) || (&a.title, &a.lead) == (&b.title, &b.lead))
}

/// What was typed about one lint, or on one pair of recommendations, is no answer to another: these
/// have no place of their own and are known by what they say.
fn is_known_by_words(action: &str) -> bool {
    let known = [Action::Mend, Action::OutsideMtus, Action::Worksheet];
    known.iter().any(|known| known.spec().name == action)
}

/// Was it typed in this dialogue? A finding is known by what it said: its place may be another's now.
fn belongs(aside: &Aside, fresh: &Dialogue) -> bool {
    let purpose = fresh.purpose;
    let is_asked = purpose
        .action()
        .is_some_and(|a| a.spec().name == aside.action);
    let edits = matches!(purpose, Purpose::EditFinding(_));
    let has_words = (&aside.title, &aside.lead) == (&fresh.title, &fresh.lead);
    is_asked
        && (has_words || !is_known_by_words(&aside.action))
        && (aside.place, &aside.cases) == (purpose.place(), &fresh.cases)
        && (!edits || aside.asked == fresh.asked)
}

fn fill(mut fresh: Dialogue, aside: &Aside) -> Dialogue {
    for (question, typed) in fresh.questions.iter_mut().zip(&aside.answers) {
        match &mut question.answer {
            Answer::Text(field) => *field = Field::new(typed),
            Answer::Choice { options, chosen } => {
                *chosen = options.iter().position(|option| option == typed);
            }
            Answer::Check { .. } => {}
        }
    }
    fresh.focus = aside.focus.min(fresh.questions.len().saturating_sub(1));
    fresh
}

/// Everything typed in dialogues that is not done: for the bookmark.
pub(super) fn all(model: &Model) -> Vec<Aside> {
    let open = model.overlays.iter().filter_map(|overlay| match overlay {
        Overlay::Dialogue(dialogue) => {
            let case = super::act::dialogues::subject_of(model, dialogue)?;
            aside(case, dialogue, true)
        }
        _ => None,
    });
    model.asides.0.iter().cloned().chain(open).collect()
}

/// Takes over what an earlier session left, and says how to come to what it left open. Was there
/// anything to say?
pub(super) fn restore(model: &mut Model, asides: &[Aside]) -> bool {
    for aside in asides {
        if aside.was_open {
            tell(model, aside);
        }
        let was_open = false;
        model.asides.0.push(Aside {
            was_open,
            ..aside.clone()
        });
    }
    asides.iter().any(|aside| aside.was_open)
}

fn tell(model: &mut Model, aside: &Aside) {
    // Several are named by their marks.
    if aside.cases.len() > 1 {
        model.queue.marks.extend(aside.cases.iter().cloned());
    }
    let action = ACTIONS.iter().find(|spec| spec.name == aside.action);
    let key = action.map_or_else(String::new, |spec| {
        model.keymap.key(spec.id, model.contexts())
    });
    let title = &aside.title;
    let said = match key.is_empty() {
        true => format!("{title}: what you had typed is kept."),
        false => format!("{title}: what you had typed is kept; {key} brings it back."),
    };
    model.notice(said);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lint::{Lint, Place, Severity};

    fn lint(id: &'static str, item: usize, message: &str) -> Lint {
        Lint {
            id,
            severity: Severity::Warning,
            item: Some(item),
            place: Place::Rationale(item),
            span: None,
            message: message.to_owned(),
            remedy: "Mend it.",
            basis: "quality",
            takes_reason: true,
            words: String::new(),
        }
    }

    fn typed(lint: &Lint, reason: &str) -> Dialogue {
        let mut dialogue = Dialogue::answer(lint);
        if let Some(Answer::Text(field)) = dialogue.current_mut().map(|q| &mut q.answer) {
            *field = Field::new(reason);
        }
        dialogue
    }

    #[test]
    fn a_reason_comes_back_for_its_own_lint_alone() {
        let case: CaseId = CaseId::typed("CM25-0200101");
        let (age, sex) = (
            lint("L17", 0, "51 years old here."),
            lint("L17", 0, "\"male\" here."),
        );
        let mut asides = Asides::default();
        asides.keep(case.clone(), &typed(&age, "a typing error of the record"));
        asides.keep(case.clone(), &typed(&sex, "a transcription"));
        let other = asides.filled(
            &case,
            Dialogue::answer(&lint("L17", 1, "51 years old here.")),
        );
        assert_eq!(other.typed(0), "");
        assert_eq!(
            asides.filled(&case, Dialogue::answer(&sex)).typed(0),
            "a transcription"
        );
        let back = asides.filled(&case, Dialogue::answer(&age));
        assert_eq!(back.typed(0), "a typing error of the record");
    }
}
