"""What a model hands in for one part, and what it may not do: words around slots, never a number of its own.

Every fault of an answer is collected before one error is raised, so that the model hears all of them at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, create_model, model_validator

from assistant.drafting.slots import SLOT
from assistant.drafting.wording_foreign import foreign_words
from assistant.drafting.wording_meaning import (
    copied,
    misread_figures,
    misused_slots,
    moved_in_time,
    overstated,
    renamed,
)
from assistant.drafting.wording_task import MARK, Task, pairs
from assistant.library.orders import without_orders
from assistant.text import clean, enumerator

__all__ = ["Draft", "Task", "draft_of"]

_TIMES, _MORE = 2, 40  # an item may be so many times as long as its point, and so many characters longer
_COVERED = 0.3  # of a point's pairs of characters that must come back in its item
_SHORT_CLAUSE = 3  # pairs of a clause of a point that says something of its own, and must leave one in the item
_MEMBER = 1 / 3  # of the pairs of a member of a list, more than which must come back: 同步起草 is no 同步发布
_GROUNDED = 0.25  # of an item's pairs of characters that must come from what the office gave
_LONG_CLAUSE = 9  # pairs of a clause that is more than a turn of phrase, …
_CLAUSE_GROUNDED = 0.1  # … and must have as many from the office
_AFTER_UNIT = r"(?=$|[，。；、：（）,;的])"
_CLAUSES = re.compile(r"[。；，：]")


class Draft(BaseModel):
    """一个部分的正文：一条要点写一项，数字一律用填充项。"""

    model_config = ConfigDict(extra="forbid")

    sentences: list[str]

    @model_validator(mode="after")
    def _sound(self, info: ValidationInfo) -> Draft:
        task: Task = (info.context or {})["task"]
        self.sentences = [_tidy(sentence, task) for sentence in self.sentences if sentence.strip()]
        faults = list(dict.fromkeys(_faults(self.sentences, task)))
        if faults:
            raise ValueError("；".join(faults))
        return self


@cache
def draft_of(points: int) -> type[Draft]:
    """``Draft`` for so many points: an endpoint that holds its model to the schema cannot drop one or add to them."""
    exactly = Field(json_schema_extra={"minItems": points, "maxItems": points})  # our own words tell a wrong number
    return create_model("Draft", __base__=Draft, __doc__=Draft.__doc__, sentences=(list[str], exactly))


def _tidy(sentence: str, task: Task) -> str:
    """Without a number of its own (numbering is ours), a unit that the slot before it brings along, and ‘ ’ for “ ”, which a model
    spares itself inside JSON."""
    text = clean(sentence).strip()
    if "“" not in text:
        text = text.replace("‘", "“").replace("’", "”")
    text = text.removeprefix(enumerator(text)).strip()
    for name, figure in task.slots.items():
        if figure.unit:
            slot = re.escape(f"{{{{{name}}}}}")
            text = re.sub(rf"({slot})\s*{re.escape(figure.unit)}{_AFTER_UNIT}", r"\1", text)
    return text


def _faults(sentences: list[str], task: Task) -> Iterator[str]:
    text = "".join(sentences)
    bare = [SLOT.sub(MARK, sentence) for sentence in sentences]
    yield from _slot_faults(text, task)
    yield from foreign_words("".join(bare), task)
    if len(sentences) != len(task.points):
        yield f"给了{len(task.points)}条要点，应写{len(task.points)}项，一条一项，现在有{len(sentences)}项"
    else:
        yield from _ill_matched(sentences, task)
        yield from moved_in_time(sentences, task)
        yield from overstated(sentences, task)
        yield from renamed(sentences, task)
    yield from _invented(bare, task)
    yield from misused_slots(text, task)
    yield from misread_figures(sentences, task)
    yield from copied(sentences, task)


def _slot_faults(text: str, task: Task) -> Iterator[str]:
    used = SLOT.findall(text)
    if unknown := [name for name in used if name not in task.slots]:
        yield f"没有填充项 {_listed(unknown)}，只能用给出的"
    if repeated := [name for name in dict.fromkeys(used) if used.count(name) > 1]:
        yield f"填充项 {_listed(repeated)} 用了不止一次"


def _listed(names: list[str]) -> str:
    return "、".join(f"{{{{{name}}}}}" for name in dict.fromkeys(names))


def _ill_matched(sentences: list[str], task: Task) -> Iterator[str]:
    """Items that leave out a number, a clause or all of their point, or say far more."""
    for n, (point, sentence) in enumerate(zip(task.points, sentences, strict=True), start=1):
        kept = SLOT.findall(sentence)
        if missing := [name for name in SLOT.findall(point) if name not in kept]:
            yield f"第{n}项要写上第{n}条要点的 {_listed(missing)}"
        words, told = SLOT.sub("", point), SLOT.sub("", sentence)
        if len(told) > _TIMES * len(words) + _MORE:
            yield f"第{n}项有{len(told)}字，第{n}条要点只有{len(words)}字，不要多写"
        if left_out := _left_out(without_orders(words), pairs(told)):
            yield f"第{n}条要点没有写到（{left_out[:16]}…）"


def _left_out(point: str, told: frozenset[str]) -> str:
    """The point, or the clause or the member of a list in it, that an item with these pairs of characters does not tell."""
    wanted = pairs(point)
    if len(wanted & told) < len(wanted) * _COVERED:
        return point
    for clause in _CLAUSES.split(point):
        members = clause.split("、")
        least, share = (1, _MEMBER) if len(members) > 1 else (_SHORT_CLAUSE, 0)
        for member in members:
            own = pairs(member)
            if len(own) >= least and len(own & told) <= len(own) * share:
                return member
    return ""


def _invented(bare: list[str], task: Task) -> Iterator[str]:
    """Items that have next to nothing, or long clauses that have nothing from the office: empty talk, or orders found
    in the data and obeyed."""
    given = pairs(task.words)
    for sentence in bare:
        told = pairs(sentence)
        if told and len(told & given) < len(told) * _GROUNDED:
            yield f"“{sentence[:20]}…”在要点里没有，不要写"
            continue
        for clause in _CLAUSES.split(sentence):
            if len(inside := pairs(clause)) >= _LONG_CLAUSE and len(inside & given) < len(inside) * _CLAUSE_GROUNDED:
                yield f"“{clause[:20]}”在要点里没有，不要写"
