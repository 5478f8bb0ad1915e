#!/usr/bin/env python3
"""What comes after an answer: sendings, recall, review, the complaint bundle, retention. A person says each thing; the program fills in none."""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

from desk_case import DeskTest
from program import ROOT, CaseTest, bytes_inside, digest_of, files_below

RECORDS = (b"CANARY-PERSON", b"CANARY-NOTE")


class Approved(DeskTest):
    def setUp(self):
        super().setUp()
        self.answer()
        for name, role in (("Ada", "preparer"), ("Ben", "approver")):
            self.do("approve", self.case, "--as", name, "--role", role)
        self.site = self.work / "site"
        self.site.mkdir()

    def publish(self):
        self.do("log", "decide", self.case, "--publish", "yes", "--because", "of wider interest", "--as", "T. Brookes")
        self.do("log", "add", self.case, "--site", self.site)

    def older_release(self):
        """A register with a release beside which the answer, made without it, gives somebody away."""
        for file in (ROOT / "tests" / "cli" / "cases" / "answer-beside-a-register" / "given").iterdir():
            shutil.copy(file, self.work)
        register = {"CANDOUR_REGISTER": str(self.work / "register.sqlite")}
        self.do("register", "import", self.work / "old.toml", environment=register)
        return register

    def kept(self, name):
        return self.out / "private" / "casework" / name

    def each_field(self, verb, fields):
        """Leaves out one field after the other: status 2, and not one byte changes."""
        before = digest_of(self.work)
        for field in fields:
            done = self.run_program(*verb, *(word for name, words in fields.items() if name != field for word in words))
            self.assertEqual(done.returncode, 2, f"{field} was filled in: {done.stdout.decode()}")
            self.assertEqual(digest_of(self.work), before, field)


class Sent(Approved):
    def test_a_sending_is_noted_and_the_program_sends_nothing(self):
        self.do("sent", self.case, "--to", "the requester", "--how", "e-mail", "--on", "2024-03-20", "--as", "R. Ashdown")
        line = self.journal()[-1]
        self.assertEqual((line["event"], line["to"], line["how"], line["sent_on"], line["name"]), ("sent", "the requester", "e-mail", "2024-03-20", "R. Ashdown"))

    def test_what_is_not_approved_is_not_sent(self):
        records = self.case / "case.toml"
        records.write_text(records.read_text(encoding="utf-8").replace("each month.", "every month."), encoding="utf-8")
        request = self.case / "request.txt"
        self.assertTrue(request.exists())
        self.answer()
        self.assertIn(b"is not sent", self.do("sent", self.case, "--to", "x", "--how", "y", "--on", "2024-03-20", "--as", "z", status=3).stderr)

    def test_each_field_is_the_persons_own(self):
        self.each_field(["sent", self.case], {"--to": ["--to", "the requester"], "--how": ["--how", "post"], "--on": ["--on", "2024-03-20"], "--as": ["--as", "R. Ashdown"]})
        self.do("sent", self.case, "--to", " ", "--how", "post", "--on", "2024-03-20", "--as", "R. Ashdown", status=2)
        self.do("sent", self.case, "--to", "x", "--how", "post", "--on", "2024-03-21", "--as", "R. Ashdown", status=2)


