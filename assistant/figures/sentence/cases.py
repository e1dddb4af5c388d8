"""Reviews and lawsuits of a sentence: which kind of cases, and which outcome."""

from __future__ import annotations

import re

from assistant.figures.interpret import CASES, case_words
from assistant.figures.mentions import Mention
from assistant.figures.sentence.walk import Walk
from assistant.lexicon import phrase, said
from assistant.lexicon.match import Words, tokens_in

__all__ = ["case_behind", "case_of_either", "case_where_it_was", "of_which_cases", "scope_of_other_cases"]

_NEAR = 5  # characters between the words for an outcome of cases and its number: 被纠正的一共3件


def case_behind(walk: Walk, object_: str, mention: Mention) -> Words | None:
    """年末复议1件、诉讼1件未审结: what stands behind the last of a list is of each."""
    listed = phrase("sentences", "more_cases").match(walk.text, mention.end, walk.end) or phrase(
        "sentences", "cases_behind"
    ).match(walk.text, mention.end, walk.end)
    tail = walk.text[listed.end() if listed else mention.end : walk.end]
    behind = next(iter(tokens_in(re.split("[，,；;。、]", tail)[0])), None)
    link = phrase("sentences", "all_are").match(tail)
    if not behind or behind.kind != "case" or behind.start > (link.end() if link else 1):
        return None
    case = case_words(behind.says, object_)
    return case._replace(readings=(*case.readings, (f"{object_}.total",))) if case.readings else None


def case_where_it_was(tail: str, words: Words) -> Words:
    """被纠正的3件都发生在复议环节: what stands behind tells which kind of cases the outcome is of."""
    place = phrase("sentences", "took_place").match(tail)
    kind = next(iter(tokens_in(tail[place.end() :])), None) if place else None
    if not kind or kind.start or kind.kind != "object" or kind.says not in CASES or len(words.readings) != 1:
        return words
    outcomes = tuple(dict.fromkeys(metric.rpartition(".")[2] for metric in words.readings[0]))
    return words._replace(readings=(tuple(f"{kind.says}.{each}" for each in outcomes),), object=kind.says)


def case_of_either(walk: Walk, clause: str, tail: str, words: Words, before: str) -> Words | None:
    """尚未审结的案件有2件, 被纠正的一共3件：复议2件，诉讼1件: an outcome of cases where both kinds are spoken of, of either
    or of both."""
    told = clause + tail
    last = next(iter(tokens_in(clause)[-1:]), None)
    case = last.says if last and last.kind == "case" and len(clause) - last.end <= _NEAR else ""
    if words.rows == ("carried_out",) and phrase("sentences", "tells_of_cases").search(told):
        case = "pending"
    sentence = walk.text[walk.start : walk.end]
    kinds = [kind for kind, word in (("review", "复议"), ("litigation", "诉")) if word in sentence]
    clause = re.split("[；;]", before)[-1]
    named = {token.says for token in tokens_in(clause) if token.kind == "object" and token.says in CASES}
    kinds = list(named) if len(named) == 1 else kinds  # 复议后起诉的，无一被纠正（0件）
    if not case or not kinds or "申请" in clause.replace("复议申请", ""):
        return None
    walk.case = case
    each = tuple((f"{kind}.{case}",) for kind in kinds)
    return Words((tuple(f"{kind}.{case}" for kind in kinds), *each) if len(kinds) > 1 else each, (), kinds[-1], "case")


def of_which_cases(walk: Walk, words: Words) -> Words:
    """Outcomes behind several totals: 诉讼7宗，直接起诉的4宗，复议后起诉的3宗；维持5宗 may be of all lawsuits, 诉讼4件，复议12件，
    合计16件，其中维持11件 of both."""
    told = [claim.readings[0] for claim in walk.said if claim.kind in ("total", "sum") and claim.readings]
    object_, _, case = words.readings[0][0].rpartition(".")
    others: list[tuple[str, ...]] = []
    if told and len(told[-1]) > 1 and all(metric.endswith(".total") for metric in told[-1]):
        others.append(tuple(f"{metric.removesuffix('.total')}.{case}" for metric in told[-1]))
    together = walk.carried.readings[0] if walk.carried.kind == "case" else ()
    if {metric.partition(".")[0] for metric in together} == {"review", "litigation"}:
        others += [(f"review.{case}", f"litigation.{case}"), (f"review.{case}",)]  # 法院、复议机关共审结14件，纠正1件
    if object_.startswith("litigation.") and ("litigation.total",) in told:
        others.append(tuple(f"litigation.{metric.rpartition('.')[2]}" for metric in words.readings[0]))
    return words._replace(readings=(*others, *words.readings)) if others else words


def scope_of_other_cases(walk: Walk, words: Words, mention: Mention) -> str:
    """全县办理行政复议170件: outside section four such a number may be of all cases, not of those about disclosure."""
    if words.kind == "total" and phrase("sentences", "of_disclosure").match(walk.text, mention.end):
        return "未写明因政府信息公开"
    if words.kind in ("total", "case") and re.search(
        said("scopes", "scope.all_cases"), walk.text[walk.start : mention.start]
    ):
        return "含非信息公开类"
    if words.kind not in ("total", "case") or walk.spot.section in ("review", "requests") or walk.carried.object:
        return ""
    return "" if "公开" in walk.spot.paragraph.text else "未写明因政府信息公开"
