#!/usr/bin/env python3
"""A failing solver, a time that ends and a table that cannot be protected: each is refused in a clear sentence, and nothing is written.

  failing_solver.py PROGRAM
"""
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]
TABLE = "region,sex,value,status\nTotal,Total,60,shown\nTotal,f,28,shown\nTotal,m,32,shown\n" + "".join(
    f"{region},Total,{total},shown\n{region},f,[c],suppressed\n{region},m,[c],suppressed\n" for region, total in (("n", 19), ("e", 21), ("s", 20))
)
REGIONS = "code,parent\nTotal,\nn,Total\ne,Total\ns,Total\n"
SEXES = "code,parent\nTotal,\nf,Total\nm,Total\n"
# Three sums; the third cell is at most 1.5, which only a program shows. Cells: id value cost status lowest highest lower upper sliding.
HALF_WAY = "0\n5\n" + "".join(
    f"{i} {x} 1 {s} 0 4 {low} {up} 0\n" for i, (x, s, low, up) in enumerate([(1, "x", 0, 0), (0, "x", 0, 0), (1, "u", 0, 1), (1, "x", 0, 0), (1, "x", 0, 0)])
) + "3\n2 3 : 0 (1) 1 (1) 2 (1)\n2 3 : 0 (1) 1 (1) 3 (1)\n3 3 : 2 (1) 3 (1) 4 (1)\n"
# One cell of 2 in a sum of 10: its only cover must be shown.
NO_WAY = "0\n3\n0 10 1 z 0 100 0 0 0\n1 2 1 u 0 100 1 1 0\n2 8 1 z 0 100 0 0 0\n1\n0 3 : 0 (-1) 1 (1) 2 (1)\n"


def long_way():
    """Gives a square with 720 sensitive cells whose levels ask for a program each: more than is done in a second."""
    n = 60
    cells = [(i, j) for i in range(n + 1) for j in range(n + 1)]
    value = {c: 7 + (c[0] * 31 + c[1] * 17) % 9 for c in cells if c[0] and c[1]}
    for k in range(1, n + 1):
        value[k, 0] = sum(value[k, j] for j in range(1, n + 1))
        value[0, k] = sum(value[i, k] for i in range(1, n + 1))
    value[0, 0] = sum(value[k, 0] for k in range(1, n + 1))
    at = {c: i for i, c in enumerate(cells)}
    lines = ["0", str(len(cells))]
    for c in cells:
        sensitive = c[0] and c[1] and (c[0] + 2 * c[1]) % 5 == 0
        lines.append(f"{at[c]} {value[c]} {value[c]} {'u' if sensitive else 's'} 0 1000000 {3 if sensitive else 0} {200 if sensitive else 0} 0")
    lines.append(str(2 * (n + 1)))
    for k in range(n + 1):
        for line in ([(k, j) for j in range(n + 1)], [(i, k) for i in range(n + 1)]):
            lines.append(f"0 {n + 1} : " + " ".join(f"{at[c]} ({-1 if i == 0 else 1})" for i, c in enumerate(line)))
    return "\n".join(lines) + "\n"


COVERED = NO_WAY.replace("2 8 1 z", "2 8 1 s").replace("0 10 1 z", "0 10 1 s")


def run(words, environment=None):
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=120, check=False, env={**os.environ, **(environment or {})})
    return done.returncode, done.stdout + done.stderr


def check(name, got, status, *sentences):
    right = got[0] == status and all(sentence in got[1] for sentence in sentences)
    print(f"{name}: {'ok' if right else 'WRONG'}, status {got[0]}\n  " + got[1].strip().replace("\n", "\n  "))
    return right


def main():
    failing = {"CANDOUR_SOLVER_FAILS_AFTER": "0"}
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        for name, text in (("cells.csv", TABLE), ("region.csv", REGIONS), ("sex.csv", SEXES), ("half.jj", HALF_WAY), ("no-way.jj", NO_WAY), ("covered.jj", COVERED), ("long.jj", long_way())):
            (work / name).write_text(text, encoding="utf-8")
        search = ["attack", work / "cells.csv", "--hierarchy", f"region={work}/region.csv", "--hierarchy", f"sex={work}/sex.csv"]
        half = ["attack", "--jj", work / "half.jj"]
        results = [
            check("attack without a start", run(search, failing), 1, "no table that fits was found", "the solver failed"),
            check("attack with a start", run(half, failing), 3, "undecided", "the solver failed"),
            check("the same with a solver", run(half), 3, "1 unsafe over the reals, 0 more over the integers, 0 undecided"),
            check("protect", run(["protect", "--jj", work / "covered.jj", "-o", work / "out"], failing), 3, "no pattern is written", "the solver failed"),
            check("the same with a solver", run(["protect", "--jj", work / "covered.jj", "-o", work / "covered"]), 0, "1 secondary"),
            check("what cannot be protected", run(["protect", "--jj", work / "no-way.jj", "-o", work / "out"]), 3, "1 of 1 sensitive cells cannot be protected, whatever is hidden: no pattern is written"),
            check("a time that ends", run(["protect", "--jj", work / "long.jj", "--time-limit", "1", "-o", work / "out"]), 1, "stopped before a first pattern was complete", "sensitive cells still open: no pattern is written"),
        ]
        nothing = not (work / "out").exists()
        print(f"nothing written: {nothing}")
        return 0 if all(results) and nothing else 1


if __name__ == "__main__":
    sys.exit(main())
