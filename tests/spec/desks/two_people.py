#!/usr/bin/env python3
"""Approvals by key: two people are two keys, and nobody's name is enough."""
import hashlib
import json
import pathlib
import sys
import unittest

from desk_case import DeskTest
from program import CaseTest, digest_of


class KeyedCase(DeskTest):
    """An answered case of an authority that approves by key."""

    def setUp(self):
        super().setUp()
        self.ring = self.work / "keyring.toml"
        for name in ("Ada", "Ben"):
            self.key(name)
            self.do("keys", "trust", self.work / f"{name}.key.pub", "--keyring", self.ring, "--for", "person")
        file = self.case / "case.toml"
        file.write_text(file.read_text(encoding="utf-8").replace("[authority]\n", f'[authority]\nkeyring = "{self.ring}"\n'), encoding="utf-8")
        self.answer()

    def key(self, name):
        self.do("keys", "new", "--name", name, "-o", self.work / f"{name}.key")

    def approve(self, name, role, key=None, status=0, environment=None):
        words = ["approve", self.case, "--as", name, "--role", role]
        return self.do(*words, *(["--key", self.work / f"{key}.key"] if key else []), status=status, environment=environment)

    def decide(self):
        self.do("log", "decide", self.case, "--publish", "yes", "--because", "of wider interest", "--as", "T. Brookes")

    def log_add(self, status):
        (self.work / "site").mkdir(exist_ok=True)
        return self.do("log", "add", self.case, "--site", self.work / "site", status=status)

    def journal(self):
        return self.out / "private" / "journal.jsonl"


class ByKey(KeyedCase):
    def test_two_keys_approve_and_the_answer_goes_into_the_log(self):
        self.approve("Ada", "preparer", "Ada")
        self.decide()
        self.log_add(3)
        self.approve("Ben", "approver", "Ben")
        self.log_add(0)

    def test_a_typed_name_is_no_approval(self):
        done = self.approve("Ada", "preparer", status=2)
        self.assertIn(b"approves by key", done.stderr)
        self.assertFalse(self.journal().exists())

    def test_one_key_under_two_names(self):
        self.approve("Ada", "preparer", "Ada")
        done = self.approve("Ben", "approver", "Ada", status=3)
        self.assertIn(b"belongs to another person", done.stderr)

    def test_one_person_in_both_roles(self):
        self.approve("Ada", "preparer", "Ada")
        self.approve("Ada", "approver", "Ada", status=3)

    def test_a_key_that_nobody_entered_and_one_that_has_run_out(self):
        self.key("Eve")
        self.assertIn(b"is no person's", self.approve("Eve", "approver", "Eve", status=3).stderr)
        self.do("keys", "trust", self.work / "Ben.key.pub", "--keyring", self.ring, "--for", "person", "--until", "2024-03-19")
        self.approve("Ben", "approver", "Ben", status=3)

    def test_a_unit_key_approves_nothing(self):
        self.key("Unit")
        self.do("keys", "trust", self.work / "Unit.key.pub", "--keyring", self.ring, "--for", "data-unit")
        self.approve("Unit", "approver", "Unit", status=3)

    def test_a_forged_line_in_the_journal_counts_for_nothing(self):
        self.approve("Ada", "preparer", "Ada")
        lines = self.journal().read_text(encoding="utf-8").splitlines()
        forged = json.loads(lines[0])
        forged["name"], forged["role"] = "Ben", "approver"
        forged["previous"] = hashlib.sha256((lines[0] + "\n").encode()).hexdigest()
        # Whoever may write the file can add up its digests anew; what is missing is the signature.
        del forged["digest"]
        body = json.dumps(forged, separators=(",", ":"))[:-1]
        end = hashlib.sha256((lines[0] + "\n" + body).encode()).hexdigest()
        self.journal().write_text(f'{lines[0]}\n{body},"digest":"{end}"}}\n', encoding="utf-8")
        self.decide()
        self.log_add(3)
        done = self.do("approve", self.case, "--as", "Ada", "--role", "preparer", "--key", self.work / "Ada.key", "--json")
        self.assertEqual(json.loads(done.stdout)["standing"], "draft")

    def test_what_was_approved_by_key_is_not_judged_without_a_keyring(self):
        self.approve("Ada", "preparer", "Ada")
        self.approve("Ben", "approver", "Ben")
        self.decide()
        file = self.case / "case.toml"
        file.write_text(file.read_text(encoding="utf-8").replace(f'keyring = "{self.ring}"\n', ""), encoding="utf-8")
        self.assertIn(b"no keyring is set now", self.log_add(3).stderr)
        self.approve("Cid", "approver", status=3)

    def test_the_authoritys_keyring_goes_before_that_of_the_case(self):
        other = self.work / "other.toml"
        other.write_text("", encoding="utf-8")
        done = self.approve("Ada", "preparer", "Ada", status=3, environment={"CANDOUR_KEYRING": str(other)})
        self.assertIn(b"other.toml", done.stderr)

    def test_each_field_is_the_persons_own(self):
        fields = {"--as": ["--as", "Ada"], "--role": ["--role", "preparer"], "--key": ["--key", self.work / "Ada.key"]}
        before = digest_of(self.case)
        for field in fields:
            done = self.run_program("approve", self.case, *(word for name, words in fields.items() if name != field for word in words))
            self.assertEqual(done.returncode, 2, f"{field} was filled in: {done.stdout.decode()}")
            self.assertEqual(digest_of(self.case), before, field)


