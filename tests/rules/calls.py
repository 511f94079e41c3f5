"""Who calls whom, as the object files say.

    calls.py ROOT BUILD_FOLDER NM CC

A file calls another when it uses a symbol of it, a function or data: a prototype that is written elsewhere hides
nothing. Rooms call only rooms that they may know (rooms.py); files call each other in no circle; what reaches the
machine is used where it may be; what a file exports, another one uses.

Not seen: calls by pointers to functions (the ports by which a lower room tells a higher one), functions of headers
that are inlined, and static ones, which stay in their file.
"""
import collections
import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

from rooms import INCLUDE, MAY_KNOW, components, may_know, product_files, room_of, target

# Files that call each other in a circle → why they stay so.
CIRCLES = {
    ("endpoint/session.c", "endpoint/session_commands.c", "endpoint/session_status.c"):
        "one session in three files: the desired state, what it asks of the coordinator, what it tells",
    ("proto/client/lws_io.c", "proto/client/lws_loop.c", "proto/client/ws_thread.c"):
        "one websocket client in three files: its thread, the connections on it, the bytes of one",
}
# What begins with this → where alone it may be used. For headers the same stands in dependencies.py.
ONLY_IN = {
    "clock_gettime": ("coordinator/engine/clock.c", "coordinator/relay/udp.c", "endpoint/fleet/main.c"),
    "gettimeofday": (),
    "time": (),
    "timespec_get": (),
    "g_get_real_time": ("endpoint/endpoint.c", "endpoint/media/common/pipeline.c"),
    "g_get_monotonic_time": ("endpoint/endpoint.c", "endpoint/check_command.c", "endpoint/papers/courier.c"),
    "lws_now_usecs": ("coordinator/ws/warning.c", "proto/client/ws_thread.c"),
    "lws_": ("coordinator/ws/", "proto/client/", "endpoint/panel/"),
    "ev_": ("coordinator/ws/",),
    "json_": ("proto/codec/decode.c",),
    "sqlite3_": ("coordinator/journal/", "coordinator/people/people_file.c"),
    "srtp_": ("proto/media/",),
    "gst_": ("endpoint/media/",),
}
WHOLE = {"time"}  # of these names, the whole
# Exported for nobody here: read by libc.
EXPORTED = {"main", "argp_program_version", "argp_program_bug_address"}


class Calls:
    """What each file of one build defines and uses."""

    def __init__(self, root, build, nm):
        product = {str(path): name for name, path in product_files(root, ".c")}
        self.defined, self.used, self.wanted = collections.defaultdict(set), {}, set()
        objects = {path: source for path, source in compiled(build) if os.path.exists(path)}
        for path, (defined, used) in symbols(nm, objects).items():
            source = objects[path]
            if source in product:
                name = product[source]
                self.used[name] = used
                for symbol in defined:
                    self.defined[symbol].add(name)
            self.wanted |= used
        self.missing = set(product.values()) - set(self.used)

    def edges(self):
        """(caller, symbol, callee). Two programs may both define a symbol: then the nearest room's is meant."""
        for name, used in self.used.items():
            for symbol in used & self.defined.keys():
                for callee in nearest(name, self.defined[symbol]):
                    yield name, symbol, callee


def nearest(name, definers):
    """Those of the same room, else of rooms that may be known, else all."""
    if len(definers) < 2:
        return definers
    return [other for other in definers if room_of(other) == room_of(name)] or \
        [other for other in definers if may_know(name, other)] or definers


def compiled(build):
    """(object, source) of everything that is compiled."""
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        words = shlex.split(entry["command"])
        yield str(pathlib.Path(entry["directory"], words[words.index("-o") + 1])), entry["file"]


def symbols(nm, objects):
    """Object → (defined, used), but for what instruments add: weak symbols, and reserved names."""
    listed = subprocess.run([nm, "-g", *objects, os.devnull], capture_output=True, text=True, check=False).stdout
    found, current = {path: (set(), set()) for path in objects}, None
    for line in listed.splitlines():
        words = line.split()
        if line.endswith(":"):
            current = line[:-1]
        elif len(words) > 1 and words[-2] in "UTDBRGSC" and not words[-1].startswith("__"):
            found[current][words[-2] == "U"].add(words[-1])
    return found


