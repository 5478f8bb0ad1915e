#!/usr/bin/env python3
"""What only a person decides is never filled in by the program: one test a field. Without the field there is no answer; with it the letter says what the person said.

  never_filled.py PROGRAM
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import cases

PROGRAM = pathlib.Path(sys.argv[1]).resolve()


class NeverFilled(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="candour-fields-")
        self.addCleanup(folder.cleanup)
        self.work = pathlib.Path(folder.name)
        self.count = 0

    def run_program(self, *words):
        return subprocess.run([str(PROGRAM), *map(str, words)], cwd=self.work, env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "CANDOUR_TODAY": "2024-03-20"}, capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=120, check=False)

    def written(self, case):
        self.count += 1
        folder = self.work / f"case-{self.count}"
        folder.mkdir()
        for name, text in case.items():
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    def answer(self, case):
        folder = self.written(case)
        return folder, self.run_program("answer", folder)

    def needs(self, case, pattern, names):
        """Deleting what the pattern finds leaves no answer, and the error names the field."""
        text = re.sub(pattern, "", case["case.toml"], count=1, flags=re.S)
        self.assertNotEqual(text, case["case.toml"], pattern)
        folder, done = self.answer(dict(case, **{"case.toml": text}))
        self.assertEqual(done.returncode, 2, done.stdout.decode())
        self.assertIn(names, done.stderr.decode())
        self.assertFalse((folder / "out").exists())

    def says(self, case, words):
        folder, done = self.answer(case)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        letter = (folder / "out/reply/draft-letter.html").read_text(encoding="utf-8")
        for each in words:
            self.assertIn(each, letter)
        return letter

    def test_the_finding_of_identifiability(self):
        self.needs(cases.offence_data(), r'\[\[finding\]\]\nkind = "identifiability".*?on = 2024-03-05\n', "identifiability")
        self.needs(cases.offence_data(), r'\nmeans = "[^"]*"', "'means'")
        self.needs(cases.offence_data(), r'\npopulation = "People[^"]*"', "'population'")
        self.needs(cases.offence_data(), r'\[personal_information\].*', "[personal_information]")

    def test_the_choice_of_an_exemption(self):
        self.needs(cases.all_withheld(), r'  provisions = \["FOIA/31\(1\)\(a\)"\]\n', "'provisions'")
        letter = self.says(cases.all_withheld(), ["section 31(1)(a)", "section 42(1)"])
        self.assertNotIn("section 40(2)", letter)

    def test_the_balance_of_interests(self):
        self.needs(cases.all_withheld(), r'  public_interest = "Openness[^"]*"\n', "public_interest")
        for step in ("legitimate_interest", "necessity", "balance"):
            self.needs(cases.ordinary_data(), rf'\n{step} = "[^"]*"', step)

    def test_not_held(self):
        # A document on which nothing was decided is not said to be not held.
        self.needs(cases.nothing_held(), r"  \[question.decision\].*?(?=\n\[\[question\]\])", "no 'document'")
        self.needs(cases.nothing_held(), r'  outcome = "not-held"\n', "'outcome'")

    def test_neither_confirming_nor_denying(self):
        case = cases.nothing_held()
        case["case.toml"] = case["case.toml"].replace('outcome = "not-held"', 'outcome = "neither-confirmed-nor-denied"\n  provisions = ["FOIA/31(3)"]\n  public_interest = "Saying so would itself '
                                                      'tell where officers are."', 1)
        self.says(case, ["We neither confirm nor deny"])
        self.needs(case, r'  provisions = \["FOIA/31\(3\)"\]\n', "'provisions'")
        self.needs(case, r'  by = "B. Reviewer"\n', "'by'")

    def test_vexatiousness(self):
        case = cases.nothing_held()
        case["case.toml"] = case["case.toml"].replace('outcome = "not-held"', 'outcome = "withheld"\n  provisions = ["FOIA/14(1)"]', 1)
        self.says(case, ["section 14(1)"])
        for field in ("by", "on", "reason", "provisions"):
            self.needs(case, rf"  {field} = [^\n]*\n", f"'{field}'")

    def test_the_acceptance_of_a_cost_estimate(self):
        self.needs(cases.over_the_limit(), r'\[\[finding\]\]\nkind = "cost-estimate".*?on = 2024-03-05\n', "acceptance of the estimate")
        self.needs(cases.over_the_limit(), r"  held = true\n", "Is the information held at all?")

    def test_sending_approving_publishing_and_recalling(self):
        folder, done = self.answer(cases.all_given())
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        self.assertNotRegex(self.run_program("--help").stdout.decode(), r"(?m)^\s+send\b")
        for words in (["approve", folder, "--role", "preparer"], ["approve", folder, "--as", "A. Name"], ["log", "remove", "--site", self.work / "site"]):
            self.assertEqual(self.run_program(*words).returncode, 2, words)
        self.assertEqual(self.run_program("log", "add", folder, "--site", self.work / "site").returncode, 3)
        self.assertTrue(all(file.name.startswith("draft-") for file in (folder / "out/public").rglob("*") if file.is_file()))

    def test_the_outcome_of_a_review_and_the_days_of_an_extension(self):
        case = cases.review()
        for field in ("outcome", "reason", "by", "on", "changes"):
            text = re.sub(rf'(\[review\].*?)\n{field} = [^\n]*', r"\1", case["case.toml"], count=1, flags=re.S)
            done = self.run_program("letter", self.written(dict(case, **{"case.toml": text})), "--kind", "review")
            self.assertEqual(done.returncode, 2, field)
            self.assertIn(f"'{field}'", done.stderr.decode())
        pending = cases.extension()
        done = self.run_program("letter", self.written(dict(pending, **{"case.toml": pending["case.toml"].replace("  expected_on = 2024-04-24\n", "")})), "--kind", "extension")
        self.assertEqual(done.returncode, 2)
        self.assertIn("'expected_on'", done.stderr.decode())

    def test_an_answer_up_to_the_limit_needs_the_requesters_words(self):
        """A part over the cost limit while another is answered: their words in the request, or agreed to later with quote and day."""
        case = cases.over_the_limit()
        case["case.toml"] += cases.question("2", "explanation", cases.WHO, 'explanation = "The area commander decides, each month."\n')
        case["request.txt"] += f"2. {cases.WHO}\n"
        _, done = self.answer(case)
        self.assertEqual(done.returncode, 2)
        self.assertIn("the requester's words that leave the costly part out", done.stderr.decode())
        agreed = '\n[cost_agreement]\nagreed_by = "the requester"\non = 2024-03-08\nquote = "Then please answer the rest."\n'
        self.says(dict(case, **{"case.toml": case["case.toml"] + agreed}), ["On 8 March 2024 it was agreed that this is left out: “Then please answer the rest.”"])
        self.needs(dict(case, **{"case.toml": case["case.toml"] + agreed}), r'quote = "Then[^"]*"\n', "'quote'")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
