"""The dependency rules of docs/architecture.md, checked on the includes of every source file.

    dependencies.py ROOT CC

Each rule is data below; what breaks one is printed as file:line.
"""
import pathlib
import re
import subprocess
import sys

ROOT, CC = pathlib.Path(sys.argv[1]), sys.argv[2]

# Folder (the longest that fits counts) -> folders whose headers it may include.
CORE = ("include", "coordinator/meeting")
CODEC = ("proto/codec", "proto/gen")
PROTO = (*CODEC, "proto/words", "proto/system", "proto/media", "proto/client", "proto/network")
ADAPTERS = ("coordinator/plan", "coordinator/journal", "coordinator/identity",
            "coordinator/minutes", "coordinator/ws", "coordinator/board")
PROGRAM = ("coordinator", "coordinator/engine", "coordinator/peers", "coordinator/telemetry", "coordinator/api",
           "coordinator/host")
MEDIA = "endpoint/media/common"
MAY_INCLUDE = {
    "include": ("include",),
    "proto/system": ("include", "proto/system"),
    "proto/words": ("include", "proto/words", "proto/gen"),
    "proto/gen": ("include", *CODEC, "proto/words"),
    "proto/codec": ("include", *CODEC),
    "proto/media": ("include", "proto/system", "proto/media"),
    "proto/network": ("include", "proto/network"),
    "proto/client": ("include", "proto/system", *CODEC, "proto/words", "proto/network", "proto/client"),
    # The files of the program itself wire the adapters, which do not know each other.
    **{room: (*CORE, "proto/system", *CODEC, "proto/words", "proto/network", *PROGRAM, "coordinator/view", *ADAPTERS)
       for room in PROGRAM},
    "coordinator/meeting": CORE,
    "coordinator/view": (*CORE, "proto/system", *CODEC, "coordinator/view"),
    "coordinator/plan": (*CORE, "proto/system", *CODEC, "proto/words", "coordinator/plan"),
    "coordinator/journal": (*CORE, "proto/system", *CODEC, "coordinator/journal"),
    "coordinator/identity": ("include", "proto/system", *CODEC, "coordinator/identity"),
    "coordinator/minutes": (*CORE, *CODEC, "proto/words", "coordinator/minutes"),
    "coordinator/ws": ("include", "proto/system", *CODEC, "proto/network", "coordinator/ws"),
    "coordinator/board": ("include", "coordinator/board"),
    "coordinator/relay": ("include", *PROTO, "coordinator/relay"),
    "coordinator/autopilot": ("include", *PROTO, "coordinator/autopilot"),
    "endpoint": ("include", *PROTO, "endpoint", "endpoint/media", MEDIA, "endpoint/media/capture",
                 "endpoint/media/program", "endpoint/media/receive", "endpoint/panel"),
    "endpoint/media": ("include", "proto/system", *CODEC, "proto/media", "endpoint/media", MEDIA,
                       "endpoint/media/capture", "endpoint/media/send", "endpoint/media/receive",
                       "endpoint/media/program", "endpoint/media/transport"),
    MEDIA: ("include", "proto/gen", "proto/words", "proto/system", "proto/media", MEDIA),
    "endpoint/media/capture": ("include", MEDIA, "endpoint/media/send", "endpoint/media/capture"),
    "endpoint/media/send": ("include", "proto/system", "proto/media", MEDIA, "endpoint/media/send"),
    "endpoint/media/receive": ("include", "proto/system", "proto/media", MEDIA, "endpoint/media/receive"),
    "endpoint/media/program": ("include", MEDIA, "endpoint/media/program"),
    "endpoint/media/transport": ("include", "proto/system", "proto/media", MEDIA, "endpoint/media/send",
                                 "endpoint/media/receive", "endpoint/media/transport"),
    "endpoint/panel": ("include", "proto/system", *CODEC, "proto/words", "proto/network", "endpoint", "endpoint/panel"),
    "endpoint/fleet": ("include", *PROTO, "endpoint/fleet"),
}
PURE_HEADERS = {"domain_msg.h", "bounds.h", "fnv1a.h", "units.h", "status.h"}
ALLOCATES = "coordinator/meeting/state.c"  # the one allocation of the core, at its creation
PURE_LIBC = {"assert.h", "stdbool.h", "stddef.h", "stdint.h", "string.h"}
# System header -> where alone it may be included.
ONLY_IN = {
    "jansson.h": ("proto/codec/decode.c",),
    "libwebsockets.h": ("coordinator/ws/", "proto/client/", "endpoint/panel/"),
    "ev.h": ("coordinator/ws/",),
    "sqlite3.h": ("coordinator/journal/sqlite.h",),
    "srtp2/": ("proto/media/",),
    "gst/": ("endpoint/media/",),
    "glib": ("endpoint/", "coordinator/identity/opaque_string.c"),
    "gio/": ("endpoint/",),
    "sodium.h": ("coordinator/identity/", "proto/media/", "coordinator/main.c"),
    "openssl/": ("coordinator/identity/", "proto/client/"),
}
# Made by the build from a file beside it.
BUILT = ("coordinator/journal/schema_sql.h", "coordinator/board/pages.h")
CLOCK_READERS = ("coordinator/engine/clock.c", "coordinator/relay/udp.c", "endpoint/main.c",
                 "endpoint/fleet/main.c")
CLOCK = re.compile(r"\b(clock_gettime|gettimeofday)\(|\btime\((NULL|0|&)")
INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')
AREAS = ("include", "proto", "coordinator", "endpoint")
# All that stands at the root; what begins with a dot, and what a build makes, is not counted.
AT_THE_ROOT = {"coordinator", "endpoint", "include", "proto", "tests", "deploy", "docs", "CMakeLists.txt",
               "CMakePresets.json", "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"}
MADE = {"build"}
USERS = ("proto", "coordinator", "endpoint", "endpoint/fleet")  # the simulator is a program too


def sources():
    for area in AREAS:
        yield from sorted(path for path in (ROOT / area).rglob("*.[ch]")
                          if "node_modules" not in path.parts)


def folder_of(name, folders):
    parents = [str(parent) for parent in pathlib.PurePath(name).parents]
    return next((parent for parent in parents if parent in folders), "")


def quoted(name, header):
    """Rules for an #include "header" in a file."""
    target = f"include/{header}" if "/" not in header else header
    if target not in BUILT and not (ROOT / target).exists():
        yield f'"{header}" is spelled from the root of the tree, and none is there'
        return
    own, there = folder_of(name, MAY_INCLUDE), folder_of(target, MAY_INCLUDE)
    if there not in MAY_INCLUDE[own]:
        yield f"{own} may not include {target}"
    if own == "coordinator/meeting" and there == "include" and header not in PURE_HEADERS:
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


def check_file(path):
    name = str(path.relative_to(ROOT))
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if match := INCLUDE.match(line):
            rules = quoted if match[1] == '"' else system
            yield from (f"{name}:{number}: {fault}" for fault in rules(name, match[2]))
        if CLOCK.search(line) and name not in CLOCK_READERS:
            yield f"{name}:{number}: reads a clock"


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


def check_root():
    for entry in sorted(ROOT.iterdir()):
        if entry.name not in AT_THE_ROOT | MADE and not entry.name.startswith("."):
            yield f"{entry.name}: does not belong at the root"


def main():
    faults = [fault for path in sources() for fault in check_file(path)]
    faults += check_contracts()
    faults += check_root()
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


main()
