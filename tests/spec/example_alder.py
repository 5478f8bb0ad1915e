#!/usr/bin/env python3
"""The example Operation Alder: its records are the same everywhere, and its answer holds what the request makes hard.

  example_alder.py PROGRAM GENERATOR [--seeds]     --seeds: twenty other seeds in place of the first one
"""
import csv
import json
import pathlib
import shutil
import subprocess
import sys
import unittest

from program import ROOT, CaseTest, bytes_inside, digest_of, files_below

EXAMPLE = ROOT / "examples" / "operation-alder"
IDLE = {"2023-06", "2023-07", "2023-08"}


class Example(CaseTest):
    generator = None
    today = "2024-05-08"

    def setUp(self):
        super().setUp()
        shutil.rmtree(self.case)
        self.case.mkdir()
        for file in ("case.toml", "request.txt", "requester.toml", "authority.toml"):
            shutil.copy(EXAMPLE / file, self.case)

    def generate(self, seed, folder=None):
        folder = folder or self.case / "records"
        subprocess.run([self.generator, "--seed", str(seed), "--out", folder], check=True)
        return folder

    def rows(self, name, delimiter=",", encoding="utf-8"):
        with open(self.case / "records" / name, encoding=encoding, newline="") as file:
            return list(csv.DictReader(file, delimiter=delimiter))


class Records(Example):
    def test_the_same_seed_gives_the_same_bytes_on_every_machine(self):
        self.assertEqual(digest_of(self.generate(1)), (pathlib.Path(__file__).parent / "example_alder_seed_1.sha256").read_text(encoding="utf-8").strip())

    def test_another_seed_gives_other_records(self):
        self.assertNotEqual(digest_of(self.generate(1)), digest_of(self.generate(2, self.work / "other")))

    def test_people_come_back_again_and_again_and_are_at_most_63(self):
        self.generate(1)
        people = [row["person_number"] for row in self.rows("custody.csv")]
        self.assertLessEqual(len(set(people)), 63)
        self.assertGreater(len(people), 2 * len(set(people)))

    def test_nothing_happens_in_the_months_in_which_the_operation_did_not_run(self):
        self.generate(1)
        self.assertFalse(IDLE & {row["month"] for row in self.rows("tally.csv")})
        self.assertFalse(IDLE & {row["arrested_at"][:7] for row in self.rows("custody.csv") if row["operation"] == "ALDER" and not row["arrested_at"].startswith("2023-05-31T23")})
        self.assertFalse(IDLE & {"-".join(reversed(row["date"].split("/")[1:])) for row in self.rows("searches.csv", ";", "windows-1252")})

    def test_the_tally_begins_in_a_later_month(self):
        self.generate(1)
        self.assertEqual(min(row["month"] for row in self.rows("tally.csv")), "2022-05")
        self.assertLess(min(row["arrested_at"] for row in self.rows("custody.csv")), "2021-11")

    def test_a_wrong_command_line_is_status_2(self):
        for words in ([], ["--seed", "x", "--out", "y"], ["--seed", "1"], ["--out", "y", "--sed", "1"]):
            self.assertEqual(subprocess.run([self.generator, *words], capture_output=True, cwd=self.work, check=False).returncode, 2, words)


class Answer(Example):
    def test_the_first_seed_is_answered_certified_and_names_nobody(self):
        self.generate(1)
        self.answer()
        done = self.run_program("verify", self.case)
        self.assertEqual(done.returncode, 0, done.stdout.decode() + done.stderr.decode())
        plans = json.loads((self.out / "private" / "plans.json").read_text(encoding="utf-8"))
        for population in plans["populations"]:
            self.assertGreaterEqual(population["plans_in_all"], 20 * population["plans_tried"], "trying every plan would judge at least twenty times as many")
        people = {row["person_number"].encode() for row in self.rows("custody.csv")} | {row["custody_number"].encode() for row in self.rows("custody.csv")}
        for folder in ("public", "reply"):
            for name, data in files_below(self.out / folder).items():
                for part in bytes_inside(data):
                    self.assertFalse([person for person in people if person in part], f"{folder}/{name}")
        page = (self.out / "public" / "draft-answer.html").read_text(encoding="utf-8")
        for number in range(1, 7):
            self.assertIn(f"Question {number}", page)
        for words in ("did not run", "was not recorded", "would cost more than the limit", "one person can stand in several", "intended for publication"):
            self.assertIn(words, page)
        entry = json.loads((self.out / "public" / "draft-entry.json").read_text(encoding="utf-8"))
        self.assertNotIn("not-held", [question["outcome"] for question in entry["questions"]])


class OtherSeeds(Example):
    def test_twenty_other_seeds_are_certified_by_at_least_three_different_plans(self):
        plans = {}
        for seed in range(2, 22):
            self.generate(seed)
            done = self.run_program("answer", self.case, "--json")
            self.assertIn(done.returncode, (0, 3), done.stderr.decode())
            self.assertEqual(self.run_program("verify", self.case).returncode, 0, f"seed {seed}")
            plan = tuple((question["question"], question["given"]) for question in json.loads(done.stdout)["questions"])
            plans.setdefault(plan, []).append(seed)
        for plan, seeds in plans.items():
            print(seeds, "; ".join(f"{question}: {given}" for question, given in plan))
        self.assertGreaterEqual(len(plans), 3)


if __name__ == "__main__":
    CaseTest.program = pathlib.Path(sys.argv.pop(1)).resolve()
    Example.generator = pathlib.Path(sys.argv.pop(1)).resolve()
    if "--seeds" in sys.argv:
        sys.argv.remove("--seeds")
        del Records, Answer
    else:
        del OtherSeeds
    unittest.main()
