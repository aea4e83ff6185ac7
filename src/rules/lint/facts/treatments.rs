//! Treatments and parts of the body by family, so that `EMG` and `electrodiagnostic studies` are
//! one thing. Coarser than the reader of requests: asked is only whether two texts speak of the
//! same.

use super::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// Families as bits of one number.
pub type Families = u128;

/// Name of the family and its words.
type Row = (&'static str, &'static str);

#[rustfmt::skip]
const TREATMENTS: [Row; 64] = [
    ("MRI", r"mri'?s?|mra|magnetic resonance|mr arthrogram"),
    ("CT", r"ct|cat scan|computed tomograph\w+|computerized tomograph\w+|myelogra\w+"),
    ("x-ray", r"x-? ?rays?|radiograph\w*|plain films?"),
    ("ultrasound imaging", r"ultrasound|sonogra\w+|ultrasonogra\w+|doppler"),
    ("electrodiagnostic studies", r"emgs?|ncs|ncv|electromyogra\w+|nerve conduction|electrodiagnos\w+|ssep\w*|evoked"),
    ("urine drug screen", r"urine|uds|udt|drug (?:screen|test)\w*|toxicology"),
    ("laboratory tests", r"cbc|metabolic panel|laborator\w+|lab (?:work|tests?)|labs|blood (?:work|tests?)|liver function"),
    ("EKG", r"ekg|ecg|electrocardiogra\w+|echocardiogra\w+"),
    ("sleep study", r"sleep stud\w+|polysomnogra\w+"),
    ("functional capacity evaluation", r"functional capacity|fce"),
    ("physical therapy", r"physical (?:therapy|medicine|therapist)|pt|physiotherapy|therapeutic exercise|aquatic\w*|occupational (?:therapy|medicine treatment)|ot|hand therapy|therapy (?:sessions?|visits?)|physical exam 2"),
    ("chiropractic", r"chiropract\w+|manipulati\w+|manual therapy"),
    ("acupuncture", r"acupunctur\w*"),
    ("massage", r"massage|myofascial release"),
    ("TENS", r"tens|transcutaneous electrical|neurostimulat\w+|e-?stim|electrical stimulat\w+|interferential|h-?wave|nmes|electro-?therapy|electrotherap\w+"),
    ("heat or cold", r"cold (?:therapy|pack)\w*|hot(?:/| and | or )cold|heat(?:ing)?(?: pad| pack|/ice)?|ice|cryotherapy|infrared|thermal|polar care|cold/heat"),
    ("shockwave", r"shock ?-?wave|eswt"),
    ("traction", r"traction|decompression table"),
    ("brace or support", r"braces?|bracing|lso|orthos[ei]s|orthotics?|splint\w*|sling\w*|slingshot|lumbar support|back support|immobilizer|collar|boot|walking boot|insoles?"),
    ("pillow", r"pillows?|mattress|wedge"),
    ("walker or wheelchair", r"walker|crutch\w*|cane|wheelchair|scooter"),
    ("compression device", r"compression (?:device|pump|stocking|garment)\w*|dvt|vascutherm\w*|intermittent pneumatic"),
    ("exercise equipment or gym", r"gym|exercise (?:kit|ball|equipment|band)s?|resistance (?:chair|band)s?|theraband|pulley"),
    ("epidural injection", r"epidural\w*|esi'?s?|lesi|transforaminal|interlaminar"),
    ("facet injection", r"facets?|medial branch|mbb|rhizotomy|radiofrequency|rfa|neurotomy|ablation"),
    ("trigger point injection", r"trigger[- ]points?|tpi"),
    ("nerve block", r"nerve blocks?|ganglion|occipital block|stellate|sympathetic block"),
    ("sacroiliac injection", r"sacro-?iliac|si joint"),
    ("joint injection", r"cortisone|corticosteroid|steroid injection|intra-?articular|kenalog|depo-?medrol|subacromial|synvisc|hyaluron\w+|viscosupplement\w+|prp|platelet"),
    ("surgery", r"surger(?:y|ies)|surgical|arthroscop\w*|fusion|laminectomy|discectomy|decompression|repair|release|arthroplasty|replacement|tenodesis|debridement|hardware removal|orif|excision|meniscectomy"),
    ("assistant or clearance", r"assistant|pre-?operative|pre-?op|clearance"),
    ("consultation or visit", r"consult\w*|referral|office visits?|follow-?up|evaluation|re-?evaluation|specialist"),
    ("psychology", r"psycholog\w+|psychiatr\w+|cognitive|cbt|biofeedback|psychotherap\w+|behavioral"),
    ("functional restoration", r"functional restoration|frp|multidisciplinary|interdisciplinary"),
    ("work conditioning", r"work (?:conditioning|hardening)"),
    ("home health", r"home health|home care|aide|caregiver"),
    ("transportation", r"transport\w*"),
    ("hearing aid", r"hearing|audiolog\w+|tinnitus"),
    ("dental", r"dental|dentist\w*|tooth|teeth|crown"),
    ("eye care", r"ophthalm\w+|optometr\w+|glasses|contact lens\w*"),
    ("spinal cord stimulator", r"spinal cord stimulat\w+|scs"),
    ("hospital stay", r"inpatient|hospital (?:stay|day)s?|length of stay"),
    ("opioid", r"opioids?|opiates?|narcotics?|norco|vicodin|hydrocodone|oxycodone|percocet|tramadol|ultram|ultracet|tapentadol|nucynta|morphine|fentanyl|duragesic|methadone|codeine|tylenol #?[34]|buprenorphine|butrans|hydromorphone|dilaudid|oxycontin|suboxone"),
    ("muscle relaxant", r"muscle relaxants?|antispasmodics?|antispasticity|cyclobenzaprine|flexeril|fexmid|soma|carisoprodol|tizanidine|zanaflex|methocarbamol|robaxin|baclofen|metaxalone|skelaxin|orphenadrine|norflex|chlorzoxazone|lorzone"),
    ("NSAID", r"nsaids?|non-?steroidal|anti-?inflammator\w+|ibuprofen|motrin|advil|naproxen|naprosyn|anaprox|diclofenac|voltaren|meloxicam|mobic|celecoxib|celebrex|nabumetone|relafen|etodolac|lodine|ketorolac|toradol|indomethacin|cox-?2"),
    ("stomach medicine", r"ppis?|proton[- ]pump|omeprazole|prilosec|pantoprazole|protonix|esomeprazole|nexium|lansoprazole|rabeprazole|ranitidine|famotidine|gastrointestinal events?"),
    ("anticonvulsant", r"gabapentin|neurontin|pregabalin|lyrica|topiramate|topamax|anti-?epileptic\w*|anticonvuls\w+|carbamazepine|gralise"),
    ("antidepressant", r"antidepress\w+|duloxetine|cymbalta|amitriptyline|elavil|nortriptyline|venlafaxine|effexor|ssri\w*|snri\w*|tricyclic\w*|trazodone|sertraline|zoloft|fluoxetine|prozac|escitalopram|lexapro|bupropion|wellbutrin|mirtazapine"),
    ("sedative", r"benzodiazepines?|diazepam|diazempam|valium|alprazolam|xanax|lorazepam|ativan|clonazepam|klonopin|temazepam|zolpidem|ambien|eszopiclone|lunesta|insomnia|hypnotics?"),
    ("topical or compound", r"topicals?|compound\w*|lidocaine|lidoderm|lidopro|terocin|capsaicin|flurbiprofen|ketoprofen|menthoderm|dextromethorphan|transdermal|creams?|ointments?|patch(?:es)?"),
    ("acetaminophen", r"acetaminophen|tylenol|apap"),
    ("migraine medicine", r"sumatriptan|imitrex|triptans?|fioricet|butalbital|barbiturate\w*|rizatriptan|maxalt|botox|botulinum"),
    ("nausea medicine", r"ondansetron|zofran|anti-?emetic\w*|promethazine|phenergan|meclizine|nausea"),
    ("erectile medicine", r"viagra|sildenafil|cialis|tadalafil|levitra|erectile"),
    ("oral steroid", r"medrol|prednisone|methylprednisolone|dexamethasone|oral steroids?"),
    ("antibiotic", r"antibiotics?|cephalexin|keflex|amoxicillin|augmentin|bactrim|clindamycin|levofloxacin|ciprofloxacin"),
    ("supplement", r"supplements?|vitamins?|medical foods?|glucosamine|chondroitin|theramine|sentra|gabadone|melatonin"),
    ("laxative", r"laxatives?|docusate|colace|senna|senokot|constipation|miralax|amitiza"),
    ("blood thinner or heart medicine", r"metoprolol|lisinopril|atorvastatin|amlodipine|aspirin|warfarin|losartan|hypertensi\w+"),
    ("diabetes medicine", r"insulin|metformin|glucose|diabet\w+"),
    ("weight loss", r"weight (?:loss|reduction|management)"),
    ("bone scan or density", r"bone (?:scan|density|scintigraphy|stimulator|growth)|dexa|spect|pet scan|discogra\w+"),
    ("nerve test, sensory", r"quantitative sensory|range of motion testing|computerized (?:rom|range|strength)|vsnct"),
    ("wound or skin care", r"wound|scar|silicone|debride\w*|laser"),
];

