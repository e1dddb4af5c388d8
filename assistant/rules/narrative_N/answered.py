"""N112: promises that everything was answered, against what table 3 carries over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.figures.dossier import Dossier
from assistant.language.numerals import number
from assistant.language.polarity import all_done, hedged
from assistant.lexicon import phrase
from assistant.lexicon.match import tokens_in
from assistant.patterns import regex
from assistant.rules.base import Hit, matches_in, rule

_NEAR = 40  # characters
_CLAUSE_ENDS = regex("[，,；;。：:]")
_WHOLE = tuple(f"requests.{row}.total" for row in ("received", "workload", "concluded"))
_ANSWERED = ("requests.concluded.", "requests.carried_in.")


@rule("N112", "“全部办结”“100%答复”与结转下年相符", severity="warning", basis="文表一致", needs=("requests",))
def all_answered_means_none_left(dossier: Dossier) -> Iterator[Hit]:
    """文中说收到的申请全部办结、答复率100%，表三却有结转下年的，两处说法不一。

    依据：文表一致。
    违例：结转下年2件，文中“及时回复率100%”。
    正例：结转下年0件，文中“全部按期答复”。
    """
    if not dossier.report.value("requests.carried_out.total"):
        return
    for where, mark, found in matches_in(dossier.report, all_done):
        if phrase("boasts", "some_left").search(found.string[max(0, found.start() - _NEAR) : found.start()]):
            continue  # 除6件结转外，其余全部办结
        rate_from = phrase("boasts", "rate_from").search(found.group())
        if rate_from or phrase("boasts", "of_a_past_year").search(found.string[: found.start()]):
            continue  # 上年收到35件且全部办结; 办结率由100%降至88.89%
        if phrase("boasts", "names_them").match(found.string, found.end()):
            continue  # 全部办结件中，延期9件
        if phrase("boasts", "or_put_off").match(found.string, found.end()):
            continue  # 均在期限内答复或依法延期
        if phrase("boasts", "in_time").search(found.string[: found.start()]) and "率" in found.group():
            continue  # 按时答复率100% is of those that were due
        if hedged(found.string, found.start()):
            continue  # 基本做到随收随办
        left = _left_of(dossier, _kinds_told_of(found))
        if not left:
            continue
        if _speaks_of_requests(found.string, found.start()) and not _about_answered_ones(dossier, found):
            message = f"文中称“{found.group()}”，表三结转下年度{number(left)}件"
            yield Hit(where, message, "结转下年0件", number(left), found.group(), marks=(mark,))


def _speaks_of_requests(text: str, at: int) -> bool:
    """The sentence, or the one before it, is about applications: 网民留言全部办结 is not."""
    sentence = text[max(text.rfind("。", 0, max(0, text.rfind("。", 0, at))), 0) : at]
    objects = [token.says for token in tokens_in(sentence) if token.kind == "object"]
    return "申请" in sentence and objects[-1:] != ["other"]


def _left_of(dossier: Dossier, kinds: tuple[str, ...]) -> Decimal | None:
    """How many were carried over of some kinds of applicants; ``None`` where a cell is blank."""
    cells = [dossier.report.value(f"requests.carried_out.{kind}") for kind in kinds]
    return None if any(cell is None for cell in cells) else sum((cell for cell in cells if cell), Decimal(0))


def _kinds_told_of(found: re.Match[str]) -> tuple[str, ...]:
    """商业企业申请3件均已办结, 该类申请办结率100%: whose applications they are; all of them where nobody is named."""
    clause = _clause_before(found) + found.group()
    named = [token for token in tokens_in(clause) if token.kind == "column"]
    if not named and phrase("boasts", "of_that_kind").search(clause):
        sentence = found.string[found.string.rfind("。", 0, found.start()) + 1 : found.start()]
        named = [token for token in tokens_in(sentence) if token.kind == "column"][-1:]
    return tuple(dict.fromkeys(token.says for token in named)) or ("total",)


def _clause_before(found: re.Match[str]) -> str:
    return _CLAUSE_ENDS.split(found.string[max(0, found.start() - _NEAR) : found.start()])[-1]


def _about_answered_ones(dossier: Dossier, found: re.Match[str]) -> bool:
    """答复805件，均在法定期限内答复 speaks of those that were answered, not of all that came in; 商业企业申请11件，全部办结,
    上年结转的4件已全部答复 of those alone."""
    text = found.string
    start = text.rfind("。", 0, found.start()) + 1
    before = [
        claim.readings[0]
        for claim in dossier.claims
        if claim.readings
        and claim.readings[0][0].startswith("requests.")
        and claim.spot.paragraph.text == text
        and start <= claim.mention.start < found.start()
    ]
    if "率" in found.group() or not before or phrase("boasts", "all_of_them").search(_clause_before(found)):
        return False
    if _kinds_told_of(found) != ("total",):
        return before[-1][0].startswith(_ANSWERED)
    return before[-1] == ("requests.concluded.total",) or before[-1][0] not in _WHOLE
