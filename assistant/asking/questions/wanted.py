"""What is wanted of each report: figures as they stand, or their sum, difference or share."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.asking.questions.exclusion import find_exclusion, part_of, what_is_left
from assistant.asking.questions.expressions import may_be_added, whole_of
from assistant.asking.questions.metrics import Asked, find_metrics
from assistant.asking.questions.periods import BLANK, blanked
from assistant.form import CASES
from assistant.lexicon import Entry, phrase, ranked, run_of, said
from assistant.patterns import regex

__all__ = ["How", "Wanted", "find_wanted"]

How = Literal["each", "sum", "difference", "share", "rest", "parts"]
Readings = tuple[str, ...]

_MASK = "〓"
_BOTH_SIDES = 2
_OF_CASES = {"review", "litigation", "litigation.direct", "litigation.after_review"}
_QUOTED = regex(r"[“‘\"「『]([^”’\"」』]{2,30})[”’\"」』]")
# How two figures are held against each other, in the order in which it is looked for.
_APART = ("one_than_other", "one_beyond_other", "one_and_other_apart", "one_minus_other")
# Rows that 收到 may mean, and the words that choose one.
_READINGS = {"received": "reading.received", "workload": "reading.workload"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """``metrics``: each figure wanted, as its readings (expressions), likeliest first. ``title`` names a rate (公开率);
    ``cannot`` is a rate that the tables do not tell (按时办结率). ``rest`` is the text with what was understood
    blanked."""

    metrics: tuple[Readings, ...]
    how: How
    rest: str
    title: str = ""
    cannot: str = ""


def find_wanted(text: str) -> Wanted:
    """What ``text`` (units and years blanked out) wants to know of each report."""
    chosen = {row: phrase("questions", id) for row, id in _READINGS.items()}
    reading = next((row for row, words in chosen.items() if words.search(text)), "")
    if reading:
        # （只算当年新收，不含结转）: which of the two readings of 收到 is meant.
        plain = text
        for words in chosen.values():
            plain = blanked(words, plain)
        wanted = _find(plain)
        metrics = tuple(
            tuple(dict.fromkeys(_in_row(one, reading, _READINGS) for one in readings)) for readings in wanted.metrics
        )
        return replace(wanted, metrics=metrics)
    return _find(text)


def _in_row(expression: str, row: str, rows: Collection[str]) -> str:
    """An expression with those of ``rows`` (of table 3) in it replaced by ``row``."""
    return re.sub(rf"\brequests\.(?:{'|'.join(sorted(rows))})\.", f"requests.{row}.", expression)


def _find(text: str) -> Wanted:
    masked = _QUOTED.sub(_without_titles, text)
    wanted = _wanted(masked)
    # What else is said in the quotation of a figure narrows nothing: “我们没有这个东西、不掌握”.
    for quoted in _QUOTED.finditer(masked):
        start, end = quoted.span()
        if BLANK in wanted.rest[start:end]:
            wanted = replace(wanted, rest=wanted.rest[:start] + BLANK * (end - start) + wanted.rest[end:])
    if masked == text:
        return wanted
    rest = "".join(
        own if hidden == _MASK else left for own, hidden, left in zip(text, masked, wanted.rest, strict=True)
    )
    return replace(wanted, rest=rest)


def _wanted(text: str) -> Wanted:
    if closed := _of_closed(text):
        return closed
    if without := find_exclusion(text):
        if len(without.expressions) > 1:
            return Wanted(tuple((one,) for one in without.expressions), "each", without.rest)
        if not phrase("questions", "share_asked").search(text):
            return Wanted((without.expressions,), "rest", without.rest)
        if left := what_is_left(without.expressions[0]):
            share = f"{left}/{without.expressions[0].partition('-')[0]}"
            asked_for = "|".join(said("questions", id) for id in ("share_asked", "sum_asked"))
            return Wanted(((share,),), "share", blanked(asked_for, without.rest))
    asked = find_metrics(text)
    if outcomes := _of_those(text, asked):
        return outcomes
    if others := _of_the_others(text, asked):
        return others
    if ratio := _ratio_of_two(text):
        return ratio
    if rates := tuple(_rates(text, asked)):
        return _together(rates)
    of_whole = phrase("questions", "share_asked").search(text) or f"{BLANK}率" in asked.rest
    if of_whole and not phrase("questions", "changed").search(text):
        return _share(text, asked)
    for id in _APART:
        found = phrase("questions", id).search(text)
        if found and (apart := _difference(found["left"], found["right"])):
            return Wanted((apart,), "difference", blanked(phrase("questions", "apart_words"), asked.rest))
    if sums := _sums_side_by_side(text, asked):
        return sums
    if _adds(asked.rest) and (added := _added(asked) or _all_added(asked)):
        return Wanted((added,), "sum", _without_plus(asked.rest))
    return Wanted(asked.metrics, "each", asked.rest)


def _sums_side_by_side(text: str, asked: Asked) -> Wanted | None:
    """新收加上年结转和办结加结转下年各多少, 公开加部分公开是否等于…: figures added up on either side of what stands
    between them, each sum a figure of its own."""
    plus, between = phrase("questions", "plus"), phrase("questions", "between_sums")
    equal = phrase("questions", "equal_asked")
    if not plus.search(asked.rest) or not (equal.search(text) or phrase("questions", "side_by_side").search(text)):
        return None
    ends = [0, *(at for found in between.finditer(asked.rest) for at in found.span()), len(text)]
    sums = []
    for start, end in zip(ends[::2], ends[1::2], strict=True):
        cuts = [start, *(at for found in plus.finditer(asked.rest, start, end) for at in found.span()), end]
        named = [find_metrics(text[one:other]).metrics for one, other in zip(cuts[::2], cuts[1::2], strict=True)]
        if any(len(one) > 1 for one in named) or (len(named) > 1 and not all(named)):
            return None
        parts = tuple(one[0][0] for one in named if one)
        if len(parts) > 1 and not may_be_added(parts):
            return None
        if parts:
            sums.append(named[0][0] if len(parts) == 1 else ("+".join(parts),))
    if len(sums) < _BOTH_SIDES:
        return None
    rest = blanked(equal, blanked(plus, blanked(phrase("questions", "side_by_side"), asked.rest)))
    return Wanted(tuple(sums), "each", rest)


def _of_closed(text: str) -> Wanted | None:
    """A share of the cases that were closed: 把还没审结的扣掉，维持率."""
    found = phrase("questions", "closed_only").search(text)
    if not found:
        return None
    wanted = _wanted(text[: found.start()] + BLANK * len(found[0]) + text[found.end() :])
    shares = [one[0].partition("/") for one in wanted.metrics]
    if not shares or any(whole not in ("review.total", "litigation.total") for _, _, whole in shares):
        return None
    closed = {
        kind: "+".join(f"{kind}.{case.id}" for case in CASES if case.id not in ("total", "pending"))
        for kind in ("review", "litigation")
    }
    metrics = tuple((f"{part}/{closed[whole.partition('.')[0]]}",) for part, _, whole in shares)
    return replace(wanted, metrics=metrics, how="share")


def _adds(text: str) -> bool:
    """Whether figures are to be added up: 一共, 公开加部分公开; not 各合计."""
    text = blanked(phrase("questions", "each_total"), text)
    return bool(phrase("questions", "sum_asked").search(text) or phrase("questions", "plus").search(text))


def _without_titles(quoted: re.Match[str]) -> str:
    """“如我申请” is what something is called, “三安全一稳定” is a figure: words in quotation marks that are no figure
    as a whole name none in part."""
    asked = find_metrics(quoted[1])
    whole = (
        not asked.metrics
        or re.fullmatch(rf"(?:{said('questions', 'filler')}|{BLANK}|[、，,+＋])*", asked.rest)
        or _a_part(asked)
    )
    return quoted[0] if whole else _MASK * len(quoted[0])


def _a_part(asked: Asked) -> bool:
    """Whether quoted words name one outcome or reason among other words: “我们没有这个东西、不掌握”."""
    return len(asked.metrics) == 1 and asked.metrics[0][0].split(".")[1] not in ("received", "concluded", "total")


def _rates(text: str, asked: Asked) -> Iterator[Wanted]:
    """Each rate that ``text`` names: 维持率和纠错率."""
    taken: list[range] = []
    of_another = phrase("questions", "part_of_rate")
    for words, rate in ranked("rates"):
        found = re.search(words, text)
        if not found or not found[0].endswith("率") or of_another.search(text[: found.start()]):
            continue
        if not any(found.start() in span for span in taken):
            taken.append(range(*found.span()))
            yield _rate(rate, found, asked)


def _of_those(text: str, asked: Asked) -> Wanted | None:
    """What came of the applications of one kind of applicant (有个科研机构来申请过，最后是怎么答复它的), or of all,
    each outcome by itself (办结的都怎么处理的，各种结果多少件)."""
    found = phrase("questions", "came_of_it").search(text)
    rows = {one[0].rpartition(".")[0] for one in asked.metrics}
    columns = list(dict.fromkeys(one[0].rpartition(".")[2] for one in asked.metrics))
    if found and len(rows) == 1 and rows <= _OF_CASES and columns == ["total"]:
        return Wanted((asked.metrics[0],), "parts", blanked(phrase("questions", "came_of_it"), asked.rest))
    if not found or not rows <= {"requests.received", "requests.concluded", "requests.workload"} or len(columns) != 1:
        return None
    if columns[0] == "total" and not phrase("questions", "tell_each").search(text):
        return None  # 申请是怎么办的: the prose tells, unless the outcomes are to be listed
    rest = blanked(phrase("questions", "came_of_it"), asked.rest)
    return Wanted(((f"requests.concluded.{columns[0]}",),), "parts", rest)


def _of_the_others(text: str, asked: Asked) -> Wanted | None:
    """自然人3440件，剩下85件都是谁: who applied beside the kind of applicants that is named."""
    found = phrase("questions", "who_else").search(text)
    rows = {one[0].rpartition(".")[0] for one in asked.metrics if one[0].endswith(".natural_person")}
    if not found or len(rows) != 1:
        return None
    return Wanted(((f"{rows.pop()}.legal_person",),), "parts", blanked(phrase("questions", "who_else"), asked.rest))


def _ratio_of_two(text: str) -> Wanted | None:
    """复议案件数与新收申请数之比: the first over the second."""
    found = phrase("questions", "ratio_of_two").search(text)
    if not found or phrase("questions", "times").search(text):
        return None
    one, other = find_metrics(found["one"]), find_metrics(found["other"])
    part = _added(one) if _adds(one.rest) else one.metrics[0] if len(one.metrics) == 1 else None
    if part is None or len(other.metrics) != 1 or part == other.metrics[0]:
        return None
    # 予以公开率，按予以公开除以办结算: what is named beside the formula is the rate that it gives.
    beside = find_metrics(text[: found.start()] + BLANK * len(found[0]) + text[found.end() :])
    again = {one[0] for one in beside.metrics} <= {part[0], other.metrics[0][0]}
    rest = beside.rest if again else text[: found.start()] + BLANK * len(found[0]) + text[found.end() :]
    of_rate = [words for words, rate in ranked("rates") if part[0] in ("+".join(one) for one in rate.parts)]
    rest = blanked("|".join((*of_rate, said("questions", "share_asked"), f"(?<={BLANK})率")), rest)
    return Wanted(((f"{part[0]}/{other.metrics[0][0]}",),), "share", rest)


def _together(rates: Sequence[Wanted]) -> Wanted:
    """Several rates as one wish; a title is for one alone."""
    if len(rates) == 1:
        return rates[0]
    rest = "".join(
        BLANK if BLANK in letters else letters[0] for letters in zip(*(one.rest for one in rates), strict=True)
    )
    cannot = next((one.cannot for one in rates if one.cannot), "")
    return Wanted(tuple(metric for one in rates for metric in one.metrics), "share", rest, cannot=cannot)


def _rate(rate: Entry, found: re.Match[str], asked: Asked) -> Wanted:
    """公开率 by its usual numerators over its usual whole; 纠错率 of the cases named, or of each kind."""
    rest = asked.rest[: found.start()] + "　" * len(found[0]) + asked.rest[found.end() :]
    if not rate.of:
        return Wanted((), "share", rest, cannot=found[0])
    kinds: tuple[str, ...] = ("requests",) if rate.of == "requests" else (rate.of,)
    if rate.of == "case":
        named = [
            reading[0].rpartition(".")[0] for reading in asked.metrics if not reading[0].startswith(("req", "dis"))
        ]
        kinds = tuple(dict.fromkeys(named)) or ("review", "litigation")
    # 法人的公开率: of the column that is named; else of all.
    columns = dict.fromkeys(one[0].rpartition(".")[2] for one in asked.metrics) if asked.bare else ("total",)
    metrics = tuple(
        tuple(_ratio(rate, part, kind).replace(".total", f".{column}") for part in rate.parts)
        for kind in kinds
        for column in columns
    )
    return Wanted(metrics, "share", rest, title=found[0])


def _ratio(rate: Entry, part: tuple[str, ...], kind: str) -> str:
    return f"{'+'.join(part)}/{'+'.join(rate.wholes[0])}".replace("case.", f"{kind}.")


def _share(text: str, asked: Asked) -> Wanted:
    rest = blanked(f"{said('questions', 'share_asked')}|(?<={BLANK})率", asked.rest)
    for id in ("whole.in", "whole.ratio", "whole.of"):
        # 不予公开占办结的比例: the whole is named behind 占, or in 在…中.
        found = phrase("questions", id).search(text)
        whole = find_metrics(found["whole"]) if found else None
        if (
            found
            and whole
            and not whole.metrics
            and not run_of("questions", "no_whole", "filler").fullmatch(found["whole"])
        ):
            return Wanted((), "share", rest)  # 占三年总量, 占咸安的: a whole that no one report has
        if found and whole and whole.metrics:
            part = find_metrics(text[: found.start("whole")] + "，" + text[found.end("whole") :])
            if part.metrics:
                return _of_whole(part, whole, text, rest)
            if "几成" not in found["whole"]:  # 占几成是自然人 names no whole; 占办结的比例 no part
                return Wanted((), "share", rest)
    for id in ("whole.within", "whole.asked", "whole.told"):
        found = phrase("questions", id).search(text)
        if not found or not (whole := find_metrics(found["whole"])).metrics:
            continue
        if (part := find_metrics(found["part"])).metrics:
            return _of_whole(part, whole, text, rest)
        if id == "whole.told":
            return Wanted((), "share", rest)  # of a part that was not understood, and never that of the whole
    if within := _named_before(text, rest):
        return within
    together = _added(asked) if _adds(text) else None
    metrics = (together,) if together else asked.metrics
    return Wanted(tuple(_shares(readings) for readings in metrics), "share", _without_plus(rest) if together else rest)


def _named_before(text: str, rest: str) -> Wanted | None:
    """不予处理的，信访那类占百分之多少; 办结的企业申请，予以公开占比: what the share is of stands before."""
    head, comma, tail = text.rpartition("，")
    if (
        not comma
        or phrase("questions", "clause_asks").search(head)
        or not phrase("questions", "share_asked").search(tail)
    ):
        return None
    whole, part = find_metrics(head.rpartition("，")[2]), find_metrics(tail)
    if len(whole.metrics) != 1 or len(part.metrics) != 1:
        return None
    row, column = whole.metrics[0][0].rpartition(".")[::2]
    if whole.bare and row == "requests.received":  # 个人的申请，部分公开的比例: of theirs that were concluded
        row, whole = "requests.concluded", replace(whole, metrics=((f"requests.concluded.{column}",),))
    below = part.metrics[0][0].replace(".total", f".{column}")
    return _of_whole(part, whole, text, rest) if part_of(f"{row}.{column}", below) else None


def _without_plus(rest: str) -> str:
    """``rest`` without the words that add figures up, where they were."""
    return blanked(phrase("questions", "plus"), blanked(phrase("questions", "sum_asked"), rest))


def _of_whole(part: Asked, whole: Asked, text: str, rest: str) -> Wanted:
    over = whole.metrics[0][0]
    added = _added(part) if _adds(text) else None
    metrics: tuple[Readings, ...] = (added,) if added else part.metrics
    rest = _without_plus(rest) if added else rest
    if over.partition(".")[0] in ("review", "litigation"):
        # 复议里没审结的占多少: those of the lawsuits are none of it; 先复议再起诉的里面，维持的: of that kind.
        kind = over.rpartition(".")[0]
        own = tuple(one for one in metrics if one[0].startswith(f"{kind}."))
        cases = {one[0].rpartition(".")[2] for one in metrics if one[0].partition(".")[0] in ("review", "litigation")}
        metrics = own or tuple((f"{kind}.{case}",) for case in sorted(cases)) or metrics
    column = over.rpartition(".")[2]
    concluded = over.startswith("requests.concluded.")
    named = (whole.bare or concluded) and not part.bare and column != "total"
    if named and all(one[0].endswith(".total") for one in metrics):
        # 自然人里予以公开占比, 自然人办结的…占: both are of the column; outcomes are shares of all outcomes.
        metrics = tuple((one[0].replace(".total", f".{column}"),) for one in metrics)
        row = "requests.concluded" if concluded else whole_of(part.metrics[0][0]).rpartition(".")[0]
        over = f"{row or 'requests.received'}.{column}"
    if part.bare:  # 办结的里面自然人占: applicants of the row that the whole is
        metrics = tuple((_same_row(readings[0], over),) for readings in metrics)
    return Wanted(tuple((f"{readings[0]}/{over}",) for readings in metrics), "share", rest)


def _shares(readings: Readings) -> Readings:
    """Each reading over its usual whole; as it is where it has none."""
    return tuple(f"{reading}/{whole}" if (whole := whole_of(reading)) else reading for reading in readings)


def _same_row(metric: str, like: str) -> str:
    """The cell of ``metric``'s column in the row of ``like``."""
    row = like.partition("+")[0].rpartition(".")[0]
    if not row.startswith("requests"):
        return metric
    return "+".join(f"{row}.{one.rpartition('.')[2]}" for one in metric.split("+"))


