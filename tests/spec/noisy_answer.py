#!/usr/bin/env python3
"""A case whose policy lets figures carry noise drawn by a key, from outside: finer figures come changed beside exact totals, everything says so, the proof holds."""
import json
import re
import sys
import unittest

from program import bytes_inside, digest_of, files_below
from changed_case import BANDS, COUNTS, MONTHS, ChangedCase

SENTENCE = b"are changed at random by up to 7, and a 0 may stand for any count up to 7"


class NoisyAnswer(ChangedCase):
    key = 4  # under which the draw lets the full cross be given
    treatment = 'treatments = ["cell-key"]\ncell_key = { most_noise = 7, variance = 5 }\n'

    def test_a_finer_table_is_given_with_noise_beside_exact_totals(self):
        self.answer()
        noisy = self.changed("perturbed")
        self.assertEqual(len(noisy), 15)
        for month, counts in COUNTS.items():
            for band, count in zip(BANDS, counts):
                figure = noisy[(MONTHS[month], band)]
                self.assertLessEqual(abs(figure - count), 7)
                if count < 7:
                    self.assertLessEqual(figure, 8, "a small count never shows more than leaves 1 possible")
        self.assertTrue([month for month, counts in COUNTS.items() if [noisy[(MONTHS[month], band)] for band in BANDS] != list(counts)])
        exact = [row for row in self.rows() if "value" in row.values()]
        self.assertIn(str(sum(map(sum, COUNTS.values()))), [value for row in exact for value in row.values()])

    def test_letter_page_workbook_and_legend_say_which_figures_are_changed_and_how_far(self):
        self.answer()
        for folder in ("reply", "public"):
            saying = [name for name, data in files_below(self.out / folder).items() if any(SENTENCE in part for part in bytes_inside(data))]
            self.assertTrue([name for name in saying if name.endswith(".html")], folder)
        files = files_below(self.out / "reply")
        for name in files:
            if name.endswith((".ods", ".xlsx")):
                self.assertTrue(any(b"changed at random by up to 7" in part for part in bytes_inside(files[name])), name)
                self.assertTrue(any(b"A 0 among the changed figures may stand for any count up to 7" in part for part in bytes_inside(files[name])), name)

    def test_the_notice_says_that_the_exact_figures_are_withheld_and_why(self):
        self.answer()
        letter = next(data for name, data in files_below(self.out / "reply").items() if name.endswith("letter.html"))
        self.assertIn(b"Some of them are changed, as said beside the tables; the exact ones in their place are withheld.", letter)
        self.assertIn(b"Neighbours know who was arrested in a given month", letter)

    def test_the_log_entry_and_the_data_say_it(self):
        self.answer()
        files = files_below(self.out / "public")
        entry = next(data for name, data in files.items() if name.endswith("entry.json"))
        self.assertIn(b"changed at random by up to 7", entry)
        self.assertTrue([name for name, data in files.items() if name.endswith(".json") and b"perturbed" in data], sorted(files))

    def test_what_the_noise_allows_is_told_to_the_officer_alone(self):
        self.answer()
        noise = json.loads((self.out / "private" / "plans.json").read_text(encoding="utf-8"))["populations"][0]["noise"]
        self.assertEqual(noise["tables"], 1)
        self.assertEqual(noise["rho"], "0.1")
        self.assertEqual(noise["rho_with_earlier"], "0.1")
        self.assertGreater(noise["most_telling"], 1)
        for folder in ("reply", "public"):
            self.assertFalse([name for name, data in files_below(self.out / folder).items() if any(b"most_telling" in part for part in bytes_inside(data))])

    def test_an_intruder_with_the_public_files_alone_finds_nothing_in_them(self):
        self.answer()
        self.assertIn("1 tables attacked: 0 findings", self.done("attack", self.out))
        self.done("attack", self.case)

    def test_an_intruder_with_the_public_files_finds_a_count_that_exact_figures_close_in(self):
        self.answer()
        for file in (self.out / "public").rglob("*.csv"):
            lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
            for band, count in (("18-29", 12), ("30-and-over", 9)):
                lines = [re.sub(r",\d+,perturbed", f",{count},value", line) if "2023-01" in line and f",{band}," in line else line for line in lines]
            file.write_text("".join(lines), encoding="utf-8")
        done = self.run_program("attack", self.out)
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"is 3", done.stdout)

    def test_the_certificate_is_added_up_again_without_fault(self):
        self.answer()
        self.done("verify", self.case)

    def test_a_figure_or_its_interval_changed_in_the_certificate_is_found(self):
        self.answer()
        file = self.out / "private" / "certificate.json"
        text = file.read_text(encoding="utf-8")
        for pattern, change in ((r'"perturbed",(\d+),(\d+),(\d+)', lambda at: f'"perturbed",{int(at.group(1)) + 1},{at.group(2)},{at.group(3)}'),
                                (r'"perturbed",(\d+),(\d+),(\d+)', lambda at: f'"perturbed",{at.group(1)},{int(at.group(2)) - 1},{at.group(3)}')):
            changed = re.sub(pattern, change, text, count=1)
            self.assertNotEqual(changed, text)
            file.write_text(changed, encoding="utf-8")
            self.assertNotEqual(self.run_program("verify", self.case).returncode, 0)

    def test_asked_twice_every_byte_is_the_same(self):
        self.answer()
        once = digest_of(self.out)
        self.answer()
        self.assertEqual(digest_of(self.out), once)

    def test_without_a_key_of_the_authority_nothing_is_changed_and_the_case_says_so(self):
        self.settings.write_text(self.settings.read_text(encoding="utf-8").replace('key_file = "authority.key"\n', ""), encoding="utf-8")
        self.assertIn(b"the policy lets figures carry noise, expected key_file", self.answer(expected_status=2).stderr)

    def test_a_budget_too_small_for_one_table_leaves_every_figure_exact(self):
        self.permit(self.treatment + "noise_budget = 0.099\n")
        self.answer()
        self.assertEqual(self.changed("perturbed"), {})

    def test_noise_that_could_not_hold_what_it_promises_is_a_mistake_of_the_policy(self):
        for words, said in (('treatments = ["cell-key"]\n', b'treatments has "cell-key", expected [cell_key]'),
                            ("cell_key = { most_noise = 7, variance = 5 }\n", b'[cell_key] is given, expected "cell-key" among the treatments'),
                            ('treatments = ["round", "cell-key"]\nrounding_base = 5\ncell_key = { most_noise = 7, variance = 5 }\n', b"expected one of them"),
                            ('treatments = ["cell-key"]\ncell_key = { most_noise = 6, variance = 5 }\n', b"most_noise is 6, expected at least 7"),
                            ('treatments = ["cell-key"]\ncell_key = { most_noise = 7, variance = 3 }\n', b"fewer than one key in 1,000 changes a count of 7 by -7"),
                            ('treatments = ["cell-key"]\ncell_key = { most_noise = 7, variance = 8 }\n', b"a count of 1 cannot have variance 8")):
            self.permit(words)
            self.assertIn(said, self.answer(expected_status=2).stderr)


if __name__ == "__main__":
    NoisyAnswer.program = sys.argv.pop(1)
    unittest.main()
