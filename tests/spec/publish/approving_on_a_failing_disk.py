#!/usr/bin/env python3
"""Approving and adding to the log while the disk fails: every call that changes the disk fails once, the k-th in the k-th run.

Afterwards each folder is whole, the old one or the new one, or absent; the exit status says whether it was done; and saying it again finishes the work.
"""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

FOLDERS = ("reply", "public")


def digest_of(folder):
    if not folder.exists():
        return None
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


class FailingDisk(unittest.TestCase):
    program = writer = interposer = None

    def setUp(self):
        # Memory in place of a disk where there is some: a file made durable there costs nothing.
        folder = tempfile.TemporaryDirectory(prefix="candour-approve-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        self.addCleanup(folder.cleanup)
        self.work = pathlib.Path(folder.name).resolve()
        self.case, self.out, self.site = self.work / "case", self.work / "case" / "out", self.work / "site"
        self.case.mkdir()
        self.site.mkdir()
        subprocess.run([self.writer, self.out], check=True)

    def candour(self, *words, fail_at=None):
        settings = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "CANDOUR_TODAY": "2024-03-29"}
        settings.update({name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")})
        calls = self.work / "calls"
        if fail_at is not None:
            settings.update({"LD_PRELOAD": str(self.interposer), "CANDOUR_FAIL_AT": str(fail_at), "CANDOUR_FAIL_BELOW": str(self.work), "CANDOUR_CALLS": str(calls),
                             # The sanitizers' library may come second; what has to fail stands before it.
                             "ASAN_OPTIONS": "verify_asan_link_order=0:detect_leaks=0"})
        done = subprocess.run([str(self.program), *map(str, words)], env=settings, cwd=self.work, capture_output=True, stdin=subprocess.DEVNULL, timeout=120, check=False)
        return done, int(calls.read_text(encoding="utf-8")) if fail_at is not None else 0

    def approve(self, name, role, fail_at=None):
        return self.candour("approve", self.case, "--as", name, "--role", role, fail_at=fail_at)

    def decide(self):
        self.assertEqual(self.candour("log", "decide", self.case, "--publish", "yes", "--because", "of wider interest", "--as", "T. Brookes")[0].returncode, 0)

    def log_add(self, fail_at=None):
        return self.candour("log", "add", self.case, "--site", self.site, fail_at=fail_at)

    def restore(self, source, target):
        shutil.rmtree(target)
        shutil.copytree(source, target)

    def states(self):
        return tuple(digest_of(self.out / folder) for folder in FOLDERS)

    def test_second_approval(self):
        self.assertEqual(self.approve("Ada Preparer", "preparer")[0].returncode, 0)
        shutil.copytree(self.out, self.work / "half")
        old = self.states()
        done, calls = self.approve("Ben Approver", "approver", fail_at=0)
        self.assertEqual(done.returncode, 0, done.stderr)
        new = self.states()
        self.assertNotEqual(old, new)
        self.assertGreater(calls, 10)
        for at in range(1, calls + 1):
            with self.subTest(call=at):
                self.restore(self.work / "half", self.out)
                done, _ = self.approve("Ben Approver", "approver", fail_at=at)
                self.assertIn(done.returncode, (0, 1), done.stderr)
                for folder, state, old_state, new_state in zip(FOLDERS, self.states(), old, new):
                    self.assertIn(state, (old_state, new_state), f"{folder} is neither the draft nor the final one")
                if done.returncode == 0:
                    self.assertEqual(self.states(), new, "said to be done")
                else:
                    self.assertEqual(self.log_add()[0].returncode, 3, "an answer whose approval failed went into the log")
                    # Saying it again finishes what was begun.
                    self.assertEqual(self.approve("Ben Approver", "approver")[0].returncode, 0)
                    self.assertEqual(self.states(), new)
        print(f"second approval: each of {calls} calls failed once")

    def test_adding_to_the_log(self):
        for name, role in (("Ada Preparer", "preparer"), ("Ben Approver", "approver")):
            self.assertEqual(self.approve(name, role)[0].returncode, 0)
        self.decide()
        shutil.copytree(self.site, self.work / "empty")
        done, calls = self.log_add(fail_at=0)
        self.assertEqual(done.returncode, 0, done.stderr)
        entry = self.site / "foi-24-0117"
        new = digest_of(entry)
        self.assertGreater(calls, 10)
        for at in range(1, calls + 1):
            with self.subTest(call=at):
                self.restore(self.work / "empty", self.site)
                done, _ = self.log_add(fail_at=at)
                self.assertIn(done.returncode, (0, 1), done.stderr)
                self.assertIn(digest_of(entry), (None, new))
                if done.returncode == 0:
                    self.assertEqual(digest_of(entry), new)
                    self.assertIn(b"foi-24-0117", (self.site / "index.html").read_bytes())
        print(f"adding to the log: each of {calls} calls failed once")


class Refusals(FailingDisk):
    """What is refused on a sound disk; the verbs' exit statuses."""

    test_second_approval = test_adding_to_the_log = None

    def test_log_add_exits_3_until_two_people_approved(self):
        self.assertEqual(self.log_add()[0].returncode, 3)
        self.assertEqual(self.approve("Ada Preparer", "preparer")[0].returncode, 0)
        self.assertEqual(self.log_add()[0].returncode, 3)
        self.assertEqual(self.approve("ada preparer", "approver")[0].returncode, 3)
        self.assertEqual(self.log_add()[0].returncode, 3)
        self.assertEqual(self.approve("Ben Approver", "approver")[0].returncode, 0)
        self.assertEqual(self.log_add()[0].returncode, 3, "nobody has decided that it is published")
        self.decide()
        self.assertEqual(self.log_add()[0].returncode, 0)
        standing = {path.name for path in self.site.iterdir()}
        self.assertLessEqual({"foi-24-0117", "index.html", "index.json", "feed.atom", "checksums.txt"}, standing)

    def test_log_add_exits_3_after_a_change(self):
        for name, role in (("Ada Preparer", "preparer"), ("Ben Approver", "approver")):
            self.assertEqual(self.approve(name, role)[0].returncode, 0)
        page = self.out / "public" / "answer.html"
        page.write_bytes(page.read_bytes() + b" ")
        self.assertEqual(self.log_add()[0].returncode, 3)
        self.assertEqual(self.approve("Cid Other", "approver")[0].returncode, 3)

    def test_approve_exits_2_where_there_is_no_answer_or_no_role(self):
        self.assertEqual(self.candour("approve", self.work / "nowhere", "--as", "Ada", "--role", "preparer")[0].returncode, 2)
        self.assertEqual(self.candour("approve", self.case, "--as", "Ada")[0].returncode, 2)
        self.assertEqual(self.candour("approve", self.case, "--as", "Ada", "--role", "chief")[0].returncode, 2)


if __name__ == "__main__":
    FailingDisk.program, FailingDisk.writer, FailingDisk.interposer = (pathlib.Path(sys.argv.pop(1)).resolve() for _ in range(3))
    unittest.main()