def _difference(left: str, right: str) -> Readings | None:
    """自然人比法人多多少: exactly one figure on each side, of the same unit."""
    first, second = find_metrics(re.split("[，。；]", left)[-1]), find_metrics(right)
    first = first if first.metrics else find_metrics(left)  # 规范性文件，新出台的比作废的
    if not second.metrics and (thing := phrase("questions", "documents").search(left)):
        second = find_metrics(f"{thing[0]}{right}")  # 废止规范性文件比制发
    if len(first.metrics) != 1 or len(second.metrics) != 1:
        return None
    one, other = first.metrics[0][0], second.metrics[0][0]
    if second.bare and not first.bare:
        other = _same_row(other, one)
    if first.bare and not second.bare:
        return None
    fees = [metric for metric in (one, other) if ".fees." in metric or ".procurement." in metric]
    return (f"{one}-{other}",) if one != other and not fees and "-" not in one + other else None


def _all_added(asked: Asked) -> Readings | None:
    """制发和废止的规章与规范性文件一共: of documents, every column named of every kind named."""
    metrics = tuple(readings[0] for readings in asked.metrics)
    rows, columns = ({metric.split(".")[at] for metric in metrics} for at in (1, -1))
    documents = rows <= {"rules", "normative_documents"} and columns < {"issued", "repealed", "produced", "in_force"}
    whole = len(metrics) == len(rows) * len(columns) > 1
    return ("+".join(metrics),) if documents and whole else None


def _added(asked: Asked) -> Readings | None:
    metrics = tuple(readings[0] for readings in asked.metrics)
    parts = tuple(part for metric in metrics for part in metric.split("+"))
    return ("+".join(parts),) if may_be_added(parts) and "-" not in "".join(parts) else None
