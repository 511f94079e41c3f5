"""The generator refuses what it cannot keep: every keyword outside the subset, every unsafe form.

    subset.py ROOT
"""
import sys

sys.path.insert(0, f"{sys.argv[1]}/proto")
from generator.model import BASE, Model, SchemaError  # noqa: E402

TEXT = {"type": "string", "maxLength": 5}


def struct(**properties):
    return {"type": "object", "properties": properties, "required": list(properties),
            "additionalProperties": False}


GOOD = {"word": {"type": "string", "enum": ["a", "b"]}, "some": struct(text=TEXT)}
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
    "two of one name": {"type": "string", "enum": ["a", "a"]},
}


def model(bad):
    definitions = GOOD | ({"bad": bad} if bad else {})
    return Model({"types": {"$id": f"{BASE}types.json", "title": "", "$defs": definitions}})


def main():
    model(None)
    kept = []
    for name, bad in BAD.items():
        try:
            model(bad)
            kept.append(name)
        except SchemaError:
            pass
    print("\n".join(f"accepted: {name}" for name in kept))
    sys.exit(1 if kept else 0)


main()
