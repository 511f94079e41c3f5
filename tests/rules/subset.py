"""The generator refuses what it cannot keep: every keyword outside the subset, every unsafe form,
every right that is declared by halves.

    subset.py ROOT
"""
import sys

sys.path.insert(0, f"{sys.argv[1]}/proto")
from generator.declared import Declarations  # noqa: E402
from generator.model import BASE, Model, SchemaError, members  # noqa: E402

TEXT = {"type": "string", "maxLength": 5}


def struct(**properties):
    return {"type": "object", "properties": properties, "required": list(properties),
            "additionalProperties": False}


GOOD = {"word": {"type": "string", "enum": ["a", "b"]}, "some": struct(text=TEXT),
        "first_byte": {"description": "A byte.", "const": 1}}
BAD = {
    "no maxLength": struct(text={"type": "string"}),
    "unnamed pattern": struct(text=TEXT | {"pattern": "^a$"}),
    "format": struct(text=TEXT | {"format": "date"}),
    "unanchored pattern": TEXT | {"pattern": "a"},
    "pattern beyond ASCII": TEXT | {"pattern": "^à$"},
    "no maximum": struct(number={"type": "integer", "minimum": 0}),
    "beyond 2^53-1": struct(number={"type": "integer", "minimum": 0, "maximum": 2**53}),
    "multipleOf": struct(number={"type": "integer", "minimum": 0, "maximum": 8, "multipleOf": 2}),
    "number": struct(number={"type": "number", "minimum": 0, "maximum": 1}),
    "null": struct(nothing={"type": "null"}),
    "two types": struct(text={"type": ["string", "null"], "maxLength": 5}),
    "open object": {"type": "object", "properties": {"text": TEXT}},
    "patternProperties": struct(text=TEXT) | {"patternProperties": {"^x": TEXT}},
    "unnamed object": struct(inner=struct(text=TEXT)),
    "required but unknown": struct(text=TEXT) | {"required": ["other"]},
    "no maxItems": struct(list={"type": "array", "items": TEXT}),
    "uniqueItems": struct(list={"type": "array", "items": TEXT, "maxItems": 3,
                                "uniqueItems": True}),
    "array of arrays": struct(list={"type": "array", "maxItems": 3,
                                    "items": {"type": "array", "items": TEXT, "maxItems": 3}}),
    "optional const": struct() | {"properties": {"type": {"const": "x"}}},
    "C keyword": struct(default=TEXT),
    "word in capitals": {"type": "string", "enum": ["A"]},
    "unknown reference": struct(text={"$ref": "#/$defs/none"}),
    "reference elsewhere": struct(text={"$ref": "https://example.org/x"}),
    "itself": struct(inner={"$ref": "#/$defs/bad"}),
    "anyOf": struct(text={"anyOf": [TEXT]}),
    "allOf": {"allOf": [struct(text=TEXT)]},
    "a number in a message": struct(kind={"const": 1}),
    "two of one name": {"type": "string", "enum": ["a", "a"]},
}


TYPES = {
    "role": {"type": "string", "enum": ["site", "operator", "technician"],
             "x-groups": {"staff": ["operator", "technician"]}},
    "site_id": TEXT | {"pattern": "^a$"},
    "item_id": TEXT | {"pattern": "^b$"},
    "step": {"type": "string", "enum": ["tested", "seated"]},
}
SITE = {"$ref": "types.json#/$defs/site_id"}
ITEM = {"$ref": "types.json#/$defs/item_id"}
GOOD_COMMAND = {"by": ["staff", "site"], "own": "site", "own_words": {"step": ["seated"]},
                "own_on_air": "shown", "touches": ["agenda", "site"], "touches_with": "note"}
GOOD_EVENT = {"seen_by": ["staff", "site"], "about": "site", "unpaced": True, "note_on": "item"}
BAD_COMMANDS = {
    "nobody": {"by": []},
    "a role that is none": {"by": ["chair"]},
    "a site without what is its own": {"by": ["site"]},
    "what is its own without a site": {"by": ["operator"], "own": "site"},
    "own is no site and no turn": {"by": ["site"], "own": "step"},
    "own is no member": {"by": ["site"], "own": "turn"},
    "a word that is none": {"by": ["site"], "own": "site", "own_words": {"step": ["ready"]}},
    "on air is no boolean": {"by": ["site"], "own": "site", "own_on_air": "note"},
    "an area that is none": {"by": ["operator"], "touches": ["weather"]},
    "two areas that need a member": {"by": ["operator"], "touches": ["site", "list"]},
    "an area without its member": {"by": ["operator"], "touches": ["list"]},
    "touched with what is always given": {"by": ["operator"], "touches": ["site"],
                                          "touches_with": "site"},
    "unknown attribute": {"by": ["operator"], "seen_by": ["operator"]},
}
BAD_EVENTS = {
    "seen by nobody": {"seen_by": []},
    "about a site that does not see it": {"seen_by": ["operator"], "about": "site"},
    "about what is no site": {"seen_by": ["site"], "about": "item"},
    "a note on what is no item": {"seen_by": ["staff"], "note_on": "site"},
    "unknown attribute": {"seen_by": ["staff"], "by": ["operator"]},
}


def rows(command, event, told={"seen_by": ["staff"]}):
    """The rows of one command and two events, of which the second has no text."""
    ask = struct(site=SITE, step={"$ref": "types.json#/$defs/step"}, shown={"type": "boolean"})
    ask["properties"]["note"] = TEXT
    definitions = {"types": TYPES, "commands": {"site.ask": ask | {"x-command": command}},
                   "events": {"site.asked": struct(site=SITE, item=ITEM, reason=TEXT)
                              | {"x-event": event},
                              "site.told": struct(item=ITEM) | {"x-event": told}}}
    return Declarations(Model({file: {"$id": f"{BASE}{file}.json", "title": "", "$defs": made}
                               for file, made in definitions.items()}))


def accepted(made, cases):
    """The names of those that are not refused."""
    for name, bad in cases.items():
        try:
            made(bad)
            yield name
        except SchemaError:
            pass


def model(bad):
    definitions = GOOD | ({"bad": bad} if bad else {})
    return Model({"types": {"$id": f"{BASE}types.json", "title": "", "$defs": definitions}})


def main():
    model(None)
    rows(GOOD_COMMAND, GOOD_EVENT)
    kept = [*accepted(model, BAD),
            *accepted(lambda bad: rows(bad, GOOD_EVENT), BAD_COMMANDS),
            *accepted(lambda bad: rows(GOOD_COMMAND, bad), BAD_EVENTS),
            *accepted(lambda bad: rows(GOOD_COMMAND, GOOD_EVENT, bad),
                      {"a note without a text": {"seen_by": ["staff"], "note_on": "item"}}),
            *accepted(members, {"a name that stands twice": [("text", TEXT), ("text", GOOD["word"])]})]
    print("\n".join(f"accepted: {name}" for name in kept))
    sys.exit(1 if kept else 0)


main()
