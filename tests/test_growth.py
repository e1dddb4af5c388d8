"""Checking takes time linear in the length of a text, whatever it is made of: four times as long takes some four times as
long, never sixteen. Ratios of processor time in one run, not times."""

from __future__ import annotations

import time

import pytest

import assistant
from assistant.cases import dossier
from assistant.figures.dossier import Dossier
from assistant.report import Paragraph, Report, Section

SHORT, LONG = 4_000, 16_000  # characters
# Times below this are start-up and noise: nothing grows there.
FLOOR = 0.15  # seconds
MOST = 9  # of a ratio: linear is 4, the square 16
TRIES = 3  # other work on the machine can slow one of a pair; a square is one every time
SQUARE = 20  # of the number of findings; its cube is 64


@pytest.mark.parametrize(
    "unit",
    [
        "1", "1,", "万亿", "其中1件，", "1件、", "政务公开工作持续推进", "（1件", "新收申请1件，", "“", "《", "由1件减为2件，", "占5%、",
        "一二", "较上年下降1件，", "没有复议，", " 1 ", "其中：1件；", "2024年1月1日",
        "不予公开5件均为自然人，", "办结5件，未办结7件，", "下半年比上半年多6件，", "平均每期50人次，", "电话12件次占33%，",
        "1+", "1＋1＝", "1→", "月均1件，", "各1件，", "复议1件、未审结；",
    ],
)  # fmt: skip
def test_time_grows_with_the_length_of_a_sentence_not_with_its_square(unit: str) -> None:
    times = []
    for _ in range(TRIES):
        short, long = (_seconds(unit * (length // len(unit))) for length in (SHORT, LONG))
        if long < FLOOR or long / max(short, FLOOR / MOST) < MOST:
            return
        times.append(f"{short:.2f} s, {long:.2f} s")
    pytest.fail("; ".join(times))


def _seconds(text: str) -> float:
    _check(_report(text[:500]))  # rules and patterns loaded
    report = _report(text)
    start = time.process_time()
    _check(report)
    return time.process_time() - start


def _report(text: str) -> Report:
    overview = Section(id="overview", number="一", title="总体情况", paragraphs=(Paragraph(text=text),))
    return Report(file="长.txt", unit="江州市清源区人民政府", year=2024, edition="2021", title="", sections=(overview,))


def _check(report: assistant.Report) -> None:
    assistant.check(Dossier(report))


def test_many_findings_of_one_thing_take_no_cube_of_their_number() -> None:
    for _ in range(TRIES):
        times = [_seconds_for_findings(how_many) for how_many in (40, 75, 300)]  # the first for what is loaded
        if times[2] / times[1] < SQUARE:
            return
    pytest.fail(f"{times[1]:.2f} s, {times[2]:.2f} s")


def _seconds_for_findings(how_many: int) -> float:
    made = dossier({"add": {"overview": "新收申请99件，办结申请98件。" * how_many}})
    start = time.process_time()
    found = assistant.check(made).findings
    assert len(found) > how_many
    return time.process_time() - start


def test_a_sentence_past_a_sane_length_is_listed_as_not_checked() -> None:
    verdict = assistant.check(Dossier(_report("新收申请1件，" * 400)))
    assert any("过长" in each.text for each in verdict.unchecked)
