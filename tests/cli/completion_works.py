#!/usr/bin/env python3
"""The completion scripts are read by their shells without a word, and bash completes what the list of verbs says."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()


def script(shell):
    return subprocess.run([PROGRAM, "completion", shell], capture_output=True, text=True, check=True).stdout


def completed(*words):
    """What bash offers for the last of the words."""
    typed = " ".join(f"'{word}'" for word in words)
    text = script("bash") + f"\nCOMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; _candour; printf '%s\\n' \"${{COMPREPLY[@]}}\"\n"
    done = subprocess.run(["bash", "-c", text], capture_output=True, text=True, check=False)
    assert done.stderr == "", done.stderr
    return [line for line in done.stdout.splitlines() if line]


def verbs():
    """The verbs as the program's help lists them."""
    text = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=True).stdout
    lines = text.split("Verbs:\n")[1].split("\nOptions:")[0].splitlines()
    return [line[2:20].strip() for line in lines]


class Bash(unittest.TestCase):
    def test_every_verb_is_offered(self):
        offered = completed("candour", "")
        for verb in verbs():
            self.assertIn(verb.split()[0], offered)

    def test_the_second_word_of_a_verb_is_offered(self):
        for verb in verbs():
            if " " in verb:
                first, second = verb.split()
                self.assertIn(second, completed("candour", first, ""))

    def test_a_verb_begun_is_completed(self):
        self.assertEqual(completed("candour", "compl"), ["completion"])

    def test_options_are_offered_for_every_verb_once_a_dash_is_typed(self):
        for verb in verbs():
            self.assertIn("--json", completed("candour", *verb.split(), "--j"))

    def test_the_words_allowed_are_offered_and_options_only_after_a_dash(self):
        self.assertEqual(completed("candour", "completion", ""), ["bash", "zsh", "fish"])


class OtherShells(unittest.TestCase):
    def test_every_verb_stands_in_each_script(self):
        for shell in ("zsh", "fish"):
            text = script(shell)
            for verb in verbs():
                for word in verb.split():
                    self.assertIn(word, text)

    def test_bash_and_where_they_are_installed_the_others_read_it_without_fault(self):
        for shell in ("bash", "zsh", "fish"):
            program = shutil.which(shell)
            if program is None and shell != "bash":
                continue
            with tempfile.NamedTemporaryFile("w", suffix=".sh") as file:
                file.write(script(shell))
                file.flush()
                done = subprocess.run([program, "-n", file.name], capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, done.stderr), (0, ""))


class ManualPages(unittest.TestCase):
    def test_man_formats_every_page_without_a_warning(self):
        with tempfile.TemporaryDirectory() as folder:
            sections = pathlib.Path(__file__).resolve().parents[2] / "docs" / "man"
            subprocess.run([PROGRAM.parent / "candour_manual", "pages", sections, folder], check=True)
            pages = sorted(pathlib.Path(folder).glob("*.1"))
            self.assertEqual(len(pages), len(verbs()) + 1)
            for page in pages:
                done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", page], capture_output=True, text=True, check=False)
                self.assertEqual(done.stderr, "", page.name)
                plain = re.sub(r".\x08|\x1b\[\d+m", "", done.stdout)
                for heading in ("NAME", "SYNOPSIS", "EXIT STATUS"):
                    self.assertIn(f"\n{heading}\n", plain)


if __name__ == "__main__":
    unittest.main()
