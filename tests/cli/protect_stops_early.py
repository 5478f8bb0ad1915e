#!/usr/bin/env python3
"""An interrupt gives the best proved pattern or none: one Ctrl-C ends the improvement and the pattern is written whole and holds under attack; two leave nothing behind.

  protect_stops_early.py PROGRAM
"""
import json
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM = sys.argv[1]


def write_records(file):
    draw = random.Random(11)
    lines = ["area,kind"]
    for area in range(24):
        for kind in range(14):
            lines += [f"a{area},k{kind}"] * draw.choice((0, 3, 6, 7, 8, 9, 11, 12, 14, 17, 20, 25))
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def start(work, out, minutes):
    words = [PROGRAM, "protect", "--records", work / "records.csv", "--by", "area,kind", "--time-limit", str(60 * minutes), "--json", "-o", work / out]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def interrupted_once(work, wait):
    """Gives whether the summary says that it stopped early, and all else that must hold. A slow machine may not have come to the improvement after `wait` seconds."""
    once = start(work, "once", 10)
    time.sleep(wait)
    once.send_signal(signal.SIGINT)
    output, _ = once.communicate(timeout=90)
    if once.returncode != 0:
        return False
    summary = json.loads(output)
    attacked = subprocess.run([PROGRAM, "attack", work / "once"], capture_output=True, text=True, timeout=120, check=False)
    print(f"one interrupt: stopped early {summary['stopped_early']}, proved {summary['proved']}, under attack {attacked.returncode}")
    return summary["stopped_early"] and summary["proved"] and summary["seconds"] < 90 and attacked.returncode == 0


def whole_or_none(work):
    """Two interrupts may arrive as one, or the second while the answer is being written: then there is a whole answer, else nothing at all."""
    twice = start(work, "twice", 10)
    time.sleep(3)
    twice.send_signal(signal.SIGINT)
    time.sleep(0.02)
    if twice.poll() is None:
        twice.send_signal(signal.SIGINT)
    twice.communicate(timeout=90)
    folders = [(work / "twice" / part / file).exists() for part, file in (("public", "cells.csv"), ("private", "witnesses.txt"))]
    print(f"two: status {twice.returncode}")
    return folders == [twice.returncode == 0] * 2 and (work / "twice").exists() == (twice.returncode == 0)


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        write_records(work / "records.csv")
        return 0 if any(interrupted_once(work, wait) for wait in (2, 6, 18)) and whole_or_none(work) else 1


if __name__ == "__main__":
    sys.exit(main())
