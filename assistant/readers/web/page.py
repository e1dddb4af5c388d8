"""Which part of a page is the report: the article found by what it holds, the furniture around it left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import accumulate

from assistant.figures.dates import dates_in
from assistant.lexicon import phrase
from assistant.readers.blocks import TextBlock
from assistant.readers.form_tables.recognition import recognise
from assistant.readers.identity import is_title, signed_by, title_parts
from assistant.readers.sections import section_of
from assistant.readers.web.flow import PICTURE, Flow
from assistant.readers.web.tables import Item, Place, TableItem, TextItem
from assistant.report import Source
from assistant.text import fold

__all__ = ["article", "published"]

# An element that holds the headings but little of the page's text would lose the rest of the report.
# Not half of it: some pages hold the report twice, for wide and for narrow screens.
_MUCH_OF_THE_TEXT = 0.4
# One or two headings may stand in elements of their own, far smaller than the article.
_ENOUGH_EVIDENCE = 3
_MOST_EVIDENCE = 500  # pages have some ten; a page of nothing but headings shall not take long

_CATALOGUE = frozenset({"索引号", "发布机构", "发文日期", "发布日期", "公开日期", "文号", "主题分类", "信息分类"})
_DATE_METAS = (
    "pubdate",
    "publishdate",
    "publishtime",
    "publish-date",
    "article:published_time",
    "dcterms.issued",
    "dc.date",
)


def article(page: Flow) -> list[Item]:
    """The items of the report itself, its title first."""
    items = page.items
    if not items:
        return []
    evidence = [_evidence(item) for item in items]
    container = _container(items, evidence)
    first, last = container.span
    headings = [index for index in range(first, last + 1) if evidence[index] and isinstance(items[index], TextItem)]
    start, end = (headings[0], headings[-1] + 1) if headings else (last + 1, last + 1)
    head = [item for item in items[first:start] if not _is_furniture(item)]
    if start == first and container.parent:
        # The headings have an element of their own: the preamble stands before it.
        head = [item for item in items[container.parent.span[0] : first] if _is_prose(item)]
    title = _title(page, items[:start])
    if title:
        head = [TextItem(title, container, level=1), *_below_title(head)]
    return [*head, *items[start:end], *_ending(items, end, last + 1)]


def published(page: Flow) -> date | None:
    """The day on which the page says it was published: in its metadata, else in a line 发布日期：…"""
    for name in _DATE_METAS:
        day = next(dates_in(page.metas.get(name, "")), None)
        if day:
            return day
    for item in page.items:
        for line in (
            [item.text] if isinstance(item, TextItem) else ["　".join(text or "" for text in row) for row in item.rows]
        ):
            found = phrase("web_pages", "published_on").search(line)
            day = next(dates_in(line[found.end() : found.end() + 20]), None) if found else None
            if day:
                return day
    return None


def _evidence(item: Item) -> str:
    """What of a report an item is: a section's heading or one of the three tables; empty for anything else."""
    if isinstance(item, TableItem):
        return recognise(item.bare) or ""
    section = None if item.linked and not item.level else section_of(item.text, item.level)
    return f"section {section.id}" if section else ""


def _container(items: Sequence[Item], evidence: Sequence[str]) -> Place:
    """The smallest element that holds every section and table found, and much of the page's text; else the page."""
    _set_spans(items)
    places = [(item.place, found) for item, found in zip(items, evidence, strict=True) if found][:_MOST_EVIDENCE]
    for place, found in places:
        for outer in place.upward():
            if found in outer.found:
                break
            outer.found.add(found)
    wanted = {found for _, found in places}
    if len(wanted) < _ENOUGH_EVIDENCE:
        return [*items[0].place.upward()][-1]
    holders = (next(outer for outer in place.upward() if outer.found == wanted) for place, _ in places)
    smallest = max(holders, key=lambda place: place.depth)
    written = [0, *accumulate(item.size for item in items)]
    for place in smallest.upward():
        first, last = place.span
        if written[last + 1] - written[first] >= _MUCH_OF_THE_TEXT * written[-1]:
            return place
    return smallest


def _set_spans(items: Sequence[Item]) -> None:
    """Index of the first and last item inside each element. Ends an ascent where one was before: linear in all."""
    for order, end in ((range(len(items)), 0), (range(len(items) - 1, -1, -1), 1)):
        seen: set[Place] = set()
        for index in order:
            for place in items[index].place.upward():
                if place in seen:
                    break
                seen.add(place)
                place.span = (index, place.span[1]) if end == 0 else (place.span[0], index)


def _title(page: Flow, before: Sequence[Item]) -> str:
    """The report's title: the candidate that names year and unit; of equals a heading, then the metadata."""
    candidates = [
        (3 if item.level else 1, item.text)
        for item in before
        if isinstance(item, TextItem)
        and not item.linked
        and is_title(item.text)
        and not phrase("web_pages", "furniture").match(item.text)
    ]
    candidates += [(2, page.metas[name]) for name in ("articletitle", "og:title") if name in page.metas]
    candidates += [(0, part.strip()) for part in re.split(r"[_|]|\s[-–—]+\s|--+", page.title)]

    def rank(candidate: tuple[int, str]) -> tuple[bool, bool, int]:
        unit, year = title_parts(candidate[1])
        return year is not None, bool(unit), candidate[0]

    return max((each for each in candidates if is_title(each[1])), key=rank, default=(0, ""))[1]


def _below_title(head: Sequence[Item]) -> list[Item]:
    """What stands between the title and the first section; of what stands above the title only prose."""
    titles = [index for index, item in enumerate(head) if isinstance(item, TextItem) and is_title(item.text)]
    below = titles[-1] if titles else -1
    return [item for index, item in enumerate(head) if index not in titles and (index > below or _is_prose(item))]


def _is_furniture(item: Item) -> bool:
    """A line or table around the article that is none of its words: breadcrumbs, source and date, buttons, links."""
    if isinstance(item, TableItem):
        return any(fold(text) in _CATALOGUE for row in item.rows for text in row if text)
    plain = item.text == PICTURE or not phrase("web_pages", "controls").sub("", item.text[:200])
    beside = phrase("web_pages", "furniture").match(item.text) or phrase("calendar", "date_line").fullmatch(item.text)
    return item.linked or plain or bool(beside)


def _is_prose(item: Item) -> bool:
    return (
        isinstance(item, TextItem)
        and len(item.text) >= 25
        and bool(re.search(r"[。；]", item.text))
        and not _is_furniture(item)
    )


def _ending(items: Sequence[Item], start: int, end: int) -> list[Item]:
    """The last section's words and the signature, up to the first line that no longer belongs to the article."""
    kept: list[Item] = []
    for item in items[start:end]:
        if isinstance(item, TextItem) and phrase("web_pages", "end").match(item.text):
            return kept
        # The date of the signature is a line of its own, as that under the title is.
        if (
            isinstance(item, TableItem)
            or phrase("calendar", "date_line").fullmatch(item.text)
            or not _is_furniture(item)
        ):
            kept.append(item)
    outside = [item for item in items[end : end + 3] if isinstance(item, TextItem) and _is_signature(item.text)]
    return [*kept, *outside]


def _is_signature(text: str) -> bool:
    return bool(
        signed_by([TextBlock(text, Source())]) or (phrase("calendar", "date_line").fullmatch(text) and "年" in text)
    )