#[rustfmt::skip]
const PARTS: [Row; 22] = [
    ("head", r"head|headaches?|brain\w*|skull|cranial|concussi\w+|migraines?"),
    ("neck", r"necks?|cervical|cervicothoracic|cervicalgia|c-spine|upper back|trapezi\w+"),
    ("thoracic spine", r"thoracic|mid-? ?back|t-spine|upper back|cervicothoracic|thoracolumbar"),
    ("low back", r"low(?:er)? back|lumbar|lumbosacral|lumbago|l-spine|sciatica|sacro\w*|thoracolumbar|lbp"),
    ("spine or back", r"spine|spinal|back"),
    ("shoulder", r"shoulders?|rotator|glenohumeral|acromio\w+|labr\w+|bankart"),
    ("arm", r"(?:upper |fore)?arms?|biceps|humer\w+"),
    ("upper extremity", r"upper (?:extremit\w+|limbs?)|upper and lower extremit\w+"),
    ("elbow", r"elbows?|epicondyl\w+|cubital|ulnar"),
    ("wrist", r"wrists?|carpal|radius|tfcc|de quervain\w*"),
    ("hand", r"hands?|fingers?|thumbs?|digits?|metacarp\w+|phalan\w+"),
    ("hip", r"hips?|groin|trochanter\w*|femoroacetabular"),
    ("leg", r"legs?|thighs?|cal(?:f|ves)|tibia\w*|femur"),
    ("lower extremity", r"lower (?:extremit\w+|limbs?)"),
    ("knee", r"knees?|menisc\w+|patell\w+|acl|mcl"),
    ("ankle", r"ankles?|achilles|syndesmo\w+"),
    ("foot", r"foot|feet|heels?|toes?|plantar|metatars\w+"),
    ("chest", r"chest|ribs?|stern\w+"),
    ("abdomen", r"abdom\w+|hernia\w*|inguinal"),
    ("jaw", r"jaws?|tmj|temporomandibular|dental"),
    ("eye", r"eyes?|ocular|vision|retina\w*|cornea\w*"),
    ("ear", r"ears?|hearing|tinnitus"),
];

