#!/usr/bin/env python3
"""What `candour answer --microdata` promises of a case that asks for records, from outside: the program is run, its files are read."""
import csv
import itertools
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import unittest
import zipfile

from program import ROOT, CaseTest, bytes_inside, digest_of, files_below

REQUESTER = (b"Jo Reader", b"12 Elm Row")
TABLES = """[[question]]
number = "1"
asks_for = "statistics"
text = "How many notices by {words}?"
population = "litter-notices"
counted = "given a litter notice"
holding = "notices"
by = [{by}]

"""


def holds(files, strings):
    return sorted(name for name, data in files.items() if any(string in part for part in [name.encode(), *bytes_inside(data)] for string in strings))


class RecordsTest(CaseTest):
    case_name = "../../examples/litter-notices"
    today = "2024-05-07"

    def setUp(self):
        super().setUp()
        shutil.rmtree(self.out, ignore_errors=True)
        self.records = self.case / "records.csv"
        # Persons are planted strings; so is a column that nobody asked for.
        rows = self.rows()
        for number, row in enumerate(rows):
            row["person"] = f"CANARY-PERSON-{number}"
            row["note"] = f"CANARY-NOTE-{number}"
        self.write(rows)

    def rows(self):
        with self.records.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write(self, rows):
        with self.records.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=["date", "person", "age", "ward", "outcome", "note"], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def change_case(self, old, new):
        file = self.case / "case.toml"
        text = file.read_text(encoding="utf-8")
        self.assertIn(old, text)
        file.write_text(text.replace(old, new), encoding="utf-8")

    def give(self, *words, expected_status=0):
        done = self.run_program("answer", self.case, "--microdata", *words)
        self.assertEqual(done.returncode, expected_status, done.stderr.decode() + done.stdout.decode())
        return done

    def approve(self, case=None):
        for person, role in (("A. Preparer", "preparer"), ("B. Approver", "approver")):
            done = self.run_program("approve", case or self.case, "--as", person, "--role", role)
            self.assertEqual(done.returncode, 0, done.stderr.decode())

    def given(self):
        file = next(self.out.glob("public/records/*.csv"))
        return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))

    def tables_case(self, words, by):
        """Another case about the same records that asks for tables."""
        other = self.work / ("tables-" + re.sub(r"\W", "", words))
        shutil.copytree(self.case, other, ignore=shutil.ignore_patterns("out"))
        file = other / "case.toml"
        text = file.read_text(encoding="utf-8").replace("LITTER-7", "TABLES-1")
        begin, end = text.index("[[question]]"), text.index("[[finding]]")
        file.write_text(text[:begin] + TABLES.format(words=words, by=by) + text[end:], encoding="utf-8")
        (other / "request.txt").write_text(f"How many notices by {words}?\n", encoding="utf-8")
        return other


