#!/usr/bin/env python3
"""Made-up citations, always the same ones: what a large library of names looks like.

    benches/make_citations.py COUNT [--labels]      JSON lines as `imr library add` reads them;
                                                    --labels: as they are listed, 60 to 110 characters

Nothing of it is quoted: titles of chapters, names of treatments and body parts, and for studies names and
journals that do not exist.
"""
import argparse
import json
import random
import sys

SEED = 4610
CHAPTERS = """Neck and Upper Back;Shoulder;Elbow;Forearm, Wrist and Hand;Low Back;Hip and Pelvis;Knee and Leg;
Ankle and Foot;Mental Illness and Stress;Pain;Head;Eye;Hernia;Pulmonary;Burns;Carpal Tunnel Syndrome;
Diabetes;Infectious Diseases;Fitness for Duty;Cervical and Thoracic Spine;Lumbar Spine;Hand and Wrist;
Chronic Pain;Opioids;Traumatic Brain Injury;Interstitial Lung Disease;Work-Related Asthma"""
PARTS = """cervical lumbar thoracic sacroiliac shoulder rotator-cuff elbow wrist hand thumb finger hip pelvis knee
meniscal patellar ankle foot heel plantar spinal facet sacral nerve-root carpal-tunnel cubital-tunnel jaw head eye
low-back neck upper-back groin abdominal chest rib sternal clavicular forearm leg thigh calf Achilles"""
THINGS = """MRI;CT;radiography;myelography;EMG/NCV;electromyography;nerve conduction studies;bone scan;ultrasound;
discography;epidural steroid injection (ESI);facet joint block;medial branch block;radiofrequency ablation;
trigger point injection;corticosteroid injection;hyaluronic acid injection;platelet-rich plasma;botulinum toxin;
physical therapy;occupational therapy;aquatic therapy;manual therapy and manipulation;chiropractic care;
acupuncture;massage;traction;TENS;interferential current;H-wave stimulation;neuromuscular stimulation;
low-level laser therapy;extracorporeal shock wave therapy;continuous passive motion;cold therapy;heat therapy;
bracing;orthotics;walking aids;home exercise kit;gym membership;work conditioning;functional capacity evaluation;
functional restoration program;cognitive behavioral therapy;biofeedback;psychological evaluation;sleep study;
urine drug testing;opioid weaning;opioid dosing;opioids, criteria for use;opioid agreement;naproxen;ibuprofen;
diclofenac;meloxicam;celecoxib;etodolac;nabumetone;ketorolac;acetaminophen;tramadol;hydrocodone;oxycodone;morphine;
methadone;fentanyl;buprenorphine;tapentadol;codeine;gabapentin;pregabalin;duloxetine;amitriptyline;nortriptyline;
venlafaxine;trazodone;zolpidem;eszopiclone;diazepam;lorazepam;alprazolam;clonazepam;cyclobenzaprine;carisoprodol;
tizanidine;methocarbamol;baclofen;metaxalone;orphenadrine;lidocaine patch;Lidoderm;capsaicin;topical compounds;
menthol;omeprazole;pantoprazole;ranitidine;ondansetron;docusate;senna;sumatriptan;topiramate;modafinil;sildenafil;
testosterone;medical food;spinal cord stimulator;intrathecal pump;discectomy;laminectomy;fusion;decompression;
disc replacement;kyphoplasty;arthroscopy;rotator cuff repair;SLAP repair;subacromial decompression;
carpal tunnel release;cubital tunnel release;trigger finger release;total knee replacement;meniscectomy;
ACL reconstruction;hip arthroplasty;ankle fusion;hardware removal;assistant surgeon;preoperative clearance;
postoperative therapy;home health care;transportation;inpatient stay;durable medical equipment;wound care;
nutrition consult;weight loss program;smoking cessation;pain management consult;orthopedic consult"""
ASPECTS = """indications;criteria;contraindications;frequency and duration;evidence;recommendations;risk versus benefit;
initial care;follow-up visits;repeat use;dose limits;monitoring;adverse effects;alternatives;patient selection;
return to work;diagnostic testing;surgical considerations;physical methods;activity modification;special studies;
general approach;medical history;red flags;prognosis;documentation;acute phase;subacute phase;chronic phase;
tapering;discontinuation;combination therapy;long-term use;short-term use;second opinion;outcome measures"""
DESIGNS = """randomized trial of;systematic review of;cohort study of;cost of;meta-analysis of;outcomes after;predictors of;
guideline for;comparison of;long-term results of;complications of;placebo-controlled trial of;pilot study of;survey of"""
GROUPS = """injured workers;older adults;veterans;nurses;construction workers;patients with diabetes;athletes;
patients with radiculopathy;patients with stenosis;failed surgery;chronic users;primary care;compensation claims"""
JOURNALS = """J Occup Rehabil Res;Ann Spine Care;Pain Res Rev;Am J Work Health;Clin Orthop Notes;Phys Ther Q;
J Disabil Med;Eur Spine Rep;Hand Surg Lett;Int J Pain Pract;Arch Phys Rehabil;J Hand Elbow;Addict Pract;
Neurol Clin Rev;Sleep Work Health;Med Econ Comp;J Imaging Spine;Rheum Notes;Knee Foot Res;Ment Health Work"""
ONSETS = "B C D F G H K L M N P R S T V W Br Ch Fl Gr Kl Sch St Tr".split()
NUCLEI = "a e i o u ai ei oa ou ia".split()
CODAS = "n r l s t nd rk ld mann berg ssen ton ski vic ner ley".split()


