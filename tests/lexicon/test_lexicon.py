"""The lexicon keeps its word, and what does not is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.lexicon import check, schema
from assistant.lexicon.describe import USED_BY, described
from assistant.lexicon.match import Matcher, tokens_in


def test_every_entry_is_found_in_its_examples_and_in_no_counterexample() -> None:
    assert list(check.faults()) == []


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ('id = "a"\nwords = ["公开"]\nexamples = ["不提此事"]', "没有找到"),
        ('id = "a"\nwords = ["公开"]\ncounterexamples = ["婉拒公开3件"]', "反例"),
        ('id = "a"\npattern = ["公开(?=了)"]', "没有 examples"),
        ('id = "a"\nwords = ["公开"]\n[[entry]]\nid = "b"\nwords = ["公开"]', "分不清"),
        (
            'id = "a"\nwords = ["公开"]\n[[entry]]\nid = "b"\npattern = ["公开了?"]\nwords = ["公开了"]\nexamples = ["公开"]',
            "没有找到",
        ),
        ('id = "a"\nwords = ["公开"]\n[[entry]]\nid = "a"\nwords = ["不公开"]', "同用这个 id"),
        ('id = "a"\nwords = ["公开了"]\n[[entry]]\nid = "b"\npattern = ["公开了?的?(?=$)"]\nexamples = ["公开"]', ""),
        ('id = "b"\npattern = ["[不未]公开"]\nexamples = ["未公开"]\n[[entry]]\nid = "a"\nwords = ["开"]', ""),
    ],
)
def test_what_is_wrong_is_told(toml: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "metrics.toml").write_text(f"[[entry]]\n{toml}\n", encoding="utf-8")
    monkeypatch.setattr(schema, "_FOLDER", tmp_path)
    _forget()
    try:
        found = "\n".join(check.faults())
    finally:
        monkeypatch.undo()
        _forget()
    assert told in found if told else not found


def _forget() -> None:
    for cached in (schema.table, schema.entries, check.matcher):
        cached.cache_clear()  # type: ignore[attr-defined]


def test_the_longest_wins_whatever_the_order() -> None:
    known = [
        schema.Entry(id=word, kind="outcome", means=(word,), words=(word,)) for word in ("公开", "不予公开", "公开申请")
    ]
    for order in (known, known[::-1]):
        found = [hit.entry.id for hit in Matcher(order, "reports").all("不予公开3件，公开申请9件，公开1件")]
        assert found == ["不予公开", "公开申请", "公开"]


def test_a_word_at_the_end_of_a_text_ends_there() -> None:
    assert [(token.start, token.end) for token in tokens_in("计入其他")][-1] == (2, 4)


def test_each_file_names_who_uses_it() -> None:
    assert set(schema.files()) <= USED_BY.keys()


def test_a_word_is_described_with_its_meaning_and_an_unknown_one_with_a_way_out() -> None:
    told = described("不予公开")
    assert "outcome.denied" in told and "意思　denied" in told and "谁用" in told
    assert "怎么办" in described("噼里啪啦")
