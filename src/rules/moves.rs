//! The four moves of a rationale: what the criteria are, what the facts of this patient are, where
//! the two part (or meet), and what follows.
//!
//! Told from the words of each sentence by rules that a reader can follow. It is an outline for the
//! writer, not a check: a move that is said in unusual words may go unseen, and nothing is refused
//! for it. Measured against labels by `tests/moves.rs`.

use crate::model::{Decision, sentences};
use regex::{Match, Regex};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Which moves a sentence, or a whole rationale, makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Moves {
    /// What guidelines, studies or general practice ask for, or that they are silent.
    pub criteria: bool,
    /// What is known of this patient, this request, the treatment so far.
    pub facts: bool,
    /// How the facts measure against the criteria: what is missing or exceeds them; or that they
    /// are met.
    pub gap: bool,
    /// Medically necessary, or not.
    pub conclusion: bool,
}

impl Moves {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            criteria: self.criteria || other.criteria,
            facts: self.facts || other.facts,
            gap: self.gap || other.gap,
            conclusion: self.conclusion || other.conclusion,
        }
    }

    /// All four?
    pub fn are_all(self) -> bool {
        self.missing(None).is_empty()
    }

    /// The moves in their order, each with its name and whether it is made. The third is a gap
    /// where UR's denial stands and a match where it falls.
    pub fn named(self, decision: Option<Decision>) -> [(&'static str, bool); 4] {
        let third = match decision {
            Some(Decision::Overturned) => "match",
            _ => "gap",
        };
        [
            ("criteria", self.criteria),
            ("facts", self.facts),
            (third, self.gap),
            ("conclusion", self.conclusion),
        ]
    }

    /// Names of those that are not made.
    pub fn missing(self, decision: Option<Decision>) -> Vec<&'static str> {
        let all = self.named(decision).into_iter();
        all.filter(|(_, is_made)| !is_made)
            .map(|(name, _)| name)
            .collect()
    }

    /// `criteria ok · facts ok · gap missing · conclusion ok`.
    pub fn outline(self, decision: Option<Decision>) -> String {
        let word = |is_made| if is_made { "ok" } else { "missing" };
        let all = self.named(decision);
        let told = all.map(|(name, is_made)| format!("{name} {}", word(is_made)));
        told.join(" · ")
    }
}

/// The moves of a whole rationale.
pub fn of(rationale: &str) -> Moves {
    Reader::default().read(rationale)
}

/// The moves of each sentence, in order.
pub fn by_sentence(rationale: &str) -> Vec<Moves> {
    Reader::default().sentences(rationale)
}

/// Reads a text that is being written: a sentence that stands as it stood is not read again.
#[derive(Debug, Default)]
pub struct Reader {
    known: HashMap<(bool, String), Moves>,
    last: Option<(String, Moves)>,
}

impl Reader {
    /// The moves of a whole rationale.
    pub fn read(&mut self, rationale: &str) -> Moves {
        match &self.last {
            Some((text, moves)) if text == rationale => return *moves,
            _ => {}
        }
        let all = self.sentences(rationale).into_iter();
        let moves = all.fold(Moves::default(), Moves::and);
        self.last = Some((rationale.to_owned(), moves));
        moves
    }

    fn sentences(&mut self, rationale: &str) -> Vec<Moves> {
        let known = std::mem::take(&mut self.known);
        let mut before = Moves::default();
        let mut all = Vec::new();
        for sentence in sentences::split(rationale) {
            let key = (before.facts, sentence.to_owned());
            let told = known.get(&key).copied();
            let moves = told.unwrap_or_else(|| of_sentence(sentence, before));
            self.known.insert(key, moves);
            all.push(moves);
            before = moves;
        }
        all
    }
}

