"""What an office hands in for a year's report: who it is, its tables, its own figures, what it wants to tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, Field

from assistant.patterns import regex

__all__ = [
    "FOLLOWED_UP",
    "LEVELS",
    "OPENING",
    "PARTS",
    "Entry",
    "LastYearFigures",
    "OfficeData",
    "OwnFigure",
    "Part",
    "Point",
    "Voice",
    "likely_level",
]

# What became of last year's plans stands among the points under this name: it is told in the part 改进.
FOLLOWED_UP = "上年改进"
LEVELS = ("省级政府", "市级政府", "县级政府", "乡镇街道", "部门")


LastYearFigures = Mapping[str, Decimal | None]  # by metric id; blank cells have ``None``


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Part(_Frozen):
    """A part of the report that is prose. ``number`` is its place (一（二）), ``asks`` what 格式 and 条例 ask of it:
    the workbook says so beside the rows for it, the draft where nothing was given."""

    id: str
    number: str
    heading: str
    asks: str


# 格式 names the five parts of section one; 条例第五十条 asks for the problems, the improvements and, of governments,
# the results of 工作考核、社会评议和责任追究.
PARTS = (
    Part(
        id="主动公开",
        number="一（一）",
        heading="主动公开",
        asks="主动公开政府信息的渠道、数量、重点领域、政策解读和回应关切",
    ),
    Part(
        id="依申请公开",
        number="一（二）",
        heading="依申请公开",
        asks="收到和办理政府信息公开申请的数量、结果，以及办理工作的做法",
    ),
    Part(
        id="政府信息管理",
        number="一（三）",
        heading="政府信息管理",
        asks="政府信息的制作、公开属性认定、审查、保存和动态调整",
    ),
    Part(
        id="公开平台建设",
        number="一（四）",
        heading="公开平台建设",
        asks="政府网站、政务新媒体、查阅场所等平台的建设和运行",
    ),
    Part(
        id="监督保障",
        number="一（五）",
        heading="监督保障",
        asks="机构人员、培训和监督检查情况；各级政府还有工作考核、社会评议、责任追究的结果",
    ),
    Part(
        id="问题",
        number="五（一）",
        heading="存在的主要问题",
        asks="本年度工作中存在的主要问题，逐条写，与改进措施对应",
    ),
    Part(id="改进", number="五（二）", heading="改进情况", asks="针对问题已经采取或将要采取的改进措施，逐条写"),
    Part(id="其他事项", number="六", heading="", asks="信息处理费收取情况（未收取也要写明）和其他需要报告的事项"),
)

# Section one opens with it, before the heads; the office may leave it to the program.
OPENING = Part(
    id="总体情况", number="一", heading="", asks="第一部分开头的一段：本年工作的总体评价和要点，可不填，由程序写一句"
)


class Entry(_Frozen):
    """One figure of a table as the office entered it; a blank cell has ``value=None``."""

    value: Decimal | None
    address: str


class OwnFigure(_Frozen):
    """A figure that is in no table of the form, with the record it is taken from and the part it is meant for.
    ``written`` is an approximate one as the office wrote it: 14万余."""

    name: str
    value: Decimal
    unit: str
    source: str
    part: str
    address: str
    written: str = ""


class Point(_Frozen):
    """One thing the office wants told, in its own words."""

    text: str
    address: str


class Voice(_Frozen):
    """How the office speaks of itself: ``we`` 我区, ``all`` 全区各级行政机关, ``area`` 全区: all that its
    figures count."""

    we: str
    all: str
    area: str


_PLACES = ("省", "自治区", "市", "区", "县", "旗", "乡", "镇", "州")
_GOVERNMENT = regex(rf"({'|'.join(_PLACES)})(?:人民政府)?$")  # reports are signed 某市 as well as 某市人民政府
_SUB_DISTRICT = ("街道", "街道办事处")
_LEVEL_OF = {"省": 0, "自治区": 0, "市": 1, "州": 1, "区": 2, "县": 2, "旗": 2, "乡": 3, "镇": 3}


def likely_level(unit: str) -> str:
    """The level that a name tells, for the office to correct."""
    if unit.endswith(_SUB_DISTRICT):
        return LEVELS[3]
    place = _GOVERNMENT.search(unit)
    return LEVELS[_LEVEL_OF[place[1]]] if place else LEVELS[-1]


class OfficeData(_Frozen):
    """Everything of the data workbook. ``cells`` maps metric ids to entries; ``points`` maps part ids, and
    ``FOLLOWED_UP``, to points; ``notes`` are what the reading of the workbook has to tell."""

    unit: str
    year: int
    level: str
    signed_on: date | None = None
    phone: str = ""
    website: str = ""
    cells: Mapping[str, Entry] = Field(default_factory=lambda: MappingProxyType({}))
    own: tuple[OwnFigure, ...] = ()
    points: Mapping[str, tuple[Point, ...]] = Field(default_factory=lambda: MappingProxyType({}))
    file: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing was filled in but who the office is."""
        return not (self.own or self.points or any(entry.value is not None for entry in self.cells.values()))

    @property
    def voice(self) -> Voice:
        """A government speaks for its whole area, a department or a sub-district for itself."""
        place = _GOVERNMENT.search(self.unit)
        if place and self.level != "部门":
            name = place[1].removeprefix("自治")
            # A township has no organs below it.
            everybody = f"我{name}" if name in ("乡", "镇") else f"全{name}各级行政机关"
            return Voice(we=f"我{name}", all=everybody, area=f"全{name}")
        if self.unit.endswith(_SUB_DISTRICT):
            return Voice(we="本街道", all="本街道", area="全街道")
        return Voice(we="本机关", all="本机关", area="本机关")

    @property
    def heads(self) -> tuple[str, ...]:
        """Heads of section one that the office adds to those of 格式 (标准化建设), in its order."""
        known = {*(part.id for part in PARTS), OPENING.id, FOLLOWED_UP}
        return tuple(name for name in self.points if name not in known)

    def points_of(self, part: str) -> tuple[Point, ...]:
        return self.points.get(part, ())
