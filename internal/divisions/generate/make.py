#!/usr/bin/env python3
"""make.py SHARED_DIVISIONS: writes table.tsv from the two lists named in its head (facts only)."""
import csv, os, sys
d = sys.argv[1]
rows = lambda f: list(csv.DictReader(open(os.path.join(d, f), encoding="utf8"), delimiter="\t"))
table = {(r["code"], r["name"]): [r["first"], r["last"]] for r in rows("divisions.tsv")}
for r in rows("current.tsv"):
    table.setdefault((r["code"], r["name"]), ["2023", ""])
now = {r["code"] for r in rows("current.tsv")}
for (code, name), years in table.items():
    if not years[1] and code not in now and years[0] != "2023":
        years[1] = "2025"
after = {}
for r in rows("successors.tsv"):
    after[(r["code"], r["name"])] = [c for c in r["successors"].split(",") if c]
changed = {}
for r in rows("changes.tsv"):
    changed.setdefault(r["from"], []).append(r["to"])
out = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "table.tsv"), "w", encoding="utf8")
out.write("# GB/T 2260 codes with the first and last year in the official lists (last empty: still there) and, for those that ended, their successors.\n"
          "# Years 1984-2022: lizy14/division-changes (MIT), after the Ministry of Civil Affairs' yearly lists; later ones and successors: mumuy/data_location (MIT), April 2026.\n"
          "# Made by make.py; where the two disagree on successors both stand.\n")
for (code, name), (first, last) in sorted(table.items()):
    nexts = []
    if last:
        for c in after.get((code, name), []) + changed.get(code, []):
            if c not in nexts and c != code:
                nexts.append(c)
    out.write("\t".join([code, name, first, last, ",".join(nexts)]).rstrip("\t") + "\n")
