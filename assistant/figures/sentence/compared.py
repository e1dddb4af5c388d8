"""Numbers of a sentence that are told by another year's: what they went from and to, and by how much."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.figures.claims import Claim, Relation
from assistant.figures.comparisons import Comparison, compared, direction_of, scope_of
from assistant.figures.interpret import are_joined, interpret, stage_words
from assistant.figures.mentions import Mention, years_in
from assistant.figures.sentence.walk import CASE_UNITS, UNCHECKABLE_SCOPES, Walk
from assistant.language.sentences import clause_of, without_brackets
from assistant.lexicon import phrase
from assistant.lexicon.match import Words, tokens_in

__all__ = ["in_comparison", "moved_apart"]

_NUMERALS = "〇一二三四五六"


def moved_apart(
    walk: Walk, mentions: Sequence[Mention], index: int, piece: tuple[str, int, int]
) -> tuple[Claim, Words] | None:
    """公开74件、部分公开18件，较上年分别增加8件、3件: the first change is of the first number."""
    words, place, listed = piece
    first = mentions[index - place]
    before = walk.text[walk.start : first.start]
    lead = clause_of(before)
    comparison = compared(lead, without_brackets(before), bool(walk.last))
    figures = [claim for claim in walk.said if claim.relation == "value" and claim.year == walk.year]
    if len(figures) > listed and figures[-1].kind == "sum":
        figures.pop()  # 许可79件、处罚24件，合计103件，分别比上年增2件、减5件
    if not words and phrase("sentences", "last_year_apart").fullmatch(lead) and walk.year and len(figures) >= listed:
        # 不掌握38件、另行制作7件，上年依次为33件、6件
        now = figures[len(figures) - listed + place]
        return now._replace(mention=mentions[index], year=walk.year - 1, why=lead.strip()), Words()
    if not comparison or comparison.kind != "change":
        return None
    if not figures and phrase("sentences", "these_figures").match(lead):
        figures = walk.told_before()
    if place and (own := direction_of(walk.text[mentions[index - 1].end : mentions[index].start])):
        comparison = comparison._replace(direction=own)  # 分别减少2件、增加2件
    of = figures[place - listed] if len(figures) >= listed else None
    return in_comparison(walk, comparison._replace(subject=words), mentions[index], lead, of)


def in_comparison(
    walk: Walk, comparison: Comparison, mention: Mention, clause: str, of: Claim | None = None
) -> tuple[Claim, Words]:
    """``of`` is what the comparison is of where its words do not say. What they say is carried on."""
    named = comparison.subject.strip("，, ")
    if phrase("sentences", "a_rate").search(named):
        return Claim(mention, walk.spot, "none"), Words()  # 纠错率由0升至33.3%
    subject = interpret(comparison.subject, "", walk.carried) if named else Words()
    if named and not subject.readings:  # 结转下年度的件数由121件增到125件
        subject = interpret(phrase("sentences", "its_number").sub("", comparison.subject), "", walk.carried)
    if not subject.readings and (pair := phrase("comparisons", "one_of_two").fullmatch(named)):
        subject = _one_of_two(walk, pair[1], mention.start - len(clause))
        if not subject.readings:
            return Claim(mention, walk.spot, "none"), Words()
    if not subject.readings and (added := phrase("sentences", "together").fullmatch(named)):
        together = walk.all_listed(_NUMERALS.index(added[1] or "二"))  # 予以公开50件、部分公开9件，合计较上年增加55件
        if not together:
            return Claim(mention, walk.spot, "none"), Words()
        subject = together
    if not subject.readings and phrase("sentences", "that_one").fullmatch(named):
        subject = _named_before(walk, mention.start - len(clause))  # 未收到商业企业的申请，该项较上年减少3件
    claim = _claim_compared(walk, comparison, subject, mention, clause, of)
    if comparison.kind == "base":
        walk.base = claim
    # 办结较上年增加2件，其中自然人增加1件: the kinds of applicants are of the same row.
    rows = subject.rows if subject.kind == "row" else ()
    return claim, Words((), rows, subject.object, "row" if rows else "")


def _claim_compared(
    walk: Walk, comparison: Comparison, subject: Words, mention: Mention, clause: str, of: Claim | None
) -> Claim:
    last = of or walk.last or next((c for c in reversed(walk.said) if c.relation == "value"), None)
    if walk.said and (comparison.kind == "to" or (comparison.kind == "change" and _is_of_the_last(walk, clause))):
        last = walk.said[-1]
    unread = comparison.kind in ("base", "change") and walk.follows_what_is_unread(comparison.subject, mention)
    if not of and (unread or _named_unread(comparison.subject)):
        last = None
    if not subject.readings and comparison.kind == "from" and not _named_unread(comparison.subject):
        subject = _named_before(walk, mention.start)
    if comparison.kind == "change" and walk.has_base and walk.base and walk.base.year != (walk.year or 0) - 1:
        return Claim(mention, walk.spot, "none")  # 与2022年的181件相比增加53件: last year's tables have nothing of it
    if comparison.kind == "change" and phrase("sentences", "year_before_last").search(
        without_brackets(walk.text[walk.start : mention.start])
    ):
        return Claim(mention, walk.spot, "none")  # 比前年（17件）还是多2件
    per = 1
    if not last and not subject.readings and comparison.kind in ("change", "base") and not walk.said:
        last = _of_the_sentence_before(walk, comparison.subject)
    if not subject.readings and last and last.kind == "stage" and phrase("sentences", "net").search(clause):
        # 制发6件、废止4件，净增2件: of those in force
        subject = stage_words(("in_force",), ".".join(last.readings[0][0].split(".")[1:-1]))
    if not subject.readings and last:
        wholes = walk.wholes_of_a_list(last) if comparison.kind in ("change", "base") else ()
        subject, per = Words((*last.readings, *wholes), (), "", last.kind), last.per
    if mention.unit not in CASE_UNITS | {"元"}:
        return Claim(mention, walk.spot, "none")
    year = walk.year - 1 if walk.year and comparison.kind in ("from", "base") else walk.year
    if subject.rows[:1] == ("carried_in",) and phrase("sentences", "from_the_carried").search(clause):
        year = walk.year  # 由上年结转的6件变为结转下年度的7件: a row of this year's table
    if comparison.kind in ("from", "base") and (named := years_in(clause)):
        year = named[-1][1]
    if comparison.kind == "base" and not subject.readings:
        return Claim(mention, walk.spot, "none", kind="base", year=walk.year - 1 if walk.year else None)
    if comparison.kind == "change":
        relation: Relation = "change"
    else:
        relation = "value" if subject.readings else "none"
    scope = (last.scope if last else "") or scope_of(walk.text[walk.start : mention.start])
    if scope in UNCHECKABLE_SCOPES:
        return Claim(mention, walk.spot, "none", scope=scope)
    if comparison.kind == "to" and phrase("sentences", "aimed_at").search(
        re.split("[，,；;。]", walk.text[walk.start : mention.start])[-1]
    ):
        return Claim(mention, walk.spot, "none")  # 从2件力争降为0件
    return Claim(
        mention,
        walk.spot,
        relation,
        subject.readings,
        subject.kind,
        year,
        scope,
        comparison.direction,
        clause.strip(),
        per=per,
    )


def _one_of_two(walk: Walk, which: str, place: int) -> Words:
    """处罚29件、强制3件，后者较上年增1件: of the last two figures, else, in 处罚和强制双双下降，前者由29件降至24件, of the first two
    that were named before any number."""
    at = "前后".index(which)
    figures = [claim for claim in walk.said if claim.relation == "value" and claim.year == walk.year]
    if not walk.pair and len(figures) > 1:
        return Words(figures[at - 2].readings, (), "", figures[at - 2].kind)
    walk.pair = walk.pair or walk.text[walk.start : place]
    named = [token for token in tokens_in(walk.pair) if token.kind not in ("verb", "rest")][:2]
    if len(named) < 2 or not are_joined(walk.pair, *named):
        return Words()
    return interpret(walk.pair[named[at].start : named[at].end], "", walk.carried)


def _is_of_the_last(walk: Walk, clause: str) -> bool:
    """废止数较上年的3件减少2件; 上年复议3件，今年较上年多1件: last year's number is what has changed."""
    return walk.has_base or (walk.comes_from_last_year() and bool(phrase("years", "now").search(clause)))


