//! All checks before the signature over a case of six items of 2,000 words each. Makes its own text.
//!
//! `cargo bench --bench lints [-- --rounds N --parts]`; ends with an error where the median is
//! over 20 ms. `--parts` prints what each check costs by itself.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench")]

use imr::model::limits::Limits;
use imr::model::{
    Case, CaseFile, CaseId, Citation, Credentials, Decision, Draft, Header, Item, ItemDraft,
    NoGuidelines, Patient, Profile, Request, Reviewer, Sex, Stage, Ur,
};
use imr::rules::lint::{self, Context};
use jiff::civil::date;
use std::time::{Duration, Instant};

/// Most milliseconds that all checks may take.
const BAR: f64 = 20.0;
const ITEMS: usize = 6;
const WORDS: usize = 2_000;

const REQUESTS: [&str; ITEMS] = [
    "MRI of the left knee without contrast",
    "Physical therapy 2 times a week for 6 weeks to the lumbar spine",
    "Norco 10/325 mg #60 with 2 refills",
    "Epidural steroid injection at L4-5 under fluoroscopy",
    "Cold therapy unit, 14 day rental",
    "Consultation with a pain management specialist",
];

/// As reviewers write: with dates, doses, sides, levels, quotations and guidelines.
const SENTENCES: [&str; 24] = [
    "The patient is a 52-year-old female who was injured on March 4, 2015 while lifting a box at work.",
    "She complains of low back pain radiating down the left leg to the foot, rated 7/10 without medication.",
    "On examination there was tenderness over the lumbar paraspinal muscles and the left knee, with a positive straight leg raise.",
    "The report of 11/08/2016 documents that the injured worker had completed 12 sessions of physical therapy with some benefit.",
    "Norco 10/325 mg is taken two times a day, and gabapentin 300 mg at night; a urine drug screen was consistent.",
    "An MRI of the lumbar spine dated 6/2/2016 showed a disc protrusion at L4-5 and L5-S1 with contact of the left nerve root.",
    "Per the MTUS Chronic Pain Guidelines, ongoing opioids require documentation of relief, function, side effects and aberrant behavior.",
    "ODG recommends up to 10 visits over 8 weeks for this diagnosis, with a fading of frequency and a home exercise program.",
    "There is no documentation of failure of first-line therapy, such as antidepressants or anticonvulsants (gabapentin, pregabalin).",
    "The guideline states that imaging is not recommended unless there are red flags, a failure of conservative care, or surgery is planned.",
    "The provider requested authorization on 12/01/2016, and utilization review denied it on December 9, 2016 for lack of criteria.",
    "He noted no weakness of the right shoulder, and the cervical spine moved freely in all planes without spasm.",
    "Treatment to date has included medications, acupuncture, chiropractic care, a TENS unit, a lumbar brace, and activity modification.",
    "The patient has not returned to work, and the functional gain from the earlier treatment was not measured or told.",
    "Side effects such as constipation, sedation and nausea were denied, and there was no sign of misuse or diversion.",
    "A psychological evaluation was recommended by Dr. Smith, but the records do not show whether it was done (see p. 3).",
    "The efficacy of the device has been shown in small studies of low quality only, with a short follow-up of 3 to 6 months.",
    "Considering the length of time since the injury, a flare-up would support a short course, yet none has been described.",
    "In this case, the criteria are met in part: pain has persisted for 6 weeks, and there is radiculopathy on examination.",
    "The left knee shows an effusion, McMurray's test is positive, and the range of motion is 0 to 110 degrees.",
    "The claimant's blood pressure was 128/82, the weight was 184 pounds, and the temperature was 98.6 F on that day.",
    "Prior surgery included an arthroscopy of the right knee in 2013, followed by 24 visits of postoperative therapy.",
    "With an ICD-10 code M54.16 and a CPT code 72148 the request is for a single study, and not for a series.",
    "It remains unclear why the frequency exceeds what is recommended, and the notes of the last 4 visits were not sent.",
];

