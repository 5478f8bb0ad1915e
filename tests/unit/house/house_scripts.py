#!/usr/bin/env python3
"""The scripts around the tests: what is missing fails, what is left out is counted, a lost test is noticed."""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]


def run_test(needs, program, **environment):
    with tempfile.TemporaryDirectory() as folder:
        listing = pathlib.Path(folder) / "not_run"
        command = [ROOT / "scripts" / "run_test", "--name", "sample", "--needs", needs, "--", *program]
        outcome = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "WITHOUT": "", "CANDOUR_NOT_RUN": str(listing), **environment})
        return outcome, listing.read_text(encoding="utf-8") if listing.exists() else ""


class RunTest(unittest.TestCase):
    def test_a_program_is_run_with_its_arguments_and_its_status_is_kept(self):
        outcome, not_run = run_test("nothing", ["sh", "-c", "echo $0 $1; exit 3", "a", "b"])
        self.assertEqual((outcome.returncode, outcome.stdout, not_run), (3, "a b\n", ""))

    def test_what_is_missing_fails_the_test(self):
        with tempfile.TemporaryDirectory() as folder:
            for tool in ("bash", "dirname", "env"):
                (pathlib.Path(folder) / tool).symlink_to(f"/usr/bin/{tool}")
            outcome, not_run = run_test("chromium", ["/bin/true"], PATH=folder)
        self.assertEqual((outcome.returncode, not_run), (1, ""))
        self.assertIn("sample needs 'chromium'", outcome.stderr)

    def test_what_is_left_out_by_name_is_not_run_and_counted(self):
        outcome, not_run = run_test("postgresql,chromium", ["false"], WITHOUT="libreoffice,chromium")
        self.assertEqual((outcome.returncode, not_run), (77, "sample: WITHOUT=chromium\n"))

    def test_published_data_that_is_absent_is_counted_as_not_run(self):
        outcome, not_run = run_test("shared", ["false"], CANDOUR_SHARED="/nowhere")
        self.assertEqual(outcome.returncode, 77)
        self.assertIn("sample: no published data", not_run)

    def test_published_data_that_is_there_is_used(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "bench").mkdir()
            outcome, not_run = run_test("shared", ["false"], CANDOUR_SHARED=folder)
        self.assertEqual((outcome.returncode, not_run), (1, ""))

    def test_a_program_cannot_say_of_itself_that_it_was_not_run(self):
        outcome, not_run = run_test("nothing", ["sh", "-c", "exit 77"])
        self.assertEqual((outcome.returncode, not_run), (1, ""))

    def test_a_need_that_nobody_knows_is_a_fault(self):
        self.assertNotEqual(run_test("chromum", ["true"])[0].returncode, 0)


class Packages(unittest.TestCase):
    def lines(self):
        text = (ROOT / "scripts" / "packages.txt").read_text(encoding="utf-8")
        return [[part.strip() for part in line.split("|")] for line in text.splitlines() if line and not line.startswith("#")]

    def test_each_stands_once_with_group_and_reason(self):
        lines = self.lines()
        self.assertEqual([line for line in lines if len(line) != 4 or line[1] not in {"core", "test", "service", "develop"} or len(line[3]) < 10], [])
        names = [line[0] for line in lines]
        self.assertEqual(len(names), len(set(names)))

    def test_a_condition_names_a_command(self):
        self.assertEqual([line for line in self.lines() if line[2] and not re.fullmatch(r"unless \S+", line[2])], [])

    def test_npm_is_installed_only_where_it_is_not_on_path(self):
        self.assertIn(["npm", "service", "unless npm"], [line[:3] for line in self.lines()])

    def test_where_nothing_is_missing_nothing_is_done(self):
        outcome = subprocess.run([ROOT / "scripts" / "install_packages", "core", "test"], capture_output=True, text=True, check=False)
        self.assertEqual((outcome.returncode, outcome.stdout), (0, "packages (core test): nothing is missing\n"), outcome.stderr)

    def test_an_unknown_group_is_a_fault(self):
        self.assertEqual(subprocess.run([ROOT / "scripts" / "install_packages", "cores"], capture_output=True, check=False).returncode, 2)

    def test_without_rights_every_missing_package_is_named(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in {"dpkg-query": "exit 1", "id": "echo 1000"}.items():
                (pathlib.Path(folder) / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
                (pathlib.Path(folder) / name).chmod(0o755)
            for tool in ("bash", "dirname", "env"):
                (pathlib.Path(folder) / tool).symlink_to(f"/usr/bin/{tool}")
            outcome = subprocess.run([ROOT / "scripts" / "install_packages", "core"], capture_output=True, text=True, check=False, env={"PATH": folder})
        self.assertEqual(outcome.returncode, 1)
        for package in [line[0] for line in self.lines() if line[1] == "core"]:
            self.assertIn(package, outcome.stderr)


class RegisteredTests(unittest.TestCase):
    def registered(self, committed):
        """Runs the comparison in a folder with one planted test and the given committed list."""
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "scripts").mkdir()
            (root / "tests").mkdir()
            script = root / "scripts" / "registered_tests"
            script.write_text((ROOT / "scripts" / "registered_tests").read_text(encoding="utf-8"), encoding="utf-8")
            script.chmod(0o755)
            (root / "tests" / "registered_tests.txt").write_text(committed, encoding="utf-8")
            tests = {"tests": [{"name": "planted", "command": ["run_test", "--", "/bin/true"]}]}
            (root / "ctest").write_text(f"#!/bin/sh\ncat <<'E'\n{json.dumps(tests)}\nE\n", encoding="utf-8")
            (root / "ctest").chmod(0o755)
            return subprocess.run([script, "build"], capture_output=True, text=True, check=False, env={**os.environ, "PATH": f"{root}:{os.environ['PATH']}"})

    def test_the_committed_number_is_accepted(self):
        self.assertEqual(self.registered("# 1\nplanted 1\n").returncode, 0)

    def test_a_test_that_was_lost_fails_with_a_hint(self):
        outcome = self.registered("planted 1\nlost 4\n")
        self.assertEqual(outcome.returncode, 1)
        self.assertIn("lost: committed 4, registered none", outcome.stderr)
        self.assertIn("make count", outcome.stderr)

    def test_a_case_that_was_lost_fails(self):
        self.assertIn("planted: committed 2, registered 1", self.registered("planted 2\n").stderr)


if __name__ == "__main__":
    unittest.main()
