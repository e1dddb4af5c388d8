"""T308–T310: what the prose must say, or must not, given table 3."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.figures.claims import mark_of
from assistant.figures.dossier import Dossier
from assistant.language.numerals import number
from assistant.report import Mark
from assistant.rules.base import Hit, rule
from assistant.rules.tables_T.table3 import place


@rule(
    "T308",
    "有“大量反复申请”或“逾期未缴费”，第六章却无收费说明",
    severity="warning",
    basis="《条例》第三十五条、第四十二条",
    needs=("requests",),
)
def fee_cases_are_explained(dossier: Dossier) -> Iterator[Hit]:
    """出现大量反复申请或逾期未缴费的，往往发出过收费通知，第六部分应说明收费情况。

    依据：《条例》第三十五条、第四十二条；国办函〔2020〕109号。
    违例：逾期未缴费3件，第六部分没有提到信息处理费。
    正例：逾期未缴费3件，第六部分说明收费通知和收取金额。
    """
    section = dossier.report.section("other")
    if section and re.search(r"处理费|收费", section.text):
        return
    for row in ("not_processed.excessive", "otherwise_handled.fee_overdue"):
        value = dossier.report.value(f"requests.{row}.total")
        if value:
            yield Hit(
                place(row, "total"),
                f"此格为{number(value)}，第六部分没有收费说明",
                "有收费说明",
                "无",
                anchor=row,
                marks=(Mark(f"requests.{row}.total"),),
            )


@rule("T309", "部分公开大于0而叙述称全部公开", severity="warning", needs=("requests",))
def partly_granted_is_not_all(dossier: Dossier) -> Iterator[Hit]:
    """表中有部分公开或不予公开，文中却说全部予以公开。

    依据：文表一致。
    违例：部分公开7件，文中称“申请均予以公开”。
    正例：部分公开0件、不予公开0件，文中称“均予以公开”。
    """
    rest = {
        name: dossier.book.value(f"requests.{row}.total")
        for name, row in (("部分公开", "partly_granted"), ("不予公开", "denied"))
    }
    told = "、".join(f"{name}{number(value)}件" for name, value in rest.items() if value)
    if not told:
        return
    for where, mark, text in _matches(dossier, re.compile(r"申请[^。；]{0,20}(?:均|全部|都)(?:已|依法)?予以公开")):
        yield Hit(where, f"文中称全部公开，表三有{told}", "没有部分公开和不予公开", told, text, marks=(mark,))


@rule("T310", "叙述提到法人申请而法人各列为0，或相反", severity="warning", needs=("requests",))
def legal_persons_in_prose(dossier: Dossier) -> Iterator[Hit]:
    """文中说有法人或其他组织的申请，表中五列却全为0，或文中说没有而表中有。

    依据：文表一致。
    违例：法人各列为0，文中称“法人申请3件”。
    正例：法人各列合计3，文中称“法人申请3件”。
    """
    legal = dossier.book.value("requests.workload.legal_person")
    if legal is None:
        return
    for claim in dossier.claims:
        column = claim.readings[0][0].rpartition(".")[2] if claim.kind == "column" else ""
        if (
            legal == 0
            and column not in ("", "natural_person", "total")
            and claim.mention.value > 0
            and claim.year == dossier.report.year
        ):
            yield Hit(
                claim.spot.where,
                f"文中为{claim.mention.text}，表三法人各列均为0",
                "0",
                number(claim.mention.value),
                claim.spot.sentence,
                marks=(mark_of(claim),),
            )
    if legal > 0:
        for where, mark, text in _matches(
            dossier, re.compile(r"(?:没有|未收到|无)(?:法人|企业|其他组织)[^，。；]{0,10}申请")
        ):
            yield Hit(
                where,
                f"文中称没有法人申请，表三法人各列合计{number(legal)}",
                number(legal),
                "没有",
                text,
                marks=(mark,),
            )


def _matches(dossier: Dossier, pattern: re.Pattern[str]) -> Iterator[tuple[str, Mark, str]]:
    for section in dossier.report.sections:
        for paragraph in section.paragraphs:
            yield from (
                (f"{section.number}、{section.title}", Mark("", paragraph, *found.span()), found.group())
                for found in pattern.finditer(paragraph.text)
            )
