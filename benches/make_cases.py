#!/usr/bin/env python3
"""Writes N made-up cases as JSON Lines, for `imr import`: make_cases.py N > cases.jsonl

The words are drawn at random from short lists, with a fixed seed: nobody's case, and the same
cases every time.
"""
import datetime
import json
import random
import sys

REGIONS = ["cervical spine", "lumbar spine", "right shoulder", "left knee", "right wrist", "left hip"]
REQUESTS = [
    "MRI of the {}", "physical therapy 2 times a week for 6 weeks, {}", "epidural steroid injection, {}",
    "acupuncture 12 visits, {}", "EMG/NCS of the extremity supplied by the {}", "TENS unit for the {}",
    "naproxen 550 mg #60 for pain of the {}", "surgery of the {} with assistant", "home exercise kit, {}",
    "cyclobenzaprine 7.5 mg #60 for spasm of the {}",
]
SENTENCES = [
    "The worker was hurt lifting a box at work.",
    "The pain is rated {n} out of 10 and goes down the arm.",
    "On {d} an examination of the {r} showed tenderness and less motion.",
    "An MRI of the {r} dated {d} showed a bulge of {n} mm.",
    "Treatment so far was medication, therapy and rest.",
    "A progress report of {d} asks for the treatment in dispute.",
]


def case(n, dice, day):
    def date(back):
        return (day - datetime.timedelta(days=dice.randrange(back))).isoformat()

    def fill(text):
        return text.format(n=dice.randrange(2, 10), d=date(700), r=dice.choice(REGIONS))

    return {
        "number": "CM%02d-%07d" % (day.year % 100, 1_000_000 + n),
        "priority": "expedited" if dice.random() < 0.04 else "standard",
        "injury_date": date(2000),
        "ur_denial_date": date(90),
        "application_received_date": date(60),
        "records_complete_date": date(40),
        "patient": {"age": dice.randrange(19, 78), "sex": dice.choice(["female", "male"])},
        "summary": " ".join(fill(dice.choice(SENTENCES)) for _ in range(dice.randrange(6, 12))),
        "items": [
            {
                "request": dice.choice(REQUESTS).format(dice.choice(REGIONS)),
                "ur": {"text": "MTUS Chronic Pain Medical Treatment Guidelines, page %d" % dice.randrange(8, 127)},
            }
            for _ in range(dice.choice([1, 1, 1, 2, 3]))
        ],
    }


def write(out, start, count):
    """Cases from number `start` on."""
    dice = random.Random(start)
    day = datetime.date.today()
    for n in range(start, start + count):
        print(json.dumps(case(n, dice, day)), file=out)


if __name__ == "__main__":
    write(sys.stdout, 0, int(sys.argv[1]))
