#!/usr/bin/env python3
"""The tutorial, walked as it stands: every edit made, every command run, and what it prints compared with the page.

  tutorial.py PROGRAM
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs/tutorial"
PAGE = (DOCS / "first-answer.md").read_text(encoding="utf-8")
STEP = re.compile(r"(?:<!-- (?P<edit>in place of|below|at the end):? ?(?P<line>.*?) ?-->\n)?```(?P<kind>console setup|console|toml)\n(?P<text>.*?)```\n", re.S)


def matches(expected, seen):
    """The printed lines, where a line of dots stands for any lines."""
    pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line) + "\n" for line in expected)
    return re.fullmatch(pattern, seen) is not None


class Tutorial(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="candour-tutorial-")
        self.addCleanup(folder.cleanup)
        self.work = pathlib.Path(folder.name)
        (self.work / "bin").mkdir()
        (self.work / "bin/candour").symlink_to(PROGRAM)
        self.here = self.work / "first-answer"
        shutil.copytree(DOCS / "given", self.here)
        self.environment = {"PATH": f"{self.work / 'bin'}:/usr/bin:/bin", "LANG": "C.UTF-8", "CANDOUR_TODAY": "2024-07-15", "HOME": str(self.work)}
        self.environment.update({name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")})

    def edit(self, step):
        case = self.here / "FOI-2024-0001/case.toml"
        lines = case.read_text(encoding="utf-8").rstrip("\n").split("\n")
        added = step["text"].rstrip("\n").split("\n")
        if step["edit"] == "at the end":
            lines += added
        else:
            found = [number for number, line in enumerate(lines) if line.startswith(step["line"])]
            self.assertEqual(len(found), 1, f"one line of the draft begins with: {step['line']}")
            lines[found[0] + (step["edit"] == "below"):found[0] + 1] = added
        case.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def type(self, text):
        commands = re.findall(r"(?m)^\$ (.*)\n((?:(?!\$ ).*\n)*)", text)
        for command, printed in commands:
            done = subprocess.run(["bash", "-c", command], cwd=self.here, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=120, check=False)
            seen = done.stdout.decode()
            self.assertTrue(matches(printed.rstrip("\n").split("\n") if printed else [], seen), f"$ {command}\nthe page says:\n{printed}\nseen:\n{seen}")

    def test_every_step_of_the_page_does_what_the_page_says(self):
        steps = [step.groupdict() for step in STEP.finditer(PAGE)]
        self.assertEqual(len(steps), PAGE.count("```") // 2, "every block of the page is one of the test")
        for step in steps:
            if step["kind"] == "toml":
                self.assertIsNotNone(step["edit"], step["text"])
                self.edit(step)
            elif step["kind"] == "console":
                self.type(step["text"])
        pages = list((self.here / "log").rglob("answer.html"))
        self.assertEqual(len(pages), 1)
        self.assertIn("warm home", pages[0].read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
