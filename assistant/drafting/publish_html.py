"""A draft as a web page for the office's site: one file, semantic tables, no script, nothing from elsewhere.

The page is built as a tree, so that words of a report can never become markup; the policy in its head allows this
style by its hash and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator

from lxml import etree
from lxml.html.builder import E

from assistant.drafting.manuscript import Manuscript
from assistant.drafting.publish import Kind, PrintedBlock, cell_text, printed_blocks
from assistant.form.drawing import Drawing, Drawn, drawing
from assistant.text import clean

__all__ = ["html_page"]

_STYLE = """
body { margin: 0; color: #1b1b1b; background: #fff;
  font: 1.0625rem/1.9 FangSong, 仿宋_GB2312, STFangsong, "Noto Serif CJK SC", serif; }
main { max-width: 56rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { margin: .5rem 0 1.5rem;
  font: bold clamp(1.125rem, 5vw, 1.625rem)/1.5 SimSun, "Songti SC", "Noto Serif CJK SC", serif; text-align: center; }
h1 span { display: inline-block; }
h2, h3 { margin: 1.25rem 0 .5rem; font-size: inherit; text-indent: 2em; text-align: left; }
h2 { font-family: SimHei, "Heiti SC", "Noto Sans CJK SC", sans-serif; }
h3 { font-family: KaiTi, "Kaiti SC", 楷体_GB2312, "Noto Serif CJK SC", serif; }
p { margin: 0; text-indent: 2em; text-align: justify; overflow-wrap: anywhere; }
p.unit, p.date { text-align: right; text-indent: 0; padding-right: 2em; }
p.unit { margin-top: 2rem; }
aside { margin: 0 0 1rem; padding: .5rem 1rem; border: 2px solid #b3261e; color: #b3261e; }
aside p { text-indent: 0; }
.sheet { overflow-x: auto; }
table { width: 100%; margin: 0 0 1rem; border-collapse: collapse;
  font: .8125rem/1.35 SimSun, "Songti SC", "Noto Sans CJK SC", sans-serif; }
caption { font: 1.0625rem/1.9 FangSong, 仿宋_GB2312, STFangsong, "Noto Serif CJK SC", serif; }
th, td { padding: .3rem; border: 1px solid #555; font-weight: normal;
  text-align: center; text-wrap: balance; min-width: 2.2em; }
th { background: #f5f5f2; }
th.outcome { text-align: left; }
@media print {
  @page { size: A4; margin: 25mm 20mm; }
  body { font-size: 12pt; line-height: 1.75; }
  main { max-width: none; padding: 0; }
  .sheet { overflow: visible; }
  .disclosure, .review { break-inside: avoid; }
  table { font-size: 8pt; }
  th, td { padding: 1pt 2pt; min-width: 0; }
  tr { break-inside: avoid; }
  h1, h2, h3, caption { break-after: avoid; }
  p.unit { break-after: avoid; }
  caption, p { orphans: 2; widows: 2; }
}
"""


def html_page(draft: Manuscript) -> str:
    """The report as a whole page, UTF-8."""
    policy = (
        f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"
    )
    page = E.html(
        E.head(
            E.meta(charset="utf-8"),
            E.meta({"http-equiv": "Content-Security-Policy", "content": policy}),
            E.meta(name="viewport", content="width=device-width, initial-scale=1"),
            E.meta(name="ArticleTitle", content=clean(draft.title)),
            E.meta(name="ContentSource", content=clean(draft.data.unit)),
            E.title(clean(draft.title)),
            E.style(_STYLE),
        ),
        E.body(E.main(*_main(draft))),
        lang="zh-CN",
    )
    text: str = etree.tostring(page, encoding="unicode", method="html", doctype="<!DOCTYPE html>")
    return f"{text}\n"


_TAGS: dict[Kind, Callable[..., etree._Element]] = {
    "warning": E.p,
    "section": E.h2,
    "heading": E.h3,
    "paragraph": E.p,
    "unit": E.p,
    "date": E.p,
}


def _main(draft: Manuscript) -> Iterator[etree._Element]:
    blocks = tuple(printed_blocks(draft))
    if draft.warnings:
        yield E.aside(*(_block(block) for block in blocks if block.kind == "warning"), role="note")
    for block in blocks:
        if block.table:
            # The heading of a section names its table, which would otherwise be named twice.
            yield E.div(_table(drawing(block.table), _block(block), draft), {"class": f"sheet {block.table}"})
        elif block.kind != "warning":
            yield _block(block)


def _block(block: PrintedBlock) -> etree._Element:
    if block.kind == "title":
        return E.h1(*(E.span(clean(line)) for line in block.lines))
    return _TAGS[block.kind](clean(block.text), {"class": block.kind})


def _table(plan: Drawing, heading: etree._Element, draft: Manuscript) -> etree._Element:
    rows = [
        E.tr(*(_cell(drawn, plan, any(cell.metric for cell in row), draft) for drawn in row)) for row in plan.by_row()
    ]
    return E.table(E.caption(heading), E.thead(*rows[: plan.header_rows]), E.tbody(*rows[plan.header_rows :]))


def _cell(drawn: Drawn, plan: Drawing, in_figure_row: bool, draft: Manuscript) -> etree._Element:
    spans = {name: str(n) for name, n in (("rowspan", drawn.height), ("colspan", drawn.width)) if n > 1}
    text = clean(cell_text(drawn, draft))
    if drawn.metric:
        return E.td(text, {"headers": " ".join(_id(head, plan) for head in _labels_of(drawn, plan))} | spans)
    outcome = {"class": "outcome"} if plan.is_row_label(drawn) else {}
    return E.th(text, {"id": _id(drawn, plan), "scope": "row" if in_figure_row else "col"} | spans | outcome)


def _id(drawn: Drawn, plan: Drawing) -> str:
    return f"{plan.table.id}-{drawn.row + 1}-{drawn.column + 1}"


def _labels_of(figure: Drawn, plan: Drawing) -> Iterator[Drawn]:
    """The labels of a figure: those of its column, in the nearest rows above that hold no figures, and those of its
    row.

    Table 2 has four such groups of rows below each other, which ``scope`` alone would run together.
    """
    figures = {cell.row for cell in plan.cells if cell.metric}
    above = max((row for row in range(figure.row) if row not in figures), default=-1)
    top = next((row + 1 for row in range(above, -1, -1) if row in figures), 0)
    for cell in plan.cells:
        over = top <= cell.row <= above and cell.column <= figure.column < cell.column + cell.width
        beside = cell.row <= figure.row < cell.row + cell.height and cell.column < figure.column
        if not cell.metric and (over or beside):
            yield cell
