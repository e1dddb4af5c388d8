"""Whether the figures of a sentence stand where their notes have them: beside what they count, in their order, and so
that a reader of the report does not take them for others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from assistant.drafting.slots import SLOT
from assistant.drafting.task import Task
from assistant.figures.book import label_of
from assistant.figures.claim_reader import claims_in
from assistant.language.wordings import Words, covers, spelled_out, told_of, words_of
from assistant.lexicon import phrase
from assistant.patterns import regex

__all__ = ["changed_places", "misplaced"]

_CLAUSE_END = regex(r"[。；，：、]")
_FROM_TO = regex(rf"[从由自]{SLOT.pattern}[^，。；]{{0,6}}?[到至为成]{SLOT.pattern}")
_CLAUSE = regex(r"[。；，：]")
_NUMBER = regex(r"\d+(?:\.\d+)?")
_STATEMENT = regex(r"[^。；！？\n]+")
_PART = regex(r"[，：、]")
_BEFORE_LIST = regex(r"^.*[，：]")


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


def changed_places(sentence: str, notes: Sequence[str]) -> Iterator[str]:
    """The names of slots that stand where another belongs: nothing around one tells of its matter, but of another's;
    two would each be better off in the other's place; or what is told around one has changed places with what is
    not."""
    around = _contexts([sentence])
    meant = _contexts(notes)
    kept = {(name, other): _shared(words, meant[other]) for name, words in around.items() for other in meant}
    for name in around.keys() & meant.keys():
        others = [other for other in around if other in meant and other != name]
        alone = not kept[name, name] and any(kept[name, other] for other in others)
        changed = any(kept[name, name] + kept[other, other] < kept[name, other] + kept[other, name] for other in others)
        crossed = _crossed(around[name], _rest([sentence], around[name]), meant[name], _rest(notes, meant[name]))
        if (alone and meant[name].weighty) or changed or crossed:
            yield name


def _crossed(around: Words, elsewhere: Words, meant: Words, apart: Words) -> bool:
    """17个单位公开了决算，其余公开预算, told the other way."""
    if "，" not in f"{meant.text}{apart.text}":
        return False  # of one clause, which may be told in any order
    gained = [word for word in around.weighty if not covers(meant, word) and covers(apart, word)]
    lost = [word for word in meant.weighty if not covers(around, word) and covers(elsewhere, word)]
    return bool(gained and lost)


def _rest(texts: Sequence[str], part: Words) -> Words:
    """The words of texts without those of one part."""
    whole = spelled_out("，".join(texts))
    for piece in filter(None, part.text.split("　")):
        whole = whole.replace(piece, "　", 1)
    return words_of(SLOT.sub("　", whole))


def _contexts(texts: Sequence[str]) -> dict[str, Words]:
    """The words around each slot of texts."""
    found = {}
    for text in texts:
        for statement in _STATEMENT.findall(spelled_out(text)):
            found.update({name: words_of(SLOT.sub("　", part)) for name, part in _parts(statement)})
    return found


def _parts(statement: str) -> Iterator[tuple[str, str]]:
    """(slot, the words that it belongs to): from the slot or the comma before it to the next; where nothing is told
    there, what is told before; of 甲、乙分别〓、〓 each its own."""
    head, *behind = phrase("drafts", "respectively").split(statement, maxsplit=1)
    listed = phrase("naming", "between_names").split(_BEFORE_LIST.sub("", head)) if behind else []
    slots = list(SLOT.finditer(behind[0])) if behind else []
    if slots and len(slots) == len(listed):
        yield from ((found[1], item) for found, item in zip(slots, listed, strict=True))
        statement = head
    at = 0
    places = list(SLOT.finditer(statement))
    for found, follower in zip_longest(places, places[1:]):
        before = statement[at : found.start()]
        near = _PART.split(before)[-1]
        after = _PART.split(statement[found.end() : follower.start() if follower else None], maxsplit=1)[0]
        yield found[1], f"{near if words_of(near + after).weighty else before}　{after}"
        at = found.end()


def _shared(words: Words, other: Words) -> int:
    return sum(covers(other, word) for word in words.weighty)


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
    found = (
        (each[0], words_of(each["behind"]).telling)
        for each in phrase("workbook", "month").finditer(spelled_out(task.filled(text)))
    )
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
