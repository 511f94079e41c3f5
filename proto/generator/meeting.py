"""What the core of the meeting gets: a row for each command and event, prototypes, dispatch."""
from generator.model import BANNER, snake

HEAD = ["/*", f" * {BANNER}", " *"]
LETTERS = {"site": "S", "operator": "O", "technician": "T", "chair": "C", "viewer": "V",
           "relay": "R", "system": "Y", "display": "D", "lectern": "L"}


def roles_of(roles):
    return " | ".join(LETTERS[role] for role in roles)


def member(row, field, flag=None):
    """Where a member is, and the flag that it is there (its own, or another's)."""
    flag = flag or (field if field.optional else None)
    body = snake(row.name)
    places = [f"{body}.{field.name}", *([f"{body}.has_{flag.name}"] if flag else [])]
    of = "C" if row.type.file == "commands" else "E"
    return f"{of}{len(places)}({', '.join(places)})"


def own_of(row):
    if not row.own:
        return []
    kind = "OWN_SITE" if row.own.type.name == "site_id" else "OWN_TURN"
    facts = [f".own = {kind}", f".object = {member(row, row.own)}"]
    if row.words:
        field, words = row.words
        bits = " | ".join(f"1 << {field.type.prefix}_{word.upper()}" for word in words)
        facts += [f".word = {member(row, field)}", f".words = {bits}"]
    if row.on_air:
        facts.append(f".on_air = {member(row, row.on_air)}")
    if texts := [member(row, field) for field in row.texts()]:
        facts.append(f".texts = {{{', '.join(texts)}}}")
    return facts


def areas_of(row):
    if not row.touches:
        return []
    field = row.place()
    names = [area for area in row.touches if area != "list"]
    if "list" in row.touches:
        names.append("list" if field.type.name == "list_id" else "turn_list")
    facts = [f".areas = {' | '.join(f'AREA_{name.upper()}' for name in names)}"]
    return facts + ([f".place = {member(row, field, row.touches_with)}"] if field else [])


def command_row(row):
    facts = [f".by = {roles_of(row.by)}", *own_of(row), *areas_of(row)]
    return f"\t[CMD_{snake(row.name).upper()}] = {{{', '.join(facts)}}},"


def event_row(row):
    facts = [f".seen_by = {roles_of(row.seen_by)}"]
    facts += [f".about = {member(row, row.about)}"] if row.about else []
    facts += [".unpaced = true"] if row.unpaced else []
    if row.note_on:
        facts += [f".noted_item = {member(row, row.note_on)}", f".note = {member(row, row.note())}"]
    return f"\t[EV_{snake(row.name).upper()}] = {{{', '.join(facts)}}},"


def rows(declared):
    """coordinator/meeting/gen/declarations.c"""
    roles = ", ".join(f"{letter} = 1 << ROLE_{role.upper()}" for role, letter in LETTERS.items())
    return "\n".join([
        *HEAD, " * A row for each command and event: see declarations.h.", " */",
        "/* clang-format off */",
        '#include "coordinator/meeting/declarations.h"', "", "#include <stddef.h>", "",
        f"enum {{ {roles} }};", "",
        "/* A member of a command, of an event; with the flag that it is there. */",
        "#define C1(member) {offsetof(struct command, member), 0}",
        "#define C2(member, flag) {offsetof(struct command, member), "
        "offsetof(struct command, flag)}",
        "#define E1(member) {offsetof(struct event, member), 0}",
        "#define E2(member, flag) {offsetof(struct event, member), "
        "offsetof(struct event, flag)}", "",
        "const struct command_declaration mtg_commands[CMD_END] = {",
        *(command_row(row) for row in declared.commands), "};", "",
        "const struct event_declaration mtg_events[EV_END] = {",
        *(event_row(row) for row in declared.events), "};", ""])


def handlers_header(declared):
    """coordinator/meeting/gen/handlers.h"""
    guard = "DIEMCAU_MEETING_GEN_HANDLERS_H"
    return "\n".join([
        *HEAD, " * Private: one function per command and one per event, each written by hand in",
        " * the file of its area, and the two that choose among them.", " */",
        "/* clang-format off */",
        f"#ifndef {guard}", f"#define {guard}", "", '#include "domain_msg.h"', "",
        "struct deciding;", "struct meeting;", "struct mtg_record;", "",
        "/* 0 or a positive refusal; bad_message for what is no command. */",
        "int mtg_decide_command(enum command_name name, struct deciding *d);",
        "void mtg_apply_event(enum event_name name, struct meeting *meeting,",
        "\tconst struct mtg_record *record);", "",
        *(f"int mtg_decide_{snake(row.name)}(struct deciding *d);" for row in declared.commands),
        "",
        *(f"void mtg_apply_{snake(row.name)}(struct meeting *meeting, "
          "const struct mtg_record *record);" for row in declared.events),
        "", "#endif", ""])


def handlers(declared):
    """coordinator/meeting/gen/handlers.c"""
    decide = [f"\tcase CMD_{snake(row.name).upper()}: return mtg_decide_{snake(row.name)}(d);"
              for row in declared.commands]
    apply = [f"\tcase EV_{snake(row.name).upper()}: mtg_apply_{snake(row.name)}(meeting, record);"
             " break;" for row in declared.events]
    return "\n".join([
        *HEAD, " * Choosing the function of a command or an event by its name.", " */",
        "/* clang-format off */",
        '#include "coordinator/meeting/gen/handlers.h"', "",
        "int mtg_decide_command(enum command_name name, struct deciding *d)", "{",
        "\tswitch (name) {", "\tcase CMD_UNSET: break;", *decide, "\t}",
        "\treturn REFUSAL_BAD_MESSAGE;", "}", "",
        "void mtg_apply_event(enum event_name name, struct meeting *meeting,",
        "\tconst struct mtg_record *record)", "{",
        "\tswitch (name) {", "\tcase EV_UNSET: break;", *apply, "\t}", "}", ""])


def outputs(declared):
    room = "coordinator/meeting/gen"
    return {f"{room}/declarations.c": rows(declared), f"{room}/handlers.h": handlers_header(declared),
            f"{room}/handlers.c": handlers(declared)}
