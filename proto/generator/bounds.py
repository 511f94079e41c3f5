"""Spans and limits of include/bounds.h, and the pages that say them.

A page says a value in one of two ways, and this writes it there: behind its name, `UNDO_SPAN (10 s)`,
or before a mark that no reader sees, `10 s<!-- UNDO_SPAN -->`. The names of spans stand without _MS.
"""
import re

from generator.pages import table

HEADER = "include/bounds.h"
UNITS = {  # milliseconds of each, the longest first
    "en": ((3600000, "h"), (60000, "min"), (1000, "s"), (1, "ms")),
    "vi": ((3600000, "giờ"), (60000, "phút"), (1000, "giây"), (1, "ms")),
}
# A number as any language groups its digits, and its unit, if it has one.
VALUE = r"\d[\d.,]*(?: \d{3})*(?: (?:h|min|s|ms|giờ|phút|giây|KiB|MiB))?"


class Bound:
    def __init__(self, name, expression, meaning, known):
        self.is_span = name.endswith("_MS")
        self.is_bytes = "* 1024" in expression
        self.name = name.removesuffix("_MS")
        self.value = evaluate(expression, known)
        self.meaning = meaning


def evaluate(expression, known):
    """The integer that such an expression of numbers and names before it makes in C."""
    for name in re.findall(r"[A-Z_]\w*", expression):
        expression = re.sub(rf"\b{name}\b", str(known[name]), expression)
    if not re.fullmatch(r"[\d\s*+/()-]+", expression):
        raise SystemExit(f"{HEADER}: {expression}: not a sum of numbers")
    return eval(expression.replace("/", "//"))  # digits and operators alone, by the line above


def read_header(text):
    """Every value by its name, in order; each says behind it what it bounds."""
    found, known = {}, {}
    for name, expression, meaning in re.findall(
            r"^\t([A-Z]\w*) =\s*([^,;]*?),(?:\s*/\*(.*?)\*/)?$", text, flags=re.M | re.S):
        if not meaning:
            raise SystemExit(f"{HEADER}: {name} does not say what it bounds")
        bound = Bound(name, " ".join(expression.split()), " ".join(meaning.split()), known)
        known[name] = bound.value
        found[bound.name] = bound
    return found


def decimal(number, language):
    text = f"{number:g}"
    return text.replace(".", ",") if language == "vi" else text


def said(bound, language):
    """The value as a reader of this language writes it."""
    if bound.is_span:
        size, unit = next(entry for entry in UNITS[language] if bound.value >= entry[0])
        return f"{decimal(bound.value / size, language)} {unit}"
    if bound.is_bytes:
        size, unit = (1 << 20, "MiB") if bound.value % (1 << 20) == 0 else (1 << 10, "KiB")
        return f"{bound.value // size} {unit}"
    group = "." if language == "vi" else " "
    return f"{bound.value:,}".replace(",", group) if bound.value > 9999 else str(bound.value)


def rows(bounds, spans):
    for bound in bounds.values():
        if bound.is_span == spans:
            yield f"`{bound.name}`", said(bound, "en"), bound.meaning


def state(page, bounds):
    """The page with the values it says as they are, each in the language that it stands in."""
    def value_of(name, before):
        if name not in bounds:
            raise SystemExit(f"{HEADER} has no {name}, which a page says")
        language = "vi" if before.endswith(("giờ", "phút", "giây")) else "en"
        return said(bounds[name], language)

    page = re.sub(rf"({VALUE})<!-- ([A-Z][A-Z_]+) -->",
                  lambda match: f"{value_of(match[2], match[1])}<!-- {match[2]} -->", page)
    names = "|".join(sorted(bounds, key=len, reverse=True))
    return re.sub(rf"\b({names}) \(({VALUE})(?=[);])",
                  lambda match: f"{match[1]} ({value_of(match[1], match[2])}", page)


def sections(bounds):
    """The generated lines of docs/limits.md by the name of their marker."""
    head = ("name", "value", "what it bounds")
    return {"spans": table(head, rows(bounds, spans=True)),
            "limits": table(head, rows(bounds, spans=False))}
