"""New tables and figures into a report that people have edited: what they wrote stays to the letter.

Cells are known by the form, figures of the prose by the marks that a draft leaves in its file, else by reading what
they claim against the report's own old tables. What turns with the figures (a direction, a comparison, none or all),
and what could not be placed, is for a person, and listed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from assistant.check import Finding
from assistant.drafting.manuscript import figure_text
from assistant.drafting.office import OfficeData
from assistant.drafting.refresh.marks import Found, figures_by_key, key_of, marks_in, seal_again
from assistant.drafting.refresh.turning import Turning, direction
from assistant.drafting.rewrite.word_patch import opened
from assistant.drafting.slots import Material, gather
from assistant.errors import BadWorkbook
from assistant.figures.book import Book, Figure, label_of, place_of
from assistant.figures.claims import Claim
from assistant.figures.compare import compare
from assistant.figures.dossier import Dossier
from assistant.figures.mentions import Mention
from assistant.figures.readings import fits, sum_of
from assistant.language.numerals import rounded
from assistant.language.organs import same_unit
from assistant.language.prose import prose
from assistant.language.sentences import full_stops_around, sentences
from assistant.lexicon import phrase
from assistant.patterns import regex
from assistant.readers.word.docx import DocxPlaces
from assistant.render.word_runs import Character, characters_in, rewritten
from assistant.report import Report

__all__ = ["Changed", "Refreshed", "refresh_word"]

_NUMBER = regex(r"\d[\d,，]*(?:\.\d+)?")
_MOST_DECIMALS = 4
_SHOWN = 40
_RUN, _TEXT, _PROPERTIES = qn("w:r"), qn("w:t"), qn("w:rPr")


class Changed(NamedTuple):
    """One figure that was written anew: where it stands, what stood there, what stands there now, its source."""

    where: str
    before: str
    after: str
    source: str


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of a report: ``turned`` are sentences for a person to reread, ``unplaced`` the figures that stand as
    they did, or nowhere."""

    unit: str
    year: int
    changed: tuple[Changed, ...] = ()
    turned: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    def as_json(self, output: str = "") -> dict[str, Any]:
        """The stable keys of ``assistant draft --refresh --json``."""
        return {
            "output": output,
            "unit": self.unit,
            "year": self.year,
            "changed": [one._asdict() for one in self.changed],
            "turned": list(self.turned),
            "unplaced": list(self.unplaced),
            "findings": [finding.model_dump() for finding in self.findings],
        }


def refresh_word(path: Path, report: Report, data: OfficeData, previous: Report | None, output: Path) -> Refreshed:
    """Write a copy of the Word file at ``path``, which ``report`` was read from, with the figures of ``data``.

    Raises:
        BadWorkbook: ``data`` are another report's.
        UnreadableReport: a file that can be read but not written.
        OSError: the output cannot be written.
    """
    unit, year = report.unit or data.unit, report.year or data.year  # a report may tell neither
    report = report.model_copy(update={"unit": unit, "year": year})
    if not same_unit(data.unit, unit) or data.year != year:
        difference = f"工作簿是{data.unit}{data.year}年度的，报告是{report.unit}{report.year}年度的"
        raise BadWorkbook(difference, where=data.file, help="请用同一单位、同一年度的工作簿。")
    word, paragraphs, places = opened(path)
    last_year = {metric: cell.value for metric, cell in previous.cells.items()} if previous else None
    work = _Refresh(report, Dossier(report, previous), gather(data, last_year))
    work.tables(list(word.element.body.iter("{*}tc")), places)
    work.prose(word.element.body, paragraphs, places)
    work.words()
    rewritten(work.edits)
    word.save(str(output))
    turned = tuple(f"{where}：“{said}”{'；'.join(dict.fromkeys(why))}" for (where, said), why in work.turned.items())
    return Refreshed(data.unit, data.year, tuple(work.changed), turned, tuple(work.unplaced))


