"""Workbooks (.xlsx), documents (.docx) and texts as an office's programs write them, from short descriptions.

A cell is a text, a number, None, or an object: {"text" | "runs" | "inline" | "number" | "formula" | "error" | "bool"}, with
"format" (of a number), "across" and "down" (merged). Text cells of a workbook are shared strings, as Excel has them.
"""
import io
import unicodedata
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATED = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FIRST_OWN_FORMAT = 164


def reference(row, column):
    return f"{chr(ord('A') + column)}{row + 1}"


def as_object(cell):
    if isinstance(cell, dict):
        return cell
    return {"text": cell} if isinstance(cell, str) else {"number": cell} if cell is not None else {}


def relations(targets):
    """Id → (kind, target)."""
    inside = "".join(f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
                     for name, (kind, target) in targets.items())
    return f"<Relationships {PACKAGE}>{inside}</Relationships>"


def package(parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text if isinstance(text, bytes) else
                             '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)
    return held.getvalue()


# ---- workbooks ----

class Workbook:
    def __init__(self, case):
        self.case, self.strings, self.formats = case, [], []

    def shared(self, inside):
        self.strings.append(f"<si>{inside}</si>")
        return len(self.strings) - 1

    def style(self, cell):
        if "format" not in cell:
            return ""
        if cell["format"] not in self.formats:
            self.formats.append(cell["format"])
        return f' s="{self.formats.index(cell["format"]) + 1}"'

    def cell(self, place, cell):
        style = self.style(cell)
        if "runs" in cell:
            runs = "".join(f'<r><rPr><b/></rPr><t xml:space="preserve">{escape(run)}</t></r>' for run in cell["runs"])
            return f'<c r="{place}"{style} t="s"><v>{self.shared(runs)}</v></c>'
        if "inline" in cell:
            return f'<c r="{place}" t="inlineStr"><is><t>{escape(cell["inline"])}</t></is></c>'
        if "formula" in cell:
            value = cell.get("value")
            kind = ' t="str"' if isinstance(value, str) else ""
            held = "" if value is None else f"<v>{escape(str(value))}</v>"
            return f'<c r="{place}"{style}{kind}><f>{escape(cell["formula"])}</f>{held}</c>'
        if "error" in cell:
            return f'<c r="{place}" t="e"><v>{cell["error"]}</v></c>'
        if "bool" in cell:
            return f'<c r="{place}" t="b"><v>{int(cell["bool"])}</v></c>'
        if "text" in cell:
            text = f'<t xml:space="preserve">{escape(cell["text"])}</t>'
            return f'<c r="{place}"{style} t="s"><v>{self.shared(text)}</v></c>'
        return f'<c r="{place}"{style}><v>{cell["number"]}</v></c>' if "number" in cell else f'<c r="{place}" s="0"/>'

    def sheet(self, sheet):
        rows, merged = [], []
        hidden = sheet.get("hidden_rows", [])
        for i, row in enumerate(sheet["rows"]):
            cells = [as_object(cell) for cell in row]
            inside = "".join(self.cell(reference(i, j), cell) for j, cell in enumerate(cells))
            rows.append(f'<row r="{i + 1}"{" hidden=" + quoteattr("1") if i + 1 in hidden else ""}>{inside}</row>')
            merged += [f'<mergeCell ref="{reference(i, j)}:'
                       f'{reference(i + cell.get("down", 1) - 1, j + cell.get("across", 1) - 1)}"/>'
                       for j, cell in enumerate(cells) if "across" in cell or "down" in cell]
        around = f"<mergeCells>{''.join(merged)}</mergeCells>" if merged else ""
        return f"<worksheet {MAIN}><sheetData>{''.join(rows)}</sheetData>{around}</worksheet>"

    def styles(self):
        formats = "".join(f'<numFmt numFmtId="{FIRST_OWN_FORMAT + i}" formatCode={quoteattr(code)}/>'
                          for i, code in enumerate(self.formats))
        cells = "".join(f'<xf numFmtId="{FIRST_OWN_FORMAT + i}"/>' for i in range(len(self.formats)))
        return (f'<styleSheet {MAIN}><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs>'
                f'<cellXfs><xf numFmtId="0"/>{cells}</cellXfs></styleSheet>')

    def bytes(self):
        sheets = self.case["sheets"]
        parts = {f"xl/worksheets/sheet{i + 1}.xml": self.sheet(sheet) for i, sheet in enumerate(sheets)}
        named = "".join(f'<sheet name={quoteattr(sheet.get("name", f"Sheet{i + 1}"))} sheetId="{i + 1}" '
                        f'{"state=" + quoteattr(sheet["state"]) if "state" in sheet else ""} r:id="r{i + 1}"/>'
                        for i, sheet in enumerate(sheets))
        dates = ' date1904="1"' if self.case.get("date1904") else ""
        targets = {f"r{i + 1}": ("worksheet", f"worksheets/sheet{i + 1}.xml") for i in range(len(sheets))}
        return package({
            "_rels/.rels": relations({"r1": ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": f"<workbook {MAIN} {RELATED}><workbookPr{dates}/><sheets>{named}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": relations(
                {**targets, "rs": ("sharedStrings", "sharedStrings.xml"), "rt": ("styles", "styles.xml")}),
            "xl/sharedStrings.xml": f"<sst {MAIN}>{''.join(self.strings)}</sst>",
            "xl/styles.xml": self.styles(), **parts})


# ---- documents ----

def paragraph(text):
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:p><w:r>{lines}</w:r></w:p>"


def word_cell(cell):
    facts = f'<w:gridSpan w:val="{cell["across"]}"/>' if "across" in cell else ""
    facts += '<w:vMerge w:val="restart"/>' if "down" in cell else "<w:vMerge/>" if "continues" in cell else ""
    return f"<w:tc><w:tcPr>{facts}</w:tcPr>{paragraph(str(cell.get('text', cell.get('number', ''))))}</w:tc>"


def document(blocks):
    """Paragraphs (texts) and tables (lists of rows) in their order."""
    body = ""
    for block in blocks:
        if isinstance(block, str):
            body += paragraph(block)
            continue
        rows = ("".join(word_cell(as_object(cell)) for cell in row) for row in block)
        body += f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    return package({"_rels/.rels": relations({"r1": ("officeDocument", "word/document.xml")}),
                    "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>"})


def in_windows_1258(text):
    """Its letters have their shape, their tones stand apart."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = ""
    for letter in unicodedata.normalize("NFC", text):
        base, *marks = unicodedata.normalize("NFD", letter)
        shape = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in tones))
        out += shape + "".join(mark for mark in marks if mark in tones)
    return out.encode("cp1258")


def made(case):
    """The bytes of the file that a case describes."""
    if "sheets" in case:
        return Workbook(case).bytes()
    if "document" in case:
        return document(case["document"])
    text, encoding = "\r\n".join(case["lines"]), case.get("encoding", "utf-8")
    return in_windows_1258(text) if encoding == "cp1258" else text.encode(encoding)


def plain_csv(text):
    """Lines of a plan's file, without the mark and line ends of Excel."""
    return text.removeprefix("\ufeff").splitlines()
