"""Sums, differences and shares of figures: exact, and none where a part is blank."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.asking.questions.expressions import evaluate, label, may_be_added, whole_of
from assistant.figures.book import Book

CELLS = {
    "requests.received.total": Decimal(158), "requests.received.natural_person": Decimal(140),
    "requests.carried_in.total": Decimal(4), "requests.granted.total": Decimal(74),
    "requests.partly_granted.total": Decimal(21), "requests.concluded.total": Decimal(156),
    "requests.carried_out.total": None, "review.total": Decimal(11), "review.pending": Decimal(1),
    "review.corrected": Decimal(0), "litigation.direct.total": Decimal(0),
}  # fmt: skip


@pytest.mark.parametrize(
    ("expression", "value", "unit"),
    [
        ("requests.received.total", "158", "件"),
        ("requests.granted.total+requests.partly_granted.total", "95", "件"),
        ("requests.granted.total-requests.partly_granted.total", "53", "件"),
        ("requests.received.natural_person/requests.received.total", "88.61", "%"),
        ("requests.granted.total+requests.partly_granted.total/requests.concluded.total", "60.90", "%"),
        ("review.corrected/review.total", "0", "%"),
        ("requests.granted.total+requests.carried_out.total", None, ""),
        ("requests.granted.total/requests.carried_out.total", None, ""),
        ("review.total/litigation.direct.total", None, ""),
    ],
)
def test_what_an_expression_comes_to(expression: str, value: str | None, unit: str) -> None:
    figure = evaluate(expression, Book(CELLS))
    assert (figure and (str(figure.value), figure.unit)) == (value and (value, unit))


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("requests.received.total", "新收申请"),
        ("requests.denied.total+requests.unavailable.total", "不予公开＋无法提供"),
        ("review.total-review.pending", "行政复议已审结"),
        ("requests.denied.total-requests.unavailable.total", "不予公开与无法提供之差"),
        ("requests.denied.total/requests.concluded.total", "不予公开占办结总数的比例"),
    ],
)
def test_what_it_is_called(expression: str, words: str) -> None:
    assert label(expression) == words


@pytest.mark.parametrize(
    ("metrics", "added"),
    [
        (("requests.denied.total", "requests.unavailable.total"), True),
        (("requests.received.total", "requests.carried_in.total"), True),
        (("requests.received.natural_person", "requests.received.business"), True),
        (("review.total", "litigation.total"), True),
        (("review.corrected", "litigation.corrected"), True),
        (("disclosure.licensing.decisions", "disclosure.penalties.decisions"), True),
        (("requests.denied.total",), False),
        (("requests.received.total", "requests.denied.total"), False),
        (("requests.unavailable.total", "requests.unavailable.not_held.total"), False),
        (("requests.received.business", "requests.received.legal_person"), False),
        (("requests.received.natural_person", "requests.received.total"), False),
        (("litigation.total", "litigation.direct.total"), False),
        (("review.total", "review.corrected"), False),
        (("review.total", "requests.denied.total"), False),
        (("disclosure.penalties.decisions", "disclosure.fees.amount"), False),
    ],
)
def test_only_what_counts_things_of_one_kind_is_added(metrics: tuple[str, ...], added: bool) -> None:
    assert may_be_added(metrics) is added


@pytest.mark.parametrize(
    ("metric", "whole"),
    [
        ("requests.denied.total", "requests.concluded.total"),
        ("requests.received.natural_person", "requests.received.total"),
        ("requests.concluded.total", "requests.workload.total"),
        ("review.corrected", "review.total"),
        ("litigation.direct.total", "litigation.total"),
        ("review.total", ""),
        ("disclosure.fees.amount", ""),
    ],
)
def test_what_a_figure_is_a_share_of(metric: str, whole: str) -> None:
    assert whole_of(metric) == whole
