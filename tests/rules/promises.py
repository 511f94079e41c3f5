"""Each test that docs/security.md names is there: a promise without its test is none.

    promises.py ROOT CTEST_FOLDER
"""
import pathlib
import re
import subprocess
import sys

ROOT, BUILT = pathlib.Path(sys.argv[1]), sys.argv[2]


def tests_there():
    listed = subprocess.run(["ctest", "--test-dir", BUILT, "-N"], check=True, capture_output=True,
                            text=True).stdout
    return set(re.findall(r"Test +#\d+: (\S+)", listed))


def main():
    there = tests_there()
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:(?:unit|integration|rules|faults)\.|browser_)\w+)`", text)
    faults = [f"docs/security.md: no test {name}" for name in named
              if name not in there and name not in ("unit.x", "integration.x")]
    faults += [f"docs/security.md: no {path}" for path in re.findall(r"`(tests/[\w/.]+)`", text)
               if not (ROOT / path).exists()]
    faults += [f"docs/security.md: no fuzz target {name}" for name in
               re.findall(r"`tests/fuzz` (\w+)", text) if not (ROOT / f"tests/fuzz/{name}.c").exists()]
    faults += [f"{source}: no {link}" for source in ("docs/security.md", "SECURITY.md", "README.md")
               for link in re.findall(r"\]\(([^)#:]+)", (ROOT / source).read_text(encoding="utf-8"))
               if not ((ROOT / source).parent / link).exists()]
    print("\n".join(faults))
    sys.exit(1 if faults or len(named) < 30 else 0)


main()
