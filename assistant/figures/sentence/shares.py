"""Percentages, multiples and points of a sentence: of which figure they are, and of what whole."""

from __future__ import annotations

import re

from assistant.figures.claims import Claim
from assistant.figures.comparisons import direction_of, is_base, is_yoy, without_comparison, year_of
from assistant.figures.interpret import CASES, interpret
from assistant.figures.mentions import Mention
from assistant.figures.sentence.lists import of_its_column, wholes_of
from assistant.figures.sentence.walk import RECEIVED, WORKLOAD, Walk
from assistant.figures.shares import name_of_share
from assistant.language.sentences import clause_of
from assistant.lexicon import Entry, phrase, ranked
from assistant.lexicon.match import Reading, Words, tokens_in
from assistant.patterns import regex

__all__ = ["points", "rate"]

_MARKS = regex(r"[，,；;。]")
_TOTALS = ((RECEIVED,), (WORKLOAD,))
_PAIR = 2


def rate(walk: Walk, head: str, mention: Mention, index: int, pieces: dict[int, tuple[str, int, int]]) -> Claim:
    clause, before = clause_of(head), walk.text[walk.start : mention.start]
    walk.note_subject(head[: len(head) - len(clause)])
    last, why = walk.last_compared, clause.strip()
    if index in pieces:
        _, place, listed = pieces[index]
        at = max(before.rfind(word) for word in ("分别", "依次", "各"))
        clause = why = before[at:]
        shares = bool(phrase("shares", "tells_shares").search(clause_of(before[: max(at, 0)]) + clause))
        last = _told_in_order(walk, place - listed, shares=shares)
        if last and last.year != walk.year:
            # 上年办结8件，自然人7件、企业1件，分别占87.5%和12.5%: shares of last year's whole
            of = wholes_of(last.readings)
            return Claim(mention, walk.spot, "share", last.readings, last.kind, last.year, why=why, of=of)
    if moved := (
        _share_of_one_year(walk, clause, mention)
        or _share_of_two_years(walk, clause, mention)
        or _share_of_last_year(walk, clause, mention)
    ):
        return moved
    if beside := _share_of_the_last(walk, clause, mention) or _share_of_what_follows(walk, clause, mention):
        return beside
    # 占办结总数 names the whole, not what the rate is of.
    if pair := phrase("comparisons", "one_of_two").search(clause):
        figures = [c for c in walk.said if c.relation == "value" and c.year == walk.year][-2:]
        last = figures[0 if pair[1] == "前" else -1] if len(figures) == 2 else None
    own = interpret(without_comparison(clause.partition("占")[0]), "", walk.carried)
    own = of_its_column(own, before)
    together = phrase("shares", "several").fullmatch(clause.partition("占")[0])
    if together and last and last is walk.last and (both := walk.last_together("两三四".index(together[1]) + _PAIR)):
        own = both  # 予以公开40件，部分公开13件，两项占60.92%
    if not own.readings and index not in pieces and is_yoy(clause, before, bool(last)):
        own = _that_moved(walk, mention)
    if not own.readings and index not in pieces and walk.follows_what_is_unread("", mention):
        last = None  # 两项合计10件，是上年的5倍: of the 10, whatever it is
    readings = own.readings or (last.readings if last else ())
    kind = own.kind or (last.kind if last else "")
    if readings and phrase("shares", "so_many_times").search(clause):
        return Claim(mention, walk.spot, "multiple", readings, kind, walk.year, "", 1, why)
    if readings and is_yoy(clause, before, bool(last)):
        scope = last.scope if last and not own.readings else ""
        return Claim(mention, walk.spot, "yoy", readings, kind, walk.year, scope, direction_of(clause), why)
    if rate := next((rate for words, rate in ranked("rates") if re.search(words, clause)), None):
        return _named_rate(walk, rate, mention, clause)
    if not own.readings and name_of_share(clause):
        return Claim(mention, walk.spot, "none")  # 网上2187件、信函1042件，网上占62.0%: of a number that has no reading
    if readings and (named := phrase("shares", "makes_up").search(clause)):
        told = next((claim for claim in walk.last_first() if claim.relation == "value"), None)
        readings = (*readings, *(walk.wholes_of_a_list(told) if told and not own.readings else ()))
        of = _whole_named(walk, named["whole"], last) or (() if named["whole"] else _among(walk, mention))
        of = of or (() if named["whole"] else _whole_of_its_group(walk, readings))
        return Claim(mention, walk.spot, "share", readings, kind, walk.year, why=why, of=of)
    return Claim(mention, walk.spot, "none")


