//! Every check: id, severity, legal basis, what it says, what to do.
//!
//! Of the catalogue are not here, because no reviewer's case can meet them:
//!
//! ```text
//! L10  several reviewers: one reviewer decides here
//! L11  a tie among several reviewers: likewise
//! L13  the letter's outcome is computed from the items, so the two cannot differ
//! L14  the letter prints the request of the case itself, so the two cannot differ
//! L40  an earlier case decided otherwise: precedents are looked up beside the item
//! L44  pages never opened: what was read is not recorded, and shall not be
//! L46  recipients: no cover letter is made here
//! L47  effect and appeal: likewise
//! L49  content changed after the signature: `imr verify`
//! ```
//!
//! L51 to L54 are ours.

use super::desk::Desk;
use super::{
    Found, citations, codes, items, leftovers, numbers, order, papers, person, places, polarity,
    quoted, required, subject, substance, timeline, words,
};
use crate::model::lint::Severity::{self, Blocking, Note, Warning};

/// One row of the table.
pub struct Check {
    /// Number in the catalogue.
    pub id: &'static str,
    /// Unless rules.toml says otherwise.
    pub severity: Severity,
    /// What it reports, in few words.
    pub title: &'static str,
    /// The law or reason behind it.
    pub basis: &'static str,
    /// What to do, one sentence.
    pub remedy: &'static str,
    /// Does a typed reason settle it?
    pub takes_reason: bool,
    pub(super) run: Run,
}

type Run = fn(&Desk) -> Vec<Found>;

/// Severity, whether a reason settles it.
type Weight = (Severity, bool);

/// What the law asks for: no reason settles it.
const FIRM: Weight = (Blocking, false);
/// Blocks until it is mended, or a reason is given.
const RELEASED: Weight = (Blocking, true);
const WARNS: Weight = (Warning, true);
const NOTES: Weight = (Note, true);

impl Check {
    const fn new(
        id: &'static str,
        weight: Weight,
        title: &'static str,
        basis: &'static str,
        remedy: &'static str,
        run: Run,
    ) -> Self {
        Self {
            id,
            severity: weight.0,
            title,
            basis,
            remedy,
            takes_reason: weight.1,
            run,
        }
    }

    /// Does it block, and does a reason release it?
    pub(super) fn is_released(&self) -> bool {
        self.severity == Blocking && self.takes_reason
    }
}

/// All checks, by number.
pub fn table() -> &'static [Check] {
    &CHECKS
}

/// The table as README has it.
pub fn table_markdown() -> String {
    let rows = CHECKS.iter().map(|check| {
        let Check {
            id,
            title,
            remedy,
            basis,
            ..
        } = check;
        format!(
            "| {id} | {} | {title} | {remedy} | {basis} |\n",
            check.severity.word()
        )
    });
    let rows: String = rows.collect();
    format!("| Check | Weight | Reports | What to do | Basis |\n|---|---|---|---|---|\n{rows}")
}

/// What a blocking check lacks, in a few words.
pub(super) fn gap(id: &str) -> &'static str {
    match id {
        "L07" => "your name",
        "L15" => "conclusion against decision",
        _ => CHECKS
            .iter()
            .find(|check| check.id == id)
            .map_or("a lint", |check| check.title),
    }
}

