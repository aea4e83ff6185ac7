//! Dialogues: a few questions, answered in order, then one change. `Esc` puts a dialogue aside
//! with what was typed in it; opened again, it is as it was left.

use super::field::Field;
use crate::model::lint::Lint;
use crate::model::{
    Attestation, Case, CaseId, Content, Date, Decision, Finding, FindingKind, Formulary, Mark,
    Noted, Rank, Role, Sent, Stage, date,
};

/// What a dialogue is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Close the cases of the dialogue without a decision.
    Close,
    /// Put the cases of the dialogue off until a day.
    Snooze,
    /// Enter the days that clocks start on.
    Dates,
    /// Enter somebody with a stake in the case.
    Party,
    /// State that there is no conflict.
    NoConflict,
    /// Return a case that the reviewer may not decide.
    Recuse,
    /// Add a finding.
    AddFinding,
    /// Rewrite the finding at that place of the case.
    EditFinding(usize),
    /// State that no guideline applies to that item.
    NoneApplicable(usize),
    /// Mark criteria for that item.
    Criteria(usize),
    /// Turn to a page of the open record.
    TurnToPage,
    /// Say why no records are listed.
    RecordsReason,
    /// Open a signed case again.
    Amend,
    /// Give an amendment up.
    DropAmendment,
    /// Take or drop what an own editor had saved for the current item.
    Leftover,
    /// Say why lints may stand.
    Answer,
    /// Say why the MTUS was left.
    Outside,
    /// Compare the evidence of two recommendations.
    Worksheet,
    /// Note what the request of that item leaves open.
    Noted(usize),
    /// Let an item that hangs on another follow it.
    Follow {
        /// The item that was decided.
        parent: usize,
        /// The one that hangs on it.
        child: usize,
    },
    /// Say which of two windows' texts stays.
    TwoTexts,
    /// Seal.
    Sign,
}

/// What may be noted of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asks {
    /// Its drug's status in the formulary.
    pub formulary: bool,
    /// How many units of its opioid are taken a day.
    pub units: bool,
    /// How many visits of its kind there were before.
    pub visits: bool,
}

/// Why the answers do not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The question to answer otherwise, from 0; `None` where it is not one of them.
    pub question: Option<usize>,
    /// A sentence.
    pub why: String,
}

impl Refused {
    /// On account of this question.
    pub(super) fn at(question: usize, why: impl Into<String>) -> Self {
        Self {
            question: Some(question),
            why: why.into(),
        }
    }
}

impl<W: Into<String>> From<W> for Refused {
    fn from(why: W) -> Self {
        Self {
            question: None,
            why: why.into(),
        }
    }
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Typed.
    Text(Field),
    /// One of several; none is chosen at first.
    Choice {
        /// What can be chosen.
        options: Vec<&'static str>,
        /// Which is, from 0.
        chosen: Option<usize>,
    },
    /// Agreed to or not.
    Check {
        /// Which statement.
        attestation: Attestation,
        /// Agreed.
        is_on: bool,
    },
}

/// A question with its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// One or two words.
    pub label: &'static str,
    /// So far.
    pub answer: Answer,
}

/// An open dialogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialogue {
    /// What it is for.
    pub purpose: Purpose,
    /// Which cases of the queue it names: they and no others, whatever happens beneath it. Empty
    /// where it is about the open case.
    pub cases: Vec<CaseId>,
    /// Heading.
    pub title: String,
    /// What it does, in a sentence or two.
    pub lead: String,
    /// From top to bottom.
    pub questions: Vec<Question>,
    /// What stood in them at first, as [`Dialogue::answers`] says it.
    pub asked: Vec<String>,
    /// The one keys go to.
    pub focus: usize,
    /// Why it was not accepted.
    pub problem: Option<String>,
    /// Handed over; the answer is awaited.
    pub is_sent: bool,
    /// What a signature is asked for: the content as it stood when that began.
    pub shown: Option<Box<Content>>,
    /// The lints that the reason typed in it is for.
    pub lints: Vec<Lint>,
    /// The first line of the head in view, where it is too long to be seen whole.
    pub top: usize,
}

fn text(label: &'static str, value: &str) -> Question {
    Question {
        label,
        answer: Answer::Text(Field::new(value)),
    }
}