def words(text):
    return [word.strip() for word in text.replace("\n", "").split(";")]


CHAPTERS, THINGS, ASPECTS, DESIGNS, GROUPS, JOURNALS = map(
    words, (CHAPTERS, THINGS, ASPECTS, DESIGNS, GROUPS, JOURNALS)
)
PARTS = [part.replace("-", " ") for part in PARTS.split()]


def name(random):
    first = random.choice(ONSETS) + random.choice(NUCLEI) + random.choice(CODAS)
    more = random.choice("lmnrst") + random.choice(NUCLEI) + random.choice(CODAS)
    return first + (more if random.random() < 0.5 else "")


def pages(random):
    start = random.randrange(1, 700)
    return [[start, start + random.choice([0, 0, 1, 2, 3, 8])]]


def schedule(random):
    edition = random.choice([2004, 2007, 2009, 2014, 2016, 2017, 2019, 2021, 2023])
    chapter = random.randrange(1, 18)
    return {
        "source": "mtus",
        "title": f"{random.choice(CHAPTERS)} {random.choice(['Complaints', 'Disorders', 'Guideline'])}",
        "year": edition,
        "chapter": chapter,
        "section": section(random),
        "pages": pages(random),
    }


def section(random):
    thing, aspect = random.choice(THINGS), random.choice(ASPECTS)
    part = f"{random.choice(PARTS)} " if random.random() < 0.5 else ""
    whole = f"{part}{thing}, {aspect}" if random.random() < 0.7 else f"{part}{thing}"
    return whole[0].upper() + whole[1:]


def commercial(random):
    record = {"source": random.choice(["odg", "odg", "acoem"]), "title": random.choice(CHAPTERS)}
    record["section"] = section(random)
    if random.random() < 0.6:
        record["year"] = random.randrange(2008, 2025)
    if random.random() < 0.5:
        record["pages"] = pages(random)
    return record


def study(random):
    authors = f"{name(random)} {random.choice('ABCDEGHJKLMPRST')}{random.choice(['', 'A', 'M', 'R'])}"
    design, thing, part = random.choice(DESIGNS), random.choice(THINGS), random.choice(PARTS)
    title = f"{authors}, {name(random)} {random.choice('ABCDEGHJKLMPRST')}. {design.capitalize()} {part} {thing}"
    if random.random() < 0.6:
        title += f" in {random.choice(GROUPS)}"
    start = random.randrange(1, 1500)
    journal = f"{random.choice(JOURNALS)} {random.randrange(1, 60)}:{start}-{start + random.randrange(3, 15)}"
    return {"source": "other", "title": f"{title}. {journal}", "year": random.randrange(1988, 2025)}


def statute(random):
    number = random.choice(["4600", "4604.5", "4610", "4610.5", "4610.6", "5307.27", "4616.4", "3209.3"])
    kind = random.choice(["California Labor Code section", "Cal. Code Regs., title 8, section 9792."])
    where = number if kind.endswith("section") else str(random.randrange(6, 30))
    place = kind + where if kind.endswith(".") else f"{kind} {where}"
    return {"source": "other", "title": f"{place}, {random.choice(ASPECTS)}: {random.choice(THINGS)} for {random.choice(GROUPS)}",
            "year": random.randrange(2004, 2025)}


def label(record):
    """As imr lists it."""
    said = record["title"]
    year = f" {record['year']}" if "year" in record else ""
    of, at = record.get("section"), record.get("pages")
    leaves = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in at or [])
    page = f", Page(s): {leaves}" if at else ""
    if record["source"] == "mtus":
        return f"MTUS {said}{year}, Section(s): {of}{page}"
    if record["source"] == "odg":
        return f"Official Disability Guidelines (ODG), {said} Chapter{year}: {of}{page}"
    if record["source"] == "acoem":
        return f"ACOEM Occupational Medicine Practice Guidelines, {said}{year}: {of}{page}"
    return f"{said}{year}"


KINDS, WEIGHTS = [schedule, commercial, study, statute], [38, 38, 20, 4]


def records(count):
    """So many, no two alike, each 60 to 110 characters as it is listed."""
    source, seen = random.Random(SEED), set()
    while len(seen) < count:
        record = source.choices(KINDS, WEIGHTS)[0](source)
        said = label(record)
        if 60 <= len(said) <= 110 and said not in seen:
            seen.add(said)
            yield record, said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--labels", action="store_true")
    args = parser.parse_args()
    for record, said in records(args.count):
        sys.stdout.write((said if args.labels else json.dumps(record)) + "\n")


if __name__ == "__main__":
    main()
