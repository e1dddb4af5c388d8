"""What prose says is all of one kind of applicants: 重复申请3件，均由自然人提出 states of all other kinds that they had none."""

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
from assistant.form import APPLICANTS
from assistant.language.sentences import LONGEST_SENTENCE, sentences
from assistant.lexicon.match import Reading, Token, Words, tokens_in
from assistant.patterns import regex
from assistant.report import Report

__all__ = ["all_of_one_kind"]

_ALL_ARE = regex("(?:均|都|全部|全)(?:为|是|由|系|来自于?)+")
_JOINED = regex("[、和及与或]")
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
        for offset, sentence in sentences(paragraph.text) if _ALL_ARE.search(paragraph.text) else ():
            if len(sentence) > LONGEST_SENTENCE:
                continue
            spot = Spot(section, where, paragraph, sentence.strip())
            for found in _ALL_ARE.finditer(sentence):
                kind = _kind_at(sentence, found.end())
                at = bisect_left(starts, offset + found.start()) - 1
                of = told[at] if at >= 0 and starts[at] >= offset else None
                if not kind or (of and of.relation != "value"):
                    continue
                lead = sentence[: found.start()]
                words = of.readings if of else interpret(lead, "", Words(object=topic)).readings
                if readings := _left_out(words, kind):
                    end = found.end() + kind.end
                    text, start = sentence[found.start() : end], offset + found.start()
                    mention = Mention(text, start, offset + end, Decimal(0), Decimal(1), "件")
                    year = of.year if of else year_of(lead, report.year)
                    yield Claim(mention, spot, "value", readings, "column", year, scope_of(lead))


def _kind_at(sentence: str, place: int) -> Token | None:
    """The one kind of applicants that is named there."""
    behind = re.split("[，,；;。]", sentence[place : place + _LONGEST_NAME], maxsplit=1)[0]
    kind = next(iter(tokens_in(behind)), None)
    named = kind and kind.kind == "column" and not kind.start and not _JOINED.match(behind, kind.end)
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