pub(super) fn choice(
    label: &'static str,
    options: Vec<&'static str>,
    chosen: Option<usize>,
) -> Question {
    Question {
        label,
        answer: Answer::Choice { options, chosen },
    }
}

fn answers(questions: &[Question]) -> Vec<String> {
    let answer = |question: &Question| match &question.answer {
        Answer::Text(field) => field.text().to_owned(),
        Answer::Choice { options, chosen } => {
            let option = chosen.and_then(|at| options.get(at));
            option.copied().unwrap_or_default().to_owned()
        }
        Answer::Check { .. } => String::new(),
    };
    questions.iter().map(answer).collect()
}

/// One case by its number, several by how many they are.
pub(super) fn named(cases: &[CaseId]) -> String {
    match cases {
        [one] => one.to_string(),
        many => format!("{} cases", many.len()),
    }
}

impl Dialogue {
    /// A dialogue of these questions.
    pub fn new(purpose: Purpose, title: &str, lead: &str, questions: Vec<Question>) -> Self {
        Self {
            purpose,
            cases: Vec::new(),
            title: title.to_owned(),
            lead: lead.to_owned(),
            asked: answers(&questions),
            questions,
            focus: 0,
            problem: None,
            is_sent: false,
            shown: None,
            lints: Vec::new(),
            top: 0,
        }
    }

    /// Closing without a decision.
    pub fn close(cases: Vec<CaseId>) -> Self {
        let stages = Stage::CLOSINGS.iter().map(|s| s.word()).collect();
        let lead = match cases.len() {
            1 => "The case leaves the queue undecided. The reason is kept in its history.",
            _ => "The cases leave the queue undecided. The reason is kept in the history of each.",
        };
        let title = format!("Close {} without a decision", named(&cases));
        let questions = vec![choice("Close as", stages, None), text("Reason", "")];
        Self {
            cases,
            ..Self::new(Purpose::Close, &title, lead, questions)
        }
    }

    /// Putting cases off.
    pub fn snooze(cases: Vec<CaseId>) -> Self {
        let title = format!("Snooze {}", named(&cases));
        let lead = "Leaves My open until that day; clocks run on, and Overdue shows it all the \
                    same. Type 3d, 2w, tomorrow or a date.";
        Self {
            cases,
            ..Self::new(Purpose::Snooze, &title, lead, vec![text("Until", "")])
        }
    }

    /// Is it asked anew each time, whatever was typed before?
    pub fn is_asked_anew(&self) -> bool {
        let always = [
            Purpose::Sign,
            Purpose::TurnToPage,
            Purpose::Snooze,
            Purpose::Leftover,
            Purpose::Dates,
            Purpose::NoConflict,
            Purpose::Answer,
            Purpose::TwoTexts,
        ];
        let is_of_item = matches!(
            self.purpose,
            Purpose::Noted(_) | Purpose::Follow { .. } | Purpose::Criteria(_)
        );
        always.contains(&self.purpose) || is_of_item || self.cases.len() > 1
    }

    /// What the request of an item leaves open: only what matters for it is asked.
    pub fn noted(item: usize, noted: &Noted, asks: Asks) -> Self {
        let known = noted
            .formulary
            .and_then(|n| Formulary::ALL.iter().position(|f| *f == n));
        let statuses = Formulary::ALL.iter().map(|f| f.word()).collect();
        let units = noted.units_a_day.map(|units| units.to_string());
        let visits = noted.visits_before.map(|n| n.to_string());
        let questions = [
            asks.formulary.then(|| choice("Formulary", statuses, known)),
            asks.units
                .then(|| text("Units a day", &units.unwrap_or_default())),
            asks.visits
                .then(|| text("Visits before", &visits.unwrap_or_default())),
        ];
        Self::new(
            Purpose::Noted(item),
            &format!("Note on item {}", item + 1),
            "What the request does not say, and you know from the records. An empty line takes it back.",
            questions.into_iter().flatten().collect(),
        )
    }

