"""Several things asked in one breath: where one question ends and the next begins, and one answer with parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from assistant.asking.calculation.prose_figures import subject_words
from assistant.asking.questions.metrics import find_metrics
from assistant.asking.questions.periods import BLANK, find_period
from assistant.asking.questions.units import find_units
from assistant.asking.questions.vocabulary import operation_in
from assistant.asking.questions.wanted import find_wanted
from assistant.asking.result import Answer, joined
from assistant.lexicon import phrase, run_of
from assistant.patterns import regex

__all__ = ["is_one", "questions_in", "together"]

_CLAUSE = regex(r"[^?？，,；;。！!\s]+[?？，,；;。！!\s]*")
_ENDS = " 、，,；;?？。！!"


def questions_in(text: str, held: Iterable[str] = ()) -> list[str]:
    """What a text asks, each part ending with a clause that asks (哪年最多？占办结的多少？). What opens the text
    without asking (商业企业的申请，…) is what every part is about, beside units (of ``held``) and years, which are
    remembered; what stands behind the last asks nothing."""
    parts = [""]
    for clause in (one for found in _CLAUSE.findall(text) for one in _apart(found)):
        if _asks(clause) and _asks(parts[-1]):
            parts.append("")
        parts[-1] += clause
    topic = "".join(one for one in _opening(parts[0]) if _names_more(one, held)) if len(parts) > 1 else ""
    return [parts[0].strip(_ENDS), *(f"{topic}{one}".strip(_ENDS) for one in parts[1:])]


def _apart(clause: str) -> list[str]:
    """几个项目、多少钱 as two clauses, where each asks; 培训办了几期、多少人次: of the training both."""
    how_many = phrase("questions", "how_many")
    items = clause.split("、")
    found = [how_many.search(one) for one in items]
    if not all(found):
        return [clause]
    opening = items[0][: found[0].start()] if found[0] else ""
    return [f"{opening if number and how_many.match(one) else ''}{one}、" for number, one in enumerate(items)]


def _opening(part: str) -> list[str]:
    """The clauses of a part before the one that asks."""
    clauses = _CLAUSE.findall(part)
    return clauses[: next(number for number, one in enumerate(clauses) if _asks(one))]


def _names_more(clause: str, held: Iterable[str]) -> bool:
    """Whether a clause names anything beside units and years: 宿迁24年和23年比 does not."""
    rest = find_period(find_units(clause, held).rest, date.today()).rest
    left = re.sub(r"[^\w]", "", rest.replace(BLANK, ""))
    return bool(left) and not run_of("questions", "filler", "of_asking", "apart_words").fullmatch(left)


def _asks(text: str) -> bool:
    """Whether a clause of ``text`` asks something; 弄不清他要什么的 only names what is asked about."""
    clauses = [one.strip(_ENDS) for one in _CLAUSE.findall(text)]
    asking = phrase("questions", "clause_asks")
    return any(
        asking.search(one) and (not one.endswith("的") or phrase("questions", "number_asked").search(one))
        for one in clauses
    )


def is_one(whole: Answer, parts: Sequence[str]) -> bool:
    """Whether a whole question was understood to the last word, and as asking for as many figures as its parts name:
    then they need not be asked one after the other."""
    plan = whole.plan
    understood = (
        whole.route == "figures"
        and not whole.abstained
        and plan
        and not plan.not_understood
        and len(plan.metrics) >= len(parts)
    )
    alike = len({find_wanted(part).how for part in parts}) == 1  # 新收多少，不予公开的比例多少: no two shares
    return bool(understood) and alike and not any(_reckons(part) for part in parts)


def together(text: str, whole: Answer, parts: Sequence[str], answers: Sequence[Answer]) -> Answer:
    """The answer to a text of several questions, out of that to it as one question (``whole``) and those to its parts.

    As one it was understood where that tells what each part asks.
    """
    counts = [_counts(number, whole, parts, answers) for number in range(len(parts))]
    told = [one for one, counted in zip(answers, counts, strict=True) if counted]
    # One number answers one question, not two; where a part has another, it is not that of the whole.
    one_number = whole.route == "passages" and len(whole.figures) == 1 and not all(_tells(whole, one) for one in told)
    if whole.abstained or one_number:
        # A quotation may be found for anything: one part at least is answered by a figure.
        if not any(one.figures for one in told) and not (told and re.search("[?？].", text)):
            return whole
        open_ones = [part for part, counted in zip(parts, counts, strict=True) if not counted]
        return _with_open(joined(text, told), open_ones)
    if len(told) < len(parts) or all(_tells(whole, one) for one in told):
        return whole
    parted = joined(text, told)
    if whole.route == "passages" and not whole.figures and not _tells(parted, whole):
        return joined(text, [whole, *(one for one in told if not _tells(whole, one))])
    return parted


def _counts(number: int, whole: Answer, parts: Sequence[str], answers: Sequence[Answer]) -> bool:
    """Whether an answer may be told as that to its part: found, of whom the text speaks, and no part before it left
    open that it may go on from (收费了吗，收了多少: of the fee, no applications)."""
    one, part = answers[number], parts[number]
    if one.abstained or (
        _of_reports(whole) and not _of_reports(one) and not phrase("passages", "law_asked").search(part)
    ):
        return False
    if one.route == "passages" and not one.figures and any(before.route == "figures" for before in answers[:number]):
        quoted = "".join(cited.quote for cited in one.citations)
        if not any(word in quoted for word in subject_words(part)):
            return False  # 多几件, behind figures: no sentence of the prose is meant
    if one.route == "figures" and any(before.route != "figures" for before in answers[:number]):
        return not find_metrics(part).metrics or bool(phrase("questions", "own_object").search(part))
    own = find_metrics(part)
    return all(not before.abstained for before in answers[:number]) or bool(own.metrics and not own.bare)


def _with_open(told: Answer, parts: Sequence[str]) -> Answer:
    """An answer that says for which parts of the question none was found."""
    left = [f"“{one}”这一问，资料库里没有找到答案。" for one in parts]
    return told.model_copy(update={"answer": "\n".join((told.answer, *left))})


def _of_reports(answer: Answer) -> bool:
    """Whether an answer is told, or was looked for, in the reports of someone in particular."""
    return bool(answer.figures or any(one.unit for one in answer.citations) or (answer.plan and answer.plan.units))


def _reckons(part: str) -> bool:
    """Whether a part names no figure, and asks what is reckoned of those before it: 差多少, 占比."""
    asks = any(phrase("questions", id).search(part) for id in ("share_asked", "sum_asked", "apart", "times"))
    return not find_metrics(part).metrics and (asks or operation_in(part) != "value")


def _tells(whole: Answer, part: Answer) -> bool:
    """Whether an answer tells what that to a part of its question does."""
    quoted = whole.answer + "\n".join(one.quote for one in whole.citations)
    words = [one.quote for one in part.citations if part.route == "passages"]
    return all(one.text in whole.answer for one in part.figures) and all(one in quoted for one in words)
