"""How well sentences are read that were written by people who had not seen the code.

``county``, ``free`` and ``opening``, about a district, ``city`` and ``lake``, about real figures of 宿迁市 and
洪泽区, ``office``, about a department, ``shire``, about a county, ``street``, about a street office with small
figures and many noughts, ``town``, about a township, ``bureau`` and ``health``, about departments of a city,
hold sound lines: each must draw no error and no warning (``false``: the share that does), and each of their
figures, changed by one, must draw one (``found``); numbers in ⟦ ⟧ are not of the tables. ``faults`` and
``slips`` (the district), ``errors`` (the city), ``lapses`` (洪泽区), ``oversights`` (the department), ``swaps``
(the county), ``mistakes`` (the street office), ``blunders`` (the township), ``mixups`` and ``misreadings`` (the
two departments) hold lines with one plausible fault each, and behind a tab what it is. Tables of two years:
``sentences/figures*.json``.

Scores at first sight, in the order of writing: county .90 found and .08 false, free .61 and .19, opening .93
and .19, city .84 and .30, office .86 and .19, lake .84 and .13, shire .87 and .21, street .77 and .10, town .85
and .05, bureau .87 and .10, health .95 and .06; faults .73, slips .84, errors .78, oversights .74, lapses .85,
swaps .89, mistakes .82, blunders .87, mixups .89, misreadings .97. By now the lines have been looked at, and
hold what was reached; every third one of ``street``, ``mistakes`` and the six written after them has not.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from assistant.check import check, selected
from assistant.figures.dossier import Dossier
from assistant.report import Paragraph, Report, Section
from evals.claims import report_of

HERE = Path(__file__).parent / "sentences"
SOUND, FAULTY = (
    ("county", "free", "opening", "city", "office", "lake", "shire", "street", "town", "bureau", "health"),
    ("faults", "slips", "errors", "oversights", "lapses", "swaps", "mistakes", "blunders", "mixups", "misreadings"),
)
_FIGURES = dict.fromkeys((*SOUND, *FAULTY), "figures") | {
    "city": "figures_city",
    "errors": "figures_city",
    "office": "figures_office",
    "oversights": "figures_office",
    "lake": "figures_lake",
    "lapses": "figures_lake",
    "shire": "figures_shire",
    "swaps": "figures_shire",
    "street": "figures_street",
    "mistakes": "figures_street",
    "town": "figures_town",
    "blunders": "figures_town",
    "bureau": "figures_bureau",
    "mixups": "figures_bureau",
    "health": "figures_health",
    "misreadings": "figures_health",
}
_RULES = selected("NAYTD")
_YEAR_TO_YEAR = ("Y107", "D104")  # of other sections than the one that is written here
_SET_APART = re.compile("⟦[^⟧]*⟧")
_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?%?")
# Years, and the numbers of items, are no figures.
_NO_FIGURE = re.compile(r"20\d\d(?=年|—|-)|(?:^|[：:；;。，\s（(])\d{1,2}[.．、)）](?!\d)|[（(]\d[）)]")


def run() -> tuple[dict[str, float], list[str]]:
    """Scores by name, and the misses as text."""
    scores: dict[str, float] = {}
    told: list[str] = []
    for name in SOUND:
        lines = lines_of(name)
        false = [line for line in lines if drawn_by(line, name)]
        changed = [pair for line in lines for pair in _changed(line)]
        missed = [new for line, new in changed if not _findings(new, name) - _findings(plain(line), name)]
        scores[f"sentences.{name}.false"] = len(false) / len(lines)
        scores[f"sentences.{name}.found"] = 1 - len(missed) / len(changed)
        told += [f"{name} 误报：{plain(line)}" for line in false] + [f"{name} 漏报：{new}" for new in missed]
    for name in FAULTY:
        pairs = [line.split("\t") for line in lines_of(name)]
        missed = [f"{plain(text)}（{why}）" for text, why in pairs if not drawn_by(text, name)]
        scores[f"sentences.{name}.found"] = 1 - len(missed) / len(pairs)
        told += [f"{name} 漏报：{each}" for each in missed]
    return scores, told


def lines_of(name: str) -> list[str]:
    """The lines of one set, in order."""
    return (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def drawn_by(line: str, name: str) -> Counter[tuple[str, str, str]]:
    """The errors and warnings that a line of a set brings about."""
    return _findings(plain(line), name) - _findings("", name)


def plain(line: str) -> str:
    """A line without the marks of numbers that are not of the tables."""
    return line.replace("⟦", "").replace("⟧", "")


def _changed(line: str) -> Iterator[tuple[str, str]]:
    """(line, line with one figure changed by one) for each figure of the tables in it."""
    apart = [found.span() for pattern in (_SET_APART, _NO_FIGURE) for found in pattern.finditer(line)]
    for found in _FIGURE.finditer(line):
        if not any(start <= found.start() < end for start, end in apart):
            yield line, plain(line[: found.start()] + _one_more(found.group()) + line[found.end() :])


def _one_more(written: str) -> str:
    number, percent = written.rstrip("%").replace(",", ""), written[len(written.rstrip("%")) :]
    value = Decimal(number) + (-3 if percent and Decimal(number) >= 100 else 1)
    return f"{value:,}{percent}" if "," in written else f"{value}{percent}"


@cache
def _findings(text: str, name: str) -> Counter[tuple[str, str, str]]:
    verdict = check(_dossier(text, name), _RULES)
    return Counter(
        (each.code, each.message, each.where)
        for each in verdict.findings
        if each.severity != "info" and each.code not in _YEAR_TO_YEAR
    )


def _dossier(text: str, name: str) -> Dossier:
    known, now, before = _known(_FIGURES[name])
    section = Section(id="overview", number="一", title="总体情况", paragraphs=(Paragraph(text=text),) if text else ())
    return Dossier(report_of(known, int(known["year"]), now, (section,)), before)


@cache
def _known(file: str) -> tuple[dict[str, str], dict[str, str], Report]:
    """What a set is about: the unit and the year, its figures, last year's report."""
    known = json.loads((HERE / f"{file}.json").read_text(encoding="utf-8"))
    return known, known["figures"], report_of(known, known["year"] - 1, known["last_year"], ())
