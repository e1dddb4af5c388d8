"""Wording by a model, part by part; what it does not get right in two corrections, the composer's text stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.check import check
from assistant.drafting.composer import compose
from assistant.drafting.manuscript import PartText
from assistant.drafting.office import Part
from assistant.drafting.proof import PartAnswer, Task, answer_schema
from assistant.drafting.report_parts import last_year_paragraphs, tone_sample
from assistant.drafting.slots import Material, fill_all, note_slots
from assistant.errors import ModelUnavailable
from assistant.figures.dossier import Dossier
from assistant.llm.ask import Answered, Budget, Refused, ask
from assistant.llm.prompts import fenced, prompt
from assistant.report import Report
from assistant.settings import settings

if TYPE_CHECKING:
    from assistant.llm.model import Model

__all__ = ["ReadBack", "write_checked_parts", "write_parts"]

_RETRIES = 2
_FAILURES_IN_A_ROW = 2  # a service that fails twice running is left alone: nobody waits for eight time-outs
_MEASURES = "改进"
_GIVEN_UP = "模型服务连续失败，其余部分不再调用"

ReadBack = Callable[[Mapping[str, PartText]], Report]


def write_checked_parts(
    composed: Mapping[str, PartText], material: Material, model: Model, previous: Report | None, read_back: ReadBack
) -> dict[str, PartText]:
    """The model's parts, without those that bring an error the composed ones do not have; ``read_back`` is the report
    as a reader has it with given parts."""

    def errors(parts: Mapping[str, PartText]) -> frozenset[str]:
        """What a check finds wrong, without the places, which shift as parts change."""
        findings = check(Dossier(read_back(parts), previous)).findings
        return frozenset(f"{finding.code} {finding.message}" for finding in findings if finding.severity == "error")

    before, kept = errors(composed), dict(composed)
    for name, text in write_parts(material, composed, model, settings().llm_max_calls, previous).items():
        faults = errors({**composed, name: text}) - before if text.by == "model" else frozenset()
        kept[name] = _rejected(composed[name], text, faults) if faults else text
    return kept


def _rejected(composed: PartText, text: PartText, faults: frozenset[str]) -> PartText:
    why = f"核对没有通过：{'；'.join(sorted(faults))}"
    return replace(composed, retries=text.retries, refusals=(*text.refusals, why))


def write_parts(
    material: Material, composed: Mapping[str, PartText], model: Model, calls: int, previous: Report | None = None
) -> dict[str, PartText]:
    """Every part by its id: by the model where it may and can, else the composer's, with the reasons.

    ``calls`` is the most that the whole draft may ask of the model; ``previous`` is last year's report.
    """
    budget, failures = Budget(calls), 0
    written: dict[str, PartText] = {}
    for part_id, text in composed.items():
        task = _task(text.part, material, previous)
        if task is None or failures >= _FAILURES_IN_A_ROW:
            written[part_id] = text if task is None else _left_to_composer(text, (_GIVEN_UP,))
            continue
        try:
            words, schema = _prompt(text.part, task), answer_schema(len(task.points))
            answer = ask(model, words, schema, context={"task": task}, retries=_RETRIES, budget=budget)
        except Refused as refused:
            written[part_id], failures = _left_to_composer(text, refused.refusals), 0
        except ModelUnavailable as unavailable:
            written[part_id], failures = _left_to_composer(text, (unavailable.what,)), failures + 1
        else:
            written[part_id], failures = _by_model(text.part, answer, material), 0
    return written


def _task(part: Part, material: Material, previous: Report | None) -> Task | None:
    """What the model is to make of a part; ``None`` where the office gave nothing to word."""
    points = material.points_of(part.id)
    if not points:
        return None
    return Task(
        material.data.year,
        note_slots(part.id, material),
        points,
        last_year_paragraphs(part, previous),
        part.id == _MEASURES,
    )


def _left_to_composer(text: PartText, reasons: tuple[str, ...]) -> PartText:
    return replace(text, retries=max(0, len(reasons) - 1), refusals=reasons)


def _by_model(part: Part, answer: Answered[PartAnswer], material: Material) -> PartText:
    paragraphs = compose(part.id, material, tuple(answer.value.sentences))
    return PartText(part, *fill_all(paragraphs, material.book), "model", answer.retries, answer.refusals)


def _prompt(part: Part, task: Task) -> str:
    return prompt(
        "draft_part",
        heading=part.heading or part.id,
        tone=_tone(task),
        points=fenced("要点", "\n".join(f"{n}. {point}" for n, point in enumerate(task.points, start=1))),
        count=len(task.points),
    )


def _tone(task: Task) -> str:
    """Last year's words for this part, as an example of how the office writes, for models that can tell it from the
    points."""
    text = tone_sample(task.last_year) if settings().llm_tone else ""
    return f"\n{fenced('上年的写法，只看语气，内容和句子都不要照抄', text)}\n" if text else ""
