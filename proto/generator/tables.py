"""The tables that the codec interprets: one struct msg_type for each Type."""
import textwrap

from generator.model import BANNER, INLINE_MAX, includes, snake, used_types

UNBROKEN = "\u00a0"  # a space at which no line is broken


def listed(name, kind, entries):
    """A constant array, where there is anything to list."""
    return [f"static const {kind}{name}[] = {{", *entries, "};"] if entries else []


def field_lines(owner, field):
    kind = field.type.kind
    inner = "body." if owner.body and field in owner.fields[-2:] else ""

    def offset(member):
        return f"offsetof(struct {owner.name}, {inner}{member})"

    facts = [f'.name = "{field.name}"', f".type = &{field.type.symbol()}"]
    if kind == "choice":
        facts.append(f".offset = {offset(field.type.first_member())}")
    elif kind != "const":
        facts.append(f".offset = {offset(field.name)}")
    if field.beside:
        facts.append(f".beside = {offset(field.beside)}")
    facts.append(f".presence = {offset('has_' + field.name) if field.optional else 'MSG_REQUIRED'}")
    joined = ", ".join(fact.replace(" ", UNBROKEN) for fact in facts)
    first, *rest = textwrap.wrap("{" + joined + "},", 82)
    return [line.replace(UNBROKEN, " ") for line in (f"\t{first}", *(f"\t\t{r}" for r in rest))]


def facts_of(made):
    """What one msg_type says: its members, and the arrays they point to."""
    name, lines = made.name, []
    facts = [f".kind = MSG_{made.kind.upper()}", f'.name = "{name}"', f".size = {made.size}"]
    if made.kind in ("string", "integer", "array"):
        facts += [f".min = {made.low}", f".max = {made.high}"]
    if made.check:
        facts.append(f".check = {made.check}")
    if made.words:
        lines += listed(f"words_{name}", "char *const ", [f'\t"{word}",' for word in made.words])
        facts += [f".words = words_{name}", f".n_words = {len(made.words)}"]
    if made.fields:
        entries = [line for field in made.fields for line in field_lines(made, field)]
        lines += listed(f"fields_{name}", "struct msg_field ", entries)
        facts += [f".fields = fields_{name}", f".n_fields = {len(made.fields)}"]
    if made.element:
        in_arena = "true" if made.high > INLINE_MAX else "false"
        facts += [f".element = &{made.element.symbol()}", f".in_arena = {in_arena}"]
    if made.arms:
        entries = [f"\t&{arm.symbol()}," for _, arm in made.arms]
        lines += listed(f"arms_{name}", "struct msg_type *const ", entries)
        facts.append(f".arms = arms_{name}")
    if made.kind == "variant":
        body = f"offsetof(struct {name}, {made.first_member()})"
        facts += [f'.tag = "{made.tag}"', f".body = {body}"]
    return facts, lines


def type_lines(made, seen):
    """The msg_type of a type, after those of the unnamed types it uses."""
    if made.symbol() in seen:
        return []
    seen.add(made.symbol())
    before = [line for t in used_types(made) if not t.named for line in type_lines(t, seen)]
    facts, lines = facts_of(made)
    scope = "" if made.named else "static "
    return [*before, *lines, f"{scope}const struct msg_type {made.symbol()} = {{",
            *(f"\t{fact}," for fact in facts), "};", ""]


def definitions(model):
    seen = set()
    lines = [f"/* {BANNER} */", '#include "proto/gen/tables.h"', "", '#include "proto/codec/patterns.h"',
             *(f'#include "{name}"' for name in includes(model)), "",
             '_Static_assert(sizeof(enum role) == sizeof(int), "enums are stored as int");', ""]
    for made in model.order:
        lines += type_lines(made, seen)
    entries = [f"\t&{made.symbol()}," for made in model.order]
    return "\n".join([*lines, "const struct msg_type *const msg_types[] = {", *entries, "};", "",
                      f"const size_t n_msg_types = {len(entries)};", ""])


def declarations(model):
    return "\n".join([
        "/*", f" * {BANNER}", " *",
        " * One msg_type for each definition, for the functions of proto/codec/codec.h.", " */",
        "#ifndef DIEMCAU_PROTO_GEN_TABLES_H", "#define DIEMCAU_PROTO_GEN_TABLES_H", "",
        '#include "proto/codec/type_table.h"', "",
        *(f"extern const struct msg_type {made.symbol()};" for made in model.order), "",
        "/* All of them, for tests and fuzzers. */",
        "extern const struct msg_type *const msg_types[];", "extern const size_t n_msg_types;",
        "", "#endif", ""])
