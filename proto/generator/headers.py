"""The C headers: enums and structs."""
import textwrap

from generator.model import (
    BANNER, HEADER_OF, HEADERS, INLINE_MAX, constants_of, snake, used_types)


def comment(text, indent=""):
    if not text:
        return []
    text = text if text.endswith((".", "?", ")")) else text + "."
    if len(text) <= 92 - len(indent) * 8:
        return [f"{indent}/* {text} */"]
    lines = textwrap.wrap(text, 94 - len(indent) * 8)
    return [f"{indent}/*", *(f"{indent} * {line}" for line in lines), f"{indent} */"]


def enum_lines(made):
    *constants, (end, count) = constants_of(made)
    return [*comment(made.doc), f"enum {made.name} {{", f"\t{constants[0][0]},",
            *(f"\t{name}," for name, _ in constants[1:]), "};",
            f"enum {{ {end} = {count} }}; /* one more than the last: sizes an array */"]


def member_lines(field):
    made, lines = field.type, comment(field.doc, "\t")
    if made.kind == "const":
        return []
    if field.optional:
        lines.append(f"\tbool has_{field.name};")
    base = made.element if made.kind == "array" else made
    suffix = f"[{base.size}]" if base.kind == "string" else ""
    if made.kind != "array":
        return [*lines, f"\t{base.ctype()} {field.name}{suffix};"]
    limit = f"{made.name.upper()}_MAX"
    if made.high > INLINE_MAX:
        pointer = f"(*{field.name}){suffix}" if suffix else f"*{field.name}"
        lines.append(f"\tconst {base.ctype()} {pointer}; /* at most {limit} */")
    else:
        lines.append(f"\t{base.ctype()} {field.name}[{limit}]{suffix};")
    return [*lines, f"\tsize_t n_{field.name};"]


def union_lines(arms):
    members = (f"\t\tstruct {made.name} {snake(word)};" for word, made in arms if made.fields)
    return ["\tunion {", *members, "\t};"]


def struct_lines(made):
    if not made.fields:
        return []
    plain = made.fields[:-2] if made.body else made.fields
    lines = [*comment(made.doc), f"struct {made.name} {{"]
    for field in plain:
        choice = field.type.kind == "choice"
        lines += union_lines(field.type.arms) if choice else member_lines(field)
    return [*lines, *([f"\tstruct {made.body.name} body;"] if made.body else []), "};"]


def type_lines(made):
    if made.kind == "enum":
        return enum_lines(made)
    constants = ", ".join(f"{name} = {value}" for name, value in constants_of(made))
    numbers = textwrap.wrap(f"enum {{ {constants} }};", 98) if constants else []
    if made.kind == "struct":
        return numbers + struct_lines(made)
    if made.kind == "variant":
        return [*comment(made.doc), f"struct {made.name} {{",
                f"\tenum {made.name}_{made.tag} {made.tag};", *union_lines(made.arms), "};"]
    return comment(made.doc) + numbers if numbers else []


def reaches(made):
    """The header files whose definitions a type needs."""
    return {HEADER_OF[made.file]}.union(*(reaches(t) for t in used_types(made)))


def opening(name, model):
    titles = [f"{model.schemas[file]['title']}. {model.schemas[file].get('description', '')}"
              for file in HEADERS[name] if file in model.schemas]
    rules = ("Plain values. Strings end in NUL. has_X tells whether the optional X is there, n_X "
             "counts the elements of X; a pointer belongs to the arena (or the sender) that the "
             "value came from.")
    lines = [line for text in [*titles, "", rules] for line in textwrap.wrap(text, 96) or [""]]
    return ["/*", f" * {BANNER}", " *", *(f" * {line}".rstrip() for line in lines), " */"]


def header(name, model):
    mine = [t for t in model.order if HEADER_OF[t.file] == name]
    others = sorted(set().union(*(reaches(t) for t in mine)) - {name})
    guard = f"DIEMCAU_{name.upper().replace('.', '_')}"
    lines = [*opening(name, model), f"#ifndef {guard}", f"#define {guard}", "",
             "#include <stdbool.h>", "#include <stddef.h>", "#include <stdint.h>", "",
             *(f'#include "{other}"' for other in others), '#include "units.h"']
    for made in mine:
        if body := type_lines(made):
            lines += ["", *body]
    for number in model.numbers:
        if HEADER_OF[number.file] == name:
            lines += ["", *comment(number.doc),
                      f"enum {{ {number.name.upper()} = {number.value} }};"]
    return "\n".join([*lines, "", "#endif", ""])