@dataclass(slots=True)
class _Refresh:
    """The edits of one file, and what is told of them. ``before`` is the report with its old tables."""

    report: Report
    before: Dossier
    material: Material
    edits: list[tuple[Sequence[Character], str]] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    turned: dict[tuple[str, str], list[str]] = field(default_factory=dict)  # what turns, by place and sentence
    unplaced: list[str] = field(default_factory=list)

    @property
    def book(self) -> Book:
        return self.material.book

    @property
    def turning(self) -> Turning:
        return Turning(self.before.book, self.book)

    # -- tables

    def tables(self, cells: list[etree._Element], places: DocxPlaces) -> None:
        for metric, entry in self.material.data.cells.items():
            old, after = self.report.cells.get(metric), figure_text(entry.value)
            if old is None:
                if after:
                    self.unplaced.append(f"{place_of(metric)}：报告的表里没有找到这一格，新数据是{after}")
                continue
            if old.value == entry.value:
                continue
            at = places.cells.get(old.source)
            cell = cells[at] if at is not None else None
            if cell is None or not self._in_cell(cell, old.value, after):
                self.unplaced.append(f"{place_of(metric)}：这一格写的是“{old.raw}”，没有改，新数据是{after or '空白'}")
                continue
            self.changed.append(Changed(place_of(metric), old.raw, after, entry.address))

    def _in_cell(self, cell: etree._Element, old: Decimal | None, after: str) -> bool:
        """Write a figure into a cell; what else people wrote there stays."""
        characters = [each for paragraph in cell.iter("{*}p") for each in characters_in(paragraph)]
        text = "".join(each.text for each in characters)
        if not text.strip():
            _write_into(next(cell.iter("{*}p")), after)
            return True
        for found in _NUMBER.finditer(text):
            if old is not None and _decimal(found[0]) == old:
                self.edits.append((characters[found.start() : found.end()], after))
                return True
        if old is None and phrase("workbook", "states_nothing").fullmatch(text.strip()):
            self.edits.append((characters, after))
            return True
        return False

    # -- prose

    def prose(self, body: etree._Element, paragraphs: list[etree._Element], places: DocxPlaces) -> None:
        where = self._where(paragraphs, places)
        marks = tuple(marks_in(body))
        marked = {(each.element, each.at) for found in marks for each in found.characters}
        slots = {key_of(slot, self.material): slot for slot in self.material.book}
        new, old = figures_by_key(self.material), self._old_figures(slots)
        for found in marks:
            paragraph = next(found.element.iterancestors("{*}p"), None)
            at = where.get(paragraph, "正文") if paragraph is not None else "正文"
            self._marked(found, new.get(found.key), old.get(found.key), at)
            # The old tables have no figures of the office's own: that such a one is the same, its mark tells.
            stays = found.key in new and new[found.key].text == found.text
            if (slot := slots.get(found.key)) and not stays:
                self._reread(slot, at, *_around(paragraph, found, marked))
        lines = {number: (text, paragraphs[n]) for number, (text, n) in enumerate(places.lines, start=1)}
        for claim in self.before.claims:
            text, element = lines.get(claim.spot.paragraph.source.line or 0, ("", None))
            characters = _characters(element, text, claim.mention) if element is not None else ()
            if any((each.element, each.at) in marked for each in characters):
                continue
            self._claimed(claim, characters)

        self._own_figures({found.key for found in marks}, "\n".join(text for text, _ in places.lines))

    def _own_figures(self, marked: Set[str], told: str) -> None:
        """The office's own figures are in no table of the form: without a mark nobody knows what one was before."""
        for n, own in enumerate(self.material.data.own, start=1):
            figure = self.book[f"own.{n}"]
            if figure.value and figure.text not in told and key_of(f"own.{n}", self.material) not in marked:
                where = f"{own.address}“{own.name}”{figure.text}"
                self.unplaced.append(f"{where}：报告里没有找到写这个数的地方；请看要不要写、旧数改了没有")

    def _where(self, paragraphs: list[etree._Element], places: DocxPlaces) -> Mapping[etree._Element, str]:
        by_line = {each.paragraph.source.line: each.where for each in prose(self.report)}
        return {paragraphs[n]: by_line[line] for line, (_, n) in enumerate(places.lines, start=1) if line in by_line}

    def _old_figures(self, slots: Mapping[str, str]) -> Mapping[str, Figure]:
        return {key: figure for key, slot in slots.items() if (figure := self.before.book.get(slot))}

    def _marked(self, found: Found, new: Figure | None, old: Figure | None, where: str) -> None:
        if not found.whole:
            self.unplaced.append(f"{where}：有一个数字的标记被拆开了，没有改；请对照数据核对这一段")
        elif not found.text:
            if new is not None:
                self.unplaced.append(f"{where}：“{new.label}”的数字已被删去，没有再写")
        elif new is None:
            self.unplaced.append(f"{where}：“{found.text}”的数据在工作簿里没有了，没有改")
        elif found.text != new.text:
            self._replaced(found, new, old, where)

    def _replaced(self, found: Found, new: Figure, old: Figure | None, where: str) -> None:
        characters = found.characters
        if not found.untouched:
            at = found.text.find(old.text) if old else -1
            if not old or at < 0 or found.text.count(old.text) > 1:
                told = f"“{found.text}”是人工改过的数字，没有改；工作簿是{new.text}（{new.source}）"
                self.unplaced.append(f"{where}：{told}")
                return
            characters = characters[at : at + len(old.text)]
        before = "".join(each.text for each in characters)
        if before == new.text:
            return
        self.edits.append((characters, new.text))
        self.changed.append(Changed(where, before, new.text, new.source))
        if found.untouched:
            seal_again(found, new.text)
        if _without_digits(before) != _without_digits(new.text):
            sentence, _ = _around(next(found.element.iterancestors("{*}p"), None), found, set())
            self._turn(where, sentence, f"方向已改：{before}改为{new.text}，请看前后文")

    def _claimed(self, claim: Claim, characters: Sequence[Character]) -> None:
        """A figure without a mark: what it claims of the old tables, it shall claim of the new."""
        told = self._claims_now(claim)
        where = claim.spot.where
        if told is None:
            self._unexplained(claim)
            return
        metric, before, now = told
        self._reread(metric, where, claim.spot.sentence)
        if now is not None and (now == before or fits(claim.mention, abs(now))):
            return
        shown = f"{where}：“{_short(claim.spot.sentence)}”里的{claim.mention.text}"
        if now is None:
            self.unplaced.append(f"{shown}，工作簿里没有对应的数，没有改")
            return
        text = _as_written(claim.mention, abs(now))
        if claim.relation in ("change", "yoy") and (now < 0) != (before < 0):
            turn = f"{claim.mention.text}由{direction(before)}变为{direction(now)}，没有改，请人工改方向和数字"
            self._turn(where, claim.spot.sentence, turn)
        elif text is None or not characters:
            self.unplaced.append(f"{shown}没有改，新数据是{abs(now):f}")
        else:
            number = _NUMBER.search(claim.mention.text)
            assert number
            self.edits.append((characters[number.start() : number.end()], text))
            after = claim.mention.text.replace(number[0], text, 1)
            self.changed.append(Changed(where, claim.mention.text, after, place_of(metric)))

    def _claims_now(self, claim: Claim) -> tuple[str, Decimal, Decimal | None] | None:
        """(metric, what it was, what it is now); ``None`` for a number that says nothing of this year's tables: one of
        another set, another year, or that nobody can read."""
        if claim.relation == "none" or not claim.readings or claim.year not in (None, self.report.year):
            return None
        if claim.relation == "value":
            compared = compare(claim, self.before)
            if not compared.agreeing or compared.scope:
                return None
            old = dict(compared.read)
            new = {reading: sum_of(reading, "", self.book) for reading in compared.agreeing}
            values = set(new.values())
            reading = compared.agreeing[0]
            return reading[0], old[reading], new[reading] if len(values) == 1 else None
        for reading in claim.readings:
            if len(reading) != 1:
                continue
            key = f"{reading[0]}.{claim.relation}"
            before, now = self.before.book.value(key), self.book.value(key)
            signed = claim.direction < 0
            if before is not None and fits(claim.mention, rounded(abs(before), claim.mention.step)):
                if claim.direction and before and (before < 0) != signed:
                    continue
                return reading[0], before, None if now is None else _at_step(now, claim.mention)
        return None

    def _unexplained(self, claim: Claim) -> None:
        """A number that agreed with no figure before, where what it may mean has changed: one that was wrong already,
        or that nobody can read and is what a changed cell said."""
        if claim.scope or claim.year not in (None, self.report.year):
            return
        shown = f"{claim.spot.where}：“{_short(claim.spot.sentence)}”里的{claim.mention.text}"
        meant = [reading[0] for reading in claim.readings if claim.relation != "none"]
        if moved := next((metric for metric in meant if self.turning.moved(metric)), ""):
            self.unplaced.append(f"{shown}与原来的表就不符，没有改；{label_of(moved)}{self.turning.from_to(moved)}")
            return
        cells = (metric for metric in self.material.data.cells if metric.endswith(".total"))
        said = (metric for metric in cells if self.before.book.value(metric) == claim.mention.value)
        if not meant and (moved := next((metric for metric in said if self.turning.moved(metric)), "")):
            self.unplaced.append(f"{shown}没有认出说的是哪一格，没有改；{label_of(moved)}{self.turning.from_to(moved)}")

    def words(self) -> None:
        """Directions, ranks, none and all that are told without a figure, headings too."""
        known = {said for _, said in self.turned}
        for passage in prose(self.report):
            before = ""
            for _, sentence in sentences(passage.text):
                told = tuple(self.turning.in_words(sentence, before)) if _short(sentence) not in known else ()
                for why in told:
                    self._turn(passage.where, sentence, why)
                before = sentence

    def _reread(self, slot: str, where: str, sentence: str, words: str = "") -> None:
        """Tell a sentence whose ``words`` (without the figures under marks) may not fit a new figure of it."""
        if why := self.turning.beside_a_figure(slot, words or sentence):
            self._turn(where, sentence, why)

    def _turn(self, where: str, sentence: str, why: str) -> None:
        self.turned.setdefault((where, _short(sentence)), []).append(why)


