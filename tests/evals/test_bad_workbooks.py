"""Data workbooks as offices hand them in: a few kinds of each sort here, all of them in the eval."""

from __future__ import annotations

import pytest

from evals.bad_workbooks import KINDS, outcome


@pytest.mark.parametrize("kind", KINDS[::7], ids=lambda kind: kind.name)
def test_it_is_read_right_or_refused_by_address(kind):
    assert outcome(kind) == ""


def test_there_are_more_kinds_than_were_asked_for():
    assert len({kind.name for kind in KINDS}) == len(KINDS) > 100
