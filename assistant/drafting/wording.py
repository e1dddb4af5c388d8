"""What a model hands in for one part, and what it may not do: words around slots, never a number of its own.

Every fault of an answer is collected before one error is raised, so that the model hears all of them at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from assistant.drafting.slots import SLOT
from assistant.drafting.wording_foreign import foreign_words
from assistant.drafting.wording_meaning import copied, misread_figures, misused_slots
from assistant.drafting.wording_task import MARK, Task, pairs
from assistant.text import clean, enumerator

__all__ = ["Draft", "Task"]

_SHORTEST, _LONGEST = 15, 900  # characters of a part
_COVERED = 0.3  # of a point's pairs of characters that must come back in the answer
_GROUNDED = 0.25  # of a sentence's pairs of characters that must come from what the office gave
_LONG_CLAUSE = 9  # pairs of a clause that is more than a turn of phrase, and must have one from the office
_AFTER_UNIT = r"(?=$|[，。；、：（）,;的])"
_CLAUSES = re.compile(r"[。；，：]")


class Draft(BaseModel):
    """一个部分的正文：每项是一个完整的句子，数字一律用填充项。"""

    model_config = ConfigDict(extra="forbid")

    sentences: list[str] = Field(min_length=1, max_length=20)

    @model_validator(mode="after")
    def _sound(self, info: ValidationInfo) -> Draft:
        task: Task = (info.context or {})["task"]
        self.sentences = [_tidy(sentence, task) for sentence in self.sentences if sentence.strip()]
        faults = list(dict.fromkeys(_faults(self.sentences, task)))
        if faults:
            raise ValueError("；".join(faults))
        return self


def _tidy(sentence: str, task: Task) -> str:
    """Without a number of its own (numbering is ours) and without a unit that the slot before it brings along."""
    text = clean(sentence).strip()
    text = text.removeprefix(enumerator(text)).strip()
    for name, figure in task.slots.items():
        if figure.unit:
            slot = re.escape(f"{{{{{name}}}}}")
            text = re.sub(rf"({slot})\s*{re.escape(figure.unit)}{_AFTER_UNIT}", r"\1", text)
    return text


def _faults(sentences: list[str], task: Task) -> Iterator[str]:
    text = "".join(sentences)
    bare = SLOT.sub(MARK, text)
    yield from _slot_faults(text, task)
    yield from foreign_words(bare, task)
    if not _SHORTEST <= len(bare) <= _LONGEST:
        yield f"全文有{len(bare)}字，应在{_SHORTEST}到{_LONGEST}字之间"
    if task.one_each and len(sentences) != len(task.points):
        yield f"给了{len(task.points)}条要点，应写{len(task.points)}项，一条一项，现在有{len(sentences)}项"
    yield from _dropped(bare, task)
    yield from _invented(sentences, task)
    yield from misused_slots(text, task)
    yield from misread_figures(sentences, task)
    yield from copied(sentences, task)


def _slot_faults(text: str, task: Task) -> Iterator[str]:
    used = SLOT.findall(text)
    if unknown := [name for name in used if name not in task.slots]:
        yield f"没有填充项 {_listed(unknown)}，只能用给出的"
    if missing := [name for name in task.required if name not in used]:
        yield f"还没有写到 {'、'.join(f'{{{{{name}}}}}（{task.slots[name].label}）' for name in missing)}"
    if repeated := [name for name in dict.fromkeys(used) if used.count(name) > 1]:
        yield f"填充项 {_listed(repeated)} 用了不止一次"


def _listed(names: list[str]) -> str:
    return "、".join(f"{{{{{name}}}}}" for name in dict.fromkeys(names))


def _dropped(bare: str, task: Task) -> Iterator[str]:
    """Points that the answer does not tell, by the pairs of characters it shares with each."""
    told = pairs(bare)
    for n, point in enumerate(task.points, start=1):
        wanted = pairs(SLOT.sub("", point))
        if wanted and len(wanted & told) < len(wanted) * _COVERED:
            yield f"第{n}条要点没有写到（{SLOT.sub('', point)[:16]}…）"


def _invented(sentences: list[str], task: Task) -> Iterator[str]:
    """Sentences that have next to nothing, or long clauses that have nothing from the office: empty talk, or orders found
    in the data and obeyed."""
    given = pairs(task.words)
    for sentence in sentences:
        told = pairs(SLOT.sub(MARK, sentence))
        if told and len(told & given) < len(told) * _GROUNDED:
            yield f"“{sentence[:20]}…”在要点里没有，不要写"
            continue
        for clause in _CLAUSES.split(SLOT.sub(MARK, sentence)):
            if len(inside := pairs(clause)) >= _LONG_CLAUSE and not inside & given:
                yield f"“{clause[:20]}”在要点里没有，不要写"
