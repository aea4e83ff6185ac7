//! The word tables that tell what a clause of a summary is about.

use crate::model::FindingKind;
use regex::bytes::{Regex, RegexBuilder};
use std::ops::Range;
use std::sync::LazyLock;

/// How much a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// Decides before words of a plan do (`the request was denied under the guideline`).
    Ruling,
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
    /// Is it a study whose result is told?
    pub is_result: bool,
}

const TABLE: [(FindingKind, Strength, &str); 35] = {
    use FindingKind::*;
    use Strength::*;
    [
        (
            Other,
            Opening,
            r"claims administrator|utilization review\w*|UR|peer review\w*|review(?:er|ing physician)|(?:prior|previous|initial|adverse) (?:review|determination)|liabilit\w+|compensab\w+|claim (?:was|is|has been) (?:denied|delayed|disputed)|adjuster|insurer|medical records (?:were|was|are) (?:received|reviewed|submitted)",
        ),
        (
            Other,
            Ruling,
            r"appeal(?:ed|s|ing)?|in (?:its|the) determination|medical(?:ly)? necess\w+|guidelines?|MTUS|ODG|ACOEM",
        ),
        (
            Other,
            Weak,
            r"(?:il)?legib\w*|handwritten|hand-written|decipher\w*|difficult to (?:read|follow)|blurry|no (?:[\w-]+ ){0,2}(?:documentation|mention|indication|discussion|rationale)|lack of (?:[\w-]+ ){0,2}(?:documentation|rationale|information)|not (?:[\w-]+ )?(?:documented|provided|specified|submitted|available|stated|discussed|mentioned)",
        ),
        (
            History,
            Opening,
            r"(?:(?:was|were|been) )?given (?:an? |the )?(?:\w+ )?diagnos\w+|undergoing treatments? for",
        ),
        (
            Plan,
            Opening,
            r"request(?:ed|s|ing)?|RFA|non-? ?certifi(?:ed|cation)|(?:not|was|were|been|be|partially) certified|certification|certified (?:the|half|part|only|an? |one|two|three|four|six|eight|ten|twelve|\d)|(?:was|were|been|previously) denied|denied (?:due|by|the request)|(?:treatment|current|the) plan|plan of care|plan (?:is|was|includ\w*|for)|recommend\w*|ask(?:s|ed|ing)? (?:for|to)|order(?:s|ed)|advised|denial|candidate for|(?:operation|surgery) is (?:not )?indicated|at issue|consideration (?:for|of)|consider(?:s|ed|ing)?|sought|proposed|pursu\w+|(?:not )?approv\w+|authoriz\w+|will (?:be|undergo|continue|proceed)|scheduled for|awaiting|in dispute|modified due",
        ),
        (
            Electrodiagnostic,
            Clear,
            r"^(?:(?:an?|the|repeat|recent|prior|previous) )*(?:EMG(?:/\w+)?|NCV|NCS|electro-?diagnos\w+|electromyogra\w+|nerve conduction)",
        ),
        (
            Electrodiagnostic,
            WithVerb,
            r"electro-?diagnos\w*|electroneurogra\w*|elective diagnostic stud\w*|EMG(?:/\w+)?|NCV|NCS|nerve (?:conduction|test)\w*|electromyogra\w*",
        ),
        (
            Imaging,
            Clear,
            r"^(?:(?:an?|the|his|her|repeat|recent|prior|previous|initial|plain|right|left|bilateral|cervical|thoracic|lumbar|spine|knee|shoulder|hip|wrist|hand|foot|ankle|elbow|brain|diagnostic) )*(?:MRIs?|x-? ?rays?|CT|radiographs?|ultrasound|imaging)|diagnostic (?:studies|testing|tests|imaging) (?:to date )?(?:includ\w+|show\w+|reveal\w+|consist\w+)",
        ),
        (
            Imaging,
            Opening,
            r"(?:underwent|undergone|had|obtained|received) (?:an? |the )?(?:[\w-]+ ){0,3}?(?:MRIs?|x-? ?rays?|CT|radiographs?|ultrasound|arthrogram|bone scan)",
        ),
        (
            Imaging,
            WithVerb,
            r"MRIs?|MRA|magnetic resonance\w*|x-? ?rays?|radiograph\w*|radiolog\w*|CT|computed tomograph\w*|bone scan|arthrogram|ultrasound|imaging|DEXA|myelogram|echocardiogra\w*|sonogra\w*|films?",
        ),
        (
            Imaging,
            Opening,
            r"radiographic\w* (?:confirm\w*|eviden\w*|proven)",
        ),
        (
            Imaging,
            Weak,
            r"dis[ck] (?:bulg\w+|protrusions?|herniations?|desiccation|spaces?|height)|bulg\w+|protrusions?|herniat\w+|stenosis|degenerative|spondylo\w+|osteophytes?|tears?|neural foramin\w*|lordosis|osseous|marrow|T2",
        ),
        (
            Imaging,
            Clear,
            r"(?:findings?|evidence|seen|noted) (?:on|of|by) (?:the |an? )?(?:MRI|x-? ?rays?|CT|imaging|radiograph\w*)|(?:negative|normal|positive) [\w ]*?x-? ?rays?",
        ),
        (
            Laboratory,
            Opening,
            r"urine (?:drug|tox)\w*|UDS|toxicolog\w*|laborator\w*|lab (?:tests?|results?|work)|blood (?:tests?|work|count|glucose)|hemoglobin|creatinine|C-reactive|testosterone|cultures? (?:grew|showed|w)\w*|serum|A1c|CURES|cholesterol|triglycerides|hematocrit|blood panel|CBC",
        ),
        (
            Exam,
            Opening,
            r"(?:physical|neurological|clinical|orthopedic)\w* (?:re-?)?exam\w*|exam(?:ination|ined|s)?|objective\w*|upon inspection|inspection",
        ),
        (
            Exam,
            Opening,
            r"tender(?:ness)?|range of motion|ROM|straight[- ]leg\w*|SLR|palpat\w*|reflex\w*|(?:motor|muscle|grip|pinch)\w* strength|strength (?:is|was|were)|sensation|gait|Tinel\w*|Phalen\w*|Spurling\w*|McMurray\w*|Finkelstein\w*|Lachman\w*|Kemp\w*|Hawkins\w*|Neer\w*|Lasegue\w*|impingement (?:sign|test)\w*|crepitus|trigger points|trigger point (?:tender\w*|with|in|on|at|over)|forward flexion|abduction|\d+ degrees|blood pressure|positive [\w' ]*?(?:test|sign)\w*|neurovascular\w*|limp",
        ),
        (
            Exam,
            Opening,
            r"(?:(?:axial|cervical|head|foraminal|patellar|lateral|median nerve|carpal) )*compression (?:tests?|signs?|maneuvers?|caus\w+|produc\w+|elicit\w+|was|were)|pain (?:during|with|on|upon|at) (?:[\w-]+ ){0,3}?(?:palpation|flexion|extension|rotation|abduction|adduction|depression|compression|range of motion|motion|resisted|resistance|bending|loading|stress)|(?:caus|produc|elicit|reproduc|provok)(?:ed|es|ing) (?:\w+ ){0,2}pain|exhibited|facet loading|vital signs|heart rate|BMI|body mass index|(?:toe|heel)[- ]walk\w*|atroph\w+|tightness|sensory (?:deficits?|loss|exam\w*)|pin ?prick|light touch|two-point|monofilament|myospasms?|hyperton\w+",
        ),
        (
            Exam,
            Opening,
            r"(?:(?:Patrick|Faber|Fabere|Gaenslen|Durkan|Cozen|Mill|Speed|Yergason|Apley|Jobe|O'Brien|Thompson|Homan|Babinski|Hoffman|Romberg|Braggard|Yeoman|Adson|Trendelenburg|Waddell|Bechterew|Ely|Nachlas|Milgram|Valsalva|Thomas|Ober|Froment|Allen|Dix-Hallpike)(?:'s|s)?|empty can|drop arm|apprehension|drawer|valgus|varus|pivot shift|slump|cross[- ]arm) (?:tests?|signs?|maneuvers?|stress|was|were|is)",
        ),
        (Exam, Clear, r"spasms?|guarding|normal (?:in|limits)"),
        (
            Exam,
            Weak,
            r"effusion|ecchymosis|swelling|swollen|edema|deformity|pupils|mood|affect|oriented|lungs|heart sounds|ambulat\w*|posture|weight[- ]bearing|scars?|incisions?|wound|atraumatic|instability|displayed|positive|negative|normal|decreased|reduced|intact|bilaterally|flexion|extension|strength|pulses|alert|distress|motion|limited|dermatom\w*|findings|cane|walker|crutch\w*|hypersensitiv\w*|PHQ-9|GAD-7|Beck|Epworth|Oswestry|QuickDASH|checklist|\d+ (?:pounds|lbs?|kg|meters|feet)|warm|well[- ]healed",
        ),
        (
            Medication,
            Opening,
            r"medications? (?:lists?|includ\w*|have|has|had|were|are|is|was|consist\w*|regimen|usage)|(?:current|oral|pain) medications?|prescri\w+|refill\w*|(?:taking|takes|took|was on|is on|reportedly on|been on|given)(?: \w+){0,2} (?:medications?|opioids?|NSAIDs?)",
        ),
        (
            Medication,
            Opening,
            r"(?:placed|started|restarted|maintained|switched|put) (?:back )?on (?:an? )?(?:course of )?(?:medications?|opioids?|NSAIDs?|steroids?|medrol|prednisone|naproxen|ibuprofen|norco|tramadol|gabapentin|flexeril|cyclobenzaprine)|(?:has |have |had )?restarted|pain (?:medications?|medicines?) \w*(?:help|reliev|reduc|improv|allow)\w*",
        ),
        (
            Medication,
            Clear,
            r"(?:Norco|hydrocodone|Vicodin|oxycodone|Percocet|OxyContin|morphine|MS Contin|tramadol|Ultram|Ultracet|tapentadol|Nucynta|fentanyl|methadone|buprenorphine|Butrans|codeine|naproxen|Naprosyn|Anaprox|ibuprofen|Motrin|Advil|diclofenac|Voltaren|meloxicam|Mobic|etodolac|nabumetone|Relafen|celecoxib|Celebrex|ketorolac|Toradol|ketoprofen|acetaminophen|Tylenol|cyclobenzaprine|Flexeril|Fexmid|tizanidine|Zanaflex|methocarbamol|Robaxin|baclofen|carisoprodol|Soma|metaxalone|Skelaxin|orphenadrine|Norflex|gabapentin|Neurontin|pregabalin|Lyrica|duloxetine|Cymbalta|amitriptyline|Elavil|nortriptyline|sertraline|Zoloft|trazodone|venlafaxine|Effexor|bupropion|zolpidem|Ambien|eszopiclone|Lunesta|diazepam|Valium|lorazepam|Ativan|alprazolam|Xanax|clonazepam|omeprazole|Prilosec|pantoprazole|Protonix|ranitidine|ondansetron|Zofran|Lidoderm|lidocaine|Terocin|Menthoderm|capsaicin|flurbiprofen|Fioricet|prednisone|Medrol|Pamelor|Topamax|topiramate|Effexor|Celexa|Lexapro|Prozac|Wellbutrin|Skelaxin|Imitrex|sumatriptan|Cymbalta|Opana|oxymorphone|Suboxone|Dilaudid|hydromorphone|oxaprozin|Daypro|indomethacin|sulindac|famotidine|LidoPro|Nexium|esomeprazole|misoprostol|melatonin|docusate|senna|Colace|insulin|metformin|lisinopril|sildenafil|Viagra|aspirin)\b",
        ),
        (
            Medication,
            Weak,
            r"medications?|analgesics?|NSAIDs?|opioids?|drugs?|mg|dose|nightly|twice daily",
        ),
        (
            Treatment,
            Opening,
            r"(?:following|various|multiple) treatments?|treatments? (?:tried|attempted|consist\w*|provided)|treatments?(?: and [\w ]+?)? (?:to date|has|have|had|includ\w*|consist\w*|rendered|given|received|history|modalit\w*|was|were)|(?:prior|past|previous|conservative|earlier|initial) (?:treatments?|care|therap\w*)|care (?:so far|consist\w*|includ\w*)|underwent|undergone|status[- ]post|s/p|post-?operative\w*|surger(?:y|ies) (?:on|in|was|were)|(?:has|have|had|was|were|been|being|be) (?:\w+ )?(?:treated with|given|casted|splinted|immobilized)",
        ),
        (
            Treatment,
            Opening,
            r"(?:attend|receiv|complet|start|begun|began|had|finish|undergo|participat|continu)\w*[^;,]*?(?:physical therapy|therapy|sessions?|visits of|injections?|acupuncture|chiropract\w*)|(?:therapy|therapies|injections?|acupuncture|chiropractic|sessions?)[^;,]*?(?:complet|help|relie|provid|improv|benefi|fail|gave|brought|ended|began|did not|without)\w*",
        ),
        (
            Treatment,
            Clear,
            r"closed reduction|debridement|(?:was|were) (?:applied|injected)|improv\w* with|arthroscop\w*|discectomy|laminectomy|meniscectomy|fusion (?:in|at|on)|repair (?:in|on)|home exercise\w*|steroid (?:shot|injection)s?",
        ),
        (
            Treatment,
            Weak,
            r"therapy|therapies|injections?|brace|bracing|chiropract\w*|acupuncture|exercises?|TENS|surgical|surgery|splint\w*|cast|sling|emergency|treat\w*|physiotherapy",
        ),
        (
            Complaint,
            Opening,
            r"pins and needles|(?:feelings?|sensations?) of|(?:was|is|are|were|been) feeling|difficult(?:y|ies) (?:in |with |of )?(?:sleep\w*|falling|staying|walking|standing|sitting|performing|concentrat\w*|grip\w*|lifting|driving)|(?:aggravat|exacerbat|alleviat|worsen|reliev)(?:ed|es) (?:by|with)|pain (?:intensity|severity|radiating|rating|ratings|remain\w*|persist\w*|continu\w*|affect\w*|located)|complain\w*|chief complaint|subjective\w*|symptoms?|(?:patient|worker|applicant|claimant|employee|individual|she|he|they|who)(?:'s)? (?:\w+ly )?(?:(?:also|still|again|has|had|did|does|is|was) )?(?:\w+ly )?(?:reports?|reported|reporting|states?|stated|notes|noted|describes?|described|denies|denied|rates?|rated|presents|presented|continues? (?:to|with)|continued (?:to|with)|experienc\w*|feels?|felt|having|has pain|had pain)",
        ),
        (
            Complaint,
            Opening,
            r"(?:persistent|constant|ongoing|continued|continuing|chronic|increas\w*|intermittent|radiating|worsening|severe|residual)[\w ,/-]*?(?:pains?|numbness|headaches?|symptoms?|complaints?)|pain (?:is|was|level|score|rated|scale|increas\w*|radiat\w*|decreas\w*|with|worse)|rated (?:at|as|\d)|VAS|ongoing issues|numbness|tingling|paresthesias?|radiating pain",
        ),
        (
            Complaint,
            Weak,
            r"pains?|painful|ach(?:e|es|ing)|stiffness|weakness|sleep\w*|headaches?|burning|worse|sore\w*|radiat\w*|\d+ ?/ ?10|discomfort|insomnia|snor\w*|numb|feel\w*|better|buckling|popping|giving way|clicking|locking|fatigue|nausea|dropp\w*|dizz\w*|anxi\w*|depress\w*|activities of daily living",
        ),
        (
            History,
            Opening,
            r"\d+[- ]years?[- ]old|year[- ]old|y/o|date of injury|sustained|suffered (?:an?|injur\w*)|injured (?:on|in|at|his|her)|industrial[\w -]*?injur\w*|work[- ]related|diagnos(?:is|es|ed)|mechanism|work status|past (?:medical|surgical)|(?:medical|surgical) history|non-?contributory|(?:placed|kept|remain\w*|taken|is|was) (?:off|out of) (?:of )?work|history of|comorbid\w*|allerg\w*|undergoing (?:treatment|care) for|being (?:treated|seen|evaluated|followed) for|treated for|occupational claim|cumulative trauma|assessments?|impressions?",
        ),
        (
            History,
            Clear,
            r"(?:modified|full|light|regular|restricted|usual) (?:duty|duties|work)|off (?:of )?work|out of work|work restrictions?|temporar\w* [\w ]*?disab\w*|disability|return\w* to (?:full |modified |regular )?work|(?:is|was|not|currently|has been|able to) work(?:ing)?|works? as|worked|slipped|fell (?:from|off|on|in|at|down|while|over|and|when|onto|to)|pushed|assault\w*|robbery|collision|tripped|twisted|hit (?:his|her)|struck|lifting|employ\w*|smok\w*|motor vehicle|MMI|permanent and stationary|maximum medical",
        ),
        (
            History,
            Weak,
            r"injur\w*|work(?:s|ed|ing)?|trauma|accident|claim\w*|diabet\w*|hypertension|sprains?|strains?|fractures?|contusions?|syndrome|radiculopathy",
        ),
        (
            Plan,
            Weak,
            r"plan\w*|follow[- ]?up|refer(?:s|red|ring|rals?)?|continu\w*|consult\w*|purchase|rental|trial|need for",
        ),
    ]
};

