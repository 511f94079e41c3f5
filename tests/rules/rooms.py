"""The rooms of the tree, and which of them each may know, for every rule that asks.

A room is a folder; the deepest that fits counts. What it may know it may include and call.
"""
import pathlib
import re

# Every room knows itself, and the words of include/.
MAY_KNOW = {
    "include": (),
    "proto/system": ("proto/gen", "proto/words"),
    "proto/network": ("proto/words", "proto/system"),
    "proto/web": (),
    "proto/codec": ("proto/gen",),
    "proto/gen": ("proto/codec",),
    "proto/words": ("proto/gen",),
    "proto/media": ("proto/system",),
    "proto/client": ("proto/system", "proto/codec", "proto/gen", "proto/words", "proto/network"),
    "coordinator/meeting": (),
    "coordinator/view": ("coordinator/meeting", "proto/system", "proto/codec"),
    "coordinator/plan": ("proto/system", "proto/codec", "proto/gen", "proto/words", "coordinator/meeting"),
    "coordinator/sheets": ("proto/system", "proto/codec"),
    "coordinator/import": ("proto/system", "proto/codec", "proto/gen", "proto/words", "coordinator/plan",
                           "coordinator/sheets"),
    "coordinator/journal": ("coordinator/meeting", "proto/codec", "proto/gen"),
    "coordinator/archive": (),
    "coordinator/print": ("proto/system",),
    "coordinator/minutes": ("coordinator/meeting", "coordinator/journal", "proto/codec", "proto/gen", "proto/words"),
    "coordinator/identity": ("proto/system", "proto/network", "proto/codec", "proto/gen"),
    "coordinator/people": ("coordinator/meeting", "proto/system", "proto/gen", "proto/words", "coordinator/sheets",
                           "coordinator/host", "coordinator/engine"),
    "coordinator/papers": ("proto/codec", "proto/gen", "coordinator/identity"),
    "coordinator/installation": ("coordinator/meeting", "proto/system", "proto/codec", "proto/gen", "proto/words",
                                 "coordinator/plan", "coordinator/journal", "coordinator/identity",
                                 "coordinator/people", "coordinator/host", "coordinator/engine"),
    "coordinator/commands": ("coordinator/meeting", "proto/system", "proto/codec", "proto/gen", "proto/words",
                             "proto/network", "coordinator/print", "coordinator/archive", "coordinator/plan", "coordinator/import", "coordinator/journal", "coordinator/minutes",
                             "coordinator/identity", "coordinator/people", "coordinator/installation", "coordinator/engine"),
    "coordinator/ws": ("proto/system", "proto/codec", "proto/network"),
    "coordinator/board": ("proto/web",),
    "coordinator/host": ("proto/system",),
    "coordinator/engine": ("coordinator/meeting", "proto/codec", "coordinator/journal"),
    "coordinator/telemetry": ("coordinator/meeting", "proto/gen", "coordinator/view", "coordinator/ws",
                              "coordinator/host", "coordinator/engine"),
    "coordinator/peers": ("coordinator/meeting", "proto/system", "proto/codec", "proto/gen", "proto/network",
                          "coordinator/view", "coordinator/identity", "coordinator/people", "coordinator/ws",
                          "coordinator/host", "coordinator/engine", "coordinator/telemetry"),
    "coordinator/api": ("coordinator/meeting", "proto/system", "proto/codec", "proto/gen",
                        "proto/words", "proto/network", "proto/web", "coordinator/view", "coordinator/journal",
                        "coordinator/minutes", "coordinator/identity", "coordinator/installation",
                        "coordinator/ws", "coordinator/board", "coordinator/papers", "coordinator/people", "coordinator/print",
                        "coordinator/host", "coordinator/engine", "coordinator/telemetry", "coordinator/peers"),
    "coordinator": ("coordinator/meeting", "proto/system", "proto/codec", "proto/gen", "proto/words",
                    "proto/network", "coordinator/view", "coordinator/plan",
                    "coordinator/identity", "coordinator/people", "coordinator/installation", "coordinator/commands", "coordinator/ws",
                    "coordinator/host", "coordinator/engine", "coordinator/telemetry", "coordinator/peers", "coordinator/api"),
    "coordinator/relay": ("proto/system", "proto/media", "proto/client", "proto/network", "proto/words"),
    "coordinator/autopilot": ("proto/codec", "proto/gen", "proto/system", "proto/client", "proto/network"),
    "endpoint/cards": ("proto/gen", "proto/web", "proto/words"),
    "endpoint/media/common": ("endpoint/cards",),
    "endpoint/media/capture": ("endpoint/cards", "endpoint/media/common", "endpoint/media/send"),
    "endpoint/media/send": ("proto/media", "endpoint/media/common"),
    "endpoint/media/receive": ("proto/media", "endpoint/media/common"),
    "endpoint/media/program": ("endpoint/cards", "endpoint/media/common"),
    "endpoint/media/transport": ("proto/media", "endpoint/media/common", "endpoint/media/send",
                                 "endpoint/media/receive"),
    "endpoint/media": ("proto/media", "endpoint/cards", "endpoint/media/common", "endpoint/media/capture",
                       "endpoint/media/send", "endpoint/media/receive", "endpoint/media/program",
                       "endpoint/media/transport"),
    "endpoint/papers": ("proto/codec", "proto/gen", "proto/client", "proto/network"),
    "endpoint/panel": ("proto/codec", "proto/gen", "proto/network", "proto/web"),
    "endpoint": ("proto/codec", "proto/gen", "proto/system", "proto/media", "proto/client",
                 "proto/network", "endpoint/media", "endpoint/media/common", "endpoint/panel", "endpoint/papers", "proto/words"),
    "endpoint/fleet": ("proto/codec", "proto/gen", "proto/system", "proto/media", "proto/client"),
}
# Rooms that know each other → why.
MUTUAL = {
    ("proto/codec", "proto/gen"): "the codec reads the tables that are generated, and they name its checks",
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
AREAS = ("proto", "coordinator", "endpoint")


def room_of(name):
    parents = [str(parent) for parent in pathlib.PurePath(name).parents]
    return next((parent for parent in parents if parent in MAY_KNOW), "")


def may_know(name, other):
    """Whether a file may include or call another."""
    own, there = room_of(name), room_of(other)
    return there in (own, "include", *MAY_KNOW[own])


def target(header):
    """Where a quoted header stands."""
    return header if "/" in header else f"include/{header}"


def product_files(root, *suffixes):
    """Path from the root → file, of everything that is a part of a program."""
    for area in AREAS:
        for path in sorted((root / area).rglob("*")):
            if path.suffix in suffixes and "node_modules" not in path.parts:
                yield path.relative_to(root).as_posix(), path


def components(graph):
    """The strongly connected components of a graph (node → nodes) that have more than one node, largest first."""
    index, low, on_stack, stack, found = {}, {}, set(), [], []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        on_stack.add(node)
        for other in graph.get(node, ()):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in on_stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            part = set()
            while node not in part:
                part.add(stack.pop())
            on_stack.difference_update(part)
            found.append(part)

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return sorted((sorted(part) for part in found if len(part) > 1), key=len, reverse=True)