/// Rows compiled: one pattern tells that a family is named, a few small ones which.
struct Table {
    any: Option<Regex>,
    rows: Vec<Option<Regex>>,
}

impl Table {
    fn new(rows: &[Row]) -> Self {
        let words: Vec<&str> = rows.iter().map(|(_, words)| *words).collect();
        let row = |(_, words): &Row| pattern(&format!(r"^(?:{words})$"));
        Self {
            any: pattern(&format!(r"\b(?:{})\b", words.join("|"))),
            rows: rows.iter().map(row).collect(),
        }
    }

    fn families(&self, small: &str) -> Families {
        let Some(any) = self.any.as_ref() else {
            return 0;
        };
        let mut seen: Vec<&str> = Vec::new();
        let mut all = 0;
        for found in any.find_iter(small).map(|m| m.as_str()) {
            if seen.contains(&found) {
                continue;
            }
            seen.push(found);
            let named = self.rows.iter().enumerate();
            let named =
                named.filter(|(_, row)| row.as_ref().is_some_and(|row| row.is_match(found)));
            all = named.fold(all, |all, (n, _)| all | 1 << n);
        }
        all
    }
}

/// Treatments named, in small letters.
pub fn treatments(small: &str) -> Families {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(&TREATMENTS));
    TABLE.families(small)
}

/// Parts of the body named.
pub fn parts(small: &str) -> Families {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(&PARTS));
    TABLE.families(small)
}

/// Names of treatments, joined.
pub fn treatment_names(families: Families) -> String {
    names(&TREATMENTS, families)
}

/// Names of parts, joined.
pub fn part_names(families: Families) -> String {
    names(&PARTS, families)
}

fn names(rows: &[Row], families: Families) -> String {
    let named = rows
        .iter()
        .enumerate()
        .filter(|(n, _)| families & (1 << n) != 0);
    named
        .map(|(_, (name, _))| *name)
        .collect::<Vec<_>>()
        .join(", ")
}

/// Parts one of which is told by the other: a neck with its arms, a low back with its legs.
pub fn is_near(a: Families, b: Families) -> bool {
    // Bits of PARTS: each line is a run of neighbours.
    const NEAR: [&[usize]; 6] = [
        &[0, 1],
        &[1, 2, 4],
        &[2, 3, 4],
        &[5, 6, 7, 8, 9, 10],
        &[11, 12, 13, 14, 15, 16],
        &[3, 11],
    ];
    a & b != 0
        || NEAR.iter().any(|run| {
            let bits = run.iter().fold(0, |bits, n| bits | 1 << n);
            a & bits != 0 && b & bits != 0
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_family_whatever_the_words() {
        assert_eq!(
            treatments("emg of both arms"),
            treatments("electrodiagnostic studies")
        );
        assert_eq!(treatment_names(treatments("mri and norco")), "MRI, opioid");
        assert_eq!(part_names(parts("low back and knees")), "low back, knee");
        assert!(is_near(parts("wrist"), parts("hand")) && !is_near(parts("neck"), parts("knee")));
    }

    #[test]
    fn every_row_compiles_and_reads_itself() {
        assert!(Table::new(&TREATMENTS).rows.iter().all(Option::is_some));
        assert!(Table::new(&PARTS).rows.iter().all(Option::is_some));
        assert!(Table::new(&TREATMENTS).any.is_some() && Table::new(&PARTS).any.is_some());
    }
}