class Recall(Approved):
    WORDS = {"--because": ["--because", "question 2 shows too much"], "--as": ["--as", "T. Brookes"], "--aware": ["--aware", "2024-03-29 14:20"]}

    def words(self):
        return ["recall", self.case, "--site", self.site, "--public-reason", "A figure was wrong.", *(word for words in self.WORDS.values() for word in words)]

    def test_it_leaves_the_log_and_cannot_go_back(self):
        self.publish()
        self.do("sent", self.case, "--to", "the requester", "--how", "e-mail", "--on", "2024-03-20", "--as", "R. Ashdown")
        done = json.loads(self.do(*self.words(), "--json").stdout)
        self.assertFalse((self.site / "small-1" / "entry.json").exists())
        stone = (self.site / "small-1" / "removed.json").read_text(encoding="utf-8")
        self.assertIn("A figure was wrong.", stone)
        # What the journal knows, the world is not told.
        self.assertFalse([name for name, data in files_below(self.site).items() if b"shows too much" in data])
        self.assertEqual([sent["to"] for sent in done["sent"]], ["the requester"])
        self.assertIn(b"were recalled", self.do("log", "add", self.case, "--site", self.site, status=3).stderr)
        self.do("log", "decide", self.case, "--publish", "yes", "--because", "all the same", "--as", "T. Brookes")
        self.do("log", "add", self.case, "--site", self.site, status=3)

    def test_the_72_hours_run_by_the_clock_over_the_end_of_winter_time(self):
        # The clocks go forward on 31 March 2024: 72 hours later it is an hour later by the wall.
        self.assertEqual(json.loads(self.do(*self.words(), "--json").stdout)["notify_by"], "2024-04-01 15:20")

    def test_the_checklist_is_empty_and_the_findings_lie_beside_it(self):
        self.do(*self.words())
        checklist = self.kept("recall").joinpath("checklist.txt").read_text(encoding="utf-8")
        self.assertEqual(checklist.count("[ ] "), 10)
        self.assertNotIn("[x]", checklist.lower())
        self.assertIn("2024-04-01 15:20", checklist)
        self.assertIn("No sending was noted", self.kept("recall").joinpath("recipients.txt").read_text(encoding="utf-8"))
        self.assertIn("tables attacked", self.kept("recall").joinpath("attack.txt").read_text(encoding="utf-8"))
        for data in files_below(self.kept("recall")).values():
            self.assertFalse([canary for canary in RECORDS if canary in data])

    def test_a_leak_in_what_is_out_is_found_and_the_status_says_so(self):
        # A clerk's slip after approval: the one hidden figure of a row stands on the page. The world has read it.
        table = next(file for file in sorted((self.out / "public" / "csv").glob("*.csv")) if b"confidential" in file.read_bytes())
        lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
        at = next(number for number, line in enumerate(lines) if ",confidential" in line)
        lines[at] = lines[at].replace(",,confidential", ",1,value")
        table.write_text("".join(lines), encoding="utf-8")
        done = self.do(*self.words(), status=3)
        self.assertIn(b"1", done.stdout)
        self.assertRegex(self.kept("recall").joinpath("attack.txt").read_text(encoding="utf-8"), r"[1-9]\d* findings")

    def test_it_is_attacked_beside_all_that_the_world_knows(self):
        self.assertIn(b" 0 findings", self.do(*self.words()).stdout)
        done = self.do(*self.words(), status=3, environment=self.older_release())
        self.assertIn(b"(FOI-118)", done.stdout)
        self.assertIn("(FOI-118)", self.kept("recall").joinpath("attack.txt").read_text(encoding="utf-8"))

    def test_it_survives_a_new_answer(self):
        self.do(*self.words())
        before = files_below(self.kept("recall"))
        # Nobody can be made to forget it: the new answer stands beside it.
        self.assertIn(b"population 'arrests': 1 release earlier; every witness reproduces", self.answer().stdout)
        self.assertEqual(files_below(self.kept("recall")), before)

    def test_a_figure_that_was_wrong_does_not_keep_the_right_one_from_being_given(self):
        self.do(*self.words())
        with open(self.case / "records" / "custody.csv", "a", encoding="utf-8") as file:
            file.write("".join(f"2023-0{month}-11,NEW-{month}-{number},40,caution,x\n" for month in (1, 2, 3, 5, 6) for number in range(6)))
        self.assertIn(b"population 'arrests': 1 release earlier; every witness reproduces 0 of their figures", self.answer().stdout)

    def test_said_twice_it_is_one_recall(self):
        self.do(*self.words())
        self.do(*self.words())
        self.assertEqual(self.events().count("recall"), 1)

    def test_each_field_is_the_persons_own(self):
        self.each_field(["recall", self.case], self.WORDS)
        self.do("recall", self.case, "--site", self.site, *(word for each in self.WORDS.values() for word in each), status=2)
        for field, wrong in (("--because", " "), ("--as", " "), ("--aware", "yesterday"), ("--aware", "2024-03-31 01:30")):
            words = {**self.WORDS, field: [field, wrong]}
            self.do("recall", self.case, *(word for each in words.values() for word in each), status=2)
        self.assertNotIn("recall", self.events())

    def test_every_write_fails_once(self):
        def check(at):
            self.assertEqual(self.events().count("recall"), 1, at)
            self.assertEqual(sorted(files_below(self.kept("recall"))), ["attack.txt", "checklist.txt", "recipients.txt", "releases.jsonl"], at)

        self.fails_at_every_write(self.words(), self.case, check)