fn rationale(item: usize) -> String {
    let (mut text, mut words, mut place) = (String::new(), 0, item);
    while words < WORDS - 12 {
        let sentence = SENTENCES[place % SENTENCES.len()];
        text.push_str(sentence);
        text.push(' ');
        words += sentence.split(' ').count();
        place += 7;
    }
    text + "Therefore, the request for this treatment is not medically necessary at this time."
}

fn case() -> CaseFile {
    let items = REQUESTS.map(|request| Item {
        request: request.to_owned(),
        ur: Ur::default(),
        published: None,
    });
    let case = Case {
        id: CaseId::typed("CM25-0100001"),
        header: Header {
            injury_date: Some(date(2015, 3, 4)),
            ur_denial_date: Some(date(2016, 12, 9)),
            application_received_date: Some(date(2016, 12, 20)),
            ..Header::default()
        },
        patient: Patient {
            age: Some(52),
            sex: Some(Sex::Female),
        },
        credentials: Credentials::default(),
        summary: SENTENCES.join(" "),
        findings: Vec::new(),
        items: items.to_vec(),
        records: Vec::new(),
        is_published: false,
        dates: Default::default(),
        interests: Default::default(),
    };
    let mut draft = Draft::empty(ITEMS);
    for (item, one) in draft.items.iter_mut().enumerate() {
        let cited = Citation::parse(
            true,
            "Low Back Complaints 2004, Section(s): Special Studies",
        );
        *one = ItemDraft {
            decision: Some(Decision::Upheld),
            first_decision: Some(Decision::Upheld),
            citations: cited.into_iter().collect(),
            rationale: rationale(item),
            ..ItemDraft::default()
        };
    }
    CaseFile {
        case,
        draft,
        stage: Stage::Draft,
        history: Vec::new(),
        sealed: Vec::new(),
    }
}

fn reviewer() -> Reviewer {
    Reviewer {
        name: "lee".to_owned(),
        credentials: Credentials::default(),
        profile: Profile::default(),
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    ms(times[times.len() / 2])
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let rounds = args.iter().position(|arg| arg == "--rounds");
    let rounds = rounds.and_then(|at| args.get(at + 1)?.parse().ok());
    let rounds: usize = rounds.unwrap_or(101);
    let (file, reviewer, limits) = (case(), reviewer(), Limits::built_in());
    let requests: Vec<Request> = file
        .case
        .items
        .iter()
        .map(|item| imr::intake::request::parse(&item.request))
        .collect();
    let context = Context {
        today: date(2026, 1, 15),
        limits: &limits,
        requests: &requests,
        known: &NoGuidelines,
    };
    let start = Instant::now();
    let found = lint::check(&file, &reviewer, &context).len();
    println!(
        "first time, patterns compiled: {:.1} ms",
        ms(start.elapsed())
    );
    let time = |_| {
        let start = Instant::now();
        let again = lint::check(&file, &reviewer, &context).len();
        assert_eq!(again, found);
        start.elapsed()
    };
    let each = median((0..rounds).map(time).collect());
    println!(
        "{ITEMS} items of {WORDS} words, {found} reports: {each:.1} ms (median of {rounds}; bar {BAR})"
    );
    if args.iter().any(|arg| arg == "--parts") {
        parts(&file, &reviewer, &context, rounds);
    }
    if each > BAR {
        println!("over the bar");
        std::process::exit(1);
    }
}

/// Each check alone: what it reads, it reads for itself, so the sum is more than the whole.
fn parts(file: &CaseFile, reviewer: &Reviewer, context: &Context<'_>, rounds: usize) {
    for check in lint::table() {
        let time = |_| {
            let start = Instant::now();
            let _found = lint::check_with(file, reviewer, context, |one| one.id == check.id);
            start.elapsed()
        };
        println!(
            "{:>6.2} ms  {} {}",
            median((0..rounds).map(time).collect()),
            check.id,
            check.title
        );
    }
}
