#!/usr/bin/env python3
"""Ctrl-C while a case is being answered: the best plan certified so far goes out whole, said to be that; a second answer without it is another one."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "CANDOUR_TODAY": "2019-04-10"}
ENVIRONMENT.update({name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")})


def files_in(folder):
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


class AnswerStopsEarly(unittest.TestCase):
    program = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="candour-stop-")
        self.case = pathlib.Path(self.folder.name).resolve() / "case"
        subprocess.run([sys.executable, ROOT / "bench/plans/make_twin", self.case], check=True)

    def tearDown(self):
        self.folder.cleanup()

    def answer_stopped_after(self, processor_seconds):
        """Waits by processor time, so that a busy machine stops it at the same place as an idle one."""
        running = subprocess.Popen([self.program, "answer", self.case], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        while self.used_by(running.pid) < processor_seconds:
            self.assertIsNone(running.poll(), "the case was answered before anybody could stop it")
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        output, errors = running.communicate(timeout=600)
        return running.returncode, output.decode(), errors.decode()

    @staticmethod
    def used_by(process):
        fields = pathlib.Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def test_the_best_plan_so_far_goes_out_whole_and_its_certificate_holds(self):
        status, output, errors = self.answer_stopped_after(0.3)
        self.assertIn(status, (0, 3), errors)
        self.assertIn("stopped early: the answer is the best that was certified so far", output)
        out = self.case / "out"
        self.assertEqual({entry.name for entry in out.iterdir() if entry.is_dir()}, {"reply", "public", "private"})
        self.assertIn("certificate.json", files_in(out / "private"))
        self.assertIn("draft-answer.html", files_in(out / "public"))
        self.assertFalse([name for name in files_in(out) if name.endswith((".tmp", ".part"))])
        plans = json.loads((out / "private" / "plans.json").read_text(encoding="utf-8"))
        self.assertTrue(plans["populations"][0]["stopped"])
        verified = subprocess.run([self.program, "verify", self.case], env=ENVIRONMENT, capture_output=True, stdin=subprocess.DEVNULL, timeout=600, check=False)
        self.assertEqual(verified.returncode, 0, verified.stdout.decode() + verified.stderr.decode())


if __name__ == "__main__":
    AnswerStopsEarly.program = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