def _that_moved(walk: Walk, mention: Mention) -> Words:
    """上年结转6件，申请数量明显增长，比去年上升14.2%: what the clause right before says that it moved."""
    since = walk.said[-1].mention.end if walk.said else walk.start
    *_, before, _ = ["", *_MARKS.split(walk.text[since : mention.start])]
    moved = phrase("comparisons", "moved").search(before)
    return interpret(before[: moved.start()], "", walk.carried) if moved else Words()


def _told_in_order(walk: Walk, place: int, *, shares: bool) -> Claim | None:
    """The figure that a rate in a row of them is of: this year's, but shares may be of last year's that were told last."""
    told = [claim for claim in walk.last_first() if claim.relation == "value" and claim.readings]
    year = told[0].year if told and shares else walk.year
    figures = [claim for claim in told if claim.year == year]
    return figures[-place - 1] if len(figures) >= -place else None


def _share_of_the_last(walk: Walk, clause: str, mention: Mention) -> Claim | None:
    """不予处理4件，信访类占其中3件，即75%: of what was told before the part."""
    told = [claim for claim in walk.said if claim.relation == "value" and claim.readings]
    if not told or told[-1] is not walk.said[-1] or not phrase("shares", "that_is").fullmatch(clause):
        return None
    part, whole = told[-1], phrase("shares", "counted_of").search(walk.text, walk.start, told[-1].mention.start)
    if not whole or (whole["its"] and len(told) < _PAIR):
        return None
    of = told[-2].readings if whole["its"] else wholes_of(part.readings)
    return Claim(mention, walk.spot, "share", part.readings, part.kind, part.year, why=part.why, of=of)


def _share_of_what_follows(walk: Walk, clause: str, mention: Mention) -> Claim | None:
    """上年占7.4%的公益组织（2件）: what the share is of stands behind it, with its number in a bracket."""
    named = phrase("shares", "part_behind").match(walk.text, mention.end, walk.end)
    if not named or not clause.endswith("占"):
        return None
    words = interpret(named[1], "", walk.carried)
    year = year_of(walk.text[walk.start : mention.start], walk.year)
    if not words.readings or words.kind == "rest":
        return Claim(mention, walk.spot, "none")
    return Claim(
        mention, walk.spot, "share", words.readings, words.kind, year, why=named[1], of=wholes_of(words.readings)
    )


def _whole_named(walk: Walk, whole: str, part: Claim | None) -> tuple[Reading, ...]:
    """占无法提供总数的77.6%: the whole is an outcome or a kind of case by its name; totals are tried anyway."""
    named = interpret(phrase("shares", "of_what").sub("", whole), "", Words(object=walk.carried.object))
    if not named.readings and part and part.readings[0][0].startswith(CASES):
        return interpret(
            phrase("shares", "of_what").sub("", whole), "", Words(object="requests")
        ).readings  # 复议7件，占答复总数的30.43%
    if named.kind not in ("row", "leaf", "group", "total", "case", "column", "decisions", "sum") or not named.readings:
        return ()
    if named.kind != "column" and named.rows[:1] and named.rows[0] in ("received", "workload", "concluded"):
        return ()
    return () if part and part.readings == named.readings else named.readings


