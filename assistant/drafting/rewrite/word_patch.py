"""New words in a Word file that people have worked on: the paragraphs of one part change, everything else stays.

A paragraph that says the same as before is kept as it is; a new one takes the look of the part's own paragraphs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from itertools import count
from pathlib import Path
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run
from lxml import etree

from assistant.drafting.refresh.marks import mark
from assistant.drafting.rewrite.rewrite import Change, NewParagraph
from assistant.errors import UnreadableReport
from assistant.readers.word.docx import DocxPlaces, docx_places
from assistant.render.word_runs import runs_within
from assistant.report import Report, Section
from assistant.text import clean

__all__ = ["opened", "revise_word"]

_RUN, _PROPERTIES = qn("w:r"), qn("w:rPr")
_NOT_COPIED = tuple(qn(f"w:{name}") for name in ("sectPr", "numPr", "pPrChange", "outlineLvl"))
# What a paragraph may hold besides words, and must not lose with them.
_KEPT = tuple(qn(f"w:{name}") for name in ("drawing", "pict", "object", "sectPr"))
_COMMENT = qn("w:commentReference")
_ON_WORDS = {
    _COMMENT: "批注",
    qn("w:footnoteReference"): "脚注",
    qn("w:endnoteReference"): "尾注",
    qn("w:hyperlink"): "链接",
    qn("w:ins"): "修订（增加）",
    qn("w:del"): "修订（删去）",
}
_LOOKS = {"加粗": qn("w:b"), "下划线": qn("w:u"), "突出显示": qn("w:highlight"), "颜色": qn("w:color")}
_SHOWN = 24
_APART = "请在 Word 中把这一部分和前后文字分成不同的段落，再改写。"


def revise_word(path: Path, report: Report, changes: Iterable[Change], output: Path) -> tuple[str, ...]:
    """Write a copy of the Word file at ``path``, which ``report`` was read from, with ``changes`` made; told is what
    went with the words that changed, and is no words: comments, notes, links, tracked changes, looks set by hand.

    Raises:
        UnreadableReport: a file that can be read but not written, or whose part shares paragraphs with what is beside
            it.
        OSError: the output cannot be written.
    """
    word, paragraphs, places = opened(path)
    lines = {number: (text, paragraphs[n]) for number, (text, n) in enumerate(places.lines, start=1)}
    before = Counter(_set_by_hand(word))
    taken = (int(each.get(qn("w:id"), "0")) for each in word.element.body.iter(qn("w:bookmarkStart")))
    numbers = count(max(taken, default=0) + 1)
    for change in changes:
        section = next(each for each in report.sections if each.id == change.place.section)
        _replace(section, change, lines, report, numbers)
    word.save(str(output))
    return tuple(f"随原来的文字去掉了：{what}" for what in before - Counter(_set_by_hand(word)))


def opened(path: Path) -> tuple[WordDocument, list[etree._Element], DocxPlaces]:
    """A Word file for writing into a copy, its paragraphs, and where readers found what.

    Raises:
        UnreadableReport: a file that can be read but not written.
    """
    try:
        word, places = Document(str(path)), docx_places(path)
        return word, list(word.element.body.iter("{*}p")), places
    except (OpcError, BadZipFile, KeyError, ValueError, AttributeError, etree.XMLSyntaxError) as error:
        way_out = "请用 Word 打开，另存为普通的 .docx 后再改写。"
        raise UnreadableReport("这种 Word 文件只能读，不能改写", where=str(path), help=way_out) from error


def _set_by_hand(word: WordDocument) -> Iterator[str]:
    """What people put on words besides writing them, as they would call it."""
    told = {str(comment.comment_id): comment for comment in word.comments}
    for element in word.element.body.iter(*_ON_WORDS):
        if element.tag == _COMMENT and (comment := told.get(element.get(qn("w:id"), ""))):
            yield f"{comment.author}的批注“{comment.text[:_SHOWN]}”"
        elif element.tag != _COMMENT:
            words = _words_of(element)
            yield f"{_ON_WORDS[element.tag]}{f'“{words}”' if words else ''}"
    for paragraph in word.element.body.iter(qn("w:p")):
        runs = [run for run in paragraph.iter(_RUN) if next(run.iter(qn("w:t")), None) is not None]
        for name, look in _LOOKS.items():
            having = [run for run in runs if (said := run.find(f"{_PROPERTIES}/{look}")) is not None and _is_on(said)]
            if having and len(having) < len(runs):  # a look of all its words is the paragraph's
                yield from (
                    f"“{''.join(t.text or '' for t in run.iter(qn('w:t')))[:_SHOWN]}”的{name}" for run in having
                )


def _words_of(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t"), qn("w:delText")))[:_SHOWN]


def _is_on(look: etree._Element) -> bool:
    return look.get(qn("w:val")) not in ("0", "false", "none", "auto", "000000")


Lines = dict[int, tuple[str, etree._Element]]


def _replace(section: Section, change: Change, lines: Lines, report: Report, numbers: Iterator[int]) -> None:
    place, paragraphs = change.place, section.paragraphs
    old = [paragraphs[n].source.line for n in range(place.first, place.last)]
    elements = list(dict.fromkeys(lines[line][1] for line in old if line in lines))
    shared = {number for number, (_, element) in lines.items() if element in elements} - set(old)
    if shared:
        raise UnreadableReport("这一部分与前后的文字在同一个段落里", where=report.file, help=_APART)
    told = [_cleaned(each) for each in change.paragraphs]
    above = elements[0] if elements else _heading(section, place.first, lines, report)
    look = elements[-1] if elements else _any_look(lines, report, above)
    marker = OxmlElement("w:p")  # holds the place while paragraphs come and go
    if place.kept:
        first = lines[paragraphs[place.first].source.line or 0]
        _write_behind(place.kept, first, told[0] if told else NewParagraph(""), report, numbers)
        elements, told = elements[1:], told[1:]
        above.addnext(marker)
    elif elements:
        above.addprevious(marker)
    else:
        above.addnext(marker)
    for element in _arranged(elements, told, look, lines, numbers):
        marker.addprevious(element)
    parent = marker.getparent()
    assert parent is not None
    parent.remove(marker)


def _cleaned(told: NewParagraph) -> NewParagraph:
    """A paragraph as Word can hold it; figures that would not stand where they stood lose their marks."""
    text = clean(told.text)
    return NewParagraph(text, told.figures if text == told.text else ())


def _write_behind(
    kept: str, first: tuple[str, etree._Element], told: NewParagraph, report: Report, numbers: Iterator[int]
) -> None:
    """New words behind the heading that opens a paragraph, in the look of the words they replace."""
    printed, element = first
    found = runs_within(element, printed, len(kept), len(printed)) if printed.startswith(kept) else None
    if found is None:
        raise UnreadableReport("这一部分与标题在同一个段落里，分不开", where=report.file, help=_APART)
    runs = list(element.iter(_RUN))
    start = runs.index(found[0])
    for run in runs[start:]:
        _clear(run)
    _write(runs[start], told, numbers)


def _write(run: etree._Element, told: NewParagraph, numbers: Iterator[int]) -> None:
    """The words in the look of ``run``, each figure in a run of its own under its mark."""
    _clear(run)
    bare, at = deepcopy(run), 0
    texts = []
    for figure in told.figures:
        texts += [(told.text[at : figure.start], ""), (figure.text, figure.key)]
        at = figure.start + len(figure.text)
    texts.append((told.text[at:], ""))
    for n, (text, key) in enumerate((text, key) for text, key in texts if text):
        if n:
            run.addnext(following := deepcopy(bare))
            run = following
        run.append(element := OxmlElement("w:t"))
        element.text = text
        if key:
            run = _marked(run, key, next(numbers))


def _marked(run: etree._Element, key: str, n: int) -> etree._Element:
    """A run under a mark; the end of the mark, behind which the next one goes."""
    mark(Run(run, next(run.iterancestors(qn("w:p")))), key, n)
    return run.getnext()


def _clear(run: etree._Element) -> None:
    for part in [part for part in run if part.tag != _PROPERTIES and part.tag not in _KEPT]:
        run.remove(part)


def _arranged(
    old: Sequence[etree._Element],
    told: Sequence[NewParagraph],
    look: etree._Element,
    lines: Lines,
    numbers: Iterator[int],
) -> Iterator[etree._Element]:
    """The new paragraphs in order, those that say the same as before in place of new ones; of the others what is no
    text."""
    said = {"".join(text for text, element in lines.values() if element is each): each for each in old}
    for text in list(said):
        if all(text != each.text for each in told):
            yield from _emptied(said.pop(text))
    for each in told:
        yield said.pop(each.text) if each.text in said else _in_the_look_of(look, each, numbers)


def _emptied(element: etree._Element) -> Iterator[etree._Element]:
    """A paragraph that goes: nothing, or what it holds besides words (a picture, the end of a section of pages)."""
    parent = element.getparent()
    # A cell must keep a paragraph.
    alone = parent is not None and parent.tag == qn("w:tc") and len(parent.findall(element.tag)) == 1
    if alone or next(element.iter(*_KEPT), None) is not None:
        for run in list(element.iter(_RUN)):
            _clear(run)
        if not alone:
            yield element
    elif parent is not None:
        parent.remove(element)


def _in_the_look_of(look: etree._Element, told: NewParagraph, numbers: Iterator[int]) -> etree._Element:
    """A new paragraph; a number that Word would count itself is switched off, for the text brings its own."""
    new = OxmlElement("w:p")
    properties = look.find(qn("w:pPr"))
    if properties is not None:
        layout = deepcopy(properties)
        for part in [part for part in layout if part.tag in _NOT_COPIED]:
            layout.remove(part)
        layout.get_or_add_numPr().get_or_add_numId().val = 0
        new.append(layout)
    run = OxmlElement("w:r")
    font = next(
        (run.find(_PROPERTIES) for run in reversed(list(look.iter(_RUN))) if run.find(qn("w:t")) is not None), None
    )
    if font is not None:
        run.append(deepcopy(font))
    new.append(run)
    _write(run, told, numbers)
    return new


def _heading(section: Section, first: int, lines: Lines, report: Report) -> etree._Element:
    """The paragraph above a part that has no text yet."""
    source = section.paragraphs[first - 1].source if first else section.source
    if source.line not in lines:
        raise UnreadableReport("没有找到这一部分的位置", where=report.file, help=_APART)
    return lines[source.line][1]


def _any_look(lines: Lines, report: Report, above: etree._Element) -> etree._Element:
    """A paragraph of prose elsewhere in the report, for a part that has none to go by."""
    prose = (p.source.line for section in report.sections for p in section.paragraphs if not p.heading)
    return next((lines[line][1] for line in prose if line in lines), above)
