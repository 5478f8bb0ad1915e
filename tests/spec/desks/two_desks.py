#!/usr/bin/env python3
"""Two desks: the disclosure officer never holds a record, the data unit never learns who asked, and the answer is the one that one desk would have given."""
import hashlib
import json
import pathlib
import shutil
import sys
import tomllib
import unittest
import zipfile

from desk_case import DeskTest, parts_of, toml
from program import ROOT, CaseTest, digest_of, files_below

REQUESTER = (b"CANARY-REQUESTER-NAME", b"CANARY-REQUESTER-ADDRESS")
RECORDS = (b"CANARY-PERSON", b"CANARY-NOTE")


class TwoDesks(DeskTest):
    def setUp(self):
        super().setUp()
        self.split()
        self.order, self.handover = self.work / "order.zip", self.unit / "done" / "handover.zip"

    def all_the_way(self):
        self.commission()
        self.protect()
        self.go_on()

    def test_the_answer_is_the_one_that_one_desk_gives_byte_for_byte(self):
        self.answer()
        self.all_the_way()
        for folder in ("public", "reply", "private/final"):
            self.assertEqual(files_below(self.desk / "out" / folder), files_below(self.out / folder), folder)

    def test_an_order_joins_no_categories_and_says_so(self):
        file = self.desk / "case.toml"
        file.write_text(file.read_text(encoding="utf-8") + '\n[[detail]]\npopulation = "arrests"\nmay_join = ["age"]\n', encoding="utf-8")
        self.commission()
        done = self.protect()
        self.assertIn(b"age may be joined where the case is answered at one desk; for an order nothing is joined", done.stdout)
        self.go_on()

    def test_nobody_who_asked_is_in_the_order(self):
        self.commission()
        for part in parts_of(self.order):
            self.assertFalse([canary for canary in REQUESTER if canary in part])
        # The search finds what is there: the questions themselves.
        self.assertTrue([part for part in parts_of(self.order) if b"Operation Birch" in part])

    def test_no_record_is_in_order_or_handover_and_the_proof_stays(self):
        self.all_the_way()
        for file in (self.order, self.handover):
            for part in parts_of(file):
                self.assertFalse([canary for canary in RECORDS if canary in part], file.name)
        with zipfile.ZipFile(self.handover) as archive:
            self.assertEqual(archive.namelist(), ["manifest.json", "signature.json", "handover.json", "draft.json", "seal.json"])
            for name in archive.namelist():
                text = archive.read(name)
                for word in (b"evidence", b"true_cells", b"witness", b"moves", b"records_digest", b"data-quality"):
                    self.assertNotIn(word, text, name)
        self.assertTrue((self.unit / "done" / "private" / "certificate.json").exists())
        self.assertEqual(self.mode_of(self.unit / "done" / "private"), 0o700)
        self.assertFalse((self.desk / "out" / "private" / "certificate.json").exists())

    def test_hidden_cells_of_the_handover_hold_no_number(self):
        self.all_the_way()
        with zipfile.ZipFile(self.handover) as archive:
            draft = json.loads(archive.read("draft.json"))
        truth = json.loads((self.unit / "done" / "private" / "true-cells.json").read_text(encoding="utf-8"))
        self.assertTrue(truth)
        for population in draft["populations"]:
            self.assertEqual(sorted(population), ["earlier_figures", "earlier_hidden", "earlier_ratios", "earlier_tables", "space", "statements", "tables"])

    def test_a_question_that_names_the_requester_does_not_travel(self):
        for name in ("case.toml", "request.txt"):
            file = self.desk / name
            file.write_text(file.read_text(encoding="utf-8").replace("How many of them have been cautioned?", "How many of them have been cautioned? CANARY-REQUESTER-NAME asks."),
                            encoding="utf-8")
        done = self.commission(status=3)
        self.assertIn(b"question 2.text", done.stderr)
        self.assertNotIn(b"CANARY", done.stderr)
        self.assertFalse(self.order.exists())

    def test_comments_and_reasons_of_the_case_file_do_not_travel(self):
        file = self.desk / "case.toml"
        file.write_text("# CANARY-COMMENT\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
        self.commission()
        for part in parts_of(self.order):
            for word in (b"CANARY-COMMENT", b"Neighbours know", b"1 Small Street", b"area commander"):
                self.assertNotIn(word, part)

    def test_the_analysts_hours_flow_into_the_cost_ledger(self):
        holdings = self.unit / "holdings.toml"
        holdings.write_text(holdings.read_text(encoding="utf-8") + '\n[[hours]]\nquestion = "1"\nactivity = "extracting"\nhours = 2.5\nmethod = "wrote and ran the query"\nmeasured_on = 2024-07-20\npounds_an_hour = 12.5\n', encoding="utf-8")
        self.all_the_way()
        cost = json.loads(self.do("cost", self.desk, "--json").stdout)
        self.assertEqual(cost["by_question"]["1"]["hours"], "2.5")
        self.assertIn("pounds_an_hour = 12.5", (self.desk / "out" / "private" / "hours.toml").read_text(encoding="utf-8"))
        journal = self.journal(self.desk / "out")
        self.assertEqual([(line["event"], line["by"]) for line in journal], [("commission", "R. Ashdown"), ("handover", "K. Marsh")])
        self.assertEqual(journal[1]["hours"], "2.5")

    def test_the_officer_is_asked_to_consider_what_one_desk_is_asked(self):
        alone = self.answer().stdout.decode().splitlines()
        self.commission()
        self.protect()
        both = self.go_on().stdout.decode().splitlines()
        prompts = [line for line in alone if line.startswith("to consider: ")]
        self.assertTrue(prompts)
        self.assertEqual([line for line in both if line.startswith("to consider: ")], prompts)

    def test_findings_of_the_officer_do_not_travel(self):
        # The letter is written at the officer's desk: what is found there about people stays there.
        file = self.desk / "case.toml"
        file.write_text(file.read_text(encoding="utf-8") + '\n[[finding]]\nkind = "children"\ntext = "CANARY-CHILDREN were considered."\nby = "B. Reviewer"\non = 2024-03-05\n', encoding="utf-8")
        self.all_the_way()
        for part in parts_of(self.order):
            for word in (b"identifiability", b"children", b"CANARY-CHILDREN"):
                self.assertNotIn(word, part)

    def test_the_officer_cannot_answer_alone_from_records_kept_elsewhere(self):
        done = self.do("answer", self.desk, status=2)
        self.assertIn(b"another unit keeps it", done.stderr)

    def test_the_proof_is_added_up_again_where_it_stays(self):
        self.all_the_way()
        self.assertIn(b"The certificate holds", self.do("verify", self.unit / "done").stdout)
        self.assertIn(b"stays with the data unit", self.do("verify", self.desk, status=2).stderr)
        file = self.unit / "done" / "private" / "true-cells.json"
        file.write_bytes(file.read_bytes().replace(b"1", b"2", 1))
        self.do("verify", self.unit / "done", status=3)

    def test_what_came_back_is_attacked_with_its_sentences(self):
        self.all_the_way()
        self.assertTrue(json.loads(self.do("attack", self.desk, "--json").stdout)["sentences_attacked"])

    def test_two_people_approve_what_came_back(self):
        self.all_the_way()
        for person, role in (("A. Preparer", "preparer"), ("B. Approver", "approver")):
            self.do("approve", self.desk, "--as", person, "--role", role)
        self.assertTrue((self.desk / "out" / "public" / "answer.html").exists())


class BesideARegister(DeskTest):
    """What was published before stands beside the draft at the desk that has the records; the other desk holds it to that."""

    def setUp(self):
        super().setUp()
        self.split()
        for file in (ROOT / "tests" / "cli" / "cases" / "answer-beside-a-register" / "given").iterdir():
            shutil.copy(file, self.work)
        self.register = {"CANDOUR_REGISTER": str(self.work / "register.sqlite")}
        self.do("register", "import", self.work / "old.toml", environment=self.register)
        self.commission()

    def protect_beside(self, environment=None):
        return self.do("protect", self.work / "order.zip", "--records", self.unit, "--keyring", self.unit / "keyring.toml", "--key", self.unit / "unit.key", "-o", self.unit / "done",
                       environment=environment)

    def go_on_beside(self, status=0):
        return self.do("answer", self.desk, "--handover", self.unit / "done" / "handover.zip", "--keyring", self.desk / "keyring.toml", status=status, environment=self.register)

    def test_the_answer_is_the_one_that_one_desk_gives_beside_it(self):
        self.answer(environment=self.register)
        told = self.protect_beside(self.register)
        self.assertIn(b"(FOI-118)", told.stdout)
        self.assertIn(b"beside 1 earlier release: FOI-118", self.go_on_beside().stdout)
        for folder in ("public", "reply", "private/final"):
            self.assertEqual(files_below(self.desk / "out" / folder), files_below(self.out / folder), folder)
        # Arithmetic over hidden cells stays where the records are.
        with zipfile.ZipFile(self.unit / "done" / "handover.zip") as archive:
            self.assertNotIn(b" leaves ", archive.read("handover.json"))

    def test_a_handover_that_knew_nothing_of_a_release_is_refused(self):
        self.protect_beside()
        before = digest_of(self.desk / "out")
        self.assertIn(b"did not protect beside the release 'FOI-118'", self.go_on_beside(status=3).stderr)
        self.assertEqual(digest_of(self.desk / "out"), before)

    def test_what_was_registered_meanwhile_stops_both_desks(self):
        self.protect_beside(self.register)
        self.go_on_beside()
        unit = ["verify", self.unit / "done"]
        self.assertIn(b"It names 1 release of the register", self.do(*unit, environment=self.register).stdout)
        self.do("approve", self.desk, "--as", "Ada", "--role", "preparer", environment=self.register)
        meanwhile = (self.work / "old.toml").read_text(encoding="utf-8").replace("FOI-118", "FOI-119").replace("2024-03-04", "2024-03-01")
        (self.work / "meanwhile.toml").write_text(meanwhile, encoding="utf-8")
        self.do("register", "import", self.work / "meanwhile.toml", environment=self.register)
        self.assertIn(b"verify.release_not_named: FOI-119", self.do(*unit, status=3, environment=self.register).stdout)
        refused = self.do("approve", self.desk, "--as", "Ben", "--role", "approver", status=3, environment=self.register)
        self.assertIn(b"the answer does not stand beside FOI-119", refused.stderr)

    def test_what_came_back_is_registered_as_one_desk_registers_it(self):
        self.answer(environment=self.register)
        self.protect_beside(self.register)
        self.go_on_beside()
        listed = []
        for case in (self.desk, self.case):
            self.do("register", "add", case, status=3, environment=self.register)
            for name, role in (("Ada", "preparer"), ("Ben", "approver")):
                self.do("approve", case, "--as", name, "--role", role)
            self.do("register", "add", case, environment=self.register)
            listed.append(json.loads(self.do("register", "list", "--json", environment=self.register).stdout)["releases"])
        # Word for word the same release: the second adding adds nothing.
        self.assertEqual([release["id"] for release in listed[0]], ["FOI-118", "SMALL-1"])
        self.assertEqual(listed[0], listed[1])

    def test_what_was_changed_since_is_not_registered(self):
        self.protect_beside(self.register)
        self.go_on_beside()
        for name, role in (("Ada", "preparer"), ("Ben", "approver")):
            self.do("approve", self.desk, "--as", name, "--role", role)
        file = self.desk / "out" / "private" / "published.json"
        text = file.read_bytes()
        file.write_bytes(text.replace(b'"cells":[106,', b'"cells":[107,', 1))
        self.assertNotEqual(file.read_bytes(), text)
        self.do("register", "add", self.desk, status=3, environment=self.register)


class Refused(DeskTest):
    """Each with one clear line, and nothing changes."""

    def setUp(self):
        super().setUp()
        self.split()
        self.order, self.handover = self.work / "order.zip", self.unit / "done" / "handover.zip"
        self.commission()
        self.protect()

    def refused(self, done, words, status=3):
        lines = done.stderr.decode().splitlines()
        self.assertEqual(done.returncode, status)
        self.assertEqual(len([line for line in lines if not line.startswith("hint: ")]), 1, lines)
        self.assertIn(words, lines[0])

    def refused_to_go_on(self, words, status=3, **how):
        before = digest_of(self.desk / "out")
        self.refused(self.go_on(status=status, **how), words, status)
        self.assertEqual(digest_of(self.desk / "out"), before)

    def test_an_old_handover_to_a_new_order(self):
        self.commission()
        self.refused_to_go_on("a newer one has replaced")

    def test_the_same_case_commissioned_twice_gives_two_orders(self):
        second = self.work / "second.zip"
        self.commission(second)
        self.assertNotEqual(self.order.read_bytes(), second.read_bytes())

    def test_another_cases_handover(self):
        other = self.work / "other"
        shutil.copytree(self.desk, other)
        file = other / "case.toml"
        file.write_text(file.read_text(encoding="utf-8").replace("SMALL-1", "SMALL-2"), encoding="utf-8")
        shutil.rmtree(other / "out")
        self.commission(self.work / "order-2.zip", case=other)
        self.refused(self.go_on(case=other, status=3), "belongs to another case")

    def test_a_handover_to_an_order_that_was_never_sent(self):
        shutil.rmtree(self.desk / "out")
        self.refused(self.go_on(status=3), "never sent the order")

    def test_a_case_that_asks_for_something_else_since(self):
        file = self.desk / "case.toml"
        file.write_text(file.read_text(encoding="utf-8").replace('by = ["month", "age"]', 'by = ["month"]\nnot_asked_by = ["age"]', 1), encoding="utf-8")
        self.refused_to_go_on("asks for something else now")

    def test_a_signature_of_somebody_else(self):
        self.do("keys", "new", "--name", "Stranger", "-o", self.work / "stranger.key")
        self.protect(folder=self.work / "strange", key=self.work / "stranger.key")
        self.refused_to_go_on("does not trust for a data-unit", handover=self.work / "strange" / "handover.zip")

    def test_a_key_that_may_sign_only_something_else(self):
        # The disclosure unit's own key is no data unit's, even where it is known.
        self.do("keys", "trust", self.desk / "unit.key.pub", "--keyring", self.desk / "keyring.toml", "--for", "disclosure-unit")
        self.protect(folder=self.work / "own", key=self.desk / "unit.key")
        self.refused_to_go_on("does not trust for a data-unit", handover=self.work / "own" / "handover.zip")

    def test_an_order_taken_for_a_handover(self):
        self.refused_to_go_on("this is no handover", status=2, handover=self.order)
        done = self.protect(order=self.handover, folder=self.work / "x", status=2)
        self.refused(done, "this is no order", status=2)

    def test_units_that_nobody_at_this_desk_can_protect(self):
        file = self.desk / "case.toml"
        file.write_text(file.read_text(encoding="utf-8") + '\n[[cost]]\nquestion = "2"\nactivity = "retrieving"\nhours = 2\nunits = 60\nunit = "files"\nminutes = 2\nshows_units = true\n'
                        'method = "counted"\nmeasured_by = "A. Officer"\nmeasured_on = 2024-03-02\n', encoding="utf-8")
        self.refused(self.commission(self.work / "x.zip", status=2), "shows_units, expected hours only", status=2)
        self.refused_to_go_on("shows_units, expected hours only", status=2)

    def test_a_member_changed_and_its_checksum_mended(self):
        with zipfile.ZipFile(self.handover) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        self.assertIn(b'"c"', members["draft.json"] + b'"c"')
        members["seal.json"] = members["seal.json"].replace(b"2024", b"2023", 1)
        forged = self.work / "forged.zip"
        with zipfile.ZipFile(forged, "w") as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        self.refused_to_go_on("was changed after it was signed", handover=forged)

    def test_a_byte_changed_anywhere(self):
        # A sample over the whole archive; each byte of a small one is tried in the unit test.
        data = self.handover.read_bytes()
        changed = self.work / "changed.zip"
        step = max(1, len(data) // 12)
        for at in [*range(0, len(data), step), len(data) - 1]:
            changed.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:])
            done = self.run_program("answer", self.desk, "--handover", changed, "--keyring", self.desk / "keyring.toml")
            self.assertIn(done.returncode, (2, 3), f"byte {at}: {done.stderr.decode()}")
        for data_changed in (data + b"x", data[:-1]):
            changed.write_bytes(data_changed)
            self.assertIn(self.run_program("answer", self.desk, "--handover", changed, "--keyring", self.desk / "keyring.toml").returncode, (2, 3))

    def test_an_order_changed_on_its_way(self):
        data = self.order.read_bytes()
        at = data.index(b"by = [")
        forged = self.work / "forged.zip"
        forged.write_bytes(data[:at] + b"B" + data[at + 1:])
        self.refused(self.protect(order=forged, folder=self.work / "x", status=3), "changed after it was signed")
        self.assertFalse((self.work / "x").exists())

    def test_records_that_do_not_tell_people_apart_need_the_officers_acceptance(self):
        holdings = tomllib.loads((self.unit / "holdings.toml").read_text(encoding="utf-8"))
        del holdings["holding"][0]["person_column"]
        holdings["holding"][0]["people"] = "unknown"
        (self.unit / "holdings.toml").write_text(toml(holdings), encoding="utf-8")
        # The unit itself cannot accept: the order carries no acceptance.
        done = self.protect(folder=self.work / "x", status=2)
        self.assertIn(b"does not tell people apart", done.stderr)

    def test_settings_that_miss_a_holding_or_name_one_too_many(self):
        file = self.unit / "holdings.toml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace('id = "custody"', 'id = "custodi"'), encoding="utf-8")
        done = self.protect(folder=self.work / "x", status=2)
        self.assertIn(b"holdings.toml:", done.stderr)
        self.assertIn(b"did you mean 'custody'", done.stderr)
        self.assertIn(b"the order asks for the holding 'custody'", done.stderr)

    def test_a_mistake_in_the_units_settings_is_named_by_its_own_file_and_line(self):
        file = self.unit / "holdings.toml"
        file.write_text(file.read_text(encoding="utf-8").replace('holding = "custody"', 'holding = "custard"', 1), encoding="utf-8")
        done = self.protect(folder=self.work / "x", status=2)
        line = [number for number, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if "custard" in text][0]
        self.assertIn(f"holdings.toml:{line}:".encode(), done.stderr)


