#!/usr/bin/env python3
"""What `candour answer` promises of a case, from outside: the program is run, its files are read."""
import csv
import pathlib
import random
import sys
import unittest

from program import CaseTest, bytes_inside, digest_of, files_below

RECORD_CANARIES = (b"CANARY-PERSON", b"CANARY-NOTE")
REQUESTER_CANARIES = (b"CANARY-REQUESTER-NAME", b"CANARY-REQUESTER-ADDRESS")


def holds(files, strings):
    """The names of the files that hold one of the strings, packed parts and file names included."""
    return sorted(name for name, data in files.items() if any(string in part for part in [name.encode(), *bytes_inside(data)] for string in strings))


class WhatAppears(CaseTest):
    def test_three_folders_appear_and_the_private_one_is_closed(self):
        self.answer()
        self.assertEqual(sorted(entry.name for entry in self.out.iterdir()), ["private", "public", "reply"])
        self.assertEqual(self.mode_of(self.out / "private"), 0o700)
        for name in files_below(self.out / "private"):
            self.assertEqual(self.mode_of(self.out / "private" / name) & 0o077, 0, name)

    def test_every_name_says_draft_until_two_people_have_approved(self):
        self.answer()
        for folder in ("reply", "public"):
            names = list(files_below(self.out / folder))
            self.assertTrue(names)
            self.assertEqual([name for name in names if not pathlib.PurePosixPath(name).name.startswith("draft-")], [])
        for person, role in (("A. Preparer", "preparer"), ("B. Approver", "approver")):
            done = self.run_program("approve", self.case, "--as", person, "--role", role)
            self.assertEqual(done.returncode, 0, done.stderr.decode())
        for folder in ("reply", "public"):
            self.assertEqual([name for name in files_below(self.out / folder) if pathlib.PurePosixPath(name).name.startswith("draft-")], [])

    def test_the_certificate_is_added_up_again_without_fault(self):
        self.answer()
        done = self.run_program("verify", self.case)
        self.assertEqual(done.returncode, 0, done.stderr.decode() + done.stdout.decode())


class WhatStaysInside(CaseTest):
    def test_no_planted_string_of_the_records_or_the_requester_is_in_public(self):
        self.answer()
        self.assertEqual(holds(files_below(self.out / "public"), RECORD_CANARIES + REQUESTER_CANARIES), [])

    def test_no_planted_string_of_the_records_is_in_the_reply_and_the_requester_is(self):
        self.answer()
        reply = files_below(self.out / "reply")
        self.assertEqual(holds(reply, RECORD_CANARIES), [])
        # The search for planted strings finds what is there: the letter is addressed to somebody.
        self.assertNotEqual(holds(reply, REQUESTER_CANARIES), [])

    def test_a_planted_count_of_one_stands_in_no_published_table(self):
        # One arrest in February of the older band, and it ended in a caution.
        self.answer()
        tables = [name for folder in ("public", "reply") for name in files_below(self.out / folder) if name.endswith(".csv")]
        self.assertTrue(tables)
        for folder in ("public", "reply"):
            for name, data in files_below(self.out / folder).items():
                if name.endswith(".csv"):
                    for row in csv.DictReader(data.decode("utf-8-sig").splitlines()):
                        self.assertNotEqual(row.get("value"), "1", f"{name}: {row}")

    def test_a_bad_value_is_named_by_file_and_line_and_not_repeated(self):
        records = self.case / "records" / "custody.csv"
        lines = records.read_text(encoding="utf-8").splitlines()
        lines[4] = "CANARY-BAD-DATE,CANARY-PERSON-99,CANARY-BAD-AGE,caution,CANARY-NOTE-X"
        records.write_text("\n".join(lines) + "\n", encoding="utf-8")
        done = self.answer(expected_status=2)
        self.assertIn(b"custody.csv:5", done.stderr)
        self.assertNotIn(b"CANARY", done.stdout + done.stderr)
        self.assertFalse(self.out.exists())

    def test_the_requester_is_kept_out_of_public_texts_in_every_script(self):
        before = (self.case / "case.toml").read_text(encoding="utf-8")
        for name, written in (("\u0141ukasz \u017b\u00f3\u0142\u0107", "\u0141UKASZ  \u017b\u00d3\u0141\u0106"), ("\u041e\u043b\u044c\u0433\u0430 \u041a.", "\u041e\u041b\u042c\u0413\u0410 \u041a."), ("\u738b\u5c0f\u660e", "\u738b\u5c0f\u660e")):
            (self.case / "requester.toml").write_text(f'name = "{name}"\naddress = "1 Some Street"\n', encoding="utf-8")
            (self.case / "case.toml").write_text(before.replace("The area commander decides", f"As {written} knows, the area commander decides"), encoding="utf-8")
            self.assertIn(b"holds the requester's name", self.answer(expected_status=2).stderr, name)
            self.assertFalse(self.out.exists())

    def test_what_the_program_says_holds_no_planted_string(self):
        done = self.answer()
        said = done.stdout + done.stderr
        for verb in (["verify", self.case], ["answer", self.case, "--json"], ["verify", self.case, "--json"]):
            more = self.run_program(*verb)
            said += more.stdout + more.stderr
        self.assertNotIn(b"CANARY", said)


