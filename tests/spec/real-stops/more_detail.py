#!/usr/bin/env python3
"""The answer that the search finds tells more than each answer that an officer would make by hand, by one measure, and the attack finds nothing in it."""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
SHARED = HERE.parents[3] / "shared"


class MoreDetail(unittest.TestCase):
    program = None
    twin = False

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory(prefix="candour-detail-") as folder:
            case = pathlib.Path(folder).resolve() / "case"
            if cls.twin:
                subprocess.run([sys.executable, ROOT / "bench/plans/make_twin", case], check=True)
            else:
                shutil.copytree(HERE, case)
                settings = case / "case.toml"
                settings.write_text(settings.read_text(encoding="utf-8").replace("../../../../shared", str(SHARED)), encoding="utf-8")
            done = subprocess.run([cls.program, case, "month", "month=quarter,age=age range"], env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "CANDOUR_TODAY": "2019-04-10"},
                                  capture_output=True, timeout=800, check=True)
        cls.answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
        print("\n".join(f"{a['detail_per_cent']:5.1f} % {a['answer']}, {a['leaks_found']} leaks, {a['cpu_seconds']} s" for a in cls.answers))

    def test_nothing_is_found_in_the_answer(self):
        self.assertEqual(self.answers[-1]["leaks_found"], 0)

    def test_it_tells_more_than_every_other_that_gives_nobody_away(self):
        ours = self.answers[-1]["detail_per_cent"]
        for other in self.answers[:-1]:
            if other["leaks_found"] == 0:
                self.assertGreater(ours, other["detail_per_cent"], other["answer"])

    def test_it_tells_more_than_one_table_and_than_the_full_cross_with_all_counts_under_five_hidden(self):
        ours = self.answers[-1]["detail_per_cent"]
        for other in self.answers[:3]:
            self.assertGreater(ours, other["detail_per_cent"], other["answer"])

    def test_the_full_cross_with_noughts_shown_gives_people_away(self):
        self.assertGreater(self.answers[3]["leaks_found"], 0)


if __name__ == "__main__":
    MoreDetail.program = pathlib.Path(sys.argv.pop(1)).resolve()
    MoreDetail.twin = "--twin" in sys.argv
    sys.argv = [argument for argument in sys.argv if argument != "--twin"]
    unittest.main()
