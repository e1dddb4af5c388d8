"""Offices for the tests: the shipped one, and small ones made to measure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
from offices import POINTS, sound_figures
from scripted_endpoint import Endpoint, serving

from assistant.drafting import OfficeData, read_workbook
from assistant.drafting.office import Entry, OwnFigure, Point
from assistant.drafting.workbook.layout import address_of
from assistant.readers import read
from assistant.report import Report
from assistant.resources import folder


@pytest.fixture
def office() -> Callable[..., OfficeData]:
    """An office made to measure: ``figures`` over a sound table of zeros and twos, points by part."""

    def made(
        figures: dict[str, Decimal | None] | None = None,
        *,
        unit: str = "某市某区人民政府",
        level: str = "县级政府",
        points: dict[str, tuple[str, ...]] | None = None,
        fee: str | None = "0",
        seed: int | None = None,
    ) -> OfficeData:
        base: dict[str, Decimal | None] = dict(sound_figures(seed if seed is not None else 1))
        if seed is None:
            base = {metric: Decimal(0) for metric in base}
        cells = base | (figures or {})
        own = (
            OwnFigure(name="信息处理费", value=Decimal(fee), unit="元", source="财务台账", part="其他事项", address="其他数据!B2"),
        ) if fee is not None else ()  # fmt: skip
        return OfficeData(
            unit=unit,
            year=2025,
            level=level,
            signed_on=date(2026, 1, 20),
            cells={metric: Entry(value=value, address=address_of(metric)) for metric, value in cells.items()},
            own=own,
            points={
                part: tuple(Point(text=text, address=f"工作要点!B{n}") for n, text in enumerate(texts, start=2))
                for part, texts in (POINTS if points is None else points).items()
            },
        )

    return made


@pytest.fixture(scope="session")
def qingyuan() -> OfficeData:
    """The shipped workbook of a fictional district."""
    return read_workbook(folder("corpus") / "data" / "清源区_2025.xlsx")


@pytest.fixture(scope="session")
def qingyuan_2024() -> Report:
    return read(folder("corpus") / "reports" / "清源区_2024.md")


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving() as served:
        yield served