macro_rules! words {
    ($($(#[doc = $doc:literal])* $name:ident $pattern:expr;)*) => {
        $($(#[doc = $doc])* static $name: LazyLock<Option<Regex>> =
            LazyLock::new(|| plain_words($pattern));)*
    };
}

/// A pattern over words of plain letters: made ten times as fast as one over every alphabet, and
/// there are many of them to make when a rationale is first shown.
pub(super) fn plain_words(pattern: &str) -> Option<Regex> {
    let plain = pattern
        .replace(r"\w", "[a-z0-9]")
        .replace(r"\d", "[0-9]")
        .replace(r"\b", r"(?-u:\b)");
    Regex::new(&format!("(?i){plain}")).ok()
}

words! {
    /// Where criteria come from.
    SOURCE concat!(r"\b(?:MTUS|ACOEM|ODG|official disability|guidelines?|guide-lines?|FDA|uptodate|cochrane|medicare'?s?|literature|studies|",
        r"evidence-based|clinical trials?|9792)\b");
    /// What a source does.
    SAYS concat!(r"\b(?:states?|stated|recommend(?:s|ed)?|indicates?|supports?|supported|notes?|noted|suggests?|advises?|address(?:es)?|limits?|",
        r"silent|defines?|specif(?:y|ies)|encourages?|cautions?|allows?|requires?|writes?|relies|appl(?:y|ies)|refers?|according to|per|",
        r"pursuant to|outlines|quantifies|were (?:consulted|utilized|used)|was intended)\b");
    /// What is a rule whoever says it.
    RULE concat!(r"\b(?:(?:should|may|can|could|must|would) (?:not |also |only )?(?:be|have|include|require)|(?:is|are) (?:also |often |generally |usually |",
        r"only |primarily |not |substantially |largely |most )*(?:recommended|indicated|supported|helpful|needed|considered|appropriate|",
        r"effective|beneficial|associated|used|reserved|instructed|based|defined|approved)|recommended (?:as|for|in)|",
        r"patients (?:with|who|are|should|in|presenting|over)|most patients|criteria for|refer to|see|encompasses|requires|",
        r"visits? over|\d+ (?:to \d+ )?(?:weeks|months|treatments))\b");
    /// One patient.
    PERSON concat!(r"\b(?:(?:the|this|each) (?:\w+ )?(?:patient|worker|claimant|applicant|employee|individual|member)(?:'s)?|",
        r"injured worker(?:'s)?|he|she|his|her|claimant|applicant(?:'s)?)\b");
    /// Anybody, where a rule is told.
    ANYBODY r"part of the patient|see if the patient|by the individual|the therapist";
    /// The case file.
    FILE concat!(r"\b(?:records?|documentation|documents?|documented|(?:progress|clinical|therapy|medical|visit|operative|handwritten) notes?|",
        r"reports?|reported|office visit|submitted|physical exam(?:ination)?|clinical information|prior review|peer-to-peer|provider|",
        r"physician|in this case|here,|at this (?:point|time)|date of injury|(?:the|this) (?:\w+ ){0,3}request(?:ed)?\b|imaging was|",
        r"x-?rays?\b|neurological exam|treatments? (?:to date |have |has )|on \d{1,2}[/-]\d)");
    /// This patient, this request, this file.
    THIS_CASE concat!(r"\b(?:in this (?:case|instance)|here,|the (?:submitted|available|provided|medical) (?:\w+ )*(?:records?|documentation)|",
        r"documentation (?:submitted|provided|indicat\w+|reg\w+|available|of)|(?:was|were) (?:noted|documented|previously|experiencing)|",
        r"clinical (?:information|documentation)|submitted|the (?:requested|proposed|current|concurrent|attending|treating|injured)|",
        r"this (?:patient|worker|request\w*|claimant|medication|injured)|the request\b|request (?:as|for)|",
        r"the (?:patient|claimant|applicant|worker)(?:'s)? (?:ha[sd]|was|is|remains|presented|complain\w+|current|imaging|course)|",
        r"date of injury|medical (?:records|notes)|provided records|office visit|prior review|exceptional factors?)\b");
    /// What is told as a fact.
    TOLD concat!(r"\b(?:complain(?:s|ed|ts?)|present(?:s|ed) with|reports?|reported|was noted|were noted|has been|have been|has had|have had|",
        r"had (?:a|prior|previous|an)|has (?:persistent|chronic|ongoing|acute|a|been)|remains?|is diagnosed|diagnos(?:is|es|ed)|underwent|",
        r"received|receiv(?:es|ing)|sustained|injured|fainted|fell|reveal(?:s|ed)?|reflects?|indicate[sd]?|documents?|documented|",
        r"is (?:currently )?(?:undergoing|taking|using|working|experiencing|improving|responding)|",
        r"was (?:experiencing|previously|negative|positive|obtained|performed|approved|authorized)|were (?:positive|negative)|experiencing|",
        r"suffers?|treat(?:ed|ment) (?:with|to date)|treatments? have|working|medications? include|objectively|subjective|tenderness|",
        r"restricted|describ(?:es|ed)|carried|agreed|appears?|showed|shows|documentation of|there is evidence of|request (?:is|was) for|",
        r"requests? for authorization|is supported|was supported|is still|noted to|previously|prior|unremarkable|benign|only)\b");
    /// What falls short of criteria.
    SHORT concat!(r"\b(?:lack(?:s|ed|ing)?(?: of)?|(?:in the )?absence of|(?:is|are|was|were|been|be) (?:also )?not (?:\w+ ){0,2}(?:clear|documented|",
        r"provided|specified|noted|established|evident|included|mentioned|discussed|described|demonstrated|submitted|known|completed|reported|",
        r"addressed|stated|met)|(?:have|has) not been|not (?:clearly |adequately )?(?:documented|noted|stated|established|specified|identified)|",
        r"(?:does|do|did) not (?:\w+ )?(?:document|indicate|specify|report|support|reveal|include|mention|show|demonstrate|describe|detail|",
        r"appear|establish|provide|identify|allow|meet|contain|suggest)|fail(?:s|ed)? to (?:specify|provide|document|indicate|mention|state|",
        r"include|demonstrate|identify)|there (?:is|are|was|were) (?:also |otherwise |currently |only )?(?:no|not|little|insufficient|limited)|",
        r"(?:made|with|reveal(?:s|ed)?|shows?|showed|ha[sd]) no|no (?:documentation|evidence|indication|mention|discussion|rationale|",
        r"exceptional|compelling|clear|plan|objective|documented|record)|unclear|unspecified (?:type|number|treatment|duration|amount)|",
        r"insufficient|vague|ambiguous|(?:further|additional) (?:clarification|documentation|information|details?)|exceeds?|exceeded|",
        r"in excess|at odds|contrary to|redundant|could not be|without (?:further |documented |documentation|evidence|clear|objective)|",
        r"undermined|inconsistent with|not consistent)\b");
    /// What meets criteria, or is said not to.
    MET concat!(r"\b(?:guidelines?|criteria|requirements?|recommendations?)\b[^.;]{0,60}\b(?:(?:have|has) been|are|is|was|were|have) ",
        r"(?:\w+ly |not )?(?:been )?(?:met|satisfied|fulfilled)\b|\b(?:within|consistent with|in accordance with|in line with|in keeping with|",
        r"meets?|satisf(?:y|ies)|compl(?:y|ies) with|supported by) (?:the |these |those |with )?(?:\w+ ){0,2}(?:guidelines?|criteria|",
        r"recommendations?|recommended|records)\b|\b(?:given|in view of|in light of|because of|due to)\b[^.]{0,250}\b(?:was|is|are) ",
        r"(?:medically )?(?:necessary|reasonable|appropriate|warranted)\b|\bwould meet\b|\bexplain why\b|\bmay explain\b");
    /// The answer.
    ANSWER concat!(r"\b(?:not[- ]|in)?medically[- ](?:necessary|appropriate|unnecessary)\b|",
        r"\bmedical necessity (?:of [^.]{0,80} )?(?:has|have|is|was|cannot|can ?not|could)\b|",
        r"\brequest(?:ed)?\b[^.;]{0,160}\b(?:is|are|was|were|would|should) (?:therefore |deemed |thus )?(?:not |non-?)?(?:be )?(?:\w+ly )?",
        r"(?:necessary|supported|certified|approved|authorized|warranted|appropriate|upheld|overturned)\b|",
        r"\b(?:determination|denial|decision)\b[^.;]{0,60}\b(?:upheld|overturned)\b");
    /// Words of the answer in a sentence that gives none.
    NO_ANSWER r"\b(?:rationale|need|why|demonstrate|corroborate|determine|addresses|interpreted|justify|establish)\b[^.;]{0,60}\bmedical(?:ly)? necess\w*";
    /// The answer to another item, given as the reason.
    FOR_ANOTHER r"^(?:as|since|because|given that)\b.{0,200}\bmedically (?:necessary|appropriate)\b.{0,200}\bmedically (?:necessary|appropriate)\b";
    /// Where the subject of the answer begins.
    SUBJECT r#"\b(?:the |this |these )?(?:current(?:ly)? |requested |remaining |proposed )*(?:request|decision|"?associated)"#;
    /// What letters carry whatever the case.
    BOILERPLATE r"\b(?:should not be interpreted|this decision addresses|are advised to consult)\b";
    /// Between a fact and what is missing from it.
    TURN r"(?:[,;]| but | however | while | and the fact)";
}

fn first<'t>(words: &'static LazyLock<Option<Regex>>, text: &'t str) -> Option<Match<'t>> {
    words.as_ref().and_then(|words| words.find(text))
}

fn has(words: &'static LazyLock<Option<Regex>>, text: &str) -> bool {
    first(words, text).is_some()
}

/// A source named so late is no subject of its sentence.
const SUBJECT_ENDS: usize = 90;

/// What the words of one sentence tell; `before` are the moves of the one before it.
fn of_sentence(sentence: &str, before: Moves) -> Moves {
    if has(&BOILERPLATE, sentence) {
        return Moves::default();
    }
    let answer = answer(sentence);
    let body = answer.map_or(sentence, |at| body(sentence, at));
    let mut moves = Moves {
        conclusion: answer.is_some(),
        gap: answer.is_some() && has(&FOR_ANOTHER, sentence),
        ..Moves::default()
    };
    // `Given the above, ` is no move.
    if answer.is_none() || body.split_whitespace().count() >= 5 {
        moves = moves.and(Clues::of(body, sentence).moves(answer.is_some()));
    }
    if moves == Moves::default() {
        let is_case = has(&PERSON, body) || has(&THIS_CASE, body) || has(&FILE, body);
        moves.facts = is_case || before.facts && !has(&RULE, body);
        moves.criteria = !moves.facts;
    }
    moves
}

/// Byte where the answer begins, if the sentence gives one.
fn answer(sentence: &str) -> Option<usize> {
    let aside = first(&NO_ANSWER, sentence).map(|m| m.range());
    let is_aside = |found: &Match<'_>| {
        let aside = aside.as_ref();
        aside.is_some_and(|a| a.contains(&found.start()) && found.end() <= a.end + 25)
    };
    let found = ANSWER.iter().flat_map(|words| words.find_iter(sentence));
    found.filter(|m| !is_aside(m)).map(|m| m.start()).last()
}

/// What is said before the answer and its subject.
fn body(sentence: &str, answer: usize) -> &str {
    let body = sentence.get(..answer).unwrap_or_default();
    let subject = first(&SUBJECT, body).map_or(body.len(), |m| m.start());
    body.get(..subject).unwrap_or_default()
}

/// What words a sentence has, and where.
struct Clues<'t> {
    body: &'t str,
    source: Option<usize>,
    is_of_case: Option<usize>,
    is_of_person: bool,
    short: Option<usize>,
    met: Option<usize>,
    told: Option<Match<'t>>,
}

impl<'t> Clues<'t> {
    fn of(body: &'t str, sentence: &str) -> Self {
        let start = |words, text| first(words, text).map(|m: Match<'_>| m.start());
        let source = start(&SOURCE, body).filter(|at| *at < SUBJECT_ENDS);
        Self {
            body,
            source,
            is_of_case: start(&THIS_CASE, body),
            is_of_person: has(&PERSON, body),
            short: start(&SHORT, body),
            met: start(&MET, sentence),
            told: first(&TOLD, body),
        }
    }

    fn moves(&self, is_answer: bool) -> Moves {
        let criteria = self.says_rule() || (!is_answer && self.is_rule());
        let is_open = !criteria || self.is_of_case.is_some();
        let gap = is_open && (self.short.is_some() || self.met.is_some());
        Moves {
            criteria,
            gap,
            facts: is_open && !is_answer && self.is_told(),
            conclusion: false,
        }
    }

    /// A source says it, and it is not the case that is spoken of first.
    fn says_rule(&self) -> bool {
        let Some(source) = self.source.filter(|_| has(&SAYS, self.body)) else {
            return false;
        };
        let is_before = |at: Option<usize>| at.is_some_and(|at| at < source);
        let is_case = self.is_of_case.is_some() || self.is_of_person;
        let is_measured = self.short.is_some() || self.met.is_some();
        !(is_before(self.short) && is_case || is_before(self.is_of_case) && is_measured)
    }

    /// Nobody says it, and it is no single patient's.
    fn is_rule(&self) -> bool {
        let is_one = self.is_of_person && !has(&ANYBODY, self.body);
        let is_case = self.is_of_case.is_some() && self.source.is_none();
        has(&RULE, self.body) && !is_case && !is_one
    }

    /// A fact is told, and not only as what is missing.
    fn is_told(&self) -> bool {
        let is_case = self.is_of_case.is_some() || self.is_of_person || has(&FILE, self.body);
        let Some(told) = self.told.filter(|_| is_case) else {
            return false;
        };
        let Some(measured) = self.short.or(self.met) else {
            return true;
        };
        let between = self.body.get(told.end()..measured);
        between.is_some_and(|between| has(&TURN, between))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(rationale: &str) -> Vec<String> {
        let told = |moves: Moves| {
            let all = moves.named(None).into_iter();
            let made = all.filter(|(_, is_made)| *is_made);
            made.map(|(name, _)| name).collect::<Vec<_>>().join("+")
        };
        by_sentence(rationale).into_iter().map(told).collect()
    }

    #[test]
    fn four_sentences_make_four_moves() {
        let text = "The MTUS recommends a brace for instability. The patient has knee pain. \
                    However, there is no documentation of instability. Therefore, the request for \
                    a brace is not medically necessary.";
        assert_eq!(letters(text), ["criteria", "facts", "gap", "conclusion"]);
        assert!(of(text).are_all());
    }

    #[test]
    fn one_sentence_may_make_two() {
        let text = "There is documentation of knee pain, however instability was not noted.";
        assert_eq!(letters(text), ["facts+gap"]);
        let text = "As the requested operation is not medically necessary, the requested brace is \
                    not medically necessary.";
        assert_eq!(letters(text), ["gap+conclusion"]);
    }

    #[test]
    fn what_is_missing_is_said() {
        let moves = of("The MTUS recommends a brace for instability. The request is necessary.");
        assert_eq!(
            moves.outline(None),
            "criteria ok · facts missing · gap missing · conclusion ok"
        );
        assert_eq!(
            moves.missing(Some(Decision::Overturned)),
            ["facts", "match"]
        );
        assert_eq!(of(""), Moves::default());
    }

    #[test]
    fn to_ask_for_a_reason_is_no_conclusion() {
        let text = "The physician gave no rationale as to the medical necessity of the brace.";
        assert_eq!(letters(text), ["gap"]);
    }

    #[test]
    fn a_reader_that_knows_sentences_reads_alike() {
        let texts = [
            "The patient has knee pain. Gait is slow.",
            "Gait is slow.",
            "The MTUS recommends a brace. Gait is slow.",
        ];
        let mut reader = Reader::default();
        for text in texts.iter().chain(&texts) {
            assert_eq!(reader.read(text), of(text), "{text}");
        }
    }

    #[test]
    fn every_pattern_reads() {
        let all = [
            &SOURCE,
            &SAYS,
            &RULE,
            &PERSON,
            &ANYBODY,
            &FILE,
            &THIS_CASE,
            &TOLD,
            &SHORT,
            &MET,
            &ANSWER,
            &NO_ANSWER,
            &FOR_ANOTHER,
            &SUBJECT,
            &BOILERPLATE,
            &TURN,
        ];
        assert!(all.iter().all(|words| words.is_some()));
    }
}
