"""By what numbers are counted, and which of them may be added up."""

from __future__ import annotations

from assistant.figures.claims import Claim

__all__ = ["TIMES", "comparable", "measure_of", "same_measure"]

TIMES = frozenset(
    ["年", "月", "日", "天", "周", "小时", "分钟", "秒", "个工作日", "工作日", "倍", "个百分点", "级", "届", "期间"]
)
# What is counted as things, and a number without a measure word.
_THINGS = frozenset("件条个份期篇项起宗例部则册类次场批种本张幅集封") | {"件次", "条次", "期次", "次数", ""}
_PEOPLE = frozenset(["人", "名", "位", "人次", "家", "户"])


def same_measure(one: Claim, other: Claim) -> bool:
    """Whether two numbers are counted in the same; 条次 is as often 条 as not."""
    return one.mention.unit == other.mention.unit or _bare(one.mention.unit) == _bare(other.mention.unit)


def _bare(unit: str) -> str:
    return unit.removesuffix("次") if unit in _THINGS else unit


def comparable(one: Claim, other: Claim) -> bool:
    """Whether two numbers may be whole and part: measure words of things, or of people, are free to change."""
    return measure_of(one) == measure_of(other)


def measure_of(claim: Claim) -> str:
    unit = claim.mention.unit
    return "件" if unit in _THINGS else "人" if unit in _PEOPLE else unit