class Review(Approved):
    def open(self, name="S. Lane", status=0):
        return self.do("review", self.case, "--as", name, "--asked-on", "2024-03-19", status=status)

    def decide(self, *words, status=0, name="S. Lane"):
        return self.do("review", self.case, "--as", name, *words, status=status)

    def test_it_is_opened_and_decided_by_somebody_else(self):
        for name in ("Ada", "ben", "A. Officer"):
            self.assertIn(b"somebody else reviews", self.open(name, status=3).stderr)
        self.assertIn(b"twenty working days end on 18 April 2024", self.open().stdout)
        self.assertTrue(files_below(self.kept("reviewed") / "public"))
        self.decide("--outcome", "upheld", "--because", "the figures are as fine as they can be")
        self.assertEqual(self.events()[-2:], ["review-opened", "review-decided"])
        text = self.kept("review").joinpath("review.toml").read_text(encoding="utf-8")
        self.assertIn('outcome = "upheld"', text)
        self.assertIn('by = "S. Lane"', text)
        # The case file, whether or not it took the part on, is still read.
        self.do("clock", self.case)

    def test_the_answer_under_review_stays_whatever_is_answered_later(self):
        self.open()
        before = files_below(self.kept("reviewed"))
        file = self.case / "case.toml"
        file.write_text(file.read_text(encoding="utf-8").replace("The area commander decides, each month.", "The area commander decides."), encoding="utf-8")
        self.answer()
        self.assertEqual(files_below(self.kept("reviewed")), before)

    def test_what_is_answered_anew_is_attacked_beside_what_was_given_before(self):
        # The reviewer wants fewer figures: the months are not asked for any more. The world still has them.
        self.open()
        self.decide("--outcome", "partly-upheld", "--because", "question 2 by quarter tells too much", "--changes", "a new answer")
        file = self.case / "case.toml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace('ages = { starts = [18, 30] }', 'ages = { starts = [18, 25, 30] }'), encoding="utf-8")
        done = self.answer()
        self.assertIn(b"population 'arrests': 1 release earlier; every witness reproduces", done.stdout)
        certificate = json.loads((self.out / "private" / "certificate.json").read_text(encoding="utf-8"))
        figures = [figure for population in certificate["populations"] for figure in population["earlier_figures"]]
        self.assertTrue(figures)
        self.assertIn("(SMALL-1)", json.dumps(figures))
        self.do("verify", self.case)

    def test_the_register_may_hold_it_already(self):
        register = {"CANDOUR_REGISTER": str(self.work / "register.sqlite")}
        self.do("register", "add", self.case, environment=register)
        self.open()
        self.assertIn(b": 1 release earlier;", self.answer(environment=register).stdout)

    def test_without_the_copy_nothing_is_answered_anew(self):
        self.open()
        file = self.kept("reviewed") / "releases.jsonl"
        file.write_bytes(file.read_bytes()[:-20])
        self.assertIn(b"what was given before cannot be read", self.answer(expected_status=3).stderr)

    def test_every_write_fails_once(self):
        def opened(at):
            self.assertEqual(self.events().count("review-opened"), 1, at)
            self.assertTrue((self.kept("reviewed") / "releases.jsonl").exists(), at)

        self.fails_at_every_write(["review", self.case, "--as", "S. Lane", "--asked-on", "2024-03-19"], self.case, opened)
        text = (self.case / "case.toml").read_text(encoding="utf-8")

        def decided(at):
            self.assertEqual(self.events().count("review-decided"), 1, at)
            self.assertIn('outcome = "overturned"', self.kept("review").joinpath("review.toml").read_text(encoding="utf-8"), at)
            now = (self.case / "case.toml").read_text(encoding="utf-8")
            self.assertTrue(now.startswith(text), at)
            self.assertEqual(now.count("[review]"), 1, at)

        self.fails_at_every_write(["review", self.case, "--as", "S. Lane", "--outcome", "overturned", "--because", "x", "--changes", "y"], self.case, decided)

    def test_the_letter_says_what_was_decided(self):
        self.open()
        self.decide("--outcome", "partly-upheld", "--because", "quarters could be given", "--changes", "A new answer with quarters follows.")
        self.do("letter", self.case, "--kind", "review", "-o", self.work / "letters")
        letter = (self.work / "letters" / "review.html").read_text(encoding="utf-8")
        for words in ("On 19 March 2024 you asked us to review", "The answer stands in part, and in part it does not.", "quarters could be given", "A new answer with quarters follows.", "S. Lane"):
            self.assertIn(words, letter)

    def test_one_day_is_said_everywhere(self):
        self.do("case", "note", self.case, "review-asked", "--on", "2024-03-18", "--as", "R. Ashdown")
        before = digest_of(self.case)
        done = self.run_program("review", self.case, "--as", "S. Lane", "--asked-on", "2024-03-19")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"--asked-on is 2024-03-19, and the case says that the review was asked for on 2024-03-18", done.stderr)
        self.assertEqual(digest_of(self.case), before)
        self.do("review", self.case, "--as", "S. Lane", "--asked-on", "2024-03-18")
        listed = json.loads(self.do("case", "status", self.case, "--json").stdout)
        self.assertEqual((listed["stage"], listed["due"]), ("under review", "2024-04-17"))

    def test_the_answer_under_review_is_attacked_beside_the_register(self):
        register = self.older_release()
        self.assertIn(b"(FOI-118)", self.do("review", self.case, "--as", "S. Lane", "--asked-on", "2024-03-19", environment=register).stdout)

    def test_one_review_at_a_time_and_one_reviewer(self):
        self.decide("--outcome", "upheld", "--because", "x", status=3)
        self.open()
        self.open("P. Other", status=3)
        self.decide("--outcome", "upheld", "--because", "x", status=3, name="P. Other")
        self.decide("--outcome", "partly-upheld", "--because", "quarters could be given", "--changes", "a new answer with quarters")
        self.decide("--outcome", "upheld", "--because", "changed my mind", status=3)
        # Said again as it was, it is done already.
        self.decide("--outcome", "partly-upheld", "--because", "quarters could be given", "--changes", "a new answer with quarters")
        self.assertEqual(self.events().count("review-decided"), 1)

    def test_each_field_is_the_persons_own(self):
        self.each_field(["review", self.case], {"--as": ["--as", "S. Lane"], "--asked-on": ["--asked-on", "2024-03-19"]})
        self.open()
        self.each_field(["review", self.case], {"--as": ["--as", "S. Lane"], "--outcome": ["--outcome", "overturned"], "--because": ["--because", "x"], "--changes": ["--changes", "y"]})
        self.decide("--outcome", "upheld", "--because", "x", "--changes", "y", status=2)