class WhatChanged(KeyedCase):
    """The differences that the next approval in a role begins with."""

    def test_a_new_sentence_and_a_changed_figure_are_named_and_the_requester_is_not(self):
        self.approve("Ada", "preparer", "Ada")
        file = self.case / "case.toml"
        file.write_text(file.read_text(encoding="utf-8").replace("The area commander decides, each month.", "The area commander decides, before each football match."), encoding="utf-8")
        records = self.case / "records" / "custody.csv"
        text = records.read_text(encoding="utf-8")
        records.write_text(text + "".join(f"2023-02-{day:02d},CANARY-PERSON-N{day},25,charged,CANARY-NOTE\n" for day in range(1, 13)), encoding="utf-8")
        self.answer()
        done = self.approve("Ada", "preparer", "Ada").stdout.decode()
        self.assertIn("Since the last approval as preparer:\n", done)
        self.assertRegex(done, r"sentence new: \".*football match.*\"")
        self.assertRegex(done, r"table q\d-[\w-]+: .*: \d+, was \d+")
        self.assertIn("in the reply: reply/", done)
        self.assertNotIn("CANARY", done)
        # The other role has seen nothing yet; the same files again show nothing new.
        self.assertNotIn("Since", self.approve("Ben", "approver", "Ben").stdout.decode())

    def test_nothing_changed_is_said_too(self):
        self.approve("Ada", "preparer", "Ada")
        self.assertIn("nothing has changed", self.approve("Ada", "preparer", "Ada").stdout.decode())


class Publication(DeskTest):
    def setUp(self):
        super().setUp()
        self.answer()
        (self.work / "site").mkdir()

    def decide(self, *words, status=0):
        return self.do("log", "decide", self.case, *words, status=status)

    def approved(self):
        for name, role in (("Ada", "preparer"), ("Ben", "approver")):
            self.do("approve", self.case, "--as", name, "--role", role)

    def log_add(self, status, words=b""):
        self.assertIn(words, self.do("log", "add", self.case, "--site", self.work / "site", status=status).stderr)
        self.assertEqual(any((self.work / "site").iterdir()), status == 0)

    def test_the_log_waits_for_a_yes(self):
        self.approved()
        self.log_add(3, b"nobody has decided")
        self.decide("--publish", "no", "--because", "of no wider interest", "--as", "T. Brookes")
        self.log_add(3, b"not to publish")
        self.decide("--publish", "later", "--again-on", "2024-09-01", "--because", "a trial has begun", "--as", "T. Brookes")
        self.log_add(3, b"again on 2024-09-01")
        self.decide("--publish", "yes", "--because", "the trial is over", "--as", "T. Brookes")
        self.log_add(0)

    def test_a_decision_is_about_these_files_alone(self):
        self.decide("--publish", "yes", "--because", "of wider interest", "--as", "T. Brookes")
        file = self.case / "case.toml"
        file.write_text(file.read_text(encoding="utf-8").replace("There were no officers for it.", "All its officers were away."), encoding="utf-8")
        self.answer()
        self.approved()
        self.log_add(3, b"nobody has decided")

    def test_each_field_of_the_decision_is_the_persons_own(self):
        fields = {"--publish": ["--publish", "later"], "--because": ["--because", "a trial has begun"], "--as": ["--as", "T. Brookes"], "--again-on": ["--again-on", "2024-09-01"]}
        before = digest_of(self.case)
        for field in fields:
            self.decide(*(word for name, words in fields.items() if name != field for word in words), status=2)
            self.assertEqual(digest_of(self.case), before, f"{field} was filled in")
        self.decide("--publish", "yes", "--because", " ", "--as", "T. Brookes", status=2)
        self.decide("--publish", "yes", "--because", "x", "--as", " ", status=2)
        self.assertEqual(digest_of(self.case), before)


if __name__ == "__main__":
    CaseTest.program = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
