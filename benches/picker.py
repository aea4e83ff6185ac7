#!/usr/bin/env python3
"""What a letter typed in the guideline picker costs, beside fzf over the same citations, in one run.

    benches/picker.py [--citations 100000] [--passages 100000] [--rounds 5] [--link] [--bin target/release/imr]

Needs `ptybench.py` as terminal.py does, and fzf (on the PATH, or its path in FZF). The citations are those of
make_citations.py, loaded by `imr library add`; the passages are made up. --keep FOLDER keeps both for the next
run. With --link everything passes through a line of 100 ms and 50 kB/s. Prints a table; exit 1 when a bar is
missed.
"""
import argparse
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import make_citations
import terminal

QUERIES = ["cerv ct", "acoem 8 179", "opioid wean", "epidural"]
WORDS = """the patient treatment should be documented before further care is recommended when pain persists after
conservative measures including exercise therapy medication and activity changes evidence supports limited use of
opioid injection surgery imaging cervical lumbar shoulder knee nerve function improvement criteria weeks months
evaluation risk benefit dose review guideline worker injury return functional restoration program specialist""".split()


def make_citations_of(folder, count):
    """The citations as imr reads them, and as fzf does."""
    own, labels = folder / f"citations-{count}.jsonl", folder / f"citations-{count}.txt"
    if not labels.exists():
        with open(own, "w") as entries, open(labels, "w") as said:
            for record, label in make_citations.records(count):
                entries.write(json.dumps(record) + "\n")
                said.write(label + "\n")
    return own, labels


def make_passages(folder, count):
    """So many passages of about 570 letters."""
    file = folder / f"passages-{count}.jsonl"
    if not file.exists():
        source = random.Random(570)
        with open(file, "w") as out:
            for number in range(count):
                text = " ".join(source.choices(WORDS, k=78))
                out.write(json.dumps({"doc": f"made-{number // 1000}", "title": f"Made-up guideline {number // 1000}",
                                      "heading": f"Section {number % 1000}", "text": text + "."}) + "\n")
    return file


def make_store(args, folder):
    store = folder / f"store-{args.citations}-{args.passages}" / "imr.db"
    own, labels = make_citations_of(folder, args.citations)
    env = terminal.environment(folder, store)
    if not store.exists():
        load(args, env, own, "--name", "Made-up citations", "--rank", "B")
        if args.passages:
            load(args, env, make_passages(folder, args.passages), "--rank", "B", "--edition", "1")
    return env, labels


def load(args, env, file, *more):
    done = subprocess.run([args.bin, "library", "add", file, *more], env=env, stdout=subprocess.DEVNULL)
    if done.returncode:
        sys.exit(f"imr library add {file} failed")


def typed():
    """Each query key by key, the line cleared before it."""
    return " ".join(f"@untimed <C-u> @timed '@type={query}'" for query in QUERIES)


def programs(args, folder):
    env, labels = make_store(args, folder)
    fzf = os.environ.get("FZF") or shutil.which("fzf")
    found = {
        "imr": {
            "cmd": [str(args.bin), "--fresh"],
            "env": {name: env[name] for name in ("IMR_STORE", "IMR_CONFIG", "HOME")},
            "ready": "Queue",
            # The first letter asked reads the lists.
            "phases": [f"type,settle_ms=150,busy=1: @untimed <C-g> @type=zz @wait=3 @timed {typed()}"],
            "quit": "<Esc> q",
        },
    }
    if fzf:
        found["fzf"] = {
            "cmd": [fzf],
            "stdin": str(labels),
            "ready": f"{args.citations}/{args.citations}",
            "phases": [f"type,settle_ms=150,busy=1: {typed()}"],
            "quit": "<Esc>",
        }
    return found


def measure(args, folder):
    suite = {
        "defaults": {"size": args.size, "idle_s": 0},
        "programs": programs(args, folder),
    }
    (folder / "suite.json").write_text(json.dumps(suite))
    out = folder / "results.json"
    command = [sys.executable, terminal.tool(), "suite", folder / "suite.json", "--rounds", str(args.rounds)]
    if args.link:
        command += ["--rtt", "100", "--bandwidth", "50000"]
    subprocess.run([*command, "-o", out], check=False)
    return json.loads(out.read_text())["results"]


def bars(is_large):
    final = (0.1, 0.2) if is_large else (0.15, 0.2)
    return [
        ("key to final screen, ms", "imr.phases.type.settled_ms.p50", final[0], "fzf.phases.type.settled_ms.p50"),
        ("the same, 99th percentile", "imr.phases.type.settled_ms.p99", final[1], "fzf.phases.type.settled_ms.p99"),
        ("the typed letter itself, ms", "imr.phases.type.first_ms.p50", 1.5, "fzf.phases.type.first_ms.p50"),
        ("bytes a key", "imr.phases.type.bytes.p50", 2500, None),
        ("memory, MB", "imr.mem.peak_rss_mb", 0.8, "fzf.mem.peak_rss_mb"),
    ]


LINK_BARS = [
    ("key to final screen, ms", "imr.phases.type.settled_ms.p50", 0.7, "fzf.phases.type.settled_ms.p50"),
    ("bytes a key", "imr.phases.type.bytes.p50", 2500, None),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--citations", type=int, default=100_000)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--size", default="120x40")
    parser.add_argument("--link", action="store_true")
    parser.add_argument("--bin", type=pathlib.Path, default=terminal.ROOT / "target" / "release" / "imr")
    parser.add_argument("--keep", type=pathlib.Path)
    args = parser.parse_args()
    args.bin = args.bin.resolve()
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
        results = measure(args, args.keep.resolve())
    else:
        with tempfile.TemporaryDirectory() as folder:
            results = measure(args, pathlib.Path(folder))
    asked = LINK_BARS if args.link else bars(args.citations > 200_000)
    sys.exit(0 if terminal.judge(results, asked) else 1)


if __name__ == "__main__":
    main()
