//! The word tables that tell what a clause of a summary is about.

use crate::model::FindingKind;
use regex::bytes::{Regex, RegexBuilder};
use std::sync::LazyLock;

/// How much a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// Decides, and a new fact may begin with it.
    Opening,
    /// Decides, but may stand in the middle of a list.
    Clear,
    /// Opens a fact where a verb of telling follows (`MRI ... showed`), else counts as weak. Only
    /// in the tables, never in a [`Cue`].
    WithVerb,
    /// Counts where nothing decides.
    Weak,
}

/// One word found.
#[derive(Debug, Clone, Copy)]
pub struct Cue {
    /// What it speaks of.
    pub kind: FindingKind,
    /// How clearly.
    pub strength: Strength,
    /// Byte offset.
    pub at: usize,
}

const TABLE: [(FindingKind, Strength, &str); 23] = {
    use FindingKind::*;
    use Strength::*;
    [
        (
            Plan,
            Opening,
            r"request(?:ed|s|ing)?|RFA|utilization review|UR|(?:non-? ?)?certifi(?:ed|cation)|(?:was|were|been|previously) denied|denied (?:due|by|the request)|(?:treatment|current|the) plan|plan of care|plan (?:is|was|includ\w*|for)|recommend\w*|at issue|appeal\w*|consideration (?:for|of)|considered for|considering|proposed|pursu\w+|claims administrator|(?:not )?approv\w+|authoriz\w+|will (?:be|undergo|continue|proceed)|scheduled for|awaiting|in dispute|modified due",
        ),
        (
            Electrodiagnostic,
            WithVerb,
            r"electrodiagnos\w*|elective diagnostic stud\w*|EMG(?:/\w+)?|NCV|NCS|nerve (?:conduction|test)\w*|electromyogra\w*",
        ),
        (
            Imaging,
            WithVerb,
            r"MRIs?|MRA|magnetic resonance\w*|x-? ?rays?|radiograph\w*|radiolog\w*|CT|computed tomograph\w*|bone scan|arthrogram|ultrasound|imaging|DEXA|myelogram|films?",
        ),
        (
            Imaging,
            Clear,
            r"(?:findings?|evidence|seen|noted) (?:on|of|by) (?:the |an? )?(?:MRI|x-? ?rays?|CT|imaging|radiograph\w*)|(?:negative|normal|positive) [\w ]*?x-? ?rays?",
        ),
        (
            Laboratory,
            Opening,
            r"urine (?:drug|tox)\w*|UDS|toxicolog\w*|laborator\w*|lab (?:tests?|results?|work)|blood (?:tests?|work|count|glucose)|hemoglobin|creatinine|serum|A1c|CURES",
        ),
        (
            Exam,
            Opening,
            r"(?:physical|neurological|clinical|orthopedic)\w* (?:re-?)?exam\w*|exam(?:ination|ined|s)?|objective\w*|upon inspection|inspection",
        ),
        (
            Exam,
            Opening,
            r"tender(?:ness)?|range of motion|ROM|straight[- ]leg\w*|SLR|palpat\w*|reflex\w*|(?:motor|muscle|grip|pinch)\w* strength|strength (?:is|was|were)|sensation|gait|Tinel\w*|Phalen\w*|Spurling\w*|McMurray\w*|Finkelstein\w*|Lachman\w*|Kemp\w*|Hawkins\w*|Neer\w*|Lasegue\w*|impingement (?:sign|test)\w*|effusion|crepitus|ecchymosis|trigger points?|forward flexion|abduction|\d+ degrees|blood pressure|positive [\w' ]*?(?:test|sign)\w*|neurovascular\w*|limp",
        ),
        (
            Exam,
            Clear,
            r"swelling|spasms?|edema|deformity|guarding|normal (?:in|limits)",
        ),
        (
            Exam,
            Weak,
            r"positive|negative|normal|decreased|reduced|intact|bilaterally|flexion|extension|strength|pulses|alert|distress|motion|limited|dermatom\w*|warm|well[- ]healed",
        ),
        (
            Medication,
            Opening,
            r"medications? (?:lists?|includ\w*|have|has|had|were|are|is|was|consist\w*|regimen|usage)|(?:current|oral|pain) medications?|prescri\w+|refill\w*|(?:taking|takes|took|was on|is on|reportedly on|been on|given)(?: \w+){0,2} (?:medications?|opioids?|NSAIDs?)",
        ),
        (
            Medication,
            Clear,
            r"(?:Norco|hydrocodone|Vicodin|oxycodone|Percocet|OxyContin|morphine|MS Contin|tramadol|Ultram|Ultracet|tapentadol|Nucynta|fentanyl|methadone|buprenorphine|Butrans|codeine|naproxen|Naprosyn|Anaprox|ibuprofen|Motrin|Advil|diclofenac|Voltaren|meloxicam|Mobic|etodolac|nabumetone|Relafen|celecoxib|Celebrex|ketorolac|Toradol|ketoprofen|acetaminophen|Tylenol|cyclobenzaprine|Flexeril|Fexmid|tizanidine|Zanaflex|methocarbamol|Robaxin|baclofen|carisoprodol|Soma|metaxalone|Skelaxin|orphenadrine|Norflex|gabapentin|Neurontin|pregabalin|Lyrica|duloxetine|Cymbalta|amitriptyline|Elavil|nortriptyline|sertraline|Zoloft|trazodone|venlafaxine|Effexor|bupropion|zolpidem|Ambien|eszopiclone|Lunesta|diazepam|Valium|lorazepam|Ativan|alprazolam|Xanax|clonazepam|omeprazole|Prilosec|pantoprazole|Protonix|ranitidine|ondansetron|Zofran|Lidoderm|lidocaine|Terocin|Menthoderm|capsaicin|flurbiprofen|Fioricet|prednisone|Medrol|sildenafil|Viagra|aspirin)\b",
        ),
        (
            Medication,
            Weak,
            r"medications?|analgesics?|NSAIDs?|opioids?|drugs?|mg|dose|nightly|twice daily",
        ),
        (
            Treatment,
            Opening,
            r"treatments?(?: and [\w ]+?)? (?:to date|has|have|had|includ\w*|consist\w*|rendered|given|received|history|modalit\w*|was|were)|(?:prior|past|previous|conservative|earlier|initial) (?:treatments?|care|therap\w*)|care (?:so far|consist\w*|includ\w*)|underwent|undergone|status[- ]post|s/p|post-?operative\w*|surger(?:y|ies) (?:on|in|was|were)|(?:has|have|had|was|were|been|being|be) (?:\w+ )?(?:treated with|given|casted|splinted|immobilized)",
        ),
        (
            Treatment,
            Opening,
            r"(?:attend|receiv|complet|start|begun|began|had|finish|undergo|participat|continu)\w*[^;,]*?(?:physical therapy|therapy|sessions?|visits of|injections?|acupuncture|chiropract\w*)|(?:therapy|therapies|injections?|acupuncture|chiropractic|sessions?)[^;,]*?(?:complet|help|relie|provid|improv|benefi|fail|gave|did not|without)\w*",
        ),
        (
            Treatment,
            Clear,
            r"closed reduction|arthroscop\w*|discectomy|laminectomy|meniscectomy|fusion (?:in|at|on)|repair (?:in|on)|home exercise\w*|steroid (?:shot|injection)s?",
        ),
        (
            Treatment,
            Weak,
            r"therapy|therapies|injections?|brace|bracing|chiropract\w*|acupuncture|exercises?|TENS|surgical|surgery|splint\w*|cast|sling|emergency|treat\w*|physiotherapy",
        ),
        (
            Complaint,
            Opening,
            r"complain\w*|chief complaint|subjective\w*|symptoms?|(?:patient|worker|applicant|claimant|employee|individual|she|he|they|who)(?:'s)? (?:\w+ly )?(?:(?:also|still|again|has|had|did|does|is|was) )?(?:\w+ly )?(?:reports?|reported|reporting|states?|stated|notes|noted|describes?|described|denies|denied|rates?|rated|presents|presented|continues? (?:to|with)|continued (?:to|with)|experienc\w*|feels?|felt|having|has pain|had pain)",
        ),
        (
            Complaint,
            Opening,
            r"(?:persistent|constant|ongoing|continued|continuing|chronic|increas\w*|intermittent|radiating|worsening|severe|residual)[\w ,/-]*?(?:pains?|numbness|headaches?|symptoms?|complaints?)|pain (?:is|was|level|score|rated|scale|increas\w*|radiat\w*|decreas\w*|with|worse)|rated (?:at|as|\d)|VAS|ongoing issues|numbness|tingling|paresthesias?|radiating pain",
        ),
        (
            Complaint,
            Weak,
            r"pains?|painful|ach(?:e|es|ing)|stiffness|weakness|sleep\w*|headaches?|burning|worse|sore\w*|radiat\w*|\d+ ?/ ?10|discomfort|dizz\w*|anxi\w*|depress\w*|activities of daily living",
        ),
        (
            History,
            Opening,
            r"\d+[- ]years?[- ]old|year[- ]old|y/o|date of injury|sustained|suffered (?:an?|injur\w*)|injured (?:on|in|at|his|her)|industrial[\w -]*?injur\w*|work[- ]related|diagnos(?:is|es|ed)|mechanism|work status|past medical|medical history|history of|comorbid\w*|allerg\w*|undergoing (?:treatment|care) for|being (?:treated|seen|evaluated|followed) for|treated for|occupational claim|cumulative trauma|assessments?|impressions?",
        ),
        (
            History,
            Clear,
            r"(?:modified|full|light|regular|restricted|usual) (?:duty|duties|work)|off (?:of )?work|out of work|work restrictions?|temporar\w* [\w ]*?disab\w*|disability|return\w* to (?:full |modified |regular )?work|(?:is|was|not|currently|has been|able to) work(?:ing)?|works? as|worked|slipped|fell|hit (?:his|her)|struck|lifting|employ\w*|smok\w*|motor vehicle|MMI|permanent and stationary|maximum medical",
        ),
        (
            History,
            Weak,
            r"injur\w*|work(?:s|ed|ing)?|trauma|accident|claim\w*|diabet\w*|hypertension|sprains?|strains?|fractures?|contusions?|syndrome|radiculopathy|legible|blurry|handwritten",
        ),
        (
            Plan,
            Weak,
            r"plan\w*|follow[- ]?up|refer\w*|continu\w*|consult\w*|purchase|rental|trial|need for",
        ),
    ]
};

