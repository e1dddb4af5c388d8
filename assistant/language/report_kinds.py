"""Which kind of report this is: the form of 2019 and later holds for administrative organs, not for universities,
hospitals, enterprises, nor for years before it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from assistant.patterns import regex
from assistant.report import Report

__all__ = ["BEFORE_THE_FORM", "ReportKind", "kind_of"]

_FIRST_YEAR = 2019


class ReportKind(NamedTuple):
    """A kind of report: ``free`` has no statutory form, ``yearly`` is of a calendar year."""

    id: str
    name: str = ""
    basis: str = ""
    free: bool = True
    yearly: bool = True


FORM = ReportKind("annual", free=False)
UNKNOWN = ReportKind("unknown")  # neither tables nor a year: nothing may be asked of it
BEFORE_THE_FORM = ReportKind(
    "before_the_form", f"{_FIRST_YEAR - 1}年及以前的政府信息公开年度报告", "当时的《政府信息公开条例》（国令第492号）"
)
_BY_UNIT = (
    (
        regex(r"(?:大学|学院|高等专科学校|职业技术学校|高校)(?:附属[^局厅委]{2,10})?$"),
        ReportKind(
            "university", "高等学校的信息公开年度报告", "《高等学校信息公开办法》（教育部令第29号）", yearly=False
        ),
    ),
    (
        regex(r"(?:小学|中学|学校|幼儿园|实验学校|高中|初中)$"),
        ReportKind("school", "学校的信息公开报告", "教育部门对中小学信息公开的规定", yearly=False),
    ),
    (
        regex(r"医院|卫生院$|卫生服务中心$|保健院$"),
        ReportKind("hospital", "医疗卫生机构的信息公开报告", "《医疗卫生机构信息公开管理办法》"),
    ),
    (
        regex(r"公司$|集团$|总公司|水务$|银行$|热力$|电网$|供电"),
        ReportKind("enterprise", "企业的信息公开报告", "国有企业和公共企业信息公开的规定"),
    ),
)
_PARTY_SCHOOL = regex(r"行政学院$|党校")
_SCHOOL_YEAR = regex(r"20\d{2}\s*[-—－–~～至]+\s*(?:20)?\d{2}\s*学年|学年度?信息公开")


@lru_cache(maxsize=64)  # every check asks it of the same report
def _kind(unit: str, title: str, year: int | None, has_tables: bool) -> ReportKind:
    if not has_tables:
        for pattern, kind in _BY_UNIT:
            if pattern.search(unit) and not _PARTY_SCHOOL.search(unit):
                return kind
        if _SCHOOL_YEAR.search(title):
            return _BY_UNIT[0][1]
        if year is None:
            return UNKNOWN
        if year < _FIRST_YEAR:
            return BEFORE_THE_FORM
    return FORM


def kind_of(report: Report) -> ReportKind:
    """The kind of a report. Whoever uses the form's tables has taken the form."""
    return _kind(report.unit, report.title, report.year, bool(report.tables))