    /// An item that hangs on one just decided.
    pub fn follow((parent, child): (usize, usize), decision: Decision, request: &str) -> Self {
        let lead = format!(
            "{request}. It was asked for together with item {}, which is {}.",
            parent + 1,
            decision.both()
        );
        let options = match decision {
            Decision::Upheld => vec![
                "Upheld too = not medically necessary",
                "Upheld too, and cite the same",
                "weigh it by itself",
            ],
            Decision::Overturned => {
                vec!["Overturned too = medically necessary", "weigh it by itself"]
            }
        };
        Self::new(
            Purpose::Follow { parent, child },
            &format!("Item {} goes with item {}", child + 1, parent + 1),
            &lead,
            vec![choice("It is", options, None)],
        )
    }

    /// What an own editor had saved when it was ended before it was done.
    pub fn leftover(words: usize, start: &str) -> Self {
        let lead = format!(
            "Your editor was ended before it was done. It had saved {words} words: {start} \
             Taken, they are one change that undo takes back."
        );
        let options = vec!["take them", "drop them", "later"];
        let question = choice("What to do", options, None);
        Self::new(
            Purpose::Leftover,
            "Words from your editor",
            &lead,
            vec![question],
        )
    }

    /// The days that clocks start on; of a signed case, when its determination was served.
    pub fn dates(case: &Case, is_signed: bool) -> Self {
        let day = |day: Option<Date>| day.map(date::long).unwrap_or_default();
        let dates = &case.dates;
        if is_signed {
            let lead = "A petition against the determination is counted from its service.";
            let served = text("Determination served", &day(dates.served));
            return Self::new(Purpose::Dates, "Service", lead, vec![served]);
        }
        let lead = "Each starts a clock; what is empty is not counted. Tab goes on, Enter keeps \
                    them all.";
        let extension = dates.extension;
        let by = extension.map(|e| e.days.to_string()).unwrap_or_default();
        let sent = Sent::ALL
            .iter()
            .position(|sent| Some(*sent) == dates.notice_sent);
        let ways = vec![Sent::Mailed.word(), Sent::Electronic.word(), "not said"];
        let asked = vec!["any treatment", "formulary drugs alone"];
        let questions = vec![
            text(
                "Records complete    ",
                &day(case.header.records_complete_date),
            ),
            text("Notice of assignment", &day(dates.notice)),
            choice("Notice was sent     ", ways, sent),
            text("UR decision served  ", &day(dates.ur_served)),
            text("Expedited, certified", &day(dates.certified)),
            choice(
                "In dispute          ",
                asked,
                Some(usize::from(dates.is_formulary)),
            ),
            text("Extended by (days)  ", &by),
            text("Extension approved  ", &day(extension.map(|e| e.approved))),
        ];
        Self::new(Purpose::Dates, "Days that clocks start on", lead, questions)
    }

    /// Somebody with a stake in the case.
    pub fn party() -> Self {
        let roles = Role::ALL.iter().map(|role| role.words());
        let options = roles.chain(["take this name out"]).collect();
        Self::new(
            Purpose::Party,
            "Party of the case",
            "Parties are compared with the affiliations of your profile; no letter names them.",
            vec![choice("Is", options, None), text("Name", "")],
        )
    }

    /// The statement that there is no conflict; what looks like one is told.
    pub fn no_conflict(found: &[String]) -> Self {
        let (lead, label) = match found.is_empty() {
            true => (
                "No party of this case looks like an affiliation of yours. Enter states that there \
                 is no conflict."
                    .to_owned(),
                "Remark",
            ),
            false => (
                format!("The {}. If that is no conflict, say why.", found.join("; the ")),
                "Reason",
            ),
        };
        let title = "No conflict of interest";
        Self::new(Purpose::NoConflict, title, &lead, vec![text(label, "")])
    }

    /// Returning a case that the reviewer may not decide.
    pub fn recuse(case: &str) -> Self {
        Self::new(
            Purpose::Recuse,
            &format!("Recuse yourself from {case}"),
            "The case is returned with the reason and leaves your queue; you cannot sign it.",
            vec![text("Reason", "")],
        )
    }

    /// Does Enter take all answers at once, from whichever question?
    pub fn takes_at_once(&self) -> bool {
        self.purpose == Purpose::Dates
    }

