"""What bench/inspect/run measures; see there."""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
ALLOWED_SECONDS = 2.0
ALLOWED_MEBIBYTES = 50


def one_run(program, file):
    started = time.monotonic()
    process = subprocess.Popen([program, "inspect", file], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, ended, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(ended)
    if process.returncode not in (0, 3):
        sys.exit(f"bench: inspecting {file} ended with {process.returncode}")
    return time.monotonic() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def measure(program, file, repeats):
    one_run(program, file)  # the file is in the cache from here on
    runs = [one_run(program, file) for _ in range(repeats)]
    clock, processor, memory = zip(*runs)
    return clock, processor, max(memory)


def row(name, mebibytes, clock, processor, memory):
    print(f"| {name} | {mebibytes} | {statistics.median(processor):.2f} ({min(processor):.2f}, {max(processor):.2f}) | {statistics.median(clock):.2f} ({min(clock):.2f}, {max(clock):.2f}) "
          f"| {mebibytes / statistics.median(processor):.0f} | {memory:.0f} |", flush=True)


def main():
    words = sys.argv[1:]
    repeats = int(words[words.index("--repeats") + 1]) if "--repeats" in words else 5
    build = words[0] if words and not words[0].startswith("--") else "build/quick"
    program = str(pathlib.Path(build) / "bin" / "candour")
    print("| file | MiB | CPU s (lowest, highest) | clock s (lowest, highest) | MiB a CPU second | peak MiB |\n|---|---|---|---|---|---|")
    fast = True
    with tempfile.TemporaryDirectory(prefix="candour-bench-") as folder:
        for mebibytes in (50, 200):
            file = str(pathlib.Path(folder) / f"sheet-{mebibytes}.xlsx")
            subprocess.run([sys.executable, HERE / "make_sheet", str(mebibytes), file], check=True)
            clock, processor, memory = measure(program, file, repeats)
            row("XLSX, one sheet", mebibytes, clock, processor, memory)
            fast = fast and (mebibytes != ALLOWED_MEBIBYTES or statistics.median(processor) < ALLOWED_SECONDS)
        genuine = HERE.parent.parent.parent / "shared/bench/real/use-of-force"
        genuine = pathlib.Path(os.environ["CANDOUR_SHARED"]) / "bench/real/use-of-force" if "CANDOUR_SHARED" in os.environ else genuine
        for file in sorted(genuine.glob("*.ods")):
            expanded = sum(entry.file_size for entry in zipfile.ZipFile(file).infolist())
            row("ODS, the genuine one", round(expanded / 2**20, 1), *measure(program, str(file), repeats))
    print(f"{ALLOWED_MEBIBYTES} MiB of sheet XML in under {ALLOWED_SECONDS:.0f} s of one core: {'yes' if fast else 'NO'}")
    sys.exit(0 if fast else 1)


main()
