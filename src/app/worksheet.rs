//! The dialogues of the search sequence (8 CCR 9792.21.1) and of the evidence worksheet
//! (9792.25.1): what they ask, and what was answered as the rules read it.

use super::dialogue::{Answer, Dialogue, Purpose, Question};
use super::field::Field;
use crate::rules::sequence::Left;
use crate::rules::sequence::worksheet::{Asks, Level, Outcome, Recommendation, Study, Worksheet};

/// Answers to whether a study applies to the worker.
const APPLIES: [&str; 2] = ["yes", "no"];
/// Answers to which is followed where the levels do not tell.
const FOLLOWED: [&str; 2] = ["the first", "the second"];

/// Texts asked of each recommendation, and choices.
const TEXTS: usize = 3;
const CHOICES: usize = 2;

fn text(label: &'static str, value: &str) -> Question {
    Question {
        label,
        answer: Answer::Text(Field::new(value)),
    }
}

fn choice(label: &'static str, options: Vec<&'static str>) -> Question {
    Question {
        label,
        answer: Answer::Choice {
            options,
            chosen: None,
        },
    }
}

/// Why the MTUS was left, for a citation outside it.
pub fn outside(item: usize, topic: &str, source: &str) -> Dialogue {
    let lead = "What stands outside the MTUS is followed where the MTUS does not address the \
                treatment, or where better evidence rebuts it. The sentence goes into the \
                rationale, at the cursor.";
    let left = Left::ALL.iter().map(|left| left.word()).collect();
    let questions = vec![
        choice("Because", left),
        text("Treatment", topic),
        text("Followed", source),
    ];
    let title = format!("Outside the MTUS, item {}", item + 1);
    Dialogue::new(Purpose::Outside, &title, lead, questions)
}

/// The worksheet over two citations of an item.
pub fn open(item: usize, topic: &str, [first, second]: [&str; 2]) -> Dialogue {
    let asks = Asks::ALL.iter().map(|asks| asks.word()).collect();
    let mut questions = vec![text("They differ on", topic), choice("Question", asks)];
    questions.extend(side([
        "First recommends",
        "Its study",
        "Applies",
        "If not: how",
        "Level",
    ]));
    questions.extend(side([
        "Second recommends",
        "Its study",
        "Applies",
        "If not: how",
        "Level",
    ]));
    questions.push(choice("If even", FOLLOWED.to_vec()));
    questions.push(text("Because", ""));
    let lead = format!("First: {first}\nSecond: {second}");
    let title = format!("Evidence worksheet, item {}", item + 1);
    Dialogue::new(Purpose::Worksheet, &title, &lead, questions)
}

fn side([says, study, applies, differs, level]: [&'static str; 5]) -> Vec<Question> {
    let levels = Level::ALL.iter().map(|level| level.word()).collect();
    vec![
        text(says, ""),
        text(study, ""),
        choice(applies, APPLIES.to_vec()),
        text(differs, ""),
        choice(level, levels),
    ]
}

/// What was answered.
pub fn read(dialogue: &Dialogue) -> Worksheet {
    let mut sources = dialogue.lead.lines().map(|line| {
        let name = line.split_once(": ").map_or(line, |(_, source)| source);
        name.to_owned()
    });
    let asks = dialogue.chosen_at(0).and_then(|at| Asks::ALL.get(at));
    let mut recommendation = |n: usize| {
        let (texts, choices) = (1 + n * TEXTS, 1 + n * CHOICES);
        Recommendation {
            source: sources.next().unwrap_or_default(),
            says: said(dialogue.typed(texts)),
            studies: vec![Study {
                name: dialogue.typed(texts + 1).to_owned(),
                applies: dialogue.chosen_at(choices).map(|at| at == 0),
                differs: dialogue.typed(texts + 2).to_owned(),
                level: dialogue
                    .chosen_at(choices + 1)
                    .and_then(|at| Level::ALL.get(at))
                    .copied(),
            }],
        }
    };
    let (first, second) = (recommendation(0), recommendation(1));
    Worksheet {
        topic: dialogue.typed(0).to_owned(),
        asks: asks.copied().unwrap_or_default(),
        first,
        second,
        takes_second: dialogue.chosen_at(1 + 2 * CHOICES).map(|at| at == 1),
        why: dialogue.typed_last().to_owned(),
    }
}

/// As it follows the name of the source: the label has the verb, which may be typed again.
fn said(typed: &str) -> String {
    match typed {
        "" => String::new(),
        typed if typed.starts_with("recommend") || typed.starts_with("does not") => {
            typed.to_owned()
        }
        typed => format!("recommends {typed}"),
    }
}

/// Which of the two wins by what is answered so far, and what is still open.
pub fn standing(dialogue: &Dialogue) -> String {
    let sheet = read(dialogue);
    let level = |side: &Recommendation| side.level().map_or("none yet", Level::word);
    let wins = match sheet.outcome() {
        Outcome::First => "the first wins",
        Outcome::Second => "the second wins",
        Outcome::Even => "even: say which is followed, and why",
        Outcome::Neither => "no study applies yet",
    };
    format!(
        "Level: first {}, second {}: {wins}. Enter after the last makes the paragraph.",
        level(&sheet.first),
        level(&sheet.second)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(dialogue: &mut Dialogue, label: &str, nth: usize, value: &str) {
        let mut own = dialogue.questions.iter_mut().filter(|q| q.label == label);
        match &mut own.nth(nth).unwrap().answer {
            Answer::Text(field) => *field = Field::new(value),
            Answer::Choice { options, chosen } => {
                *chosen = options.iter().position(|o| *o == value);
                assert!(chosen.is_some(), "{value}");
            }
            Answer::Check { .. } => {}
        }
    }

    #[test]
    fn what_is_answered_makes_the_paragraph() {
        let mut d = open(0, "repeat injections", ["MTUS Low Back", "ODG Low Back"]);
        assert!(read(&d).paragraph().is_none());
        fill(&mut d, "First recommends", 0, "recommends against them");
        fill(&mut d, "Its study", 0, "Lee 2003");
        fill(&mut d, "Applies", 0, "yes");
        fill(&mut d, "Level", 0, "3");
        fill(&mut d, "Second recommends", 0, "them");
        fill(&mut d, "Its study", 1, "Ray 2009");
        fill(&mut d, "Applies", 1, "yes");
        fill(&mut d, "Level", 1, "1b");
        assert!(standing(&d).contains("first 3, second 1b: the second wins"));
        let text = read(&d).paragraph().unwrap();
        assert!(text.contains("ODG Low Back rests on Ray 2009"), "{text}");
        assert!(
            text.contains("The better evidence supports ODG Low Back"),
            "{text}"
        );
        fill(&mut d, "Level", 0, "1b");
        assert!(read(&d).paragraph().is_none());
        fill(&mut d, "If even", 0, "the first");
        fill(&mut d, "Because", 0, "its patients are like this one");
        let text = read(&d).paragraph().unwrap();
        assert!(text.ends_with("MTUS Low Back is followed: its patients are like this one."));
    }
}
