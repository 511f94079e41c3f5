"""What pages for people point at is there: files and headings of links, the twin of a guide in the other
language, commands and options that guides tell people to type, what they call buttons and states (in italics).

    pages.py ROOT
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/guides/*.md"), *ROOT.glob("docs/decisions/*.md")]
GUIDES = sorted(ROOT.glob("docs/guides/*.md"))
HELP = (ROOT / "docs/command-line.md").read_text(encoding="utf-8")
COMMANDS = {tuple(words.split()) for words in re.findall(r"^\$ (diemcau-\w+(?: [a-z]+)*) --help", HELP, re.M)}
GROUPS = {words[1] for words in COMMANDS if len(words) == 3}
WORDS = {language: "".join((ROOT / name.format(language)).read_text(encoding="utf-8") for name in (
    "coordinator/board/src/i18n/{}.ts", "coordinator/board/src/site_page/words/{}.ts", "coordinator/board/src/screens/words/{}.ts", "coordinator/board/src/registration/words/{}.ts",
    "proto/words/{}.json")).casefold() for language in ("vi", "en")}
OPTIONS = set(re.findall(r"--[a-z][a-z-]+", HELP))


def prose(text):
    return re.sub(r"```.*?```", "", text, flags=re.S)


def anchors(text):
    """As GitHub names headings."""
    for heading in re.findall(r"^#+ (.*)$", prose(text), re.M):
        plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).lower()
        yield re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def broken_links(page, text):
    for link in re.findall(r"\]\(([^) ]+)\)", prose(text)):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name) if name else page
        if not target.exists():
            yield f"no {link}"
        elif anchor and anchor not in anchors(target.read_text(encoding="utf-8")):
            yield f"no heading for {link}"


def no_twin(page, text):
    """A guide that names itself in the other language is named there."""
    for name in re.findall(r"^\*\[(?:Tiếng Việt|In English)\]\(([\w.-]+)\)\*$", text, re.M):
        twin = page.parent / name
        if not twin.exists() or f"]({page.name})*" not in twin.read_text(encoding="utf-8"):
            yield f"{name} does not name it"


def code(text):
    """Lines of blocks and spans in which one of our commands is typed, from its name on."""
    blocks = [line for block in re.findall(r"```\w*\n(.*?)```", text, re.S) for line in block.splitlines()]
    for line in blocks + re.findall(r"`([^`\n]+)`", prose(text)):
        line = line.split(" #")[0]
        started = re.match(r"(?:(?:sudo|env) -u \w+ )?(diemcau-[a-z]+ .*)", line)
        if started:
            yield started[1]
        elif re.match(rf"(?:{'|'.join(sorted(GROUPS))}) [a-z]+ ", line):
            yield f"diemcau-coordinator {line}"


def unknown_commands(_, text):
    for line in code(text):
        words = tuple(re.match(r"(diemcau-\w+)((?: [a-z]+)*)", line)[0].split())
        if not any(words[:length] in COMMANDS for length in (3, 2)) and not (len(words) == 1 and words in COMMANDS):
            yield f"no command {line}"
        for option in re.findall(r"(--[a-z][a-z-]+)", line):
            if option not in OPTIONS:
                yield f"no option {option}: {line}"


def unknown_labels(_, text):
    """Of the board and the site's page, as they stand in the words of the page's language; "A > B" is another program's."""
    language = "vi" if "*[In English](" in text else "en"
    for label in re.findall(r"(?<!\*)\*([^*\n\[\]]+)\*(?!\*)", prose(text)):
        if label.casefold() not in WORDS[language] and " > " not in label:
            yield f"no words {label}"


def main():
    found = [(page, page.read_text(encoding="utf-8")) for page in PAGES]
    faults = [(page, fault) for page, text in found for fault in broken_links(page, text)]
    for look in (no_twin, unknown_commands, unknown_labels):
        faults += [(page, fault) for page, text in found if page in GUIDES for fault in look(page, text)]
    for page, fault in faults:
        print(f"{page.relative_to(ROOT)}: {fault}")
    typed = sum(1 for page, text in found if page in GUIDES for _ in code(text))
    sys.exit(1 if faults or typed < 40 else 0)


main()