class FailingDisk(DeskTest):
    """Each call that changes the disk fails once; said again, it is done, and once."""

    def setUp(self):
        super().setUp()
        self.split()
        self.order, self.handover = self.work / "order.zip", self.unit / "done" / "handover.zip"

    def test_an_order_is_written_and_noted_or_said_again(self):
        order = self.desk / "order.zip"

        def check(at):
            noted = [line["order"] for line in self.journal(self.desk / "out") if line["event"] == "commission"]
            self.assertEqual(noted[-1], hashlib.sha256(order.read_bytes()).hexdigest(), at)
            self.assertEqual(len(noted), len(set(noted)), at)

        self.fails_at_every_write(["commission", self.desk, "-o", order, "--as", "R. Ashdown", "--key", self.desk / "unit.key"], self.desk, check)

    def test_a_handover_is_taken_over_once(self):
        self.commission()
        self.protect()

        def check(at):
            self.assertEqual(self.events(self.desk / "out"), ["commission", "handover"], at)
            self.assertEqual(sorted(folder.name for folder in (self.desk / "out").iterdir() if not folder.name.startswith(".")), ["private", "public", "reply"], at)

        self.fails_at_every_write(["answer", self.desk, "--handover", self.handover, "--keyring", self.desk / "keyring.toml"], self.desk, check)


