"""How long functions and files are: a mirror, with one gate: no function over 100 lines.

    measure.py ROOT

A function is counted from its opening brace to its closing one, both at the left margin.
"""
import pathlib
import statistics
import sys

ROOT = pathlib.Path(sys.argv[1])
AREAS = ("proto", "coordinator", "endpoint", "tests")
FUNCTION_MAX = 100


def functions(path):
    start, name = None, ""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line == "{":
            start = number
        elif line == "}" and start:
            yield number - start + 1, f"{path.relative_to(ROOT)}:{start} {name}"
            start = None
        elif line[:1].isalpha() and "(" in line:
            name = line.split("(")[0].split()[-1].lstrip("*")


def main():
    too_long = []
    print("area          functions median p90 max   files median")
    for area in AREAS:
        files = [path for path in (ROOT / area).rglob("*.c") if "gen" not in path.parts]
        found = sorted(length for path in files for length, _ in functions(path))
        lines = [len(path.read_text().splitlines()) for path in files]
        if found:
            print(f"{area:13} {len(found):9} {statistics.median(found):6.0f} "
                  f"{found[len(found) * 9 // 10]:3} {found[-1]:3}   {len(files):5} "
                  f"{statistics.median(lines):6.0f}")
        too_long += [where for path in files for length, where in functions(path)
                     if length > FUNCTION_MAX]
    print("\n".join(f"over {FUNCTION_MAX} lines: {where}" for where in too_long))
    sys.exit(1 if too_long else 0)


main()
