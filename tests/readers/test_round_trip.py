"""Reports with random figures, blanks and notes, written in every format that needs no other program and read back."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet
from dossiers import UNIT, YEAR, report
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assistant.form import EDITIONS
from assistant.readers import READERS, read
from assistant.report import Report
from assistant.resources import load

renderings = load("evals.renderings")
compared = load("evals.readers").compared

FORMATS = [
    name for name, made in renderings.RENDERINGS.items()
    if made.suffix in READERS and made.complete and not made.external
]  # fmt: skip
EXAMPLES = {"docx": 10, "xlsx": 10}  # the others are fast
# Strict: whoever makes one of these readable is told to take its line away.
NOT_YET: dict[str, str] = {}
NOT_YET_EMPTY: tuple[str, ...] = ()


def marked(names: Iterable[str], not_yet: Collection[str]) -> list[ParameterSet]:
    strict = pytest.mark.xfail(strict=True)
    return [pytest.param(name, marks=strict if name in not_yet else ()) for name in names]


PROSE_OF_FIGURES = {"requests": "2024年新收申请24件，结转下年度继续办理3件。", "review": "7件行政复议中，结果维持4件。"}

numbers = st.one_of(
    st.integers(0, 99).map(str),
    st.integers(0, 99_999_999).map(str),
    st.integers(1_000, 99_999_999).map("{:,}".format),
    st.decimals(0, 10_000_000, places=2).map("{:f}".format),
)
blanks = st.sampled_from(["", "/", "—", "－", "无"])
noted = st.builds(
    "{}（{}）".format, st.integers(0, 999), st.sampled_from(["其中修订16件", "含上年结转3件", "不含乡镇"])
)
cells = st.one_of(numbers, numbers, blanks, noted)


@st.composite
def changes(draw: st.DrawFn) -> dict[str, Any]:
    """A sound report of either edition, or a mixed one, of which up to forty cells say something else; what to change."""
    edition = draw(st.sampled_from(["2021", "2021", "2019"]))
    single = edition == "2019" or draw(st.booleans())
    metrics = [
        metric
        for metric in EDITIONS[edition].metrics
        if not (single and metric.startswith("requests.otherwise_handled.") and metric.count(".") == 3)
    ]
    # Table 4 keeps its first figure: a strip without any has a test of its own.
    free = [metric for metric in metrics if metric != "review.upheld"]
    figures: Mapping[str, str] = draw(st.dictionaries(st.sampled_from(free), cells, max_size=40))
    # Prose right under a table that opens with a number must not be taken for one more cell.
    return {"edition": edition, "single": single, "figures": figures, "text": PROSE_OF_FIGURES}


def assert_comes_back(name: str, made: Report) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = renderings.write(name, made, Path(folder))
        back = read(path)
    outcome = compared(made, back)
    assert [f"{m}: {made.cells.get(m)} → {back.cells.get(m)}" for m in outcome.wrong] == []
    assert (outcome.sections, outcome.identity, back.title) == (1, 1, made.title)
    assert outcome.prose == 1
    assert [warning.message for warning in back.warnings] == []


@pytest.mark.parametrize("name", marked(FORMATS, NOT_YET))
def test_every_cell_comes_back(name: str) -> None:
    phases = [Phase.generate] if name in NOT_YET else list(Phase)  # a smaller example of what is known helps nobody

    @settings(
        max_examples=EXAMPLES.get(name, 25), deadline=None, suppress_health_check=list(HealthCheck), phases=phases,
        database=None,
    )  # fmt: skip
    @given(changes())
    def comes_back(changed: dict[str, Any]) -> None:
        assert_comes_back(name, report(**changed, file=f"{UNIT}_{YEAR}.txt"))

    comes_back()


@pytest.mark.parametrize("name", ["tabs", "lines_blank"])
def test_a_row_is_as_long_as_its_own_header(name: str) -> None:
    """收费 of the form of 2019 has two columns where others have three: a blank one is no missing one."""
    blank = {"disclosure.fees.previous_items": ""}
    assert_comes_back(name, report(edition="2019", single=True, figures=blank, file=f"{UNIT}_{YEAR}.txt"))


@pytest.mark.parametrize("name", marked(FORMATS, NOT_YET_EMPTY))
def test_the_empty_form_has_every_cell_blank(name: str) -> None:
    empty = report(figures=dict.fromkeys(EDITIONS["2021"].metrics), file=f"{UNIT}_{YEAR}.txt")
    with tempfile.TemporaryDirectory() as folder:
        back = read(renderings.write(name, empty, Path(folder)))
    assert {metric: cell.value for metric, cell in back.cells.items()} == dict.fromkeys(empty.cells)


@pytest.mark.parametrize("name", [name for name, made in renderings.RENDERINGS.items() if not made.external])
def test_the_same_report_is_the_same_file(name: str, tmp_path: Path) -> None:
    first = renderings.write(name, report(), tmp_path / "一").read_bytes()
    assert renderings.write(name, report(), tmp_path / "二").read_bytes() == first


def test_cells_that_a_format_loses_are_never_wrong_in_silence(tmp_path: Path) -> None:
    made = report(figures=dict.fromkeys(["requests.received.business", "requests.granted.research", "review.pending"]))
    outcome = compared(made, read(renderings.write("lines_left_out", made, tmp_path)))
    assert outcome.unwarned == ()