def _named_unread(subject: str) -> bool:
    """Whether what went from one number to another has a name of its own that was not understood: 出版物类由2件减少到1件."""
    return not tokens_in(subject) and bool(phrase("sentences", "a_kind").search(subject))


def _of_the_sentence_before(walk: Walk, subject: str) -> Claim | None:
    """复议12件，维持7件、纠正2件。与上年相比总量增加3件: of the first number before, the whole; without 总量 of any of them."""
    told = walk.told_before()
    if not told or not phrase("sentences", "the_whole").fullmatch(subject) or any(one.scope for one in told[1:]):
        return None
    if subject.strip("，, "):
        return told[0]
    return told[-1]._replace(readings=tuple(dict.fromkeys(each for one in reversed(told) for each in one.readings)))


def _named_before(walk: Walk, place: int) -> Words:
    """申请量明显增加，由20件上升到26件: the subject stands in an earlier clause."""
    before = walk.text[walk.start : place]
    for clause in reversed(re.split("[，,；;。：:]", before)):
        named = [token for token in tokens_in(clause) if token.kind not in ("verb", "rest")]
        if named and (words := interpret(clause[: named[-1].end], "", walk.carried)).readings:
            return words
        if any(token.kind == "object" and token.says != "requests" for token in named):
            return interpret(clause[named[-1].start : named[-1].end], "", walk.carried)
        if any(token.kind == "object" for token in named):
            return Words()  # 组织类申请由22件增至27件: some of the applications
    return Words()
