"""Lines by people who had not seen the code: what was reached stays (``evals.sentences`` measures the whole of it)."""

from __future__ import annotations

import pytest

from evals.sentences import FAULTY, SOUND, drawn_by, lines_of, plain

# Sound lines that still draw something, each for a way of speaking that nobody's report was seen to have.
KNOWN = ("打官司的不算多", "未经复议直接告的5件", "已废止或失效21件")
MISSED = {
    "faults": 26,
    "slips": 10,
    "errors": 16,
    "oversights": 10,
    "lapses": 7,
    "swaps": 2,
    "mistakes": 2,
    "blunders": 2,
    "mixups": 1,
    "misreadings": 1,
}
# Of shire what is left; of the others the third of the lines that nobody looked at.
LEFT = {"free": 1, "shire": 1, "street": 2, "town": 1, "bureau": 1, "health": 2}


@pytest.mark.parametrize("name", SOUND)
def test_sound_lines_draw_nothing(name: str) -> None:
    false = [plain(line) for line in lines_of(name) if drawn_by(line, name)]
    unknown = [line for line in false if not any(words in line for words in KNOWN)]
    assert len(unknown) <= LEFT.get(name, 0)


@pytest.mark.parametrize("name", FAULTY)
def test_lines_with_a_fault_draw_something(name: str) -> None:
    missed = [line for line in lines_of(name) if not drawn_by(line.partition("\t")[0], name)]
    assert len(missed) <= MISSED[name]