class Bundle(Approved):
    def test_both_copies_agree_with_their_manifests(self):
        self.do("bundle", self.case, "-o", self.work / "bundle")
        contents = {}
        for name in ("with-exempt-material", "without-exempt-material"):
            folder = self.work / "bundle" / name
            self.assertEqual(self.mode_of(folder), 0o700)
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            listed = {file["path"]: file["sha256"] for file in manifest["files"]}
            found = {path: hashlib.sha256(data).hexdigest() for path, data in files_below(folder).items() if path != "manifest.json"}
            self.assertEqual(listed, found)
            contents[name] = (set(found), manifest)
        with_, without = contents["with-exempt-material"], contents["without-exempt-material"]
        self.assertEqual({path for path in with_[0] - without[0]}, {"8-withheld/true-cells.json", "8-withheld/certificate.json", "8-withheld/plans.json", "8-withheld/audit.html", "8-withheld/account.html"})
        self.assertEqual(without[1]["files_left_out"], 5)
        self.assertTrue([line for line in without[1]["missing"] if "internal review" in line])
        for path in ("1-request/request.txt", "1-request/requester.toml", "2-answer/reply/letter.html", "2-answer/public/answer.html", "3-decisions/case.toml", "3-decisions/policy.toml",
                     "4-approvals/journal.jsonl"):
            self.assertIn(path, without[0])

    def test_every_write_fails_once(self):
        whole = {}

        def check(at):
            for name in ("with-exempt-material", "without-exempt-material"):
                folder = self.case / "bundle" / name
                manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
                found = {path: hashlib.sha256(data).hexdigest() for path, data in files_below(folder).items() if path != "manifest.json"}
                self.assertEqual({file["path"]: file["sha256"] for file in manifest["files"]}, found, at)
                self.assertEqual(whole.setdefault(name, found), found, at)

        self.fails_at_every_write(["bundle", self.case, "-o", self.case / "bundle"], self.case, check)

    def test_nothing_exempt_and_no_digest_of_it_is_in_the_open_copy(self):
        self.do("bundle", self.case, "-o", self.work / "bundle")
        truth = (self.out / "private" / "true-cells.json").read_bytes()
        for data in files_below(self.work / "bundle" / "without-exempt-material").values():
            for part in bytes_inside(data):
                self.assertNotIn(truth[:200], part)
                self.assertNotIn(hashlib.sha256(truth).hexdigest().encode(), part)

    def test_no_record_is_in_either_copy(self):
        self.do("bundle", self.case, "-o", self.work / "bundle")
        for data in files_below(self.work / "bundle").values():
            for part in bytes_inside(data):
                self.assertFalse([canary for canary in RECORDS if canary in part])


