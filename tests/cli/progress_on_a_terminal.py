#!/usr/bin/env python3
"""Long work says on a terminal how far it is, in counts alone, and takes the line off again; in a pipe it says nothing. For `protect` and for `attack`.

  progress_on_a_terminal.py PROGRAM
"""
import os
import pathlib
import pty
import random
import re
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]
SHAPE = (("area", 60), ("kind", 34), ("age", 16))
LINE = re.compile(rb"\r\x1b\[K([a-z]+): (\d+)( of \d+)?(, [a-z ]+)?(?=\r)")


def write_records(file):
    draw = random.Random(5)
    weights = [[1 / (1 + i) ** 0.8 for i in range(size)] for _, size in SHAPE]
    columns = [draw.choices(range(size), weight, k=110_000) for (_, size), weight in zip(SHAPE, weights)]
    rows = [",".join(f"{name[0]}{code}" for (name, _), code in zip(SHAPE, row)) for row in zip(*columns)]
    file.write_text(",".join(name for name, _ in SHAPE) + "\n" + "\n".join(rows) + "\n", encoding="utf-8")


def on_terminal(words):
    """Gives the exit status and all that came to a terminal that is standard error."""
    leader, follower = pty.openpty()
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=follower) as process:
        os.close(follower)
        said = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            said += part
        status = process.wait(timeout=300)
    os.close(leader)
    return status, said


def speaks_on_a_terminal(verb, words):
    status, said = on_terminal(words)
    lines = LINE.findall(said)
    others = LINE.sub(b"", said).replace(b"\r\x1b[K", b"")
    print(f"{verb} on a terminal: status {status}, {len(lines)} lines, the last {lines[-1] if lines else None}, besides {others!r}")
    return status in (0, 3) and bool(lines) and all(line[0].decode() == verb for line in lines) and said.endswith(b"\r\x1b[K") and not others


def is_silent_in_a_pipe(verb, words):
    done = subprocess.run(words, capture_output=True, timeout=300, check=False)
    print(f"{verb} in a pipe: status {done.returncode}, standard error {done.stderr!r}")
    return done.returncode in (0, 3) and not done.stderr


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        write_records(work / "records.csv")
        protect = [PROGRAM, "protect", "--records", work / "records.csv", "--by", "area,kind,age", "--time-limit", "4", "-o", work / "out"]
        attack = [PROGRAM, "attack", "--jj", work / "out" / "private" / "table.jj", "--threads", "1", "--time-limit", "4"]  # where the time ends, status 3
        return 0 if speaks_on_a_terminal("protect", protect) and speaks_on_a_terminal("attack", attack) and is_silent_in_a_pipe("attack", attack) else 1


if __name__ == "__main__":
    sys.exit(main())
