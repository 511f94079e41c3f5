"""docs/glossary.md: each word once and in order, in both languages, and every name in it exists.

    glossary.py ROOT
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
PAGE = ROOT / "docs/glossary.md"
AREAS = ("coordinator", "endpoint", "include", "proto")


def rows():
    """(section, cells) of every table row."""
    section = ""
    for line in PAGE.read_text().splitlines():
        if line.startswith("## "):
            section = line[3:]
        elif line.startswith("|") and not line.startswith(("| word ", "|---")):
            yield section, [cell.strip() for cell in line.strip("|").split("|")]


def exists(name, text):
    if "/" in name:
        return (ROOT / name).exists()
    return re.search(rf"\b{re.escape(name.split()[-1])}\b", text) is not None


def faults():
    text = "".join(path.read_text() for area in AREAS for path in (ROOT / area).rglob("*")
                   if path.suffix in (".c", ".h", ".json") and "node_modules" not in path.parts)
    words = [(section, cells) for section, cells in rows()]
    names = [cells[0] for _, cells in words]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{name}: stands twice"
    for section in dict.fromkeys(section for section, _ in words):
        here = [cells[0].lower() for of, cells in words if of == section]
        yield from (f"{name}: out of order in {section}" for name, after in zip(here, here[1:]) if name > after)
    for _, cells in words:
        if len(cells) != 4 or not all(cells):
            yield f"{cells[0]}: wants four cells, none of them empty"
        for name in re.findall(r"`([^`]+)`", cells[-1]):
            if not exists(name, text):
                yield f"{cells[0]}: there is no {name}"


def main():
    found = list(faults())
    print("\n".join(found))
    sys.exit(1 if found else 0)


main()
