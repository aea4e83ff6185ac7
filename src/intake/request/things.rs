//! Treatments and services: one name a thing, the words for it, and its category.

use super::phrases::{Found, Phrases};
use crate::model::request::Category;
use std::ops::Range;
use std::sync::LazyLock;

/// How sure a phrase names what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Only where nothing better is there (`therapy`, `unit`).
    Weak,
    /// Names a thing.
    Strong,
}

/// A thing named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thing {
    /// Its one name.
    pub name: &'static str,
    /// Its kind.
    pub category: Category,
    /// How sure.
    pub weight: Weight,
}

use Category::*;
use Weight::{Strong, Weak};

/// A name, and further phrases for it parted by `|`.
type Named = (&'static str, &'static str);

#[rustfmt::skip]
static TABLE: &[(Category, Weight, &[Named])] = &[
    (Imaging, Strong, &[
        ("mri", "magnetic resonance imaging|magnetic resonance|mr imaging|mri scan"),
        ("mr arthrogram", "mri arthrogram|mra arthrogram|magnetic resonance arthrogram|mr arthrography\
            |mri arthrography|arthrogram mri"),
        ("mra", "magnetic resonance angiography|magnetic resonance angiogram|mr angiogram"),
        ("ct", "ct scan|cat scan|computed tomography|computerized tomography|computed axial tomography\
            |ct imaging"),
        ("ct myelogram", "myelogram|ct myelography|myelography"),
        ("ct arthrogram", "ct arthrography"),
        ("ct angiogram", "cta|ct angiography"),
        ("x-ray", "x ray|xray|radiograph|plain film|radiography|plain radiograph|x ray series\
            |flexion extension x ray"),
        ("arthrogram", "arthrography"),
        ("bone scan", "bone scintigraphy|nuclear bone scan|triple phase bone scan|three phase bone scan"),
        ("pet scan", "pet ct|positron emission tomography"),
        ("spect", "spect scan|spect ct"),
        ("dexa scan", "dexa|bone density|bone density scan|bone densitometry"),
        ("discogram", "discography|provocative discography|discogram ct"),
        ("diagnostic ultrasound", "ultrasound of|ultrasound guidance|ultrasonic guidance|ultrasound imaging\
            |musculoskeletal ultrasound|ultrasound scan|sonogram|ultrasonography|venous doppler\
            |doppler ultrasound|duplex scan|venous duplex|ultrasound doppler|duplex ultrasound\
            |abdominal ultrasound"),
        ("fluoroscopy", "fluoroscopic evaluation"),
        ("dti", "diffusion tensor imaging"),
        ("thermography", "thermogram"),
        ("trigger point impedance imaging", "tpii|impedance imaging"),
        ("mammogram", "mammography"),
        ("angiogram", "angiography|venogram"),
        ("vertebral axial scan", "videofluoroscopy"),
    ]),
    (Pharmaceuticals, Weak, &[
        ("drug", "medication|antibiotic|prescription|opioid|narcotic|muscle relaxant|nsaid|analgesic\
            |pain medication|drug|stool softener|antiemetic|sleep aid"),
    ]),
    (Imaging, Weak, &[
        ("imaging", "imaging|scan|imaging study|radiology"),
    ]),
    (Electrodiagnostic, Strong, &[
        ("emg", "electromyograph|electromyelogram|electromyelography|electromyography|electromyogram\
            |electromyographic study"),
        ("ncs", "ncv|nerve conduction study|nerve conduction velocity|nerve conduction test|nerve conduction\
            |nerve conduction velocity study"),
        ("emg/ncs", "electrodiagnostic study|electrodiagnostic test|electrodiagnostic testing\
            |electrodiagnostic|electrodiagnosis|edx|electrodiagnostic evaluation|emg ncs|emg ncv|ncs emg\
            |ncv emg"),
        ("ssep", "somatosensory evoked potential|somatosensory evoked response|sep"),
        ("evoked potential", "visual evoked potential|brainstem auditory evoked response|baer|vep"),
        ("intraoperative neuromonitoring", "neuromonitoring|intraoperative monitoring\
            |intraoperative neurophysiological monitoring"),
        ("quantitative sensory testing", "sensory nerve conduction|current perception threshold|vsnct\
            |quantitative sensory test"),
    ]),
    (Laboratory, Strong, &[
        ("urine drug screen", "chromatography|quantitative chromatography|uds|urine drug test\
            |urine drug testing|urine toxicology|urine toxicology screen|urine toxicology test\
            |urine drug analysis|drug screen|drug screening|urine drug screening|toxicology screen\
            |urine screen|urine tox screen|toxicology|udt|drug test|drug testing|urine toxicology testing\
            |quantitative drug screen|confirmatory testing"),
        ("cbc", "platelet count|platelet|hemogram|complete blood count|cbc with differential"),
        ("bmp", "basic metabolic panel|chem 7|chem 8"),
        ("cmp", "comprehensive metabolic panel|chem 12|chem panel|metabolic panel|chemistry panel|chem 20"),
        ("pt/ptt", "pt ptt|pt inr|ptt|prothrombin time|coagulation panel|coagulation study|coagulation profile\
            |inr|aptt|pt ptt inr"),
        ("liver function test", "lft|hepatic panel|liver panel|hepatic function panel|liver function"),
        ("renal function test", "renal panel|creatinine|bun creatinine|bun|kidney function test\
            |renal function panel"),
        ("lipid panel", "lipid profile|cholesterol"),
        ("urinalysis", "ua|urine analysis|urine culture"),
        ("hemoglobin a1c", "hba1c|a1c|hgb a1c|glycosylated hemoglobin"),
        ("esr", "sed rate|sedimentation rate|erythrocyte sedimentation rate"),
        ("crp", "c reactive protein"),
        ("tsh", "thyroid panel|thyroid function test|thyroid stimulating hormone"),
        ("testosterone level", "serum testosterone|testosterone test|total testosterone|free testosterone"),
        ("vitamin d level", "vitamin d test|25 hydroxy vitamin d"),
        ("pharmacogenetic testing", "genetic testing|dna testing|cytochrome p450 testing\
            |pharmacogenomic testing|genetic test|genetic drug metabolism test|cytokine dna testing\
            |pharmacogenetic test|cytokine dna test"),
        ("type and screen", "type and cross|blood type"),
        ("hepatitis panel", "hepatitis test"),
        ("hiv test", "hiv testing"),
        ("rheumatoid factor", "arthritis panel|ana|rheumatology panel"),
        ("mrsa screen", "nasal swab|mrsa nasal screen"),
        ("pregnancy test", "hcg"),
        ("electrolytes", "electrolyte panel"),
        ("psa", "prostate specific antigen"),
        ("h pylori test", "helicobacter pylori test|h pylori breath test"),
        ("glucose test", "blood glucose|glucose|fasting glucose"),
    ]),
    (Laboratory, Weak, &[
        ("laboratory test", "lab|lab test|laboratory|blood test|blood work|lab work|laboratory work\
            |laboratory testing|laboratory study|blood draw|labs|serology|bloodwork|venipuncture|serum"),
    ]),
    (OtherDiagnostic, Strong, &[
        ("ekg", "ecg|electrocardiogram|electrocardiography|12 lead ekg|12 lead ecg"),
        ("echocardiogram", "echo|2d echo|echocardiography|2 d echo"),
        ("stress test", "cardiac stress test|treadmill test|exercise stress test|nuclear stress test\
            |treadmill stress test"),
        ("holter monitor", "holter|cardiac monitor|event monitor"),
        ("sleep study", "polysomnogram|polysomnography|home sleep study|home sleep test|psg|sleep test\
            |overnight sleep study|cpap titration|titration study|sleep apnea test"),
        ("pulmonary function test", "pft|pulmonary function|spirometry|pulmonary function testing\
            |lung function test"),
        ("functional capacity evaluation", "fce|functional capacity assessment|functional capacity exam\
            |functional capacity examination|initial functional capacity evaluation"),
        ("range of motion testing", "range of motion test|range of motion measurement|rom testing\
            |muscle testing|computerized range of motion|computerized muscle testing|rom and muscle testing\
            |range of motion and muscle testing|physical performance test|muscle strength testing\
            |strength testing|inclinometry"),
        ("eeg", "electroencephalogram|quantitative eeg|qeeg|video eeg"),
        ("endoscopy", "upper endoscopy|egd|esophagogastroduodenoscopy|gastroscopy"),
        ("colonoscopy", "sigmoidoscopy"),
        ("audiogram", "hearing test|audiology evaluation|audiometry|audiological evaluation\
            |audiologic evaluation"),
        ("vng", "videonystagmography|eng|electronystagmography|vestibular testing|balance test|posturography\
            |caloric test"),
        ("autonomic testing", "sudoscan|autonomic nervous system testing|tilt table test|qsart\
            |autonomic function test|cardio respiratory testing|cardiorespiratory testing|ans testing\
            |autonomic function testing"),
        ("ankle brachial index", "abi|arterial doppler|vascular study"),
        ("allergy testing", "allergy test|skin patch test"),
        ("visual field test", "eye test|visual field"),
        ("urodynamic study", "urodynamics|urodynamic testing|cystoscopy"),
        ("biopsy", "skin biopsy|nerve biopsy"),
        ("chemical test", "capnography|gait analysis"),
    ]),
    (PhysicalTherapy, Strong, &[
        ("physical therapy", "physcial therapy|phyiscal therapy|physical therpy|phsyical therapy\
            |physical thearpy|physical theraphy|physiotherapy|physical therapist|physical therapy evaluation\
            |physical therapy treatment|physical medicine|physical rehabilitation|physical therapy session|p t\
            |post operative physical therapy|post op physical therapy|postoperative physical therapy\
            |post surgical physical therapy|outpatient physical therapy|land based physical therapy\
            |physical therapy visit|pt session|pt visit|pt evaluation|pt eval|pt eval and treat\
            |physical therapy eval and treat|pt treatment|physical therapy program|home physical therapy\
            |in home physical therapy|home health physical therapy"),
        ("occupational therapy", "occupational therapist|occupational therapy evaluation|ot session|ot visit\
            |ot evaluation|ot eval|ot eval and treat|occupational therapy visit|occupational therapy session\
            |o t"),
        ("hand therapy", "certified hand therapy|certified hand therapist|hand therapist\
            |occupational hand therapy|cht"),
        ("aquatic therapy", "aqua therapy|pool therapy|aquatic physical therapy|hydrotherapy|aquatic exercise\
            |aquatherapy|water therapy|aquatic pool therapy|aquatic rehabilitation"),
        ("therapeutic exercise", "home exercise program|exercise therapy|therapeutic activity\
            |strengthening exercise|exercise program|neuromuscular reeducation|neuromuscular re education\
            |exercise training|exercise|hep|therapeutic exercise program|gait training"),
        ("work conditioning", "work hardening|work hardening program|work conditioning program\
            |work hardening conditioning"),
        ("vestibular therapy", "vestibular rehabilitation|vestibular rehab|balance therapy\
            |vestibular physical therapy"),
        ("speech therapy", "speech language therapy|speech and language therapy|speech pathology"),
        ("vision therapy", "vision rehabilitation"),
        ("cardiac rehabilitation", "cardiac rehab|pulmonary rehabilitation"),
        ("lymphedema therapy", "lymphatic drainage"),
    ]),
    (PhysicalTherapy, Weak, &[
        ("physical therapy", "pt|therapy|rehabilitation|rehab|rehabilitative therapy"),
        ("occupational therapy", "ot"),
    ]),
    (Chiropractic, Strong, &[
        ("chiropractic", "chiropratic|chiropactic|chiropractics|chiropratic treatment|chiropractic treatment\
            |chiropractic care|chiropractic therapy|chiropractic visit|chiropractic session|chiropractor\
            |chiropractic manipulation|chiropractic manipulative treatment|chiro\
            |chiropractic manipulative therapy|chiropractic evaluation|chiropractic physiotherapy\
            |chiropractic rehabilitation|chiropractic adjustment|chiropractic service|chiropractic therapeutic"),
        ("spinal manipulation", "spinal adjustment|manipulation therapy|manipulative therapy\
            |spinal manipulative therapy|spinal manipulative treatment|cmt|manipulative treatment\
            |extraspinal manipulation|extra spinal manipulation|spinal decompression manipulation\
            |osteopathic manipulation|osteopathic manipulative treatment|omt"),
    ]),
    (Chiropractic, Weak, &[
        ("spinal manipulation", "manipulation|adjustment"),
    ]),
    (Acupuncture, Strong, &[
        ("acupuncture", "accupuncture|acupunture|accupunture|acupuncure|acupuncture treatment\
            |acupuncture therapy|acupuncture session|acupuncture visit|acupuncturist|manual acupuncture\
            |infrared acupuncture|acupuncture evaluation|acupuncture care|medical acupuncture\
            |auricular acupuncture|acu|moxibustion"),
        ("electroacupuncture", "electro acupuncture|electrical acupuncture|elect acupuncture\
            |electric acupuncture|acupuncture with electrical stimulation|electro acupuncture treatment\
            |acupuncture with e stim"),
    ]),
    (PassiveModalities, Strong, &[
        ("electrical stimulation", "e stim|estim|electric stimulation|electrical muscle stimulation\
            |electro stimulation|electrostimulation|interferential therapy|interferential stimulation\
            |interferential current therapy|electrotherapy|attended electrical stimulation\
            |unattended electrical stimulation|ems therapy|electrical stimulation therapy\
            |interferential current|neuromuscular electrical stimulation|galvanic stimulation"),
        ("therapeutic ultrasound", "ultrasound therapy|ultrasound treatment|therapeutic us|phonophoresis"),
        ("infrared therapy", "infrared|infra red|infrared heat|infra red therapy|infrared lamp"),
        ("massage therapy", "massage|therapeutic massage|deep tissue massage|massage treatment\
            |soft tissue massage|massage session|massage therapy session"),
        ("manual therapy", "manual therapy technique|soft tissue mobilization|joint mobilization\
            |soft tissue therapy|manual therapy session|soft tissue manipulation"),
        ("myofascial release", "myofascial therapy|myofascial release therapy|trigger point therapy\
            |myofascial massage|myofascial release technique|myofascial"),
        ("extracorporeal shockwave therapy", "eswt|shockwave therapy|shock wave therapy\
            |extracorporeal shock wave therapy|shockwave|shock wave|shockwave treatment\
            |extracorporeal shock wave treatment|extracorporeal shockwave treatment|ecswt\
            |radial shockwave therapy|high energy shockwave"),
        ("localized intense neurostimulation therapy", "lint|intense neurostimulation therapy\
            |localized intense neurostimulation|neurostimulation therapy|neurostimulation|lint therapy"),
        ("traction", "mechanical traction|cervical traction therapy|lumbar traction therapy|traction therapy\
            |intersegmental traction|spinal decompression|spinal decompression therapy|vax d|drx9000\
            |decompression therapy|non surgical spinal decompression|axial decompression\
            |vertebral axial decompression"),
        ("laser therapy", "low level laser|cold laser|low level laser therapy|laser treatment|lllt\
            |class iv laser|cold laser therapy|laser acupuncture"),
        ("diathermy", "short wave diathermy|shortwave diathermy|microwave diathermy"),
        ("iontophoresis", ""),
        ("hot and cold packs", "hot cold pack therapy|moist heat|heat therapy|hot pack|thermotherapy\
            |paraffin bath|paraffin|hot cold therapy|moist heat therapy|paraffin wax"),
        ("kinesio taping", "taping|kinesiotaping"),
        ("cupping", "dry needling"),
        ("percutaneous electrical nerve stimulation", "percutaneous electrical nerve stimulator\
            |percutaneous neurostimulator|percutaneous electrical stimulator|pens|pens treatment\
            |percutaneous neuromodulation therapy|p stim|percutaneous electrical stimulation\
            |percutaneous neurostimulation|percutaneous peripheral nerve stimulation\
            |peripheral nerve stimulation"),
        ("transcranial magnetic stimulation", "tms|rtms"),
        ("hyperbaric oxygen", "hyperbaric oxygen therapy|hbot"),
        ("craniosacral therapy", ""),
        ("kinetic activities", "kinetic activity"),
        ("magnetic therapy", "pulsed electromagnetic field|pemf"),
        ("light therapy", "phototherapy|led therapy"),
    ]),
    (PassiveModalities, Weak, &[
        ("therapeutic ultrasound", "ultrasound"),
        ("neuromuscular stimulation", "stimulation"),
    ]),
    (Dmepos, Strong, &[
        ("tens unit", "tens|transcutaneous electrical nerve stimulation\
            |transcutaneous electrical nerve stimulator|tens machine|tens ems|tens ems unit\
            |transcutaneous electric nerve stimulation|transcutaneous nerve stimulation|tens ems device\
            |tens nmes|dual tens"),
        ("interferential unit", "if unit|interferential stimulator|interferential current unit|ifc unit\
            |ift unit|inferential unit|interferential|orthostim|orthostim unit|ortho stim|if stimulator\
            |ics unit|ifc|ift"),
        ("h-wave unit", "h wave|h wave device|h wave machine|h wave stimulation|hwave|h wave system\
            |h wave homecare system"),
        ("neuromuscular stimulator", "nmes unit|ems unit|muscle stimulator|electrical stimulator|meds 4\
            |meds 4 if|meds unit|multi stim unit|multi stim|prime dual|solace multi stim|stimulation unit\
            |electrical stimulation unit|stim unit|stimulator unit|nmes|e stim unit|galvanic stimulator\
            |microcurrent|alpha stim|electrical stimulation device|neurostimulator unit"),
        ("electrodes and supplies", "electrode|tens supply|tens unit supply|lead wire|tens patch|tens pad\
            |tens unit patch|battery|tens electrode|tens unit pad|conductive garment|tens supplies"),
        ("cold therapy unit", "cold therapy|cryotherapy|cryotherapy unit|cold unit|polar care|polar care unit\
            |game ready|vascutherm|vascutherm unit|cold compression|cold compression unit\
            |continuous cold therapy|ice machine|hot cold unit|hot cold therapy unit|cold therapy system\
            |cold pack|cryocuff|cryo cuff|thermacure|thermacooler|cold therapy compression|thermacooler system\
            |thermocool|thermal compression unit|hot and cold therapy unit|cooling unit|q tech|cold hot unit\
            |ice unit|cooling system|deep vein thrombosis with cold therapy|cold therapy pad|cold therapy wrap\
            |continuous flow cryotherapy|aqua relief system|aqua relief|hot cold wrap|hot cold contrast system\
            |cold pneumatic compression|ice pack|cryo unit|cold machine|contrast therapy unit"),
        ("cpm machine", "cpm|continuous passive motion|continuous passive motion machine|cpm unit\
            |continuous passive motion device|continuous passive motion unit"),
        ("dvt pump", "dvt prophylaxis|dvt unit|pneumatic compression|pneumatic compression device\
            |intermittent pneumatic compression|sequential compression device|scd|dvt compression\
            |compression pump|dvt device|dvt prophylaxis unit|dvt machine|deep vein thrombosis prophylaxis\
            |intermittent limb compression device|dvt wrap|compression therapy|compression device\
            |lymphedema pump"),
        ("compression stockings", "compression stocking|ted hose|compression garment|compression sock\
            |compression hose|compression sleeve|ted stocking|compression glove"),
        ("sling", "arm sling|shoulder sling|ultrasling|ultra sling|abduction sling|slingshot\
            |shoulder immobilizer|sling with abduction pillow|sling and swathe|slingshot sling|slingshot brace"),
        ("abduction pillow", "large abduction pillow"),
        ("pillow", "cervical pillow|wedge pillow|neck pillow|orthopedic pillow|bed wedge|leg wedge|foam wedge\
            |knee pillow|contour pillow|wedge"),
        ("lumbar support", "back brace|lumbar brace|lso|lso brace|lumbar sacral orthosis|lumbosacral orthosis\
            |lumbosacral brace|lumbar orthosis|lumbar corset|lumbosacral support|lumbar belt|back support\
            |lumbar support brace|lumbar back brace|tlso|thoracolumbosacral orthosis|lumbo sacral orthosis\
            |sacroiliac belt|si belt|lumbosacral corset|low back brace|lumbar spine brace|abdominal binder\
            |back belt|apollo lso"),
        ("cervical collar", "neck brace|collar|miami j collar|aspen collar|cervical brace|philadelphia collar\
            |soft collar"),
        ("brace", "knee brace|wrist brace|elbow brace|ankle brace|splint|wrist splint|bracing|orthosis\
            |orthotic brace|thumb spica|thumb spica splint|thumb splint|finger splint|hinged knee brace\
            |unloader brace|afo|ankle foot orthosis|foot brace|immobilizer|knee immobilizer|knee support\
            |wrist support|elbow sleeve|knee sleeve|tennis elbow strap|shoulder brace|ankle support\
            |support brace|hand splint|cock up splint|dynasplint|posture brace|elbow pad|knee pad|night splint\
            |elbow strap|brace support"),
        ("boot", "cam boot|cam walker|walking boot|fracture boot|air boot|cast boot|post op shoe"),
        ("orthotics", "orthotic|custom orthotic|foot orthotic|shoe insert|orthotic insert|functional orthotic\
            |custom foot orthotic|insole|shoe insole|heel lift|heel cup|heel pad"),
        ("shoes", "orthopedic shoe|diabetic shoe|custom shoe|shoe|orthopedic boot"),
        ("cast", "casting"),
        ("prosthesis", "prosthetic|prosthetic leg|prosthetic hand|prosthetic arm|prosthetic limb|liner\
            |prosthetic socket"),
        ("crutches", "crutch|forearm crutch"),
        ("cane", "walking cane|quad cane|single point cane|walking stick"),
        ("walker", "front wheel walker|rollator|front wheeled walker|wheeled walker|4 wheel walker|fww"),
        ("knee scooter", "knee walker|roll about|knee roller"),
        ("wheelchair", "power wheelchair|manual wheelchair|electric wheelchair|motorized wheelchair\
            |transport chair"),
        ("scooter", "mobility scooter|electric scooter|power mobility device|power scooter|motorized scooter"),
        ("ramp", "wheelchair ramp|stair lift|chair lift|vehicle lift|scooter lift|lift"),
        ("hospital bed", "adjustable bed|electric bed|semi electric hospital bed"),
        ("mattress", "orthopedic mattress|tempurpedic mattress|memory foam mattress|mattress overlay\
            |sleep number bed|mattress topper|bed"),
        ("shower chair", "bath chair|bath bench|tub bench|transfer bench|tub transfer bench|shower bench\
            |bath stool"),
        ("grab bars", "tub rail|bath tub rail|bed rail|bath rail|rail|grab bar|hand held shower|shower bar\
            |handheld shower"),
        ("commode", "bedside commode|3 in 1 commode|raised toilet seat|toilet seat|elevated toilet seat\
            |three in one commode|toilet riser"),
        ("reacher", "grabber|reacher grabber|sock aid|long handled reacher|hip kit|dressing stick"),
        ("recliner", "lift chair|lift recliner|zero gravity chair|massage chair|reclining chair"),
        ("ergonomic chair", "ergonomic workstation|office chair|ergonomic keyboard|ergonomic desk\
            |sit stand desk|standing desk|ergonomic mouse|chair|desk"),
        ("bone growth stimulator", "bone stimulator|external bone growth stimulator\
            |spinal bone growth stimulator|ultrasound bone stimulator|osteogenesis stimulator|exogen"),
        ("cpap machine", "cpap|bipap|apap|auto cpap|cpap device|cpap supply|cpap unit|oral appliance\
            |mandibular advancement device"),
        ("oxygen", "oxygen concentrator|home oxygen"),
        ("nebulizer", ""),
        ("hearing aid", "hearing aid battery|cros hearing aid"),
        ("glasses", "eyeglass|prescription glasses|contact lens|prism glasses|sunglasses|eyewear|spectacle\
            |reading glasses"),
        ("gloves", "glove|latex glove|exam glove|nitrile glove"),
        ("hygiene wipes", "wipe|hygiene wipe|wet wipe|baby wipe|cleansing wipe"),
        ("diapers", "adult diaper|brief|incontinence supply|incontinence pad|underpad|chux|pull ups"),
        ("catheters", "catheter|catheter supply|catheter kit"),
        ("wound supplies", "dressing|gauze|wound vac|bandage|wound supply|dressing supply|wound care supply\
            |tape|ace wrap|negative pressure wound therapy"),
        ("traction unit", "home traction unit|cervical traction unit|home cervical traction|saunders traction\
            |saunders unit|cervical traction|lumbar traction|home traction|over the door traction\
            |traction device|cervical traction device|pneumatic traction|traction kit|home traction device\
            |home cervical traction unit|pronex|lumbar traction unit"),
        ("inversion table", ""),
        ("paraffin bath unit", "paraffin unit|paraffin machine|paraffin wax machine"),
        ("heating pad", "heat therapy unit|heat unit|heating system|heat pad|thermophore|electric heating pad\
            |hot pack unit|moist heating pad|heat wrap|infrared heating pad"),
        ("massager", "thera cane|theracane|handheld massager|massage machine|percussion massager"),
        ("exercise equipment", "exercise kit|exercise ball|theraband|home exercise kit|rehab kit|treadmill\
            |exercise bike|stationary bike|resistance band|shoulder pulley|pulley|home exercise equipment\
            |elliptical|bosu ball|shoulder exercise kit|foam roller|recumbent bike|gym ball|therapy ball\
            |therapy putty|home gym"),
        ("ultrasound unit", "home ultrasound unit|pain relief ultrasound|portable ultrasound unit|sam unit"),
        ("light box", ""),
        ("blood pressure monitor", "blood pressure cuff|bp monitor|blood pressure machine"),
        ("glucometer", "glucose monitor|test strip|glucose meter|lancet"),
        ("spinal cord stimulator supplies", "stimulator charger|charger"),
        ("sharps container", "syringe|needle"),
        ("vehicle modification", "van|hand control|van modification|home modification"),
        ("raised seat", "cushion|seat cushion|wheelchair cushion|donut cushion|coccyx cushion|lumbar cushion\
            |gel cushion|lumbar roll"),
        ("medical alert device", "life alert|medical alert system"),
        ("wig", "service dog"),
        ("knee stabilizer", "air cast|aircast"),
    ]),
    (Dmepos, Weak, &[
        ("equipment", "equipment|unit|device|system|durable medical equipment|dme|supply|kit|machine|rental"),
    ]),
    (Injection, Strong, &[
        ("epidural steroid injection", "esi|lesi|cesi|tesi|epidural|epidural injection\
            |lumbar epidural steroid injection|cervical epidural steroid injection\
            |interlaminar epidural steroid injection|caudal epidural|caudal epidural steroid injection\
            |epidural steroid|ilesi|interlaminar epidural|epidural corticosteroid injection|epidural block\
            |lumbar epidural|cervical epidural|lumbar epidural injection|interlaminar epidural injection\
            |lumbar esi|cervical esi|translaminar epidural steroid injection|selective epidural\
            |thoracic epidural steroid injection|epidural cortisone injection"),
        ("transforaminal epidural steroid injection", "tfesi|transforaminal epidural injection\
            |transforaminal injection|transforaminal epidural|transforaminal esi\
            |transforaminal epidural steroid|transforaminal lumbar epidural steroid injection|transforaminal\
            |selective transforaminal epidural steroid injection|transforaminal lumbar epidural\
            |transforaminal cervical epidural steroid injection"),
        ("selective nerve root block", "snrb|nerve root block|selective nerve root injection\
            |nerve root injection|selective nerve block"),
        ("facet joint injection", "facet injection|facet block|facet joint block\
            |intra articular facet injection|facet steroid injection|intraarticular facet injection\
            |facet joint steroid injection|zygapophyseal joint injection|facet joint intra articular injection\
            |lumbar facet injection|cervical facet injection"),
        ("medial branch block", "mbb|facet medial branch block|median branch block|dorsal medial branch block\
            |medial branch nerve block|diagnostic medial branch block|medial branch facet block\
            |medial branch injection|lumbar medial branch block|facet nerve block|medial branch\
            |facet joint medial branch block|cervical medial branch block"),
        ("radiofrequency ablation", "rfa|rhizotomy|radiofrequency|radiofrequency neurotomy|facet rhizotomy\
            |neurotomy|radio frequency ablation|radiofrequency rhizotomy|facet neurotomy\
            |radiofrequency lesioning|rfna|rfl|radio frequency|radiofrequency thermocoagulation|neuroablation\
            |radiofrequency facet ablation|facet radiofrequency ablation|cooled radiofrequency ablation\
            |medial branch neurotomy|medial branch radiofrequency ablation|coolief|ablation"),
        ("neurolytic injection", "neurolysis injection|chemodenervation|neurolytic block\
            |neurolytic nerve block|phenol injection|neurolytic"),
        ("sacroiliac joint injection", "si joint injection|sacroiliac injection|si injection|sij injection\
            |sacroiliac joint block|si joint block|sacroiliac joint steroid injection\
            |sacro iliac joint injection|sacroiliac block"),
        ("trigger point injection", "tpi|trigger point|myofascial trigger point injection\
            |trigger point injections"),
        ("viscosupplementation", "synvisc|orthovisc|hyalgan|supartz|euflexxa|hyaluronic acid\
            |hyaluronic acid injection|synvisc injection|synvisc one|monovisc|viscosupplement|gel one|durolane\
            |viscosupplementation injection|orthovisc injection|supartz injection|euflexxa injection\
            |hyaluronate|sodium hyaluronate|visco supplementation|gel injection|hylan|gelsyn\
            |viscosupplement injection|hyalgan injection"),
        ("prp injection", "prp|platelet rich plasma|platelet rich plasma injection\
            |platelet rich plasma therapy|prp therapy"),
        ("stem cell injection", "stem cell|stem cell therapy|bone marrow aspirate\
            |bone marrow aspirate concentrate|prolotherapy|stem cell treatment"),
        ("stellate ganglion block", "stellate ganglion|stellate block|stellate ganglion nerve block"),
        ("sympathetic block", "lumbar sympathetic block|sympathetic nerve block|lumbar sympathetic nerve block\
            |sympathetic ganglion block|lsb|bier block|lumbar sympathetic"),
        ("occipital nerve block", "occipital block|greater occipital nerve block|occipital nerve injection\
            |greater occipital nerve injection|sphenopalatine ganglion block|occipital injection"),
        ("nerve block", "suprascapular nerve block|peripheral nerve block|ilioinguinal nerve block\
            |genicular nerve block|intercostal nerve block|genicular block|interscalene block\
            |median nerve block|suprascapular block|nerve injection|femoral nerve block|hydrodissection\
            |cluneal nerve block|scalene block|anesthetic block"),
        ("botox injection", "botox|botulinum toxin|botulinum toxin injection|onabotulinumtoxina\
            |onabotulinumtoxin a|botulinum|dysport|xeomin"),
        ("joint injection", "cortisone injection|steroid injection|corticosteroid injection\
            |intra articular injection|intraarticular injection|shoulder injection|knee injection\
            |subacromial injection|cortisone shot|steroid shot|intraarticular steroid injection\
            |intra articular steroid injection|kenalog injection|depo medrol injection\
            |subacromial steroid injection|bursa injection|hip injection|bursal injection|corticosteroid\
            |intra articular cortisone injection|celestone injection|elbow injection|cortisone\
            |tendon sheath injection|carpal tunnel injection|wrist injection|ankle injection\
            |carpal tunnel steroid injection|intra articular corticosteroid injection\
            |subacromial corticosteroid injection|trochanteric bursa injection|subacromial cortisone injection\
            |glenohumeral injection|depomedrol injection|ultrasound guided injection\
            |ultrasound guided steroid injection|arthrocentesis|aspiration"),
        ("intradiscal injection", "intradiscal|discography injection|chymopapain"),
        ("blood patch", "epidural blood patch"),
        ("intramuscular injection", "im injection|b12 injection|vitamin b12 injection|toradol injection\
            |intramuscular"),
        ("infusion", "ketamine infusion|lidocaine infusion|iv infusion|iv therapy"),
    ]),
    (Injection, Weak, &[
        ("injection", "injection|block|shot|nerve root"),
    ]),
    (Surgery, Strong, &[
        ("arthroscopy", "arthroscopic|arthroscopic surgery|knee arthroscopy|shoulder arthroscopy\
            |diagnostic arthroscopy|arthroscopically"),
        ("fusion", "spinal fusion|interbody fusion|lumbar fusion|cervical fusion\
            |posterior lumbar interbody fusion|plif|tlif|alif|xlif|llif|posterolateral fusion\
            |transforaminal lumbar interbody fusion|anterior lumbar interbody fusion|lumbar interbody fusion\
            |arthrodesis|lateral interbody fusion|posterior fusion|anterior fusion|posterior spinal fusion\
            |ankle fusion|posterior cervical fusion|si joint fusion|sacroiliac joint fusion"),
        ("acdf", "anterior cervical discectomy and fusion|anterior cervical decompression and fusion\
            |anterior cervical fusion|anterior cervical discectomy fusion|anterior cervical discectomy"),
        ("laminectomy", "hemilaminectomy|decompressive laminectomy|laminotomy|laminoforaminotomy\
            |lumbar laminectomy|laminotomy and foraminotomy"),
        ("discectomy", "microdiscectomy|diskectomy|microdiskectomy|micro discectomy|lumbar discectomy\
            |lumbar microdiscectomy|microlumbar discectomy|microdecompression|percutaneous discectomy\
            |endoscopic discectomy"),
        ("decompression", "subacromial decompression|spinal cord decompression|nerve decompression\
            |lumbar decompression|decompression surgery|cervical decompression|ulnar nerve decompression"),
        ("disc replacement", "artificial disc|artificial disc replacement|disc arthroplasty\
            |total disc replacement|disk replacement|cervical disc replacement|disc arthroplasty"),
        ("rotator cuff repair", "rotator cuff surgery|rcr|mini open rotator cuff repair|cuff repair"),
        ("carpal tunnel release", "ctr|carpal tunnel surgery|endoscopic carpal tunnel release\
            |open carpal tunnel release|median nerve decompression|carpal tunnel decompression"),
        ("cubital tunnel release", "ulnar nerve transposition|cubital tunnel surgery|ulnar nerve release\
            |ulnar transposition|ulnar nerve surgery|ulnar neuroplasty"),
        ("trigger finger release", "a1 pulley release|trigger thumb release|tenolysis|pulley release\
            |trigger release|tendon sheath release"),
        ("de quervain release", "de quervain s release|dequervain s release|dequervain release\
            |first dorsal compartment release|dorsal compartment release"),
        ("meniscectomy", "partial meniscectomy|partial medial meniscectomy|meniscus repair|meniscal repair\
            |medial meniscectomy|lateral meniscectomy"),
        ("acl reconstruction", "anterior cruciate ligament reconstruction|acl repair|acl surgery|acl revision"),
        ("total knee replacement", "total knee arthroplasty|tka|tkr|knee replacement|knee arthroplasty\
            |unicompartmental knee arthroplasty|partial knee replacement|unicompartmental arthroplasty"),
        ("total hip replacement", "total hip arthroplasty|tha|thr|hip replacement|hip arthroplasty"),
        ("shoulder replacement", "shoulder arthroplasty|total shoulder arthroplasty\
            |reverse shoulder arthroplasty|total shoulder replacement|reverse total shoulder arthroplasty\
            |reverse total shoulder replacement"),
        ("arthroplasty", "joint replacement|total joint replacement|cmc arthroplasty\
            |interposition arthroplasty|resection arthroplasty"),
        ("neuroplasty", "percutaneous adhesiolysis|lysis of adhesion|epidural neuroplasty|racz procedure\
            |percutaneous neuroplasty|adhesiolysis|epidural lysis of adhesion|epiduroscopy|neurolysis"),
        ("spinal cord stimulator", "spinal cord stimulation|scs|spinal cord stimulator trial|scs trial\
            |dorsal column stimulator|spinal cord stimulator implantation|permanent spinal cord stimulator\
            |dorsal root ganglion stimulator|drg stimulator|drg stimulation|peripheral nerve stimulator\
            |scs implant|neurostimulator|neurostimulator trial|spinal cord stimulator placement\
            |stimulator implant|spinal cord stimulator implant|spinal cord stimulation trial|nerve stimulator"),
        ("intrathecal pump", "intrathecal pain pump|pain pump|pump refill|intrathecal drug delivery\
            |intrathecal pump trial|baclofen pump|intrathecal morphine pump|intrathecal trial|morphine pump\
            |pump replacement|intrathecal drug delivery system"),
        ("hardware removal", "removal of hardware|hardware block|removal of implant|implant removal\
            |screw removal|removal of plate|pin removal|removal of deep implant"),
        ("orif", "open reduction internal fixation|open reduction and internal fixation|internal fixation\
            |open reduction|fracture repair|closed reduction"),
        ("hernia repair", "herniorrhaphy|inguinal hernia repair|laparoscopic hernia repair\
            |ventral hernia repair|umbilical hernia repair|hernia surgery"),
        ("manipulation under anesthesia", "mua"),
        ("tendon repair", "achilles tendon repair|biceps tenodesis|tenodesis|tendon transfer|bankart repair\
            |labral repair|slap repair|labrum repair|biceps repair|tendon reconstruction|latarjet\
            |capsulorrhaphy|capsular repair|capsular release|tendon debridement"),
        ("ligament reconstruction", "ligament repair|brostrom procedure|tfcc repair\
            |lateral ligament reconstruction|brostrom|ankle reconstruction|ankle stabilization\
            |tfcc debridement"),
        ("mumford procedure", "distal clavicle resection|distal clavicle excision|distal clavicle\
            |distal clavicectomy|distal claviculectomy"),
        ("lateral release", "fascia release|plantar fascia release|fasciotomy|plantar fasciotomy\
            |tarsal tunnel release|epicondylar release|lateral epicondyle release|epicondyle release"),
        ("debridement", "wound debridement|irrigation and debridement|chondroplasty|synovectomy|microfracture\
            |synovial debridement|bursectomy"),
        ("bunionectomy", "hammertoe correction|hallux valgus correction|hammer toe repair"),
        ("ganglion excision", "cyst excision|mass excision|excision of mass|excision|neuroma excision\
            |tumor excision|ganglion cyst excision"),
        ("kyphoplasty", "vertebroplasty|balloon kyphoplasty"),
        ("interspinous device", "coflex|x stop|interspinous spacer"),
        ("amputation", "stump revision|revision amputation"),
        ("cataract surgery", "corneal transplant|lasik|blepharoplasty|eye surgery|vitrectomy|retinal repair"),
        ("septoplasty", "rhinoplasty|sinus surgery|turbinate reduction|turbinectomy|tympanoplasty"),
        ("bariatric surgery", "gastric bypass|lap band|gastric sleeve|sleeve gastrectomy"),
        ("cholecystectomy", "appendectomy|laparoscopy|laparotomy|colectomy"),
        ("skin graft", "skin grafting|scar revision|tissue transfer|flap|autograft|allograft"),
        ("foraminotomy", "foraminal decompression|corpectomy|facetectomy"),
        ("penile implant", "penile prosthesis|orchiectomy|varicocelectomy"),
        ("idet", "intradiscal electrothermal therapy|annuloplasty|nucleoplasty|percutaneous disc decompression"),
        ("osteotomy", "ostectomy|acromioplasty|bone graft"),
        ("basivertebral nerve ablation", "intracept|intracept procedure"),
        ("closed manipulation", "fracture fixation|intramedullary nail|percutaneous pinning|external fixator"),
    ]),
    (Surgery, Weak, &[
        ("surgery", "surgery|operation|replacement|surgical procedure|surgical intervention|repair|release\
            |reconstruction|resection|removal|revision|implant|implantation|graft|procedure|exploration\
            |ablative surgery"),
    ]),
    (SurgicalAncillary, Strong, &[
        ("assistant surgeon", "surgical assistant|surgeon assistant|assistant pa c|surgery assistant\
            |pa assistant|physician assistant|assist surgeon|co surgeon|assistant|surgical assist|rnfa\
            |first assistant|vascular surgeon|pac|anesthesiologist|anesthesia|monitored anesthesia care\
            |sedation|moderate sedation|iv sedation|conscious sedation"),
        ("medical clearance", "preoperative medical clearance|pre operative medical clearance\
            |pre op medical clearance|pre op clearance|preoperative clearance|pre operative clearance\
            |surgical clearance|clearance|cardiac clearance|pre op exam|pre operative examination\
            |preoperative evaluation|pre operative evaluation|preop clearance|pre surgical clearance\
            |pre op evaluation|pre op workup|pre op consultation|preoperative consultation\
            |pre operative consultation|internal medicine clearance|pre op history and physical|h p\
            |history and physical|pre operative history and physical|preoperative history and physical\
            |preoperative exam|psychological clearance|psych clearance|psychiatric clearance\
            |medical clearance evaluation|preoperative work up|pre operative work up|preoperative visit\
            |pre operative visit"),
    ]),
    (SurgicalAncillary, Weak, &[
        ("medical clearance", "preoperative testing|pre operative testing|pre op testing|preop testing\
            |preoperative lab|pre operative lab|pre op lab|pre op|preoperative|pre operative|preop"),
    ]),
    (Evaluation, Strong, &[
        ("office visit", "follow up visit|follow up|followup|follow up appointment|office visit follow up\
            |return visit|clinic visit|re evaluation|reevaluation|medication management|office consultation\
            |follow up evaluation|follow up office visit|follow up examination|re examination|reexamination\
            |telehealth visit|telemedicine|post op visit|post operative visit|follow up consultation\
            |medication management visit|f u|follow up visits|pain management follow up|pain management visit\
            |return to clinic|physician visit|doctor visit|medical visit|urgent care visit\
            |emergency room visit"),
        ("consultation", "consult|specialist consultation|second opinion|referral|specialist referral\
            |orthopedic consultation|pain management consultation|pain management consult\
            |pain management referral|neurology consultation|neurosurgery consultation\
            |spine surgeon consultation|surgical consultation|orthopedic consult|surgical consult\
            |neurosurgical consultation|internal medicine consultation|refer|internist consultation\
            |gi consultation|ent consultation|dental consultation|hand surgeon consultation\
            |orthopaedic consultation|rheumatology consultation|ortho consult|spine consult\
            |dermatology consultation|urology consultation|ophthalmology consultation|podiatry consultation\
            |cardiology consultation|toxicology consultation|sleep consultation"),
        ("examination", "initial examination|initial exam|initial evaluation|medical evaluation\
            |specialist evaluation|orthopedic evaluation|pain management evaluation|neurological evaluation\
            |surgical evaluation|evaluation and treatment|evaluation and treat|evaluate and treat\
            |eval and treat|neurosurgical evaluation|neurology evaluation|qme|ame|impairment rating\
            |initial office visit|comprehensive evaluation|new patient visit"),
    ]),
    (Evaluation, Weak, &[
        ("pain management", "pain management|pain management treatment|interventional pain management\
            |pain management specialist|pain specialist"),
        ("physical examination", "physical exam|physical examination"),
        ("examination", "evaluation|exam|eval|assessment|visit|specialist|appointment|physician|surgeon\
            |neurologist|orthopedist|internist|podiatrist|urologist|dermatologist|ophthalmologist|neurosurgeon\
            |rheumatologist|medical record review|neurology|dermatology|urology|internal medicine|orthopedics\
            |orthopedic|podiatry|ophthalmology|rheumatology|cardiology|gastroenterology|psychiatry\
            |endocrinology"),
    ]),
    (Behavioral, Strong, &[
        ("neuropsychological testing", "neuropsychological test|neuropsych testing|neurocognitive testing\
            |neuropsychological evaluation|neuropsych evaluation"),
        ("psychological consultation", "psychiatric consultation|psychology consultation|psych consult\
            |psychiatry consultation|psychology consult|psychiatric consult|psychological consult\
            |psychologist consultation|psychiatrist consultation|psychology referral|psychiatric referral\
            |psychiatry referral"),
        ("cognitive behavioral therapy", "cbt|cognitive behavioral|cognitive behavior therapy\
            |cognitive behavioural therapy|cognitive behavioral psychotherapy|cognitive therapy\
            |cognitive behavioral therapy session|cognitive behavioral treatment"),
        ("psychotherapy", "psychological treatment|psychological therapy|individual psychotherapy\
            |group psychotherapy|psychological counseling|counseling|group therapy|individual therapy\
            |psychological session|psychology session|psychology treatment|psychotherapy session\
            |psychological psychotherapy|behavioral therapy|group medical psychotherapy|family therapy\
            |psychological visit|psych treatment|individual psychotherapy session|behavioral health treatment\
            |talk therapy|psychotherapy treatment|mental health treatment|supportive counseling\
            |psychology visit|individual psychological therapy|behavior therapy|psychosocial therapy"),
        ("biofeedback", "biofeedback therapy|biofeedback session|biofeedback training|neurofeedback\
            |biofeedback treatment"),
        ("psychological evaluation", "psychological testing|psychology evaluation|psych evaluation\
            |psychiatric evaluation|psychological assessment|psychological test|psychodiagnostic testing\
            |psychosocial evaluation|psychological screening|psychologic evaluation|psych testing\
            |behavioral evaluation|behavioral health evaluation|psychological evaluation and testing\
            |pain psychology evaluation|mental health evaluation|psychological pain evaluation\
            |neurobehavioral evaluation"),
        ("psychiatric treatment", "psychiatric medication management|psychotropic medication management\
            |psychiatric visit|psychiatric follow up|psychiatric session|psychiatry visit|psychiatric care\
            |psychiatric office visit|psychiatry follow up"),
        ("partial hospitalization", "psychiatric partial hospitalization|day treatment\
            |psychiatric day treatment|partial hospitalization program|psychiatric hospitalization\
            |intensive outpatient program|partial hospital program|psychiatric inpatient|iop\
            |partial hospitalisation|inpatient psychiatric treatment|partial program"),
        ("hypnotherapy", "hypnosis|relaxation training|medical hypnotherapy\
            |medical hypnotherapy relaxation training|hypnotherapy relaxation training|relaxation therapy\
            |stress management|mindfulness|meditation|desensitization|relaxation|hypnotherapy session|emdr\
            |guided imagery|stress reduction"),
        ("ect", "electroconvulsive therapy"),
    ]),
    (Behavioral, Weak, &[
        ("psychotherapy", "psychological|psychologist|psychology|psychiatric|psychiatrist|psych|behavioral\
            |mental health"),
    ]),
    (HomeHealth, Strong, &[
        ("home health aide", "home health aid|home care aide|caregiver|attendant care|home attendant\
            |personal care attendant|homemaker service|home care assistance|in home care|home assistance\
            |home care|home health assistance|home helper|home care service|household assistance|housekeeping\
            |house cleaning|home health care assistance|caretaker|home caregiver|in home caregiver|homemaker\
            |home aide|in home assistance|housekeeper|housekeeping service"),
        ("home health", "home health care|home healthcare|home health service|home health evaluation\
            |home health assessment|home health visit|home health agency|home health services"),
        ("home health nurse", "skilled nursing|home health skilled nursing|home skilled nursing|home nursing\
            |home health rn|visiting nurse|registered nurse|skilled nursing visit|rn visit|nurse visit\
            |home nurse|skilled nurse|home health registered nurse|home health nursing|rn evaluation\
            |nursing visit|home health nurse visit|daily nurse|in home nursing|nursing|lvn|private duty nurse"),
    ]),
    (HomeHealth, Weak, &[
        ("home health nurse", "nurse"),
        ("home health", "home service"),
    ]),
    (Programs, Strong, &[
        ("functional restoration program", "frp|functional restoration|multidisciplinary program\
            |interdisciplinary program|pain program|chronic pain program|interdisciplinary pain program\
            |help program|functional rehabilitation program|multidisciplinary pain program\
            |interdisciplinary pain rehabilitation program|multidisciplinary evaluation\
            |functional restoration program evaluation|northern california functional restoration program\
            |pain management program|chronic pain management program|interdisciplinary pain management program\
            |multidisciplinary pain management program|pain rehabilitation program\
            |multidisciplinary pain rehabilitation|multidisciplinary pain evaluation\
            |interdisciplinary evaluation|comprehensive pain program|functional improvement program|helpr\
            |help remote care|remote care"),
        ("weight loss program", "weight management program|weight loss|weight reduction program|lindora\
            |weight watchers|jenny craig|medically supervised weight loss program|nutrition counseling\
            |nutritionist|dietitian|dietary counseling|nutritional counseling|medifast|weight management"),
        ("gym membership", "gym|health club membership|pool membership|gym pool membership|fitness club|ymca\
            |health club|fitness membership|membership|health club|gym and pool membership|athletic club"),
        ("detoxification program", "detox|detox program|detoxification|inpatient detox|opioid detoxification\
            |inpatient detoxification|drug rehabilitation|substance abuse program|detox treatment\
            |weaning program|outpatient detoxification"),
        ("brain injury program", "tbi program|brain injury rehabilitation|traumatic brain injury program\
            |post acute brain injury program|cognitive rehabilitation|cognitive rehab\
            |neurocognitive rehabilitation|brain injury treatment program|transitional living\
            |residential program|cognitive remediation|day rehabilitation program|neurorehabilitation"),
        ("education class", "back school|patient education|smoking cessation program|smoking cessation|yoga\
            |pilates|tai chi|personal trainer|yoga class|education|class|swimming|vocational rehabilitation"),
        ("work return program", "case management|nurse case manager|nurse case management"),
    ]),
    (Programs, Weak, &[
        ("program", "program|multidisciplinary|interdisciplinary"),
    ]),
    (Dental, Strong, &[
        ("dental treatment", "dental|dental work|crown|root canal|dental implant|tooth extraction|periodontal\
            |denture|dental evaluation|dental exam|dentist|dental care|night guard|mouth guard|occlusal guard\
            |oral surgery|periodontal scaling|dental x ray|orthodontic|filling|bite splint\
            |obstructive airway oral appliance|dental consult|scaling|dental examination|bridge"),
    ]),
    (Facility, Strong, &[
        ("inpatient stay", "hospital stay|inpatient|inpatient hospital stay|inpatient hospitalization\
            |hospitalization|length of stay|los|overnight stay|inpatient admission|hospital admission|day stay\
            |facility fee|ambulatory surgery center|outpatient surgery center|surgery center|asc\
            |outpatient facility|icu stay|hospital|inpatient length of stay|overnight hospital stay|facility\
            |day inpatient stay|day hospital stay|inpatient hospital|operating room|observation stay"),
        ("skilled nursing facility", "snf|acute rehab|inpatient rehabilitation|inpatient rehab\
            |acute rehabilitation|inpatient rehabilitation facility|rehab facility\
            |acute inpatient rehabilitation|subacute rehab|assisted living|assisted living facility\
            |board and care|nursing home|rehabilitation facility|nursing facility\
            |skilled nursing facility stay"),
    ]),
    (Other, Strong, &[
        ("interpreter", "interpreter service|translation|translator|interpretation service"),
        ("ergonomic evaluation", "workstation evaluation|ergonomic assessment|ergonomic study|job analysis"),
    ]),
    (Transportation, Strong, &[
        ("transportation", "transport|medical transportation|ambulance|mileage|transportation service|taxi\
            |ride|round trip transportation|non emergency transportation|transportation to appointment\
            |transportation to and from|roundtrip transportation|driver|car service|air travel|lodging|hotel\
            |rideshare"),
    ]),
];

