#!/usr/bin/env python3
"""Published open data, answered from the raw file as it is: month, age range and self-defined ethnicity of the stops of policing operations."""
import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
SHARED = HERE.parents[3] / "shared"
RECORDS = 1377


class RealStops(unittest.TestCase):
    program = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="candour-real-")
        cls.case = pathlib.Path(cls.folder.name).resolve() / "case"
        shutil.copytree(HERE, cls.case)
        settings = cls.case / "case.toml"
        settings.write_text(settings.read_text(encoding="utf-8").replace("../../../../shared", str(SHARED)), encoding="utf-8")
        cls.answered = cls.run_program("answer", cls.case)
        cls.public = cls.case / "out" / "public"

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def run_program(cls, *words):
        environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "CANDOUR_TODAY": "2019-04-10"}
        environment.update({name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")})
        return subprocess.run([str(cls.program), *map(str, words)], env=environment, capture_output=True, stdin=subprocess.DEVNULL, timeout=1700, check=False)

    def tables(self):
        tables = {}
        for file in sorted((self.public / "csv").glob("*.csv")):
            with file.open(encoding="utf-8-sig", newline="") as lines:
                tables[file.stem] = list(csv.DictReader(lines))
        return tables

    def test_it_is_answered(self):
        self.assertEqual(self.answered.returncode, 0, self.answered.stderr.decode())
        self.assertGreaterEqual(len(self.tables()), 1)

    def test_the_total_is_that_of_the_raw_file(self):
        for name, rows in self.tables().items():
            self.assertEqual(rows[0]["value"], str(RECORDS), name)

    def test_the_finest_figures_of_a_table_without_marks_add_up_to_the_total(self):
        for name, rows in self.tables().items():
            levels = [column for column in rows[0] if column.endswith("_level")]
            if len(levels) != 1 or any(row["status"] != "value" for row in rows):
                continue
            for level in {row[levels[0]] for row in rows} - {"total", "year", "quarter"}:
                self.assertLessEqual(sum(int(row["value"]) for row in rows if row[levels[0]] == level), RECORDS, f"{name} {level}")
            finest = rows[-1][levels[0]]
            self.assertEqual(sum(int(row["value"]) for row in rows if row[levels[0]] == finest), RECORDS, f"{name} {finest}")

    def test_no_figure_from_one_to_four_goes_out(self):
        for name, rows in self.tables().items():
            for row in rows:
                self.assertFalse(row["status"] == "value" and 0 < int(row["value"]) < 5, f"{name} has a small count")

    def test_the_tables_say_that_people_are_unproved(self):
        self.assertIn("People unproved", (self.public / "draft-answer.html").read_text(encoding="utf-8"))

    def test_the_entry_names_the_provision_relied_on(self):
        entry = json.loads((self.public / "draft-entry.json").read_text(encoding="utf-8"))
        self.assertEqual(entry["provisions"], ["FOIA/40(2)-40(3A)(a)"])

    def test_the_certificate_is_added_up_again_without_fault(self):
        done = self.run_program("verify", self.case, "--records")
        self.assertEqual(done.returncode, 0, done.stderr.decode() + done.stdout.decode())

    def test_the_attack_on_the_published_files_finds_nothing_open(self):
        done = self.run_program("attack", self.case)
        self.assertEqual(done.returncode, 0, done.stderr.decode() + done.stdout.decode())
        self.assertIn(" 0 findings", done.stdout.decode())

    def test_the_reader_is_told_which_categories_were_joined(self):
        page = (self.public / "draft-answer.html").read_text(encoding="utf-8")
        self.assertIn("the rare ones together are", page)
        ages = {row["age"] for rows in self.tables().values() for row in rows if "age" in row}
        self.assertIn("Under 18", ages)

    def test_a_finer_table_stands_beside_the_others_with_marks(self):
        finest = max(self.tables().values(), key=len)
        statuses = {row["status"] for row in finest}
        self.assertEqual(statuses, {"value", "confidential-or-nought"})
        self.assertGreater(sum(row["status"] == "value" for row in finest), len(finest) // 2)
        page = (self.public / "draft-answer.html").read_text(encoding="utf-8")
        self.assertIn("with figures withheld wherever they could point to a person", page)
        self.assertIn("It may be nought", page)

    def test_far_fewer_plans_are_judged_than_there_are(self):
        plans = json.loads((self.case / "out" / "private" / "plans.json").read_text(encoding="utf-8"))
        for population in plans["populations"]:
            self.assertGreaterEqual(population["plans_in_all"], 20 * population["plans_tried"])


if __name__ == "__main__":
    RealStops.program = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
