#!/usr/bin/env python3
"""Inspects files that are much larger than the memory it may take, and measures the most that the program held at any time.

  large_files.py PROGRAM MEBIBYTES [--sanitized]

The files are written as streams, one block of rows again and again: rows and cells without an address stand where the one before ends.
With --sanitized (the memory is then the sanitizer's) only the outcome is compared.
"""
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
MOST_MEBIBYTES = 256
BLOCK = 1 << 20


def block_of(piece):
    """About one MiB of pieces that differ, so that they do not pack better than real tables do."""
    chance, out, size = random.Random(20260301), [], 0
    while size < BLOCK:
        out.append(piece(chance))
        size += len(out[-1])
    return "".join(out).encode()


def write_long_entry(archive, name, head, block, tail, mebibytes):
    with archive.open(name, "w", force_zip64=False) as entry:
        entry.write(head.encode())
        for _ in range(mebibytes * BLOCK // len(block)):
            entry.write(block)
        entry.write(tail.encode())


def relationships(*rows):
    inside = "".join(f'<Relationship Id="{name}" Type="{LINKS}/{kind}" Target="{target}"/>' for name, kind, target in rows)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def workbook(file, mebibytes, sheet_block=None, texts_block=None):
    """A workbook of which one part is long: the sheet or the shared texts."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>')
        archive.writestr("_rels/.rels", relationships(("r1", "officeDocument", "xl/workbook.xml")))
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="Table 1" sheetId="1" r:id="r1"/></sheets></workbook>')
        links = [("r1", "worksheet", "sheet.xml")] + ([("r2", "sharedStrings", "texts.xml")] if texts_block else [])
        archive.writestr("xl/_rels/workbook.xml.rels", relationships(*links))
        head, tail = f'<worksheet xmlns="{MAIN}"><sheetData>', "</sheetData></worksheet>"
        write_long_entry(archive, "xl/sheet.xml", head, sheet_block or b"<row><c><v>1</v></c></row>", tail, mebibytes if sheet_block else 0)
        if texts_block:
            write_long_entry(archive, "xl/texts.xml", f'<sst xmlns="{MAIN}">', texts_block, "</sst>", mebibytes)


def spreadsheet(file, mebibytes, block):
    names = " ".join(f'xmlns:{short}="{OFFICE}:{short}:1.0"' for short in ("office", "table", "text"))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{OFFICE}:manifest:1.0"><m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>')
        head = f'<office:document-content {names}><office:body><office:spreadsheet><table:table table:name="T"><table:table-column table:number-columns-repeated="4"/>'
        write_long_entry(archive, "content.xml", head, block, "</table:table></office:spreadsheet></office:body></office:document-content>", mebibytes)


def sheet_row(chance, attributes=""):
    cells = "".join(f"<c><v>{chance.randrange(100000)}</v></c>" for _ in range(6))
    return f'<row{attributes}>{cells}<c t="inlineStr"><is><t>category {chance.randrange(1000)}</t></is></c></row>'


def opendocument_row(chance):
    number = chance.randrange(100000)
    return (f'<table:table-row><table:table-cell office:value-type="float" office:value="{number}"><text:p>{number}</text:p></table:table-cell>'
            f'<table:table-cell office:value-type="string"><text:p>category {number}</text:p></table:table-cell></table:table-row>')


class LargeFiles(unittest.TestCase):
    program, mebibytes, sanitized = "", 0, False

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="candour-large-")
        self.addCleanup(self.folder.cleanup)
        self.file = pathlib.Path(self.folder.name) / "file"

    def inspect(self, status, *words):
        out = pathlib.Path(self.folder.name) / "said"
        with open(out, "wb") as said:
            process = subprocess.Popen([self.program, "inspect", str(self.file)], stdout=said, stderr=subprocess.STDOUT)
            _, ended, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(ended)
        said = out.read_text(encoding="utf-8")
        self.assertEqual(process.returncode, status, said[:2000])
        for word in words:
            self.assertIn(word, said)
        peak = used.ru_maxrss / 1024
        print(f"{self.id().split('.')[-1]}: {self.mebibytes} MiB of XML, {used.ru_utime + used.ru_stime:.1f} s of processor time, at most {peak:.0f} MiB of memory", flush=True)
        if not self.sanitized:
            self.assertLess(peak, MOST_MEBIBYTES)

    def test_a_sheet(self):
        workbook(self.file, self.mebibytes, sheet_block=block_of(sheet_row))
        self.inspect(0, "clean (XLSX)")

    def test_a_sheet_of_hidden_rows(self):
        workbook(self.file, self.mebibytes, sheet_block=block_of(lambda chance: sheet_row(chance, chance.choice(("", ' hidden="1"')))))
        self.inspect(3, "hidden_row")

    def test_shared_texts(self):
        """More than are kept: the outcome says so, and the memory stays where it was."""
        workbook(self.file, self.mebibytes, texts_block=block_of(lambda chance: f"<si><t>{chance.getrandbits(60)}</t></si>"))
        self.inspect(3, "unused_string", *(("not inspected",) if self.mebibytes > 200 else ()))

    def test_short_shared_texts(self):
        workbook(self.file, self.mebibytes, texts_block=block_of(lambda chance: f"<si><t>{chance.randrange(10)}</t></si>"))
        self.inspect(3, "unused_string")

    def test_an_opendocument_sheet(self):
        spreadsheet(self.file, self.mebibytes, block_of(opendocument_row))
        self.inspect(0, "clean (ODS)")

    def test_a_table_in_text(self):
        block = block_of(lambda chance: f"category {chance.randrange(1000)},{chance.randrange(100000)}\n")
        with open(self.file, "wb") as file:
            file.write(b"category,count\n")
            for _ in range(self.mebibytes):
                file.write(block)
        self.inspect(0, "clean (CSV)")


if __name__ == "__main__":
    LargeFiles.program, LargeFiles.mebibytes, LargeFiles.sanitized = sys.argv[1], int(sys.argv[2]), "--sanitized" in sys.argv
    unittest.main(argv=sys.argv[:1])
