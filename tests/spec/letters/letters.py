#!/usr/bin/env python3
"""The letters of small cases, word for word, as HTML and as PDF. --rewrite writes the expected texts anew; read the difference before you commit it.

  letters.py PROGRAM [--rewrite]
"""
import base64
import html
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import cases

HERE = pathlib.Path(__file__).resolve().parent
REWRITE = "--rewrite" in sys.argv
PROGRAM = pathlib.Path(sys.argv[1]).resolve()


def run(*words, day="2024-03-20"):
    return subprocess.run([str(PROGRAM), *map(str, words)], env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "CANDOUR_TODAY": day}, capture_output=True, stdin=subprocess.DEVNULL,
                          timeout=120, check=False)


def write(folder, case):
    folder.mkdir()
    for name, text in case.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def text_of_page(page):
    """What a reader of the page sees between head and foot, a block a line."""
    body = re.search(r"(?s)<main\b[^>]*>(.*)</main>", page).group(1)
    body = re.sub(r"\s+", " ", re.sub(r'(?s)<(\w+) class="hidden">.*?</\1>', "", body))
    body = re.sub(r"<h(\d)>", lambda match: "\n\n" + "#" * int(match.group(1)) + " ", body)
    body = re.sub(r"<li>", "\n- ", body)
    body = re.sub(r"</?(?:p|tr|table|caption|ul|blockquote|address|h\d|div|thead|tbody|br)\b[^>]*>", "\n", body)
    body = re.sub(r"</t[hd]>", " | ", body)
    text = html.unescape(re.sub(r"<[^>]*>", "", body))
    return re.sub(r"\n\s*\n+", "\n", "\n".join(line.strip() for line in text.split("\n"))).strip() + "\n"


def words_of(text):
    return re.findall(r"[A-Za-z0-9£@.,;:'’“”()/\[\]-]+", text)