def points(walk: Walk, clause: str, mention: Mention) -> Claim:
    """自然人占85.4%，比上年下降1.0个百分点: of the share that was told last."""
    told = next((claim for claim in reversed(walk.said) if claim.relation == "share" and claim.readings), None)
    direction = direction_of(clause)
    if not told or told.year != walk.year or not direction or not _is_yoy(walk, clause, mention):
        return Claim(mention, walk.spot, "none")
    of = told.of or wholes_of(told.readings)
    return Claim(mention, walk.spot, "points", told.readings, told.kind, walk.year, "", direction, clause.strip(), of)


def _is_yoy(walk: Walk, clause: str, mention: Mention) -> bool:
    return is_yoy(clause, walk.text[walk.start : mention.start], True)


def _among(walk: Walk, mention: Mention) -> tuple[Reading, ...]:
    """无法提供类申请中，本机关不掌握的占77.6%: what the sentence begins with is the whole of its shares."""
    start = max(walk.start, walk.text.rfind("；", walk.start, mention.start) + 1)
    found = phrase("shares", "among_which").match(walk.text, start, mention.start)
    found = found or phrase("shares", "among_which").match(walk.text, walk.start, mention.start)
    if not found:
        return ()
    named = interpret(found[1], "", Words(object=walk.carried.object))
    # 新收的申请中，自然人占87.5%: of what is named, and of no other total.
    if named.readings in _TOTALS:
        return named.readings
    whole = _whole_named(walk, found[1], None)
    if named.kind != "column" or any(token.kind == "verb" for token in tokens_in(found[1])):
        return whole
    # 自然人申请中，…: of theirs, new ones or concluded ones.
    done = (tuple(re.sub(r"\.\w+\.(\w+)$", r".concluded.\1", metric) for metric in each) for each in whole)
    return tuple(dict.fromkeys((*whole, *done)))