    /// Adding a finding, or rewriting one.
    pub fn finding(at: Option<(usize, &Finding)>) -> Self {
        let kinds = FindingKind::ALL.iter().map(|k| k.word()).collect();
        let finding = at.map(|(_, f)| f);
        let date = finding
            .and_then(|f| f.date)
            .map(crate::model::date::long)
            .unwrap_or_default();
        let kind = finding.and_then(|f| FindingKind::ALL.iter().position(|k| *k == f.kind));
        let words = finding.map(|f| f.text.as_str()).unwrap_or_default();
        Self::new(
            at.map_or(Purpose::AddFinding, |(i, _)| Purpose::EditFinding(i)),
            if at.is_some() {
                "Edit the finding"
            } else {
                "Add a finding"
            },
            "One dated fact. The date may stay empty.",
            vec![
                text("Date", &date),
                choice("Kind", kinds, kind),
                text("Fact", words),
            ],
        )
    }

    /// The statement that no guideline applies.
    pub fn none_applicable(item: usize) -> Self {
        Self::new(
            Purpose::NoneApplicable(item),
            &format!("None applicable, item {}", item + 1),
            "States that no guideline applies: the rank of evidence used instead, and which search was made.",
            vec![
                choice(
                    "Rank",
                    Rank::ALL.iter().skip(1).map(|r| r.meaning()).collect(),
                    None,
                ),
                text("Search", ""),
            ],
        )
    }

    /// Criteria of a guideline, each marked or not yet; `lead` names them by number.
    pub fn criteria(item: usize, lead: &str, marked: Vec<Option<usize>>) -> Self {
        const NUMBERS: [&str; 12] = [
            "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12",
        ];
        let marks = || Mark::ALL.iter().map(|mark| mark.word()).collect();
        let numbered = NUMBERS.iter().zip(marked);
        let mut questions: Vec<Question> = numbered
            .map(|(number, chosen)| choice(number, marks(), chosen))
            .collect();
        questions.push(text("Shown by", ""));
        let drafts = vec!["write a first draft into the rationale", "later"];
        questions.push(choice("Then", drafts, Some(1)));
        let title = format!("Criteria, item {}", item + 1);
        Self::new(Purpose::Criteria(item), &title, lead, questions)
    }

    /// A page by its number.
    pub fn turn_to_page(title: &str, pages: usize) -> Self {
        Self::new(
            Purpose::TurnToPage,
            title,
            &format!("It has pages 1 to {pages}."),
            vec![text("Page", "")],
        )
    }

    /// Why no records are listed.
    pub fn records_reason(known: &str) -> Self {
        Self::new(
            Purpose::RecordsReason,
            "No records listed",
            "A determination lists the documents reviewed, or says why there are none.",
            vec![text("Reason", known)],
        )
    }

    /// Opening a signed case again, or a closed one.
    pub fn amend(case: &str, is_signed: bool) -> Self {
        let (title, lead) = match is_signed {
            true => (
                "Amend",
                "The signed determination stays as it is. What you sign next replaces it and names it.",
            ),
            false => (
                "Reopen",
                "The case can be worked on again. That it was closed stays in its history.",
            ),
        };
        let title = format!("{title} {case}");
        Self::new(Purpose::Amend, &title, lead, vec![text("Reason", "")])
    }

    /// Giving an amendment up: the signed determination stands again.
    pub fn drop_amendment(case: &str) -> Self {
        let lead = "What was signed stands again, and what was changed since is dropped: decisions, \
                    citations and rationales become those of the letter.";
        let options = vec!["drop the amendment", "go on with it"];
        Self::new(
            Purpose::DropAmendment,
            &format!("Drop the amendment of {case}"),
            lead,
            vec![choice("What to do", options, None)],
        )
    }

    /// A reason for a lint that may stand.
    pub fn answer(lint: &Lint) -> Self {
        let title = match lint.item {
            Some(item) => format!("{}, item {}", lint.id, item + 1),
            None => lint.id.to_owned(),
        };
        let lead = format!(
            "{} {} ({}) Mend it, or say why it may stand; the reason is kept in the history.",
            lint.message, lint.remedy, lint.basis
        );
        Self {
            lints: vec![lint.clone()],
            ..Self::new(Purpose::Answer, &title, &lead, vec![text("Reason", "")])
        }
    }

