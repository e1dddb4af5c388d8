"""Wording by a model, part by part; what it does not get right in two corrections, the composer's text stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.drafting.composer import compose
from assistant.drafting.manuscript import PartText
from assistant.drafting.office import Part
from assistant.drafting.past import last_year_of, tone_of
from assistant.drafting.slots import Material, fill_all, noted, offered
from assistant.drafting.wording import Draft, Task
from assistant.errors import ModelUnavailable
from assistant.llm.ask import Answered, Budget, Refused, ask
from assistant.llm.model import Model
from assistant.llm.prompts import fenced, prompt
from assistant.report import Report

__all__ = ["write"]

_RETRIES = 2
_FAILURES_IN_A_ROW = 2  # a service that fails twice running is left alone: nobody waits for eight time-outs
_GIVEN_UP = "模型服务连续失败，其余部分不再调用"
_LIST_PARTS = ("问题", "改进")  # one item a point, numbered


def write(
    given: Material, composed: Mapping[str, PartText], model: Model, calls: int, previous: Report | None = None
) -> dict[str, PartText]:
    """Every part by its id: by the model where it may and can, else the composer's, with the reasons.

    ``calls`` is the most that the whole draft may ask of the model; ``previous`` is last year's report.
    """
    budget, failures = Budget(calls), 0
    written: dict[str, PartText] = {}
    for part_id, text in composed.items():
        task = _task(text.part, given, previous)
        if task is None or failures >= _FAILURES_IN_A_ROW:
            written[part_id] = text if task is None else _left_to_composer(text, (_GIVEN_UP,))
            continue
        try:
            answer = ask(
                model, _prompt(text.part, given, task), Draft, context={"task": task}, retries=_RETRIES, budget=budget
            )
        except Refused as refused:
            written[part_id], failures = _left_to_composer(text, refused.refusals), 0
        except ModelUnavailable as unavailable:
            written[part_id], failures = _left_to_composer(text, (unavailable.what,)), failures + 1
        else:
            written[part_id], failures = _by_model(text.part, answer, given), 0
    return written


def _task(part: Part, given: Material, previous: Report | None) -> Task | None:
    """What the model is to make of a part; ``None`` where the office gave nothing to word."""
    points = given.points_of(part.id)
    if not points:
        return None
    slots, required = offered(part.id, given), noted(part.id, given)
    return Task(given.data.year, slots, required, points, part.id in _LIST_PARTS, last_year_of(part, previous))


def _left_to_composer(text: PartText, reasons: tuple[str, ...]) -> PartText:
    return replace(text, retries=max(0, len(reasons) - 1), refusals=reasons)


def _by_model(part: Part, answer: Answered[Draft], given: Material) -> PartText:
    paragraphs = compose(part.id, given, tuple(answer.value.sentences))
    return PartText(part, *fill_all(paragraphs, given.book), "model", answer.retries, answer.refusals)


def _prompt(part: Part, given: Material, task: Task) -> str:
    count = len(task.points)
    return prompt(
        "draft_part",
        unit=given.data.unit,
        year=given.data.year,
        voice=given.data.voice.we,
        heading=part.heading or part.id,
        asks=part.asks,
        slots=_optional_slots(task),
        tone=_tone(task),
        points=fenced("要点", "\n".join(f"{n}. {point}" for n, point in enumerate(task.points, start=1))),
        shape=f"一条要点写一项，共{count}项。" if task.one_each else f"共{count}句，最多{count + 2}句。",
    )


def _optional_slots(task: Task) -> str:
    """Figures of the office that may be told where they fit; those that are not used, the composer tells."""
    lines = [f"- {{{{{name}}}}}：{figure.label}" for name, figure in task.slots.items() if name not in task.required]
    return (
        "\n".join(("6. 下面的填充项不是必须用的；只有说的正是某条要点里的事，才写进那一句，每个最多用一次：", *lines))
        if lines
        else ""
    )


def _tone(task: Task) -> str:
    """Last year's words for this part, as an example of how the office writes."""
    text = tone_of(task.last_year)
    return f"\n{fenced('上年的写法，只看语气，内容和句子都不要照抄', text)}\n" if text else ""
