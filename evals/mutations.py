"""Damage for ``evals.fuzz``: to the bytes of a file, and to what its format is made of: the parts of a package,
elements and attributes of markup, spans, counts. What a reader acts on is changed often, and most parts of a package
stay XML that can be parsed; random bytes seldom reach a reader.
"""

from __future__ import annotations

import copy
import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable

from lxml import etree

__all__ = ["mutated"]

Mutate = Callable[[random.Random, bytes], bytes]

_MOST_BYTES = 4 * 1024 * 1024  # of one part: growth that the readers' own limits are tried with elsewhere
_SPANS = (1, 8, 100, 3000)
# What text, HTML and XML readers act on: put in at random, they make the damage that random bytes rarely do.
_TOKENS = (
    "|", "||||", "\n", "\n\n", "\t", "/", "—", "（", "）", "：", "。", "1", "-1", "9" * 40, "1.2万", "0.0.0", "一、",
    "（一）", "三、本年度办理结果", "总计", "其他", "自然人", "规章", "行政复议", "结果维持", "数据1", "# ", "---",
    "> ", "**", "\u200b", "\u202e", "\x00", "\x1b[31m", "\ufeff", "\ud7ff", "&nbsp;", "&#x110000;", "&#0;", "<table>",
    "</table>", "<tr>", "</tr>", "<td>", "</td>", '<td rowspan="99999">', '<td colspan="-1">', '<td colspan="x">',
    "<!--", "-->", "<![CDATA[", "<script>", "<p>", "</p>", "<br>", "<h1>", "<base href='//x'>", "<meta charset=utf-16>",
    "<w:tc>", "</w:tc>", "<w:tbl>", "</w:tbl>", '<w:gridSpan w:val="0"/>', '<w:gridSpan w:val="-3"/>', "<w:vMerge/>",
    "<w:del>", "<w:ins>", "<v>", "</v>", 't="s"', '<mergeCell ref="A1:XFD1048576"/>', '<mergeCell ref="B2:A1"/>',
    "<f>SUM(A1:A1)</f>", "<ofd:TextCode X='0' Y='0' DeltaX='g 99999999 1'>1</ofd:TextCode>",
    "<ofd:AbbreviatedData>M 0 0 L 1e9 nan</ofd:AbbreviatedData>",
    "<<", ">>", "endobj", " 0 R", "stream", "/Filter/FlateDecode", "/Kids[2 0 R]", "\r\n\r\n", "--", "=\r\n",
    "Content-Transfer-Encoding: base64\r\n", "Content-Type: text/html; charset=x-none\r\n",
)  # fmt: skip
# What stands where a number is meant, or an attribute's value.
_EXTREMES = (
    "0", "-1", "1", "2", "3", "17", "200", "99999", "1048577", "2147483648", "-2147483649", "9" * 20, "9" * 5000, "1e9",
    "1e400", "NaN", "inf", "0x10", "1.5", "-0", "", " ", "x", "٣", "１２", "²", "A1", "A0", "XFE1:A1", "true",
    "../..", "/", "#",
)  # fmt: skip
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_ATTRIBUTE = re.compile(rb"""([\w:.-]+)=("[^"<>]*"|'[^'<>]*')""")
_TAG = re.compile(rb"<([A-Za-z][\w:.-]*)[^<>]*?(/?)>")
_CELL = re.compile(rb"<(?:td|th)\b", re.IGNORECASE)
_DEEP = (2, 40, 600)
_NAMES = (
    "../外.xml", "/etc/x", "C:\\x", "word/document.xml", "xl/workbook.xml", "OFD.xml", "[Content_Types].xml", ".",
    "a" * 300, "清源区_2024.docx", "内.zip", "con", "x\x00y",
)  # fmt: skip


def _span(chance: random.Random, data: bytes) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.choice(_SPANS))


def _flip(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 30))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(chance: random.Random, data: bytes) -> bytes:
    start, end = _span(chance, data)
    return data[:start] + data[end:]


