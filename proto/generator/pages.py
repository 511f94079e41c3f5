"""The generated tables of docs/protocol.md, docs/minutes.md and docs/meeting.md."""
import re

from generator.model import SAFE_INTEGER

RESPONDER = "coordinator/api/responder.c"


def extent(low, high):
    if low == high:
        return f"{low}"
    return f"up to {high}" if low == 0 else f"{low} to {high}"


def bounds(made):
    if made.kind == "string":
        return f"{extent(made.low, made.high)} characters"
    if made.kind != "integer":
        return ""
    return f"{extent(made.low, made.high)}".replace(f"{SAFE_INTEGER}", "2^53-1")


def describe(made):
    if made.kind == "array":
        return f"array of {extent(made.low, made.high)}: {describe(made.element)}"
    if made.kind == "const":
        return f'"{made.words[0]}"'
    if made.kind == "choice":
        return "as the name says"
    if made.named:
        return f"`{made.name}`"
    return f"{made.kind} {bounds(made)}".strip()


def table(head, rows):
    return ["| " + " | ".join(head) + " |", "|" + "---|" * len(head),
            *("| " + " | ".join(row) + " |" for row in rows)]


def struct_lines(made):
    rows = [(f"`{f.name}`", describe(f.type), "optional" if f.optional else "", f.doc)
            for f in made.fields]
    members = table(("member", "type", "", "meaning"), rows)
    return [f"### `{made.name}`", "", made.doc, "", *members, ""]


def call_rows(choice):
    for word, made in choice.arms:
        members = ", ".join(f"`{f.name}`{'?' if f.optional else ''}: {describe(f.type)}"
                            for f in made.fields)
        yield f"`{word}`", made.doc, members


def scalar_rows(types):
    for made in types:
        if made.kind in ("string", "integer"):
            pattern = made.pattern.replace("|", "\\|")
            yield (f"`{made.name}`", f"{made.kind}, {bounds(made)}",
                   f"`{pattern}`" if pattern else "", made.doc)


def number_rows(model):
    for number in model.numbers:
        yield f"`{number.name}`", f"{number.value}", number.doc


def status_rows(responder):
    """(HTTP status, refusals) of the table in the C source that answers, the rest as its last line has it."""
    found = {}
    for word, status in re.findall(r"\[REFUSAL_(\w+)\] = (\d+),", responder):
        found.setdefault(int(status), []).append(f"`{word.lower()}`")
    rest = re.search(r"return statuses\[code\] \? statuses\[code\] : (\d+);", responder)
    if not found or not rest:
        raise SystemExit(f"{RESPONDER} has no table of statuses")
    found[int(rest[1])] = ["every other"]
    for status in sorted(found):
        yield f"{status}", ", ".join(found[status])


def sections(model, responder):
    """The generated lines by the name of their marker."""
    find = {made.name: made for made in model.order}
    shared = [made for made in model.order if made.file in ("types", "wire", "http")]
    arms = [made for _, made in find["wire_message"].arms]
    enums = [(f"`{t.name}`", ", ".join(f"`{word}`" for word in t.words), t.doc)
             for t in shared if t.kind == "enum"]
    calls = ("name", "meaning", "members (`?`: optional)")
    return {
        "words": table(("list", "words", "meaning"), enums),
        "scalars": table(("type", "JSON", "pattern", "meaning"), scalar_rows(shared)),
        "numbers": table(("number", "value", "meaning"), number_rows(model)),
        "commands": table(calls, call_rows(find["command"].fields[-1].type)),
        "events": table(calls, call_rows(find["event"].fields[-1].type)),
        "statuses": table(("status", "code"), status_rows(responder)),
        "join": struct_lines(find["join"]),
        "messages": [line for made in arms for line in struct_lines(made)],
        "structures": [line for made in shared if made.kind == "struct" and made not in arms
                       for line in struct_lines(made)],
    }


def minutes_sections(model):
    """What the JSON minutes are made of, the document itself first."""
    own = [made for made in model.order if made.file == "minutes"]
    structs = sorted((made for made in own if made.kind == "struct"),
                     key=lambda made: made.name != "minutes")
    enums = [(f"`{t.name}`", ", ".join(f"`{word}`" for word in t.words), t.doc)
             for t in own if t.kind == "enum"]
    return {"minutes": [line for made in structs for line in struct_lines(made)]
            + table(("list", "words", "meaning"), enums)}


def rights_rows(declared):
    for row in declared.commands:
        cells = [("own" if role == "site" else "yes") if role in row.by else "–"
                 for role in declared.roles]
        yield row.name, *cells, own_words(row)


def own_words(row):
    """What a site may act on, in words."""
    if not row.own:
        return ""
    said = f"`{row.own.name}`" + ("'s site" if row.own.type.name == "turn_id" else "")
    if row.words:
        field, words = row.words
        said += f"; `{field.name}`: {', '.join(words)}"
    return said + (f"; `{row.on_air.name}`: while on air" if row.on_air else "")


def event_rows(declared):
    for row in declared.events:
        cells = [("own" if role == "site" and row.about else "yes") if role in row.seen_by else "–"
                 for role in declared.roles]
        yield row.name, *cells


def area_rows(declared):
    """(commands, areas), each area once, in the order of the commands."""
    found = {}
    for row in declared.commands:
        areas = [{"site": "its site", "list": "its speaking list"}.get(area, area)
                 for area in row.touches]
        said = " and ".join(areas) or "none"
        if row.touches_with:
            said += f", where `{row.touches_with.name}` is given"
        found.setdefault(said, []).append(row.name)
    for said, names in sorted(found.items(), key=lambda entry: entry[0] == "none"):
        yield ", ".join(names), said


def meeting_sections(declared):
    """The generated lines of docs/meeting.md; the tests find a table behind its mark."""
    return {
        "rights": ["<!-- table: rights -->",
                   *table(("command", *declared.roles, "a site's own"), rights_rows(declared))],
        "events": ["<!-- table: events -->",
                   *table(("event", *declared.roles), event_rows(declared))],
        "areas": table(("commands", "area"), area_rows(declared)),
    }


def fill(page, found):
    """The page with each section between its marks."""
    for name, lines in found.items():
        text = "\n".join(lines).strip()
        page = re.sub(rf"(<!-- generated: {name} -->\n).*?(<!-- /generated -->)",
                      lambda match: f"{match[1]}\n{text}\n\n{match[2]}", page, flags=re.S)
    return page


def outputs(model, declared, read):
    """The pages that have such sections; read gives the text of one."""
    return {"docs/protocol.md": fill(read("docs/protocol.md"), sections(model, read(RESPONDER))),
            "docs/minutes.md": fill(read("docs/minutes.md"), minutes_sections(model)),
            "docs/meeting.md": fill(read("docs/meeting.md"), meeting_sections(declared))}
