"""What prose says did not happen: 未收到申请, 没有不予公开的情形, 上年结转为零 state a figure too, and it is 0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.figures.claim_reader import paragraphs_of
from assistant.figures.claims import Claim, Spot
from assistant.figures.comparisons import scope_of, year_of
from assistant.figures.interpret import interpret, without_names
from assistant.figures.mentions import Mention
from assistant.language.polarity import Topic, statements
from assistant.language.sentences import LONGEST_SENTENCE, sentences
from assistant.lexicon import phrase
from assistant.lexicon.match import Words, tokens_in
from assistant.patterns import regex
from assistant.report import Report

__all__ = ["denials_of"]

_CLAUSE_END = regex(r"[，,。；;：:！？\n]|$")
# Cases and decisions are denied under T405 and T206, kinds of applicants under T310.
# What the one reader of polarity is asked for, and the rows that are then none.
_MATTERS: dict[Topic, tuple[str, ...]] = {"requests": ("received", "workload"), "carried_out": ("carried_out",)}
_NONE = Decimal(0)
_KINDS = ("row", "column", "leaf", "group", "stage")


def denials_of(report: Report) -> Iterator[Claim]:
    """Claims of 0 for what the prose denies; their mention is the words that deny."""
    for paragraph, section, where, topic in paragraphs_of(report):
        for offset, sentence in sentences(paragraph.text):
            spot = Spot(section, where, paragraph, sentence.strip())
            taken: list[tuple[int, int]] = []
            found = (*_denied(sentence), *_told_as_zero(sentence, topic)) if _worth_reading(sentence) else ()
            for start, end, words in found:
                before = sentence[:start]
                if phrase("polarity", "other_months").search(before) or phrase("polarity", "some_units").search(before):
                    continue  # 其他8个月没有收到申请, 有3个乡镇全年没有收到申请
                taken.append((start, end))
                text = sentence[start:end]
                yield Claim(
                    Mention(text, offset + start, offset + end, Decimal(0), Decimal(1), "件"), spot, "value", words.readings,
                    words.kind, year_of(before, report.year), scope_of(before), why="",
                )  # fmt: skip
            for matter, rows in _MATTERS.items() if len(sentence) <= LONGEST_SENTENCE else ():
                for each in statements(sentence, matter, report.year):
                    if phrase("polarity", "some_units").search(sentence[each.start : each.end].partition("零")[0]):
                        continue  # 另外26家为零申请
                    if each.polarity == "none" and not any(low < each.end and each.start < high for low, high in taken):
                        mention = Mention(
                            sentence[each.start : each.end],
                            offset + each.start,
                            offset + each.end,
                            _NONE,
                            Decimal(1),
                            "件",
                        )
                        columns = _applicants_in(mention.text)
                        readings = tuple(tuple(f"requests.{row}.{column}" for column in columns) for row in rows)
                        kind = "row" if columns == ("total",) else "column"
                        yield Claim(
                            mention, spot, "value", readings, kind, report.year, scope_of(sentence[: each.start])
                        )


def _applicants_in(words: str) -> tuple[str, ...]:
    """无科研机构提出申请 denies those of one kind of applicants only."""
    return tuple(dict.fromkeys(token.says for token in tokens_in(words) if token.kind == "column")) or ("total",)


def _worth_reading(sentence: str) -> bool:
    if len(sentence) > LONGEST_SENTENCE:
        return False
    return bool(phrase("polarity", "denied_by_verb").search(sentence)) or "零" in sentence or "：无" in sentence


def _denied(sentence: str) -> Iterator[tuple[int, int, Words]]:
    inside = [(token.start, token.end) for token in tokens_in(sentence)]
    for found in phrase("polarity", "denied_by_verb").finditer(sentence):
        if any(start <= found.start() < end for start, end in inside):
            continue
        ending = _CLAUSE_END.search(sentence, found.end())
        rest = sentence[found.end() : ending.start() if ending else len(sentence)]
        words = interpret(rest, "", Words())
        if words.kind == "row" and (
            kinds := _applicants_in(re.split("[，,。；;：:]", sentence[: found.start()])[-1])
        ) != ("total",):
            # 科研机构上年没有申请 denies those of one kind only
            readings = tuple(
                tuple(metric.replace(".total", f".{kind}") for metric in reading for kind in kinds)
                for reading in words.readings
            )
            words = words._replace(readings=readings, kind="column")
        if words.kind in _KINDS and words.readings and _says_nothing_else(rest):
            yield found.start(), found.end() + len(rest), _of_whom(words, sentence[: found.start()])


def _of_whom(words: Words, before: str) -> Words:
    """商业企业没有不予公开的 denies those of one kind of applicants, which stands in front."""
    columns = _applicants_in(re.split("[，,；;。：:]", before)[-1])
    if columns == ("total",) or not all(metric.endswith(".total") for metric in words.readings[0]):
        return words
    readings = tuple(
        tuple(f"{metric.removesuffix('.total')}.{column}" for metric in reading for column in columns)
        for reading in words.readings
    )
    return words._replace(readings=readings, kind="column")


def _told_as_zero(sentence: str, topic: str) -> Iterator[tuple[int, int, Words]]:
    for token in tokens_in(sentence):
        behind = phrase("polarity", "zero_behind").match(sentence, token.end)
        if phrase("polarity", "some_units").search(sentence[: token.start]):
            continue  # 另外26家为零申请
        if behind and token.kind in ("outcome", "leaf", "object", "verb", "stage"):
            clause = re.split(r"[，,；;。]", sentence[: token.end])[-1]
            words = interpret(clause, "", Words(object=topic))
            if words.kind in _KINDS and words.readings:
                yield token.start, behind.end(), words


def _says_nothing_else(rest: str) -> bool:
    """Whether a clause holds nothing but words of the form: 未收到涉及征地的申请 denies only some."""
    return bool(phrase("joints", "nothing_else").fullmatch(without_names(rest)))
