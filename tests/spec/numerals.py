#!/usr/bin/env python3
"""Every numeral in public/ and reply/ is a sealed figure or a declared fact.

Sealed figures are the values of the published CSV tables, which `candour verify` compares with the sealed draft. Declared facts stand in the case, the
request, the policy, the law's data and the templates, or are the day of the answer. Anything else is a figure born after the seal, and fails.
"""
import csv
import html
import json
import pathlib
import re
import subprocess
import sys
import unittest
import zipfile

from program import ROOT, CaseTest, files_below

NUMERAL = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])|\d+")
DIGEST = re.compile(r"\b[0-9a-f]{64}\b|\b[0-9a-f]{12,}\b")


def numerals(text):
    return [int(match.replace(",", "")) for match in NUMERAL.findall(DIGEST.sub(" ", text))]


def text_of_html(data):
    text = re.sub(r"(?s)<(style|script)\b.*?</\1>|<!--.*?-->", " ", data.decode("utf-8"))
    # Headings and the names of levels are no numerals of the answer.
    return html.unescape(re.sub(r"<[^>]*>", " ", text))


def texts_of_json(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from texts_of_json(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of_json(inner)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def texts_of_sheet(data_file):
    """What a reader of a workbook sees: shared strings, inline strings and cell values."""
    with zipfile.ZipFile(data_file) as archive:
        for name in archive.namelist():
            if name == "content.xml":
                yield re.sub(r"<[^>]*>", " ", archive.read(name).decode("utf-8"))
            elif name == "xl/sharedStrings.xml":
                yield re.sub(r"<[^>]*>", " ", archive.read(name).decode("utf-8"))
            elif name.startswith("xl/worksheets/sheet"):
                text = archive.read(name).decode("utf-8")
                # A cell of type s is a number of a shared string, not a numeral.
                yield " ".join(value for kind, value in re.findall(r'<c\b([^>]*)>(?:<f>.*?</f>)?<v>([^<]*)</v>', text) if 't="s"' not in kind)
                yield " ".join(re.findall(r"<t\b[^>]*>([^<]*)</t>", text))


def text_of(file):
    data = file.read_bytes()
    if file.suffix == ".html":
        return text_of_html(data)
    if file.suffix == ".json":
        return " ".join(texts_of_json(json.loads(data)))
    if file.suffix == ".pdf":
        return subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True).stdout.decode("utf-8")
    if file.suffix in {".ods", ".xlsx"}:
        return " ".join(texts_of_sheet(file))
    if file.suffix == ".csv":
        return " | ".join(field for row in csv.reader(data.decode("utf-8-sig").splitlines()) for field in row)
    return data.decode("utf-8")


class Numerals(CaseTest):
    def sealed(self):
        """The values of the published tables."""
        values = set()
        for file in sorted((self.out / "public").rglob("*.csv")):
            for row in csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()):
                values.update(numerals(row["value"] or ""))
        self.assertTrue(values)
        return values

    def declared(self):
        """Numbers that somebody wrote down before the records were counted."""
        facts = set(numerals("2024-03-20"))
        sources = [file for file in self.case.rglob("*") if file.suffix in {".toml", ".txt"}]
        sources += list((ROOT / "law").glob("*.csv")) + list((ROOT / "policies").glob("*.toml")) + list((ROOT / "templates").glob("*.html"))
        for file in sources:
            facts.update(numerals(file.read_text(encoding="utf-8")))
        # Bands of ages end one below the next start.
        for line in re.findall(r"starts = \[([^\]]*)\]", (self.case / "case.toml").read_text(encoding="utf-8")):
            facts.update(start - 1 for start in numerals(line))
        # Months between the first and the last of the period.
        facts.update(range(1, 13))
        tables = sum(1 for _ in (self.out / "public").rglob("*.csv"))
        facts.update(range(1, tables + 1))
        # JSON-stat says how many categories of a code list a table shows, and its own version.
        for file in (self.out / "public").glob("*tables.json"):
            for table in json.loads(file.read_text(encoding="utf-8"))["link"]["item"]:
                facts.update(len(dimension["category"]["index"]) for dimension in table["dimension"].values())
        facts.update(numerals("2.0"))
        return facts | self.counted_on_the_page()

    def counted_on_the_page(self):
        """What anybody can count in the published tables: for each question its figures and those withheld, for each table the categories of a level."""
        counts = set()
        for question in json.loads(next((self.out / "public").glob("*entry.json")).read_text(encoding="utf-8"))["questions"]:
            figures = withheld = 0
            for table in question.get("tables", []):
                file = next((self.out / "public" / "csv").glob(f"*{table['name']}.csv"))
                rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
                figures += sum(row["value"] != "" for row in rows)
                withheld += sum(row["status"] in ("confidential", "withheld") for row in rows)
                for column in rows[0]:
                    if column.endswith("_level"):
                        codes = {(row[column], row[column.replace("_level", "_code")]) for row in rows}
                        counts.update(sum(level == one for level, _ in codes) for one in {level for level, _ in codes})
            counts.update((withheld, figures + withheld))
        return counts

    def untraced(self):
        # The entry lists its files with their sizes, which anybody can look up.
        sizes = {len(data) for data in files_below(self.out / "public").values()}
        known = self.sealed() | self.declared()
        found = {}
        for folder in ("public", "reply"):
            for name in files_below(self.out / folder):
                unknown = sorted({number for number in numerals(text_of(self.out / folder / name)) if number not in known and not (name.endswith("entry.json") and number in sizes)})
                if unknown:
                    found[f"{folder}/{name}"] = unknown
        return found

    def test_every_numeral_is_a_sealed_figure_or_a_declared_fact(self):
        self.answer()
        self.assertEqual(self.run_program("verify", self.case).returncode, 0)
        self.assertEqual(self.untraced(), {})

    def test_a_figure_born_after_the_seal_is_found_in_every_kind_of_file(self):
        self.answer()
        stranger = next(number for number in range(7000, 9999) if number not in self.sealed() | self.declared())
        for folder in ("public", "reply"):
            for name in files_below(self.out / folder):
                file = self.out / folder / name
                if file.suffix not in {".html", ".json", ".csv"}:
                    continue
                data = file.read_bytes()
                planted = {".html": data.replace(b"</main>", f"<p>{stranger} more</p></main>".encode()), ".json": data.rstrip()[:-1] + f', "more": {stranger}}}\n'.encode(),
                           ".csv": data + f"{stranger}\n".encode()}[file.suffix]
                self.assertNotEqual(planted, data, name)
                file.write_bytes(planted)
                found = {number for numbers in self.untraced().values() for number in numbers} if file.suffix != ".csv" else set(numerals(text_of(file))) - self.sealed()
                self.assertIn(stranger, found, name)
                file.write_bytes(data)


if __name__ == "__main__":
    CaseTest.program = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
