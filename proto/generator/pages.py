"""The reference tables of docs/protocol.md."""
import re

from generator.model import SAFE_INTEGER


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


def sections(model):
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
        "commands": table(calls, call_rows(find["command"].fields[-1].type)),
        "events": table(calls, call_rows(find["event"].fields[-1].type)),
        "messages": [line for made in arms for line in struct_lines(made)],
        "structures": [line for made in shared if made.kind == "struct" and made not in arms
                       for line in struct_lines(made)],
    }


def protocol_page(model, page):
    for name, lines in sections(model).items():
        text = "\n".join(lines).strip()
        page = re.sub(rf"(<!-- generated: {name} -->\n).*?(<!-- /generated -->)",
                      lambda match: f"{match[1]}\n{text}\n\n{match[2]}", page, flags=re.S)
    return page
