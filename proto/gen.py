#!/usr/bin/python3
"""Generate C, TypeScript and reference tables from proto/schema.

Whoever changes a file of proto/schema runs

    python3 proto/gen.py

and commits what it wrote together with the change; `proto/gen.py --check` only compares, and a
test does so. The schema is the subset of JSON Schema (draft 2020-12) that docs/protocol.md
describes; any keyword outside it is an error here, naming the definition.

A new file of definitions needs a line in HEADERS (generator/model.py), a new pattern a function
check_NAME in proto/checks.[ch] and a sample in generator/examples.py. Written: include/*_msg.h
(structs and enums), proto/gen/tables.[ch] (what the codec interprets), proto/gen/protocol.d.ts,
proto/gen/schema (plain JSON Schema of what proto/schema writes shorter), coordinator/meeting/gen
(rows, prototypes and dispatch of commands and events), the board's table of rights and its
numbers of the wire, proto/examples (all but hostile_strings.txt, which is written by hand) and the tables
of docs/protocol.md, docs/minutes.md, docs/meeting.md and docs/limits.md between their markers, with the values that
any page says of include/bounds.h (generator/bounds.py). From proto/words, what people read
of it: proto/gen/words.[ch] and proto/gen/words.ts. The parts stand in proto/generator.
"""
import argparse
import json
import pathlib
import sys

from generator import bounds, choices, examples, headers, meeting, pages, tables, typescript, words
from generator.declared import Declarations
from generator.model import HEADER_OF, Model, SchemaError, includes, members

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "proto/schema"
WORDS = ROOT / "proto/words"
BOARD_RIGHTS = "coordinator/board/src/domain/rights_table.ts"
BOARD_NUMBERS = "coordinator/board/src/net/wire_numbers.ts"


def read(name):
    return (ROOT / name).read_text()


def plain(model):
    """The schemas that are written shorter than plain JSON Schema allows, as JSON Schema."""
    return {f"proto/gen/schema/{file}.json": json.dumps(model.schemas[file], ensure_ascii=False,
                                                        indent=1) + "\n"
            for file in choices.shortened(load_schemas())}


def stated(found):
    """Every page that people read, with the spans and limits it says; what was generated into it stays."""
    limits = bounds.read_header(read(bounds.HEADER))
    names = [str(path.relative_to(ROOT)) for path in
             (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/guides/*.md"))]
    texts = {name: found.get(name) or read(name) for name in names}
    texts["docs/limits.md"] = pages.fill(texts["docs/limits.md"], bounds.sections(limits))
    return {name: bounds.state(text, limits) for name, text in texts.items()}


def outputs(model, said):
    """Every generated file by its name, with its text."""
    declared = Declarations(model)
    found = {f"include/{name}": headers.header(name, model) for name in includes(model)}
    found["proto/gen/tables.h"] = tables.declarations(model)
    found["proto/gen/tables.c"] = tables.definitions(model)
    found["proto/gen/protocol.d.ts"] = typescript.declarations(model)
    found["proto/gen/words.h"] = words.declarations(said)
    found["proto/gen/words.c"] = words.definitions(said)
    found["proto/gen/words.ts"] = words.module(said)
    found[BOARD_RIGHTS] = typescript.rights(declared)
    found[BOARD_NUMBERS] = typescript.numbers(model)
    found |= meeting.outputs(declared) | plain(model)
    found |= examples.outputs(model) | pages.outputs(model, declared, read)
    return found | stated(found)


def load(path):
    try:
        return json.loads(path.read_text(), object_pairs_hook=members)
    except SchemaError as error:
        raise SchemaError(f"{path.relative_to(ROOT)}: {error}") from error


def load_schemas():
    return {file: load(SCHEMA / f"{file}.json") for file in HEADER_OF}


def load_words(model):
    files = {language: load(WORDS / f"{language}.json") for language in words.LANGUAGES}
    return words.Words(model, files, load(WORDS / "help.json"))


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--check", action="store_true",
                           help="write nothing; exit 1 when something is stale")
    arguments.add_argument("--every-fault", metavar="FILE", type=pathlib.Path,
                           help="write every systematic example there, and nothing else")
    chosen = arguments.parse_args()
    try:
        model = Model(load_schemas())
        found = outputs(model, load_words(model))
    except (SchemaError, ValueError) as error:
        sys.exit(f"proto/schema or proto/words: {error}")
    if chosen.every_fault:
        chosen.every_fault.write_text("\n".join([*examples.all_lines(model), ""]))
        return
    stale = [name for name, text in found.items()
             if not (ROOT / name).exists() or (ROOT / name).read_text() != text]
    for name in stale:
        print(f"stale: {name}" if chosen.check else f"wrote {name}")
        if not chosen.check:
            (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / name).write_text(found[name])
    sys.exit(1 if chosen.check and stale else 0)


if __name__ == "__main__":
    main()
