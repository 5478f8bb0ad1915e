#!/usr/bin/env python3
"""Every call that changes the disk fails once, the k-th in the k-th run: afterwards each folder of the answer is whole, the old one or the new one, or absent."""
import pathlib
import shutil
import sys
import unittest

from program import CaseTest, digest_of

FOLDERS = ("reply", "public", "private")


class FailingDisk(CaseTest):
    interposer = None

    def states(self):
        return tuple(digest_of(self.out / folder) for folder in FOLDERS)

    def answer_with_failure(self, at):
        calls = self.work / "calls"
        calls.unlink(missing_ok=True)
        done = self.run_program("answer", self.case, environment={
            "LD_PRELOAD": str(self.interposer), "CANDOUR_FAIL_AT": str(at), "CANDOUR_FAIL_BELOW": str(self.case), "CANDOUR_CALLS": str(calls),
            # The sanitizers' library may come second; what has to fail stands before it.
            "ASAN_OPTIONS": "verify_asan_link_order=0:detect_leaks=0"})
        return done, int(calls.read_text(encoding="utf-8"))

    def try_every_call(self, old):
        """Runs with the k-th call failing, for all k; `old` is a folder to start from, or nothing. Gives how many calls there were."""
        self.restore(old)
        done, calls = self.answer_with_failure(0)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        self.assertGreater(calls, 10)
        new, before = self.states(), tuple(digest_of(old / folder) for folder in FOLDERS) if old else (None, None, None)
        self.assertNotEqual(new, before)
        for at in range(1, calls + 1):
            self.restore(old)
            done, _ = self.answer_with_failure(at)
            for folder, state, old_state, new_state in zip(FOLDERS, self.states(), before, new):
                self.assertIn(state, (old_state, new_state), f"call {at} of {calls}: {folder} is neither old nor new")
            self.assertIn(done.returncode, (0, 1), f"call {at} of {calls}: {done.stderr.decode()}")
            if done.returncode == 0:
                self.assertEqual(self.states(), new, f"call {at} of {calls}: said to be done")
            else:
                self.assertIn(b"candour: ", done.stderr)
                self.assertNotIn(b"CANARY", done.stderr + done.stdout)
        return calls

    def restore(self, old):
        shutil.rmtree(self.out, ignore_errors=True)
        if old:
            shutil.copytree(old, self.out)

    def test_with_no_answer_before_each_folder_is_whole_or_absent(self):
        print(f"first answer: each of {self.try_every_call(None)} calls failed once")

    def test_with_an_answer_before_each_folder_is_the_old_or_the_new_one(self):
        records = self.case / "records" / "custody.csv"
        text = records.read_text(encoding="utf-8")
        self.answer()
        old = self.work / "old"
        shutil.copytree(self.out, old)
        # Twelve more arrests, so that the new answer differs from the old one in every folder.
        records.write_text(text + "".join(f"2023-02-{day:02d},CANARY-PERSON-N{day},25,charged,CANARY-NOTE\n" for day in range(1, 13)), encoding="utf-8")
        print(f"answer anew: each of {self.try_every_call(old)} calls failed once")


if __name__ == "__main__":
    CaseTest.program = pathlib.Path(sys.argv.pop(1)).resolve()
    FailingDisk.interposer = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
