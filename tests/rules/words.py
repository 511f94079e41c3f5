"""What people read stands in proto/words alone, whole and in both languages.

    words.py ROOT

The generator refuses words that are incomplete, no word and no text is there for nobody, in the
board's dictionaries neither, and no string in a product's C file has Vietnamese letters. What the
tables of command lines say is English there and Vietnamese in help.json.
"""
import copy
import json
import pathlib
import re
import sys
import unicodedata

ROOT = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(ROOT / "proto"))
from generator.model import BASE, Model, SchemaError  # noqa: E402
from generator import words  # noqa: E402

VIETNAMESE = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u01b0\u1ea0-\u1ef9]")
LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"')
COMMENT_OR_LITERAL = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'', re.S)
AREAS = ("include", "proto", "coordinator", "endpoint")
GENERATED = "proto/gen/words.c"
# Files whose strings may be Vietnamese, and why.
EXCEPTIONS = {
    "coordinator/plan/cell_value.c": "words of a cell as people write them: read, not said",
    "coordinator/import/office_cell.c": "words of a cell as people write them: read, not said",
    "endpoint/cards/card_words.c": "words of titles that no line may end within: read, not said",
    "endpoint/cards/title_board.c": "words by which a title's lines are known: read, not said",
    "endpoint/fleet/script_actions.c": "what a simulated hall writes to the centre: content, not a word",
}


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
    words.Words(model, files, {"some help": "trợ giúp"})


def accepted():
    judge(lambda files: None)
    for name, change in BAD.items():
        try:
            judge(change)
            yield f"the generator accepts: {name}"
        except SchemaError:
            pass


# ---- where texts stand ----

def sources():
    for area in AREAS:
        for path in sorted((ROOT / area).rglob("*.[ch]")):
            if "node_modules" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def literals(text):
    """Every string of a C file, with its line."""
    for match in COMMENT_OR_LITERAL.finditer(text):
        if match[0].startswith('"'):
            yield text.count("\n", 0, match.start()) + 1, match[0]


def vietnamese():
    met = set()
    for name, text in sources():
        found = [(line, literal) for line, literal in literals(text) if VIETNAMESE.search(literal)]
        if found and name in EXCEPTIONS:
            met.add(name)
        elif found and name != GENERATED:
            yield from (f"{name}:{line}: {literal}: belongs in proto/words" for line, literal in found)
    yield from (f"{name}: has no Vietnamese string: no exception" for name in set(EXCEPTIONS) - met)


def unread():
    """Labels and sentences of an enum that neither C nor a page asks for."""
    product = "\n".join(text for name, text in sources() if not name.startswith("proto/gen/"))
    pages = "\n".join(path.read_text(encoding="utf-8")
                      for path in (ROOT / "coordinator/board/src").rglob("*.ts*"))
    worded = json.loads((ROOT / "proto/words/vi.json").read_text(encoding="utf-8"))["words"]
    yield from (f"proto/words: nobody reads {name}.{field}" for name, fields in worded.items()
                for field in fields if f"{field}_of_{name}(" not in product
                and not re.search(rf"\b{name}\.{field}\b", pages))


def unused():
    texts = json.loads((ROOT / "proto/words/vi.json").read_text(encoding="utf-8"))["texts"]
    product = "\n".join(text for name, text in sources() if not name.startswith("proto/gen/"))
    used = set(re.findall(r"\bTEXT_[A-Z0-9_]+\b", product))
    yield from (f"proto/words: nobody says {group}.{key}" for group, keys in texts.items()
                for key in keys if words.text_id(group, key) not in used)


def unsaid():
    """Words of the board's dictionaries that no component says: each is asked for as words.group.key."""
    board = ROOT / "coordinator/board/src"
    dictionary = (board / "i18n/dictionary.ts").read_text(encoding="utf-8")
    pages = "\n".join(path.read_text(encoding="utf-8") for path in board.rglob("*.ts*")
                      if path.parent.name not in ("i18n", "words"))
    dictionary = re.sub(r"/\*.*?\*/|//[^\n]*", "", dictionary, flags=re.S)
    for group, keys in re.findall(r"^  readonly (\w+): \{(.*?)\};", dictionary, re.S | re.M):
        if f"words.{group}[" not in pages:
            yield from (f"coordinator/board/src/i18n: nobody says {group}.{key}"
                        for key in re.findall(r"(?:readonly |[{;]\s*)(\w+)[:(]", keys)
                        if not re.search(rf"\bwords(\.peek\(\)|\.value)?\.{group}\.{key}\b", pages))


# ---- help ----

PARTS = re.compile(r'(?:"(?:[^"\\\n]|\\.)*"\s*)+')
SAYS = re.compile(r'\.(?:help|wants|note)\s*=\s*((?:"(?:[^"\\\n]|\\.)*"\s*)+)')


def joined(parts):
    return "".join(literal[1:-1] for literal in LITERAL.findall(parts))


def help_texts():
    """What tables of command lines say, in Vietnamese: nothing is missing, nothing is left over."""
    known = json.loads((ROOT / "proto/words/help.json").read_text(encoding="utf-8"))
    said, every = set(), set()
    for name, text in sources():
        if not name.startswith("proto/gen/"):
            said |= {joined(parts) for parts in SAYS.findall(text)}
            every |= {joined(parts) for parts in PARTS.findall(text)}
    yield from (f"proto/words/help.json: lacks {text}" for text in sorted(said - set(known)))
    yield from (f"proto/words/help.json: nobody says {text}" for text in sorted(set(known) - every))


def main():
    faults = [*accepted(), *vietnamese(), *unread(), *unused(), *unsaid(), *help_texts()]
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


main()