class WhatAppears(RecordsTest):
    def test_everything_of_an_answer_and_the_private_part_closed(self):
        self.give()
        self.assertEqual(self.mode_of(self.out / "private"), 0o700)
        for folder in ("reply", "public"):
            names = list(files_below(self.out / folder))
            self.assertEqual([name for name in names if not pathlib.PurePosixPath(name).name.startswith("draft-")], [])
            for ending in ("records/draft-q1-records.csv", "draft-records.xlsx", "draft-records.ods"):
                self.assertIn(ending, names)
        self.assertIn("draft-letter.pdf", files_below(self.out / "reply"))
        for words in (["verify", self.case], ["verify", self.case, "--records"], ["attack", self.case]):
            done = self.run_program(*words)
            self.assertEqual(done.returncode, 0, done.stderr.decode() + done.stdout.decode())

    def test_an_intruder_who_knows_everybody_finds_nobody(self):
        """Every record is looked for by all that it says, by everybody and every two of those who look alike."""
        self.give()
        rows = self.given()
        shown = [column for column in ("month", "age", "ward") if column in rows[0]]
        classes = {}
        for row in rows:
            classes.setdefault(tuple(row[column] for column in shown), []).append(row["outcome"])
        for outcomes in classes.values():
            self.assertGreaterEqual(len(outcomes), 5)
            for pair in itertools.combinations(range(len(outcomes)), 2):
                left = {outcome for place, outcome in enumerate(outcomes) if place not in pair}
                self.assertGreater(len(left), 1)
        truth = self.rows()
        self.assertGreaterEqual(len(truth) - len(rows), 5)
        self.assertLessEqual(len(truth) - len(rows), len(truth) * 5 // 100)

    def test_no_cheaper_recoding_is_allowed(self):
        """All combinations of levels, counted anew from the records, without the program."""
        self.give()
        bands = (("18", 0, 17), ("30", 18, 29), ("45", 30, 44), ("60", 45, 59), ("up", 60, 200))
        town = {"market", "station", "mill"}
        levels = {
            "date": [lambda v: v[:7], lambda v: (int(v[5:7]) - 1) // 3, lambda v: 0],
            "age": [lambda v: next(name for name, low, high in bands if low <= int(v) <= high), lambda v: 0],
            "ward": [lambda v: v, lambda v: v in town, lambda v: 0],
        }
        leaves = {"date": [f"2023-{m:02}-01" for m in range(1, 13)], "age": ["10", "20", "35", "50", "70"], "ward": ["market", "station", "mill", "heath", "brook"]}
        truth = self.rows()
        best = None
        for chosen in itertools.product(*(range(len(levels[column])) for column in levels)):
            rule = {column: levels[column][level] for column, level in zip(levels, chosen)}
            classes = {}
            for row in truth:
                classes.setdefault(tuple(rule[column](row[column]) for column in rule), []).append(row)
            loss, left_out = 0.0, 0
            for members in classes.values():
                outcomes = [row["outcome"] for row in members]
                most = max(outcomes.count(value) for value in outcomes)
                if len(members) < 5 or len(set(outcomes)) < 2 or len(members) - most <= 2:
                    left_out += len(members)
                    loss += len(members)
                    continue
                for row in members:
                    for column in rule:
                        same = sum(rule[column](leaf) == rule[column](row[column]) for leaf in leaves[column])
                        loss += (same - 1) / (len(leaves[column]) - 1) / len(rule)
            if left_out * 100 > 5 * len(truth) or 0 < left_out < 5 or left_out == len(truth):
                continue
            best = min(loss / len(truth), best) if best is not None else loss / len(truth)
        said = json.loads((self.out / "private/records.json").read_text(encoding="utf-8"))["questions"][0]
        self.assertTrue(said["proved_the_least"])
        self.assertAlmostEqual(said["loss"], best, places=9)

    def test_approved_logged_registered_reviewed_and_bundled_like_any_answer(self):
        self.give()
        self.approve()
        self.assertEqual([name for name in files_below(self.out / "public") if "draft-" in name], [])
        steps = [["log", "decide", self.case, "--publish", "yes", "--because", "asked for again and again", "--as", "T. Brookes"],
                 ["log", "add", self.case, "--site", self.work / "site"],
                 ["register", "add", self.case, "--register", self.work / "register.sqlite"],
                 ["attack", "--register", self.work / "register.sqlite"],
                 ["verify", self.case, "--records"],
                 ["bundle", self.case, "-o", self.work / "bundle"],
                 ["review", self.case, "--as", "Z. Reviewer", "--asked-on", "2024-05-07"]]
        for words in steps:
            done = self.run_program(*words)
            self.assertEqual(done.returncode, 0, f"{words}: {done.stderr.decode()}{done.stdout.decode()}")
        site = files_below(self.work / "site")
        self.assertIn("litter-7/records/q1-records.csv", site)
        self.assertEqual(holds(site, (b"CANARY",) + REQUESTER), [])
        exempt = [name for name in files_below(self.work / "bundle") if "true-records" in name or "records.json" in name]
        self.assertEqual([name for name in exempt if "with-exempt-material" not in name], [])
        self.assertTrue(exempt)


class WhatStaysInside(RecordsTest):
    def test_no_planted_string_goes_out_and_only_the_letter_names_who_asked(self):
        done = self.give()
        self.assertEqual(holds(files_below(self.out / "public"), (b"CANARY",) + REQUESTER), [])
        self.assertEqual(holds(files_below(self.out / "reply"), (b"CANARY",)), [])
        self.assertNotEqual(holds(files_below(self.out / "reply"), REQUESTER), [])
        self.assertEqual(holds(files_below(self.out / "private"), (b"CANARY",)), [])
        self.assertNotIn(b"CANARY", done.stdout + done.stderr)

    def test_the_order_of_the_records_is_nowhere(self):
        self.give()
        first = {folder: digest_of(self.out / folder) for folder in ("public", "reply")}
        private = (self.out / "private/true-records.json").read_bytes()
        rows = self.rows()
        random.Random(3).shuffle(rows)
        self.write(rows)
        self.give()
        self.assertEqual(first, {folder: digest_of(self.out / folder) for folder in ("public", "reply")})
        self.assertEqual(private, (self.out / "private/true-records.json").read_bytes())
        given = self.given()
        shown = [tuple(row.values()) for row in given]
        self.assertEqual(sorted(shown, key=shown.index), shown, "rows that are equal stand together")

    def test_no_word_depends_on_how_many_were_left_out(self):
        self.give()
        some = (self.out / "reply/draft-letter.html").read_text(encoding="utf-8")
        private = json.loads((self.out / "private/records.json").read_text(encoding="utf-8"))["questions"][0]
        self.assertGreater(private["left_out"], 0)
        # The same records without those that were left out: the recoding is the same, and nobody is left out any more.
        given = self.given()
        shown = {(row["age"], row["ward"]) for row in given}
        names = {"market": "Market", "station": "Station", "mill": "Mill", "heath": "Heath", "brook": "Brook"}
        bands = (("Under 18", 0, 17), ("18 to 29", 18, 29), ("30 to 44", 30, 44), ("45 to 59", 45, 59), ("60 and over", 60, 200))
        rows = [row for row in self.rows() if (next(name for name, low, high in bands if low <= int(row["age"]) <= high), names[row["ward"]]) in shown]
        self.assertEqual(len(rows), len(given))
        self.write(rows)
        self.give()
        private = json.loads((self.out / "private/records.json").read_text(encoding="utf-8"))["questions"][0]
        self.assertEqual(private["left_out"], 0)
        self.assertEqual(some, (self.out / "reply/draft-letter.html").read_text(encoding="utf-8"))

    def test_a_spreadsheet_shows_the_rows_of_the_csv(self):
        self.give()
        with zipfile.ZipFile(self.out / "public/draft-records.ods") as archive:
            content = archive.read("content.xml").decode()
        self.assertEqual(content.count(">Prosecuted<"), sum(row["outcome"] == "Prosecuted" for row in self.given()))


class WhatIsFound(RecordsTest):
    def test_a_record_changed_added_or_taken_out_is_found(self):
        self.give()
        file = next(self.out.glob("public/records/*.csv"))
        whole = file.read_bytes()
        lines = whole.split(b"\r\n")
        other = lines[1].replace(b"Paid", b"Withdrawn") if b"Paid" in lines[1] else lines[1].replace(b"Withdrawn", b"Paid")
        for name, changed in (("changed", [lines[0], other, *lines[2:]]), ("taken out", [lines[0], *lines[2:]]), ("added", [*lines[:2], lines[1], *lines[2:]]),
                              ("renamed", [lines[0].replace(b"age", b"aged"), *lines[1:]])):
            file.write_bytes(b"\r\n".join(changed))
            done = self.run_program("verify", self.case)
            self.assertEqual(done.returncode, 3, f"{name}: {done.stdout.decode()}")
            self.assertNotIn(b"Withdrawn", done.stdout)
        file.write_bytes(whole)
        self.assertEqual(self.run_program("verify", self.case).returncode, 0)

    def test_another_policy_and_other_records_are_found(self):
        self.give()
        certificate = self.out / "private/records-certificate.json"
        whole = certificate.read_text(encoding="utf-8")
        certificate.write_text(whole.replace('"smallest_class": 5', '"smallest_class": 4'), encoding="utf-8")
        done = self.run_program("verify", self.case)
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"records.below_policy", done.stdout)
        certificate.write_text(whole, encoding="utf-8")
        rows = self.rows()
        self.write(rows[1:])
        self.assertEqual(self.run_program("verify", self.case).returncode, 0, "the private records are those that were read")
        self.assertEqual(self.run_program("verify", self.case, "--records").returncode, 3)

    def test_true_records_that_were_changed_are_found(self):
        self.give()
        file = self.out / "private/true-records.json"
        text = json.loads(file.read_text(encoding="utf-8"))
        text["questions"][0]["rows"][0][-1] += 1
        file.write_text(json.dumps(text), encoding="utf-8")
        self.assertEqual(self.run_program("verify", self.case).returncode, 3)
        file.write_text("{}", encoding="utf-8")
        self.assertEqual(self.run_program("verify", self.case).returncode, 3)


class WhatIsRefused(RecordsTest):
    def refused(self, code, *said, words=("--microdata",)):
        done = self.run_program("answer", self.case, *words)
        self.assertEqual(done.returncode, code, done.stderr.decode() + done.stdout.decode())
        for text in said:
            self.assertIn(text, done.stderr)
        self.assertNotIn(b"CANARY", done.stdout + done.stderr)
        self.assertFalse(self.out.exists())

    def test_nothing_goes_out_unless_somebody_says_so(self):
        self.refused(2, b"case.toml: question 1 asks for records one by one", words=())

    def test_a_second_record_of_one_person_is_named_by_its_line(self):
        rows = self.rows()
        rows[7]["person"] = rows[3]["person"]
        self.write(rows)
        self.refused(2, b"records.csv:9: a second record of one person")

    def test_a_record_of_nobody_is_named_by_its_line(self):
        rows = self.rows()
        rows[7]["person"] = ""
        self.write(rows)
        self.refused(2, b"records.csv:9: a record of nobody")

    def test_a_value_outside_the_code_list_is_named_by_its_line(self):
        rows = self.rows()
        rows[7]["ward"] = "CANARY-WARD"
        self.write(rows)
        self.refused(2, b"records.csv:9")

    def test_less_than_the_policy_asks_for(self):
        self.change_case("suppress_at_most = 5", "smallest_class = 4")
        self.refused(2, b"question 1 asks for a smallest_class of 4, expected at least 5")

    def test_a_smaller_coalition_than_the_policy_names(self):
        self.change_case("suppress_at_most = 5", "coalition = 1")
        self.refused(2, b"question 1 asks for a coalition of 1, expected at least 2")

    def test_a_column_that_is_both(self):
        self.change_case('role = "sensitive"', 'role = "both"')
        self.refused(2, b"'outcome', which is both identifying and sensitive")

    def test_records_that_nothing_protects(self):
        self.write([row | {"outcome": "paid"} for row in self.rows()])
        self.refused(3, b"question 1: not even the coarsest categories protect these records as asked")

    def test_an_order_for_the_data_unit(self):
        self.assertEqual(self.run_program("keys", "new", "--name", "A. Officer", "-o", self.work / "a.key").returncode, 0)
        done = self.run_program("commission", self.case, "-o", self.work / "order.zip", "--as", "A. Officer", "--key", self.work / "a.key")
        self.assertEqual(done.returncode, 2, done.stderr.decode())
        self.assertIn(b"question 1 asks for records one by one, expected a case of tables", done.stderr)


class BesideOthers(RecordsTest):
    def register(self, case):
        place = self.work / "register.sqlite"
        done = self.run_program("answer", case, *(["--microdata"] if case == self.case else []))
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        self.approve(case)
        done = self.run_program("register", "add", case, "--register", place)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return place

    def test_earlier_tables_make_the_records_coarser_where_they_must(self):
        tables = self.tables_case("month and age and ward", '"month", "age", "ward"')
        place = self.register(tables)
        self.give()
        alone = self.given()
        done = self.give("--register", place)
        self.assertIn(b"a finer recoding could be given if it were not for TABLES-1", done.stdout)
        self.assertIn(b"leaves 3", done.stdout)
        self.assertNotEqual(alone, self.given())
        self.assertEqual(self.run_program("verify", self.case, "--records").returncode, 0)

    def test_earlier_tables_of_what_must_not_be_learnt_refuse_the_records(self):
        place = self.register(self.tables_case("age and outcome", '"age", "outcome"'))
        done = self.give("--register", place, expected_status=3)
        self.assertIn(b"the earlier release TABLES-1 tells of 'outcome' too", done.stderr)
        self.assertFalse(self.out.exists())

    def test_later_tables_are_searched_beside_the_records(self):
        place = self.register(self.case)
        later = self.tables_case("age and outcome", '"age", "outcome"')
        alone = self.run_program("answer", later, "-o", self.work / "alone")
        beside = self.run_program("answer", later, "-o", self.work / "beside", "--register", place)
        self.assertEqual((alone.returncode, beside.returncode), (0, 0), beside.stderr.decode())
        self.assertIn(b"more could be given if it were not for LITTER-7/records", beside.stdout)
        self.assertIn(b"question 1: by age and outcome", alone.stdout)
        self.assertNotIn(b"question 1: by age and outcome", beside.stdout)

    def test_the_same_records_again_say_nothing_new(self):
        place = self.register(self.case)
        first = self.given()
        self.give("--register", place)
        self.assertEqual(first, self.given())

    def test_tables_of_the_same_answer_stand_beside_its_records(self):
        self.change_case("[[finding]]", TABLES.replace('"1"', '"2"').replace("by = ", 'not_asked_by = ["ward", "outcome"]\nby = ').format(words="month and age", by='"month", "age"') + "[[finding]]")
        with (self.case / "request.txt").open("a", encoding="utf-8") as file:
            file.write("How many notices by month and age?\n")
        done = self.give()
        self.assertIn(b"question 2: by month and age", done.stdout)
        for words in (["verify", self.case], ["verify", self.case, "--records"], ["attack", self.case], ["plans", self.case]):
            done = self.run_program(*words)
            self.assertEqual(done.returncode, 0, f"{words}: {done.stdout.decode()}{done.stderr.decode()}")
        self.assertIn("csv/draft-q2-month-age.csv", files_below(self.out / "public"))
        self.approve()
        place = self.work / "register.sqlite"
        done = self.run_program("register", "add", self.case, "--register", place)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        self.assertEqual(done.stdout.count(b"Registered: "), 2)


class ThePage(RecordsTest):
    today = "2024-07-15"

    def test_every_command_of_the_page_prints_what_the_page_says(self):
        page = (ROOT / "docs/how-to/give-records.md").read_text(encoding="utf-8")
        shutil.copytree(ROOT / self.case_name.removeprefix("../../"), self.work / "litter-notices", ignore=shutil.ignore_patterns("out"))
        (self.work / "bin").mkdir()
        (self.work / "bin/candour").symlink_to(self.program)
        environment = {"PATH": f"{self.work / 'bin'}:/usr/bin:/bin", "HOME": str(self.work), "LANG": "C.UTF-8", "CANDOUR_TODAY": self.today}
        commands = [step for block in re.findall(r"```console\n(.*?)```", page, re.S) for step in re.findall(r"(?m)^\$ (.*)\n((?:(?!\$ ).*\n)*)", block)]
        self.assertGreater(len(commands), 6)
        for command, printed in commands:
            done = subprocess.run(["bash", "-c", command], cwd=self.work, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, check=False)
            pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line) + "\n" for line in printed.splitlines())
            self.assertRegex(done.stdout.decode().replace("\r\n", "\n"), f"^{pattern}$", f"$ {command}")
        part = page[page.index("[[question]]"):page.index("suppress_at_most = 5")]
        case = (ROOT / "examples/litter-notices/case.toml").read_text(encoding="utf-8")
        for line in part.splitlines():
            if line and not line.startswith("text"):
                self.assertIn(line, case)


if __name__ == "__main__":
    CaseTest.program = pathlib.Path(sys.argv.pop(1)).resolve()
    assert ROOT.exists()
    unittest.main()
