"""N114, N116: fees told twice, and documents that were made but not published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.figures.claims import mark_of
from assistant.figures.dossier import Dossier
from assistant.language.numerals import number
from assistant.report import Mark, Paragraph
from assistant.rules.base import Hit, rule

_NOT_CHARGED = re.compile(
    r"(?:未|没有|无)(?:实际|曾)?(?:产生|发生|收取|收费|收到|征收|向[^，。；]{1,16}收取)[^，。；]{0,10}(?:信息处理费|处理费|费用|收费)?"
    r"|(?:信息处理费|处理费)[^，。；\d]{0,8}(?:为零|为0(?![.\d])|0元|零元|未收取|没有收取)|(?:均|全部|一律)?免费(?:提供|办理)|不收取[^，。；]{0,10}费"
)
_CHARGED = re.compile(r"(?:收取|收到|征收|共收|产生)[^，。；]{0,16}(?:费用?|金额)?[^，。；\d]{0,8}$")


@rule("N114", "收费叙述自相矛盾（未收取与收取N元）", severity="error", basis="文内一致")
def fees_are_told_once(dossier: Dossier) -> Iterator[Hit]:
    """信息处理费要么没有收取，要么收取了若干元，同一份报告不能两种都写。

    依据：文内一致；国办函〔2020〕109号。
    违例：一处写“未收取信息处理费”，另一处写“收取信息处理费200元”。
    正例：全文都写“收取信息处理费200元”。
    """
    denied = [
        (paragraph, found)
        for paragraph in _paragraphs(dossier)
        if "处理费" in paragraph.text
        for found in _NOT_CHARGED.finditer(paragraph.text)
        if "处理费" in _sentence(paragraph.text, found.start()) and not _narrowed(paragraph.text, found)
    ]
    for claim in dossier.claims:
        if claim.mention.unit != "元" or not claim.mention.value:
            continue
        lead = claim.spot.paragraph.text[: claim.mention.start]
        sentence = _sentence(claim.spot.paragraph.text, claim.mention.start)
        if "处理费" not in sentence or not _CHARGED.search(lead):
            continue
        for paragraph, found in denied:
            yield Hit(
                claim.spot.where, f"此处称收取信息处理费{claim.mention.text}，另一处称“{found.group()}”", "前后一致", claim.mention.text,
                claim.spot.sentence, anchor=claim.mention.text,
                marks=(mark_of(claim), Mark("", paragraph, *found.span())),
            )  # fmt: skip


def _paragraphs(dossier: Dossier) -> Iterator[Paragraph]:
    for section in dossier.report.sections:
        yield from section.paragraphs


def _sentence(text: str, at: int) -> str:
    start = max(text.rfind(mark, 0, at) for mark in "。！？\n") + 1
    end = min((place for mark in "。！？\n" if (place := text.find(mark, at)) >= 0), default=len(text))
    return text[start:end]


def _narrowed(text: str, found: re.Match[str]) -> bool:
    """除上述3件外未收取, 其他部门未收取 contradict nothing."""
    return bool(re.search(r"除|其他|其余|另外|另有|上年|去年", _sentence(text, found.start())[:40]))


_PUBLISHED = re.compile(r"(?:主动)?公开|发布|上网|公布|网站")
_OTHER_COUNT = re.compile(
    r"制发|制定|出台|印发|废止|失效|有效|备案|审查|清理|解读|起草|审核|评估|归集|历年|累计|电子化|征集"
)


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
    issued = dossier.report.value("disclosure.normative_documents.issued")
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
        sentence = _sentence(text, claim.mention.start)
        before = sentence[: sentence.find(clause) + len(clause)]
        if not _PUBLISHED.search(before) or _OTHER_COUNT.search(clause) or claim.scope not in ("", "渠道"):
            continue
        if claim.mention.value < issued and (claim.year in (None, dossier.report.year)):
            yield Hit(
                claim.spot.where, f"文中公开的规范性文件{claim.mention.text}，少于表二本年制发{number(issued)}件",
                f"不少于{number(issued)}", number(claim.mention.value), claim.spot.sentence,
                anchor=clause, marks=(mark_of(claim), Mark("disclosure.normative_documents.issued")),
            )  # fmt: skip
