#!/usr/bin/env python3
"""The alarm rings: a pattern that a widely used engine called a proven optimum has exactly two short primaries, and `attack` names them.

  attack_names_short_primaries.py PROGRAM
"""
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SHARED = pathlib.Path(os.environ.get("CANDOUR_SHARED", ROOT.parent / "shared"))


def main():
    instance = SHARED / "bench" / "csp"
    command = [sys.argv[1], "attack", "--jj", instance / "table3.jj.gz", "--pattern", instance / "table3.pattern.csv", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    named = [finding["cell"] for finding in json.loads(done.stdout)["findings"]]
    print(f"table3: cells {named}, exit status {done.returncode}")
    return 0 if named == ["307", "408"] and done.returncode == 3 else 1


if __name__ == "__main__":
    sys.exit(main())
