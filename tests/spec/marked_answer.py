#!/usr/bin/env python3
"""A case whose policy lets a finer table stand beside the others with marks, from outside: the others stay whole, the marks say what they may be, and the proof holds."""
import json
import re
import sys
import unittest

from changed_case import COUNTS, ChangedCase
from program import digest_of, files_below


class MarkedAnswer(ChangedCase):
    treatment = 'treatments = ["mark"]\n'

    def marked(self, case=None):
        return [row for row in self.rows(case) if row["status"] == "confidential-or-nought"]

    def test_a_finer_table_with_marks_stands_beside_the_others(self):
        self.answer()
        rows = self.rows()
        finest = [row for row in rows if row.get("month_level") == "month" and row.get("age_level") not in (None, "total")]
        self.assertEqual({row["status"] for row in finest}, {"value", "confidential-or-nought", "did-not-run"})
        self.assertIn(("January 2023", "Under 18"), [(row["month"], row["age"]) for row in self.marked()])
        self.assertTrue([row for row in finest if row["status"] == "value"])
        for row in rows:
            self.assertFalse(row["status"] == "value" and 0 < int(row["value"]) < 5, row)

    def test_figures_that_are_shown_are_the_counts(self):
        self.answer()
        true = {(month, band): count for month, counts in COUNTS.items() for band, count in zip(("under-18", "18-29", "30-and-over"), counts)}
        shown = [row for row in self.rows() if (row.get("month_code"), row.get("age_code")) in true and row["status"] == "value"]
        self.assertTrue(shown)
        for row in shown:
            self.assertEqual(int(row["value"]), true[row["month_code"], row["age_code"]])

    def test_letter_and_page_say_that_a_mark_may_be_nought_and_what_is_kept(self):
        self.answer()
        for folder in ("reply", "public"):
            page = next(data for name, data in files_below(self.out / folder).items() if name.endswith(".html")).decode()
            self.assertTrue("It may be nought" in page, folder)
        letter = next(data for name, data in files_below(self.out / "reply").items() if name.endswith("letter.html")).decode()
        self.assertTrue("together: with figures withheld wherever they could point to a person" in letter)

    def test_an_intruder_with_the_public_files_alone_finds_nothing(self):
        self.answer()
        self.assertIn(" 0 findings", self.done("attack", self.out))

    def test_an_intruder_with_the_public_files_finds_a_mark_too_few(self):
        self.answer()
        for file in (self.out / "public").rglob("*.csv"):
            true = {("January 2023", "18 to 29"): 12, ("January 2023", "30 and over"): 9}
            lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
            for (month, band), count in true.items():
                lines = [re.sub(r",,confidential-or-nought", f",{count},value", line) if month in line and band in line else line for line in lines]
            file.write_text("".join(lines), encoding="utf-8")
        done = self.run_program("attack", self.out)
        self.assertEqual(done.returncode, 3, done.stdout.decode())

    def test_the_certificate_is_added_up_again_and_a_mark_taken_away_is_found(self):
        self.answer()
        self.done("verify", self.case)
        self.done("verify", self.case, "--records")
        file = next(file for file in (self.out / "public").rglob("*.csv") if b"confidential-or-nought" in file.read_bytes())
        file.write_bytes(file.read_bytes().replace(b",confidential-or-nought", b",confidential", 1))
        self.assertNotEqual(self.run_program("verify", self.case).returncode, 0)

    def test_the_choice_names_the_finer_table_and_asked_twice_every_byte_is_the_same(self):
        self.answer()
        plans = json.loads((self.out / "private" / "plans.json").read_text(encoding="utf-8"))
        self.assertIn("with some figures and noughts hidden", plans["populations"][0]["taken"][0]["given"])
        once = digest_of(self.out)
        self.answer()
        self.assertEqual(digest_of(self.out), once)

    def test_in_the_register_marks_stay_marks_and_the_next_answer_stands_beside_them(self):
        register = self.work / "register.sqlite"
        self.done("register", "verify", "--register", register)
        self.answer_case(self.case, "--register", register)
        self.approve_and_register(self.case, register)
        self.done("attack", "--register", register)
        hidden = {(row["month"], row["age"]) for row in self.marked()}
        again = self.another_case("SMALL-2")
        self.answer_case(again, "--register", register)
        shown = {(row["month"], row["age"]) for row in self.rows(again) if "age" in row and "month" in row and row["status"] == "value"}
        self.assertEqual(shown & hidden, set())
        self.done("verify", again, "--register", register)

    def test_without_the_permission_there_are_no_marks(self):
        self.permit("treatments = []\n")
        self.answer()
        self.assertEqual(self.marked(), [])


if __name__ == "__main__":
    MarkedAnswer.program = sys.argv.pop(1)
    unittest.main()
