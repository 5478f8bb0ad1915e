#!/usr/bin/env python3
"""A case once at one desk, and once on two desks under two system users who cannot read each other's folders: the published answer is the same, byte for byte.

  two_users.py PROGRAM [GENERATOR]      the small case; with the generator of its records the example
  needs root: it makes two accounts, runs the program as each through setpriv, and takes them away again
"""
import os
import pathlib
import pwd
import re
import shutil
import subprocess
import sys
import tomllib
import unittest

from desk_case import DeskTest, parts_of
from program import ROOT, CaseTest, files_below

EXAMPLE = ROOT / "examples" / "operation-alder"


class TwoUsers(DeskTest):
    generator = None
    today = "2024-05-08"

    def setUp(self):
        super().setUp()
        if self.generator is not None:
            shutil.rmtree(self.case)
            self.case.mkdir()
            for file in EXAMPLE.iterdir():
                if file.suffix in (".toml", ".txt", ".csv"):
                    shutil.copy(file, self.case)
            subprocess.run([self.generator, "--seed", "1", "--out", self.case / "records"], check=True)
        self.officer, self.analyst = self.account("d"), self.account("u")

    def account(self, letter):
        name = f"candour-{letter}{os.getpid()}"
        subprocess.run(["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name], check=True)
        self.addCleanup(subprocess.run, ["userdel", name], check=True, capture_output=True)
        return pwd.getpwnam(name)

    def give(self, folder, account):
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, account.pw_uid, account.pw_gid)
        folder.chmod(0o700)

    def as_user(self, account, *words, status=0):
        settings = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8", "CANDOUR_TODAY": self.today}
        settings.update({name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")})
        done = subprocess.run(["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups", "--", *map(str, words)], cwd=self.post, env=settings,
                              capture_output=True, stdin=subprocess.DEVNULL, timeout=300, check=False)
        self.assertEqual(done.returncode == 0, status == 0, f"{words}: {done.stdout.decode()}{done.stderr.decode()}")
        return done

    def test_two_users_give_what_one_gives(self):
        self.answer()
        self.split()
        self.work.chmod(0o755)
        program = shutil.copy(self.program, self.work / "candour")
        self.post = self.work / "post"  # where both can leave something for the other
        self.post.mkdir()
        self.post.chmod(0o1777)
        for file in ("unit.key", "unit.key.pub", "keyring.toml", "holdings.toml"):
            self.assertTrue((self.unit / file).exists())
        self.give(self.desk, self.officer)
        self.give(self.unit, self.analyst)
        # Neither reads what is the other's.
        self.as_user(self.officer, "cat", self.unit / "records" / "custody.csv", status=1)
        self.as_user(self.analyst, "cat", self.desk / "requester.toml", status=1)
        self.as_user(self.officer, program, "commission", self.desk, "-o", self.post / "order.zip", "--as", "R. Ashdown", "--key", self.desk / "unit.key")
        self.as_user(self.analyst, program, "protect", self.post / "order.zip", "--records", self.unit, "--keyring", self.unit / "keyring.toml", "--key", self.unit / "unit.key",
                     "-o", self.unit / "done")
        self.as_user(self.analyst, "cp", self.unit / "done" / "handover.zip", self.post / "handover.zip")
        self.as_user(self.officer, program, "answer", self.desk, "--handover", self.post / "handover.zip", "--keyring", self.desk / "keyring.toml")
        for folder in ("public", "reply"):
            one, two = files_below(self.out / folder), files_below(self.desk / "out" / folder)
            self.assertTrue(one)
            self.assertEqual(one, two, folder)
        print(f"public/: {len(files_below(self.desk / 'out' / 'public'))} files, the same bytes from one desk and from two")
        self.nothing_leaks()

    def nothing_leaks(self):
        people = set()
        with open(self.unit / "records" / "custody.csv", encoding="utf-8") as file:
            head = file.readline().rstrip("\n").split(",")
            for line in file:
                row = dict(zip(head, line.rstrip("\n").split(",")))
                people |= {row[column].encode() for column in ("person_number", "custody_number", "person") if column in row}
        self.assertGreater(len(people), 20)
        requester = tomllib.loads((self.case / "requester.toml").read_text(encoding="utf-8"))
        asked = [word.encode() for word in re.findall(r"[\w-]{9,}", requester["name"] + " " + requester["address"])]
        self.assertTrue(asked)
        for name in ("order.zip", "handover.zip"):
            for part in parts_of(self.post / name):
                self.assertFalse([person for person in people if person in part], name)
                self.assertFalse([who for who in asked if who in part], name)


if __name__ == "__main__":
    CaseTest.program = pathlib.Path(sys.argv.pop(1)).resolve()
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        TwoUsers.generator = pathlib.Path(sys.argv.pop(1)).resolve()
    if os.geteuid() != 0:
        sys.exit("two_users.py: two accounts are made for this test, so it needs root; WITHOUT=accounts leaves it out, aloud")
    unittest.main()
