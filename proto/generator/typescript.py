"""TypeScript declarations for the pages."""
import textwrap

from generator.model import BANNER

PLAIN = {"string": "string", "integer": "number", "boolean": "boolean"}


def camel(name):
    return "".join(part.capitalize() for part in name.split("_"))


def words(made):
    return " | ".join(f'"{word}"' for word in made.words)


def type_name(made):
    if made.kind == "array":
        return f"{type_name(made.element)}[]"
    if made.named:
        return camel(made.name)
    return PLAIN.get(made.kind) or words(made)


def doc(text, indent=""):
    return [f"{indent}/** {text} */"] if text else []


def member(field):
    optional = "?" if field.optional else ""
    return [*doc(field.doc, "  "), f"  {field.name}{optional}: {type_name(field.type)};"]


def arms(field):
    return [f'  | {{ {field.beside}: "{word}"; {field.name}: {camel(made.name)} }}'
            for word, made in field.type.arms]


def chosen(made):
    """A struct with a body that its name chooses: its plain members and one of the arms."""
    *plain, _, choice = made.fields
    members = [line for field in plain for line in member(field)]
    body = [camel(made.body.name)] if made.body else ["(", *arms(choice), ")"]
    if members:
        return [f"export type {camel(made.name)} = {{", *members, f"}} & {body[0]}", *body[1:]]
    return [f"export type {camel(made.name)} = {body[0]}", *body[1:]]


def definition(made):
    name = camel(made.name)
    if made.kind == "struct" and made.fields and made.fields[-1].type.kind == "choice":
        lines = chosen(made)
        lines[-1] += ";"
    elif made.kind == "struct" and not made.fields:
        lines = [f"export type {name} = Record<string, never>;"]
    elif made.kind == "struct":
        members = [line for field in made.fields for line in member(field)]
        lines = [f"export interface {name} {{", *members, "}"]
    elif made.kind == "variant":
        lines = [f"export type {name} =",
                 *(f"  | {camel(arm.name)}" for _, arm in made.arms)]
        lines[-1] += ";"
    else:
        lines = [f"export type {name} = {PLAIN.get(made.kind) or words(made)};"]
    return [*doc(made.doc), *lines, ""]


def declarations(model):
    lines = [line for made in model.order for line in definition(made)]
    return "\n".join([f"// {BANNER}", "", *lines])


def numbers(model):
    """The schema's numbers, as values: what is no message has no type to say it."""
    lines = [line for number in model.numbers for line in
             [*doc(number.doc), f"export const {number.name.upper()} = {number.value};", ""]]
    return "\n".join([f"// {BANNER}", "", *lines])


def names_by_role(head, roles, holds):
    """One table: for each role of people the names that it holds."""
    lines = [f"export const {head} = {{"]
    for role in roles:
        names = ", ".join(f'"{name}"' for name in holds(role))
        first, *rest = textwrap.wrap(f"{role}: new Set([{names}]),", 94)
        lines += [f"  {first}", *(f"    {line}" for line in rest)]
    return [*lines, "};"]


def rights(declared):
    """What each role of people may ask and see, for the board."""
    people = ("operator", "technician", "chair", "viewer")
    return "\n".join([
        f"// {BANNER}", 'import type { CommandName, EventName, Role } from "@protocol";', "",
        "type Table<Name> = Readonly<Partial<Record<Role, ReadonlySet<Name>>>>;", "",
        *names_by_role("COMMANDS: Table<CommandName>", people,
                       lambda role: [row.name for row in declared.commands if role in row.by]), "",
        *names_by_role("EVENTS: Table<EventName>", people,
                       lambda role: [row.name for row in declared.events
                                     if role in row.seen_by]), ""])