/// Verbs that tell a result.
const TELLING: &str = r"(?i)\b(?:show|reveal|demonstrat|indicat|confirm|not(?:ed|ing)|was|were|is|had|found|read|document|identif|suggest|consistent|positive|negative|normal)\w*";
/// How far behind a noun such a verb belongs to it, in bytes.
const REACH: usize = 90;

/// ASCII words only: several times faster, and the tables hold nothing else.
fn shape(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).unicode(false).build().ok()
}

static SHAPES: LazyLock<Vec<(FindingKind, Strength, Regex)>> = LazyLock::new(|| {
    let rows = TABLE.iter().filter_map(|(kind, strength, words)| {
        let shape = shape(&format!(r"\b(?:{})\b", with_case(words)))?;
        Some((*kind, *strength, shape))
    });
    rows.collect()
});

/// Ignores case, but for short words: `CT`, `UR` and the like are words in capitals only.
fn with_case(words: &str) -> String {
    let mut out = String::from("(?i:");
    out.push_str(words);
    out.push(')');
    for short in [
        "CT", "UR", "ROM", "RFA", "NCS", "NCV", "TENS", "CURES", "MMI", "VAS",
    ] {
        let bounded = |edge: char| matches!(edge, '|' | '(' | ')');
        let mut rebuilt = String::with_capacity(out.len());
        let mut rest = out.as_str();
        while let Some(at) = rest.find(short) {
            let (before, found) = rest.split_at(at);
            let after = found.get(short.len()..).unwrap_or_default();
            let is_word = before
                .chars()
                .next_back()
                .is_none_or(|c| bounded(c) || c == ':')
                && after.chars().next().is_none_or(bounded);
            rebuilt.push_str(before);
            rebuilt.push_str(&if is_word {
                format!("(?-i:{short})")
            } else {
                short.to_owned()
            });
            rest = after;
        }
        rebuilt.push_str(rest);
        out = rebuilt;
    }
    out
}

