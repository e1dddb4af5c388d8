"""Going through the prose of a report, paragraph by paragraph: every number with what it claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.figures.claims import Claim, Spot
from assistant.figures.lexicon import tokens_in
from assistant.figures.mentions import Mention, mentions_in
from assistant.figures.sentence import claims_of_sentence
from assistant.figures.spans import compacted, sentences
from assistant.report import Paragraph, Report

__all__ = ["claims_in", "claims_of", "mentions_of", "paragraphs_of"]


def claims_of(report: Report) -> tuple[Claim, ...]:
    """Every number of the report's prose, with what it claims."""
    return tuple(
        claim
        for paragraph, section, title, topic in paragraphs_of(report)
        for claim in _paragraph_claims(paragraph, section, title, report.year, topic)
    )


def mentions_of(report: Report, words: re.Pattern[str]) -> Iterator[tuple[Paragraph, Mention]]:
    """Every number as it is written in the paragraphs that have ``words``: the mentions of ``claims_of``, which takes ten
    times as long to tell what they claim."""
    for paragraph, *_ in paragraphs_of(report):
        if not words.search(paragraph.text):
            continue
        text, written = compacted(paragraph.text)
        yield from ((paragraph, _as_written(mention, paragraph.text, written)) for mention in mentions_in(text))


def paragraphs_of(report: Report) -> Iterator[tuple[Paragraph, str, str, str]]:
    """(paragraph, id and title of its section, topic) in reading order. The topic is what a number is of where its
    sentence does not say: ``requests`` in section three and under （二）依申请公开, ``other`` under other sub-headings."""
    yield from ((paragraph, "preamble", "导语", "") for paragraph in report.preamble)
    for section in report.sections:
        title = f"{section.number}、{section.title}" if section.number else section.title
        topic = "requests" if section.id == "requests" else ""
        for paragraph in section.paragraphs:
            topic = _topic_of_heading(paragraph, topic)
            yield paragraph, section.id or "", title, topic


def claims_in(text: str, year: int | None, section: str = "") -> tuple[Claim, ...]:
    """The claims of one text outside any report."""
    topic = "requests" if section == "requests" else ""
    return tuple(_paragraph_claims(Paragraph(text=text), section, "", year, topic))


def _topic_of_heading(paragraph: Paragraph, topic: str) -> str:
    """（二）依申请公开情况 sets what its paragraphs speak of; the next sub-heading ends it."""
    opening = paragraph.text[:16]
    if not (paragraph.heading or re.match(r"\s*[（(][一二三四五六七八九十]+[）)]", opening)):
        return topic
    return "requests" if "依申请公开" in opening else "other"


def _paragraph_claims(paragraph: Paragraph, section: str, title: str, year: int | None, topic: str) -> list[Claim]:
    claims: list[Claim] = []
    text, written = compacted(paragraph.text)
    mentions = mentions_in(text)
    following = ""
    for offset, sentence in sentences(text):
        inside = [m for m in mentions if offset <= m.start < offset + len(sentence)]
        if not inside:
            following = _goes_on_about(sentence) or following
            continue
        topic = _topic_of_sentence(sentence) or following or topic
        following = _goes_on_about(sentence)
        end = offset + len(sentence)
        spot = Spot(section, title, paragraph, paragraph.text[written[offset] : written[end - 1] + 1].strip())
        claims += claims_of_sentence(text, offset, end, inside, spot, year, topic)
    if len(text) == len(paragraph.text):
        return claims
    return [replace(claim, mention=_as_written(claim.mention, paragraph.text, written)) for claim in claims]


def _as_written(mention: Mention, text: str, written: list[int]) -> Mention:
    """A mention where it stands in the paragraph as it was written."""
    start, end = written[mention.start], written[mention.end - 1] + 1
    return replace(mention, text=text[start:end], start=start, end=end)


def _goes_on_about(sentence: str) -> str:
    """What the next sentence goes on to count where it does not say: applications, if they were spoken of last."""
    if "申请" not in sentence:
        return ""  # most sentences: not worth looking for every phrase of the form
    objects = [token.says for token in tokens_in(sentence) if token.kind == "object"]
    return "requests" if objects[-1:] == ["requests"] else ""


def _topic_of_sentence(sentence: str) -> str:
    """办结23件，其中予以公开11件: an outcome that only applications have tells what the whole paragraph goes on to count."""
    outcomes = (token for token in tokens_in(sentence) if token.kind in ("outcome", "leaf"))
    return "requests" if any(not token.says.startswith("carried") for token in outcomes) else ""
