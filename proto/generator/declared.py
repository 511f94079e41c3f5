"""What the schema declares of each command (`x-command`) and event (`x-event`): checked rows.

docs/protocol.md describes the attributes.
"""
import dataclasses

from generator.choices import NAMED, names_of
from generator.model import SchemaError, snake

AREAS = ("agenda", "floor", "scene", "microphones", "site", "list")
KEYS = {
    "x-command": {"by", "own", "own_words", "own_on_air", "touches", "touches_with"},
    "x-event": {"seen_by", "about", "unpaced", "note_on"},
}
WORDS_MAX = 31  # bits of struct command_declaration.words
TEXTS_MAX = 4  # DECLARED_TEXTS_MAX of coordinator/meeting/declarations.h


def free_texts(made):
    """The members that people write: strings of no form."""
    return [f for f in made.fields if f.type.kind == "string" and not f.type.check]


@dataclasses.dataclass
class Command:
    """One row: who may ask (`by`), on what a site may act, what may have changed meanwhile."""
    name: str
    type: "Type"
    by: tuple
    own: "Field" = None
    words: tuple = None  # (Field, words): of these a site may give
    on_air: "Field" = None  # set: a site asks only while it is on air
    touches: tuple = ()
    touches_with: "Field" = None  # touches only where this member is given
    doc: str = ""

    def texts(self):
        """What a site writes for others to read."""
        return free_texts(self.type) if self.own else []

    def place(self):
        """The member that names the site or the speaking list that is touched."""
        meant = {"site": ("site",), "list": ("list", "turn")}
        names = [name for area in self.touches for name in meant.get(area, ())]
        found = [f for name in names for f in self.type.fields if f.name == name]
        if names and not found:
            raise SchemaError(f"{self.name}: has no member {' or '.join(names)} that it touches")
        return found[0] if found else None


@dataclasses.dataclass
class Event:
    """One row: who sees it, and the site that alone does where it is about one."""
    name: str
    type: "Type"
    seen_by: tuple
    about: "Field" = None
    unpaced: bool = False
    note_on: "Field" = None  # names the item under which the minutes keep the text of the event
    doc: str = ""

    def note(self):
        """The text that is kept."""
        texts = free_texts(self.type)
        if len(texts) != 1:
            raise SchemaError(f"{self.name}: `note_on` needs one text")
        return texts[0]


class Declarations:
    """All rows of a model, checked."""

    def __init__(self, model):
        self.find = {made.name: made for made in model.order}
        self.roles = self.find["role"].words
        self.groups = model.schemas["types"]["$defs"]["role"]["x-groups"]
        if strange := [g for g, of in self.groups.items() if set(of) - set(self.roles)]:
            raise SchemaError(f"types.json role: {strange} of x-groups has a role that is none")
        self.commands = [self._command(*row) for row in self._rows(model, "commands")]
        self.events = [self._event(*row) for row in self._rows(model, "events")]

    @staticmethod
    def _rows(model, file):
        keyword, prefix = NAMED[file], {"commands": "cmd_", "events": "ev_"}[file]
        find = {made.name: made for made in model.order}
        for name in names_of(model.schemas, file):
            declared = model.schemas[file]["$defs"][name][keyword]
            if strange := set(declared) - KEYS[keyword]:
                raise SchemaError(f"{file}.json {name}: {keyword} has no {', '.join(strange)}")
            yield name, find[prefix + snake(name)], declared

    def _roles(self, name, words):
        """Roles and groups as roles, in the order of the enum."""
        meant = {role for word in words for role in self.groups.get(word, [word])}
        if not meant or meant - set(self.roles):
            raise SchemaError(f"{name}: {words} are not roles")
        return tuple(role for role in self.roles if role in meant)

    @staticmethod
    def _member(made, name, *kinds):
        """A member of one of these types, or None for no name."""
        if name is None:
            return None
        field = next((f for f in made.fields if f.name == name), None)
        if not field or not {field.type.name, field.type.kind} & set(kinds):
            raise SchemaError(f"{made.name}: {name} is no member of type {' or '.join(kinds)}")
        return field

    def _words(self, made, declared):
        for name, words in declared.get("own_words", {}).items():
            field = self._member(made, name, "enum")
            if set(words) - set(field.type.words):
                raise SchemaError(f"{made.name}: {name} has other words than {words}")
            if len(field.type.words) > WORDS_MAX:
                raise SchemaError(f"{made.name}: {name} has too many words for a set of bits")
            return field, tuple(words)
        return None

    def _command(self, name, made, declared):
        row = Command(name, made, self._roles(name, declared["by"]), doc=made.doc,
                      own=self._member(made, declared.get("own"), "site_id", "turn_id"),
                      words=self._words(made, declared),
                      on_air=self._member(made, declared.get("own_on_air"), "boolean"),
                      touches=tuple(declared.get("touches", ())))
        optional = {f.name: f for f in made.fields if f.optional}
        if "touches_with" in declared:
            row.touches_with = optional.get(declared["touches_with"])
            if not row.touches_with:
                raise SchemaError(f"{name}: `touches_with` names an optional member")
        if bool(row.own) != ("site" in row.by):
            raise SchemaError(f"{name}: `own` says what a site may act on, and only that")
        if set(row.touches) - set(AREAS) or {"site", "list"} <= set(row.touches):
            raise SchemaError(f"{name}: {row.touches} are not areas, or need two members")
        row.place()
        if len(row.texts()) > TEXTS_MAX:
            raise SchemaError(f"{name}: a site writes at most {TEXTS_MAX} texts at once")
        return row

    def _event(self, name, made, declared):
        row = Event(name, made, self._roles(name, declared["seen_by"]), doc=made.doc,
                    about=self._member(made, declared.get("about"), "site_id"),
                    unpaced=declared.get("unpaced", False),
                    note_on=self._member(made, declared.get("note_on"), "item_id"))
        if row.about and "site" not in row.seen_by:
            raise SchemaError(f"{name}: `about` is for events that sites see")
        if row.note_on:
            row.note()
        return row
