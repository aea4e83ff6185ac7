#!/usr/bin/env python3
"""What a key costs while a rationale is written, with lints and spelling marked and without.

    benches/writing.py [--words 2000] [--rounds 3] [--bin target/release/imr]

Needs `ptybench.py` (../shared/tools, or the folder IMR_SHARED). Types letters at the end of a long
rationale in a 120x40 terminal, with `checks` on and off in turn; prints both and exits 1 when a bar
is missed: on costs at most 1.5 times what off costs (median, key to last byte), and a letter at the
end of a line at most 600 bytes.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

from terminal import ROOT, environment, figure, tool

CASE = "CM25-0197615"
# Some words no dictionary has, some blanks and abbreviations: there is something to mark.
SENTENCE = (
    "The patient has low back pain with radiating symptoms, and teh examination of the lumbar spine "
    "shows tenderness and an antalgic gait without a motor deficit; the FCE was not neccessary. "
)


def prepare(binary, folder, words, checks):
    home = folder / f"checks-{checks}"
    home.mkdir()
    store = home / "practice.db"
    (home / "config.toml").write_text(f'[writing]\nchecks = "{checks}"\n')
    env = environment(home, store)
    run = lambda *args: subprocess.run([binary, *args], check=True, env=env, stdout=subprocess.DEVNULL)
    run("demo", "--keep", str(store))
    text = []
    while len(" ".join(text).split()) < words:
        text.append(SENTENCE * 4)
    rationale = home / "rationale.txt"
    rationale.write_text("\n\n".join(text))
    run("decide", CASE, "1", "--uphold", "--rationale-file", str(rationale))
    return {name: env[name] for name in ("IMR_STORE", "IMR_CONFIG", "HOME")}


def measure(args, folder):
    # A word at a time: a pause is long enough for the checks to run between.
    letters = "@untimed @wait=1.5 @timed " + "e x a m <Space> " * 12
    rests = "@untimed @wait=0.5 @timed ".join("w <Space> " for _ in range(10))
    programs = {}
    for checks in ("on", "off"):
        programs[checks] = {
            "cmd": [str(args.bin), "--fresh"],
            "env": prepare(args.bin, folder, args.words, checks),
            "ready": CASE,
            "phases": [
                "open: @untimed <Enter> 3 e @wait=2 @timed",
                f"letters: {letters}",
                f"after a rest: {rests}",
            ],
        }
    suite = {"defaults": {"size": "120x40", "quit": "<Esc> q q"}, "programs": programs}
    (folder / "suite.json").write_text(json.dumps(suite))
    out = folder / "results.json"
    command = [sys.executable, tool(), "suite", folder / "suite.json", "--rounds", str(args.rounds)]
    subprocess.run([*command, "-o", out], check=False)
    return json.loads(out.read_text())["results"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "target" / "release" / "imr")
    args = parser.parse_args()
    args.bin = args.bin.resolve()
    with tempfile.TemporaryDirectory() as folder:
        results = measure(args, pathlib.Path(folder))
    kept = True
    print("\n| phase | off, ms | on, ms | times | bytes, off | bytes, on |\n|---|---|---|---|---|---|")
    for phase in ("letters", "after a rest"):
        at = lambda which, what: figure(results, f"{which}.phases.{phase}.{what}.p50")
        off, on = at("off", "settled_ms"), at("on", "settled_ms")
        if off is None or on is None:
            sys.exit(f"{phase} was not measured")
        small = at("on", "bytes")
        kept &= on <= 1.5 * off and small <= 600
        print(f"| {phase} | {off:.2f} | {on:.2f} | {on / off:.2f} | {at('off', 'bytes')} | {small} |")
    for which in ("on", "off"):
        print(f"memory, checks {which}: {figure(results, which + '.mem.peak_rss_mb')} MB")
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
