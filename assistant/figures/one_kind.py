"""What prose says is all of one kind: 重复申请3件，均由自然人提出 states of all other kinds of applicants that they had none,
无法提供4件，均因本机关不掌握 of all other reasons, 行政复议1件，维持 of all other outcomes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.figures.claim_reader import paragraphs_of
from assistant.figures.claims import Claim, Spot
from assistant.figures.comparisons import scope_of, year_of
from assistant.figures.interpret import interpret
from assistant.figures.mentions import Mention
from assistant.form import APPLICANTS, CASES, leaves_of
from assistant.language.sentences import LONGEST_SENTENCE, sentences
from assistant.lexicon import phrase
from assistant.lexicon.match import Reading, Token, Words, tokens_in
from assistant.patterns import regex
from assistant.report import Report

__all__ = ["all_of_one_kind"]

_ENDS = regex(r"[，,；;。）)]|$")
_OUTCOMES_OF_CASES = tuple(case.id for case in CASES if case.id != "total")
_KINDS = tuple(column.id for column in APPLICANTS if column.id != "total")
_LONGEST_NAME = 16  # characters


def all_of_one_kind(report: Report, claims: Sequence[Claim]) -> Iterator[Claim]:
    """Claims of 0 for the kinds that are left out; their mention is the words that say so. ``claims`` are those of the
    report's numbers: the last one of the sentence is what all is said of."""
    by_paragraph: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_paragraph[id(claim.spot.paragraph)].append(claim)
    for paragraph, section, where, topic in paragraphs_of(report):
        told = by_paragraph[id(paragraph)]
        starts = [claim.mention.start for claim in told]
        yield from (zero for claim in told if claim.kind == "total" and (zero := _other_outcomes(claim)))
        for offset, sentence in sentences(paragraph.text) if phrase("shares", "all_are").search(paragraph.text) else ():
            if len(sentence) > LONGEST_SENTENCE:
                continue
            spot = Spot(section, where, paragraph, sentence.strip())
            for found in phrase("shares", "all_are").finditer(sentence):
                kind = _kind_at(sentence, found.end())
                if kind and found["named"] and not _ENDS.match(sentence, found.end() + kind.end):
                    continue  # 申请人为自然人的26件: a name of what is counted next
                at = bisect_left(starts, offset + found.start()) - 1
                of = told[at] if at >= 0 and starts[at] >= offset else None
                if not kind or (of and of.relation != "value"):
                    continue
                lead = sentence[: found.start()]
                words = of.readings if of else interpret(lead, "", Words(object=topic)).readings
                if readings := _left_out(words, kind) if kind.kind == "column" else _other_reasons(words, kind):
                    end = found.end() + kind.end
                    text, start = sentence[found.start() : end], offset + found.start()
                    mention = Mention(text, start, offset + end, Decimal(0), Decimal(1), "件")
                    year = of.year if of else year_of(lead, report.year)
                    yield Claim(mention, spot, "value", readings, kind.kind, year, scope_of(lead))


def _other_outcomes(claim: Claim) -> Claim | None:
    """A claim of 0 for the outcomes that cases had not where one alone is told of them, without a number of its own."""
    text, place = claim.spot.paragraph.text, claim.mention.end
    lead = phrase("shares", "how_it_ended").match(text, place)
    behind = text[lead.end() : lead.end() + _LONGEST_NAME] if lead else ""
    case = next(iter(tokens_in(behind)), None)
    if not lead or not case or case.kind != "case" or case.start or not _ENDS.match(behind, case.end):
        return None
    left = [one for one in _OUTCOMES_OF_CASES if one != case.says]
    if claim.relation != "value" or len(left) == len(_OUTCOMES_OF_CASES):
        return None
    readings = tuple(
        tuple(metric.removesuffix("total") + one for metric in reading for one in left) for reading in claim.readings
    )
    mention = claim.mention._replace(
        text=text[place + 1 : lead.end() + case.end], start=place + 1, end=lead.end() + case.end, value=Decimal(0)
    )
    return claim._replace(mention=mention, readings=readings, kind="case", why="")


def _kind_at(sentence: str, place: int) -> Token | None:
    """The one kind of applicants, or the one reason, that is named there."""
    behind = re.split("[，,；;。）)]", sentence[place : place + _LONGEST_NAME], maxsplit=1)[0]
    kind = next(iter(tokens_in(behind)), None)
    named = (
        kind
        and kind.kind in ("column", "leaf")
        and not kind.start
        and not phrase("sentences", "joins").match(behind, kind.end)
    )
    return kind if named else None


def _left_out(readings: Sequence[Reading], kind: Token) -> tuple[Reading, ...]:
    """Of each row that may be meant, the other kinds; 企业 may stand for all that are no natural persons."""
    others = [one for one in _KINDS if one != kind.says]
    if "legal_person" in kind.entry.means:
        others = ["natural_person"]
    rows = [reading[0] for reading in readings if len(reading) == 1 and reading[0].startswith("requests.")]
    return tuple(
        tuple(f"{row.removesuffix('.total')}.{column}" for column in others) for row in rows if row.endswith(".total")
    )


def _other_reasons(readings: Sequence[Reading], leaf: Token) -> tuple[Reading, ...]:
    """Of the outcome that the reason belongs to, its other reasons, for whom the outcome is told of."""
    group = leaf.says.partition(".")[0]
    others = [one for one in leaves_of(group) if one != leaf.says]
    told = [reading[0].rpartition(".") for reading in readings if len(reading) == 1]
    return tuple(tuple(f"requests.{one}.{of}" for one in others) for row, _, of in told if row == f"requests.{group}")
