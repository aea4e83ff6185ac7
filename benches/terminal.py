#!/usr/bin/env python3
"""What the terminal side of imr costs, beside its peers, in one run.

    benches/terminal.py [--cases 1000] [--rounds 3] [--link] [--bin target/release/imr]

Needs `ptybench.py` (../shared/tools, or the folder IMR_SHARED), git; tig, less, neomutt and csvlens
are the peers, each left out where it is not installed. Everything made for the run stands in a folder of
its own (--keep FOLDER keeps it for the next run). With --link everything passes through a line of
100 ms and 50 kB/s, and j is held. Prints a table; exit 1 when a bar is missed.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
CASES_A_FILE = 2_000


def tool():
    folders = [os.environ.get("IMR_SHARED"), ROOT.parent / "shared"]
    for folder in filter(None, folders):
        path = pathlib.Path(folder) / "tools" / "ptybench.py"
        if path.exists():
            return path
    sys.exit("ptybench.py is not here: set IMR_SHARED to the folder that holds tools/ptybench.py")


def make_store(binary, folder, cases):
    """A store of so many made-up cases, by `imr import`."""
    store = folder / f"store-{cases}" / "imr.db"
    if store.exists():
        return store
    sys.path.insert(0, str(HERE))
    import make_cases

    files = folder / f"cases-{cases}"
    files.mkdir()
    for start in range(0, cases, CASES_A_FILE):
        with open(files / f"{start:07}.jsonl", "w") as out:
            make_cases.write(out, start, min(CASES_A_FILE, cases - start))
    env = environment(folder, store)
    subprocess.run([binary, "import", files], check=True, env=env, stdout=subprocess.DEVNULL)
    shutil.rmtree(files)
    return store


def environment(folder, store):
    ours = {"IMR_STORE": str(store), "IMR_CONFIG": str(folder), "HOME": str(folder)}
    return {**os.environ, **ours}


def make_commits(folder, count):
    """As many commits, for tig."""
    repo = folder / f"git-{count}"
    if not repo.exists():
        subprocess.run(["git", "init", "-q", "-b", "main", repo], check=True)
        load = subprocess.Popen(["git", "-C", repo, "fast-import", "--quiet"], stdin=subprocess.PIPE)
        for n in range(count):
            load.stdin.write(commit(n).encode())
        load.stdin.close()
        assert load.wait() == 0
    return repo


def commit(n):
    who = f"A B <a@example.org> {1_500_000_000 + n * 60} +0000"
    message = f"change number {n} of a long history\n"
    start = f"from :{n}\n" if n else ""
    return (
        f"commit refs/heads/main\nmark :{n + 1}\nauthor {who}\ncommitter {who}\n"
        f"data {len(message)}\n{message}{start}"
        f"M 100644 inline file{n % 50}\ndata 5\n{n % 10000:04}\n\n"
    )


def make_mailbox(folder, count):
    """As many messages, for neomutt."""
    box = folder / f"mbox-{count}"
    if not box.exists():
        body = "\n".join(f"A line of the message, number {n}." for n in range(30))
        with open(box, "w") as out:
            for n in range(count):
                out.write(
                    "From a@example.org Mon Jan  1 00:00:00 2024\n"
                    f"From: Person {n} <p{n}@example.org>\nTo: me@example.org\n"
                    f"Subject: request number {n} for treatment of the spine\n"
                    f"Date: Mon, 01 Jan 2024 {n // 60 % 24:02}:{n % 60:02}:00 +0000\n"
                    f"Message-ID: <m{n}@example.org>\n\n{body}\n\n"
                )
    return box


def make_text(folder):
    text = folder / "long.txt"
    if not text.exists():
        text.write_text("".join(f"{n:06} one of the lines of a long text\n" for n in range(100_000)))
    return text


def make_table(folder, count):
    """As many rows, for csvlens."""
    table = folder / f"table-{count}.csv"
    if not table.exists():
        rows = (f"CM25-{n:07},{n % 60 + 20},std,request number {n} for treatment of the spine" for n in range(count))
        table.write_text("case,age,priority,request\n" + "\n".join(rows) + "\n")
    return table


# Down within the window, then past its foot; pages; opening and coming back.
LIST = {"down": "j*15", "scroll": "@untimed j*30 @timed j*60", "page": "<PgDn>*8"}
LINK = {"down": "j*5", "page": "<PgDn>*2", "hold": "@hold=j,60,30"}


def programs(args, folder):
    store = make_store(args.bin, folder, args.cases)
    every = environment(folder, store)
    phases = LINK if args.link else LIST
    found = {
        "imr": {
            "cmd": [str(args.bin), "--fresh"],
            "env": {name: every[name] for name in ("IMR_STORE", "IMR_CONFIG", "HOME")},
            "ready": r"CM\d\d-\d{7}",
            "phases": {**phases, "open": "<Enter> @untimed q @timed " * 10},
        },
        "tig": {
            "cmd": ["tig"],
            "cwd": str(make_commits(folder, args.cases)),
            "ready": "change number",
            "phases": phases,
        },
        "less": {
            "cmd": ["less", str(make_text(folder))],
            "ready": "000030",
            "phases": phases,
        },
    }
    found["csvlens"] = {
        "cmd": ["csvlens", str(make_table(folder, args.cases))],
        "ready": "request number",
        "phases": {"down": phases["down"]},
    }
    # Without a header cache it reads every message at each start.
    if args.cases <= 10_000:
        box = str(make_mailbox(folder, args.cases))
        found["neomutt"] = {
            "cmd": ["neomutt", "-n", "-F", "/dev/null", "-R", "-e", f"set folder={folder}", "-f", box],
            "env": {"HOME": str(folder)},
            "ready": "request number",
            "phases": {**phases, "open": "<Enter> @untimed q @timed " * 10},
        }
    return {name: program for name, program in found.items() if shutil.which(program["cmd"][0])}


def measure(args, folder):
    suite = {
        "defaults": {"size": args.size, "idle_s": 0 if args.link else 5, "idle_after": "startup", "quit": "q"},
        "programs": programs(args, folder),
    }
    for program in suite["programs"].values():
        program["phases"] = [f"{name}: {keys}" for name, keys in program["phases"].items()]
    (folder / "suite.json").write_text(json.dumps(suite))
    out = folder / "results.json"
    command = [sys.executable, tool(), "suite", folder / "suite.json", "--rounds", str(args.rounds)]
    if args.link:
        command += ["--rtt", "100", "--bandwidth", "50000"]
    subprocess.run([*command, "-o", out], check=False)
    return json.loads(out.read_text())["results"]


def figure(results, path):
    """A number of the results by its path, such as imr.startup.match_ms.p50; None where it is not."""
    for key in path.split("."):
        results = results.get(key) if isinstance(results, dict) else None
    return results


# What, whose figure, at most so many times the other's (or so many), without a line / on one.
BARS = [
    ("start to usable queue, ms", "imr.startup.match_ms.p50", 0.6, "tig.startup.match_ms.p50"),
    ("idle bytes", "imr.idle.bytes", 0, None),
    ("idle wake-ups a second", "imr.idle.wakeups_per_s", 0.2, None),
    ("cursor-down, ms", "imr.phases.down.settled_ms.p50", 0.9, "neomutt.phases.down.settled_ms.p50"),
    ("cursor-down, ms", "imr.phases.down.settled_ms.p50", 1.3, "csvlens.phases.down.settled_ms.p50"),
    ("cursor-down, bytes", "imr.phases.down.bytes.p50", 340, None),
    ("a line scrolled, bytes (99th percentile)", "imr.phases.scroll.bytes.p99", 700, None),
    ("a page, bytes", "imr.phases.page.bytes.p50", 6000, None),
    ("opening a case, ms", "imr.phases.open.settled_ms.p50", 0.7, "neomutt.phases.open.settled_ms.p50"),
]
# A store this large is what memory is judged by.
LARGE_BARS = [("memory, MB", "imr.mem.peak_rss_mb", 1.0, "tig.mem.peak_rss_mb")]
LINK_BARS = [
    ("first screen, bytes", "imr.startup.bytes.p50", 5000, None),
    ("start to usable queue, ms", "imr.startup.match_ms.p50", 1.5, "tig.startup.match_ms.p50"),
    ("j held: behind the last key, ms", "imr.phases.hold.hold.lag_ms.p50", 150, None),
    ("j held: bytes of 60", "imr.phases.hold.hold.bytes.p50", 36000, None),
]


def judge(results, bars):
    """Prints each bar; were all of them kept?"""
    kept = True
    print("\n| what | imr | bar | |\n|---|---|---|---|")
    for what, path, most, other in bars:
        ours = figure(results, path)
        theirs = figure(results, other) if other else 1
        if ours is None or theirs is None:
            print(f"| {what} | - | {most} x {other} | not measured |")
            continue
        limit = most * theirs
        kept &= ours <= limit
        said = f"{most} x {theirs:.1f} ({other.split('.')[0]})" if other else f"{most}"
        print(f"| {what} | {ours:.2f} | {said} | {'kept' if ours <= limit else 'MISSED'} |")
    for end in figure(results, "imr.exit") or []:
        is_clean = end and end["tty_restored"] and not end["left_on"] and end["code"] == 0
        if not is_clean:
            kept = False
            print(f"| exit | {end} | terminal restored, code 0 | MISSED |")
    return kept


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--size", default="120x40")
    parser.add_argument("--link", action="store_true")
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "target" / "release" / "imr")
    parser.add_argument("--keep", type=pathlib.Path)
    args = parser.parse_args()
    args.bin = args.bin.resolve()
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
        results = measure(args, args.keep.resolve())
    else:
        with tempfile.TemporaryDirectory() as folder:
            results = measure(args, pathlib.Path(folder))
    bars = LINK_BARS if args.link else BARS + LARGE_BARS * (args.cases >= 100_000)
    sys.exit(0 if judge(results, bars) else 1)


if __name__ == "__main__":
    main()
