"""Every folder of a program is one library: it has the folder's name, all its files, and links only the libraries
of rooms that it may know. A program is main.c and libraries.

    libraries.py ROOT
"""
import pathlib
import re
import sys

from rooms import AREAS, MAY_KNOW

GENERATED = "/gen/"  # such files go into the library that needs them
TARGET = re.compile(r"^\s*add_(library|executable)\((\S+)\s+(?:STATIC\s+)?([^)]*)\)", re.MULTILINE)
LINKS = re.compile(r"^\s*target_link_libraries\((\S+)\s+([^)]*)\)", re.MULTILINE)
# Library → the rooms of its files.
ROOMS_OF = {room.replace("/", "_"): {room} for room in MAY_KNOW} | {
    "proto_codec": {"proto/codec", "proto/gen"}, "proto_words": {"proto/words", "proto/gen"}}
PLANTED = {
    "coordinator/view": ("add_library(coordinator_view STATIC one.c)", {"one.c", "two.c"}),  # not all files
    "coordinator/plan": ("add_library(plan STATIC x.c)", {"x.c"}),  # another name
    "coordinator/ws": ("", {"x.c"}),  # no library
    "coordinator/relay": ("add_executable(relay main.c f.c)", {"main.c"}),  # a program of more than main.c
    "proto/media": ("add_library(proto_media STATIC x.c)\ntarget_link_libraries(proto_media PUBLIC coordinator_ws)",
                    {"x.c"}),  # a room that it may not know
}


def targets(text, kind):
    """(name, files) of each; files that the build makes are left out."""
    for match in TARGET.finditer(text):
        if match[1] == kind:
            yield match[2], {word for word in match[3].split() if word.endswith(".c") and "$" not in word}


def check_library(name, text, files):
    wanted = name.replace("/", "_")
    libraries = list(targets(text, "library"))
    if files and [library for library, _ in libraries] != [wanted]:
        yield f"{name}: is to be one library, {wanted}, and is {', '.join(x for x, _ in libraries) or 'none'}"
    for library, sources in libraries:
        own = {source for source in sources if GENERATED not in f"/{source}"}
        yield from (f"{name}: {source} is not in {library}" for source in sorted(files - own))
        yield from (f"{name}: {library} has {source}, which is not in its folder" for source in sorted(own - files))


def check_links(name, text):
    for match in LINKS.finditer(text):
        for linked in match[2].split():
            if match[1] == name.replace("/", "_") and linked in ROOMS_OF and \
                    not ROOMS_OF[linked] & {name, *MAY_KNOW.get(name, ())}:
                yield f"{name}: links {linked}, which it may not know"


def check_folder(name, text, files):
    """files: the C files that stand in the folder."""
    text = re.sub(r"#.*", "", text)
    yield from check_library(name, text, files - {"main.c"})
    yield from check_links(name, text)
    for program, sources in targets(text, "executable"):
        yield from (f"{name}: {program} has {source} beside main.c" for source in sorted(sources - {"main.c"}))


def folders(root):
    """Name → (text of its CMakeLists.txt, its C files)."""
    found = {}
    for area in AREAS:
        for path in [root / area, *sorted((root / area).rglob("*"))]:
            files = {file.name for file in path.glob("*.c")} if path.is_dir() else set()
            if files and path.name != "gen" and "node_modules" not in path.parts:
                lists = path / "CMakeLists.txt"
                text = lists.read_text(encoding="utf-8") if lists.exists() else ""
                found[path.relative_to(root).as_posix()] = text, files
    return found


def check(found):
    return [fault for name, (text, files) in found.items() for fault in check_folder(name, text, files)]


def main():
    planted = check(PLANTED)
    assert len(planted) == len(PLANTED), planted
    found = folders(pathlib.Path(sys.argv[1]))
    faults = check(found)
    print("\n".join(faults))
    return 1 if faults or not found else 0


if __name__ == "__main__":
    sys.exit(main())
