"""Which kind of report this is: the form of 2019 and later holds for administrative organs, not for universities,
hospitals, enterprises, nor for years before it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from assistant.lexicon import phrase
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
    ReportKind("university", "高等学校的信息公开年度报告", "《高等学校信息公开办法》（教育部令第29号）", yearly=False),
    ReportKind("school", "学校的信息公开报告", "教育部门对中小学信息公开的规定", yearly=False),
    ReportKind("hospital", "医疗卫生机构的信息公开报告", "《医疗卫生机构信息公开管理办法》"),
    ReportKind("enterprise", "企业的信息公开报告", "国有企业和公共企业信息公开的规定"),
)


@lru_cache(maxsize=64)  # every check asks it of the same report
def _kind(unit: str, title: str, year: int | None, has_tables: bool) -> ReportKind:
    if not has_tables:
        named = next((kind for kind in _BY_UNIT if phrase("units", kind.id).search(unit)), None)
        if named and not phrase("units", "party_school").search(unit):
            return named
        if phrase("units", "school_year").search(title):
            return _BY_UNIT[0]
        if year is None:
            return UNKNOWN
        if year < _FIRST_YEAR:
            return BEFORE_THE_FORM
    return FORM


def kind_of(report: Report) -> ReportKind:
    """The kind of a report. Whoever uses the form's tables has taken the form."""
    return _kind(report.unit, report.title, report.year, bool(report.tables))