    /// What is missing before the case can be sealed: nothing is asked yet.
    pub fn not_ready(case: &str) -> Self {
        Self::new(Purpose::Sign, &format!("Sign {case}"), "", Vec::new())
    }

    /// Sealing what is shown. Every signature is attested anew: nothing is agreed to beforehand.
    /// For lints that are left one reason is asked.
    pub fn sign(case: &str, shown: Content, lints: Vec<Lint>) -> Self {
        let reason = (!lints.is_empty()).then(|| text("Why they may stand", ""));
        let checks = Attestation::ALL.into_iter().map(|attestation| Question {
            label: "",
            answer: Answer::Check {
                attestation,
                is_on: false,
            },
        });
        let questions = reason
            .into_iter()
            .chain(checks)
            .chain([text("Type the word sign, then Enter", "")])
            .collect();
        Self {
            shown: Some(Box::new(shown)),
            lints,
            ..Self::new(Purpose::Sign, &format!("Sign {case}"), "", questions)
        }
    }

    /// The question keys go to.
    pub fn current(&self) -> Option<&Question> {
        self.questions.get(self.focus)
    }

    /// The same, to answer.
    pub fn current_mut(&mut self) -> Option<&mut Question> {
        self.questions.get_mut(self.focus)
    }

    /// Is it the last question?
    pub fn is_last(&self) -> bool {
        self.focus + 1 >= self.questions.len()
    }

    /// The next question, or the one before, stopping at the ends.
    pub fn step(&mut self, by: isize) {
        let last = self.questions.len().saturating_sub(1);
        self.focus = self.focus.saturating_add_signed(by).min(last);
    }

    /// What stands in it, by question: the words typed, the option chosen. To agree to a statement
    /// is no answer that could be kept.
    pub fn answers(&self) -> Vec<String> {
        answers(&self.questions)
    }

    /// What was typed as the n-th text, from 0.
    pub fn typed(&self, n: usize) -> &str {
        let texts = self.questions.iter().filter_map(|q| match &q.answer {
            Answer::Text(field) => Some(field.text().trim()),
            _ => None,
        });
        texts.into_iter().nth(n).unwrap_or_default()
    }

    /// What was typed as the last text.
    pub fn typed_last(&self) -> &str {
        let is_text = |q: &&Question| matches!(q.answer, Answer::Text(_));
        let texts = self.questions.iter().filter(is_text).count();
        self.typed(texts.saturating_sub(1))
    }

    /// The question whose answer is the last text.
    pub(super) fn last_text(&self) -> usize {
        let is_text = |q: &Question| matches!(q.answer, Answer::Text(_));
        self.questions.iter().rposition(is_text).unwrap_or_default()
    }

    /// The question whose answer is the n-th text, both from 0.
    pub(super) fn text_at(&self, n: usize) -> usize {
        let questions = self.questions.iter().enumerate();
        let mut texts = questions.filter(|(_, q)| matches!(q.answer, Answer::Text(_)));
        texts.nth(n).map_or(0, |(at, _)| at)
    }

    /// The first statement that is not agreed to.
    pub(super) fn not_agreed(&self) -> Option<usize> {
        let is_off = |q: &Question| matches!(q.answer, Answer::Check { is_on: false, .. });
        self.questions.iter().position(is_off)
    }

    /// What was chosen in the one choice there is, from 0.
    pub fn chosen(&self) -> Option<usize> {
        self.questions.iter().find_map(|q| match &q.answer {
            Answer::Choice { chosen, .. } => *chosen,
            _ => None,
        })
    }

    /// What was chosen in the n-th choice, both from 0.
    pub fn chosen_at(&self, n: usize) -> Option<usize> {
        let choices = self.questions.iter().filter_map(|q| match &q.answer {
            Answer::Choice { chosen, .. } => Some(*chosen),
            _ => None,
        });
        choices.into_iter().nth(n).flatten()
    }

    /// Statements agreed to.
    pub fn agreed(&self) -> impl Iterator<Item = Attestation> {
        self.questions.iter().filter_map(|q| match q.answer {
            Answer::Check {
                attestation,
                is_on: true,
            } => Some(attestation),
            _ => None,
        })
    }
}
