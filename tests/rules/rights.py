"""The board's table of rights is that of the core.

    rights.py ROOT PROGRAM [--write]

PROGRAM is built from rights.c and prints what the table has to be; --write puts it there.
"""
import difflib
import pathlib
import subprocess
import sys

TABLE = pathlib.Path(sys.argv[1]) / "coordinator/board/src/domain/rights_table.ts"


def main():
    printed = subprocess.run([sys.argv[2]], capture_output=True, text=True, check=True).stdout
    if sys.argv[3:] == ["--write"]:
        TABLE.write_text(printed)
    stands = TABLE.read_text()
    print("".join(difflib.unified_diff(stands.splitlines(True), printed.splitlines(True),
                                       TABLE.name, "what coordinator/meeting/rights.c says")))
    sys.exit(0 if printed and stands == printed else 1)


main()
