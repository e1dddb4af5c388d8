"""The form of 2019: 国办公开办函〔2019〕60号, for reports on 2019 and 2020."""

from __future__ import annotations

from assistant.form.common import OTHERWISE_HANDLED_SINGLE, REVIEW_TABLE, SECTIONS, requests_table
from assistant.form.model import Block, Column, Edition, Row, Table

BASIS = "国办公开办函〔2019〕60号"

_DOCUMENTS = (
    Column("produced", "本年新制作数量", ("新制作数量",)),
    Column("newly_published", "本年新公开数量", ("新公开数量",)),
    Column("published_total", "对外公开总数量", ("公开总数量",)),
)
_PREVIOUS = Column("previous_items", "上一年项目数量", ("上年项目数量",), unit="项")
_CHANGE = Column("change", "本年增/减", ("增/减", "本年增减"), unit="项")
_DECISIONS = Column("decisions", "处理决定数量")

DISCLOSURE_TABLE = Table(
    "disclosure",
    "二",
    "disclosure",
    (
        Block(
            (
                Row("rules", "规章", aliases=("政府规章",)),
                Row("normative_documents", "规范性文件", aliases=("行政规范性文件",)),
            ),
            _DOCUMENTS,
            "第二十条第（一）项",
        ),
        Block(
            (Row("licensing", "行政许可"), Row("other_services", "其他对外管理服务事项")),
            (_PREVIOUS, _CHANGE, _DECISIONS),
            "第二十条第（五）项",
        ),
        Block(
            (Row("penalties", "行政处罚"), Row("coercion", "行政强制")),
            (_PREVIOUS, _CHANGE, _DECISIONS),
            "第二十条第（六）项",
        ),
        Block((Row("fees", "行政事业性收费"),), (_PREVIOUS, _CHANGE), "第二十条第（八）项"),
        Block(
            (Row("procurement", "政府集中采购"),),
            (
                Column("projects", "采购项目数量", unit="项"),
                Column("amount", "采购总金额", unit="元"),
            ),
            "第二十条第（九）项",
        ),
    ),
)

EDITION_2019 = Edition(
    "2019", BASIS, (DISCLOSURE_TABLE, requests_table((OTHERWISE_HANDLED_SINGLE,)), REVIEW_TABLE), SECTIONS
)
