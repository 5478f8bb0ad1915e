"""A case on two desks: the same case cut into what the disclosure officer has and what the data unit has, and their keys."""
import datetime
import hashlib
import json
import os
import pathlib
import shutil
import signal
import sys
import tempfile
import tomllib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from program import CaseTest, bytes_inside  # noqa: E402  (the folder above holds what all tests of cases share)

OF_THE_DATA_UNIT = ("file", "extracted_on", "delimiter", "encoding", "missing", "person_column", "people", "count_column")


def toml_value(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(toml_value(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {toml_value(item)}" for key, item in value.items()) + " }"
    return json.dumps(value)


def toml(settings):
    text = ""
    for key, value in settings.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for item in value:
                text += f"\n[[{key}]]\n" + "".join(f"{name} = {toml_value(inner)}\n" for name, inner in item.items())
        elif isinstance(value, dict):
            text += f"\n[{key}]\n" + "".join(f"{name} = {toml_value(inner)}\n" for name, inner in value.items())
        else:
            text = f"{key} = {toml_value(value)}\n" + text
    return text


def on_two_desks(settings, analyst="K. Marsh"):
    """Takes the settings of case.toml; gives those that stay with the officer, and those of the data unit's holdings.toml."""
    own = {"analyst": analyst, "holding": [], "reading": [], "hours": [{key: value for key, value in line.items() if key != "shows_units"} for line in settings.pop("cost", [])]}
    for holding in settings["holding"]:
        own["holding"].append({"id": holding["id"], **{key: holding.pop(key) for key in OF_THE_DATA_UNIT if key in holding}})
    for variable in settings["variable"]:
        own["reading"] += [{"variable": variable["name"], **reading} for reading in variable.pop("reading", [])]
    if not own["hours"]:
        del own["hours"]
    return settings, own


class DeskTest(CaseTest):
    """`self.case` is the whole case, `self.desk` the officer's folder, `self.unit` the data unit's."""
    interposer = None

    def setUp(self):
        super().setUp()
        self.desk, self.unit = self.work / "desk", self.work / "unit"

    def split(self):
        for folder in (self.desk, self.unit):
            folder.mkdir()
        settings, own = on_two_desks(tomllib.loads((self.case / "case.toml").read_text(encoding="utf-8")))
        (self.desk / "case.toml").write_text(toml(settings), encoding="utf-8")
        (self.unit / "holdings.toml").write_text(toml(own), encoding="utf-8")
        for file in self.case.iterdir():
            if file.is_file() and file.name != "case.toml":
                shutil.copy(file, self.desk)
        shutil.copytree(self.case / "records", self.unit / "records")
        self.make_keys()

    def make_keys(self):
        for folder, name in ((self.desk, "Disclosure unit"), (self.unit, "Data unit")):
            self.do("keys", "new", "--name", name, "-o", folder / "unit.key")
        self.do("keys", "trust", self.unit / "unit.key.pub", "--keyring", self.desk / "keyring.toml", "--for", "data-unit")
        self.do("keys", "trust", self.desk / "unit.key.pub", "--keyring", self.unit / "keyring.toml", "--for", "disclosure-unit")

    def journal(self, output=None):
        """The lines of the journal; each names the digest of all before it."""
        text = ((output or self.out) / "private" / "journal.jsonl").read_bytes()
        before, lines = b"", []
        for line in text.splitlines(keepends=True):
            self.assertTrue(line.endswith(b"\n"))
            lines.append(json.loads(line))
            self.assertEqual(lines[-1]["previous"], hashlib.sha256(before).hexdigest())
            before += line
        return lines

    def events(self, output=None):
        return [line["event"] for line in self.journal(output)]

    def fails_at_every_write(self, words, folder, check):
        """Runs the words with the k-th call that changes the disk failing, or killing the program there, each time from the same state, then once more undisturbed: at
        night (CANDOUR_NIGHT) both for all k, by day for about forty of them, the first and the last among them, in turns."""
        start, calls = pathlib.Path(tempfile.mkdtemp(prefix="candour-start-", dir=self.work.parent)) / "folder", self.work / "calls"
        self.addCleanup(shutil.rmtree, start.parent)
        shutil.copytree(folder, start)
        environment = {"LD_PRELOAD": str(self.interposer), "CANDOUR_FAIL_BELOW": str(folder), "CANDOUR_CALLS": str(calls), "ASAN_OPTIONS": "verify_asan_link_order=0:detect_leaks=0"}
        at_night = bool(os.environ.get("CANDOUR_NIGHT"))
        count, at, failed, killed = 1, 0, 0, 0
        by = "error"
        while at <= count:
            shutil.rmtree(folder)
            shutil.copytree(start, folder)
            calls.unlink(missing_ok=True)
            done = self.run_program(*words, environment={**environment, "CANDOUR_FAIL_AT": str(at), "CANDOUR_FAIL_BY": by})
            if at == 0:
                self.assertIn(done.returncode, (0, 3), done.stderr.decode())
                count = int(calls.read_text(encoding="utf-8"))
                self.assertGreater(count, 3)
            self.assertIn(done.returncode, (-signal.SIGKILL,) if by == "kill" else (0, 1, 3), f"call {at} of {count}: {done.stderr.decode()}")
            if done.returncode in (1, -signal.SIGKILL):
                self.assertIn(self.run_program(*words).returncode, (0, 3), f"call {at} of {count}: saying it again does not finish it")
            check(at)
            left = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.name.endswith((".new", ".old", ".aside")))
            self.assertFalse(left, f"call {at} of {count}, by {by}: left aside")
            failed += at > 0 and by == "error"
            killed += at > 0 and by == "kill"
            by = "error" if by == "kill" or at == 0 else "kill"
            if at_night and by == "kill":
                continue
            step = 1 if at == 0 or at_night else max(1, count // 40)
            at = at + step if at == count else min(at + step, count)
        print(f"{words[0]}: {count} calls change the disk; {failed} failed and at {killed} the program was killed, one at a time; said again it was done once")

    def do(self, *words, status=0, environment=None):
        done = self.run_program(*words, environment=environment)
        self.assertEqual(done.returncode, status, f"{words}: {done.stdout.decode()}{done.stderr.decode()}")
        return done

    def commission(self, order=None, status=0, case=None, name="R. Ashdown"):
        return self.do("commission", case or self.desk, "-o", order or self.work / "order.zip", "--as", name, "--key", self.desk / "unit.key", status=status)

    def protect(self, order=None, status=0, folder=None, key=None):
        return self.do("protect", order or self.work / "order.zip", "--records", self.unit, "--keyring", self.unit / "keyring.toml", "--key", key or self.unit / "unit.key",
                       "-o", folder or self.unit / "done", status=status)

    def go_on(self, handover=None, status=0, case=None):
        return self.do("answer", case or self.desk, "--handover", handover or self.unit / "done" / "handover.zip", "--keyring", self.desk / "keyring.toml", status=status)


def parts_of(file):
    """The bytes of a file, those of every member inflated, and the members' names."""
    return list(bytes_inside(file.read_bytes()))
