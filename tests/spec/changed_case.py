"""A case whose policy lets figures be changed: one count below five, so that the full cross cannot be exact. Shared by the tests of rounded and noisy answers."""
import csv
import io
import re
import shutil

from program import ROOT, CaseTest, files_below

AGES = (16, 25, 40)
BANDS = ("Under 18", "18 to 29", "30 and over")
COUNTS = {"2023-01": (3, 12, 9), "2023-02": (8, 11, 14), "2023-03": (7, 9, 12), "2023-05": (6, 13, 11), "2023-06": (9, 8, 16)}
MONTHS = {"2023-01": "January 2023", "2023-02": "February 2023", "2023-03": "March 2023", "2023-05": "May 2023", "2023-06": "June 2023"}


def permit(case, words):
    policy = (ROOT / "policies" / "default.toml").read_text(encoding="utf-8")
    (case / "policy.toml").write_text(policy.replace("most_plans", words + "most_plans", 1), encoding="utf-8")


def rows_below(folder):
    rows = []
    for name, data in files_below(folder).items():
        if name.endswith(".csv"):
            rows += list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    return rows


class ChangedCase(CaseTest):
    key = 1
    treatment = ""  # lines of the policy

    def setUp(self):
        super().setUp()
        lines = ["date,person,age,disposal,note"]
        for month, counts in COUNTS.items():
            for age, count in zip(AGES, counts):
                lines += [f"{month}-01,P-{month}-{age}-{i},{age},charged," for i in range(count)]
        (self.case / "records" / "custody.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.settings = self.case / "case.toml"
        text = self.settings.read_text(encoding="utf-8")
        text = re.sub(r'\[\[question\]\]\nnumber = "2".*?(?=\n\[\[question\]\])', "", text, flags=re.DOTALL)
        self.settings.write_text(text + '\n[policy]\nfile = "policy.toml"\nkey_file = "authority.key"\n', encoding="utf-8")
        letter = self.case / "request.txt"
        letter.write_text("".join(line for line in letter.read_text(encoding="utf-8").splitlines(keepends=True) if not line.startswith("2")), encoding="utf-8")
        (self.case / "authority.key").write_bytes(bytes([self.key]) * 32)
        self.permit(self.treatment)

    def permit(self, words):
        permit(self.case, words)

    def rows(self, case=None):
        return rows_below((case or self.case) / "out" / "reply")

    def changed(self, status, case=None):
        """The figures with that status, by month and age."""
        found = {}
        for row in self.rows(case):
            if status in row.values():
                figure = next(value for name, value in row.items() if name not in ("month", "age") and value.isdigit())
                found[(row["month"], row["age"])] = int(figure)
        return found

    def another_case(self, reference, **replaced):
        """The same records and rules under another reference; words of the case file may be replaced."""
        other = self.work / reference
        shutil.copytree(self.case, other, ignore=shutil.ignore_patterns("out", "journal*"))
        text = (other / "case.toml").read_text(encoding="utf-8").replace('"SMALL-1"', f'"{reference}"')
        for old, new in replaced.values():
            self.assertIn(old, text)
            text = text.replace(old, new)
        (other / "case.toml").write_text(text, encoding="utf-8")
        return other

    def answer_case(self, case, *words, expected_status=0):
        done = self.run_program("answer", case, *words)
        self.assertEqual(done.returncode, expected_status, done.stderr.decode())
        return done

    def done(self, *words):
        done = self.run_program(*words)
        self.assertEqual(done.returncode, 0, done.stderr.decode() + done.stdout.decode())
        return done.stdout.decode()

    def approve_and_register(self, case, register):
        for person, role in (("A. Preparer", "preparer"), ("B. Approver", "approver")):
            self.done("approve", case, "--as", person, "--role", role, "--register", register)
        return self.done("register", "add", case, "--register", register)
