"""N116: documents that were made but not published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.figures.claims import mark_of
from assistant.figures.comparisons import CHANNEL
from assistant.figures.dossier import Dossier
from assistant.language.numerals import number
from assistant.language.sentences import full_stops_around
from assistant.lexicon import phrase
from assistant.report import Mark
from assistant.rules.base import Hit, hit_of, rule


@rule(
    "N116",
    "公开的规范性文件条数少于制发件数",
    severity="warning",
    basis="《条例》第二十条第一项",
    needs=("disclosure",),
)
def issued_documents_are_published(dossier: Dossier) -> Iterator[Hit]:
    """行政规范性文件应当主动公开。文中公开的规范性文件少于表二本年制发件数的，或漏公开，或口径不同，请核对。

    依据：《条例》第二十条第一项。
    违例：表二制发3件，文中“公开规范性文件2件”。
    正例：表二制发3件，文中“公开规范性文件3件”。
    """
    metric = "disclosure.normative_documents.issued"
    issued = dossier.report.value(metric)
    if not issued:
        return
    for claim in dossier.claims:
        text = claim.spot.paragraph.text
        clause = re.split(r"[，,。；;、：:\d]", text[: claim.mention.start])[-1]
        # Titles of categories hold 、 themselves: 政策及解读、规范性文件类信息31条.
        if (
            "规范性文件" not in clause
            or claim.mention.percent
            or claim.mention.unit not in ("件", "条", "份", "个", "篇")
        ):
            continue
        start, end = full_stops_around(text, claim.mention.start)
        before = text[start : text.find(clause, start, end) + len(clause)]
        otherwise = claim.scope not in ("", CHANNEL) or phrase("boasts", "counted_otherwise").search(clause)
        if otherwise or not phrase("boasts", "published").search(before):
            continue
        if claim.mention.value < issued and claim.year in (None, dossier.report.year):
            yield hit_of(
                claim,
                f"文中公开的规范性文件{claim.mention.text}，少于表二本年制发{number(issued)}件",
                f"不少于{number(issued)}",
                number(claim.mention.value),
                anchor=clause,
                marks=(mark_of(claim), Mark(metric)),
            )
