"""The figures of every unit and year: sound in themselves, from year to year, and from towns up to the province.

Units without others below them draw their own. The report of a government is the sum of those right below it (its towns
and departments, for a city its counties and departments), cell by cell, so that every sum inside a report and between
years holds for it too; only 规章, which departments and counties cannot make, are a city's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from random import Random

from assistant.form import CASES, EDITIONS, Edition
from evals.generate.units import Unit

__all__ = ["FORM", "Year", "figures_of", "value_of"]

FORM: Edition = EDITIONS["2021"]
Year = Mapping[str, int]
"""Figures by metric, zeros left out; fees in units of 0.01 万元. ``fee.notices`` and ``fee.amount`` (元) are section
six's."""

_OUTCOMES = {
    "granted": 44, "partly_granted": 9, "denied.state_secret": 0.4, "denied.prohibited_by_law": 1.5,
    "denied.safety_and_stability": 0.6, "denied.third_party_rights": 2, "denied.internal_affairs": 3,
    "denied.process_information": 3, "denied.enforcement_file": 2, "denied.administrative_query": 2, "unavailable.not_held": 19,
    "unavailable.needs_creation": 5, "unavailable.still_unclear": 2, "not_processed.petition": 4, "not_processed.repeated": 2,
    "not_processed.publication": 0.5, "not_processed.excessive": 0.4, "not_processed.reconfirmation": 0.8,
    "otherwise_handled.correction_overdue": 3, "otherwise_handled.fee_overdue": 0.2, "otherwise_handled.miscellaneous": 2,
}  # fmt: skip
_APPLICANTS = {
    "natural_person": 84,
    "business": 9,
    "research": 1,
    "welfare": 1,
    "legal_service": 3,
    "other_organisation": 2,
}
_CASES = {"upheld": 60, "corrected": 12, "other_outcome": 14, "pending": 14}
_CHARGED = ("requests.not_processed.excessive.total", "requests.otherwise_handled.fee_overdue.total")
# Applications, licences, penalties a year of a unit of its own: low and high.
_SIZES = {"town": ((0, 9), (0, 120), (0, 30)), "department": ((0, 40), (60, 9000), (0, 700)), "county": ((20, 90), (900, 20000), (90, 2000)), "city": ((90, 300), (5000, 60000), (500, 5000))}  # fmt: skip


def figures_of(units: Sequence[Unit], years: int, seed: int) -> list[list[Counter[str]]]:
    """For each unit, its figures year by year."""
    parents = {unit.parent for unit in units}
    found: list[list[Counter[str]]] = [[] for _ in units]
    for unit in reversed(units):  # what belongs to a unit stands behind it
        own = years_of(unit, years, Random(f"figures {seed} {unit.index}"), unit.index not in parents)
        found[unit.index] = [own[n] + found[unit.index][n] if found[unit.index] else own[n] for n in range(years)]
        if unit.parent is not None:
            above = found[unit.parent] or [Counter() for _ in range(years)]
            found[unit.parent] = [above[n] + _handed_up(found[unit.index][n]) for n in range(years)]
    return found


def _handed_up(year: Counter[str]) -> Counter[str]:
    """All but 规章: above a city nobody sums them up, and below it nobody has any."""
    return Counter({metric: count for metric, count in year.items() if not metric.startswith("disclosure.rules.")})


def years_of(unit: Unit, years: int, random: Random, draws: bool) -> list[Counter[str]]:
    """The figures that a unit has of its own; a government above others has only its 规章 (``draws`` is false)."""
    found: list[Counter[str]] = []
    sizes = [random.randint(*bounds) for bounds in _SIZES[unit.kind]]
    coerces, charges = random.random() < 0.4, random.random() < 0.5
    for n in range(years):
        before = found[-1] if found else Counter[str]()
        year: Counter[str] = Counter()
        if unit.kind == "city":
            _documents(year, before, "rules", random, random.randint(0, 2), n == 0 and random.randint(15, 60))
        if draws:
            _documents(
                year, before, "normative_documents", random, _issued(unit, random), n == 0 and random.randint(2, 30)
            )
            _requests(year, before, random, sizes[0], first=n == 0)
            _cases(year, random, sizes[0])
            year["disclosure.licensing.decisions"] = sizes[1]
            year["disclosure.penalties.decisions"] = sizes[2]
            year["disclosure.coercion.decisions"] = sizes[2] // 9 if coerces else 0
            year["disclosure.fees.amount"] = (sizes[1] * 7 + 31) if charges else 0
        found.append(year)
        sizes = [max(0, round(size * random.uniform(0.82, 1.24))) for size in sizes]
    return found


def _issued(unit: Unit, random: Random) -> int:
    return 0 if unit.kind == "town" and random.random() < 0.6 else random.randint(0, 6)


def _documents(
    year: Counter[str], before: Counter[str], row: str, random: Random, issued: int, stock: int | bool
) -> None:
    """现行有效 = last year's + issued − repealed."""
    had = int(stock) or before[f"disclosure.{row}.in_force"]
    repealed = min(had, random.choice((0, 0, 1, 1, 2, 3)))
    year[f"disclosure.{row}.issued"] = issued
    year[f"disclosure.{row}.repealed"] = repealed
    year[f"disclosure.{row}.in_force"] = had + issued - repealed


def _requests(year: Counter[str], before: Counter[str], random: Random, received: int, first: bool) -> None:
    """Column by column: what came in and was carried in is concluded in one of the ways or carried out."""
    new = _drawn(random, _APPLICANTS, received)
    for column in _APPLICANTS:
        kept = before[f"requests.carried_out.{column}"]
        carried_in = random.randint(0, new[column] // 12) if first else kept
        pool = new[column] + carried_in
        carried_out = min(pool, random.choice((0, 0, 0, 1, 1 + pool // 15)) if pool > 2 else 0)
        rows = {
            "received": new[column],
            "carried_in": carried_in,
            "carried_out": carried_out,
            "concluded": pool - carried_out,
        }
        rows |= _drawn(random, _OUTCOMES, pool - carried_out)
        for row, count in rows.items():
            year[f"requests.{row}.{column}"] += count
            year[f"requests.{row}.total"] += count
    charged = sum(year[metric] for metric in _CHARGED)
    if charged:
        year["fee.notices"] = charged
        year["fee.amount"] = 100 * charged + 10 * random.randint(0, 9)


def _cases(year: Counter[str], random: Random, received: int) -> None:
    for row, most in (("review", 6), ("litigation.direct", 12), ("litigation.after_review", 18)):
        cases = random.randint(0, received // most)
        for column, count in _drawn(random, _CASES, cases).items():
            year[f"{row}.{column}"] = count
        year[f"{row}.{CASES[-1].id}"] = cases


def _drawn(random: Random, weights: Mapping[str, float], count: int) -> Counter[str]:
    names, sizes = _cumulated(tuple(weights.items()))
    return Counter(random.choices(names, cum_weights=sizes, k=count))


@cache
def _cumulated(weights: tuple[tuple[str, float], ...]) -> tuple[list[str], list[float]]:
    sizes: list[float] = []
    for _, weight in weights:
        sizes.append(weight + (sizes[-1] if sizes else 0))
    return [name for name, _ in weights], sizes


def value_of(year: Year, metric: str) -> Decimal:
    """A figure as the table prints it."""
    count = Decimal(year.get(metric, 0))
    return count / 100 if metric == "disclosure.fees.amount" else count
