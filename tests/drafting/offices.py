"""Figures and points of made-up offices."""

from __future__ import annotations

import random
from decimal import Decimal

from assistant.form import APPLICANTS, EDITION_2021

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
