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
proto/examples (all but nasty.txt, which is written by hand) and the tables of docs/protocol.md
between its markers. From proto/words, what people read of it: proto/gen/words.[ch] and
proto/gen/words.ts. The parts stand in proto/generator.
"""
import argparse
import json
import pathlib
import sys

from generator import examples, headers, pages, tables, typescript, words
from generator.model import HEADER_OF, Model, SchemaError, includes

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "proto/schema"
WORDS = ROOT / "proto/words"


def outputs(model, said):
    """Every generated file by its name, with its text."""
    found = {f"include/{name}": headers.header(name, model) for name in includes(model)}
    found["proto/gen/tables.h"] = tables.declarations(model)
    found["proto/gen/tables.c"] = tables.definitions(model)
    found["proto/gen/protocol.d.ts"] = typescript.declarations(model)
    found["proto/gen/words.h"] = words.declarations(said)
    found["proto/gen/words.c"] = words.definitions(said)
    found["proto/gen/words.ts"] = words.module(said)
    found |= examples.outputs(model)
    page = ROOT / "docs/protocol.md"
    if page.exists():
        found["docs/protocol.md"] = pages.protocol_page(model, page.read_text())
    return found


def load():
    schemas = {file: json.loads((SCHEMA / f"{file}.json").read_text())
               for file in HEADER_OF if (SCHEMA / f"{file}.json").exists()}
    return Model(schemas)


def load_words(model):
    files = {language: json.loads((WORDS / f"{language}.json").read_text())
             for language in words.LANGUAGES}
    return words.Words(model, files)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--check", action="store_true",
                           help="write nothing; exit 1 when something is stale")
    arguments.add_argument("--every-fault", metavar="FILE", type=pathlib.Path,
                           help="write every systematic example there, and nothing else")
    chosen = arguments.parse_args()
    try:
        model = load()
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
