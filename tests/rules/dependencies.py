"""The dependency rules of docs/architecture.md, checked on the includes of every source file.

    dependencies.py ROOT CC

Each rule is data below; what breaks one is printed as file:line.
"""
import pathlib
import re
import subprocess
import sys

from rooms import INCLUDE, MAY_KNOW, MUTUAL, components, may_know, product_files, room_of, target

ROOT, CC = pathlib.Path(sys.argv[1]), sys.argv[2]

PURE_HEADERS = {"domain_msg.h", "bounds.h", "film_name.h", "fnv1a.h", "text_copy.h", "units.h", "utf8.h",
                "status.h"}
ALLOCATES = "coordinator/meeting/state.c"  # the one allocation of the core, at its creation
PURE_LIBC = {"assert.h", "stdbool.h", "stddef.h", "stdint.h", "string.h"}
# System header -> where alone it may be included.
ONLY_IN = {
    "jansson.h": ("proto/codec/decode.c",),
    "libwebsockets.h": ("coordinator/ws/", "proto/client/", "endpoint/panel/"),
    "ev.h": ("coordinator/ws/",),
    "sqlite3.h": ("coordinator/journal/sqlite.h", "coordinator/people/people_file.c"),
    "srtp2/": ("proto/media/",),
    "gst/": ("endpoint/media/",),
    "cairo": ("endpoint/cards/",),
    "pango/": ("endpoint/cards/",),
    "librsvg/": ("endpoint/cards/",),
    "glib": ("endpoint/", "coordinator/identity/opaque_string.c", "coordinator/plan/file_text.c",
             "coordinator/plan/name_text.c", "coordinator/sheets/number_format.c"),
    "xlsxwriter": ("coordinator/sheets/list_workbook.c",),
    "zip.h": ("coordinator/archive/", "coordinator/print/word_document.c", "coordinator/sheets/office_package.c"),
    "libxml/": ("coordinator/print/word_body.h", "coordinator/print/word_document.c", "coordinator/sheets/xml_walk.c"),
    "gio/": ("endpoint/",),
    "sodium.h": ("coordinator/identity/", "coordinator/journal/", "coordinator/people/people_digest.c", "proto/media/", "coordinator/main.c"),
    "openssl/": ("coordinator/identity/", "proto/client/"),
}
# Made by the build from a file beside it.
BUILT = ("coordinator/journal/schema_sql.h",)
FILES = list(product_files(ROOT, ".c", ".h"))
# All that stands at the root; what begins with a dot, and what a build makes, is not counted.
AT_THE_ROOT = {"coordinator", "endpoint", "include", "proto", "tests", "deploy", "docs", "CMakeLists.txt",
               "CMakePresets.json", "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"}
MADE = {"build"}
USERS = ("proto", "coordinator", "endpoint", "endpoint/fleet")  # the simulator is a program too


def quoted(name, header):
    """Rules for an #include "header" in a file."""
    path = target(header)
    if path not in BUILT and not (ROOT / path).exists():
        yield f'"{header}" is spelled from the root of the tree, and none is there'
        return
    if not may_know(name, path):
        yield f"{room_of(name)} may not include {path}"
    if room_of(name) == "coordinator/meeting" and room_of(path) == "include" and header not in PURE_HEADERS:
        yield f"the core may not include {header}"


def system(name, header):
    """Rules for an #include <header> in a file."""
    for kept, places in ONLY_IN.items():
        if header.startswith(kept) and not name.startswith(places):
            yield f"<{header}> belongs to {', '.join(places)}"
    allowed = PURE_LIBC | ({"stdlib.h"} if name == ALLOCATES else set())
    if name.startswith("coordinator/meeting/") and header not in allowed:
        yield f"the core may not include <{header}>"
    if name.startswith("include/") and header not in PURE_LIBC:
        yield f"include/ may not include <{header}>"


def check_file(name, path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if name.endswith(".c") and line.startswith("extern "):
            yield f"{name}:{number}: what another file defines is declared in its header"
        if match := INCLUDE.match(line):
            rules = quoted if match[1] == '"' else system
            yield from (f"{name}:{number}: {fault}" for fault in rules(name, match[2]))


def check_contracts():
    """Each header of include/ compiles alone and serves at least two areas."""
    for path in sorted((ROOT / "include").glob("*.h")):
        users = {area for area in USERS for source in (ROOT / area).rglob("*.[ch]")
                 if f'#include "{path.name}"' in source.read_text()}
        if len(users) < 2:
            yield f"include/{path.name}: used by {', '.join(users) or 'nobody'} alone"
        alone = subprocess.run(
            [CC, "-std=c17", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only",
             "-iquote", ROOT / "include", "-x", "c", "-"],
            input=f'#include "{path.name}"\nint main(void) {{ return 0; }}\n', text=True,
            capture_output=True, check=False)
        if alone.returncode:
            yield f"include/{path.name}: does not compile alone\n{alone.stderr}"


def check_rooms():
    """The table of rooms has no circle but those that it says."""
    found = [tuple(circle) for circle in components(MAY_KNOW)]
    yield from (f"rooms know each other: {', '.join(circle)}" for circle in found if circle not in MUTUAL)
    yield from (f"rooms do not know each other any more: {', '.join(circle)}" for circle in MUTUAL
                if circle not in found)


def documented():
    """Room → the rooms that it may know, as docs/architecture.md has it."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    for first, third in re.findall(r"^\| `([\w/]+)` \|.*\|(.*?)\|$", text, re.MULTILINE):
        if first in MAY_KNOW:
            area = first.split("/")[0]
            yield first, {word if word in MAY_KNOW else f"{area}/{word}" for word in re.findall(r"`([\w/]+)`", third)}


def check_documents():
    """The table of docs/architecture.md is that of rooms.py, but for what every room may know."""
    told = dict(documented())
    for room, others in MAY_KNOW.items():
        if room not in ("proto/gen", *told):
            yield f"docs/architecture.md: no row for {room}"
        elif room in told and told[room] != set(others) - {"proto/gen"}:
            yield f"docs/architecture.md: {room} may know {', '.join(others)}"


def check_root():
    for entry in sorted(ROOT.iterdir()):
        if entry.name not in AT_THE_ROOT | MADE and not entry.name.startswith("."):
            yield f"{entry.name}: does not belong at the root"


def main():
    faults = [fault for name, path in FILES for fault in check_file(name, path)]
    faults += check_rooms()
    faults += check_documents()
    faults += check_contracts()
    faults += check_root()
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


main()
