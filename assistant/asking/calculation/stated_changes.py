"""What a report's own prose says of a change over the year before, where that year's report is not held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from assistant.asking.calculation.report_figures import AnswerBuilder, ReportFigures
from assistant.asking.result import passage_citation
from assistant.library import Passage
from assistant.library.passages import sentences

if TYPE_CHECKING:
    from assistant.figures.book import Figure
    from assistant.figures.claims import Claim

__all__ = ["say_stated_change"]

_OVER_LAST_YEAR = ("yoy", "change", "multiple")


def say_stated_change(readings: Sequence[str], now: Figure, report: ReportFigures, answer: AnswerBuilder) -> bool:
    """The sentences in which the report itself tells the change of ``now``, each quoted; whether there is any."""
    told = dict[tuple[Passage, str], None]()
    for passage, sentence, claim in _stated(readings, now, report):
        metric = f"{now.id}.{claim.relation}"
        answer.count(claim.mention.text, claim.mention.value, metric, report.unit, report.year)
        told[passage, sentence] = None
    for passage, sentence in told:
        answer.citations.append(passage_citation(passage, sentence))
        answer.say(f"报告正文（{passage.place}）写的是：“{sentence}”没有{report.year - 1}年的报告可以核对。")
    return bool(told)


def _stated(readings: Sequence[str], now: Figure, report: ReportFigures) -> Iterator[tuple[Passage, str, Claim]]:
    from assistant.figures.claim_reader import claims_of  # reads prose: most questions need no sentence of it

    document = report.library.show(report.document) if report.library else None
    passages = report.library.catalog.passages_of(report.document) if report.library else []
    changed = dict[object, Decimal]()  # the figure of these readings that a sentence tells before its change
    for claim in claims_of(document) if document else ():
        key = claim.spot.sentence, claim.readings
        if claim.relation == "value":
            changed[key] = claim.mention.value
        of_it = any("+".join(reading) in readings for reading in claim.readings)
        if not of_it or claim.relation not in _OVER_LAST_YEAR or claim.year != report.year:
            continue
        if changed.get(key, now.value) != now.value:
            continue  # 收办3607件，同比增长70.3%: with what was carried in, where what is new was asked for
        where = ((passage, one) for passage in passages for one in sentences(passage.text))
        yield from (
            (passage, one, claim)
            for passage, one in where
            if claim.mention.text in one and one in claim.spot.paragraph.text
        )
