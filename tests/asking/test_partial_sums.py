"""A partial sum is no figure: a total is added from its columns only where every one of them is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dossiers import printed, report

from assistant.asking import Answer, answer
from assistant.library import Library
from assistant.library.ingest import ingest
from assistant.report import Report

Ask = Callable[[str, str], Answer]
ROW = "requests.received"


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Ask]:
    """Answers a question from a library that holds only the given text."""
    opened: list[Library] = []

    def ask(text: str, question: str) -> Answer:
        path = tmp_path / f"{len(opened)}" / "甲市人民政府_2024.md"
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        library = Library(path.parent / "library", create=True)
        opened.append(library)
        ingest([path], library, vectors=False)
        return answer(question, library)

    yield ask
    for library in opened:
        library.close()


def received(total: str, business: str, others: str = "0") -> Report:
    figures = {"natural_person": "140", "business": business, "other_organisation": "7", "total": total}
    return report(figures={f"{ROW}.{column}": others for column in ("research", "welfare", "legal_service")} | {f"{ROW}.{c}": v for c, v in figures.items()})  # fmt: skip


def test_a_blank_total_is_added_from_columns_that_are_all_there(asked: Ask) -> None:
    given = asked(printed(received("", "11")), "2024年新收多少件")
    assert [figure.text for figure in given.figures] == ["158件"] and "由各列相加" in given.answer


@pytest.mark.parametrize(("business", "says"), [("", "是空白"), ("见附件", "写作“见附件”")])
def test_a_blank_or_unreadable_addend_leaves_no_sum(asked: Ask, business: str, says: str) -> None:
    """It answered 147, for 158."""
    given = asked(printed(received("", business)), "2024年新收多少件")
    assert given.abstained and not given.figures and "147" not in given.answer
    assert "商业企业" in given.answer and says in given.answer


def test_cells_that_are_missing_leave_no_sum(asked: Ask) -> None:
    text = printed(received("158", "11"), "markdown")
    line = next(line for line in text.split("\n") if "一、本年新收" in line)
    given = asked(text.replace(line, line.replace(" 11 |", "", 1)), "2024年新收多少件")
    assert given.abstained and not given.figures and "没有读到" in given.answer


def test_a_subtotal_with_a_blank_row_in_it_is_not_told(asked: Ask) -> None:
    blank = {f"requests.denied.internal_affairs.{column}": "" for column in ("business", "total")}
    given = asked(printed(report(figures=blank)), "2024年不予公开多少件")
    assert given.abstained and not given.figures and "内部事务信息" in given.answer


def test_two_kinds_of_lawsuits_are_added_only_when_both_are_there(asked: Ask) -> None:
    given = asked(printed(report(figures={"litigation.after_review.total": ""})), "2024年行政诉讼多少件")
    assert not any(figure.metric == "litigation.total" for figure in given.figures) and "复议后起诉" in given.answer
