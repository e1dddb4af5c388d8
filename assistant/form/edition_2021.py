"""The form of 2021: 国办公开办函〔2021〕30号, for reports on 2021 and later years."""

from __future__ import annotations

from assistant.form.common import OTHERWISE_HANDLED, REVIEW_TABLE, SECTIONS, requests_table
from assistant.form.model import Block, Column, Edition, Row, Table

BASIS = "国办公开办函〔2021〕30号"

DISCLOSURE_TABLE = Table(
    "disclosure",
    "二",
    "disclosure",
    (
        Block(
            (
                Row("rules", "规章", aliases=("政府规章",)),
                Row("normative_documents", "行政规范性文件", aliases=("规范性文件",)),
            ),
            (
                Column("issued", "本年制发件数", ("制发件数", "制发数量")),
                Column("repealed", "本年废止件数", ("废止件数",)),
                Column("in_force", "现行有效件数", ("现行有效", "有效件数")),
            ),
            "第二十条第（一）项",
        ),
        Block(
            (Row("licensing", "行政许可"),),
            (Column("decisions", "本年处理决定数量", ("处理决定数量",)),),
            "第二十条第（五）项",
        ),
        Block(
            (Row("penalties", "行政处罚"), Row("coercion", "行政强制")),
            (Column("decisions", "本年处理决定数量", ("处理决定数量",)),),
            "第二十条第（六）项",
        ),
        Block(
            (Row("fees", "行政事业性收费"),),
            (Column("amount", "本年收费金额（单位：万元）", ("本年收费金额", "收费金额"), unit="万元"),),
            "第二十条第（八）项",
        ),
    ),
)

EDITION_2021 = Edition("2021", BASIS, (DISCLOSURE_TABLE, requests_table(OTHERWISE_HANDLED), REVIEW_TABLE), SECTIONS)
