"""One name, one thing, in what programs are made of: no two C files have one stem, no two types one tag.

    names.py ROOT
"""
import collections
import pathlib
import re
import sys

from rooms import product_files

# Stem → why more than one file may have it.
SAME_STEM = {
    "main": "each program has one",
}
# Tag → why more than one type may have it.
SAME_TAG = {}
TAG = re.compile(r"\b(struct|enum|union)\s+(\w+)\s*\{")
PLANTED = {"coordinator/ws/a.c": "struct one { int x; };", "endpoint/a.c": "static struct one\n{ int y; } z;",
           "endpoint/b.h": "struct two { int x; }; struct two t; enum two f(void);"}


def twice(pairs, excused):
    """(name, where) → a line for each name that stands in more than one place, and for each excuse that is over."""
    places = collections.defaultdict(list)
    for name, where in pairs:
        places[name].append(where)
    many = {name: found for name, found in places.items() if len(found) > 1}
    yield from (f"{name}: {', '.join(found)}" for name, found in sorted(many.items()) if name not in excused)
    yield from (f"{name}: not twice any more, though it is excused" for name in excused if name not in many)


def stems(texts):
    return ((pathlib.PurePath(name).stem, name) for name in texts if name.endswith(".c") and "/gen/" not in name)


def tags(texts):
    """Structures, enumerations and unions have one name space in C."""
    return ((match[2], name) for name, text in texts.items() for match in TAG.finditer(text))


def check(texts, same_stem, same_tag):
    yield from twice(stems(texts), same_stem)
    yield from twice(tags(texts), same_tag)


def main():
    assert len(list(check(PLANTED, {}, {}))) == 2, "what was planted is not found"
    texts = {name: path.read_text(encoding="utf-8") for name, path in
             product_files(pathlib.Path(sys.argv[1]), ".c", ".h")}
    faults = list(check(texts, SAME_STEM, SAME_TAG))
    print("\n".join(faults))
    return 1 if faults or not texts else 0


if __name__ == "__main__":
    sys.exit(main())
