"""Figures in another measure than the table's: 3525件 is 0.3525万件, 915.30万元 is 0.09153亿元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.asking.result import AnswerFigure
from assistant.language.numerals import parse, rounded
from assistant.lexicon import phrase

__all__ = ["Measure", "converted", "measure_in"]

# What a measure counts of which other, by how much.
_TIMES: dict[str, tuple[str, Decimal]] = {
    "万件": ("件", Decimal(10_000)),
    "千件": ("件", Decimal(1_000)),
    "亿元": ("万元", Decimal(10_000)),
    "元": ("万元", Decimal(1) / 10_000),
    "万元": ("万元", Decimal(1)),
    "件": ("件", Decimal(1)),
}
_PLACES_READ = 4  # 0.3525万件 is read as it is


@dataclass(frozen=True, slots=True)
class Measure:
    """``name`` as people say it (万: of cases 万件, of money 万元); ``places`` behind the point, all where it is not
    said."""

    name: str
    places: int | None = None

    def of(self, figures: Sequence[AnswerFigure]) -> str:
        """The measure in full, for these figures."""
        counted = "万件" if any(one.text.endswith("件") for one in figures) else "万元"
        return {"亿": "亿元", "万": counted}.get(self.name, self.name)


def measure_in(text: str) -> tuple[Measure | None, str]:
    """The measure that ``text`` wants figures in, and the text that asks for them in their own."""
    found = phrase("followups", "in_measure").search(text)
    if not found:
        return None, text
    written = phrase("followups", "decimal_places").search(text)
    numeral = parse(written["count"].replace("两", "二")) if written else None
    name = next(one for one in found.groupdict().values() if one)
    asked = f"{text[: found.start()]}多少{text[found.end() :]}"
    return Measure(name, int(numeral.value) if numeral else None), phrase("followups", "decimal_places").sub("", asked)


def _about(value: Decimal) -> Decimal:
    """A value with many places as people say it: two, or as many as show three digits."""
    if -value.normalize().as_tuple().exponent <= _PLACES_READ:  # type: ignore[operator]
        return value
    return rounded(value, Decimal(1).scaleb(min(-2, value.adjusted() - 2)))


def converted(figures: Sequence[AnswerFigure], measure: Measure) -> Iterator[tuple[AnswerFigure, AnswerFigure]]:
    """Each figure that can be told in the measure, with itself in it; percentages have none."""
    name = measure.of(figures)
    of, times = _TIMES[name]
    for one in figures:
        if one.text.endswith(of) and (of != "元" or not one.text.endswith("万元")):
            value = one.value / times
            if measure.places is not None:
                value = rounded(value, Decimal(1).scaleb(-measure.places))
            exact = f"{abs(value).normalize():f}{name}"
            if measure.places is None and (about := _about(abs(value))) != abs(value):
                exact += f"（约{about.normalize():f}{name}）"
            way = one.text[:2] if one.value < 0 or one.metric.endswith(".change") else ""  # 减少21.54万元
            text = f"{way}{exact}"
            yield one, AnswerFigure(text=text, value=value, metric=one.metric, unit=one.unit, year=one.year)