def _short(sentence: str) -> str:
    text = sentence.strip()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _around(paragraph: etree._Element | None, found: Found, marked: Set[tuple[etree._Element, int]]) -> tuple[str, str]:
    """The sentence that a mark stands in, and its words without what is ``marked``."""
    if paragraph is None or not found.characters:
        return "", ""
    characters = characters_in(paragraph)
    text = "".join(each.text for each in characters)
    start, end = full_stops_around(text, characters.index(found.characters[0]))
    words = "".join(each.text for each in characters[start:end] if (each.element, each.at) not in marked)
    return text[start:end], words


def _without_digits(text: str) -> str:
    return _NUMBER.sub("", text)


def _characters(element: etree._Element, line: str, mention: Mention) -> Sequence[Character]:
    """The characters of a mention in its paragraph; none where the text is not in its runs."""
    characters = characters_in(element)
    printed = "".join(each.text for each in characters)
    at = printed.find(line)
    if at < 0:  # it opens with a number that Word counts itself
        skip = next((n for n in range(1, mention.start + 1) if line[n:] in printed), None)
        if skip is None:
            return ()
        at = printed.find(line[skip:]) - skip
    return characters[at + mention.start : at + mention.end]


def _at_step(value: Decimal, mention: Mention) -> Decimal:
    return rounded(value, mention.step)


