//! The worksheet for two cited recommendations at variance, 8 CCR 9792.25.1.
//!
//! Studies are rated, not guidelines: first whether each study is applicable to this worker
//! (patients, setting, intervention, outcomes), then its level by design and risk of bias. The
//! higher level wins, an inapplicable study counts for nothing, and the decision says so.

use serde::{Deserialize, Serialize};

/// Level of a study, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// Review of randomised trials of low risk of bias.
    #[serde(rename = "1a")]
    OneA,
    /// Randomised trial of low risk of bias.
    #[serde(rename = "1b")]
    OneB,
    /// Randomised trials with bias, or a review of such.
    #[serde(rename = "1c")]
    OneC,
    /// Controlled cohort.
    #[serde(rename = "2")]
    Two,
    /// Case-control or historically controlled.
    #[serde(rename = "3")]
    Three,
    /// Uncontrolled series.
    #[serde(rename = "4")]
    Four,
    /// Published opinion.
    #[serde(rename = "5")]
    Five,
}

impl Level {
    /// All, the best first.
    pub const ALL: [Self; 7] = [
        Self::OneA,
        Self::OneB,
        Self::OneC,
        Self::Two,
        Self::Three,
        Self::Four,
        Self::Five,
    ];

    /// `1a` to `5`.
    pub fn word(self) -> &'static str {
        match self {
            Self::OneA => "1a",
            Self::OneB => "1b",
            Self::OneC => "1c",
            Self::Two => "2",
            Self::Three => "3",
            Self::Four => "4",
            Self::Five => "5",
        }
    }

    /// Reads [`Level::word`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|level| level.word() == word.trim())
    }

    /// What stands on that level, in our words: the column on the benefit of a treatment.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::OneA => "a systematic review of randomized trials with a low risk of bias",
            Self::OneB => "a randomized trial with a low risk of bias",
            Self::OneC => "randomized trials with identified bias, or a review of such trials",
            Self::Two => "a controlled study without randomization",
            Self::Three => "a case-control or historically controlled study",
            Self::Four => "a series of cases without controls",
            Self::Five => "published expert opinion",
        }
    }
}

/// The clinical question that the studies answer; the regulation has a column for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    /// Does the treatment help?
    #[default]
    Benefit,
    /// Does the test tell?
    Diagnosis,
    /// What will become of it?
    Prognosis,
    /// Does the treatment harm?
    Harm,
}

impl Asks {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Benefit, Self::Diagnosis, Self::Prognosis, Self::Harm];

    /// As it ends `The question is ...`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Benefit => "whether the treatment helps",
            Self::Diagnosis => "how well the test tells the condition",
            Self::Prognosis => "how the condition will run",
            Self::Harm => "whether the treatment does harm",
        }
    }
}

/// One study behind a recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Study {
    /// As it is cited: first author, journal, year.
    pub name: String,
    /// Does it apply to this worker? `None` until said.
    pub applies: Option<bool>,
    /// In what it differs, where it does not apply.
    pub differs: String,
    /// Its level; `None` until said.
    pub level: Option<Level>,
}

/// One of the two recommendations.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Recommendation {
    /// The citation as the letter prints it.
    pub source: String,
    /// What it recommends, as it ends `... recommends ...` or `... recommends against ...`.
    pub says: String,
    /// The studies it rests on.
    pub studies: Vec<Study>,
}

impl Recommendation {
    /// The best level among the studies that apply.
    pub fn level(&self) -> Option<Level> {
        let applying = self.studies.iter().filter(|s| s.applies == Some(true));
        applying.filter_map(|study| study.level).min()
    }

    /// The study that gives it its level.
    fn best(&self) -> Option<&Study> {
        let level = self.level()?;
        let is_best = |s: &&Study| s.applies == Some(true) && s.level == Some(level);
        self.studies.iter().find(is_best)
    }
}

/// Which of the two is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The first has the better evidence.
    First,
    /// The second has.
    Second,
    /// Both have evidence of one level: the reviewer says which, and why.
    Even,
    /// No study applies to this worker on either side.
    Neither,
}

/// Two recommendations at variance, on one question.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Worksheet {
    /// The question, as it ends `The recommendations differ on ...`.
    pub topic: String,
    /// Its column.
    pub asks: Asks,
    /// One of the two.
    pub first: Recommendation,
    /// The other.
    pub second: Recommendation,
    /// Between equals: is the second followed?
    pub takes_second: Option<bool>,
    /// Why, in a sentence: asked for where the levels do not decide.
    pub why: String,
}

