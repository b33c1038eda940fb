#!/usr/bin/env python3
"""thresholds.py SCORE.py GOLD.json OUTPUT.jsonl: the scores of an output, and whether each is high enough."""
import json
import subprocess
import sys

F1 = {"all facts": 0.985} | dict.fromkeys(["count", "sanction", "percentage", "ratio", "money", "date", "document", "deadline"], 0.97)
SHARES = {"what": 0.95, "links": 0.95}
FINDINGS = 16


def shortfalls(scores):
    """Yields a line for every score that is not there or below what must be reached."""
    for kind, least in F1.items():
        reached = scores.get(kind, {}).get("f1", 0)
        if reached < least:
            yield f"{kind}: F1 {reached:.3f} is below {least:.2f}"
        for share, least in SHARES.items():
            if scores.get(kind, {}).get(share, 1) < least:
                yield f"{kind}: {share} {scores[kind][share]:.3f} is below {least:.2f}"
    if scores.get("institution", {}).get("recall", 0) < 1:
        yield "institution: not every name is found"
    if scores.get("metrics", {}).get("f1", 0) < 1:
        yield "metrics: not every metric is right"
    notice = scores.get("notice", {})
    if not notice or notice["right"] < notice["gold"]:
        yield "notice: not every field is right"
    audit = scores.get("audit", {"right": 0, "false_alarms": 1})
    if audit["right"] < FINDINGS:
        yield f"audit: {audit['right']} findings are fewer than {FINDINGS}"
    if audit["false_alarms"]:
        yield f"audit: {audit['false_alarms']} false alarms"


def main(score, gold, output):
    command = [sys.executable, score, gold, output]
    scores = json.loads(subprocess.run(command + ["--json"], check=True, capture_output=True, text=True).stdout)
    below = list(shortfalls(scores))
    subprocess.run(command + ["--errors"] * bool(below), check=True)
    for line in below:
        print("TOO LOW:", line)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