class Retention(Approved):
    RULE = '\n[retention]\ndelete_on = 2024-03-20\nby = "H. Keeper"\nbecause = "schedule line 12: two years after the answer"\n'

    def set_rule(self, rule=RULE):
        with open(self.case / "case.toml", "a", encoding="utf-8") as file:
            file.write(rule)

    def retention(self, *words, status=0, environment=None):
        return self.do("retention", self.work, "--on", "2024-03-20", *words, status=status, environment=environment)

    def certificate(self):
        return json.loads((self.case / "deletion.json").read_text(encoding="utf-8"))

    def test_what_is_private_goes_and_what_was_published_stays(self):
        self.set_rule()
        (self.out / ".private.new").mkdir()
        (self.out / ".private.new" / "true-cells.json").write_text("left by a killed run", encoding="utf-8")
        self.do("letter", self.case, "--kind", "acknowledgement")
        public, journal = files_below(self.out / "public"), self.journal()
        self.assertIn(b"due", self.retention().stdout)
        self.assertTrue((self.case / "requester.toml").exists())
        self.retention("--do", "--as", "R. Ashdown")
        left = files_below(self.case)
        self.assertEqual(sorted(path for path in left if not path.startswith("out/public/")), ["case.toml", "deletion.json", "out/private/journal.jsonl"])
        self.assertEqual(files_below(self.out / "public"), public)
        self.assertEqual(self.journal()[:-1], journal)
        self.assertEqual(self.events()[-1], "retention")
        certificate = self.certificate()
        self.assertEqual((certificate["state"], certificate["deleted_by"], certificate["decided_by"]), ("done", "R. Ashdown", "H. Keeper"))
        gone = {file["path"] for file in certificate["files"]}
        for path in ("out/.private.new/true-cells.json", "letters/acknowledgement.html", "requester.toml", "request.txt", "records/custody.csv", "out/private/true-cells.json", "out/private/certificate.json", "out/reply/letter.html"):
            self.assertIn(path, gone)
        self.assertEqual(certificate["journal"], hashlib.sha256((self.out / "private" / "journal.jsonl").read_bytes()).hexdigest())
        self.assertIn(b"deleted", self.retention("--do", "--as", "R. Ashdown").stdout)
        self.assertEqual(self.events().count("retention"), 1)

    def test_no_day_no_deletion(self):
        before = digest_of(self.case)
        done = self.retention("--do", "--as", "R. Ashdown")
        self.assertIn(b"a person sets it", done.stdout)
        self.assertEqual(digest_of(self.case), before)

    def test_nothing_goes_before_its_day(self):
        self.set_rule(self.RULE.replace("2024-03-20", "2024-03-21"))
        before = digest_of(self.case)
        self.assertIn(b"kept", self.retention("--do", "--as", "R. Ashdown").stdout)
        self.do("retention", self.work, "--on", "2024-03-21", "--do", "--as", "R. Ashdown", status=2)
        self.assertIn(b"due", self.do("retention", self.work, "--on", "2024-03-21").stdout)
        self.assertEqual(digest_of(self.case), before)

    def test_a_link_that_leads_out_is_not_followed(self):
        self.set_rule()
        outside = self.work.parent / (self.work.name + "-outside")
        outside.mkdir()
        self.addCleanup(shutil.rmtree, outside)
        (outside / "custody.csv").write_text("kept\n", encoding="utf-8")
        shutil.rmtree(self.case / "records")
        (self.case / "records").symlink_to(outside)
        self.assertIn(b"is not touched", self.retention("--do", "--as", "R. Ashdown").stdout)
        self.assertEqual((outside / "custody.csv").read_text(encoding="utf-8"), "kept\n")

    def test_a_list_made_elsewhere_cannot_name_what_goes(self):
        self.set_rule()
        outside = self.work / "kept.txt"
        outside.write_text("kept\n", encoding="utf-8")
        names = ["../kept.txt", str(outside), "case.toml", "out/public/answer.html"]
        self.assertTrue((self.out / "public" / "answer.html").exists())
        listed = {"state": "begun", "files": [{"path": name, "bytes": 5} for name in names]}
        (self.case / "deletion.json").write_text(json.dumps(listed), encoding="utf-8")
        self.retention("--do", "--as", "R. Ashdown")
        for name in names:
            self.assertTrue((self.case / name).exists(), name)
        self.assertFalse({file["path"] for file in self.certificate()["files"]} & set(names))

    def test_each_field_is_the_persons_own(self):
        self.set_rule()
        self.each_field(["retention", self.work, "--do"], {"--on": ["--on", "2024-03-20"], "--as": ["--as", "R. Ashdown"]})
        for key in ("delete_on", "by", "because"):
            file = self.case / "case.toml"
            text = file.read_text(encoding="utf-8")
            head, rule = text.split("\n[retention]\n")
            file.write_text(head + "\n[retention]\n" + "".join(line for line in rule.splitlines(keepends=True) if not line.startswith(key + " =")), encoding="utf-8")
            before = digest_of(self.case)
            self.assertIn(b"no day set", self.retention("--do", "--as", "R. Ashdown").stdout, key)
            self.assertEqual(digest_of(self.case), before, key)
            file.write_text(text, encoding="utf-8")

    def test_the_certificate_is_signed_where_keys_are_set_up(self):
        self.set_rule()
        self.do("keys", "new", "--name", "R. Ashdown", "-o", self.work / "r.key")
        self.do("keys", "new", "--name", "Eve", "-o", self.work / "e.key")
        for name in ("r", "e"):
            self.do("keys", "trust", self.work / f"{name}.key.pub", "--keyring", self.work / "ring.toml", "--for", "person")
        keys = {"CANDOUR_KEYRING": str(self.work / "ring.toml")}
        self.retention("--do", "--as", "R. Ashdown", status=2, environment=keys)
        self.retention("--do", "--as", "R. Ashdown", "--key", self.work / "e.key", status=3, environment=keys)
        self.assertFalse((self.case / "deletion.json").exists())
        self.retention("--do", "--as", "R. Ashdown", "--key", self.work / "r.key", environment=keys)
        self.assertEqual(len(self.certificate()["signature"]), 128)

    def test_every_write_fails_once(self):
        self.set_rule()

        def check(at):
            self.assertEqual(self.events().count("retention"), 1, at)
            self.assertEqual(self.certificate()["state"], "done", at)
            self.assertFalse((self.case / "requester.toml").exists(), at)
            listed = {file["path"] for file in self.certificate()["files"]}
            self.assertIn("requester.toml", listed, at)
            self.assertIn("out/private/true-cells.json", listed, at)
            self.assertFalse([path for path in listed if (self.case / path).exists()], at)

        self.fails_at_every_write(["retention", self.work, "--on", "2024-03-20", "--do", "--as", "R. Ashdown"], self.case, check)


