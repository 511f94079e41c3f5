"""Bodies that a name chooses (`x-choice`), written out as plain JSON Schema.

So the name of a command or event stands once in the schema: as the name of its definition.
"""
import copy

NAMED = {"commands": "x-command", "events": "x-event"}


def names_of(schemas, file):
    """The commands or events of a file, in their order."""
    return [name for name, made in schemas[file]["$defs"].items() if NAMED[file] in made]


def _arm(name, body, file, own):
    target = f"{'' if own else f'{file}.json'}#/$defs/{name}"
    return {"properties": {"name": {"const": name}, body: {"$ref": target}}}


def _chosen(schema, schemas, own_file):
    """A definition with its x-choice written out."""
    choice = schema.pop("x-choice")
    file, body = choice["of"], choice["body"]
    names = names_of(schemas, file)
    schema["properties"] |= {"name": {"type": "string", "enum": names}, body: {"type": "object"}}
    schema["required"] = [*schema["required"], "name", body]
    schema["additionalProperties"] = False
    schema["oneOf"] = [_arm(name, body, file, file == own_file) for name in names]


def shortened(schemas):
    """The files that expand changes."""
    return [file for file, schema in schemas.items()
            if any("x-choice" in made for made in schema["$defs"].values())]


def expand(schemas):
    """The schemas as plain JSON Schema; what was handed in stays as it is."""
    schemas = copy.deepcopy(schemas)
    for file, schema in schemas.items():
        for made in schema["$defs"].values():
            if "x-choice" in made:
                _chosen(made, schemas, file)
    return schemas
