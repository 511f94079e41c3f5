"""What people read stands in proto/words alone, whole and in both languages.

    words.py ROOT

The generator refuses words that are incomplete.
"""
import copy
import pathlib
import sys
import unicodedata

ROOT = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(ROOT / "proto"))
from generator.model import BASE, Model, SchemaError  # noqa: E402
from generator import words  # noqa: E402


# ---- what the generator refuses ----

ENUMS = {"colour": ["red", "green"]} | {name: ["a"] for name in words.UNSEEN}
GOOD = {
    "vi": {"words": {"colour": {"label": {"red": "đỏ", "green": "lục"}}},
           "texts": {"some": {"thing": "Có {n} việc."}}},
    "en": {"words": {"colour": {"label": {"red": "red", "green": "green"}}},
           "texts": {"some": {"thing": "{n} things."}}},
}


def without(*path):
    def change(files):
        *first, last = path
        for key in first:
            files = files[key]
        del files[last]
    return change


def having(value, *path):
    def change(files):
        *first, last = path
        for key in first:
            files = files.setdefault(key, {})
        files[last] = value
    return change


LABEL = ("en", "words", "colour", "label")
BAD = {
    "a value without a word": without(*LABEL, "green"),
    "a word without a value": having("blue", *LABEL, "blue"),
    "an enum without words": without("en", "words", "colour"),
    "words without an enum": having({"a": "a"}, "vi", "words", "taste", "label"),
    "words of an enum that nobody sees": having({"a": "a"}, "vi", "words", "slot", "label"),
    "a field in one language": having({"red": "Red.", "green": "Green."}, "en", "words", "colour", "sentence"),
    "a field of another name": having({"red": "r", "green": "g"}, "vi", "words", "colour", "short"),
    "no text": having("", *LABEL, "red"),
    "two lines": having("r\ned", *LABEL, "red"),
    "a space at the end": having("red ", *LABEL, "red"),
    "not a text": having(1, *LABEL, "red"),
    "letters and marks apart": having(unicodedata.normalize("NFD", "đỏ ế"), "vi", *LABEL[1:], "red"),
    "a placeholder in a word": having("{n}", *LABEL, "red"),
    "a text in one language": without("en", "texts", "some", "thing"),
    "a group in one language": having({"x": "x"}, "vi", "texts", "other"),
    "another placeholder": having("{m} things.", "en", "texts", "some", "thing"),
    "a brace": having("{n} {things.", "en", "texts", "some", "thing"),
    "a key that is no name": having({"a-b": "x"}, "vi", "texts", "some"),
    "a part of another name": having({}, "vi", "word"),
}


def judge(change):
    definitions = {name: {"type": "string", "enum": values} for name, values in ENUMS.items()}
    model = Model({"types": {"$id": f"{BASE}types.json", "title": "", "$defs": definitions}})
    files = copy.deepcopy(GOOD)
    change(files)
    words.Words(model, files)


def accepted():
    judge(lambda files: None)
    for name, change in BAD.items():
        try:
            judge(change)
            yield f"the generator accepts: {name}"
        except SchemaError:
            pass


def main():
    faults = list(accepted())
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


main()
