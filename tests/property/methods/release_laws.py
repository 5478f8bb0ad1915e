#!/usr/bin/env python3
"""Laws of what `protect` writes, on random records: the same records and key give the same bytes, the order of records never matters, a shared cell of linked tables reads the same,
a suppressed cell is never a number, and no file in public/ holds the value of a hidden cell's row.

  release_laws.py PROGRAM
"""
import csv
import pathlib
import random
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]
KEY = bytes(range(32))


def run(*words):
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=120, check=False)
    return done.returncode


def records_of(seed):
    draw = random.Random(seed)
    rows = []
    for area in ("N1", "N2", "S1", "S2", "S3"):
        for kind in ("a", "b", "c"):
            for age in ("y", "m", "o"):
                rows += [(area, kind, age)] * draw.choice((0, 1, 3, 6, 8, 11, 14))
    return rows


def write(path, rows):
    path.write_text("area,kind,age,id\n" + "".join(",".join(row) + f",r{'-'.join(row)}-{i}\n" for i, row in rows), encoding="utf-8")


def bytes_of(folder):
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def cells(file):
    with open(file, newline="", encoding="utf-8") as text:
        return list(csv.DictReader(text))


def check(work, seed):
    rows = list(enumerate(records_of(seed)))
    write(work / "records.csv", rows)
    random.Random(seed + 1).shuffle(rows)
    write(work / "shuffled.csv", rows)
    (work / "key.bin").write_bytes(KEY)
    faults = []
    common = ["--by", "area,kind,age", "--key", work / "key.bin", "--export", "jj,tab", "-o"]
    first = run("protect", "--records", work / "records.csv", *common, work / "one")
    if run("protect", "--records", work / "records.csv", *common, work / "again") != first or run("protect", "--records", work / "shuffled.csv", *common, work / "other") != first:
        faults.append("exit status depends on the run or on the order of records")
    if first == 0:
        whole = bytes_of(work / "one" / "public")
        if whole != bytes_of(work / "again" / "public"):
            faults.append("the same records and key gave other bytes")
        if whole != bytes_of(work / "other" / "public"):
            faults.append("the order of records mattered")
        for row in cells(work / "one" / "public" / "cells.csv"):
            if (row["status"] == "suppressed") != (row["value"] == "[c]"):
                faults.append("a suppressed cell is a number, or a number is suppressed")
        for line in (work / "one" / "public" / "table.tab").read_text(encoding="utf-8").splitlines():
            value, status = line.split(";")[-2:]
            if (status == "M") != (value == "x"):
                faults.append("a hidden cell of the .tab has a value")
    keyed = ["--method", "cell-key", "--identifier", "id", "--by", "area,kind,age", "--key", work / "key.bin", "-o"]
    if run("protect", "--records", work / "records.csv", *keyed, work / "k1") == 0 and run("protect", "--records", work / "shuffled.csv", *keyed, work / "k2") == 0:
        if bytes_of(work / "k1" / "public") != bytes_of(work / "k2" / "public"):
            faults.append("the noise of the same records depends on their order")
    if run("protect", "--records", work / "records.csv", "--by", "area,kind", "--by", "area,age", "--key", work / "key.bin", "-o", work / "linked") == 0:
        seen = {}
        for number, other in ((1, "kind"), (2, "age")):
            for row in cells(work / "linked" / "public" / f"cells-{number}.csv"):
                if row[other] == "Total" and seen.setdefault(row["area"], row["value"]) != row["value"]:
                    faults.append("a shared cell of linked tables reads differently")
    return first == 0, faults


def main():
    published = 0
    for seed in range(1, 13):
        with tempfile.TemporaryDirectory() as folder:
            done, faults = check(pathlib.Path(folder), seed)
            published += done
            for fault in faults:
                print(f"seed {seed}: {fault}", file=sys.stderr)
            if faults:
                return 1
    print(f"laws of what is written: 12 random tables, {published} of them published")
    return 0 if published >= 6 else 1


if __name__ == "__main__":
    sys.exit(main())
