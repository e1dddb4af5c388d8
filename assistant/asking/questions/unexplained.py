"""Words of a question that no part of it explains, and that may narrow what is counted."""

from __future__ import annotations

import re

from assistant.asking.questions.metrics import find_metrics
from assistant.asking.questions.operation import Frame
from assistant.asking.questions.periods import BLANK, blanked
from assistant.asking.questions.tokens import figure_words
from assistant.asking.questions.vocabulary import Operation, Over, operation_words
from assistant.asking.questions.wanted import Wanted
from assistant.lexicon import phrase, run_of, said
from assistant.patterns import regex

__all__ = ["clauses_aside", "clauses_of", "narrowing_words", "outside_words", "place_among"]

_BOTH = 2
_CLAUSE = regex(r"[^,，。;；:：?？!！]+")
# Word classes of rjieba that narrow nothing: particles, pronouns, numbers, measures, conjunctions, interjections …
_HARMLESS = ("u", "r", "m", "q", "c", "p", "y", "e", "o", "d", "f", "x", "w", "zg")
_QUOTED = regex(r"[“‘\"「『]([^”’\"」』　]{1,30})[”’\"」』]")
_MARKS = tuple('“‘"「『')
_ASKS = (
    "all_units",
    "which_bare",
    "applicants",
    "number_asked",
    "yes_or_no",
    "sum_asked",
    "equal_asked",
    "side_by_side",
    "times",
    "times_bound",
    "adds_up",
    "compared",
)
_ASKED = regex(lambda: "|".join((operation_words(), *(said("questions", id) for id in _ASKS))))


def narrowing_words(text: str, rest: str) -> tuple[str, ...]:
    """The words of ``rest`` (``text`` with all that was understood blanked out) that may narrow what is counted.

    Only clauses that name unit, year or figure count: what is said beside them narrows nothing.
    """
    scopes = phrase("questions", "scoped")
    told = _told_clauses(text, rest, _without_leads(text, rest))
    scoped = tuple(
        dict.fromkeys(
            found[0] for words in (phrase("questions", "place.unknown"), scopes) for found in words.finditer(told)
        )
    )
    told = blanked(phrase("questions", "beside_the_matter"), _without_errands(told))
    # 正文写17件，表里是多少，差几件: there the number of the prose counts, too.
    if not phrase("questions", "apart").search(text):
        told = blanked(phrase("questions", "prose_tells"), told)
    left = blanked(_ASKED, blanked(scopes, blanked(phrase("questions", "or_not"), told)))
    # What is put in quotation marks is meant, however small the word: “其他”.
    quoted = tuple(found[1] for found in _QUOTED.finditer(left) if not _small(found[1]))
    left = blanked(r"[^\w]", blanked(_QUOTED, left))
    pieces = [piece for piece in left.split(BLANK) if re.search(r"[^\W\d_]", piece)]
    pieces = [piece for piece in pieces if not _small(piece)]
    if not pieces:
        return tuple(dict.fromkeys((*scoped, *quoted)))
    import rjieba  # loads its dictionary: most questions never come here

    left_over = tuple(
        word
        for piece in pieces
        for word, tag in rjieba.tag(piece)
        if (len(word) > 1 or tag == "v") and (tag == "eng" or not tag.startswith(_HARMLESS)) and not _small(word)
    )
    # A verb of one character tells a reader nothing where longer words stand beside it.
    longer = tuple(word for word in left_over if len(word) > 1) or left_over
    return tuple(dict.fromkeys((*scoped, *quoted, *longer)))


def _without_leads(text: str, rest: str) -> str:
    """``rest`` without words that only lead to a figure (被认定是信访, 不服去复议), or to another clause (可23年是)."""
    starts = {hit.start for hit in figure_words(text)}
    for found in phrase("questions", "led_to_a_case").finditer(text):
        rest = rest[: found.start()] + BLANK * len(found[0]) + rest[found.end() :]
    for found in phrase("questions", "leads_to").finditer(rest):
        quoted = text[found.end() : found.end() + 1] in _MARKS  # blanked out with what is quoted
        if found.end() + quoted in starts:
            rest = rest[: found.start()] + BLANK * len(found[0]) + rest[found.end() :]
    for clause in _CLAUSE.finditer(text):
        turn = phrase("questions", "turns_against").match(rest, clause.start(), clause.end())
        if turn and turn.end() not in starts:  # 可23年是3607件; 可公开的 is not what was made public
            rest = rest[: turn.start()] + BLANK * len(turn[0]) + rest[turn.end() :]
    return rest


