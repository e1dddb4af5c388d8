"""A few drafts with the misbehaving model, and the judge of them: it must see what it is there to see."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.drafting.draft import draft
from evals.misbehaving import run, unsourced
from evals.workbooks import workbooks


def test_nothing_that_the_model_made_up_is_printed():
    scores, told = run(drafts=6, seed=2)
    assert set(scores.values()) == {0}, told


@pytest.mark.parametrize("typed", ["共计7391件", "占三分之二", "执行《七彩公开管理办法》"])
def test_what_has_no_source_is_seen(typed):
    finished = draft(next(workbooks(1, 2)).data)
    assert not list(unsourced(finished))
    first = finished.parts[0]
    spoilt = replace(first, paragraphs=(*first.paragraphs, f"全年{typed}。"))
    assert list(unsourced(replace(finished, parts=(spoilt, *finished.parts[1:]))))


def test_a_figure_without_its_slot_is_seen():
    finished = draft(next(workbooks(1, 2)).data)
    text = next(text for text in finished.parts if text.uses)
    parts = tuple(replace(text, uses=text.uses[1:]) if each is text else each for each in finished.parts)
    assert list(unsourced(replace(finished, parts=parts)))
