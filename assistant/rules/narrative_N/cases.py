"""N111: boasts about reviews and lawsuits against table 4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.figures.dossier import Dossier
from assistant.form import CASES
from assistant.language.numerals import number
from assistant.language.prose import Prose, prose
from assistant.language.sentences import full_stops_around, without_brackets
from assistant.lexicon import entries, phrase
from assistant.lexicon.match import tokens_in
from assistant.report import Mark
from assistant.rules.base import Hit, mark_in, rule

_NAMES = {
    "review": "行政复议",
    "litigation": "行政诉讼",
    "litigation.direct": "直接起诉",
    "litigation.after_review": "复议后起诉",
}
_CASE_LABELS = {case.id: case.label for case in CASES}


@rule("N111", "“均获维持”“零败诉”“无纠错”与表四相符", severity="warning", basis="文表一致", needs=("review",))
def boasts_about_cases_hold(dossier: Dossier) -> Iterator[Hit]:
    """说复议、诉讼“均获维持”，表四就不应有纠正、其他结果和尚未审结；说“零败诉”“无纠错”，就不应有结果纠正。句中只说复议或只说
    诉讼的，只比较这一类。

    依据：文表一致。
    违例：表四行政诉讼尚未审结3件，文中“行政诉讼9件，均获维持”。
    正例：表四行政诉讼全部维持，文中“行政诉讼9件，均获维持”。
    """
    boasts = [(phrase("boasts", each.id), each.means) for each in entries("boasts") if each.kind == "boast"]
    for paragraph in prose(dossier.report):
        for words, ruled_out in boasts:
            for found in words.finditer(paragraph.text):
                yield from _contradicted(dossier, paragraph, found, ruled_out)


def _contradicted(
    dossier: Dossier, paragraph: Prose, found: re.Match[str], ruled_out: tuple[str, ...]
) -> Iterator[Hit]:
    start, _ = full_stops_around(paragraph.text, found.start())
    before = paragraph.text[start : found.start()]
    of_the_rest = phrase("boasts", "of_the_rest").search(before)
    if phrase("boasts", "of_another_year").search(without_brackets(before)[-20:]):
        return
    if of_the_rest and ruled_out == ("pending",):
        return
    if of_the_rest:  # 纠正1件，其余均维持
        told = {token.says for token in tokens_in(before) if token.kind == "case"}
        ruled_out = tuple(case for case in ruled_out if case not in told)
    if phrase("boasts", "so_many").search(before):
        return  # 审结的6件中，5件没有被纠正
    kinds = _kinds(before + found.group())
    if phrase("boasts", "decided").search(before) and ruled_out != ("pending",):
        ruled_out = tuple(case for case in ruled_out if case != "pending")  # 已审结4件，均为维持
    against = {
        f"{_NAMES[kind]}{_CASE_LABELS[case]}": value
        for kind in kinds
        for case in ruled_out
        if (value := dossier.book.value(f"{kind}.{case}"))
    }
    if not against:
        return
    counts = "、".join(f"{name}{number(value)}件" for name, value in against.items())
    cells = (metric for metric in dossier.metrics_of("review") if metric.id.startswith(kinds))
    marks = [Mark(cell.id) for cell in cells if cell.column.id in ruled_out and dossier.report.value(cell.id)]
    yield Hit(
        paragraph.where,
        f"文中称“{found.group()}”，表四有{counts}",
        "表四没有这些结果",
        number(sum(against.values(), Decimal(0))),
        paragraph.text[start : found.end()],
        anchor=found.group(),
        marks=(mark_in(paragraph, *found.span()), *marks),
    )


def _kinds(text: str) -> tuple[str, ...]:
    """Which cases a sentence speaks of; 败诉 is of lawsuits alone."""
    if phrase("boasts", "by_court").search(text[:-2]):
        return ("litigation",)
    if phrase("boasts", "by_reviewer").search(text[:-2]):
        return ("review",)
    clause = re.split("[，,；;。：:]", text)[-1]
    if one := next((token.says for token in tokens_in(clause) if token.says.startswith("litigation.")), ""):
        return (one,)  # 复议后起诉没有纠正
    item = clause if re.search("[均都]", clause) else clause.rpartition("、")[2]
    here = {token.says for token in tokens_in(item) if token.kind == "object"}
    if here and here <= {"review", "litigation"}:
        return tuple(sorted(here))  # 复议纠正18件，诉讼纠正0件
    named = {token.says for token in tokens_in(text) if token.kind == "object"} - {"requests", "other"}
    if named and all(kind.startswith("litigation") for kind in named):
        return tuple(named) if len(named) == 1 else ("litigation",)  # 复议后起诉的案件4件，全部审结
    review, litigation = "复议" in text, bool(phrase("boasts", "lawsuits").search(text))
    if not review and not litigation:
        return ()
    if text.endswith("败诉") or phrase("boasts", "lost").search(text):
        return ("litigation",)
    return tuple(kind for kind, there in (("review", review), ("litigation", litigation)) if there)
