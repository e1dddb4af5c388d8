"""D107: documents and clauses of the regulation that are no longer in force, and articles that it has not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from assistant.figures.dossier import Dossier
from assistant.language.cited_documents import document_numbers, known_documents, number_of
from assistant.language.numerals import parse, write
from assistant.language.prose import Prose, prose
from assistant.lexicon import phrase
from assistant.lexicon.data import load
from assistant.patterns import regex
from assistant.rules.base import Hit, hit_on, rule


@rule("D107", "引用已失效的文件、旧条例条款", severity="warning", basis="现行《条例》（国令第711号）", needs=("year",))
def nothing_repealed_is_cited(dossier: Dossier) -> Iterator[Hit]:
    """修订前的条例和已被替代的文件不能再作依据，多半是沿用了旧稿；说明其修订、废止经过的句子不报。引用《条例》的条号应是有的，并且讲的是所说的事，
    各条讲什么见 assistant/lexicon/data/articles.toml。

    依据：国令第711号自2019年5月15日起施行；国办公开办函〔2021〕30号自2021年度报告起适用。
    违例：2024年度报告写“申请人可以根据自身生产、生活、科研等特殊需要提出申请”。
    正例：依据《政府信息公开条例》（国令第711号）编制。
    """
    year = dossier.report.year
    assert year is not None
    repealed = {document.number: document for document in known_documents() if 0 < document.since <= year}
    for paragraph in prose(dossier.report):
        for found in document_numbers(paragraph.text):
            document = repealed.get(number_of(found))
            if document and not phrase("years", "as_past").search(paragraph.sentence_at(found.start())):
                yield hit_on(found, paragraph, f"引用了{found.group()}：{document.why}", document.instead)
        for words, clause in _dropped_clauses():
            holds = year >= clause["since"] and clause["key"] in paragraph.text
            for found in words.finditer(paragraph.text) if holds else ():
                if not re.search(clause["unless"], paragraph.sentence_at(found.start())):
                    yield hit_on(found, paragraph, f"“{found.group()}”：{clause['why']}", clause["instead"])
        yield from _wrong_articles(paragraph)


def _wrong_articles(paragraph: Prose) -> Iterator[Hit]:
    """Articles of the regulation by numbers that it has not, or that speak of something else."""
    for found in phrase("cited", "article").finditer(paragraph.text) if "条" in paragraph.text else ():
        numeral, data = parse(found["number"]), load("articles")
        past = phrase("years", "as_past").search(paragraph.sentence_at(found.start()))
        if numeral is None or found["behind"] or past:
            continue
        if numeral.value > data["last"]:
            message = f"《条例》只有{write(data['last'])}条，没有第{found['number']}条"
            yield hit_on(found, paragraph, message, "所依据的条号", found.group())
            continue
        told = _told_of(paragraph.text, found)
        matters = [(words, articles) for words, articles in _matters() if words.search(told)]
        articles = sorted({number for _, known in matters for number in known})
        if matters and numeral.value not in articles:
            named = "、".join(matter.group() for words, _ in matters if (matter := words.search(told)))
            right = "、".join(f"第{write(number)}条" for number in articles)
            message = f"“{named}”见《条例》{right}，文中引作第{found['number']}条，请核对"
            yield hit_on(found, paragraph, message, right, found.group())


def _told_of(text: str, cited: re.Match[str]) -> str:
    """What an article is cited for: its sentence, between the citations before it and behind it."""
    behind = phrase("cited", "matter_behind").match(text, cited.end())
    before = phrase("cited", "before_article").split(text[: cited.start()])[-1]
    return before + (behind.group() if behind else "")


@cache
def _matters() -> list[tuple[re.Pattern[str], list[int]]]:
    return [(regex(each["words"]), each["articles"]) for each in load("articles")["matter"]]


@cache
def _dropped_clauses() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    return [(regex(clause["words"]), clause) for clause in load("documents")["clause"]]
