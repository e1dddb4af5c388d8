"""Plain text and Markdown: lines of prose, and tables written with ``|``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from assistant.errors import UnreadableReport
from assistant.lexicon import phrase
from assistant.patterns import regex
from assistant.readers.blocks import Block, Document, Grid, GridCell, TextBlock
from assistant.readers.identity import is_title
from assistant.report import Source
from assistant.settings import settings
from assistant.text import clean

__all__ = ["decode", "parse_text", "read_text"]

_HEADING = regex(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE_ROW = regex(r"^[\s|:\-—]+$")
_PICTURE = regex(r"!\[[^\]]*\]\(|<img\s", re.IGNORECASE)
_BARS = regex(r"[\s|]*\|[\s|]*")
# Upright strokes stand in rows of cells, corners and crossings in the rules between them.
_DRAWN = regex(r"\s*[┌-╋╒-╬]|.*[│┃║]")
_BARS_FOR_BOXES = {code: "-" if chr(code) in "─━┄┅┈┉═╌╍" else "|" for code in range(0x2500, 0x2570)}
_FEWEST_LINES = 8  # of a table with one cell a line; a row of one cell stands among rows of several
_WHOLE_TABLE = 12  # cells in one line; the form's widest row has 15, but never stands alone
_LONGEST_CELL = 80  # the form's longest label has 40 characters
_EMPHASIS = regex(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


def read_text(path: Path) -> Document:
    """A text or Markdown file as blocks; any common Chinese encoding."""
    return parse_text(decode(path.read_bytes(), str(path)))


def decode(data: bytes, where: str) -> str:
    """Bytes of a text file as text. UTF-8 first, then GB18030, then whatever charset-normalizer finds.

    Raises:
        UnreadableReport: it is no text, or in an encoding that nothing knows.
    """
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableReport("这不是文本文件（含有二进制内容）", where=where, help="请确认文件扩展名与内容相符。")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    from charset_normalizer import from_bytes  # only for files that are neither

    best = from_bytes(data).best()
    if best is None:
        raise UnreadableReport("无法识别文件的文字编码", where=where, help="请另存为 UTF-8 编码后再试。")
    return str(best)


def parse_text(text: str) -> Document:
    """Blocks of a text: consecutive lines with ``|`` are one grid, every other line is a paragraph.

    Raises:
        UnreadableReport: there is more of it than the settings allow.
    """
    if len(text) > settings().max_text_characters:
        raise UnreadableReport(
            f"文本过长（{len(text)}字，上限{settings().max_text_characters}字）", help="请确认这是一份年度报告。"
        )
    lines = [(number, _with_bars(line)) for number, line in enumerate(clean(text).split("\n"), start=1)]
    _bounded([line for _, line in lines if line.strip()])
    blocks = tuple(_blocks(lines))
    pictures = (at for at, block in enumerate(blocks) if isinstance(block, TextBlock) and _PICTURE.match(block.text))
    return Document(blocks, pictures=tuple(pictures))


def _with_bars(line: str) -> str:
    """A line of a table that was drawn with the characters for boxes (│ ┼ ─), as one with bars."""
    return line.translate(_BARS_FOR_BOXES) if _DRAWN.match(line) else line


def _bounded(lines: list[str]) -> None:
    most_lines, most_cells = settings().max_paragraphs, settings().max_table_cells
    if len(lines) > most_lines:
        raise UnreadableReport(f"文本有{len(lines)}行，上限{most_lines}行", help="请确认这是一份年度报告。")
    if sum(line.count("|") + line.count("\t") for line in lines) > most_cells:
        raise UnreadableReport(f"表格超过{most_cells}格", help="请确认这是一份年度报告。")


def _blocks(lines: list[tuple[int, str]]) -> Iterator[Block]:
    table_number = 0
    # A line of nothing but a no-break space is a blank cell that was pasted on a line of its own.
    kept = [item for item in lines if item[1].strip() or "\u00a0" in item[1] or item[1].count("\t") > 1]
    kept = [(number, line) for number, line in _one_cell_a_line(kept)]
    bars = [_bar(line) for _, line in kept]
    for place, (_, line) in enumerate(kept):
        # The item that heads a block of table 2 is a row of one cell, which has no tab of its own.
        if (
            not bars[place]
            and "\t" in bars[max(place - 1, 0) : place + 2]
            and phrase("numbering", "item_line").match(line)
        ):
            bars[place] = "\t"
    for bar, group in groupby(zip(bars, kept, strict=True), key=lambda item: item[0]):
        members = [item for _, item in group]
        if bar and len(members) == 1 and is_title(members[0][1].strip("| \t")):
            number, line = members[0]
            yield TextBlock(_unmarked(line.strip("| \t")), Source(line=number))
        elif bar and len(members) == 1 and _is_whole_table(members[0][1].split(bar)):
            # A whole table on one line: its rows are found as those of a table with one cell a line.
            number, line = members[0]
            yield from (TextBlock(_unmarked(cell.strip()), Source(line=number)) for cell in line.split(bar))
        elif bar:
            table_number += 1
            # Markdown opens and closes every row; a text row that opens with | has a blank first cell.
            closed = bar == "|" and all(line.lstrip().startswith("|") for _, line in members)
            rows = tuple(
                _row(line, bar, closed, number, table_number, index)
                for index, (number, line) in enumerate(members, start=1)
                if not _RULE_ROW.match(line) or not any(mark in line for mark in "-—")
            )
            yield Grid(rows, Source(line=members[0][0], table=table_number))
        else:
            yield from (_paragraph(line, number) for number, line in members if not line.lstrip().startswith(">"))


def _is_whole_table(cells: list[str]) -> bool:
    return len(cells) >= _WHOLE_TABLE and all(len(cell) <= _LONGEST_CELL for cell in cells)


def _one_cell_a_line(kept: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The lines, those of a table with one cell a line without the bars that stand behind each cell or below it.

    A bar by itself is a blank cell where cells carry their own bars, else what parts two cells; several bars are the
    merged cells that fill a row up. A blank cell is given as a no-break space, as it is when pasted without bars.
    """
    alone = [bool(_BARS.fullmatch(line)) for _, line in kept]
    single = [_is_one_cell(line) for _, line in kept]
    below = [
        "|" not in line and not alone[at] and at + 1 < len(kept) and kept[at + 1][1].strip() == "|"
        for at, (_, line) in enumerate(kept)
    ]
    at = 0
    while at < len(kept):
        end = at
        while end < len(kept) and (alone[end] or single[end] or below[end]):
            end += 1
        if end - at < _FEWEST_LINES or not (any(single[at:end]) or any(below[at:end])):
            yield from kept[at : end + 1]
            at = end + 1
            continue
        own_bars = sum(single[at:end]) >= sum(below[at:end])
        parted = True
        for place in range(at, end):
            number, line = kept[place]
            if not alone[place]:
                yield number, line.strip().strip("|").strip()
                parted = own_bars
            elif line.strip() == "|":
                if parted:
                    yield number, "\u00a0"
                parted = True
        at = end


