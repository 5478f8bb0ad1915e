#!/usr/bin/env python3
"""Everything that was asked for, and everything that was decided about it, deleted in turn from the example's case: each time status 2, and the fault is named.

  deletions.py PROGRAM GENERATOR
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM, GENERATOR = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
EXAMPLE = pathlib.Path(__file__).resolve().parents[3] / "examples/operation-alder"

# Parts of the case that decide something about what was asked.
DECIDING = ("question.decision", "question.coverage", "question.alternative", "question.held", "did_not_run", "finding", "cost", "personal_information")
# Keys and parts that the law does not ask for: a case without them is complete.
NOT_ASKED = {("question.decision", "publication_date"),  # section 22 needs no day
             ("question.held", "last_changed"), ("cost", "sample"), ("cost", "period"), ("cost", None, "considering-exemptions"), ("finding", None, "children")}
# Keys of the question itself that answer something of it.
OF_THE_QUESTION = ("asks_for", "text", "population", "counted", "holding", "by", "branch", "branch_because", "branch_by", "answered_only_for", "answered_only_because", "document")


def parts_of(text):
    """(name, first line, line after the last, [(key, first line, line after)]) for every table of the file, in order."""
    lines = text.split("\n")
    parts = []
    for number, line in enumerate(lines):
        header = re.match(r"\s*\[\[?([a-z_.]+)\]\]?\s*(#.*)?$", line)
        if header:
            if parts:
                parts[-1][2] = number
            parts.append([header.group(1), number, len(lines), []])
            continue
        key = re.match(r"\s*([a-z_]+) = ", line)
        if key and parts:
            last = number + 1
            if line.rstrip().endswith("["):
                while lines[last - 1].strip() != "]":
                    last += 1
            if line.count('"""') == 1:
                while '"""' not in lines[last]:
                    last += 1
                last += 1
            parts[-1][3].append((key.group(1), number, last))
    return lines, parts


def without(lines, first, last):
    return "\n".join(lines[:first] + lines[last:])


class ExampleTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="candour-deletions-")
        cls.case = pathlib.Path(cls.folder.name) / "case"
        cls.case.mkdir()
        for name in ("case.toml", "request.txt", "requester.toml", "authority.toml"):
            shutil.copy(EXAMPLE / name, cls.case / name)
        policy = (EXAMPLE.parents[1] / "policies/default.toml").read_text(encoding="utf-8")
        (cls.case / "policy.toml").write_text(re.sub(r"(?m)^most_plans = \d+", "most_plans = 1", policy), encoding="utf-8")
        subprocess.run([str(GENERATOR), "--seed", "1", "--out", str(cls.case / "records")], check=True, capture_output=True)
        cls.text = (cls.case / "case.toml").read_text(encoding="utf-8")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def refuses(self, what, case, names):
        """Status 2, and one of the names stands in what it says."""
        (self.case / "case.toml").write_text(case, encoding="utf-8")
        done = subprocess.run([str(PROGRAM), "answer", str(self.case)], env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "CANDOUR_TODAY": "2024-05-08"}, capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=300, check=False)
        said = done.stderr.decode()
        with self.subTest(what):
            self.assertEqual(done.returncode, 2, f"{what}: {said}")
            self.assertTrue(any(name in said for name in names), f"{what} is not named in: {said}")
            self.assertFalse((self.case / "out").exists())
        shutil.rmtree(self.case / "out", ignore_errors=True)