class WhatIsTheSame(CaseTest):
    def test_the_same_case_twice_gives_the_same_bytes(self):
        self.answer()
        first = {folder: digest_of(self.out / folder) for folder in ("public", "reply")}
        self.answer()
        self.assertEqual(first, {folder: digest_of(self.out / folder) for folder in ("public", "reply")})

    def test_the_order_of_the_records_never_matters(self):
        self.answer()
        first = files_below(self.out / "public")
        records = self.case / "records" / "custody.csv"
        header, *rows = records.read_text(encoding="utf-8").splitlines()
        random.Random(11).shuffle(rows)
        records.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        self.answer()
        second = files_below(self.out / "public")
        tables = [name for name in first if name.endswith(".csv")]
        self.assertEqual({name: first[name] for name in tables}, {name: second.get(name) for name in tables})


class WhatFails(CaseTest):
    def test_a_mistake_in_the_case_is_status_2_and_leaves_the_old_answer(self):
        self.answer()
        before = digest_of(self.out)
        case_file = self.case / "case.toml"
        case_file.write_text(case_file.read_text(encoding="utf-8").replace("received =", "recieved ="), encoding="utf-8")
        done = self.answer(expected_status=2)
        self.assertIn(b"case.toml:", done.stderr)
        self.assertIn(b"received", done.stderr)
        self.assertEqual(digest_of(self.out), before)

    def test_a_holding_that_is_gone_is_status_4_and_leaves_the_old_answer(self):
        self.answer()
        before = digest_of(self.out)
        (self.case / "records" / "custody.csv").unlink()
        self.answer(expected_status=4)
        self.assertEqual(digest_of(self.out), before)

    def change_case(self, old, new):
        case_file = self.case / "case.toml"
        text = case_file.read_text(encoding="utf-8")
        self.assertIn(old, text)
        case_file.write_text(text.replace(old, new), encoding="utf-8")

    def test_a_misspelt_condition_is_not_published_as_noughts(self):
        self.change_case('["caution"]', '["Caution"]')
        done = self.answer(expected_status=2)
        self.assertIn(b"question 2 counts nothing at all in 'custody'", done.stderr)
        self.assertIn(b"capitals too", done.stderr)
        self.assertFalse(self.out.exists())
        self.change_case("[personal_information]", '[[finding]]\nkind = "nothing-counted"\ntext = "Nobody was."\nby = "B. Reviewer"\non = 2024-03-05\n\n[personal_information]')
        self.answer()

    def test_months_after_the_extract_are_not_published_as_noughts(self):
        self.change_case("extracted_on = 2024-03-04", "extracted_on = 2023-05-31")
        done = self.answer(expected_status=2)
        self.assertIn(b"question 1 counts 2023-06 from 'custody', which was extracted on 2023-05-31, before that month began", done.stderr)
        self.assertFalse(self.out.exists())
        self.change_case("extracted_on = 2023-05-31", "extracted_on = 2023-06-01")
        self.answer()

    def test_a_published_figure_changed_by_one_is_found(self):
        self.answer()
        table = next(file for file in sorted((self.out / "public").rglob("*.csv")) if b",value" in file.read_bytes() or b"value" in file.read_bytes())
        rows = table.read_bytes().decode("utf-8").splitlines(keepends=True)
        place = next(i for i, row in enumerate(rows[1:], 1) if any(field.isdigit() for field in row.strip().split(",")))
        fields = rows[place].rstrip("\r\n").split(",")
        number = next(i for i, field in enumerate(fields) if field.isdigit())
        fields[number] = str(int(fields[number]) + 1)
        rows[place] = ",".join(fields) + "\n"
        table.write_bytes("".join(rows).encode("utf-8"))
        self.assertEqual(self.run_program("verify", self.case).returncode, 3)


if __name__ == "__main__":
    CaseTest.program = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
