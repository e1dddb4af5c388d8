"""F116: documents that the prose cites, by number and by name, and who issued them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rapidfuzz import fuzz, process

from assistant.figures.dossier import Dossier
from assistant.language.cited_documents import document_numbers, known_documents, name_before, number_of, written
from assistant.language.prose import Prose, prose
from assistant.lexicon import phrase
from assistant.patterns import regex
from assistant.rules.base import Hit, hit_on, rule

_NATIONAL = ("国", "中办")
_OFFICE = "国务院办公厅政府信息与政务公开办公室"
_NAME = regex(r"《([^《》]{8,60})》")
_NEARLY = 75  # percent of likeness
_LONGEST_ABBREVIATION = 4  # 《格式》, 《通知》: a name so short says nothing of which document it is


@rule("F116", "引用文号与文件名称相配", severity="warning", basis="所引文件")
def document_numbers_fit_names(dossier: Dossier) -> Iterator[Hit]:
    """引用文件时文号与名称要相配，抄错一个字就指向另一份文件；只写名称的，与知道的名称只差几个字，多半写错；发文的国务院办公厅政府信息与政务公开办公室不能
    少字。只核对本检查知道的国家层面文件，地方文件不核对。

    依据：所引文件的文号，见 assistant/lexicon/data/documents.toml。
    违例：《政府信息公开条例》（国令第771号）。
    正例：《政府信息公开条例》（国令第711号）。
    """
    for paragraph in prose(dossier.report):
        for found in document_numbers(paragraph.text):
            name, number = name_before(paragraph.text[: found.start()]), number_of(found)
            by_name = [document for document in known_documents() if name and document.is_named(name)]
            by_number = next((document for document in known_documents() if document.number == number), None)
            if by_name:
                if number not in [document.number for document in by_name] and number[0].startswith(_NATIONAL):
                    right = written(by_name[0].number)
                    yield hit_on(found, paragraph, f"《{name}》的文号写作{found.group()}，应为{right}", right)
            elif by_number and len(name) > _LONGEST_ABBREVIATION and name not in by_number.abbreviations:
                message = f"{found.group()}是《{by_number.title}》，文中名称为《{name}》"
                yield hit_on(found, paragraph, message, by_number.title, name)
        yield from _nearly_named(paragraph)
        for found in phrase("titles", "issuer").finditer(paragraph.text):
            if found.group() != _OFFICE and fuzz.ratio(found.group(), _OFFICE) >= _NEARLY:
                yield hit_on(found, paragraph, f"“{found.group()}”应为“{_OFFICE}”", _OFFICE, found.group())


def _nearly_named(paragraph: Prose) -> Iterator[Hit]:
    """Names in 《》 that are nearly a known document's: 《政府信息公开信息处理费收费办法》."""
    for found in _NAME.finditer(paragraph.text):
        name = found[1]
        if phrase("titles", "of_others").search(name) or any(document.is_named(name) for document in known_documents()):
            continue
        best = process.extractOne(name, _names(), scorer=fuzz.ratio, score_cutoff=_NEARLY)
        if best:
            yield hit_on(found, paragraph, f"文件名称“{name}”疑为《{best[0]}》", best[0], name)


@cache
def _names() -> tuple[str, ...]:
    """The names of known documents, also of what a notice issues; the regulation's own is W105's matter."""
    titles = [document.title for document in known_documents() if document.year]
    return tuple(name for title in titles for name in (title, *re.findall("《([^《》]+)》", title)))
