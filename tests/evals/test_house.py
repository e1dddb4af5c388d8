"""The house in numbers: what is counted, and that no module goes round in a circle."""

from __future__ import annotations

from pathlib import Path

import evals
from evals.house import measured


def test_a_circle_a_shard_and_a_chinese_pattern_are_counted(tmp_path: Path) -> None:
    package = tmp_path / "assistant"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "one.py").write_text('"""Told."""\n\n# why\nfrom assistant.two import told\n')
    (package / "two.py").write_text(
        'import re\n\nfrom assistant.shard import x\n\n\ndef told():\n    import assistant.one\n\n    return re.search("申请", x)\n'
    )
    (package / "shard.py").write_text(
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import assistant.two\nx = 1\n"
    )
    house = measured(tmp_path)
    assert (house.modules, house.code, house.longest) == (4, 10, ("assistant.two", 5))
    assert house.circles == (("assistant.one", "assistant.two"),)
    assert "assistant.shard" in house.shards and (house.patterns, house.literals) == (1, 1)


def test_no_module_goes_round_in_a_circle() -> None:
    assert measured(Path(evals.__file__).parent.parent).circles == ()