static THINGS: LazyLock<Phrases<Thing>> = LazyLock::new(|| {
    let groups = TABLE.iter().flat_map(|(category, weight, named)| {
        named
            .iter()
            .map(|(name, phrases)| (*category, *weight, *name, *phrases))
    });
    Phrases::new(groups.flat_map(|(category, weight, name, phrases)| {
        let thing = Thing {
            name,
            category,
            weight,
        };
        let own = is_phrase(name, weight).then_some((name, thing));
        own.into_iter()
            .chain((!phrases.is_empty()).then_some((phrases, thing)))
    }))
});

/// Is a name a phrase itself? A weak group lists its phrases, since a name may be a sure one.
fn is_phrase(name: &str, weight: Weight) -> bool {
    weight == Strong && even_name(name)
}

/// Words without signs between them.
fn even_name(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b' ')
}

/// Endings of words that tell an operation or a test by themselves.
#[rustfmt::skip]
const ENDINGS: [(&str, Category); 14] = [
    ("ectomy", Surgery), ("otomy", Surgery), ("ostomy", Surgery), ("oplasty", Surgery), ("odesis", Surgery), ("orrhaphy", Surgery),
    ("opexy", Surgery), ("olysis", Surgery), ("arthroscopy", Surgery), ("oscopy", OtherDiagnostic), ("ography", Imaging), ("ogram", Imaging),
    ("ometry", OtherDiagnostic), ("therapy", PassiveModalities),
];

