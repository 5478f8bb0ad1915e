#!/usr/bin/env python3
"""Rewrites generated records: columns in another order and under other names, and a quoted note with line ends and quotes in every row.

  shuffle_columns.py < records.csv > shuffled.csv
"""
import sys

NOTES = ['"plain"', '"two\nlines"', '"he said ""no"", then\nleft"', '"a, b"', '""', '"x"']

out = sys.stdout
first = sys.stdin.readline()
assert first.startswith("record_id,person_id,date")
out.write("note,Ward,outcome,who,sex,Self-defined ethnicity,minutes,Age,activity,Day,id\n".replace("Self-defined ethnicity", "self_defined"))
pieces = []
for number, line in enumerate(sys.stdin):
    record, person, date, age, sex, ethnicity, area, activity, outcome, minutes = line.rstrip("\n").split(",")
    pieces.append(f"{NOTES[number % 6]},{area},{outcome},{person},{sex},{ethnicity},{minutes},{age},{activity},{date},{record}\n")
    if len(pieces) == 100000:
        out.write("".join(pieces))
        pieces.clear()
out.write("".join(pieces))
