"""N111: boasts about reviews and lawsuits against table 4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.figures.dossier import Dossier
from assistant.form import CASES
from assistant.language.numerals import number
from assistant.language.prose import Prose, prose
from assistant.lexicon.match import tokens_in
from assistant.report import Mark
from assistant.rules.base import Hit, rule

__all__ = []

_NAMES = {"review": "行政复议", "litigation": "行政诉讼"}
_CASE_LABELS = {case.id: case.label for case in CASES}
# What a boast rules out: all upheld leaves nothing else, never lost leaves nothing corrected.
_BOASTS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (
        re.compile(r"(?:均|全部|都|全)(?:已|被|获|获得|得到|予以|为|是|依法|结果)*维持|维持率[^，。；\d]{0,4}100[%％]"),
        ("corrected", "other_outcome", "pending"),
    ),
    (
        re.compile(
            r"[零0０]\s*(?:败诉|纠错|被纠错|撤销)|(?:败诉|纠错|被纠错|纠正)率?(?:案件|情况)?(?:为|保持)?(?:零|0(?![.\d])|无)"
            r"|(?:无|没有|未发生|未出现|未有|不存在)(?:一[件例起])?(?:被|因[^，。；]{0,12})?(?:纠错|纠正|败诉|撤销|确认违法)"
        ),
        ("corrected",),
    ),
)
_FOREIGN = re.compile(r"上年|去年|往年|20\d\d年(?=[^，。；]{0,6}(?:败诉|维持|纠))")


@rule("N111", "“均获维持”“零败诉”“无纠错”与表四相符", severity="warning", basis="文表一致", needs=("review",))
def boasts_about_cases_hold(dossier: Dossier) -> Iterator[Hit]:
    """说复议、诉讼“均获维持”，表四就不应有纠正、其他结果和尚未审结；说“零败诉”“无纠错”，就不应有结果纠正。句中只说复议或只说
    诉讼的，只比较这一类。

    依据：文表一致。
    违例：表四行政诉讼尚未审结3件，文中“行政诉讼9件，均获维持”。
    正例：表四行政诉讼全部维持，文中“行政诉讼9件，均获维持”。
    """
    for passage in prose(dossier.report):
        for pattern, ruled_out in _BOASTS:
            for found in pattern.finditer(passage.text):
                yield from _contradicted(dossier, passage, found, ruled_out)


def _contradicted(dossier: Dossier, passage: Prose, found: re.Match[str], ruled_out: tuple[str, ...]) -> Iterator[Hit]:
    start = max(passage.text.rfind(mark, 0, found.start()) for mark in "。！？\n") + 1
    before = passage.text[start : found.start()]
    if _FOREIGN.search(before[-20:]):
        return
    kinds = _kinds(before + found.group())
    against = {
        f"{_NAMES[kind]}{_CASE_LABELS[case]}": value
        for kind in kinds
        for case in ruled_out
        if (value := dossier.book.value(f"{kind}.{case}"))
    }
    if against:
        told = "、".join(f"{name}{number(value)}件" for name, value in against.items())
        metrics = tuple(
            Mark(metric.id) for metric in dossier.metrics_of("review")
            if metric.column.id in ruled_out and metric.id.startswith(kinds) and dossier.report.value(metric.id)
        )  # fmt: skip
        yield Hit(
            passage.where, f"文中称“{found.group()}”，表四有{told}", "表四没有这些结果", number(sum(against.values(), Decimal(0))),
            passage.text[start : found.end()], anchor=found.group(),
            marks=(Mark("", passage.paragraph, *found.span()), *metrics),
        )  # fmt: skip


def _kinds(text: str) -> tuple[str, ...]:
    """Which cases a sentence speaks of; 败诉 is of lawsuits alone."""
    review, litigation = "复议" in text, bool(re.search("诉讼|应诉|败诉|起诉", text))
    if not review and not litigation:
        return ()
    if text.endswith("败诉") or re.search("败诉[^，。；]{0,4}$", text):
        return ("litigation",)
    return tuple(kind for kind, there in (("review", review), ("litigation", litigation)) if there)


# N112: promises that everything was answered, against what table 3 carries over.


@rule("N112", "“全部办结”“100%答复”与结转下年相符", severity="warning", basis="文表一致", needs=("requests",))
def all_answered_means_none_left(dossier: Dossier) -> Iterator[Hit]:
    """文中说收到的申请全部办结、答复率100%，表三却有结转下年的，两处说法不一。

    依据：文表一致。
    违例：结转下年2件，文中“及时回复率100%”。
    正例：结转下年0件，文中“全部按期答复”。
    """
    left = dossier.report.value("requests.carried_out.total")
    if not left:
        return
    for section in dossier.report.sections:
        for paragraph in section.paragraphs:
            for found in _ALL_ANSWERED.finditer(paragraph.text):
                if _speaks_of_requests(paragraph.text, found.start()) and not _about_answered_ones(
                    dossier, paragraph.text, found
                ):
                    yield Hit(
                        f"{section.number}、{section.title}" if section.number else section.title,
                        f"文中称“{found.group()}”，表三结转下年度{number(left)}件", "结转下年0件", number(left), found.group(),
                        marks=(Mark("", paragraph, *found.span()),),
                    )  # fmt: skip


_ALL_ANSWERED = re.compile(
    r"(?:全部|均|都|全)(?:已|于|在)?(?:依法|按时|按期|及时|按规定|法定|期限|时限|规定|内|予以|给予|进行|作出|了|、)*(?:办结|答复|办理完毕|回复|处理完毕)"
    r"|(?:办结|答复|回复|办理|处理)(?:及时)?率[^，。；\d]{0,6}(?:100[%％]|百分之百)"
)


def _speaks_of_requests(text: str, at: int) -> bool:
    """The sentence, or the one before it, is about applications: 网民留言全部办结 is not."""
    sentence = text[max(text.rfind("。", 0, max(0, text.rfind("。", 0, at))), 0) : at]
    objects = [token.says for token in tokens_in(sentence) if token.kind == "object"]
    return "申请" in sentence and objects[-1:] != ["other"]


def _about_answered_ones(dossier: Dossier, text: str, found: re.Match[str]) -> bool:
    """答复805件，均在法定期限内答复 speaks of those that were answered, not of all that came in."""
    start = text.rfind("。", 0, found.start()) + 1
    before = [
        claim for claim in dossier.claims
        if claim.spot.paragraph.text == text and start <= claim.mention.start < found.start() and claim.kind == "row"
        and not claim.readings[0][0].startswith(("requests.carried_in", "requests.carried_out"))
    ]  # fmt: skip
    return bool(before) and "率" not in found.group() and before[-1].readings[0] == ("requests.concluded.total",)
