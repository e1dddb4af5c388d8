"""Which figures of the form a question names."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.asking.questions.tokens import figure_words
from assistant.asking.questions.vocabulary import BY_APPLICANT, OUTCOMES
from assistant.form import CASES, EDITIONS, leaves_of
from assistant.lexicon import Entry, phrase

__all__ = ["Asked", "find_metrics", "parts_of"]

_DOCUMENTS = ("normative_documents", "rules")
_DECISIONS = ("licensing", "penalties", "coercion", "other_services")
_TABLE_2 = (*_DOCUMENTS, *_DECISIONS, "fees", "procurement")
_Hit = tuple[Entry, tuple[int, int]]  # with its place in the text
_CASES = ("review", "litigation", "litigation.direct", "litigation.after_review", "litigation.each")
# The stages of table 2 that each of its lines has; the first is meant when none is named.
_STAGES = {
    "licensing": ("decisions", "previous_items", "change"),
    "fees": ("amount", "previous_items", "change"),
    "procurement": ("amount", "projects"),
}
_STAGES |= dict.fromkeys(("penalties", "coercion", "other_services"), _STAGES["licensing"])


@dataclass(frozen=True, slots=True)
class Asked:
    """``metrics``: each figure named, as its readings, likeliest first (收到: new, or new and carried in); a reading is
    an expression as in ``expressions``. ``rest`` is the text with their phrases blanked out. ``bare`` says that only a
    kind of applicant was named, not what they did."""

    metrics: tuple[tuple[str, ...], ...]
    rest: str
    bare: bool = False


def find_metrics(text: str) -> Asked:
    """The figures that ``text`` (units and years blanked out) names; none when it is about something else."""
    hits = figure_words(text)
    found = [(hit.entry, (hit.start, hit.end)) for hit in hits]
    rest = text
    for _, (start, end) in found:
        rest = rest[:start] + "　" * (end - start) + rest[end:]
    if not found and (table := phrase("questions", "whole_table").search(text)):
        blank = text[: table.start()] + "　" * len(table.group()) + text[table.end() :]
        return Asked(_whole_table(table[1]), blank)
    named = [word for word, _ in found]
    alone = [named[index] for index in range(len(named)) if _stands_alone(text, found, index)]
    kinds = {word.kind for word in named}
    bare = "column" in kinds and not kinds & {"outcome", "leaf", "verb", "place"}
    return Asked(_metrics(text, found, alone), rest, bare)


def _whole_table(number: str) -> tuple[tuple[str, ...], ...]:
    """Every figure of table 2 or 4; of table 3 the totals."""
    table = next(table for table in EDITIONS["2021"].tables if table.number == number)
    metrics = EDITIONS["2021"].metrics_of(table.id)
    return tuple((metric.id,) for metric in metrics if table.id != "requests" or metric.column.id == "total")


def _stands_alone(text: str, found: list[_Hit], index: int) -> bool:
    """Whether a verb is asked about itself (新收多少、办结多少、结转多少), not what an outcome is told of
    (答复中不予公开的); or 申请, where nothing before it in its clause says which (申请多少件，公开多少件)."""
    word, (start, end) = found[index]
    if not phrase("questions", "asked_itself").match(text, end):
        return False
    if word.kind == "verb":
        touches = index > 0 and text[found[index - 1][1][1] : start] in ("", "的")
        return not touches or found[index - 1][0].kind == "object"
    clause = max(text.rfind(mark, 0, start) for mark in "，,；;、")
    return word.means == ("requests",) and all(place[0] < clause for _, place in found[:index])


def _of(found: list[Entry], kind: str) -> list[str]:
    return list(dict.fromkeys(word.means[0] for word in found if word.kind == kind))


def _metrics(text: str, hits: list[_Hit], alone: list[Entry]) -> tuple[tuple[str, ...], ...]:
    found = [word for word, _ in hits]
    objects = _of(found, "object")
    if "other" in objects:
        return ()
    if any(thing in _CASES for thing in objects) or (_of(found, "case") and not objects):
        last = max((start for word, (start, _) in hits if word.kind == "case"), default=0)
        counted_itself = phrase("questions", "counted_itself")
        counted = any(
            word.means[0] in _CASES and end <= last and (counted_itself.match(text, end) or "几" in text[start:end])
            for word, (start, end) in hits
        )
        counted = counted or bool(last and phrase("questions", "total_listed").search(text))
        kinds = [thing for thing in objects if thing in _CASES]
        if "litigation" in kinds and phrase("questions", "counted_along").search(text):
            kinds = [kind for kind in kinds if not kind.startswith("litigation.")]  # 官司几起，先复议的也算上
        return _cases(kinds, found, counted=counted)
    table_2 = [thing for thing in objects if thing in _TABLE_2]
    if table_2:
        return tuple(dict.fromkeys(one for thing in table_2 for one in _disclosure(thing, found)))
    return _requests(text, hits, alone)


def _cases(kinds: list[str], found: list[Entry], *, counted: bool) -> tuple[tuple[str, ...], ...]:
    """``counted``: how many cases there were is asked too (诉讼几件，输了几件)."""
    named = [word for word in found if word.kind == "case"]
    if not kinds:
        # 败诉, 胜诉 are said of lawsuits alone.
        kinds = [kind for word in named for kind in word.means[1:]]
    if "litigation.each" in kinds:  # 诉讼两类; 复议和诉讼两类 are these two themselves
        both = () if "review" in kinds else ("litigation.direct", "litigation.after_review")
        kinds = [*(kind for kind in kinds if kind != "litigation.each"), *both]
    # 复议后起诉 and 直接起诉 are kinds of lawsuits: the general word beside them adds nothing.
    special = [kind for kind in kinds if kind.startswith("litigation.")]
    wanted = [kind for kind in kinds if kind != "litigation" or not special] or ["review", "litigation"]
    cases = list(dict.fromkeys(word.means[0] for word in named)) or ["total"]
    cases = list(dict.fromkeys(("total", *cases))) if counted else cases
    return tuple((_case(kind, case),) for kind in dict.fromkeys(wanted) for case in cases)


def _case(kind: str, case: str) -> str:
    return f"{kind}.total-{kind}.pending" if case == "closed" else f"{kind}.{case}"


def _disclosure(thing: str, found: list[Entry]) -> list[tuple[str, ...]]:
    stages = [word.means for word in found if word.kind == "stage"]
    known = _STAGES.get(thing)
    if known:
        named = [stage for readings in stages for stage in [one for one in readings if one in known][:1]]
        if stages and not named and all("issued" not in readings for readings in stages):
            return []  # 取消了几项许可, 有效的许可: no column of its line
        return [(f"disclosure.{thing}.{stage}",) for stage in named or known[:1]]
    # The form of 2019 counts 新制作 where that of 2021 counts 制发.
    columns = stages or [("issued", "produced"), ("repealed", "newly_published"), ("in_force", "published_total")]
    return [tuple(f"disclosure.{thing}.{stage}" for stage in readings) for readings in columns]


def _requests(text: str, hits: list[_Hit], alone: list[Entry]) -> tuple[tuple[str, ...], ...]:
    whole, part = _whole_and_part(text, hits)
    if not whole:
        return _cells([word for word, _ in hits], alone)
    # 新收多少件，其中自然人多少件: the whole, and the part of the same row or below it
    rows = [word for word in whole if word.kind != "column"]
    return tuple(dict.fromkeys((*_cells(whole, alone), *_cells([*rows, *part], alone))))


def _cells(found: list[Entry], alone: list[Entry]) -> tuple[tuple[str, ...], ...]:
    columns = _of(found, "column") or ["total"]
    rows: list[tuple[str, ...]] = [(leaf,) for leaf in _of(found, "leaf")]
    for word in found:
        if word.kind == "place":
            rows.append(word.means)
        elif word.kind == "outcome":
            # 不掌握而无法提供: the leaf says it more exactly than its group.
            rows.extend((row,) for row in word.means if not any(leaf[0].startswith(f"{row}.") for leaf in rows))
        elif any(word is verb for verb in alone):
            rows.append(word.means if word.kind == "verb" else ("received",))
    if not rows:
        rows = [word.means for word in found if word.kind == "verb"]
    if not rows and (_of(found, "object") or columns != ["total"]):
        rows = [("received",)]  # 自然人提的有多少; 申请有多少
    unique = dict.fromkeys(tuple(_cell(row, column) for row in readings) for readings in rows for column in columns)
    # 收到…答复…: a verb that reads as new alone beside one that has the same first reading says nothing more.
    return tuple({readings[0]: readings for readings in reversed(unique)}[first] for first in _firsts(unique))


def _whole_and_part(text: str, hits: list[_Hit]) -> tuple[list[Entry], list[Entry]]:
    """What is named before 其中, where a number is asked of it, and what is named behind; nothing otherwise."""
    within = phrase("questions", "of_which").search(text)
    cut = within.end() if within else len(text)
    whole, part = [one for one, (_, end) in hits if end <= cut], [one for one, (start, _) in hits if start >= cut]
    return (whole, part) if whole and part else ([], [])


def _firsts(readings: dict[tuple[str, ...], None]) -> list[str]:
    return list(dict.fromkeys(one[0] for one in readings))


def _cell(row: str, column: str) -> str:
    return "+".join(f"requests.{part}.{column}" for part in row.split("+"))


def parts_of(metric: str, *, by_applicant: bool = False) -> tuple[str, ...]:
    """What a figure is made of: the rows below a subtotal or the total of outcomes, the applicants of a row, the kinds
    of outcomes of a case; nothing for a cell that has no parts."""
    family, _, rest = metric.partition(".")
    row, _, column = rest.rpartition(".")
    if family == "requests" and (by_applicant or column == "legal_person"):
        columns = BY_APPLICANT if column == "total" else BY_APPLICANT[1:] if column == "legal_person" else ()
        return tuple(f"requests.{row}.{one}" for one in columns)
    if family == "requests":
        below = OUTCOMES if row == "concluded" else ("received", "carried_in") if row == "workload" else leaves_of(row)
        return tuple(f"requests.{leaf}.{column}" for leaf in below)
    if family in ("review", "litigation") and column == "total":
        prefix = metric.removesuffix(".total")
        return tuple(f"{prefix}.{case.id}" for case in CASES if case.id != "total")
    return ()
