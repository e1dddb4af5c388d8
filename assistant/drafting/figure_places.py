"""Whether the figures of a sentence stand where their notes have them: beside what they count, in their order, and so
that a reader of the report does not take them for others."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.drafting.slot_places import changed_places
from assistant.drafting.slots import SLOT
from assistant.drafting.task import Task
from assistant.figures.book import label_of
from assistant.figures.claim_reader import claims_in
from assistant.language.wordings import covers, spelled_out, told_of, words_of
from assistant.patterns import regex

__all__ = ["misplaced"]

_CLAUSE_END = regex(r"[。；，：、]")
_FROM_TO = regex(rf"[从由自]{SLOT.pattern}[^，。；]{{0,6}}?[到至为成]{SLOT.pattern}")
_CLAUSE = regex(r"[。；，：]")
_MONTH = regex(r"\d{1,2}月(?P<behind>[^，。；：、\d]*)")
_NUMBER = regex(r"\d+(?:\.\d+)?")


def misplaced(text: str, task: Task) -> Iterator[str]:
    """What is wrong with where the figures of a sentence stand."""
    yield from _misused_slots(text, task)
    yield from _reversed_slots(text, task)
    yield from _changed_numbers(text, task)
    yield from _changed_months(text, task)
    yield from _misread_figures(text, task)


def _misused_slots(text: str, task: Task) -> Iterator[str]:
    """Slots that stand where another belongs."""
    for name in changed_places(text, task.points):
        if name in task.slots:
            yield f"{{{{{name}}}}} 是“{task.slots[name].label}”，要写在说这件事的分句里"


def _reversed_slots(text: str, task: Task) -> Iterator[str]:
    """由〓增至〓 with the two figures changed round."""
    noted = {found.groups() for point in task.points for found in _FROM_TO.finditer(point)}
    for one, other in (found.groups() for found in _FROM_TO.finditer(text)):
        if (other, one) in noted:
            yield f"{{{{{one}}}}} 和 {{{{{other}}}}} 的先后与要点相反"


def _changed_numbers(text: str, task: Task) -> Iterator[str]:
    """Numbers of one clause that have changed places: 关1留2 told as 保留1个、关停2个."""
    said = _words_before(text, task)
    for clause in _CLAUSE.split("。".join(task.points)):
        noted = _words_before(clause, task)
        for number in noted.keys() & said.keys():
            if len(noted[number]) > 1:
                continue  # 网上51件: whatever comes before it may have moved
            others = [word for other, word in noted.items() if other != number and other in said]
            if not _is_told(said[number], noted[number]) and any(_is_told(said[number], word) for word in others):
                yield f"“{number}”在要点里说的不是“{said[number]}”"


def _changed_months(text: str, task: Task) -> Iterator[str]:
    """Months that have changed places: 5月施行，4月发布."""
    noted, said = _words_behind("。".join(task.points), task), _words_behind(text, task)
    for month in noted.keys() & said.keys():
        others = (word for other, word in noted.items() if other != month)
        if not _is_told(said[month], noted[month]) and any(_is_told(said[month], word) for word in others):
            yield f"“{month}”在要点里说的不是“{said[month]}”"


def _words_behind(text: str, task: Task) -> dict[str, str]:
    """The word right behind each month."""
    found = ((each[0], words_of(each["behind"]).telling) for each in _MONTH.finditer(spelled_out(task.filled(text))))
    return {month.partition("月")[0] + "月": words[0] for month, words in found if words}


def _words_before(text: str, task: Task) -> dict[str, str]:
    """The word right before each number that stands once."""
    filled = spelled_out(task.filled(text))
    numbers = _NUMBER.findall(filled)
    found = ((n, _NUMBER.split(_CLAUSE_END.split(filled.partition(n)[0])[-1])[-1]) for n in numbers)
    return {n: words[-1] for n, before in found if numbers.count(n) == 1 and (words := words_of(before).telling)}


def _is_told(word: str, noted: str) -> bool:
    return word == noted or noted in told_of(word)


def _misread_figures(text: str, task: Task) -> Iterator[str]:
    """Figures that a reader of the report would take for cells of the form, where the office did not say so.

    The filled answer and the office's own words are read by the reader that checks reports.
    """
    meant = _read("\n".join((*task.points, *(f"{f.label}{f.text}。" for f in task.slots.values()))), task)
    for number, readings in _read(text, task).items():
        if not readings & meant.get(number, frozenset()) and not _told_alike(number, text, task):
            read_as = "、".join(sorted(label_of(reading[0]) for reading in readings))
            yield f"“{number}”会被读成{read_as}，要照要点的意思写"


def _told_alike(number: str, text: str, task: Task) -> bool:
    """Whether the clause of a number says no more than the clause of an office's note that has it: 废了3件, 废止3件."""
    said, noted = (
        [clause for clause in _CLAUSE_END.split(spelled_out(task.filled(each))) if number in clause]
        for each in (text, "。".join(task.points))
    )
    return bool(said and noted) and all(
        covers(words_of(noted[0]), word, others=told_of) for word in words_of(said[0]).telling
    )


def _read(text: str, task: Task) -> dict[str, frozenset[tuple[str, ...]]]:
    """For every number of a text, the cells of the form that it is read as, each a sum of metric ids."""
    found: dict[str, frozenset[tuple[str, ...]]] = {}
    for claim in claims_in(task.filled(text), task.year):
        if claim.readings and claim.relation != "none":
            found[claim.mention.text] = found.get(claim.mention.text, frozenset()).union(claim.readings)
    return found