class History(DeskTest):
    """A case with a journal of its own is told what the answer's journal notes; one without is left as it is."""

    def setUp(self):
        super().setUp()
        self.answer()

    def approve(self, name, role):
        self.do("approve", self.case, "--as", name, "--role", role)

    def history(self, environment=None):
        return [(line["what"], line["by"]) for line in json.loads(self.do("case", "history", self.case, "--json", environment=environment).stdout)["entries"]]

    def test_what_was_noted_before_the_case_had_a_journal_is_told_later_and_once(self):
        self.approve("Ada", "preparer")
        self.assertFalse((self.case / "journal.jsonl").exists())
        self.do("case", "note", self.case, "acknowledged", "--as", "R. Ashdown")
        self.approve("Ben", "approver")
        self.do("sent", self.case, "--to", "CANARY-REQUESTER-NAME", "--how", "e-mail", "--on", "2024-03-20", "--as", "R. Ashdown")
        self.do("log", "decide", self.case, "--publish", "no", "--because", "of no wider interest", "--as", "T. Brookes")
        self.assertEqual(self.history(), [("acknowledged", "R. Ashdown"), ("approved", "Ada"), ("approved", "Ben"), ("sent", "R. Ashdown"), ("publication-decided", "T. Brookes")])
        # Who it was sent to is nobody's business there.
        self.assertNotIn("CANARY", (self.case / "journal.jsonl").read_text(encoding="utf-8"))

    def test_in_a_database_as_in_a_folder(self):
        database = {"CANDOUR_DATABASE": str(self.work / "cases.sqlite")}
        self.do("approve", self.case, "--as", "Ada", "--role", "preparer", environment=database)
        self.assertEqual(self.history(database), [("approved", "Ada")])
        self.assertFalse((self.case / "journal.jsonl").exists())


