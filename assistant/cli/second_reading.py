"""``check --second-reader``: the one check that meets a model, and only where it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.check import Checked
from assistant.errors import UnknownName

__all__ = ["read_again"]


def read_again(checked: Iterable[Checked], previous: Path | None) -> Iterator[Checked]:
    """Each report with the numbers that no check explains read by the model that is set.

    Raises:
        UnknownName: no model is set.
        UnreadableReport: last year's report cannot be read.
    """
    from assistant.asking.second_reader import second_reading
    from assistant.figures.dossier import Dossier
    from assistant.llm.model import open_model
    from assistant.readers import read
    from assistant.render.console import console

    model = open_model()
    if model is None:
        raise UnknownName("没有设置模型，不能识读", help="请设置 ASSISTANT_LLM，或不用 --second-reader。")
    last_year, notices = (read(previous) if previous else None), console(stderr=True)
    for item in checked:
        if item.report is None or item.verdict is None:
            yield item
            continue
        dossier = Dossier(item.report, last_year)
        verdict = second_reading(
            item.verdict, dossier, model, lambda text: notices.print(text, style="dim", markup=False)
        )
        yield item._replace(verdict=verdict)
