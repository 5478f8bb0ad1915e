#!/usr/bin/env python3
"""Rounded and noisy answers in the register of releases: what they say goes in as intervals, a later answer is attacked with them, and noise is counted."""
import json
import sys
import unittest

from changed_case import ChangedCase, permit

TWO_BANDS = {"bands": ("ages = { starts = [18, 30] }", "ages = { starts = [30] }")}


OLD_ANSWER = """
[release]
id = "OLD-1"
title = "June, 30 and over"
population = "arrests"
published_on = 2024-03-10
extracted_on = 2024-03-04
[[table]]
id = "june"
file = "old.csv"
counted = "arrested"
figures = "Arrests"
[[table.column]]
header = "Month"
variable = "month"
[table.column.codes]
"June 2023" = "2023-06"
[[table.limit]]
variable = "age"
codes = "30-and-over"
"""


class Beside:
    """What holds of both ways of changing figures: January's 18 to 29 stands for so many that the count below it follows from an exact sum of both."""
    status = ""
    january = 0

    def setUp(self):
        super().setUp()
        self.register = self.work / "register.sqlite"
        self.done("register", "verify", "--register", self.register)

    def first_answer(self):
        self.answer_case(self.case, "--register", self.register)
        figures = self.changed(self.status)
        self.assertEqual(figures[("January 2023", "18 to 29")], self.january)
        return figures, self.approve_and_register(self.case, self.register)

    def test_its_release_holds_intervals_and_nothing_is_found_in_it_alone(self):
        self.first_answer()
        self.done("attack", "--register", self.register)

    def test_asked_again_the_same_count_reads_the_same_and_the_proof_reproduces_the_intervals(self):
        figures, _ = self.first_answer()
        again = self.another_case("SMALL-2", number=('number = "1"', 'number = "2"'))
        letter = again / "request.txt"
        letter.write_text(letter.read_text(encoding="utf-8").replace("1. ", "2. ", 1), encoding="utf-8")
        self.answer_case(again, "--register", self.register)
        self.assertEqual(self.changed(self.status, again), figures)
        certificate = json.loads((again / "out" / "private" / "certificate.json").read_text(encoding="utf-8"))
        earlier = certificate["populations"][0]["earlier_figures"]
        self.assertEqual(len([one for one in earlier if one[2] < one[3]]), len(figures))
        self.done("verify", again, "--register", self.register)
        self.approve_and_register(again, self.register)
        self.done("attack", "--register", self.register)

    def test_a_count_that_is_out_exactly_stays_exact(self):
        (self.work / "old.csv").write_text("Month,Arrests\nJune 2023,16\n", encoding="utf-8")
        (self.work / "old.toml").write_text(OLD_ANSWER, encoding="utf-8")
        self.done("register", "import", self.work / "old.toml", "--register", self.register)
        self.answer_case(self.case, "--register", self.register)
        figures = self.changed(self.status)
        self.assertEqual(len(figures), 14, "all of the full cross but the one")
        self.assertNotIn(("June 2023", "30 and over"), figures)
        row = next(row for row in self.rows() if (row.get("month"), row.get("age")) == ("June 2023", "30 and over"))
        self.assertIn("value", row.values())
        self.assertIn("16", row.values())
        self.done("verify", self.case, "--register", self.register)

    def test_a_later_answer_that_would_close_an_interval_is_not_given(self):
        later = self.another_case("SMALL-3", **TWO_BANDS)
        self.answer_case(later)
        alone = [row for row in self.rows(later) if row.get("age") == "Under 30" and row.get("month") == "January 2023"]
        self.assertEqual([row for row in alone if "15" in row.values()], alone)
        self.assertTrue(alone, "alone the sum is given exactly")
        self.first_answer()
        told = self.answer_case(later, "--register", self.register).stdout.decode()
        beside = [row for row in self.rows(later) if row.get("age") == "Under 30" and row.get("month") == "January 2023"]
        self.assertFalse([row for row in beside if "15" in row.values() and "value" in row.values()], beside)
        self.assertIn("more could be given if it were not for SMALL-1", told)
        self.assertIn("18 to 29 (SMALL-1) (at least 11)", told)
        self.done("verify", later, "--register", self.register)

    def test_a_month_later_counts_that_stayed_read_the_same_and_all_of_it_gives_nobody_away(self):
        figures, _ = self.first_answer()
        later = self.another_case("SMALL-6", extract=("extracted_on = 2024-03-04", "extracted_on = 2024-03-19"))
        records = later / "records" / "custody.csv"
        more = "".join(f"2023-06-01,P-late-{i},40,charged,\n" for i in range(6))
        records.write_text(records.read_text(encoding="utf-8") + more, encoding="utf-8")
        self.answer_case(later, "--register", self.register)
        again = self.changed(self.status, later)
        self.assertEqual(len(again), len(figures))
        for place in again:
            if place != ("June 2023", "30 and over"):
                self.assertEqual(again[place], figures[place], place)
        self.done("verify", later, "--register", self.register)
        self.approve_and_register(later, self.register)
        self.done("attack", "--register", self.register)

    def test_the_proof_names_the_release_and_a_later_one_it_does_not_name_is_found(self):
        later = self.another_case("SMALL-4", **TWO_BANDS)
        self.answer_case(later, "--register", self.register)
        self.first_answer()
        done = self.run_program("verify", later, "--register", self.register)
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"SMALL-1", done.stdout + done.stderr)


class RoundedBeside(Beside, ChangedCase):
    key = 2
    treatment = 'treatments = ["round"]\nrounding_base = 5\n'
    status = "rounded"
    january = 15


class NoisyBeside(Beside, ChangedCase):
    key = 108
    treatment = 'treatments = ["cell-key"]\ncell_key = { most_noise = 7, variance = 6 }\n'
    status = "perturbed"
    january = 18

    def spent(self):
        noise = json.loads(self.done("register", "list", "--register", self.register, "--json"))["noise"]
        return [(one["tables"], one["rho"]) for one in noise]

    def test_noise_is_counted_and_the_same_noise_once(self):
        self.first_answer()
        self.assertEqual(self.spent(), [(1, "0.083334")])
        again = self.another_case("SMALL-2")
        self.answer_case(again, "--register", self.register)
        self.approve_and_register(again, self.register)
        self.assertEqual(self.spent(), [(1, "0.083334")])

    def test_a_month_later_counts_that_stayed_read_the_same_and_all_of_it_gives_nobody_away(self):
        super().test_a_month_later_counts_that_stayed_read_the_same_and_all_of_it_gives_nobody_away()
        self.assertEqual(self.spent(), [(2, "0.166667")], "what changed in between was drawn anew")

    def test_a_later_answer_goes_without_noise_where_the_budget_is_spent(self):
        other_bands = {"bands": ("ages = { starts = [18, 30] }", "ages = { starts = [18, 40] }")}
        first, later = self.case, self.another_case("SMALL-5", **other_bands)
        for case in (first, later):
            permit(case, self.treatment + "noise_budget = 0.1\n")
        self.first_answer()
        self.answer_case(later)
        self.assertTrue(self.changed(self.status, later), "with nothing spent there is noise")
        self.answer_case(later, "--register", self.register)
        self.assertEqual(self.changed(self.status, later), {})


if __name__ == "__main__":
    RoundedBeside.program = NoisyBeside.program = sys.argv.pop(1)
    unittest.main()
