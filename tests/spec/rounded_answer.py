#!/usr/bin/env python3
"""A case whose policy lets figures be rounded, from outside: finer figures come rounded beside exact totals, everything says so, and the proof holds."""
import csv
import io
import re
import sys
import unittest

from program import ROOT, CaseTest, bytes_inside, digest_of, files_below

AGES = (16, 25, 40)
# One count below five: the full cross cannot be exact.
COUNTS = {"2023-01": (3, 12, 9), "2023-02": (8, 11, 14), "2023-03": (7, 9, 12), "2023-05": (6, 13, 11), "2023-06": (9, 8, 16)}


class RoundedAnswer(CaseTest):
    def setUp(self):
        super().setUp()
        lines = ["date,person,age,disposal,note"]
        for month, counts in COUNTS.items():
            for age, count in zip(AGES, counts):
                lines += [f"{month}-01,P-{month}-{age}-{i},{age},charged," for i in range(count)]
        (self.case / "records" / "custody.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.settings = self.case / "case.toml"
        text = self.settings.read_text(encoding="utf-8")
        text = re.sub(r'\[\[question\]\]\nnumber = "2".*?(?=\n\[\[question\]\])', "", text, flags=re.DOTALL)
        self.settings.write_text(text + '\n[policy]\nfile = "policy.toml"\nkey_file = "authority.key"\n', encoding="utf-8")
        letter = self.case / "request.txt"
        letter.write_text("".join(line for line in letter.read_text(encoding="utf-8").splitlines(keepends=True) if not line.startswith("2")), encoding="utf-8")
        (self.case / "authority.key").write_bytes(bytes([1]) * 32)
        self.permit('treatments = ["round"]\nrounding_base = 5\n')

    def permit(self, words):
        policy = (ROOT / "policies" / "default.toml").read_text(encoding="utf-8")
        (self.case / "policy.toml").write_text(policy.replace("most_plans", words + "most_plans", 1), encoding="utf-8")

    def rows(self):
        rows = []
        for name, data in files_below(self.out / "reply").items():
            if name.endswith(".csv"):
                rows += list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
        return rows

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
        self.assertIn(b'treatments has "blur", expected "suppress" or "round"', stderr)
        self.assertIn(b'treatments has "round", expected rounding_base beside it', stderr)


if __name__ == "__main__":
    RoundedAnswer.program = sys.argv.pop(1)
    unittest.main()