class NothingIsFilledIn(DeskTest):
    """What only a person says has no default: left out, the program stops and writes nothing."""

    def setUp(self):
        super().setUp()
        self.split()

    def left_out(self, words, field):
        before = digest_of(self.work)
        done = self.run_program(*words)
        self.assertEqual(done.returncode, 2, f"{field} was filled in: {done.stdout.decode()}")
        self.assertEqual(digest_of(self.work), before, field)

    def test_each_field_of_an_order(self):
        fields = {"--as": ["--as", "R. Ashdown"], "--key": ["--key", self.desk / "unit.key"], "-o": ["-o", self.work / "order.zip"]}
        for field in fields:
            self.left_out(["commission", self.desk, *(word for name, words in fields.items() if name != field for word in words)], field)

    def test_each_field_of_a_handover(self):
        self.commission()
        fields = {"--key": ["--key", self.unit / "unit.key"], "--keyring": ["--keyring", self.unit / "keyring.toml"], "--records": ["--records", self.unit],
                  "-o": ["-o", self.unit / "done"]}
        for field in fields:
            self.left_out(["protect", self.work / "order.zip", *(word for name, words in fields.items() if name != field for word in words)], field)
        holdings = self.unit / "holdings.toml"
        holdings.write_text(holdings.read_text(encoding="utf-8").replace("analyst =", "# analyst ="), encoding="utf-8")
        self.left_out(["protect", self.work / "order.zip", *(word for words in fields.values() for word in words)], "analyst")

    def test_no_keyring_no_trust(self):
        self.commission()
        self.protect()
        self.left_out(["answer", self.desk, "--handover", self.unit / "done" / "handover.zip"], "--keyring")

    def test_a_key_has_a_holder_and_a_use(self):
        self.left_out(["keys", "new", "-o", self.work / "x.key"], "--name")
        self.left_out(["keys", "new", "--name", " ", "-o", self.work / "x.key"], "--name")
        self.left_out(["keys", "trust", self.desk / "unit.key.pub", "--keyring", self.work / "ring.toml"], "--for")


if __name__ == "__main__":
    CaseTest.program = pathlib.Path(sys.argv.pop(1)).resolve()
    DeskTest.interposer = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
