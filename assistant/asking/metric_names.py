"""The figures of the form by the names that a model is told, and which a model's reply is read by."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from assistant.asking.questions.expressions import label
from assistant.asking.questions.metrics import find_metrics
from assistant.asking.questions.vocabulary import BY_APPLICANT
from assistant.figures.book import label_of
from assistant.form import EDITIONS, GROUPS
from assistant.patterns import regex

__all__ = ["applicant_names", "metric_named", "metric_names"]

_SAYS_NO_MORE = regex(r"[\s　的件条]*(?:总?数量?)?[\s　]*")


def metric_named(name: str) -> str:
    """The id of a name as it was listed, with a kind of applicant in brackets or without, or of other words that name
    one figure and nothing else (未审结的复议); empty for anything else."""
    bare = name.strip().replace("(", "（").replace(")", "）")
    if bare in _metrics():
        return _metrics()[bare]
    row, _, kind = bare.rstrip("）").partition("（")
    column = next((one for one, known in _columns().items() if kind == known), "")
    metric = _metrics().get(row, "")
    if column and metric.startswith("requests."):
        return metric.removesuffix("total") + column
    meant = find_metrics(bare)
    single = len(meant.metrics) == 1 and len(meant.metrics[0]) == 1
    return meant.metrics[0][0] if single and _SAYS_NO_MORE.fullmatch(meant.rest) else ""


def metric_names() -> tuple[str, ...]:
    """The names of figures; of table 3 those of its rows."""
    return tuple(_metrics())


def applicant_names() -> tuple[str, ...]:
    """The kinds of applicants."""
    return tuple(_columns().values())


@cache
def _metrics() -> dict[str, str]:
    edition = EDITIONS["2021"]
    ids = [metric.id for table in edition.tables for metric in edition.metrics_of(table.id)]
    ids = [one for one in ids if not one.startswith("requests.") or one.endswith(".total")]
    groups = [f"requests.{row}.total" for row in ("workload", *(group.id for group in GROUPS))]
    both = [f"litigation.{case}" for case in ("total", "upheld", "corrected", "other_outcome", "pending")]
    return {label(one): one for one in dict.fromkeys((*ids, *groups, *both))}


@cache
def _columns() -> dict[str, str]:
    known: Iterable[str] = (*BY_APPLICANT, "legal_person", "total")
    return {one: label_of(f"requests.received.{one}").partition("（")[2].rstrip("）") for one in known}
