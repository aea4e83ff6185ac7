#!/usr/bin/env python3
"""Checks only that each labelled string of answers.jsonl occurs in its letter, in order, white space folded."""
import json, pathlib, re, sys
here = pathlib.Path(__file__).resolve().parent
def fold(s): return re.sub(r"-\s+", "-", re.sub(r"\s+", " ", s)).strip()
def date_in(d, t):
    m, y = d[:6], d[6:]
    a, b = int(d[:2]), int(d[3:5])
    return any(x in t for x in (d, f"{a}/{b}/{y}", f"{a}/{b}/{y[2:]}"))
bad = []; seen = set(); items = 0
for line in (here / "answers.jsonl").read_text(encoding="utf-8").splitlines():
    a = json.loads(line); f = a["file"]; seen.add(f)
    t = fold((here / f).read_bytes().decode("utf-8"))
    def need(ok, what):
        if not ok: bad.append(f"{f}: {what}")
    for k in ("case_number", "priority", "licensure", "specialty"):
        if a[k] is not None: need(fold(a[k]) in t, k)
    for k in ("date_assigned", "decision_date", "date_of_injury", "ur_denial_date", "application_received"):
        if a[k] is not None: need(date_in(a[k], t), k)
    if a["age"] is not None: need(re.search(rf"\b{a['age']}\b", t), "age")
    need(a["n_issues"] == len(a["issues"]) == a["upheld"] + a["overturned"], "counts")
    need([i["n"] for i in a["issues"]] == list(range(1, len(a["issues"]) + 1)), "numbers")
    need(t.count("Decision rationale:") >= a["n_issues"], "rationale marks")
    at = t.find("set forth below:"); need(at > 0, "set forth")
    for i in a["issues"]:
        items += 1
        need(re.search(re.escape(fold(i["request"])) + r"\s?:\s+" + i["decision"] + r"\s+Claims Administrator guideline:", t), f"heading {i['n']}")
        for k, lead in (("request", ""), ("claims_guideline", "Claims Administrator guideline: "), ("maximus_guideline", "guideline: "), ("rationale_first", "Decision rationale: "), ("rationale_last", "")):
            s = lead + fold(i[k]) ; p = t.find(s, at)
            need(p >= 0, f"{k} {i['n']}"); at = max(at, p)
        for k in ("rationale_first", "rationale_last"): need(len(i[k]) == 60, f"{k} {i['n']} is {len(i[k])} long")
        end = t.find(fold(i["rationale_last"]), at) + len(fold(i["rationale_last"]))
        rest = t[end:].strip()
        nxt = fold(a["issues"][i["n"]]["request"]) if i["n"] < len(a["issues"]) else ""
        need(rest == "" if not nxt else re.match(r"(\d+[.)] )?" + re.escape(nxt), rest), f"text after rationale {i['n']}: {rest[:50]!r}")
need(seen == {p.name for p in here.glob("*.txt")}, "files without an answer line") if seen else bad.append("no answers")
print("\n".join(bad) or f"{len(seen)} letters, {items} items: every label occurs in its letter")
sys.exit(bool(bad))