/// Verbs that tell a result.
const TELLING: &str = r"(?i)\b(?:show|reveal|demonstrat|indicat|confirm|not(?:ed|ing)|was|were|is|had|found|read|document|identif|suggest|consistent|positive|negative|normal|impression|notable|significant|detect|conclu|depict|disclos|describ|interpret|perform|obtain|taken)\w*";
/// Those that leave no doubt that a result is told, not a study ordered.
const RESULT: &str = r"(?i)^\W*(?:[\w/.,()-]+ ){0,14}?(?:show|reveal|demonstrat|confirm|identif|suggest|negative|normal|unremarkable|read as|consistent with|indicative|evidence of|impression)\w*";
/// Words that speak of somebody or something without telling anything of it: the words of the
/// tables within them do not count.
const NEUTRAL: &str = r"(?i)\b(?:(?:(?:injured )?(?:patient|worker|applicant|claimant|employee|she|he) )?(?:has |was |is )?(?:present(?:ed|s)|return(?:ed|s)|(?:re-?)?seen|(?:re-?)?evaluated|came(?: back)?|here)(?: to (?:the |his |her )?(?:clinic|office))? (?:for|in) (?:an? |her |his |the )?(?:[\w-]+ )?(?:re-?)?(?:follow[- ]?up|evaluation|examination|visit|appointment|consultation)(?: (?:visit|appointment|evaluation|examination|consultation))?|(?:primary )?(?:treating|requesting) (?:physician|provider|doctor)(?:'s)?|injured workers?(?:'s)?|under the (?:treatment )?plan)\b";
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
        "CT", "UR", "ROM", "RFA", "NCS", "NCV", "TENS", "CURES", "MMI", "VAS", "BMI", "CBC",
        "MTUS", "ODG", "ACOEM", "T2",
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