def check_circles(edges, natural):
    graph = collections.defaultdict(set)
    for caller, _, callee in edges:
        if callee != caller:
            graph[caller].add(callee)
    found = components(graph)
    for circle in found:
        if tuple(circle) not in natural:
            yield f"{len(circle)} files call each other in a circle: {', '.join(circle)}"
    for circle in natural:
        if list(circle) not in found:
            yield f"no circle any more: {', '.join(circle)}"


def check_rooms(edges):
    for caller, symbol, callee in sorted(edges):
        if not may_know(caller, callee):
            yield f"{room_of(caller)} may not call {room_of(callee)}: {caller} uses {symbol} of {callee}"


def check_table(edges, files):
    """What the table of rooms allows, somebody does."""
    known = {(room_of(caller), room_of(callee)) for caller, _, callee in edges}
    known |= {(room_of(name), room_of(target(match[2]))) for name, path in files
              for match in INCLUDE.finditer(path.read_text(encoding="utf-8")) if match[1] == '"'}
    yield from (f"{room} may know {other}, and neither includes nor calls it" for room, others in MAY_KNOW.items()
                for other in others if (room, other) not in known)


def check_reach(calls):
    for name, used in sorted(calls.used.items()):
        for symbol in sorted(used - calls.defined.keys()):
            for kept, places in ONLY_IN.items():
                if (symbol == kept if kept in WHOLE else symbol.startswith(kept)) and not name.startswith(places):
                    yield f"{name}: {symbol} belongs to {', '.join(places) or 'nobody'}"
                    break


def check_exports(calls):
    for symbol in sorted(calls.defined.keys() - calls.wanted - EXPORTED):
        if all("/gen/" in name for name in calls.defined[symbol]):
            continue  # one for each word of the schema
        yield f"{', '.join(calls.defined[symbol])}: {symbol} is used by no other file"


def check(calls, natural):
    edges = list(calls.edges())
    yield from (f"{name}: this build has no object of it" for name in sorted(calls.missing))
    yield from check_circles(edges, natural)
    yield from check_rooms(edges)
    yield from check_reach(calls)
    yield from check_exports(calls)


# ---- a tree with every fault ----

PLANTED = {
    "coordinator/meeting/a.c": "int hidden(void); int ring(void);"
                               "int close_it(void); int close_it(void) { return hidden(); }"
                               "int asked(void); int asked(void) { return ring(); }",
    "coordinator/meeting/b.c": "int close_it(void); int ring(void); int ring(void) { return close_it(); }",
    "coordinator/ws/c.c": "int hidden(void); int hidden(void) { return 0; } extern int shared;"
                          "int *use(void); int *use(void) { return &shared; }",
    "coordinator/plan/d.c": "int shared = 1; int clock_gettime(void);"
                            "int f(void); int f(void) { return clock_gettime(); }",
}
FOUND = ("2 files call each other in a circle: coordinator/meeting/a.c, coordinator/meeting/b.c",
         "coordinator/meeting/a.c uses hidden of coordinator/ws/c.c",
         "coordinator/ws/c.c uses shared of coordinator/plan/d.c",
         "coordinator/plan/d.c: clock_gettime belongs to",
         "coordinator/ws/c.c: use is used by no other file")


def check_itself(nm, cc):
    with tempfile.TemporaryDirectory() as folder:
        root, commands = pathlib.Path(folder), []
        for name, text in PLANTED.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            command = [cc, "-c", str(path), "-o", f"{path}.o"]
            subprocess.run(command, check=True)
            commands.append({"directory": folder, "file": str(path), "command": shlex.join(command)})
        (root / "compile_commands.json").write_text(json.dumps(commands), encoding="utf-8")
        told = "\n".join(check(Calls(root, root, nm), {}))
    return [f"what was planted is not found: {line}" for line in FOUND if line not in told]


def main():
    root, build = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    nm, cc = sys.argv[3:5]
    calls = Calls(root, build, nm)
    faults = check_itself(nm, cc) + list(check(calls, CIRCLES))
    faults += check_table(calls.edges(), product_files(root, ".c", ".h"))
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
