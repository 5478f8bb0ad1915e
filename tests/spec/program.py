"""Running the program on a case in a folder of its own: shared by the tests of this folder."""
import hashlib
import io
import os
import pathlib
import re
import shutil
import stat
import subprocess
import tempfile
import unittest
import zipfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def bytes_inside(data):
    """A file's bytes, and those of everything packed inside it: members of zip archives, compressed streams of PDF."""
    yield data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from bytes_inside(archive.read(name))
    if data[:5] == b"%PDF-":
        for match in re.finditer(rb"stream\r?\n", data):
            try:
                yield zlib.decompressobj().decompress(data[match.end():])
            except zlib.error:
                continue


def files_below(folder):
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def digest_of(folder):
    """One digest for everything below a folder, or nothing where it does not exist."""
    if not folder.exists():
        return None
    digest = hashlib.sha256()
    for name, data in files_below(folder).items():
        digest.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
    return digest.hexdigest()


class CaseTest(unittest.TestCase):
    """A copy of a case and a program to run on it. `program` is set by the script from its command line."""
    program = None
    case_name = "small"
    today = "2024-03-20"

    def setUp(self):
        # Memory in place of a disk where there is some: a file made durable there costs nothing.
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        folder = tempfile.TemporaryDirectory(prefix="candour-case-", dir=memory)
        self.addCleanup(folder.cleanup)
        self.work = pathlib.Path(folder.name).resolve()
        self.case = self.work / "case"
        shutil.copytree(HERE / self.case_name, self.case)
        self.out = self.case / "out"

    def run_program(self, *words, environment=None):
        settings = {"PATH": "/usr/bin:/bin", "HOME": str(self.work), "LANG": "C.UTF-8", "CANDOUR_TODAY": self.today}
        settings.update({name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")})
        settings.update(environment or {})
        return subprocess.run([str(self.program), *map(str, words)], cwd=self.work, env=settings, capture_output=True, stdin=subprocess.DEVNULL, timeout=300, check=False)

    def answer(self, expected_status=0, environment=None):
        done = self.run_program("answer", self.case, environment=environment)
        self.assertEqual(done.returncode, expected_status, done.stderr.decode())
        return done

    def mode_of(self, path):
        return stat.S_IMODE(path.stat().st_mode)