def _as_written(mention: Mention, value: Decimal) -> str | None:
    """A value in the way a mention is written (1,950, 901.28万元); ``None`` where it is written otherwise: 近百, 三件,
    1.2万余."""
    found = _NUMBER.findall(mention.text)
    if len(found) != 1 or mention.bound or not (was := _decimal(found[0])):
        return None
    scale = mention.value / was
    number = (value / scale).normalize()
    if (
        number * scale != value
        or _decimals(number) > max(_MOST_DECIMALS, 0)
        or (scale > 1 and "万元" not in mention.text)
    ):
        return None
    places = max(_decimals(number), _decimals(was) if mention.percent else 0)
    grouped = "," if "," in found[0] or "，" in found[0] else ""
    return f"{number:{grouped}.{places}f}"


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("，", ""))


def _write_into(paragraph: etree._Element, text: str) -> None:
    """A figure in a blank cell, in the look that the cell has."""
    run = next(paragraph.iter(_RUN), None)
    if run is None:
        run = OxmlElement("w:r")
        look = next((each for each in paragraph.iter(_PROPERTIES)), None)  # of the mark at its end
        if look is not None:
            run.append(deepcopy(look))
        paragraph.append(run)
    element = next(run.iter(_TEXT), None)
    if element is None:
        element = OxmlElement("w:t")
        run.append(element)
    element.text = text