impl Worksheet {
    /// A worksheet for two citations.
    pub fn of(topic: &str, first: &str, second: &str) -> Self {
        let recommendation = |source: &str| Recommendation {
            source: source.trim().to_owned(),
            ..Recommendation::default()
        };
        Self {
            topic: topic.trim().to_owned(),
            first: recommendation(first),
            second: recommendation(second),
            ..Self::default()
        }
    }

    /// What the levels say.
    pub fn outcome(&self) -> Outcome {
        match (self.first.level(), self.second.level()) {
            (Some(first), Some(second)) if first < second => Outcome::First,
            (Some(first), Some(second)) if second < first => Outcome::Second,
            (Some(_), Some(_)) => Outcome::Even,
            (Some(_), None) => Outcome::First,
            (None, Some(_)) => Outcome::Second,
            (None, None) => Outcome::Neither,
        }
    }

    /// Is the second followed? `None` while that is open.
    pub fn follows_second(&self) -> Option<bool> {
        match self.outcome() {
            Outcome::First => Some(false),
            Outcome::Second => Some(true),
            Outcome::Even | Outcome::Neither => self.takes_second,
        }
    }

    /// What still has to be filled in, one line each; empty when the paragraph can be made.
    pub fn gaps(&self) -> Vec<String> {
        let mut gaps = Vec::new();
        if self.topic.trim().is_empty() {
            gaps.push("on what the recommendations differ".to_owned());
        }
        for side in [&self.first, &self.second] {
            gaps.extend(side_gaps(side));
        }
        let is_even = matches!(self.outcome(), Outcome::Even | Outcome::Neither);
        if gaps.is_empty() && is_even && self.takes_second.is_none() {
            gaps.push("which recommendation is followed: the levels do not decide".to_owned());
        }
        if gaps.is_empty() && is_even && self.why.trim().is_empty() {
            gaps.push("why it is followed: the levels do not decide".to_owned());
        }
        gaps
    }

    /// The paragraph for the rationale, in plain words; `None` while there are [`Self::gaps`].
    pub fn paragraph(&self) -> Option<String> {
        if !self.gaps().is_empty() {
            return None;
        }
        let (winner, loser) = match self.follows_second()? {
            true => (&self.second, &self.first),
            false => (&self.first, &self.second),
        };
        let mut said = vec![
            format!(
                "Two cited recommendations differ on {}: {} {}, while {} {}.",
                bare(&self.topic),
                bare(&self.first.source),
                bare(&self.first.says),
                bare(&self.second.source),
                bare(&self.second.says),
            ),
            format!(
                "The studies behind them were therefore compared, as 8 CCR 9792.25.1 asks; the \
                 question is {}.",
                self.asks.word()
            ),
        ];
        said.extend([&self.first, &self.second].into_iter().flat_map(on_studies));
        said.push(self.verdict(winner, loser));
        Some(said.join(" "))
    }

    fn verdict(&self, winner: &Recommendation, loser: &Recommendation) -> String {
        let (winner_name, loser_name) = (bare(&winner.source), bare(&loser.source));
        match self.outcome() {
            Outcome::Even => format!(
                "The evidence is of the same level on both sides. The recommendation of \
                 {winner_name} is followed: {}.",
                bare(&self.why)
            ),
            Outcome::Neither => format!(
                "No study on either side applies to this worker. The recommendation of \
                 {winner_name} is followed: {}.",
                bare(&self.why)
            ),
            _ if loser.level().is_none() => format!(
                "No study behind {loser_name} applies to this worker, so the recommendation of \
                 {winner_name} is followed."
            ),
            _ => format!(
                "The better evidence supports {winner_name}, and its recommendation is followed."
            ),
        }
    }
}

fn side_gaps(side: &Recommendation) -> Vec<String> {
    let source = match side.source.trim() {
        "" => return vec!["which recommendations differ".to_owned()],
        source => source,
    };
    let mut gaps = Vec::new();
    if side.says.trim().is_empty() {
        gaps.push(format!("what {source} recommends"));
    }
    if side.studies.is_empty() {
        gaps.push(format!("a study behind {source}"));
    }
    for study in &side.studies {
        let name = study.name.trim();
        match (name, study.applies, study.level) {
            ("", ..) => gaps.push(format!("the name of a study behind {source}")),
            (_, None, _) => gaps.push(format!("whether {name} applies to this worker")),
            (_, Some(false), _) if study.differs.trim().is_empty() => {
                gaps.push(format!("in what {name} differs from this worker"));
            }
            (_, Some(true), None) => gaps.push(format!("the level of {name}")),
            _ => {}
        }
    }
    gaps
}