def _end(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def _repeat(chance: random.Random, data: bytes) -> bytes:
    start, end = _span(chance, data)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _swap(chance: random.Random, data: bytes) -> bytes:
    (a, b), (c, d) = sorted((_span(chance, data), _span(chance, data)))
    return data if b > c else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _insert(chance: random.Random, data: bytes) -> bytes:
    for _ in range(chance.choice((1, 2, 10))):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(_TOKENS).encode("utf-8", "replace") + data[at:]
    return data


def _pieces(chance: random.Random, data: bytes) -> bytes:
    """Drop, double or move a stretch between two angle brackets, bars or line ends: whole tags, cells and lines."""
    mark = chance.choice((b"<", b"|", b"\n", b">"))
    parts = data.split(mark)
    at = chance.randrange(len(parts))
    parts[at : at + 1] = chance.choice(([], [parts[at]] * 2, [parts[chance.randrange(len(parts))]]))
    return mark.join(parts)


def _number(chance: random.Random, data: bytes) -> bytes:
    """Numbers replaced by others: counts, spans, lengths, places, figures."""
    found = list(_NUMBER.finditer(data))
    for each in sorted(chance.sample(found, min(len(found), chance.choice((1, 1, 5)))), key=lambda m: -m.start()):
        data = data[: each.start()] + chance.choice(_EXTREMES).encode() + data[each.end() :]
    return data


def _attribute(chance: random.Random, data: bytes) -> bytes:
    """An attribute's value replaced, or the attribute dropped, doubled or given another's value."""
    found = list(_ATTRIBUTE.finditer(data))
    if not found:
        return _number(chance, data)
    each, other = chance.choice(found), chance.choice(found)
    extreme = each[1] + b'="' + chance.choice(_EXTREMES).encode() + b'"'
    made = chance.choice((extreme, extreme, b"", each[0] + b" " + each[0], each[1] + b"=" + other[2]))
    return data[: each.start()] + made + data[each.end() :]


def _span_of_cell(chance: random.Random, data: bytes) -> bytes:
    """A cell of a page's table that reaches over others."""
    found = list(_CELL.finditer(data))
    if not found:
        return _attribute(chance, data)
    each = chance.choice(found)
    name = chance.choice((b"rowspan", b"colspan"))
    return data[: each.end()] + b" " + name + b'="' + chance.choice(_EXTREMES).encode() + b'"' + data[each.end() :]


def _element(chance: random.Random, data: bytes) -> bytes:
    """A whole element dropped, doubled, put into itself, moved, or unwrapped."""
    found = [tag for tag in _TAG.finditer(data) if not tag[2]]
    if not found:
        return _pieces(chance, data)
    tag = chance.choice(found)
    closing = b"</" + tag[1] + b">"
    end = data.find(closing, tag.end())
    if end < 0:
        return data[: tag.start()] + data[tag.end() :]
    whole, inner = data[tag.start() : end + len(closing)], data[tag.end() : end]
    before, behind = data[: tag.start()], data[end + len(closing) :]
    match chance.randrange(5):
        case 0:
            return before + behind
        case 1:
            return before + whole * chance.choice((2, 2, 300)) + behind
        case 2:
            deep = chance.choice(_DEEP)
            return before + tag[0] * deep + inner + closing * deep + behind
        case 3:
            rest = before + behind
            other = chance.choice(found).start()
            return rest[:other] + whole + rest[other:]
        case _:
            return before + inner + behind


def _parsed(data: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None


def _grown(chance: random.Random, data: bytes) -> bytes:
    """A part that is XML still, so that what reads it gets to the elements: attributes, numbers in them, elements."""
    root = _parsed(data)
    if root is None:
        return mutated(chance, data)
    for _ in range(chance.choice((1, 2, 5, 20))):
        elements = list(root.iter(etree.Element))
        try:
            _grow(chance, chance.choice(elements), chance.choice(elements))
        except ValueError:
            continue  # an element into itself, a sign that XML cannot have
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return made


def _grow(chance: random.Random, element: etree._Element, other: etree._Element) -> None:
    parent, names, text = element.getparent(), sorted(element.attrib), element.text or ""
    match chance.randrange(11):
        case 0 | 1 | 2 if names:
            name = chance.choice(names)
            element.set(name, _other_value(chance, element.attrib[name]))
        case 3 | 4:
            longer = text * chance.choice((2, 500))
            element.text = chance.choice((_other_value(chance, text), longer, chance.choice(_TOKENS)))
        case 5:
            for name, value in other.attrib.items():
                element.set(name, value)
        case 6 if names:
            del element.attrib[chance.choice(names)]
        case 7 if parent is not None:
            parent.remove(element)
        case 8 if parent is not None and sum(1 for _ in element.iter()) < _FEW_ELEMENTS:
            for _ in range(chance.choice((1, 1, 200))):
                element.addnext(copy.deepcopy(element))
        case 9 if parent is not None:
            other.append(element)
        case 10:
            for _ in range(chance.choice(_DEEP)):
                element = etree.SubElement(element, element.tag, dict(element.attrib))


def _other_value(chance: random.Random, value: str) -> str:
    """Another value: an extreme one; or one of its numbers an extreme one, or of the same size."""
    data = value.encode()
    numbers = list(_NUMBER.finditer(data))
    if not numbers or chance.random() < 0.3:
        return chance.choice(_EXTREMES)
    number = chance.choice(numbers)
    near = f"{float(number[0][:20]) * chance.uniform(-2, 3):.4g}"
    new = chance.choice((near, near, chance.choice(_EXTREMES)))
    return f"{data[: number.start()].decode()}{new}{data[number.end() :].decode()}"


_FEW_ELEMENTS = 200  # of what is made many
_MUTATIONS: tuple[Mutate, ...] = (
    _flip, _cut, _end, _repeat, _swap, _insert, _insert, _pieces, _pieces, _number, _number, _attribute, _attribute,
    _span_of_cell, _element, _element,
)  # fmt: skip


def mutated(chance: random.Random, data: bytes) -> bytes:
    """``data`` after one to four mutations; a zip file is mostly opened and one of its parts changed."""
    if data.startswith(b"PK") and chance.random() < 0.95:
        return _repacked(chance, data)
    encoding = _encoding(data)
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_MUTATIONS)(chance, data)[:_MOST_BYTES] if data else b""
    if encoding and chance.random() < 0.9:
        # Half a character turns the whole file into another encoding and ends the reading at once.
        return data.decode(encoding, errors="ignore").replace("\x00", "").encode(encoding)
    return data


def _encoding(data: bytes) -> str:
    for encoding in ("utf-8", "gb18030") if not data.startswith((b"%PDF", b"PK")) else ():
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return ""


def _repacked(chance: random.Random, data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = [(name, packed.read(name)) for name in packed.namelist()]
    # The parts that hold the text are what a reader works on; the others get their turn.
    weights = [8 if name.endswith((".docx", ".md", ".html")) or _TEXT.search(name) else 1 for name, _ in parts]
    (at,) = chance.choices(range(len(parts)), weights)
    name, part = parts[at]
    match chance.randrange(24):
        case 0:
            del parts[at]
        case 1:
            parts.append((name, part))
        case 2:
            parts[at] = (chance.choice(_NAMES), part)
        case 3:
            other = chance.randrange(len(parts))
            parts[at], parts[other] = (name, parts[other][1]), (parts[other][0], part)
        case 4:
            parts[at] = (name, b"")
        case 5:
            parts[at] = (name.swapcase(), part)
        case _:
            change = _grown if chance.random() < _WELL_FORMED else mutated
            parts[at] = (name, change(chance, part)[:_MOST_BYTES])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as whole, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of two parts with one name: that is meant
        for each, content in parts:
            whole.writestr(each, content, chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))
    return _directory(chance, made.getvalue()) if chance.random() < 0.05 else made.getvalue()


_WELL_FORMED = 0.7  # share of the parts that are changed as trees: most other damage ends where XML is parsed
_TEXT = re.compile(r"document|sheet|shared|Content|styles|numbering|OFD\.xml")
_DIRECTORY = b"PK\x01\x02"


def _directory(chance: random.Random, data: bytes) -> bytes:
    """Bytes of the directory changed: sizes, places, methods, names."""
    start = data.find(_DIRECTORY)
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8))):
        changed[chance.randrange(start, len(changed))] = chance.choice((0, 1, 8, 0x7F, 0xFF, chance.randrange(256)))
    return bytes(changed)