/// Is something said of somebody, and not only named?
pub fn has_verb(text: &str) -> bool {
    const VERBS: &str = r"(?i)\b(?:is|are|was|were|has|have|had|did|does|can|could|may|will|would|gave|began|fell|rose|took|felt|found|ran|went|underwent|[a-z]{2,}ed|(?:state|report|note|denie|complain|describe|take|work|walk|show|reveal|demonstrate|indicate|continue|present|remain|help|use|need)s?)\b";
    static VERB: LazyLock<Option<Regex>> = LazyLock::new(|| shape(VERBS));
    VERB.as_ref()
        .is_some_and(|verb| verb.is_match(text.as_bytes()))
}

/// Every word of the tables in `text`.
pub fn cues(text: &str) -> Vec<Cue> {
    static VERB: LazyLock<Option<Regex>> = LazyLock::new(|| shape(TELLING));
    static BEHIND: LazyLock<Option<Regex>> = LazyLock::new(|| shape(RESULT));
    static NOTHING: LazyLock<Option<Regex>> = LazyLock::new(|| shape(NEUTRAL));
    let places = |shape: &'static LazyLock<Option<Regex>>| -> Vec<Range<usize>> {
        let found = shape.iter().flat_map(|s| s.find_iter(text.as_bytes()));
        found.map(|m| m.range()).collect()
    };
    let verbs = places(&VERB);
    let neutral = places(&NOTHING);
    let is_told = |end: usize| {
        let verb = verbs.iter().find(|at| at.start >= end);
        verb.and_then(|at| text.get(end..at.start))
            .is_some_and(|between| between.len() <= REACH && !between.contains(';'))
    };
    let is_result = |end: usize| {
        let behind = text.as_bytes().get(end..).unwrap_or_default();
        BEHIND.as_ref().is_some_and(|shape| shape.is_match(behind))
    };
    let counts = |at: &Range<usize>| {
        !neutral
            .iter()
            .any(|n| n.start <= at.start && at.end <= n.end)
    };
    let (is_told, is_result, counts) = (&is_told, &is_result, &counts);
    let found = SHAPES.iter().flat_map(|(kind, strength, shape)| {
        let places = shape.find_iter(text.as_bytes()).map(|m| m.range());
        places.filter(counts).map(move |at| Cue {
            kind: *kind,
            strength: match strength {
                Strength::WithVerb if is_told(at.end) => Strength::Opening,
                Strength::WithVerb => Strength::Weak,
                other => *other,
            },
            at: at.start,
            is_result: *strength == Strength::WithVerb && is_result(at.end),
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