class Letters(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="candour-letters-")
        self.addCleanup(folder.cleanup)
        self.work = pathlib.Path(folder.name)

    def compare(self, name, page):
        text = text_of_page(page.read_text(encoding="utf-8"))
        golden = HERE / "golden" / f"{name}.txt"
        if REWRITE:
            golden.write_text(text, encoding="utf-8")
        self.assertEqual(text, golden.read_text(encoding="utf-8"), f"{name}: letters.py PROGRAM --rewrite writes it anew")
        return text

    def check_pdf(self, pdf, text):
        """Tags, language and title are there, the file is sound, and it says the same words as the page."""
        info = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
        self.assertRegex(info, r"Tagged:\s+yes")
        self.assertRegex(info, r"Title:\s+\S")
        data = pdf.read_bytes()
        self.assertIn(b"/Lang", data)
        sound = subprocess.run(["qpdf", "--check", str(pdf)], capture_output=True, text=True, check=False)
        self.assertEqual(sound.returncode, 0, sound.stdout + sound.stderr)
        structure = subprocess.run(["pdfinfo", "-struct", str(pdf)], capture_output=True, text=True, check=True).stdout
        self.assertEqual(len(re.findall(r"(?m)^\s*H1\b", structure)), 1)
        tables = len(re.findall(r"(?m)^\s*Table\b", structure))
        self.assertEqual(structure.count("/Scope"), len(re.findall(r"(?m)^\s*TH\b", structure)), "every header cell says what it heads")
        if tables:
            self.assertGreater(structure.count("TH"), 0)
        said = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
        said = said.lower()
        missing = set(words_of(re.sub(r"(?m)^#+ |\|", " ", text.lower()))) - set(words_of(said))
        joined = re.sub(r"\s+", "", said)
        self.assertEqual([word for word in missing if word not in joined and word != "-"], [])

    def test_answers_are_the_golden_ones(self):
        for name, make in cases.ANSWERS.items():
            with self.subTest(name):
                folder = write(self.work / name, make())
                done = run("answer", folder)
                self.assertEqual(done.returncode, 0, done.stderr.decode())
                text = self.compare(name, folder / "out/reply/draft-letter.html")
                self.check_pdf(folder / "out/reply/draft-letter.pdf", text)
                self.assertEqual(run("inspect", *(file for file in (folder / "out/reply").rglob("*") if file.is_file())).returncode, 0)
                account = (folder / "out/private/account.html").read_text(encoding="utf-8")
                self.assertIn("adds up", account)
                self.assertNotIn("unaccounted", account)

    def test_other_letters_are_the_golden_ones(self):
        for name, make in cases.LETTERS.items():
            with self.subTest(name):
                folder = write(self.work / name, make())
                kind = name.rsplit("-", 1)[-1]
                done = run("letter", folder, "--kind", kind, "-o", folder / "letters")
                self.assertEqual(done.returncode, 0, done.stderr.decode())
                text = self.compare("letter-" + name, folder / f"letters/{kind}.html")
                self.check_pdf(folder / f"letters/{kind}.pdf", text)
                first = (folder / f"letters/{kind}.pdf").read_bytes()
                run("letter", folder, "--kind", kind, "-o", folder / "again")
                self.assertEqual(first, (folder / f"again/{kind}.pdf").read_bytes())

    def test_an_extension_after_day_twenty_is_refused(self):
        folder = write(self.work / "late", cases.extension())
        done = run("letter", folder, "--kind", "extension", "-o", folder / "letters", day="2024-04-04")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"expected a day not after day 20, 2024-04-03", done.stderr)
        self.assertFalse((folder / "letters").exists())

    def refuses(self, name, case, *said):
        done = run("answer", write(self.work / name, case))
        self.assertEqual(done.returncode, 2, name)
        for words in said:
            self.assertIn(words, done.stderr.decode(), name)

    def test_what_a_law_does_not_know_is_not_decided_under_it(self):
        def scottish(case, *pairs):
            text = case["case.toml"]
            for old, new in pairs:
                self.assertIn(old, text)
                text = text.replace(old, new)
            return dict(case, **{"case.toml": text})
        self.refuses("other-act", scottish(cases.scotland(), ("FOISA/35(1)(a)", "FOIA/31(1)(a)")), "expected a provision of the Freedom of Information (Scotland) Act 2002")
        self.refuses("late", scottish(cases.scotland(), ("publication_date = 2024-05-10", "publication_date = 2024-05-25")), "expected a day not after 2024-05-24: twelve weeks")
        self.refuses("undated", scottish(cases.scotland(), ("  publication_date = 2024-05-10\n", "")), "Will it be published within twelve weeks of the request?")
        self.refuses("unnamed", scottish(cases.scotland_neither(), (', "FOISA/35(1)(a)"', "")), "section 16(1)(c)", "what would apply to question 1")
        self.refuses("bare-exemption", scottish(cases.scotland_neither(), ('"FOISA/18(1)", ', "")), "question 1 is neither confirmed nor denied and cites section 35(1)(a)")
        self.refuses("no-balance", scottish(cases.scotland(), ("  public_interest = \"Openness", "  interest_of_nobody = \"Openness")), "interest_of_nobody")
        self.refuses("cheap", scottish(cases.scotland_over_the_limit(), ("hours = 20\n", "hours = 10\n")), "a cost above the limit of £600; the case gives £525")
        self.refuses("pending", scottish(cases.extension(), ("review_address", cases.SCOTLAND + "\nreview_address")), "knows no more time for the public interest")
        self.refuses("might", scottish(cases.environment(), ('likelihood = "would"', 'likelihood = "would be likely to"')), "That it might be is not enough.")
        self.refuses("no-limit", scottish(cases.over_the_limit(), ("review_address", cases.ENVIRONMENT + "\nreview_address")), "Environmental Information Regulations 2004 know no cost limit")
        self.refuses("unnamed-exception", scottish(cases.environment(), ("a third of the streets is missing.", "a third is missing, and regulation 12(4)(e) applies too.")),
                     "regulation 12(4)(e) is used and the notice does not name it")
        for kind, case in (("fees", cases.fees()), ("extension", cases.extension())):
            for law in (cases.SCOTLAND, cases.ENVIRONMENT):
                folder = write(self.work / (kind + law[-4:-1]), scottish(case, ("review_address", law + "\nreview_address")))
                done = run("letter", folder, "--kind", kind, "-o", folder / "letters")
                self.assertEqual(done.returncode, 2)
                self.assertIn(b"expected FOIA", done.stderr)

    def test_the_adversary_asks_of_form_of_deaths_and_of_each_balance(self):
        form = cases.form_asked()
        self.refuses("form", dict(form, **{"case.toml": "\n".join(line for line in form["case.toml"].split("\n") if not line.startswith("form_"))}),
                     "seems to ask for paper", "Was a form or format asked for, and if it is not given, why?")
        deaths = cases.ordinary_data()
        died = dict(deaths, **{"case.toml": deaths["case.toml"].replace('label = "arrests"', 'label = "deaths of patients"')})
        self.refuses("deaths", died, "Are the people living?")
        alive = dict(died, **{"case.toml": died["case.toml"].replace('[personal_information]\n', '[personal_information]\nliving = "Withheld is who of the family was there; they are alive."\n')})
        self.assertEqual(run("answer", write(self.work / "alive", alive)).returncode, 0)
        two = cases.all_withheld()
        both = two["case.toml"].replace('["FOIA/31(1)(a)"]', '["FOIA/31(1)(a)", "FOIA/38(1)(b)"]')
        self.refuses("one-balance", dict(two, **{"case.toml": both}), "Is the public interest weighed for each exemption by itself?")

    def test_what_was_not_read_is_asked_of_the_officer_in_the_draft_and_nowhere_else(self):
        folder = write(self.work / "asked", cases.scotland())
        done = run("answer", folder)
        self.assertIn(b"section 38(1)(b) by virtue of section 38(2A)(a)", done.stdout)
        draft = (folder / "out/reply/draft-letter.html").read_text(encoding="utf-8")
        self.assertIn("To be confirmed before this letter goes out", draft)
        for name in ("A", "B"):
            self.assertIn(run("approve", folder, "--as", name, "--role", "preparer" if name == "A" else "approver").returncode, (0, 3))
        self.assertNotIn("To be confirmed", (folder / "out/reply/letter.html").read_text(encoding="utf-8"))
        case = cases.scotland()
        read = '\n[[finding]]\nkind = "provision-read"\nid = "FOISA/38(1)(b)-38(2A)(a)"\ntext = "Read, and it is as the notice says."\nby = "B. Reviewer"\non = 2024-03-05\n'
        folder = write(self.work / "none", dict(case, **{"case.toml": case["case.toml"] + read}))
        self.assertEqual(run("answer", folder).returncode, 0)
        self.assertNotIn("To be confirmed", (folder / "out/reply/draft-letter.html").read_text(encoding="utf-8"))

    def test_an_authority_s_own_wording_is_held_against_the_same_facts(self):
        def worded(key, sentence, case=None):
            case = case or cases.wording()
            wording = "\n".join(f'{key} = "{sentence}"' if line.startswith(key + " =") else line for line in case["wording.toml"].split("\n"))
            self.assertIn(sentence, wording)
            return dict(case, **{"wording.toml": wording})
        planted = {
            "a section that no decision relies on": ("opening", "Most of it is exempt under section 31(1)(a).", "section 31(1)(a) is used and the notice does not name it"),
            "a subsection of another Act": ("closing", "See section 40(3A)(a) of the Data Protection Act 2018.", "is said to be of the Data Protection Act 2018, expected the Freedom of Information Act 2000"),
            "a month that did not run": ("contact", "The operation was staffed in February 2023.", "february 2023 as staffed or running"),
            "a promise": ("footer", "Our figures are guaranteed to be anonymous.", "promises that figures are anonymous"),
            "a figure that nothing bears out": ("opening", "We stopped 4711 people.", "4711"),
        }
        for what, (key, sentence, said) in planted.items():
            with self.subTest(what):
                self.refuses(what, worded(key, sentence), "the authority's wording", said)
                if "4711" in sentence:
                    continue
                folder = write(self.work / (what + " in a letter"), worded(key, sentence))
                done = run("letter", folder, "--kind", "acknowledgement", "-o", folder / "letters")
                self.assertEqual(done.returncode, 2, what)
                self.assertIn(said, done.stderr.decode())
                self.assertFalse((folder / "letters").exists())

    def test_crest_and_signature_go_out_as_they_are_and_nothing_else_does(self):
        case = cases.wording()
        folder = write(self.work / "pictures", case)
        self.assertEqual(run("answer", folder).returncode, 0)
        page = (folder / "out/reply/draft-letter.html").read_text(encoding="utf-8")
        for name in ("crest", "signature"):
            self.assertIn(base64.b64encode(case[name + ".jpg"]).decode(), page)
        self.assertIn('alt="Crest of Small Town Police"', page)
        self.assertIn('alt=""', page)
        listed = subprocess.run(["pdfimages", "-list", str(folder / "out/reply/draft-letter.pdf")], capture_output=True, text=True, check=True).stdout
        self.assertEqual(listed.count(" jpeg "), 2, listed)
        self.assertEqual(run("inspect", folder / "out/reply/draft-letter.pdf", folder / "out/reply/draft-letter.html").returncode, 0)
        self.assertEqual(run("approve", folder, "--as", "A", "--role", "preparer").returncode, 0)
        # Another picture in its place, after the answer was made, is no picture of the authority's.
        (folder / "crest.jpg").write_bytes(case["signature.jpg"])
        self.assertEqual(run("approve", folder, "--as", "B", "--role", "approver").returncode, 3)
        (folder / "crest.jpg").write_bytes(case["crest.jpg"])
        self.assertEqual(run("approve", folder, "--as", "B", "--role", "approver").returncode, 0)

    def test_a_picture_that_hides_something_or_says_nothing_is_refused(self):
        case = cases.wording()
        crest = case["crest.jpg"]
        comment = crest[:2] + b"\xff\xfe\x00\x0asecret!!" + crest[2:]
        camera = crest[:2] + b"\xff\xe1\x00\x0aExif\0\0\0\0" + crest[2:]
        for what, bytes_, said in (("comment", comment, "holds a block COM"), ("camera", camera, "holds a block APP1"), ("tail", crest + b"more", "4 bytes after its end"),
                                   ("png", b"\x89PNG\r\n\x1a\n", "is not a JPEG"), ("large", crest + b"0" * 300000, "expected at most 300000")):
            self.refuses(what, dict(case, **{"crest.jpg": bytes_}), said)
        self.refuses("no text", dict(case, **{"wording.toml": case["wording.toml"].replace('text = "Crest of Small Town Police"\n', "")}), "[crest] in the file of wording has no 'text'")
        self.refuses("no file", dict(case, **{"wording.toml": case["wording.toml"].replace("crest.jpg", "none.jpg")}), "none.jpg")

    def test_units_of_the_estimate_are_a_sealed_statement_or_are_not_shown(self):
        folder = write(self.work / "shown", cases.units_shown())
        self.assertEqual(run("answer", folder).returncode, 0)
        certificate = (folder / "out/private/certificate.json").read_text(encoding="utf-8")
        self.assertIn("rests on 240 paper files, at 5 minutes each", certificate)
        self.assertIn("count_of_question", certificate)
        self.assertEqual(run("verify", folder).returncode, 0)
        done = run("answer", write(self.work / "few", cases.units_shown(3, 600)))
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"shows fewer units than the policy's minimum", done.stderr)

    def test_counts_of_one_go_out_where_the_policy_rests_on_the_finding_and_only_then(self):
        case = cases.no_route()
        folder = write(self.work / "with", case)
        self.assertEqual(run("answer", folder).returncode, 0)
        table = next((folder / "out/public/csv").glob("*.csv")).read_text(encoding="utf-8-sig")
        self.assertRegex(table, r",1,value")
        self.assertNotIn("[c]", table)
        # Without the finding the policy is refused; without the policy the finding contradicts what would be withheld.
        unfounded = dict(case, **{"case.toml": case["case.toml"].replace('id = "national-figures"', 'id = "another"')})
        done = run("answer", write(self.work / "unfounded", unfounded))
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"rests on the finding 'national-figures'", done.stderr)
        bare = dict(case, **{"policy.toml": case["policy.toml"].replace('rests_on_finding = "national-figures"\n', "")})
        done = run("answer", write(self.work / "bare", bare))
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"protects no count, expected one that rests on a finding", done.stderr)
        shipped = dict(case, **{"case.toml": case["case.toml"].replace('[policy]\nfile = "policy.toml"\n', "") + cases.PERSONAL.format(test=cases.CONSENT).split("[personal_information]")[1].join(["[personal_information]", ""])})
        done = run("answer", write(self.work / "shipped", shipped))
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"says that there is no route to a person", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
