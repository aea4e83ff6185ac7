#!/usr/bin/env python3
"""How long `imr import` takes for PDFs, the commit in a fresh store included, beside one `pdftotext`
run for each of them: turn by turn in one run, medians compared. Bar: 1.5 times.

    benches/import.py [FOLDER] [--turns 5] [--bin target/release/imr]

FOLDER holds the PDFs; the default is the letters of ../shared/data, or of the folder IMR_SHARED.
Exit 1 when the bar is missed.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BAR = 1.5


def letters():
    shared = pathlib.Path(os.environ.get("IMR_SHARED") or ROOT.parent / "shared")
    return shared / "data" / "determinations" / "pdf"


def seconds(act):
    start = time.monotonic()
    act()
    return time.monotonic() - start


def import_all(binary, folder):
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "HOME": home, "IMR_CONFIG": home, "IMR_STORE": f"{home}/store/imr.db"}
        command = [binary, "import", folder]
        subprocess.run(command, check=True, env=env, capture_output=True)


def convert_each(files):
    for file in files:
        subprocess.run(["pdftotext", "-layout", file, "/dev/null"], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=letters())
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "target" / "release" / "imr")
    args = parser.parse_args()
    files = sorted(args.folder.glob("*.pdf"))
    if not files:
        sys.exit(f"no PDFs in {args.folder}: name a folder, or set IMR_SHARED")
    ours, theirs = [], []
    for _ in range(args.turns):
        ours.append(seconds(lambda: import_all(args.bin.resolve(), args.folder)))
        theirs.append(seconds(lambda: convert_each(files)))
        print(f"imr import {ours[-1]:.2f} s, pdftotext {theirs[-1]:.2f} s", flush=True)
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(f"{len(files)} files: {ratio:.2f} times pdftotext (bar: {BAR})")
    sys.exit(0 if ratio <= BAR else 1)


if __name__ == "__main__":
    main()
