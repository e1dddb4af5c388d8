"""F116: documents that the prose cites, their numbers against their names."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.figures.dossier import Dossier
from assistant.language.cited_documents import document_numbers, known_documents, name_before, number_of, written
from assistant.language.prose import prose
from assistant.rules.base import Hit, hit_on, rule

_NATIONAL = ("国", "中办")
_LONGEST_ABBREVIATION = 4  # 《格式》, 《通知》: a name so short says nothing of which document it is


@rule("F116", "引用文号与文件名称相配", severity="warning", basis="所引文件")
def document_numbers_fit_names(dossier: Dossier) -> Iterator[Hit]:
    """引用文件时文号与名称要相配，抄错一个字就指向另一份文件。只核对本检查知道的国家层面文件，地方文件不核对。

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
