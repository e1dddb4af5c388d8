"""What is behind several findings: one wrong cell that breaks a row, a column and a sentence is one mistake with one
mend.

A mend is proved, not supposed: the report is checked again with the cell as it should be, and what is found no more was
the same mistake. Where no single cell (or two cells that changed places) explains, findings on the same cell or the
same number are told together, without a mend. Every finding has a cause, most of them one of their own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from assistant.figures.book import place_of
from assistant.figures.claims import Claim
from assistant.figures.diagnosis import without_story
from assistant.figures.dossier import Dossier
from assistant.form import APPLICANTS, CASES
from assistant.language.numerals import number, write
from assistant.lexicon.match import Reading
from assistant.patterns import regex
from assistant.report import Mark, Paragraph, Report
from assistant.rules.base import Finding, fingerprint_of

__all__ = ["ASKED_AGAIN", "Cause", "reconciled"]

# The checks that a wrong cell may set off. Those in ``_ALWAYS`` are cheap and tell of a mend that breaks something
# else; the others are asked again where they have found something.
ASKED_AGAIN = (
    "T2",
    "T301",
    "T302",
    "T303",
    "T304",
    "T305",
    "T306",
    "T307",
    "T309",
    "T310",
    "T4",
    "N1",
    "A1",
    *(f"Y10{n}" for n in range(1, 6)),
)
_ALWAYS = ("T301", "T302", "T303", "T306", "T401", "T402", "T403", "N10", "N110", "N113", "N115", "Y101", "Y102")
# How often a report is checked again at most: a table that was read wrongly breaks every sum, and has no cause to be
# found.
_MOST_TRIES = 16
_MOST_ALTERNATIVES = 3
_MOST_PAIRS = 400

Check = Callable[[Dossier, Iterable[str]], Sequence[Finding]]


class Cause(NamedTuple):
    """One mistake: what it is, the one change that mends it (empty where none is known), and the fingerprints of what
    was found of it. The id is made of these, so that it stays while they do."""

    id: str
    message: str
    mend: str
    findings: tuple[str, ...]


class _Mend(NamedTuple):
    """What cells should hold; one cell, or two that changed places."""

    figures: tuple[tuple[str, Decimal], ...]

    @property
    def swaps(self) -> bool:
        return len(self.figures) > 1


class _Explained(NamedTuple):
    """Findings that are gone with any of these mends."""

    mends: tuple[_Mend, ...]
    gone: frozenset[str]


def reconciled(
    findings: Sequence[Finding], dossier: Dossier, check: Check
) -> tuple[tuple[Cause, ...], tuple[Finding, ...]]:
    """The causes of ``findings``, in the order of their first, and the findings, each with its cause. ``check`` finds
    what the checks of these codes find in a dossier, fingerprints as in ``findings``."""
    concerned = [finding for finding in findings if _is_of_figures(finding)]
    groups: list[tuple[tuple[str, ...], str, str]] = []
    told: dict[str, dict[str, object]] = {}
    if len(concerned) > 1:
        search = _Search(dossier, check)
        explained, left = _by_cells(concerned, search)
        by_print = {finding.fingerprint: finding for finding in concerned}
        for found in explained:
            members = [finding for finding in concerned if finding.fingerprint in found.gone]
            groups.append((_prints(members), *_words_of_cells(found, members, dossier.report)))
            if len(found.mends) == 1:
                told |= dict(_changed(members, found.mends[0]))
        claims = _claims_by_place(dossier)
        joined = _joined([by_print[each] for each in left], claims, dossier)
        groups += [(_prints(members), *_words_of_group(members, claims, search)) for members in joined]
    return _told(findings, groups, told)


def _told(
    findings: Sequence[Finding],
    groups: Iterable[tuple[tuple[str, ...], str, str]],
    told: Mapping[str, dict[str, object]],
) -> tuple[tuple[Cause, ...], tuple[Finding, ...]]:
    causes: dict[str, Cause] = {}
    for prints, message, mend in groups:
        cause = Cause(fingerprint_of(*sorted(prints)), message, mend, prints)
        causes |= dict.fromkeys(prints, cause)
    for finding in findings:
        own = (finding.fingerprint,)
        causes.setdefault(finding.fingerprint, Cause(fingerprint_of(*own), finding.message, "", own))
    ordered = dict.fromkeys(causes[finding.fingerprint] for finding in findings)
    return tuple(ordered), tuple(
        finding.model_copy(update={"cause": causes[finding.fingerprint].id, **told.get(finding.fingerprint, {})})
        for finding in findings
    )


def _is_of_figures(finding: Finding) -> bool:
    return finding.code.startswith(ASKED_AGAIN)


def _prints(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(finding.fingerprint for finding in findings)


# Cells: every broken sum says what each of its cells would have to be; where several say the same, it is tried.


class _Search:
    """Checks again, as often as is allowed in one report."""

    def __init__(self, dossier: Dossier, check: Check) -> None:
        self.dossier = dossier
        self.tries = _MOST_TRIES
        self._check = check

    def after(self, dossier: Dossier, left: Iterable[Finding]) -> Sequence[Finding]:
        self.tries -= 1
        return self._check(dossier, (*_ALWAYS, *sorted({finding.code for finding in left})))


def _by_cells(findings: Sequence[Finding], search: _Search) -> tuple[list[_Explained], list[str]]:
    """What cells explain, one after the other, each looked for with those before it mended; and what is left."""
    explained: list[_Explained] = []
    dossier, left = search.dossier, list(findings)
    while search.tries > 0 and len(left) > 1:
        best = _best(left, dossier, search)
        if best is None:
            break
        explained.append(best)
        dossier = dossier.with_figures(dict(best.mends[0].figures))
        left = [finding for finding in left if finding.fingerprint not in best.gone]
    return explained, [finding.fingerprint for finding in left]


def _best(left: Sequence[Finding], dossier: Dossier, search: _Search) -> _Explained | None:
    """The mend after which the fewest findings are left and none is new. Of several that leave as few, those that leave
    the same are alternatives; where they do not, the findings do not tell which is meant."""
    votes = _votes(left, dossier)
    voting = {each for voters in votes.values() for each in voters}
    silent = sum(finding.fingerprint not in voting for finding in left)
    proved: list[tuple[_Mend, frozenset[str], int]] = []
    most = 2
    for mend, voters in _candidates(votes, left, dossier, alone=bool(silent)):
        if len(voters) + silent < most or search.tries <= 0:
            break
        gone, fewer = _gone(mend, left, dossier, search)
        if fewer >= most and (mend.swaps or _speaks_of_table(gone, left)):
            most = fewer
            proved.append((mend, gone, fewer))
    best = [(mend, gone) for mend, gone, fewer in proved if fewer == most]
    if not best:
        return None
    first, gone = best[0]
    if any(gone & other and gone != other for _, other in best):
        return None
    # What stands side by side changes places more easily than what does not: the latter are no alternatives to it.
    like = (first.swaps, _in_line(first))
    same = tuple(mend for mend, other in best if other == gone and (mend.swaps, _in_line(mend)) == like)
    return _Explained(same, gone)


def _gone(mend: _Mend, left: Sequence[Finding], dossier: Dossier, search: _Search) -> tuple[frozenset[str], int]:
    """What is found no more with a mend, and how many fewer that makes. A mend that makes new errors is none; a warning
    may have been hidden by the wrong figure."""
    known = {_place_of(finding) for finding in left}
    after = search.after(dossier.with_figures(dict(mend.figures)), left)
    new = Counter(finding.severity for finding in after if _place_of(finding) not in known)
    if new["error"]:
        return frozenset(), 0
    still = {_place_of(finding) for finding in after}
    gone = [finding for finding in left if _place_of(finding) not in still]
    return frozenset(_prints(gone)), sum(finding.severity != "info" for finding in gone) - new["warning"]


def _place_of(finding: Finding) -> tuple[str, ...]:
    """What stays of a finding whose figures change with a cell: its check, and where it stands."""
    if _is_list(finding):
        return finding.code, finding.where
    return (finding.code, *(f"{mark.metric}|{id(mark.paragraph)}|{mark.start}" for mark in finding.marks))


def _is_list(finding: Finding) -> bool:
    """Whether a finding lists cells, as those on blank cells do; each of them is a matter of its own."""
    return len(finding.marks) > 1 and all(mark.metric for mark in finding.marks)


def _speaks_of_table(gone: frozenset[str], left: Iterable[Finding]) -> bool:
    """Two sentences against a cell that agrees with its table do not prove the cell wrong."""
    return any(finding.fingerprint in gone and finding.code[0] in "TY" for finding in left)


Votes = Mapping[tuple[str, Decimal], set[str]]


def _votes(left: Sequence[Finding], dossier: Dossier) -> Votes:
    """Cell and figure → the findings that would be gone if it held that."""
    claims = _claims_by_place(dossier)
    votes: defaultdict[tuple[str, Decimal], set[str]] = defaultdict(set)
    for finding in left:
        for metric, gap in _gaps(finding, claims, dossier):
            cell = dossier.report.cells.get(metric)
            if cell is None:
                continue
            value = (cell.value or Decimal(0)) + gap
            if value >= 0 and value == value.to_integral_value() and value != cell.value:
                votes[metric, value].add(finding.fingerprint)
    return votes


def _candidates(
    votes: Votes, left: Sequence[Finding], dossier: Dossier, *, alone: bool
) -> list[tuple[_Mend, frozenset[str]]]:
    """What is worth trying: what most findings ask for first, one cell before two. ``alone`` adds what one finding asks
    of the cell it stands on: checks that ask for nothing may be gone with it."""
    order = {metric: place for place, metric in enumerate(dossier.report.cells)}
    own = {mark.metric for finding in left for mark in finding.marks}
    found = [
        (_Mend((wanted,)), frozenset(voters))
        for wanted, voters in votes.items()
        if len(voters) > 1 or (alone and wanted[0] in own)
    ]
    found += _swaps(votes, dossier.report, order)
    return sorted(
        found,
        key=lambda each: (
            -len(each[1]), each[0].swaps, not _in_line(each[0]),
            [(order[metric], value) for metric, value in each[0].figures]
        ),
    )  # fmt: skip


def _swaps(votes: Votes, report: Report, order: Mapping[str, int]) -> Iterator[tuple[_Mend, frozenset[str]]]:
    """Two cells of a table each of which should hold what the other does."""
    pairs = 0
    for (metric, value), voters in votes.items():
        for other, back in votes:
            if (
                order[metric] < order[other]
                and report.value(other) == value
                and report.value(metric) == back
                and _table(metric) == _table(other)
            ):
                both = frozenset(voters | votes[other, back])
                if len(both) > 1:
                    pairs += 1
                    yield _Mend(((metric, value), (other, back))), both
                if pairs > _MOST_PAIRS:
                    return


def _table(metric: str) -> str:
    return metric.partition(".")[0].replace("litigation", "review")


def _in_line(mend: _Mend) -> bool:
    """Whether all cells of a mend stand in one row or one column: what is filled in next to each other changes
    places."""
    rows, columns = zip(*(metric.rpartition(".")[::2] for metric, _ in mend.figures), strict=True)
    return len(set(rows)) == 1 or len(set(columns)) == 1


def _gaps(finding: Finding, claims: Mapping[tuple[int, int], Claim], dossier: Dossier) -> Iterator[tuple[str, Decimal]]:
    """By how much each cell would have to change, alone, for a finding to be gone."""
    if finding.code.startswith("N"):
        yield from _gaps_to_prose(finding, claims, dossier)
        return
    metric = finding.marks[0].metric if len(finding.marks) == 1 else ""
    terms = _TERMS.get(finding.code)
    if not metric or terms is None or not _NUMBER.fullmatch(finding.expected):
        return
    gap = Decimal(finding.expected) - (dossier.report.value(metric) or Decimal(0))
    yield metric, gap
    for other, sign in terms(metric, dossier):
        yield other, gap * sign


_NUMBER = regex(r"-?\d+(?:\.\d+)?")


def _gaps_to_prose(
    finding: Finding, claims: Mapping[tuple[int, int], Claim], dossier: Dossier
) -> Iterator[tuple[str, Decimal]]:
    claim = _claim_at(finding.marks, claims)
    if claim is None or claim.mention.bound or claim.mention.step > 1 or claim.year != dossier.report.year:
        return
    for reading in claim.readings:
        cells = [cell for metric in reading for cell in dossier.book.parts(metric)]
        gap = claim.mention.value - sum((dossier.report.value(cell) or Decimal(0) for cell in cells), Decimal(0))
        yield from ((cell, gap) for cell in cells)


Terms = Iterator[tuple[str, int]]


def _of_balance(metric: str, _: Dossier) -> Terms:
    """收＋上年结转－总计＝结转下年: how the others move against the cell that is marked."""
    column = metric.rpartition(".")[2]
    yield from ((f"requests.{row}.{column}", sign) for row,
    sign in (("received", -1), ("carried_in", -1), ("concluded", 1)))  # fmt: skip


def _of_column(metric: str, dossier: Dossier) -> Terms:
    column, read = metric.rpartition(".")[2], dossier.report.table("requests")
    outcomes = (
        (row for row in read.rows if row not in ("received", "carried_in", "concluded", "carried_out")) if read else ()
    )
    yield from ((f"requests.{row}.{column}", -1) for row in outcomes)


def _of_row(metric: str, _: Dossier) -> Terms:
    row = metric.rpartition(".")[0]
    columns = CASES if row in ("review", "litigation.direct", "litigation.after_review") else APPLICANTS
    yield from ((f"{row}.{column.id}", -1) for column in columns if column.id != "total")


def _of_documents(metric: str, _: Dossier) -> Terms:
    row = metric.rpartition(".")[0]
    yield from ((f"{row}.issued", -1), (f"{row}.repealed", 1))


def _alone(_: str, __: Dossier) -> Terms:
    return iter(())


_TERMS: dict[str, Callable[[str, Dossier], Terms]] = {
    "T301": _of_balance, "T302": _of_column, "T303": _of_row, "T401": _of_row, "T402": _of_row, "T403": _of_row,
    "Y101": _alone, "Y102": _of_documents,
}  # fmt: skip


# What is left: the same cell, or the same number of a sentence.


def _claims_by_place(dossier: Dossier) -> dict[tuple[int, int], Claim]:
    return {(id(claim.spot.paragraph), claim.mention.start): claim for claim in (*dossier.claims, *dossier.denials)}


def _claim_at(marks: Sequence[Mark], claims: Mapping[tuple[int, int], Claim]) -> Claim | None:
    return claims.get((id(marks[0].paragraph), marks[0].start)) if len(marks) == 1 else None


def _joined(
    findings: Sequence[Finding], claims: Mapping[tuple[int, int], Claim], dossier: Dossier
) -> list[list[Finding]]:
    """The findings that share a cell or a number, in groups of several."""
    starts: defaultdict[int, list[int]] = defaultdict(list)
    for paragraph, start in claims:
        starts[paragraph].append(start)
    group_of: dict[object, _Group] = {}
    for finding in findings:
        mine = _Group([finding], [])
        for key in _subjects(finding, claims, starts, dossier):
            other = group_of.setdefault(key, mine)
            if other is mine:
                mine.subjects.append(key)
                continue
            # The smaller goes into the larger, so that many findings of one thing take no square of their number.
            small, mine = sorted((mine, other), key=lambda group: len(group.subjects))
            mine.findings.extend(small.findings)
            mine.subjects.extend(small.subjects)
            group_of.update(dict.fromkeys(small.subjects, mine))
    order = {id(finding): place for place, finding in enumerate(findings)}
    groups = {id(group): group for group in group_of.values() if len(group.findings) > 1}
    return [sorted(group.findings, key=lambda each: order[id(each)]) for group in groups.values()]


class _Group(NamedTuple):
    """Findings that belong together, and what they speak of."""

    findings: list[Finding]
    subjects: list[object]


def _subjects(
    finding: Finding, claims: Mapping[tuple[int, int], Claim], starts: Mapping[int, Sequence[int]], dossier: Dossier
) -> Iterator[object]:
    """What a finding speaks of: cells by metric, numbers of the prose by their place."""
    for mark in () if _is_list(finding) else finding.marks:
        if mark.metric:
            yield mark.metric
        paragraph = id(mark.paragraph)
        yield from ((paragraph, start) for start in starts.get(paragraph, ()) if mark.start <= start < mark.end)
    claim = _claim_at(finding.marks, claims) if finding.code.startswith("N") else None
    if claim and claim.year == dossier.report.year and not claim.scope:
        yield from _cell_of(claim)


# The words.


def _words_of_cells(found: _Explained, members: Sequence[Finding], report: Report) -> tuple[str, str]:
    """Message and mend of what cells explain."""
    all_gone = f"{_counted(len(members))}处都消"
    mends = found.mends[:_MOST_ALTERNATIVES]
    first = mends[0]
    if len(found.mends) > 1:
        words = "；或".join(_mend_of(mend, report) for mend in mends)
        return f"{_counted(len(members))}处是同一个问题，有{_counted(len(found.mends))}种可能，请核对原始数据", (
            f"{words}，{all_gone}" if len(found.mends) <= _MOST_ALTERNATIVES else ""
        )
    if first.swaps:
        (one, _), (other, _) = first.figures
        both = "与".join(f"{place_of(metric)}（{number(report.value(metric))}）" for metric in (one, other))
        if _speaks_of_table(found.gone, members):
            return f"{both}填颠倒了", f"{_mend_of(first, report)}，{all_gone}"
        return f"{both}与文中的两数正好颠倒", f"核对后对调文中两数，或{_mend_of(first, report)}，{all_gone}"
    ((metric, value),) = first.figures
    letters = {finding.code[0] for finding in members}
    sides = "、".join(
        name for letter, name in (("T", "表中各数"), ("N", "文中的数"), ("Y", "上年的数")) if letter in letters
    )
    return (
        f"{place_of(metric)}填的是 {number(report.value(metric))}，按{sides}应为 {number(value)}",
        f"{_mend_of(first, report)}，{all_gone}",
    )


def _mend_of(mend: _Mend, report: Report) -> str:
    if mend.swaps:
        return f"把{' 与 '.join(_cell(metric, report) for metric, _ in mend.figures)} 对调"
    ((metric, value),) = mend.figures
    return f"把{_cell(metric, report)} 改为 {number(value)}"


def _cell(metric: str, report: Report) -> str:
    return f"{place_of(metric)} {number(report.value(metric))}"


def _counted(count: int) -> str:
    return "两" if count == 2 else write(count)


def _changed(members: Iterable[Finding], mend: _Mend) -> Iterator[tuple[str, dict[str, object]]]:
    """What findings say and mark where the mend of a table is known: the prose is not at fault, and the cell that is
    gets a mark of its own."""
    cells = tuple(Mark(metric) for metric, _ in mend.figures)
    for finding in members:
        if finding.code[0] in "TY" and any(mark.metric for mark in finding.marks):
            marks = (*finding.marks, *(mark for mark in cells if mark not in finding.marks))
            yield finding.fingerprint, {"marks": marks}
        elif finding.code.startswith("N") and not mend.swaps:
            words = f"{without_story(finding.message)}。文中没有错，要改的是{place_of(mend.figures[0][0])}"
            yield finding.fingerprint, {"message": words}


def _cell_of(claim: Claim) -> Reading:
    """The one cell that a number most likely is of; nothing where that is a sum, or where nothing reads it."""
    likeliest = claim.readings[0] if claim.readings else ()
    return likeliest if len(likeliest) == 1 else ()


def _words_of_group(
    members: Sequence[Finding], claims: Mapping[tuple[int, int], Claim], search: _Search
) -> tuple[str, str]:
    """Message and mend of findings that share a cell or a number."""
    count = _counted(len(members))
    told = [
        claim for finding in members if finding.code.startswith("N") and (claim := _claim_at(finding.marks, claims))
    ]
    cells = Counter(mark.metric for finding in members for mark in finding.marks if mark.metric)
    if cells:
        cells.update(cell for claim in told for cell in _cell_of(claim))
        return f"{count}处涉及{place_of(cells.most_common(1)[0][0])}，请一并核对", ""
    numbers = {(id(claim.spot.paragraph), claim.mention.start): claim for claim in told}
    wanted = {finding.expected for finding in members if finding.code.startswith("N")}
    mend = _proved_in_prose(members, tuple(numbers.values()), wanted, search)
    if len(numbers) == 1:
        return f"“{told[0].mention.text}”有{count}处对不上", mend
    if len(told) == len(members) and len(wanted) == 1:
        return f"文中{count}处与表中同一格不符", mend
    return f"{members[0].where}的数有{count}处互相牵连，请一并核对", mend


def _proved_in_prose(members: Sequence[Finding], numbers: Sequence[Claim], wanted: set[str], search: _Search) -> str:
    """The mend of numbers of the prose, where with it all that was found of them is found no more."""
    value = next(iter(wanted)) if len(wanted) == 1 else ""
    instead = {claim.mention.text: _written_as(claim, value) for claim in numbers}
    if len(instead) != 1 or not all(instead.values()) or search.tries <= 0:
        return ""
    ((old, new),) = instead.items()
    before = Counter(finding.code for finding in search.after(search.dossier, members))
    after = Counter(finding.code for finding in search.after(_rewritten(search.dossier, numbers, new), members))
    if after != before - Counter(finding.code for finding in members):
        return ""
    both = f"{_counted(len(numbers))}处" if len(numbers) > 1 else ""
    return f"把文中{both}“{old}”{'都' if both else ''}改为“{new}”，{_counted(len(members))}处都消"


def _written_as(claim: Claim, value: str) -> str:
    """The words of a number with another value; nothing where it is not written in plain digits."""
    written = number(claim.mention.value)
    plain = _NUMBER.fullmatch(value) and claim.mention.text.startswith(written)
    return value + claim.mention.text.removeprefix(written) if plain else ""


def _rewritten(dossier: Dossier, numbers: Iterable[Claim], instead: str) -> Dossier:
    """The dossier with other words for these numbers."""
    report, texts = dossier.report, dict[int, str]()
    for claim in sorted(numbers, key=lambda each: -each.mention.start):  # from the end, so that places stay
        old = texts.get(id(claim.spot.paragraph), claim.spot.paragraph.text)
        texts[id(claim.spot.paragraph)] = old[: claim.mention.start] + instead + old[claim.mention.end :]

    def new(paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
        return tuple(
            each.model_copy(update={"text": texts[id(each)]}) if id(each) in texts else each for each in paragraphs
        )

    sections = (section.model_copy(update={"paragraphs": new(section.paragraphs)}) for section in report.sections)
    swap = {"preamble": new(report.preamble), "sections": tuple(sections)}
    return replace(dossier, report=report.model_copy(update=swap))
