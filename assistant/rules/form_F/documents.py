"""F116, D107: documents and clauses that the prose cites, against what is known of them (data/documents.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.figures.dossier import Dossier
from assistant.language.prose import Prose, prose
from assistant.lexicon.data import load
from assistant.rules.base import Hit, hit_on, rule

_NUMBER = re.compile(
    r"(?:(?:中华人民共和国)?国务院令?|国令)\s*第\s*(?P<order>\d+)\s*号"
    r"|(?P<issuer>[国中厅][\u4e00-\u9fff]{1,7}?)\s*[〔\[【（(［]\s*(?P<year>(?:19|20)\d{2})\s*[〕\]】）)］]\s*第?\s*(?P<serial>\d+)\s*号"
)
# 《…》（国令…, 《…》的通知（国办函…; in 《条例》和国办函… the number is another document's.
_NAME_BEFORE = re.compile(
    r"》(?:的[^《》。；，,、和及与（(]{1,4})?\s*[（(\[【〔]?(?:文号[:：]?|即|见|中华人民共和国)?$"
)
_NATIONAL = ("国", "中办")
_LONGEST_ABBREVIATION = 4  # 《格式》, 《通知》: a name so short says nothing of which document it is
_TOLD_AS_PAST = re.compile(r"修订|修改|废止|取代|替代|原《|旧《|原条例|旧条例|不再")


@dataclass(frozen=True, slots=True)
class _Document:
    """One entry of the data; ``since`` is the first report year in which citing it is wrong."""

    issuer: str
    serial: int
    title: str
    names: list[str]
    year: int = 0
    abbreviations: tuple[str, ...] | list[str] = ()
    since: int = 0
    instead: str = ""
    why: str = ""

    @property
    def number(self) -> tuple[str, int, int]:
        return self.issuer, self.year, self.serial

    def is_named(self, name: str) -> bool:
        # A notice about the regulation has the regulation's name inside its own.
        return any(words in name if self.year else name.endswith(words) for words in self.names)


_DOCUMENTS = tuple(_Document(**entry) for entry in load("documents")["document"])
_CLAUSES = tuple({**entry, "words": re.compile(entry["words"])} for entry in load("documents")["clause"])


@rule("F116", "引用文号与文件名称相配", severity="warning", basis="所引文件")
def document_numbers_fit_names(dossier: Dossier) -> Iterator[Hit]:
    """引用文件时文号与名称要相配，抄错一个字就指向另一份文件。只核对本检查知道的国家层面文件，地方文件不核对。

    依据：所引文件的文号，见 assistant/lexicon/data/documents.toml。
    违例：《政府信息公开条例》（国令第771号）。
    正例：《政府信息公开条例》（国令第711号）。
    """
    for passage in prose(dossier.report):
        for found in _numbers_in(passage.text):
            name = _cited_name(passage.text[: found.start()])
            number = _number_of(found)
            by_name = [d for d in _DOCUMENTS if name and d.is_named(name)]
            by_number = next((d for d in _DOCUMENTS if d.number == number), None)
            if by_name and number not in [d.number for d in by_name] and number[0].startswith(_NATIONAL):
                right = _written(by_name[0].number)
                yield hit_on(found, passage, f"《{name}》的文号写作{found.group()}，应为{right}", right)
            elif (
                by_number and not by_name and len(name) > _LONGEST_ABBREVIATION and name not in by_number.abbreviations
            ):
                told = f"{found.group()}是《{by_number.title}》，文中名称为《{name}》"
                yield hit_on(found, passage, told, by_number.title, name)


@rule("D107", "引用已失效的文件、旧条例条款", severity="warning", basis="现行《条例》（国令第711号）", needs=("year",))
def nothing_repealed_is_cited(dossier: Dossier) -> Iterator[Hit]:
    """修订前的条例和已被替代的文件不能再作依据，多半是沿用了旧稿；说明其修订、废止经过的句子不报。

    依据：国令第711号自2019年5月15日起施行；国办公开办函〔2021〕30号自2021年度报告起适用。
    违例：2024年度报告写“申请人可以根据自身生产、生活、科研等特殊需要提出申请”。
    正例：依据《政府信息公开条例》（国令第711号）编制。
    """
    year = dossier.report.year
    assert year is not None
    repealed = {document.number: document for document in _DOCUMENTS if 0 < document.since <= year}
    for passage in prose(dossier.report):
        for found in _numbers_in(passage.text):
            document = repealed.get(_number_of(found))
            if document and not _TOLD_AS_PAST.search(passage.sentence_at(found.start())):
                yield hit_on(found, passage, f"引用了{found.group()}：{document.why}", document.instead)
        yield from _dropped_clauses(passage, year)


def _dropped_clauses(passage: Prose, year: int) -> Iterator[Hit]:
    for clause in _CLAUSES:
        for found in clause["words"].finditer(passage.text):
            if year >= clause["since"] and not re.search(clause["unless"], passage.sentence_at(found.start())):
                yield hit_on(found, passage, f"“{found.group()}”：{clause['why']}", clause["instead"])


def _numbers_in(text: str) -> Iterator[re.Match[str]]:
    return _NUMBER.finditer(text) if "号" in text else iter(())


def _number_of(found: re.Match[str]) -> tuple[str, int, int]:
    if found["order"]:
        return "国令", 0, int(found["order"])
    return found["issuer"], int(found["year"]), int(found["serial"])


def _written(number: tuple[str, int, int]) -> str:
    issuer, year, serial = number
    return f"{issuer}〔{year}〕{serial}号" if year else f"{issuer}第{serial}号"


def _cited_name(before: str) -> str:
    """The name in 《》 right before a number; names may hold names: 《关于印发《…格式》的通知》."""
    closing = _NAME_BEFORE.search(before)
    depth = 0
    for place in range(closing.start() if closing else -1, -1, -1):
        depth += (before[place] == "》") - (before[place] == "《")
        if depth == 0:
            return before[place + 1 : closing.start()] if closing else ""
    return ""