def _whole_of_its_group(walk: Walk, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """不掌握3件，占无法提供的75%；另行制作1件，占25%: the next reason may be told of the outcome that was named, too."""
    shares = (one.of for one in reversed(walk.said) if one.relation == "share" and len(one.of) == 1)
    told: tuple[Reading, ...] = next(shares, ())
    group = told[0][0].rpartition(".")[0] if told and len(told[0]) == 1 else ""
    of_it = bool(group) and readings[0][0].startswith(f"{group}.") and readings[0][0] != told[0][0]
    return (*told, *wholes_of(readings)) if of_it else ()


def _share_of_one_year(walk: Walk, clause: str, mention: Mention) -> Claim | None:
    """今年和去年加起来119件，今年占49.58%: one year's part of what both come to."""
    both = walk.said[-1] if walk.said else None
    told = phrase("shares", "one_of_two_years").fullmatch(clause)
    if not told or not both or both.kind != "sum" or not any(m.endswith(".last_year") for m in both.readings[0]):
        return None
    past = bool(told["past"])
    parts = tuple(tuple(m for m in reading if m.endswith(".last_year") == past) for reading in both.readings)
    return Claim(mention, walk.spot, "share", parts, "sum", walk.year, why=clause.strip(), of=both.readings)


def _share_of_two_years(walk: Walk, clause: str, mention: Mention) -> Claim | None:
    """占办结的比重由上年45.83%提高到47.44%; 办结率96.30%，上年为97.30%: a share of last year, and the one that it became."""
    last_year = walk.year - 1 if walk.year else None
    before = walk.said[-1] if walk.said else None
    told = before if before and before.relation == "share" and before.readings and before.mention.percent else None
    if told and (
        phrase("shares", "became").fullmatch(clause)
        if told.year == last_year
        else phrase("shares", "was").fullmatch(clause)
    ):
        year = walk.year if told.year == last_year else last_year
        return told._replace(mention=mention, year=year, of=told.of or wholes_of(told.readings), why=clause.strip())
    came_from = phrase("shares", "came_from").search(clause)
    if not came_from:
        return None
    subject = clause[: came_from.start()]
    if rate := next((rate for words, rate in ranked("rates") if re.search(words, subject)), None):
        return _named_rate(walk, rate, mention, subject)._replace(year=last_year)
    part, _, whole = subject.partition("占")
    own = interpret(phrase("shares", "share_named").sub("", part), "", walk.carried)
    last = (
        walk.last
        if phrase("shares", "share_alone").fullmatch(part) and not walk.follows_what_is_unread("", mention)
        else None
    )
    if not own.readings and last:
        own = Words(last.readings, (), "", last.kind)  # 由19件增加到21件，但占比由11.88%下降到11.41%
    of = (
        interpret(phrase("shares", "share_named").sub("", whole), "", Words(object="requests")).readings
        if whole
        else ()
    )
    pair = next((one for one in reversed(walk.said) if one.of and one.year == last_year), None)
    if not own.readings or not (whole or phrase("shares", "share_named").search(part) or pair):
        return None
    of = of or (pair.of if pair else wholes_of(own.readings))
    return Claim(mention, walk.spot, "share", own.readings, own.kind, last_year, why=clause.strip(), of=of)


def _share_of_last_year(walk: Walk, clause: str, mention: Mention) -> Claim | None:
    """自然人158件，占85.4%，上年140件，占86.4%: of the number of last year right before it."""
    told = walk.said[-1] if walk.said else None
    named = phrase("shares", "makes_up").fullmatch(clause.strip("，, "))
    if not told or not named or told.relation != "value" or not walk.year or told.year != walk.year - 1:
        return None
    if is_base(walk.text[walk.start : told.mention.start]):
        return None  # 6件，较上年3件翻番，占办结的18.2%: of this year's
    shared = next((one.of for one in reversed(walk.said) if one.relation == "share" and one.of), ())
    of = _whole_named(walk, named["whole"], told) or (() if named["whole"] else shared) or wholes_of(told.readings)
    readings = (*told.readings, *walk.wholes_of_a_list(told))
    return Claim(mention, walk.spot, "share", readings, told.kind, told.year, why=clause.strip(), of=of)


def _named_rate(walk: Walk, rate: Entry, mention: Mention, clause: str) -> Claim:
    named = {token.says for token in tokens_in(clause) if token.kind == "object"}
    of_cases = next(iter(named & set(CASES)), walk.carried.object)
    topic = of_cases if rate.of == "case" else rate.of
    told = walk.carried.object == topic or topic in named or (topic == "requests" and "申请" in walk.spot.sentence)
    if not topic or not told or named - {topic} or phrase("shares", "rate_of_the_new").search(clause):
        return Claim(mention, walk.spot, "none")
    parts, of = (
        tuple(tuple(re.sub("^case", topic, metric) for metric in reading) for reading in readings)
        for readings in (rate.parts, rate.wholes)
    )
    if topic == "requests":
        parts, of = _of_its_applicants(walk, parts, clause, mention), _of_its_applicants(walk, of, clause, mention)
    year = year_of(walk.text[walk.start : mention.start], walk.year)
    if walk.tells_of_last_year(mention):
        year = walk.year - 1 if walk.year else None
    if WORKLOAD in of and any(one.readings[:1] == (WORKLOAD,) for one in walk.said):
        of = (WORKLOAD,)  # 应办3646件，办结3521件，办结率96.6%
    return Claim(mention, walk.spot, "share", parts, "rate", year, why=clause.strip(), of=of)


def _of_its_applicants(walk: Walk, readings: tuple[Reading, ...], clause: str, mention: Mention) -> tuple[Reading, ...]:
    """自然人申请办结率85.71% is of theirs alone; 自然人申请办结6件，办结率85.71% may be."""
    before = walk.text[walk.start : mention.start]
    named = [token.says for token in tokens_in(before) if token.kind == "column"]
    own = [token.says for token in tokens_in(clause) if token.kind == "column"] or (
        named[-1:] if phrase("shares", "of_that_kind").search(clause) else []
    )
    kinds = dict.fromkeys(own or named)
    theirs = tuple(
        tuple(re.sub(r"\.total$", f".{kind}", metric) for metric in reading for kind in kinds) for reading in readings
    )
    return theirs if own else (*theirs, *readings) if len(kinds) == 1 else readings