class Deletions(ExampleTest):
    def elements(self):
        lines, parts = parts_of(self.text)
        number = None
        for index, (name, first, last, keys) in enumerate(parts):
            value = {key: "\n".join(lines[a:b]).split("=", 1)[1].strip().strip('"') for key, a, b in keys}
            if name == "question":
                number = value["number"]
                end = next((part[1] for part in parts[index + 1:] if not part[0].startswith("question.")), len(lines))
                end = next((part[1] for part in parts[index + 1:] if part[0] == "question" or not part[0].startswith("question.")), end)
                yield f"question {number}", without(lines, first, end), [f"question {number}", f"question '{number}'", f"'{number}'"]
                for key, a, b in keys:
                    if key in OF_THE_QUESTION:
                        yield f"question {number}, {key}", without(lines, a, b), [f"'{key}'", key]
                for variable in re.findall(r'"([a-z]+)"', value.get("by", "")):
                    a = next(a for key, a, b in keys if key == "by")
                    fewer = re.sub(rf'"{variable}"(, )?', "", lines[a]).replace(", ]", "]")
                    yield f"question {number}, by {variable}", "\n".join(lines[:a] + [fewer] + lines[a + 1:]), [f"'{variable}'"]
            if name not in DECIDING:
                continue
            kind = value.get("kind") or value.get("activity")
            place = f"question {number}, {name}" if name.startswith("question.") else name
            wanted = {"question.decision": [f"question {number}"], "question.coverage": [f"question {number}", f"question '{number}'"], "question.alternative": [f"question {number}"], "question.held": [f"question {number}"],
                      "did_not_run": ["[[did_not_run]]"], "finding": [kind or "", "acceptance"], "cost": ["[[cost]]", "sum"], "personal_information": ["[personal_information]", "personal_information"]}
            if (name, None, kind) not in NOT_ASKED:
                # That nothing says why figures are withheld shows when some are: after the search, of which one plan is enough here.
                shorter = '\n[policy]\nfile = "policy.toml"\n' if name == "personal_information" else ""
                yield f"{place} {kind or ''}", without(lines, first, last) + shorter, wanted[name]
            for key, a, b in keys:
                # What tells which one it is goes with the whole; a question of a finding widens it to all, which a person may find.
                if (name, key) in NOT_ASKED or (name, None, kind) in NOT_ASKED or (name, key) == ("finding", "question"):
                    continue
                yield f"{place} {kind or ''}, {key}", without(lines, a, b), [key]
        for key in ("cost_scope_quote", "advice", "answered_by", "received", "subject", "reference", "review_address"):
            found = next((a, b) for part in parts for each, a, b in part[3] if each == key)
            yield key, without(lines, *found), [key]

    def test_the_case_as_it_stands_is_answered(self):
        (self.case / "case.toml").write_text(self.text, encoding="utf-8")
        done = subprocess.run([str(PROGRAM), "clock", str(self.case)], env={"PATH": "/usr/bin:/bin", "CANDOUR_TODAY": "2024-05-08"}, capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr.decode())

    def test_each_element_deleted_in_turn_is_named(self):
        elements = list(self.elements())
        self.assertGreater(len(elements), 100)
        for what, case, names in elements:
            self.refuses(what, case, names)
        print(f"{len(elements)} deletions, each refused and named", file=sys.stderr)


class Contradictions(ExampleTest):
    """Planted in turn, each is found."""

    def test_each_planted_contradiction_is_found(self):
        def changed(old, new):
            self.assertIn(old, self.text)
            return self.text.replace(old, new, 1)
        planted = {
            "a month both staffed and not run": (changed('first = "2022-03"\nlast = "2023-05"', 'first = "2022-03"\nlast = "2023-07"'), "staffed and not to have run in 2023-06"),
            "a month said to be staffed in a sentence": (changed("Officers counted everybody whom they met, each time that they met them.", "The operation was staffed in July 2023."), "july 2023 as staffed or running"),
            "a draft called not held": (changed('outcome = "intended-for-publication"', 'outcome = "not-held"'), "a draft is recorded information"),
            "a draft spoken of and called not held": (re.sub(r'\n  \[\[question.held\]\].*?(?=\n  \[question.decision\])', "", changed('outcome = "intended-for-publication"', 'outcome = "not-held"').replace('provisions = ["FOIA/22(1)"]\n', ""), flags=re.S).replace('reason = "An assessment is held as a draft.', 'reason = "There is a draft.'), "reason speaks of a draft"),
            "a provision used and not named": (changed("An assessment is held as a draft.", "An assessment is held as a draft, and section 36(2)(b) applies to it."), "section 36(2)(b) is used and the notice does not name it"),
            "a subsection of another Act": (changed("An assessment is held as a draft.", "An assessment is held as a draft; see section 40(3A)(a) of the Data Protection Act 2018."), "section 40(3A)(a) is said to be of the Data Protection Act 2018, expected the Freedom of Information Act 2000"),
            "subsections of another Act, as a published letter had them": (changed("An assessment is held as a draft.", "An assessment is held as a draft; see subsections 3(A), 3(B) and 4(A) of the Data Protection Act 2018."), "subsection (3A) is said to be of"),
            "a bare threshold as the route": (re.sub(r'route = ".*"', 'route = "The counts are below 5 and could identify individuals, so they are withheld."', self.text), "a route by which somebody would be identified"),
            "a refused certificate as the route": (re.sub(r'route = ".*"', 'route = "Candour refused the certificate for finer figures about people on this road."', self.text), "a route by which somebody would be identified"),
            "a refused certificate as the reason": (changed("An assessment is held as a draft.", "The program does not certify the assessment."), "not an exemption"),
            "an intention after the request": (changed("intended_since = 2024-03-11", "intended_since = 2024-04-20"), "Was publication intended before the request came in?"),
            "a promise": (changed("The operation works on one road. Those", "The coarser figures are guaranteed to be anonymous. Those"), "promises that figures are anonymous"),
            "hours that are not units times minutes": (changed("minutes = 5", "minutes = 5\nhours = 20"), "expected 27.5"),
            "an estimate within the limit": (changed("units = 330", "units = 120"), "a cost above the limit"),
            "figures of periods that a question does not have": (changed('first = "2021-10"\n  last = "2022-04"', 'first = "2022-04"\n  last = "2021-10"'), "expected the last period after the first"),
        }
        for what, (case, sentence) in planted.items():
            self.refuses(what, case, [sentence])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
