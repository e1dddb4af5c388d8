"""Wording by a model, sentence by sentence; where it does not get one right in two corrections, the office's own words
stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from assistant.check import check
from assistant.drafting.background import Background
from assistant.drafting.composer import compose
from assistant.drafting.content import Unproved
from assistant.drafting.manuscript import PartText, Reference, WordedSentence, bare
from assistant.drafting.office import Part
from assistant.drafting.proof import Sentence, Task, answer_schema, copies, proved
from assistant.drafting.register import written_out
from assistant.drafting.report_parts import last_year_paragraphs
from assistant.drafting.slots import Material, fill_all, note_slots
from assistant.errors import ModelUnavailable
from assistant.figures.dossier import Dossier
from assistant.llm.ask import Budget, Refused, ask
from assistant.llm.prompts import fenced, prompt
from assistant.report import Report
from assistant.settings import settings

if TYPE_CHECKING:
    from assistant.llm.model import Model

__all__ = ["ReadBack", "write_checked_parts", "write_parts"]

_RETRIES = 2
_SHOWN = 24
_FAILURES_IN_A_ROW = 2  # a service that fails twice running is left alone: nobody waits for eight time-outs
_MEASURES = "改进"
_COPIED = "写的是往年报告里的话，要写下面要点里的话"  # to quote it would be to show it once more
_GIVEN_UP = "模型服务连续失败，其余部分不再调用"

Shown = Mapping[str, tuple[Reference, ...]]
Known = Mapping[str, Background]
ReadBack = Callable[[Mapping[str, PartText]], Report]


def write_checked_parts(
    composed: Mapping[str, PartText],
    material: Material,
    model: Model,
    previous: Report | None,
    read_back: ReadBack,
    shown: Shown,
    known: Known,
) -> dict[str, PartText]:
    """The model's parts, without those that bring an error the composed ones do not have; ``read_back`` is the report
    as a reader has it with given parts, ``shown`` what the model sees of the library for each, ``known`` all that the
    library has on it, of which no sentence may come back."""

    def errors(parts: Mapping[str, PartText]) -> frozenset[str]:
        """What a check finds wrong, without the places, which shift as parts change."""
        findings = check(Dossier(read_back(parts), previous)).findings
        return frozenset(f"{finding.code} {finding.message}" for finding in findings if finding.severity == "error")

    before, kept = errors(composed), dict(composed)
    for name, text in write_parts(material, composed, model, settings().llm_max_calls, previous, shown, known).items():
        faults = errors({**composed, name: text}) - before if text.by == "model" else frozenset()
        kept[name] = _rejected(composed[name], text, faults) if faults else text
    return kept


def _rejected(composed: PartText, text: PartText, faults: frozenset[str]) -> PartText:
    why = f"核对没有通过：{'；'.join(sorted(faults))}"
    return replace(composed, retries=text.retries, refusals=(*text.refusals, why), references=text.references)


def write_parts(
    material: Material,
    composed: Mapping[str, PartText],
    model: Model,
    calls: int,
    previous: Report | None,
    shown: Shown,
    known: Known,
) -> dict[str, PartText]:
    """Every part by its id: by the model where it may and can, else the composer's, with the reasons.

    ``calls`` is the most that the whole draft may ask of the model; ``previous`` is last year's report.
    """
    budget, failures, copied = Budget(calls), 0, False
    written: dict[str, PartText] = {}
    for part_id, text in composed.items():
        # A small model that has once written what it was shown of earlier years is shown no more of them: 1.5B lost
        # two notes of three to it.
        seen = () if copied else shown.get(part_id, ())
        task = _task(text.part, material, previous, seen, known.get(part_id))
        if task is None or failures >= _FAILURES_IN_A_ROW:
            written[part_id] = text if task is None else _left_to_composer(text, (_GIVEN_UP,))
            continue
        worded = _worded(model, text.part, task, budget)
        failures = failures + 1 if worded.failed else 0
        copied = copied or worded.copied
        written[part_id] = replace(_by_model(text, worded, task, material), references=task.references)
    return written


def _task(
    part: Part, material: Material, previous: Report | None, shown: tuple[Reference, ...], known: Background | None
) -> Task | None:
    """What the model is to make of a part; ``None`` where the office gave nothing to word."""
    points = material.points_of(part.id)
    if not points:
        return None
    told = tuple(one.text for one in known.references if one.kind != "article") if known else ()
    return Task(
        material.data.year,
        note_slots(part.id, material),
        points,
        tuple(dict.fromkeys((*last_year_paragraphs(part, previous), *told))),
        part.id == _MEASURES,
        shown,
    )


def _left_to_composer(text: PartText, reasons: tuple[str, ...]) -> PartText:
    return replace(text, retries=max(0, len(reasons) - 1), refusals=reasons)


@dataclass(slots=True)
class _Worded:
    """What a model made of a part: its good sentences by their first note, what was refused, by note and of the whole,
    and of that what nothing speaks against but unknown words, by note; ``failed``: the service did not answer,
    ``copied``: it wrote what an earlier report says."""

    sentences: dict[int, Sentence] = field(default_factory=dict)
    by_note: dict[int, list[str]] = field(default_factory=dict)
    unproved: dict[int, str] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    turns: int = 0
    failed: bool = False
    copied: bool = False

    @property
    def told(self) -> frozenset[int]:
        return frozenset(n for sentence in self.sentences.values() for n in sentence.notes)


def _worded(model: Model, part: Part, task: Task, budget: Budget) -> _Worded:
    """The notes of a part in a model's sentences: each is proved alone, good ones stay, and only what is left of the
    notes goes back, at most twice."""
    worded = _Worded()
    said = ""
    while worded.turns <= _RETRIES:
        left = [n for n in range(1, len(task.points) + 1) if n not in worded.told]
        if not left:
            break
        try:
            words, schema = _prompt(part, task, left, said), answer_schema(len(left))
            answer = ask(model, words, schema, retries=0, budget=budget)
        except Refused as refused:
            found = list(refused.refusals)
        except ModelUnavailable as unavailable:
            worded.refusals.append(unavailable.what)
            worded.failed = True
            break
        else:
            found = list(_kept(answer.value.sentences, task, left, worded))
        worded.turns += 1
        worded.refusals += ["；".join(found)] if found else []
        faults = "；".join(dict.fromkeys(map(_without_the_copy, found)))
        said = f"\n上一次有没有采用的：{faults}。这次只写下面的要点，避免这些问题。\n" if found else ""
    return worded


def _without_the_copy(told: str) -> str:
    return _COPIED if any(map(copies, told.partition("：")[2].split("；"))) else told


def _kept(given: Sequence[Sentence], task: Task, left: list[int], worded: _Worded) -> Iterator[str]:
    """Keep the good sentences of an answer and tell the faults of the others. The model numbers the notes that it was
    shown, and small ones miscount: a sentence that says another open note rests on that."""
    for sentence in given:
        notes = [left[n - 1] for n in dict.fromkeys(sentence.notes) if 1 <= n <= len(left)]
        text, faults = proved(Sentence(text=sentence.text, notes=notes), task)
        if beyond := [n for n in sentence.notes if not 1 <= n <= len(left)]:
            faults = (f"给了{len(left)}条要点，没有第{max(beyond)}条",)
        elif not faults and worded.told & set(notes):
            faults = (f"第{'、'.join(map(str, sentence.notes))}条要点已经写过，一条要点只写一次",)
        if faults:
            other = _meant(sentence, task, [n for n in left if n not in worded.told])
            if other is None:
                for n in notes:
                    worded.by_note.setdefault(n, []).extend(faults)
                if len(notes) == 1 and all(isinstance(fault, Unproved) for fault in faults):
                    worded.unproved[notes[0]] = task.filled(text)
                worded.copied = worded.copied or any(map(copies, faults))
                yield f"“{text[:_SHOWN]}”：{'；'.join(faults)}"
                continue
            text, notes = other.text, other.notes
        worded.sentences[min(notes)] = Sentence(text=text, notes=notes)
    named = {left[n - 1] for sentence in given for n in sentence.notes if 1 <= n <= len(left)} | worded.told
    if silent := [str(n) for n, note in enumerate(left, start=1) if note not in named]:
        yield f"第{'、'.join(silent)}条要点没有写"


def _meant(sentence: Sentence, task: Task, notes: Sequence[int]) -> Sentence | None:
    """The sentence as resting on the one note that it says soundly; ``None`` where there is none."""
    for n in notes:
        text, faults = proved(Sentence(text=sentence.text, notes=[n]), task)
        if not faults:
            return Sentence(text=text, notes=[n])
    return None


def _by_model(composed: PartText, worded: _Worded, task: Task, material: Material) -> PartText:
    """The part with the model's good sentences, and the office's own words for the notes that are left."""
    refusals = tuple(worded.refusals)
    if not worded.sentences:
        plain = (
            replace(
                each, refusals=tuple(dict.fromkeys(worded.by_note.get(n, ()))), suggestion=worded.unproved.get(n, "")
            )
            for n, each in enumerate(composed.worded, start=1)
        )
        return replace(_left_to_composer(composed, refusals), worded=tuple(plain))
    told, sentences, shown = worded.told, [], []
    for n, point in enumerate(task.points, start=1):
        sentence = worded.sentences.get(n)
        if sentence is None and n in told:
            continue
        if sentence and sentence.notes == [n] and bare(sentence.text) == bare(point):
            sentence = None  # who copies a note says it no better: 图解+视频 is written out as without a model
        sentences.append(sentence.text if sentence else written_out(point))
        notes = [task.points[each - 1] for each in sentence.notes] if sentence else [point]
        said = [why for each in (sentence.notes if sentence else [n]) for why in worded.by_note.get(each, [])]
        told_so = _shown(sentences[-1], notes, task, tuple(dict.fromkeys(said)), by_model=sentence is not None)
        shown.append(told_so if sentence else replace(told_so, suggestion=worded.unproved.get(n, "")))
    paragraphs = compose(composed.part.id, material, tuple(sentences))
    by: Literal["model", "composer"] = "model" if any(each.by == "model" for each in shown) else "composer"
    retries = max(0, worded.turns - 1)
    return PartText(composed.part, *fill_all(paragraphs, material.book), by, retries, refusals, tuple(shown))


def _shown(text: str, notes: list[str], task: Task, refusals: tuple[str, ...], *, by_model: bool) -> WordedSentence:
    printed = task.filled(text.strip()).rstrip("；;，,、")
    sentence = WordedSentence(printed, task.filled("".join(notes)).strip(), "composer", refusals)
    return replace(sentence, by="model") if by_model and sentence.changed else sentence


def _prompt(part: Part, task: Task, left: list[int], said: str) -> str:
    """``said`` is what was wrong with the answer before: who has been refused words the notes alone, for small models
    copy what stands beside them (1.5B wrote last year's problems in place of four notes, three times)."""
    return prompt(
        "draft_part",
        heading=part.heading or part.id,
        references=said or _references(task, left),
        points=fenced("要点", "\n".join(f"{n}. {task.points[at - 1]}" for n, at in enumerate(left, start=1))),
        count=len(left),
    )


_KINDS = {
    "article": "这一部分按规定要写到",
    "plan": "上年提出",
    "matter": "要点的事以前这样写",
    "past": "这一部分以前这样写",
}


def _references(task: Task, left: list[int]) -> str:
    """What the library has on this part, a line each; what is on notes that are done with is left out."""
    lines = []
    for one in task.references:
        numbers = [left.index(n) + 1 for n in one.notes if n in left]
        if numbers or not one.notes:
            which = f"第{'、'.join(map(str, numbers))}条" if numbers else ""
            lines.append(f"{which}{_KINDS[one.kind]}（{one.source}）：{one.text}")
    if not lines:
        return ""
    return f"\n{fenced('参考：只看怎样用词、先后和该写什么，里面的事情和句子不要写', chr(10).join(lines))}\n"
