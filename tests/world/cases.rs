//! Cases of our own writing for the screens, and a shelf of a few entries.

use imr::model::*;
use jiff::civil::date;

pub fn reviewer() -> Reviewer {
    Reviewer {
        name: "lee".into(),
        credentials: Credentials {
            licensed_in: vec!["California".into()],
            certifications: vec!["Occupational Medicine".into()],
        },
        profile: Profile {
            affiliations: vec!["Acme Indemnity LLC".into()],
            ..Profile::default()
        },
    }
}

pub fn all() -> Vec<CaseFile> {
    vec![cervical(), lumbar(), drug(), published(), signed(), local()]
}

fn file(case: Case) -> CaseFile {
    let draft = Draft::empty(case.items.len());
    CaseFile {
        case,
        draft,
        stage: Stage::New,
        history: vec![],
        sealed: vec![],
    }
}

fn item(request: &str, ur: &str) -> Item {
    let ur = Ur {
        text: Some(ur.to_owned()),
        ..Ur::default()
    };
    Item {
        request: request.to_owned(),
        ur,
        published: None,
    }
}

fn case(number: &str, age: u8, sex: Sex) -> Case {
    Case {
        id: CaseId::typed(number),
        header: Header {
            number: number.parse().ok(),
            ..Header::default()
        },
        patient: Patient {
            age: Some(age),
            sex: Some(sex),
        },
        credentials: Credentials::default(),
        summary: String::new(),
        findings: vec![],
        items: vec![],
        records: vec![],
        is_published: false,
        dates: Default::default(),
        interests: Default::default(),
    }
}

fn record(title: &str, kind: &str, day: Date, pages: &[&str]) -> Record {
    Record {
        title: title.into(),
        kind: kind.into(),
        date: Some(day),
        pages: pages.iter().map(|p| (*p).to_owned()).collect(),
    }
}

fn finding(day: Option<Date>, kind: FindingKind, text: &str, sentence: u32) -> Finding {
    let source = FindingSource {
        record: "summary".into(),
        page: None,
        line: sentence,
    };
    Finding {
        date: day,
        kind,
        text: text.into(),
        source: Some(source),
    }
}

const CERVICAL: &str = "The patient is a 59-year-old female warehouse clerk who was injured on 10/8/08 while lifting. Her neck pain has spread to the left shoulder blade since. The report of 11/18/25 notes axial neck pain on the left, a positive compression test and strength of 5/5 in both arms.\n\nMRI of the cervical spine of 9/3/25 shows a left paracentral protrusion at C4-5 that touches the cord. Nerve conduction studies of 12/2/25 show mild left C6 radiculopathy. Treatment to date has been medication, activity modification and two occipital nerve blocks, with relief of about a month each. The surgeon considers decompression and fusion at C4-5 and asks for a CT to see the bone. The request was denied in utilization review.";

pub fn cervical() -> CaseFile {
    let mut c = case("CM14-0012345", 59, Sex::Female);
    c.header.injury_date = Some(date(2008, 10, 8));
    c.header.ur_denial_date = Some(date(2025, 11, 28));
    c.header.application_received_date = Some(date(2025, 12, 8));
    c.header.assigned_date = Some(date(2025, 12, 10));
    c.header.records_complete_date = Some(date(2025, 12, 14));
    c.summary = CERVICAL.into();
    c.items = vec![item(
        "CT cervical spine without contrast",
        "MTUS ACOEM chapter 8, Special Studies, page 165",
    )];
    use FindingKind as K;
    let report = Some(date(2025, 11, 18));
    c.findings = vec![
        finding(None, K::History, "Injured on 10/8/08 while lifting", 1),
        finding(
            None,
            K::Complaint,
            "Her neck pain has spread to the left shoulder blade since",
            2,
        ),
        finding(
            report,
            K::Exam,
            "Axial neck pain on the left, a positive compression test and strength of 5/5 in both arms",
            3,
        ),
        finding(
            Some(date(2025, 9, 3)),
            K::Imaging,
            "left paracentral protrusion at C4-5 that touches the cord",
            4,
        ),
        finding(
            Some(date(2025, 12, 2)),
            K::Electrodiagnostic,
            "mild left C6 radiculopathy",
            5,
        ),
        finding(
            None,
            K::Treatment,
            "medication, activity modification and two occipital nerve blocks",
            6,
        ),
        finding(None, K::Plan, "decompression and fusion at C4-5", 7),
    ];
    c.records = vec![
        record(
            "Application for independent review",
            "application",
            date(2025, 12, 5),
            &[
                "APPLICATION\n\nDate of injury:        10/8/2008\nUR decision dated:     11/28/2025\n\nDisputed treatment:\n  1) CT of the cervical spine without contrast",
            ],
        ),
        record(
            "Progress report",
            "PR-2",
            date(2025, 11, 18),
            &[
                "PROGRESS REPORT\n\nSubjective. The patient describes neck pain of 6/10 that has not changed since the last visit, worse with looking up and on the drive to work.\n\nObjective. Axial tenderness on the left. Compression test positive on the left.",
                "Plan. CT of the cervical spine without contrast, to see the bone before an operation is planned.\n\nWork status: modified duty.",
                "",
            ],
        ),
        record(
            "MRI of the cervical spine",
            "imaging",
            date(2025, 9, 3),
            &[
                "IMPRESSION\n\n1. Left paracentral protrusion at C4-5, 3 mm, touches the cord.\n2. No fracture.",
            ],
        ),
    ];
    file(c)
}

