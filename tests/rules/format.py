"""Every C file has the form, and its includes the order, that .clang-format gives them.

    format.py ROOT CLANG_FORMAT [--write]

--write puts right what differs. What a generator wrote is left as it wrote it.
"""
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile

AREAS = ("include", "proto", "coordinator", "endpoint", "tests")
GENERATED = "GENERATED"  # in its first lines
AT_ONCE = 40  # files for one process
UGLY = '#include "units.h"\n#include <stdio.h>\nint main( void ) { return 0; }\n'


def is_generated(path):
    with path.open(encoding="utf-8") as file:
        return GENERATED in file.read(300)


def sources(root):
    for area in AREAS:
        yield from sorted(path for path in (root / area).rglob("*.[ch]")
                          if "node_modules" not in path.parts and not is_generated(path))


def complaints(root, tool, files, *options):
    """What clang-format says of the files: a line for each place."""
    parts = [files[i:i + AT_ONCE] for i in range(0, len(files), AT_ONCE)]

    def part(some):
        ran = subprocess.run([tool, "--style=file", *options, *some], cwd=root, capture_output=True, text=True,
                             check=False)
        return ran.stderr.replace(f"{root}/", "")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return [line for told in pool.map(part, parts) for line in told.splitlines() if "error:" in line]


def check_itself(root, tool):
    """A file that is in no form at all is found."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "ugly.c")
        path.write_text(UGLY, encoding="utf-8")
        pathlib.Path(folder, ".clang-format").write_bytes((root / ".clang-format").read_bytes())
        return len(complaints(pathlib.Path(folder), tool, [path], "--dry-run", "-Werror")) > 1


def main():
    root, tool = pathlib.Path(sys.argv[1]), sys.argv[2]
    files = list(sources(root))
    if sys.argv[3:] == ["--write"]:
        complaints(root, tool, files, "-i")
    faults = complaints(root, tool, files, "--dry-run", "-Werror")
    if not check_itself(root, tool):
        faults.append(f"{tool} finds nothing wrong with a file that is in no form")
    print("\n".join(faults))
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main())
