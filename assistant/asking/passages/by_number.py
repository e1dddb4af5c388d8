"""Articles asked for by their number: 第二十条第五项是什么, 33条第2款."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.asker import Asker
from assistant.asking.result import Answer
from assistant.figures.numerals import write
from assistant.library import Passage
from assistant.library.in_force import laws
from assistant.library.provisions import Provision, Reference, provisions, references
from assistant.library.regulation import core_title, is_digest
from assistant.library.words import words

__all__ = ["answer_by_number", "laws_in"]

_FIRST = "政府信息公开条例"  # which a bare 第N条 means in this field
# 劳动合同法第三十九条 is none of ours; 条例第三十九条 is.
_OTHER_LAW = re.compile(
    r"(?:请问|根据|按照|依据)?《?([\u4e00-\u9fff]{1,20}?(?:法|条例|办法|规定))》?的?(?=第?[一二三四五六七八九十百\d]+条)"
)
# 信访条例规定; what stands before 条例 in 违反条例规定 is none of its name.
_RULES_OF = re.compile(
    r"(?:^|[，,。；;：:？?\s]|根据|按照|依据|依照|请问)"
    r"(?!违反|违背|依照|根据|按照?|适用|执行|遵守|我|本|该|这|那|新|老|旧|原|现行|修订)([\u4e00-\u9fff]{2,10}条例)(?=[里中第]|规定|要求|怎么|有没有)"
)
_LAW_RULES = re.compile(r"([\u4e00-\u9fff]{2}法)(?=规定)")  # 复议法规定 is cut into 复议, 法规, 定
_NO_LAW = (
    "办法",
    "方法",
    "做法",
    "用法",
    "说法",
    "看法",
    "执法",
    "司法",
    "立法",
    "普法",
    "违法",
    "合法",
    "依法",
    "非法",
)
_DIGEST_NOTE = "（资料库中是用自己的话概括的要点，不分款；导入条例的官方文本后，可以逐款逐项查询。）"


def answer_by_number(asker: Asker) -> Answer | None:
    """The articles, paragraphs or items that a question names, word for word; ``None`` when it names none."""
    asked = references(asker.question.text)
    if not asked:
        return None
    other = _OTHER_LAW.search(asker.question.text)
    if other and not any(core_title(other[1]) in core_title(title) for title in laws(asker.library).values()):
        return asker.abstain(f"资料库中没有《{other[1]}》。", route="passages")
    meant = _meant(asker)
    told: list[tuple[Passage, str, str]] = []  # passage, how it is cited, its words
    missing: list[str] = []
    note = ""
    for reference in asked:
        found = [_told(asker, document, title, reference) for document, title in meant.items()]
        told.extend(one for given, _, _ in found for one in given)
        missing.extend(reason for given, reason, _ in found if not given)
        note = note or next((told_note for given, _, told_note in found if given and told_note), "")
    if not told:
        why = missing[0] if missing else "资料库里没有导入法规。"
        return asker.abstain(why, route="passages")
    from assistant.asking.passages.written import citation_of

    lines = [f"{cited}：“{text}”" for _, cited, text in told]
    citations = tuple(citation_of(passage, text).model_copy(update={"where": cited}) for passage, cited, text in told)
    return Answer(
        question=asker.question.text, answer="\n".join((*lines, *([note] if note else []))), citations=citations,
        route="passages",
    )  # fmt: skip


def laws_in(question: str) -> list[str]:
    """Laws that a question names (行政诉讼法): what they say stands in none of our texts, unless those name them too."""
    named = [word for word in words(question) if len(word) > 2 and word.endswith("法")]
    named.extend(_LAW_RULES.findall(question))
    named.extend(_RULES_OF.findall(question))
    return [law for law in dict.fromkeys(named) if not law.endswith(_NO_LAW)]


def _meant(asker: Asker) -> dict[int, str]:
    """The regulations that a number may be of: the one the question names, else 政府信息公开条例, else all."""
    held = laws(asker.library)
    named = {id: title for id, title in held.items() if core_title(title) in asker.question.text}
    return named or {id: title for id, title in held.items() if core_title(title) == _FIRST} or held


def _told(asker: Asker, document: int, title: str, asked: Reference) -> tuple[list[tuple[Passage, str, str]], str, str]:
    """(what it says, why it says nothing, what must be added) of one regulation."""
    article = asker.library.catalog.article(asked.article, document)
    name = f"《{title}》第{write(asked.article)}条"
    if not article:
        return [], f"《{title}》没有第{asked.article}条。", ""
    whole = [(passage, passage.place, passage.text) for passage in article]
    if asked.paragraph is None and asked.item is None:
        return whole, "", ""
    digest = is_digest(title)
    parts = provisions("\n".join(passage.text for passage in article), digest=digest)
    fitting = [
        part
        for part in parts
        if part.item == asked.item and (digest or asked.paragraph is None or part.paragraph == asked.paragraph)
    ]
    if digest and (asked.item is None or not any(part.item for part in parts)):
        return whole, "", _DIGEST_NOTE
    if not fitting:
        return [], f"{name}{_extent(parts, asked)}", ""
    holding = {part: next((p for p in article if part.text in p.text), article[0]) for part in fitting}
    return [(holding[part], f"{name}{part.cited}", part.text) for part in fitting], "", ""


def _extent(parts: Sequence[Provision], asked: Reference) -> str:
    """What an article has instead of the paragraph or item asked for."""
    paragraphs = len({part.paragraph for part in parts})
    if asked.paragraph is not None and asked.paragraph > paragraphs:
        return f"共{write(paragraphs)}款，没有第{write(asked.paragraph)}款。"
    items = sum(1 for part in parts if part.item and asked.paragraph in (None, part.paragraph))
    return f"{f'共{write(items)}项，' if items else ''}没有第{write(asked.item or 0)}项。"
