#!/usr/bin/env python3
"""LibreOffice opens both workbooks of an answer and gives back what the CSV files say; Candour's own inspection finds nothing in them; JSON-stat says the same.

  sheets.py PROGRAM
"""
import csv
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import cases

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
# One CSV file a sheet, UTF-8, values as they are shown in the cell's own precision.
FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
SYMBOLS = {"confidential": "[c]", "did-not-run": "[z]", "not-recorded": "[x]", "over-cost-limit": "[x]", "not-held": "[x]", "withheld": "[c]"}


class Sheets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="candour-sheets-")
        work = pathlib.Path(cls.folder.name)
        case = work / "case"
        case.mkdir()
        files = cases.offence_data()
        files["case.toml"] += '\n[[did_not_run]]\nfirst = "2023-04"\nlast = "2023-04"\nreason = "There were no officers for it."\n'
        for name, text in files.items():
            (case / name).write_text(text, encoding="utf-8")
        environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "CANDOUR_TODAY": "2024-03-20", "HOME": str(work)}
        done = subprocess.run([str(PROGRAM), "answer", str(case)], env=environment, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        cls.public = case / "out/public"
        cls.opened = work / "opened"
        # Names of their own, since the form is not part of what LibreOffice writes.
        for form in ("ods", "xlsx"):
            shutil.copy(cls.public / f"draft-tables.{form}", work / f"{form}-book.{form}")
        subprocess.run(["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", FILTER, "--outdir", str(cls.opened),
                        str(work / "ods-book.ods"), str(work / "xlsx-book.xlsx")], env=environment, capture_output=True, timeout=300, check=True)
        inspected = subprocess.run([str(PROGRAM), "inspect", *(str(file) for file in cls.public.rglob("*") if file.is_file()), "--json"], env=environment, capture_output=True, check=False)
        cls.inspected = inspected

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def tables(self):
        """For each table its cells in order: the figure, or the symbol in place of one."""
        for file in sorted((self.public / "csv").glob("*.csv")):
            rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
            yield file.name, [row["value"] or SYMBOLS[row["status"]] for row in rows]

    def cells_of_sheet(self, form, number):
        """The cells of a sheet's table, row by row, without the headings: it begins with the first row that has more than one cell."""
        rows = list(csv.reader((self.opened / f"{form}-book-Table {number}.csv").read_text(encoding="utf-8").splitlines()))
        start = next(index for index, row in enumerate(rows) if len([cell for cell in row if cell]) > 1)
        return [cell.replace(",", "") for row in rows[start + 1:] for cell in row[1:]]

    def test_libreoffice_reads_equal_values_from_both(self):
        tables = list(self.tables())
        self.assertTrue(tables)
        for form in ("ods", "xlsx"):
            sheets = sorted(file.name for file in self.opened.glob(f"{form}-book-*.csv"))
            self.assertEqual(sheets, sorted(f"{form}-book-{name}.csv" for name in ["Cover", "Contents", "Notes", *(f"Table {i + 1}" for i in range(len(tables)))]))
            opened = [self.cells_of_sheet(form, number + 1) for number in range(len(tables))]
            self.assertEqual(sorted(opened), sorted(cells for _, cells in tables), form)

    def test_our_own_inspection_finds_nothing(self):
        self.assertEqual(self.inspected.returncode, 0, self.inspected.stdout.decode())

    def test_json_stat_says_the_same(self):
        document = json.loads((self.public / "draft-tables.json").read_text(encoding="utf-8"))
        self.assertEqual((document["version"], document["class"]), ("2.0", "collection"))
        sets = {item["extension"]["name"]: item for item in document["link"]["item"]}
        for name, cells in self.tables():
            item = sets[name.removeprefix("draft-").removesuffix(".csv")]
            size = 1
            for count, dimension in zip(item["size"], item["id"]):
                self.assertEqual(count, len(item["dimension"][dimension]["category"]["index"]))
                self.assertEqual(set(item["dimension"][dimension]["category"]["index"]), set(item["dimension"][dimension]["category"]["label"]))
                size *= count
            self.assertEqual(size, len(item["value"]))
            self.assertEqual([str(value) if value is not None else SYMBOLS[status] for value, status in zip(item["value"], item["status"])], cells)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
