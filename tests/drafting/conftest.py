"""Offices for the tests: the shipped one, and small ones made to measure."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.drafting import OfficeData, read_workbook
from assistant.drafting.office import Entry, OwnFigure, Point
from assistant.drafting.sheets import address_of
from assistant.form import APPLICANTS, EDITION_2021
from assistant.readers import read
from assistant.report import Report
from assistant.resources import folder

sys.path.insert(0, str(Path(__file__).parents[1] / "llm"))  # the scripted endpoint is shared with tests/llm

from scripted_endpoint import Endpoint, serving

COLUMNS = [column.id for column in APPLICANTS if column.id != "total"]
OUTCOMES = [
    row.id for row in EDITION_2021.table("requests").rows if row.mark.startswith("三（") and row.id != "concluded"
]
LAWSUITS = ("review", "litigation.direct", "litigation.after_review")
RESULTS = ("upheld", "corrected", "other_outcome", "pending")


def sound_figures(seed: int, most: int = 40) -> dict[str, Decimal]:
    """Figures of all three tables that keep every identity of the form; ``most`` bounds a single outcome."""
    dice = random.Random(seed)
    cells: dict[str, int] = dict.fromkeys(EDITION_2021.metrics, 0)
    for column in COLUMNS:
        for row in OUTCOMES:
            cells[f"requests.{row}.{column}"] = dice.choice((0, 0, dice.randint(0, most)))
        done = sum(cells[f"requests.{row}.{column}"] for row in OUTCOMES)
        left, before = dice.randint(0, 3), dice.randint(0, min(done, 3))
        cells |= {
            f"requests.concluded.{column}": done, f"requests.carried_out.{column}": left,
            f"requests.carried_in.{column}": before, f"requests.received.{column}": done + left - before,
        }  # fmt: skip
    for row in (r.id for r in EDITION_2021.table("requests").rows):
        cells[f"requests.{row}.total"] = sum(cells[f"requests.{row}.{column}"] for column in COLUMNS)
    for family in LAWSUITS:
        for result in RESULTS:
            cells[f"{family}.{result}"] = dice.choice((0, 0, dice.randint(0, 9)))
        cells[f"{family}.total"] = sum(cells[f"{family}.{result}"] for result in RESULTS)
    cells["disclosure.normative_documents.issued"] = dice.randint(0, 20)
    cells["disclosure.normative_documents.in_force"] = dice.randint(20, 90)
    cells["disclosure.licensing.decisions"] = dice.randint(0, 30000)
    return {metric: Decimal(value) for metric, value in cells.items()} | {"disclosure.fees.amount": Decimal("12.5")}


POINTS = {
    "主动公开": ("重大项目信息从立项到验收都在同一页面续写。", "解读材料与政策文件同步起草、同步发布。"),
    "依申请公开": ("登记当日电话核对需求，能在网站查到的当场指引。",),
    "政府信息管理": ("文件废止以后，旧文件的状态随即变更。", "审签单随公文归档备查。"),
    "公开平台建设": ("网站检索支持口语提问，答不上来的自动转交责任科室。",),
    "监督保障": ("工作考核结果已反馈各单位。", "社会评议结果在网站公布。", "没有需要追究责任的情形。"),
    "问题": ("部分栏目更新不够及时。", "有的答复书说理不充分。"),
    "改进": ("给每个栏目指定责任科室，过期未更新的自动提醒。", "汇编答复书范例，由司法局抽查。"),
    "其他事项": ("代表建议的办理复文已在网站专栏发布。",),
}


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
