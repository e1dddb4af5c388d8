"""Units beside each other: shares of what was concluded, means and ranks of a level, few cases told as few."""

from __future__ import annotations

from decimal import Decimal

from dossiers import report

from assistant.figures.unit_comparison import MEASURES, Measured, measured, standings


def test_a_share_is_of_its_whole_and_nothing_where_that_is_nought_or_blank() -> None:
    made = report()
    values = dict(zip((each.name for each in MEASURES), measured(made), strict=True))
    whole, granted, partly = (made.value(f"requests.{row}.total") for row in ("concluded", "granted", "partly_granted"))
    assert whole and granted is not None and partly is not None
    assert values["新收申请"].value == made.value("requests.received.total")
    share = values["予以公开（含部分）"]
    assert share.value == round((granted + partly) * 100 / whole, 1) and share.cases == whole
    blank = measured(report(figures={"requests.granted.total": None, "requests.granted.natural_person": None}))
    assert blank[1] == Measured(None)
    none = dict(zip((each.name for each in MEASURES), measured(report(figures={"review.total": 0})), strict=True))
    assert none["复议被纠正"].value is None


def test_ranks_and_means_are_of_a_level_without_what_is_few() -> None:
    def row(value: str, cases: str = "100") -> list[Measured]:
        return [Measured(Decimal(value), Decimal(cases))]

    placed = standings(
        ["县区", "县区", "县区", "县区", "市级"], [row("10"), row("30"), row("30"), row("90", "9"), row("5")]
    )
    told = [(one.rank, one.mean, one.among) for (one,) in placed]
    mean = Decimal("23.3")
    assert told == [(3, mean, 3), (1, mean, 3), (1, mean, 3), (None, mean, 3), (None, Decimal("5.0"), 1)]