class TwoProcesses(Approved):
    def test_many_at_once_lose_and_double_nothing(self):
        settings = {"PATH": "/usr/bin:/bin", "HOME": str(self.work), "LANG": "C.UTF-8", "CANDOUR_TODAY": self.today}
        settings.update({name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")})
        running = [subprocess.Popen([str(self.program), "sent", str(self.case), "--to", f"reader {number}", "--how", "post", "--on", "2024-03-20", "--as", "R. Ashdown"], env=settings,
                                    stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for number in range(12)]
        for process in running:
            self.assertEqual(process.wait(timeout=120), 0, process.communicate()[1])
        self.assertEqual(sorted(line["to"] for line in self.journal() if line["event"] == "sent"), sorted(f"reader {number}" for number in range(12)))

    def test_killed_at_any_time_the_journal_is_whole(self):
        settings = {"PATH": "/usr/bin:/bin", "HOME": str(self.work), "LANG": "C.UTF-8", "CANDOUR_TODAY": self.today}
        noted = 0
        for number in range(10):
            process = subprocess.Popen([str(self.program), "sent", str(self.case), "--to", f"reader {number}", "--how", "post", "--on", "2024-03-20", "--as", "R. Ashdown"], env=settings,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                noted += process.wait(timeout=0.004 * number) == 0
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            lines = [line["to"] for line in self.journal() if line["event"] == "sent"]
            self.assertEqual(len(lines), len(set(lines)))
            self.assertGreaterEqual(len(lines), noted)
        self.do("sent", self.case, "--to", "the last", "--how", "post", "--on", "2024-03-20", "--as", "R. Ashdown")

    def test_a_changed_byte_of_the_journal_is_found_and_located(self):
        for to in ("one", "two", "three"):
            self.do("sent", self.case, "--to", to, "--how", "post", "--on", "2024-03-20", "--as", "R. Ashdown")
        file = self.out / "private" / "journal.jsonl"
        data = file.read_bytes()
        file.write_bytes(data.replace(b'"two"', b'"TWO"'))
        done = self.do("sent", self.case, "--to", "four", "--how", "post", "--on", "2024-03-20", "--as", "R. Ashdown", status=3)
        self.assertIn(b"journal.jsonl:4:", done.stderr)
        self.assertIn(b"journal.jsonl:4:", self.do("case", "history", self.case, status=3).stderr)


if __name__ == "__main__":
    CaseTest.program = pathlib.Path(sys.argv.pop(1)).resolve()
    DeskTest.interposer = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
