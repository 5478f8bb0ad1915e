#!/usr/bin/env python3
"""A case whose policy lets figures be rounded, from outside: finer figures come rounded beside exact totals, everything says so, and the proof holds."""
import re
import sys
import unittest

from program import bytes_inside, digest_of, files_below
from changed_case import COUNTS, ChangedCase


class RoundedAnswer(ChangedCase):
    key = 2  # under which the draw lets the full cross be given
    treatment = 'treatments = ["round"]\nrounding_base = 5\n'

    def test_a_finer_table_is_given_rounded_beside_exact_totals(self):
        self.answer()
        rows = self.rows()
        rounded = [row for row in rows if "rounded" in row.values()]
        self.assertGreaterEqual(len(rounded), 10)
        self.assertTrue([row for row in rows if "value" in row.values()])
        true = {count for counts in COUNTS.values() for count in counts}
        for row in rounded:
            figure = int(next(value for name, value in row.items() if value.isdigit() and name not in ("month", "age")))
            self.assertEqual(figure % 5, 0)
            self.assertTrue(any(abs(figure - count) < 5 for count in true))

    def test_letter_page_and_workbook_say_what_is_rounded_and_how_far(self):
        self.answer()
        for folder in ("reply", "public"):
            pages = [name for name, data in files_below(self.out / folder).items() if any(b"are rounded to a multiple of 5: each stands for a count less than 5" in part for part in bytes_inside(data))]
            self.assertTrue([name for name in pages if name.endswith(".html")], folder)
        workbooks = {name for name in files_below(self.out / "reply") if name.endswith((".ods", ".xlsx"))}
        self.assertTrue(workbooks)
        self.assertEqual(workbooks - set(pages) - {name for name, data in files_below(self.out / "reply").items() if any(b"are rounded to a multiple of 5" in part for part in bytes_inside(data))}, set())

    def test_the_notice_says_that_the_exact_figures_are_withheld(self):
        self.answer()
        letter = next(data for name, data in files_below(self.out / "reply").items() if name.endswith("letter.html"))
        self.assertIn(b"Some of them are changed, as said beside the tables; the exact ones in their place are withheld.", letter)

    def test_an_intruder_with_the_public_files_alone_finds_nothing_in_them(self):
        self.answer()
        self.assertIn("1 tables attacked: 0 findings", self.done("attack", self.out))
        self.done("attack", self.case)

    def test_an_intruder_with_the_public_files_finds_a_count_that_exact_figures_close_in(self):
        self.answer()
        for file in (self.out / "public").rglob("*.csv"):
            lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
            for band, count in (("18-29", 12), ("30-and-over", 9)):
                lines = [re.sub(r",\d+,rounded", f",{count},value", line) if "2023-01" in line and f",{band}," in line else line for line in lines]
            file.write_text("".join(lines), encoding="utf-8")
        done = self.run_program("attack", self.out)
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"is 3", done.stdout)

    def test_the_certificate_is_added_up_again_without_fault(self):
        self.answer()
        done = self.run_program("verify", self.case)
        self.assertEqual(done.returncode, 0, done.stderr.decode() + done.stdout.decode())

    def test_a_rounded_figure_moved_by_a_base_is_found(self):
        self.answer()
        file = self.out / "private" / "certificate.json"
        text = file.read_text(encoding="utf-8")
        changed = re.sub(r'"rounded",(\s*)(\d+)', lambda at: f'"rounded",{at.group(1)}{int(at.group(2)) + 5}', text, count=1)
        self.assertNotEqual(changed, text)
        file.write_text(changed, encoding="utf-8")
        self.assertNotEqual(self.run_program("verify", self.case).returncode, 0)

    def test_asked_twice_every_byte_is_the_same(self):
        self.answer()
        once = digest_of(self.out)
        self.answer()
        self.assertEqual(digest_of(self.out), once)

    def test_without_a_key_of_the_authority_nothing_is_rounded_and_the_case_says_so(self):
        self.settings.write_text(self.settings.read_text(encoding="utf-8").replace('key_file = "authority.key"\n', ""), encoding="utf-8")
        self.assertIn(b"the policy lets figures be rounded, expected key_file", self.answer(expected_status=2).stderr)

    def test_without_the_permission_nothing_is_rounded(self):
        self.permit("treatments = []\n")
        self.answer()
        self.assertFalse([row for row in self.rows() if "rounded" in row.values() or "confidential" in row.values()])

    def test_a_base_without_the_treatment_is_a_mistake_of_the_policy(self):
        self.permit("rounding_base = 5\n")
        self.assertIn(b'rounding_base is given, expected "round" among the treatments', self.answer(expected_status=2).stderr)
        self.permit('treatments = ["round", "blur"]\n')
        stderr = self.answer(expected_status=2).stderr
        self.assertIn(b'treatments has "blur", expected "suppress", "mark", "round" or "cell-key"', stderr)
        self.assertIn(b'treatments has "round", expected rounding_base beside it', stderr)


if __name__ == "__main__":
    RoundedAnswer.program = sys.argv.pop(1)
    unittest.main()