/// Every word of the tables in `text`.
pub fn cues(text: &str) -> Vec<Cue> {
    static VERB: LazyLock<Option<Regex>> = LazyLock::new(|| shape(TELLING));
    let verbs: Vec<usize> = VERB.as_ref().map_or_else(Vec::new, |verb| {
        verb.find_iter(text.as_bytes()).map(|m| m.start()).collect()
    });
    let is_told = |end: usize| {
        let verb = verbs.iter().find(|at| **at >= end);
        verb.and_then(|at| text.get(end..*at))
            .is_some_and(|between| between.len() <= REACH && !between.contains(';'))
    };
    let is_told = &is_told;
    let found = SHAPES.iter().flat_map(|(kind, strength, shape)| {
        shape.find_iter(text.as_bytes()).map(move |m| Cue {
            kind: *kind,
            strength: match strength {
                Strength::WithVerb if is_told(m.end()) => Strength::Opening,
                Strength::WithVerb => Strength::Weak,
                other => *other,
            },
            at: m.start(),
        })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_a_pattern() {
        assert_eq!(SHAPES.len(), TABLE.len());
    }

    #[test]
    fn capitals_count_for_short_words() {
        assert!(
            cues("a CT was normal")
                .iter()
                .any(|c| c.kind == FindingKind::Imaging)
        );
        assert!(cues("the ct and the ur").is_empty());
    }
}
