"""What a question takes away from a figure: 除信访外的不予处理, 不属于信访的不予处理, 未被维持的复议, 非自然人申请."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from assistant.asking.questions.expressions import is_closed, may_be_added
from assistant.asking.questions.metrics import Asked, find_metrics, parts_of
from assistant.asking.questions.tokens import figure_words
from assistant.asking.questions.vocabulary import BY_APPLICANT
from assistant.lexicon import phrase, run_of
from assistant.patterns import regex

__all__ = ["Exclusion", "find_exclusion", "part_of", "what_is_left"]

# Phrases that leave something out, in the order in which they are looked for.
_TAKEN = ("taken.besides", "taken.apart", "taken.now", "taken.in_brackets", "taken.behind")
_CLAUSE = regex(r"[^，,。；;：:？?！!（）()]+")
_IN_BRACKETS = regex(r"[（(][^（）()]*[）)]")
_ALL_RECEIVED = "requests.received.total"
_LAWSUITS = ("litigation.direct.total", "litigation.after_review.total")


class Exclusion(NamedTuple):
    """``expressions``: each a whole with parts taken away, ``a-b``, or, of several figures (除予以公开外，其余办理结果
    各多少), one that is left. ``rest`` is the text with what was understood
    blanked out."""

    expressions: tuple[str, ...]
    rest: str


def find_exclusion(text: str) -> Exclusion | None:
    """The figures of ``text`` without what it says to leave out; ``None`` where it leaves out nothing, or something
    that is no part of them."""
    for start, end in [clause.span() for clause in _CLAUSE.finditer(text)][1:]:
        if phrase("questions", "counted_too").search(text[start:end]):
            text = text[:start] + "　" * (end - start) + text[end:]  # 没审完的也算进来: they are of the rest
    # 没判维持的（纠正的、没审完的）: what is left is only told in other words.
    bare = _IN_BRACKETS.sub(lambda found: "　" * len(found[0]), text)
    if bare != text and not phrase("questions", "taken.in_brackets").search(text) and (made := find_exclusion(bare)):
        return made
    for id in _TAKEN:
        for found in phrase("questions", id).finditer(text):
            (start, end), (whole, until) = found.span("out"), found.span()
            if (takes := text.rfind("把", start, end)) >= 0:  # 无法提供里头把不掌握的拿掉
                start, whole = takes + 1, takes
            if made := _apart(text, (whole, until), (start, end)):
                return made
    if neither := phrase("questions", "neither").search(text):
        blank = text[: neither.start()] + "　" * len(neither[0]) + text[neither.end() :]
        return _without(blank, f"{neither['one']}、{neither['other']}")
    known = figure_words(text)
    for found in phrase("questions", "is_not").finditer(text):
        if any(one.start <= found.start() and found.end() < one.end for one in known):
            continue  # 没审结的: what is so called takes nothing away
        hit = next((one for one in figure_words(text[found.end() :]) if one.start == 0), None)
        if hit:
            end = found.end() + hit.end
            behind = run_of("questions", "of_kind").match(text, end)
            whole_end = behind.end() if behind else end
            if made := _apart(text, (found.start(), whole_end), (found.end(), end)):
                return made
    return None


def _apart(text: str, span: tuple[int, int], out: tuple[int, int]) -> Exclusion | None:
    start, end = span
    behind = text[end:]
    for id in ("left.still", "left.others"):
        behind = phrase("questions", id).sub(lambda found: "　" * len(found[0]), behind)
    left = text[:start] + "　" * (end - start) + behind
    return _without(left, text[out[0] : out[1]])


def _without(left: str, out: str) -> Exclusion | None:
    """What ``left`` asks for without what the words ``out`` name."""
    whole, part = find_metrics(left), find_metrics(out)
    if part.bare and not whole.metrics and "申请人" in whole.rest:
        # 除了自然人，其他申请人一共多少: of all that were received.
        whole = replace(whole, metrics=((_ALL_RECEIVED,),), rest=whole.rest.replace("申请人", "　　　", 1))
    rows, out_of_them = ([readings[0] for readings in asked.metrics] for asked in (whole, part))
    if len(rows) > 1 and out_of_them and set(out_of_them) < set(rows) and _says_only(part):
        if phrase("questions", "sum_asked").search(left):
            return None
        return Exclusion(tuple(row for row in rows if row not in out_of_them), whole.rest)
    if len(whole.metrics) != 1 or not part.metrics or not _says_only(part):
        return None
    total = whole.metrics[0][0]
    outcomes = {one[0].rpartition(".")[2] for one in part.metrics if _of_cases(one)}
    if is_closed(total) and len(outcomes) == 1:  # 已经审结但没维持的
        return Exclusion((f"{total}+{total.partition('-')[0].rpartition('.')[0]}.{outcomes.pop()}",), whole.rest)
    if re.search("[-/+]", total):
        return None
    parts = tuple(
        dict.fromkeys(one for readings in part.metrics if (one := part_of(total, readings[0], bare=part.bare)))
    )
    if len(parts) > 1 and not may_be_added(parts):
        return None  # 除无法提供和不掌握外: the one counts the other
    if not parts or (not part.bare and len(parts) < len(part.metrics) and not _of_cases(parts)):
        return None
    return Exclusion((f"{total}-{'+'.join(parts)}",), whole.rest)


def what_is_left(expression: str) -> str:
    """The parts that ``a-b`` leaves of a, added up: what a share of a can be taken of; empty where the form has not all
    of them."""
    total, _, taken = expression.partition("-")
    out = set(taken.split("+"))
    for parts in (parts_of(total), parts_of(total, by_applicant=True)):
        left, met = list[str](), set[str]()
        waiting = list(parts)
        while waiting:
            part = waiting.pop(0)
            below = _below(part)
            if part in out:
                met.add(part)
            elif out & below:
                waiting = [*parts_of(part), *waiting]
            else:
                left.append(part)
        if met == out:
            return "+".join(left)
    return ""


def _below(metric: str) -> set[str]:
    """Every figure that ``metric`` counts, itself left out."""
    reached, waiting = set[str](), [metric]
    while waiting:
        new = [below for below in parts_of(waiting.pop()) if below not in reached]
        reached.update(new)
        waiting += new
    return reached


def _says_only(part: Asked) -> bool:
    """Whether the words left out are nothing but the part: 除办公室外的不予公开 leaves out a place."""
    return not part.rest or bool(run_of("questions", "filler", "joint").fullmatch(part.rest))


def part_of(total: str, part: str, *, bare: bool = False) -> str:
    """``part`` as a figure that ``total`` counts among others; empty when it does not."""
    family, _, rest = total.partition(".")
    row, _, column = rest.rpartition(".")
    if bare and family == "requests" and column == "legal_person":
        own = part.rpartition(".")[2]
        return f"requests.{row}.{own}" if own in BY_APPLICANT[1:] else ""
    if bare and family == "requests":
        return f"requests.{row}.{part.rpartition('.')[2]}" if column == "total" else ""
    if column == "total" and part != total and part.rpartition(".")[0] == f"requests.{row}":
        return part  # a kind of applicant of the same row
    if family in ("review", "litigation"):
        # 未被维持的复议: a word for an outcome alone is of the kind that the whole is.
        kind, outcome = total.rpartition(".")[0], part.rpartition(".")[2]
        if column == "total" and outcome != "total":
            return f"{kind}.{outcome}"
        return part if total == "litigation.total" and part in _LAWSUITS else ""
    return part if part in _below(total) else ""


def _of_cases(parts: tuple[str, ...]) -> bool:
    return all(one.startswith(("review.", "litigation.")) for one in parts)