pub fn lumbar() -> CaseFile {
    let mut c = case("CM16-0244021", 44, Sex::Male);
    c.header.priority = Some(Priority::Expedited);
    c.header.injury_date = Some(date(2016, 3, 2));
    c.header.records_complete_date = Some(date(2026, 1, 12));
    c.summary = "A 44-year-old male roofer fell on 3/2/16. Pain runs down the right leg to the foot. The straight leg raise is positive on the right.".into();
    c.items = vec![
        item(
            "Lumbar epidural steroid injection at L4-5 on the right",
            "MTUS Chronic Pain, Epidural steroid injections, page 46",
        ),
        item("Follow-up visit two weeks after the injection", ""),
        item(
            "Gym membership twelve months was the original request. Six months was authorized. The remaining IMR eligible portion of the original request, six months is",
            "ODG Low Back: Gym memberships",
        ),
    ];
    c.items[2].ur.action = UrAction::Modified;
    c.items[2].ur.approved_part = Some("six months".into());
    c.records = vec![record(
        "Request for authorization",
        "RFA",
        date(2025, 12, 20),
        &["Request"],
    )];
    file(c)
}

pub fn drug() -> CaseFile {
    let mut c = case("CM16-0213377", 65, Sex::Male);
    c.header.injury_date = Some(date(2016, 10, 16));
    c.header.records_complete_date = Some(date(2025, 12, 22));
    c.summary = "A 65-year-old male with low back pain asks for a drug.".into();
    c.items = vec![item(
        "3 months of tadalafil 5 mg, thirty tablets a month",
        "",
    )];
    file(c)
}

pub fn published() -> CaseFile {
    let mut c = case("CM15-0104040", 52, Sex::Female);
    c.is_published = true;
    c.header.injury_date = Some(date(2012, 4, 4));
    c.header.decided_date = Some(date(2015, 6, 30));
    c.summary = "A 52-year-old female with wrist pain.".into();
    c.items = vec![item("Wrist brace", "ODG Forearm: Splints")];
    c.items[0].published = Some(Published {
        decision: Decision::Upheld,
        text: "ODG".into(),
        citations: vec![],
        rationale: "A published reason nobody may see early.".into(),
    });
    c.records = vec![record("Report", "PR-2", date(2015, 1, 5), &["Text"])];
    file(c)
}

pub fn signed() -> CaseFile {
    let mut f = file(case("CM13-0009999", 38, Sex::Male));
    f.case.summary = "A 38-year-old male with a torn meniscus.".into();
    f.case.items = vec![item("Arthroscopy of the left knee", "")];
    f.draft = Draft::empty(1);
    f.draft.items[0] = ItemDraft {
        decision: Some(Decision::Overturned),
        first_decision: Some(Decision::Overturned),
        citations: vec![shelf()[0].citation.clone()],
        rationale: "The tear is mechanical and conservative care has failed.".into(),
        ..ItemDraft::default()
    };
    f.stage = Stage::Signed;
    let day = Date::new(2026, 1, 10).unwrap();
    let content = Content::of(&f, &reviewer(), "Independent Review Partners", day).unwrap();
    f.sealed = vec![SealedInfo {
        hash: "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752".into(),
        at: "2026-01-10T20:15:00Z".parse().unwrap(),
        replaces: None,
        content: Box::new(content),
    }];
    f
}

pub fn local() -> CaseFile {
    let mut c = case("CM99-0000001", 50, Sex::Female);
    c.id = CaseId::local("a1b2c3d4e5");
    c.header = Header::default();
    c.summary = "A letter without a header.".into();
    c.patient = Patient::default();
    c.items = vec![item("MRI of the left knee", "")];
    file(c)
}

