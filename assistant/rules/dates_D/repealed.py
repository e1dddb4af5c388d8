"""D107: documents and clauses of the regulation that are no longer in force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from assistant.figures.dossier import Dossier
from assistant.language.cited_documents import document_numbers, known_documents, number_of
from assistant.language.prose import prose
from assistant.lexicon.data import load
from assistant.patterns import regex
from assistant.rules.base import Hit, hit_on, rule

_AS_PAST = regex(r"修订|修改|废止|取代|替代|原《|旧《|原条例|旧条例|不再")


@rule("D107", "引用已失效的文件、旧条例条款", severity="warning", basis="现行《条例》（国令第711号）", needs=("year",))
def nothing_repealed_is_cited(dossier: Dossier) -> Iterator[Hit]:
    """修订前的条例和已被替代的文件不能再作依据，多半是沿用了旧稿；说明其修订、废止经过的句子不报。

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
            if document and not _AS_PAST.search(paragraph.sentence_at(found.start())):
                yield hit_on(found, paragraph, f"引用了{found.group()}：{document.why}", document.instead)
        for words, clause in _dropped_clauses():
            for found in words.finditer(paragraph.text) if year >= clause["since"] else ():
                if not re.search(clause["unless"], paragraph.sentence_at(found.start())):
                    yield hit_on(found, paragraph, f"“{found.group()}”：{clause['why']}", clause["instead"])


@cache
def _dropped_clauses() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    return [(re.compile(clause["words"]), clause) for clause in load("documents")["clause"]]