def _is_one_cell(line: str) -> bool:
    """Whether a line is a cell with its bar behind it: 规章 |."""
    text = line.strip()
    cell = text[:-1].removeprefix("|")
    return text.endswith("|") and bool(cell.strip()) and "|" not in cell and "\t" not in cell


def _bar(line: str) -> str:
    """What parts the cells of a line: a bar, or the tab that browsers put on the clipboard; nothing in prose."""
    if "|" in line:
        return "|"
    return "\t" if "\t" in (line.lstrip() or line) else ""


def _paragraph(line: str, number: int) -> TextBlock:
    heading = _HEADING.match(line)
    text = heading[2] if heading else line.strip()
    return TextBlock(_unmarked(text), Source(line=number), len(heading[1]) if heading else 0)


def _unmarked(text: str) -> str:
    """Text without the marks of emphasis. Few lines have any, and looking for them is the slow part."""
    return _EMPHASIS.sub(r"\2", text) if "**" in text or "__" in text else text


def _row(line: str, bar: str, closed: bool, number: int, table: int, row: int) -> tuple[GridCell, ...]:
    text = line.strip() if bar == "|" else line
    text = text.removeprefix("|").removesuffix("|") if closed else text
    return tuple(
        GridCell(
            _unmarked(cell.strip().replace("<br>", "")),
            Source(line=number, table=table, row=row, column=column),
        )
        for column, cell in enumerate(text.split(bar), start=1)
    )
