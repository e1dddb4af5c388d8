"""Every number of the form, asked for by its everyday name, over real tables: the very cell, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.asking import answer
from assistant.figures.book import Book, noughts_left_blank
from assistant.form import EDITION_2021, GROUPS
from assistant.library import Library

TODAY = date(2025, 11, 1)
COLUMNS = {
    "total": "", "natural_person": "自然人", "business": "商业企业", "research": "科研机构", "welfare": "公益组织",
    "legal_service": "律师事务所", "other_organisation": "其他申请人", "legal_person": "法人",
}  # fmt: skip
CASES = {"total": "", "upheld": "维持", "corrected": "被纠正", "other_outcome": "其他结果", "pending": "尚未审结"}
KINDS = {
    "review": "行政复议",
    "litigation": "行政诉讼",
    "litigation.direct": "直接起诉",
    "litigation.after_review": "复议后起诉",
}
STAGES = {"issued": "制发", "repealed": "废止", "in_force": "现行有效"}


def asked() -> Iterator[tuple[str, str]]:
    """(metric, its words) for table 3, table 4 and table 2."""
    rows = {row.id: row.name for row in (*EDITION_2021.table("requests").rows, *GROUPS)}
    for row, name in rows.items():
        yield from ((f"requests.{row}.{column}", f"{words}{name}") for column, words in COLUMNS.items())
    for kind, name in KINDS.items():
        yield from ((f"{kind}.{case}", f"{name}{words}") for case, words in CASES.items())
    for thing, name in (("rules", "规章"), ("normative_documents", "规范性文件")):
        yield from ((f"disclosure.{thing}.{stage}", f"{words}{name}") for stage, words in STAGES.items())
    for thing, name in (("licensing", "许可"), ("penalties", "处罚"), ("coercion", "强制")):
        yield f"disclosure.{thing}.decisions", f"行政{name}"
    yield "disclosure.fees.amount", "行政事业性收费"


def exact(library: Library, unit: str, short: str, year: int) -> list[str]:
    """The questions whose answer does not state the cell asked for, or states another cell."""
    entry = library.entry(unit, year)
    printed = library.catalog.figures(entry.id) if entry else {}
    book = Book({metric: cell.value for metric, cell in printed.items()}, noughts=noughts_left_blank(printed))
    wrong = []
    for metric, words in asked():
        given = answer(f"{short}{year}年{words}有多少", library, today=TODAY)
        stated = {figure.metric: figure.value for figure in given.figures}
        held = book.value(metric)
        right = stated == {metric: held} if held is not None else given.abstained and not stated
        if not right:
            wrong.append(f"{words}（{metric}）: {held} ≠ {given.answer}")
    return wrong


def test_every_number_of_a_sound_table(corpus_library: Library) -> None:
    assert exact(corpus_library, "江州市清源区人民政府", "清源区", 2024) == []


@pytest.mark.parametrize(
    ("unit", "short", "year"),
    [("宿迁市", "宿迁", 2024), ("上海市人民政府办公厅", "上海市政府办公厅", 2019)],
)
def test_every_number_of_the_real_reports(shared_library: Library, unit: str, short: str, year: int) -> None:
    wrong = exact(shared_library, unit, short, year)
    # The form of 2019 prints 规范性文件 by other stages, which are answered in their place and named so.
    assert [
        line for line in wrong if "disclosure.normative_documents" not in line and "disclosure.rules" not in line
    ] == []
