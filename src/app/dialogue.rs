//! Dialogues: a few questions, answered in order, then one change. `Esc` puts a dialogue aside
//! with what was typed in it; opened again, it is as it was left.

use super::field::Field;
use crate::model::{
    Attestation, Case, CaseId, Content, Date, Finding, FindingKind, Rank, Role, Sent, Stage, date,
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
    /// Turn to a page of the open record.
    TurnToPage,
    /// Say why no records are listed.
    RecordsReason,
    /// Open a signed case again.
    Amend,
    /// Take or drop what an own editor had saved for the current item.
    Leftover,
    /// Seal.
    Sign,
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
    /// The one keys go to.
    pub focus: usize,
    /// Why it was not accepted.
    pub problem: Option<String>,
    /// Handed over; the answer is awaited.
    pub is_sent: bool,
    /// What a signature is asked for: the content as it stood when that began.
    pub shown: Option<Box<Content>>,
    /// The first line of the head in view, where it is too long to be seen whole.
    pub top: usize,
}

fn text(label: &'static str, value: &str) -> Question {
    Question {
        label,
        answer: Answer::Text(Field::new(value)),
    }
}

fn choice(label: &'static str, options: Vec<&'static str>, chosen: Option<usize>) -> Question {
    Question {
        label,
        answer: Answer::Choice { options, chosen },
    }
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
            questions,
            focus: 0,
            problem: None,
            is_sent: false,
            shown: None,
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
        ];
        always.contains(&self.purpose) || self.cases.len() > 1
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

    /// What is missing before the case can be sealed: nothing is asked yet.
    pub fn not_ready(case: &str) -> Self {
        Self::new(Purpose::Sign, &format!("Sign {case}"), "", Vec::new())
    }

    /// Sealing what is shown. Every signature is attested anew: nothing is agreed to beforehand.
    pub fn sign(case: &str, shown: Content) -> Self {
        let checks = Attestation::ALL.into_iter().map(|attestation| Question {
            label: "",
            answer: Answer::Check {
                attestation,
                is_on: false,
            },
        });
        let questions = checks
            .chain([text("Type the word sign, then Enter", "")])
            .collect();
        Self {
            shown: Some(Box::new(shown)),
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

    /// What was typed as the n-th text, from 0.
    pub fn typed(&self, n: usize) -> &str {
        let texts = self.questions.iter().filter_map(|q| match &q.answer {
            Answer::Text(field) => Some(field.text().trim()),
            _ => None,
        });
        texts.into_iter().nth(n).unwrap_or_default()
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