def _without_errands(told: str) -> str:
    """``told`` without the verb of what the asker wants done (先帮我取宿迁…): whatever stands there as no verb may be a
    place."""

    def blank(found: re.Match[str]) -> str:
        import rjieba

        verb = found["verb"] or found["verb2"]
        return BLANK * len(found[0]) if all(tag.startswith("v") for _, tag in rjieba.tag(verb)) else found[0]

    return phrase("questions", "done_for_me").sub(blank, told)


def outside_words(frame: Frame, wanted: Wanted, operation: Operation, over: Over) -> tuple[str, ...]:
    """What the figures of the units and years asked about cannot tell: parts of a unit (宿迁市各县区), what it is
    itself a part of (清源区…全省), a multiple of two figures that are more than two, a mean of years over one year."""
    words = []
    if (
        phrase("questions", "times").search(frame.period.rest)
        and operation not in ("change", "apart")
        and len(wanted.metrics) != _BOTH
    ):
        words.append("几倍")
    if operation == "average" and over == "years" and len(frame.period.years) == 1:
        words.append("平均")
    money = phrase("passages", "sum_of_money").search(frame.period.rest)
    if money and wanted.metrics and not any(".amount" in one for one, *_ in wanted.metrics):
        words.append(money[0])  # 处罚罚了多少万元: the form counts decisions
    if len(frame.named.units) == 1 and operation != "rank":
        rest = frame.named.rest
        if len(wanted.metrics) == _BOTH:
            rest = blanked(phrase("questions", "which_of_two"), rest)  # 信访投诉和重复申请谁多
        if parts := phrase("questions", "all_units").search(rest) or phrase("passages", "kind_of_part").search(rest):
            words.append(parts[0])
        own_place = phrase("questions", "government_end").sub("", frame.named.units[0])
        if (whole := phrase("questions", "whole_place").search(frame.named.rest)) and whole[1] not in own_place[-1:]:
            words.append(whole[0])
    return tuple(words)


def place_among(words: tuple[str, ...], rest: str) -> str:
    """The first of the words that is a place: by itself, or because it opens the question right before the year, where
    units stand (赤壁2024年); empty when none is."""
    if not words:
        return ""
    import rjieba

    opening = phrase("questions", "opening_place").match(rest)
    return next(
        (word for word in words if (opening and opening[1] == word) or [tag for _, tag in rjieba.tag(word)] == ["ns"]),
        "",
    )


def clauses_of(text: str) -> list[str]:
    """The clauses of a question."""
    return [found[0].strip() for found in _CLAUSE.finditer(text) if found[0].strip()]


def clauses_aside(text: str, narrowing: tuple[str, ...]) -> tuple[str, ...]:
    """The clauses that ask for something by themselves and are not asked of the tables: those with the words that
    narrow (按时答复了吗), and those that name no figure but something else (办了几场培训); none when all are."""
    clauses = clauses_of(text)
    asking = [one for one in clauses if phrase("questions", "clause_asks").search(one)]
    aside = [
        one
        for one in asking
        if any(word in one for word in narrowing) or phrase("questions", "explanation").search(one) or _names_else(one)
    ]
    own = [one for one in asking if one not in aside]
    if not own or (
        aside and asking[0] in aside and not any(phrase("questions", "own_object").search(one) for one in own)
    ):
        return ()  # 向申请人收费了吗，收了多少: the second goes on about the first
    return tuple(aside)


def _names_else(clause: str) -> bool:
    if any(hit.entry.kind in ("stage", "case") for hit in figure_words(clause)):
        return False  # 规范性文件废止了多少件，现行有效多少件: of what the clause before it named
    return not find_metrics(clause).metrics and bool(narrowing_words(f"0{clause}", f"{BLANK}{clause}"))


def _told_clauses(text: str, rest: str, left: str) -> str:
    """What is ``left`` of the clauses that name unit, year or figure, and of those that ask how many of these there
    were (2024年的申请里，涉及征收的有多少件)."""
    clauses = [found.span() for found in _CLAUSE.finditer(text)]
    told, among = [], False
    for start, end in clauses:
        aside = phrase("questions", "introduces").match(text[start:end])  # 我在区司法局管应诉
        names = rest[start:end] != text[start:end] and not aside
        if names or (among and phrase("questions", "how_many_of_these").search(text[start:end])):
            told.append(left[start:end])
        among = names and bool(phrase("questions", "among").search(text[start:end]))
    return "，".join(told)


def _small(words: str) -> bool:
    return bool(run_of("questions", "filler", "of_asking").fullmatch(words))
