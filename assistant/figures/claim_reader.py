"""Going through the prose of a report, paragraph by paragraph and sentence by sentence: every number with what it claims."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import zip_longest

from assistant.figures.claims import Claim, Spot
from assistant.figures.interpret import CASES
from assistant.figures.mentions import Mention, mentions_in
from assistant.figures.sentence.reading import claims_of_sentence
from assistant.figures.sentence.walk import CASE_UNITS
from assistant.language.sentences import LONGEST_SENTENCE, compacted, sentences
from assistant.lexicon import phrase
from assistant.lexicon.match import tokens_in
from assistant.report import Paragraph, Report, place_names

__all__ = ["claims_in", "claims_of", "mentions_of", "paragraphs_of"]

_DOCUMENTS = {"规范性文件": "normative_documents", "规章": "rules"}
_NAME = 16  # characters of what ends right before a number
_LONGEST_HEAD = 14
_ONLY_APPLICANTS = ("natural_person", "legal_person", "business", "research", "welfare", "legal_service")
_HEADS = ("normative_documents", "rules", "review", "litigation")


def claims_of(report: Report) -> tuple[Claim, ...]:
    """Every number of the report's prose, with what it claims."""
    return tuple(
        claim
        for paragraph, section, where, topic in paragraphs_of(report)
        for claim in _paragraph_claims(paragraph, section, where, report.year, topic)
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
    """(paragraph, id of its section, where it stands, topic) in reading order. The topic is what a number is of where its
    sentence does not say: ``requests`` in section three and under （二）依申请公开, ``other`` under other sub-headings."""
    for where, paragraph in zip(place_names("导语", report.preamble), report.preamble, strict=True):
        yield paragraph, "preamble", where, ""
    for section in report.sections:
        topic = "requests" if section.id == "requests" else ""
        for where, paragraph in zip(section.places, section.paragraphs, strict=True):
            topic = _topic_of_heading(paragraph, topic)
            yield paragraph, section.id or "", where, topic


def claims_in(text: str, year: int | None, section: str = "") -> tuple[Claim, ...]:
    """The claims of one text outside any report."""
    topic = "requests" if section == "requests" else ""
    return tuple(_paragraph_claims(Paragraph(text=text), section, "正文", year, topic))


def _topic_of_heading(paragraph: Paragraph, topic: str) -> str:
    """（二）依申请公开情况 sets what its paragraphs speak of; the next sub-heading ends it."""
    opening = paragraph.text[:16]
    if not (paragraph.heading or phrase("numbering", "subheading").match(opening)):
        return topic
    return "requests" if "依申请公开" in opening else "other"


def _paragraph_claims(paragraph: Paragraph, section: str, where: str, year: int | None, topic: str) -> list[Claim]:
    claims: list[Claim] = []
    text, written = compacted(paragraph.text)
    parted = list(sentences(text))
    told = text
    for offset, sentence in parted:
        if len(sentence) > LONGEST_SENTENCE:
            told = told[:offset] + "。" * len(sentence) + told[offset + len(sentence) :]
    mentions = mentions_in(told)
    starts = [mention.start for mention in mentions]
    following = before = ""
    earlier: list[Claim] = []
    for offset, sentence in parted:
        inside = mentions[bisect_left(starts, offset) : bisect_left(starts, offset + len(sentence))]
        if not inside:
            following = _goes_on_about(sentence) or _is_headed(sentence) or following
            continue
        about = following if following in CASES and not _names_an_object(sentence) else _papers_of(before, sentence)
        topic = _topic_of_sentence(sentence) or (following if following not in CASES else "") or topic
        following, before = _goes_on_about(sentence), sentence
        end = offset + len(sentence)
        spot = Spot(section, where, paragraph, paragraph.text[written[offset] : written[end - 1] + 1].strip())
        earlier = claims_of_sentence(text, offset, end, inside, spot, year, about or topic, earlier)
        claims += earlier
    claims = list(_published_as_made(text, claims))
    if len(text) == len(paragraph.text):
        return claims
    return [claim._replace(mention=_as_written(claim.mention, paragraph.text, written)) for claim in claims]


def _published_as_made(text: str, claims: list[Claim]) -> Iterator[Claim]:
    """发布规范性文件7件，废止3件，现行有效41件: what is published beside what was repealed or is in force was made. As publishing says
    nothing of making by itself, it is a scope of its own."""
    for claim, after in zip_longest(claims, claims[1:]):
        open_to_it = claim.relation == "none" or (claim.kind == "stage" and "newly_published" in claim.readings[0][0])
        papers = _stage_of(after) if after and open_to_it and claim.mention.unit in CASE_UNITS else ""
        found = (
            phrase("sentences", "published").search(text, max(0, claim.mention.start - _NAME), claim.mention.start)
            if papers
            else None
        )
        if (
            after
            and found
            and _DOCUMENTS[found["papers"]] == papers
            and not phrase("sentences", "of_which").match(text, claim.mention.end)
        ):
            made = tuple((f"disclosure.{papers}.{stage}",) for stage in ("issued", "produced"))
            claim = claim._replace(
                relation="value", kind="stage", readings=claim.readings + made, year=after.year,
                scope=found["verb"], why=found.group(),
            )  # fmt: skip
        yield claim


def _stage_of(claim: Claim) -> str:
    """The kind of documents of which a number tells what was repealed or is in force; empty for any other number."""
    if claim.kind != "stage" or claim.relation != "value":
        return ""
    _, papers, stage = claim.readings[0][0].split(".")
    return papers if stage in ("repealed", "in_force") else ""


def _as_written(mention: Mention, text: str, written: list[int]) -> Mention:
    """A mention where it stands in the paragraph as it was written."""
    start, end = written[mention.start], written[mention.end - 1] + 1
    return mention._replace(text=text[start:end], start=start, end=end)


def _goes_on_about(sentence: str) -> str:
    """What the next sentence goes on to count where it does not say: applications or cases, if they were spoken of last."""
    if not phrase("sentences", "names_an_object").search(sentence):
        return ""  # most sentences: not worth looking for every phrase of the form
    objects = [token.says for token in tokens_in(sentence) if token.kind == "object"]
    last = objects[-1].partition(".")[0] if objects else ""  # 诉讼9件，直接起诉5件、复议后起诉4件: of lawsuits
    if last in ("review", "litigation"):
        return last if {each.partition(".")[0] for each in objects} <= {last} else ""
    return last if last == "requests" else ""


def _papers_of(before: str, sentence: str) -> str:
    """规范性文件废止4件。清理后现行有效52件: the kind of documents that a sentence goes on to count."""
    papers = (
        {token.says for token in tokens_in(before) if token.kind == "object"}
        if phrase("sentences", "papers").search(before)
        else set()
    )
    if (
        len(papers) != 1
        or not papers.issubset(_DOCUMENTS.values())
        or phrase("sentences", "other_papers").search(sentence)
    ):
        return ""
    return papers.pop() if any(token.kind == "stage" for token in tokens_in(sentence)) else ""


def _names_an_object(sentence: str) -> bool:
    return any(token.kind == "object" for token in tokens_in(sentence))


def _is_headed(sentence: str) -> str:
    """规范性文件。制发6件: a sentence of hardly more than a name is the head of what follows."""
    if len(sentence) > _LONGEST_HEAD:
        return ""
    objects = [token.says for token in tokens_in(sentence) if token.kind == "object"]
    return objects[0] if len(objects) == 1 and objects[0] in _HEADS else ""


def _topic_of_sentence(sentence: str) -> str:
    """办结23件，其中予以公开11件: an outcome that only applications have tells what the whole paragraph goes on to count; what
    was carried over does where kinds of applicants are told with it."""
    tokens = tokens_in(sentence)
    outcomes = [token for token in tokens if token.kind in ("outcome", "leaf")]
    told = outcomes and any(token.kind == "column" and token.says in _ONLY_APPLICANTS for token in tokens)
    return "requests" if told or any(not token.says.startswith("carried") for token in outcomes) else ""