/// All things named, from the left.
pub fn find(text: &str) -> Vec<Found<Thing>> {
    let mut found = THINGS.find(text);
    join_emg_and_ncs(&mut found);
    found
}

/// A word that tells its kind by its ending, where no table knows it.
pub fn by_ending(text: &str, known: &[Found<Thing>]) -> Option<(Range<usize>, Category)> {
    let is_known = |word: &Range<usize>| {
        known
            .iter()
            .any(|f| f.at.start < word.end && word.start < f.at.end)
    };
    super::asked::words(text)
        .into_iter()
        .filter(|word| !is_known(word))
        .find_map(|word| {
            let letters = text.get(word.clone())?.trim_end_matches('s');
            let (_, category) = ENDINGS
                .iter()
                .find(|(end, _)| letters.len() > end.len() + 1 && letters.ends_with(end))?;
            Some((word, *category))
        })
}

/// Both tests of the nerves are one study.
fn join_emg_and_ncs(found: &mut Vec<Found<Thing>>) {
    let place = |name: &str| found.iter().position(|f| f.means.name == name);
    if let (Some(a), Some(b)) = (place("emg"), place("ncs")) {
        let (first, second) = (a.min(b), a.max(b));
        if let Some(one) = found.get_mut(first) {
            one.means.name = "emg/ncs";
        }
        found.remove(second);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_even_and_means_one_thing() {
        let mut seen: std::collections::HashMap<&str, String> = std::collections::HashMap::new();
        let mut wrong = Vec::new();
        for (category, weight, named) in TABLE {
            for (name, phrases) in *named {
                let thing = format!("{name}, {}, {weight:?}", category.name());
                let own = is_phrase(name, *weight).then_some(*name);
                for phrase in phrases.split('|').filter(|p| !p.is_empty()).chain(own) {
                    if !even_name(phrase) || phrase.to_ascii_lowercase() != phrase {
                        wrong.push(format!("not even: {phrase}"));
                    }
                    let other = seen
                        .insert(phrase, thing.clone())
                        .filter(|other| *other != thing);
                    wrong.extend(other.map(|other| format!("twice: {phrase} ({other}; {thing})")));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
