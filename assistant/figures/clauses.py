"""Which words of a sentence belong to which of its numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.figures.mentions import Mention, years_in
from assistant.language.sentences import without_brackets
from assistant.lexicon import phrase
from assistant.lexicon.match import tokens_in

__all__ = ["apart", "head_of"]

_TWO = 2


def head_of(text: str, start: int, mention: Mention, before: Sequence[Mention]) -> str:
    """The words in front of a number: from the number before it, brackets between them left out."""
    previous = max((m.end for m in before if m.end > start), default=start)
    between = text[previous : mention.start]
    closing = max(between.rfind("）"), between.rfind(")"))
    if closing >= 0 and not re.search(r"[（(]", between[:closing]):
        # The number before stood in a bracket: what leads to this one begins before that bracket.
        opening = max(text.rfind("（", start, previous), text.rfind("(", start, previous))
        lead_in = (
            re.split(r"[，,；;。、\d]", text[start:opening])[-1] if not between[closing + 1 :].strip("，, ") else ""
        )
        between = lead_in + between[closing + 1 :]
    bracketed = bool(start) and text[start - 1] in "（(" and text[mention.end : mention.end + 1] in "）)，,→到至"
    if bracketed and phrase("comparisons", "both").fullmatch(between):
        # 本机关不掌握（71件）: what is counted stands in front of the bracket.
        return phrase("sentences", "before_bracketed").split(text[: start - 1])[-1] + between
    head = without_brackets(between)
    return head[1:] if head[:1] in "（(" else head


def apart(text: str, start: int, mentions: Sequence[Mention]) -> dict[int, tuple[str, int, int]]:
    """What each number of a 分别 list is of: {index: (its words, its place, how many are listed)}.

    新收、办结申请分别为820件、817件: the first number is of 新收, the second of 办结申请. Words are empty where the text in
    front cannot be divided into as many. Without 分别 every word must be a name: 企业、律所申请12件、9件.
    """
    found: dict[int, tuple[str, int, int]] = {}
    years: list[str] = []
    for index, mention in enumerate(mentions):
        begin = mentions[index - 1].end if index else start
        lead = text[begin : mention.start]
        if index and phrase("comparisons", "of_which").fullmatch(lead):
            # 分别占办结总数160件的41.25%和9.38%
            lead = text[mentions[index - 2].end if index > 1 else start : mentions[index - 1].start]
        told = phrase("comparisons", "apart").search(lead)
        if index in found:
            continue
        run = [index]
        while run[-1] + 1 < len(mentions):
            here, there = mentions[run[-1]], mentions[run[-1] + 1]
            goes_on = phrase("comparisons", "next_in_list").fullmatch(text, here.end, there.start)
            if there.percent != mention.percent or not goes_on:
                break
            run.append(run[-1] + 1)
        if len(run) < 2:
            continue
        listed = re.split(r"[，,；;。：:]", lead[: told.start()] if told else lead)[-1]
        if named := phrase("comparisons", "years_in_a_row").match(listed):
            years, listed = phrase("naming", "between_names").split(named[1]), listed[named.end() :]
        elif len(run) == _TWO and (both := phrase("comparisons", "two_years").search(listed)):
            # 公益组织两年申请量分别为2件、3件
            years, listed = ["上年", "今年"], listed[: both.start()] + listed[both.end() :]
        words = _divided(listed, len(run))
        if not any(words) and not years:
            years = _years_in_order(text[start:begin], len(run))
        if not any(words) and len(years) == len(run) and not listed.startswith("结转"):
            words = [
                f"{year}{listed}" for year in years
            ]  # 2023年、2024年新收分别为162件、185件，办结分别为160件、184件
        words = _of_one_object(words)
        if not told and not all(tokens_in(each) for each in words):
            continue
        found |= {at: (words[place], place, len(run)) for place, at in enumerate(run)}
        if told and (way := phrase("comparisons", "from_each").search(told[0])):
            # 不掌握、需另行制作分别由33件、6件升至38件、7件: of each what it was, then what it became
            later = [run[-1] + 1 + place for place in range(len(run))]
            if later[-1] < len(mentions) and (
                to := phrase("comparisons", "to_each").fullmatch(text[mentions[run[-1]].end : mentions[later[0]].start])
            ):
                found |= {at: (words[place] + way[0], place, len(run)) for place, at in enumerate(run)}
                found |= {at: (words[place] + to[0], place, len(run)) for place, at in enumerate(later)}
    return found


def _years_in_order(text: str, count: int) -> list[str]:
    """2023年受理21件、2024年受理30件，同期许可为79件、84件: so many numbers as years were told, in their order."""
    years = list(dict.fromkeys(year for _, year in years_in(text)))
    return [f"{year}年" for year in years] if len(years) == count else []


def _of_one_object(words: list[str]) -> list[str]:
    """制发、废止规范性文件分别为3件、1件: what is done with one thing, that the last name ends with."""
    told = [tokens_in(each) for each in words]
    last = told[-1]
    shared = len(last) > 1 and last[-1].kind == "object" and last[-2].kind == "stage"
    if not shared or any(len(each) != 1 or each[0].kind != "stage" for each in told[:-1]):
        return words
    return [*(each + words[-1][last[-1].start : last[-1].end] for each in words[:-1]), words[-1]]


def _divided(text: str, parts: int) -> list[str]:
    for pattern in (r"、", r"(?<=”)(?=“)", r"、|和|与|及|以及", r"、|和|与|及|以及|或"):
        pieces = re.split(pattern, text)
        if len(pieces) == parts:
            return pieces
    return [""] * parts