fn on_studies(side: &Recommendation) -> Vec<String> {
    let best = side.best().and_then(|study| {
        let level = study.level?;
        Some(format!(
            "{} rests on {}, which applies to this worker and is evidence of level {} ({}).",
            bare(&side.source),
            bare(&study.name),
            level.word(),
            level.meaning()
        ))
    });
    let left_out = side.studies.iter().filter(|s| s.applies == Some(false));
    let left_out = left_out.map(|study| {
        format!(
            "{} is not counted, because it does not apply to this worker: {}.",
            bare(&study.name),
            bare(&study.differs)
        )
    });
    best.into_iter().chain(left_out).collect()
}

/// Without the stop, which the sentence sets itself.
fn bare(text: &str) -> &str {
    text.trim().trim_end_matches(['.', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn study(name: &str, applies: bool, level: Option<Level>) -> Study {
        Study {
            name: name.into(),
            applies: Some(applies),
            differs: if applies {
                String::new()
            } else {
                "athletes only".into()
            },
            level,
        }
    }

    fn filled() -> Worksheet {
        let mut sheet = Worksheet::of("repeat injections", "MTUS Low Back 2004", "ODG Low Back");
        sheet.first.says = "recommends against them".into();
        sheet.second.says = "recommends them after relief of half the pain.".into();
        sheet.first.studies = vec![study("Lee 2003", true, Some(Level::Three))];
        sheet.second.studies = vec![
            study("Ray 2009", true, Some(Level::OneB)),
            study("Poe 2010", false, Some(Level::OneA)),
        ];
        sheet
    }

    #[test]
    fn the_better_level_wins_and_an_inapplicable_study_counts_for_nothing() {
        let sheet = filled();
        assert_eq!(sheet.outcome(), Outcome::Second);
        let text = sheet.paragraph().unwrap();
        assert_eq!(
            text,
            "Two cited recommendations differ on repeat injections: MTUS Low Back 2004 recommends \
             against them, while ODG Low Back recommends them after relief of half the pain. The \
             studies behind them were therefore compared, as 8 CCR 9792.25.1 asks; the question is \
             whether the treatment helps. MTUS Low Back 2004 rests on Lee 2003, which applies to \
             this worker and is evidence of level 3 (a case-control or historically controlled \
             study). ODG Low Back rests on Ray 2009, which applies to this worker and is evidence \
             of level 1b (a randomized trial with a low risk of bias). Poe 2010 is not counted, \
             because it does not apply to this worker: athletes only. The better evidence supports \
             ODG Low Back, and its recommendation is followed."
        );
    }

    #[test]
    fn what_the_levels_do_not_decide_the_reviewer_does() {
        let mut sheet = filled();
        sheet.first.studies[0].level = Some(Level::OneB);
        assert_eq!(sheet.outcome(), Outcome::Even);
        assert_eq!(sheet.paragraph(), None);
        sheet.takes_second = Some(false);
        assert_eq!(sheet.gaps().len(), 1);
        sheet.why = "the worker is like those of Lee.".into();
        let text = sheet.paragraph().unwrap();
        assert!(text.ends_with("MTUS Low Back 2004 is followed: the worker is like those of Lee."));
        sheet.first.studies[0].applies = Some(false);
        sheet.first.studies[0].differs = "children".into();
        let text = sheet.paragraph().unwrap();
        assert!(
            text.contains("No study behind MTUS Low Back 2004 applies"),
            "{text}"
        );
        sheet.second.studies.remove(0);
        assert_eq!(sheet.outcome(), Outcome::Neither);
    }

    #[test]
    fn gaps_are_named() {
        let bare = Worksheet::default();
        assert_eq!(bare.paragraph(), None);
        let mut sheet = Worksheet::of("x", "A", "B");
        assert_eq!(sheet.gaps().len(), 4);
        sheet.first.says = "recommends it".into();
        sheet.first.studies.push(Study::default());
        assert!(
            sheet
                .gaps()
                .iter()
                .any(|gap| gap.contains("name of a study"))
        );
        for level in Level::ALL {
            assert_eq!(Level::parse(level.word()), Some(level));
        }
    }
}