fn entry(key: &str, text: &str, source: Source, topic: &str, synonyms: &[&str]) -> ShelfEntry {
    let mtus = source == Source::Mtus;
    let pages = if mtus {
        vec![PageRange::new(179, 180).unwrap()]
    } else {
        vec![]
    };
    ShelfEntry {
        key: key.into(),
        chapter: None,
        pages,
        citation: Citation {
            text: text.into(),
            source,
            chapter: None,
            title: text.split(',').next().map(str::to_owned),
            section: text.split("Section(s): ").nth(1).map(str::to_owned),
            pages: if mtus {
                vec![PageRange::new(179, 180).unwrap()]
            } else {
                vec![]
            },
            year: mtus.then_some(2004),
            mtus,
            rank: None,
        },
        rank: if mtus { Rank::A } else { Rank::C },
        topic: topic.into(),
        synonyms: synonyms.iter().map(|s| (*s).to_owned()).collect(),
        is_unverified: !mtus,
        effective: None,
    }
}

pub fn shelf() -> Vec<ShelfEntry> {
    use Source as S;
    vec![
        entry(
            "acoem-2004-8-special-studies",
            "Neck and Upper Back Complaints 2004, Section(s): Special Studies",
            S::Mtus,
            "When imaging of the neck adds something, and when it does not",
            &["cervical", "CT", "MRI"],
        ),
        entry(
            "acoem-2004-8-surgical",
            "Neck and Upper Back Complaints 2004, Section(s): Surgical Considerations",
            S::Mtus,
            "Who profits from an operation on the neck",
            &["fusion"],
        ),
        entry(
            "odg-neck-ct",
            "Official Disability Guidelines (ODG), Neck and Upper Back Chapter, Computed tomography (CT)",
            S::Odg,
            "CT of the neck: fractures, fusion, no MRI possible",
            &["cervical ct", "crvcl"],
        ),
        entry(
            "cpmtg-esi",
            "Chronic Pain Medical Treatment Guidelines 2009, Section(s): Epidural steroid injections (ESIs)",
            S::Mtus,
            "Radiculopathy on examination and imaging first",
            &["lumbar", "injection"],
        ),
        entry(
            "odg-gym",
            "Official Disability Guidelines (ODG), Low Back Chapter, Gym memberships",
            S::Odg,
            "Exercise outside a home programme",
            &["exercise"],
        ),
    ]
}

/// Items decided over some weeks, for the screen of statistics.
pub fn reviewed() -> Vec<Reviewed> {
    use Decision::{Overturned as O, Upheld as U};
    const ITEMS: [(&str, &str, Decision, Decision, Option<Decision>); 12] = [
        ("pharmaceuticals", "Norco 10/325 mg #120", U, U, Some(U)),
        ("pharmaceuticals", "Tramadol 50 mg #60", U, U, Some(U)),
        ("pharmaceuticals", "Lidocaine patches", O, O, Some(U)),
        ("pharmaceuticals", "Viagra 50 mg", U, U, Some(O)),
        (
            "rehabilitation",
            "Physical therapy, 12 visits",
            O,
            U,
            Some(U),
        ),
        ("rehabilitation", "Acupuncture, 6 visits", O, O, Some(O)),
        ("rehabilitation", "Work conditioning", U, U, None),
        ("surgery", "Left shoulder arthroscopy", U, U, Some(U)),
        (
            "diagnostic testing",
            "MRI of the lumbar spine",
            O,
            O,
            Some(O),
        ),
        (
            "injection",
            "Lumbar epidural steroid injection at L4-5",
            U,
            U,
            Some(U),
        ),
        ("injection", "Trigger point injections", U, U, Some(U)),
        ("dmepos", "TENS unit, 30-day trial", U, U, None),
    ];
    let came: jiff::Timestamp = "2025-11-03T17:00:00Z".parse().unwrap();
    let day = |n: i64| came + jiff::SignedDuration::from_hours(24 * n);
    (0i64..)
        .zip(ITEMS)
        .map(
            |(n, (category, request, first, decision, published))| Reviewed {
                case: CaseId::typed(&format!("CM16-02{n:05}")),
                item: 1,
                request: request.to_owned(),
                category,
                first,
                decision,
                published,
                words: usize::try_from(90 + 17 * n).unwrap(),
                came: day(4 * n),
                signed: (n != 11).then(|| day(6 * n + 3)),
            },
        )
        .collect()
}