#[rustfmt::skip]
static CHECKS: [Check; 45] = [
    Check::new("L01", FIRM, "an item is not decided", "8 CCR 9792.10.6(d)",
        "Decide it: U upheld, O overturned.", required::undecided),
    Check::new("L02", FIRM, "an item has no rationale", "LC 4610.6(e)",
        "Write the clinical reasons.", required::unreasoned),
    Check::new("L03", FIRM, "an item cites nothing, or says two things at once", "8 CCR 9792.10.6(d), 9792.21.1(d)",
        "Cite a guideline, or state that none is applicable and which search was made.", required::uncited),
    Check::new("L04", FIRM, "no documents are listed", "8 CCR 9792.10.6(d)",
        "List them, or give the reason on the Records tab.", required::no_records),
    Check::new("L05", WARNS, "the summary tells no condition", "8 CCR 9792.10.6(d)",
        "Name a diagnosis or the part of the body in the summary.", substance::no_condition),
    Check::new("L06", FIRM, "the reviewer's profile is not complete", "LC 4610.6(f)",
        "Complete [reviewer] in config.toml.", required::no_profile),
    Check::new("L07", RELEASED, "the reviewer's own name stands in the letter", "LC 4610.6(f)",
        "Take the name out, or say why it is another's.", words::own_name),
    Check::new("L08", FIRM, "a tie to a party of the case", "LC 139.5(d)(5)",
        "Recuse yourself, or correct the party.", required::tied),
    Check::new("L09", FIRM, "the reviewer may not review this case", "LC 139.5(d)(4), 4610.6(i)",
        "Recuse yourself, or correct the profile.", required::ineligible),
    Check::new("L12", WARNS, "the determination is late", "LC 4610.6(d)",
        "It still stands: say why it is late.", papers::late),
    Check::new("L15", RELEASED, "the conclusion says the opposite of the decision", "LC 4610.6(h)(5)",
        "Correct the conclusion or the decision, or say why both may stand.", polarity::contradicted),
    Check::new("L16", WARNS, "side, level or part of the body is not that of request and summary", "LC 4610.6(h)(5)",
        "Check it against the records and correct the wrong one.", places::unknown),
    Check::new("L17", WARNS, "age, sex or date of injury is not that of the case", "LC 4610.6(h)(5)",
        "Check it against the records and correct the wrong one.", person::other),
    Check::new("L18", WARNS, "a date cannot be, or is told otherwise elsewhere", "LC 4610.6(h)(5)",
        "Check the date against the records.", timeline::impossible),
    Check::new("L19", WARNS, "a report is cited that stands in no list of documents", "LC 4610.6(e)",
        "Check its date, or list the document.", timeline::unlisted),
    Check::new("L20", WARNS, "a dose, quantity or count is told otherwise elsewhere", "LC 4610.6(h)(5)",
        "Check the number against the request and the records.", numbers::disagreeing),
    Check::new("L21", WARNS, "only sources outside the MTUS, without a word on the MTUS", "8 CCR 9792.21.1",
        "Say that the MTUS is silent or rebutted: gw offers the sentence.", order::mtus_left),
    Check::new("L22", WARNS, "a study is cited where ACOEM or ODG comes first", "8 CCR 9792.21.1",
        "Cite ACOEM or ODG, or say what they lack.", order::step_skipped),
    Check::new("L23", WARNS, "two recommendations differ and nothing weighs them", "8 CCR 9792.25.1",
        "Weigh the studies behind them: gw opens the worksheet.", order::at_variance),
    Check::new("L24", WARNS, "a citation names no chapter, section or year", "8 CCR 9792.21.1(d)",
        "Cite chapter or section, and the year of the edition.", citations::incomplete),
    Check::new("L25", WARNS, "chapter, title and pages do not go together", "quality",
        "Check chapter and page.", citations::mismatched),
    Check::new("L26", WARNS, "an edition that is no longer in force, or old", "8 CCR 9792.20, 9792.21.1",
        "Cite the edition in force when UR decided.", citations::outdated),
    Check::new("L27", WARNS, "a citation that the library does not find", "quality",
        "Check it against the guideline.", citations::unresolved),
    Check::new("L28", WARNS, "a rationale of a few words, or one used twice", "LC 4610.6(e)",
        "Tie the reasons to this item and this patient.", substance::thin),
    Check::new("L29", WARNS, "a blank to be filled in, or words typed twice", "quality",
        "Fill the blank in, or take the words out.", leftovers::left),
    Check::new("L30", WARNS, "a list names a thing twice", "quality",
        "Take one of them out.", leftovers::listed_twice),
    Check::new("L31", NOTES, "hard to read for a layperson", "LC 4610.6(d)(1)",
        "Shorter sentences, plainer words.", substance::hard),
    Check::new("L32", WARNS, "causation, compensability or UR's timeliness is argued", "LC 4610.6(a)",
        "Keep to medical necessity.", words::out_of_scope),
    Check::new("L33", WARNS, "said to be missing, and told in the summary", "LC 4610.6(h)(5)",
        "Weigh what is told, or say what is missing of it.", substance::said_missing),
    Check::new("L34", WARNS, "cost is given as a reason", "LC 4610.5(c)(2)",
        "Keep to medical necessity.", words::cost),
    Check::new("L35", WARNS, "age, sex or origin stands as a reason", "LC 4610.6(h)(4)",
        "Tie it to a clinical fact, or take it out.", words::bias),
    Check::new("L36", WARNS, "more visits than the cap", "LC 4604.5(c)(1)",
        "Say why the cap does not apply: written authorization, or surgery.", items::over_cap),
    Check::new("L37", NOTES, "a drug without strength or quantity", "8 CCR 9792.27.1-.23",
        "Say in the rationale that the request does not tell it.", items::drug_gaps),
    Check::new("L38", NOTES, "an opioid, and what is weighed with it is not", "MTUS opioids guideline",
        "Weigh relief, function, side effects and misuse.", items::opioid),
    Check::new("L39", WARNS, "UR modified the request, and the part it approved is not recorded", "8 CCR 9792.10.6(d)",
        "Record what UR approved.", items::part_missing),
    Check::new("L41", WARNS, "words that may tell who the patient is", "LC 4610.6(m)",
        "Take them out: the determination is published.", words::private),
    Check::new("L42", WARNS, "a code of no valid shape", "quality",
        "Check the code.", codes::misshapen),
    Check::new("L43", WARNS, "an ICD-9 code after 1 October 2015", "quality",
        "Code the diagnosis in ICD-10.", codes::old_system),
    Check::new("L45", NOTES, "the newest record is old", "8 CCR 9792.10.5",
        "Ask whether later reports were sent.", papers::old_records),
    Check::new("L48", WARNS, "an item of another specialty", "LC 139.5",
        "Say why it is within yours, or recuse yourself.", required::other_specialty),
    Check::new("L50", WARNS, "expedited, and no certification among the records", "LC 4610.6(d)(2)",
        "List the certification, or ask for it.", papers::uncertified),
    Check::new("L51", WARNS, "a rationale without a conclusion", "LC 4610.6(e)",
        "End it with what follows: the request is, or is not, medically necessary.", polarity::without_conclusion),
    Check::new("L52", WARNS, "a rationale that speaks of another treatment", "LC 4610.6(h)(5)",
        "Check that it belongs to this item and this case.", subject::strange),
    Check::new("L53", WARNS, "he and she of one patient", "quality",
        "Take the one that is not the patient's out.", person::mixed),
    Check::new("L54", NOTES, "words quoted from another determination", "LC 4610.6(e)",
        "Say how it applies to this patient, in your own words.", quoted::taken_over),
];
