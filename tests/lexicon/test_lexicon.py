"""The lexicon keeps its word, and what does not is told."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import assistant
from assistant.lexicon import check, phrase, run_of, schema
from assistant.lexicon.describe import described
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
    for cached in (schema.table, schema.entries, schema.entry, check.matcher):
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
    assert set(schema.files()) <= schema.table("used_by").keys()


def test_an_entry_may_be_built_of_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.toml").write_text(
        '[fragments]\nmany = "多少|几"\n[[entry]]\nid = "a"\nwords = ["件"]\n[[entry]]\nid = "b"\npattern = ["{many}{a}{1,2}"]\n',
        encoding="utf-8",
    )
    (tmp_path / "two.toml").write_text('[[entry]]\nid = "c"\npattern = ["{one:b}$", "{missing}"]\n', encoding="utf-8")
    monkeypatch.setattr(schema, "_FOLDER", tmp_path)
    _forget()
    try:
        assert schema.entries("one")[1].pattern == ("(?:多少|几)(?:件){1,2}",)
        with pytest.raises(KeyError, match="missing"):
            schema.entries("two")
    finally:
        monkeypatch.undo()
        _forget()


def test_words_are_found_alone_and_one_after_the_other() -> None:
    assert phrase("followups", "why").search("到底为什么")
    assert run_of("followups", "courtesy").fullmatch("好的谢谢") and not run_of("followups", "courtesy").fullmatch("")
    with pytest.raises(KeyError):
        phrase("followups", "no such entry")


ASKED_FOR = {"phrase": 1, "said": 1, "entry": 1, "run_of": 9}
"""Functions that are given a file and so many ids of its entries."""


def _asked_for() -> Iterator[tuple[str, str]]:
    """(file, id) of the entries that the program asks for by name."""
    for module in Path(assistant.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if node.func.id in ASKED_FOR and texts and texts[0] in schema.files():
                yield from ((texts[0], id) for id in texts[1 : 1 + ASKED_FOR[node.func.id]])


def test_every_entry_that_is_asked_for_is_there() -> None:
    asked = set(_asked_for())
    assert len(asked) > 200
    assert [
        f"{file}.toml {id}" for file, id in sorted(asked) if id not in {one.id for one in schema.entries(file)}
    ] == []


ASKED_ONE_BY_ONE = (
    "followups", "questions", "passages", "years", "comparisons", "shares", "sentences", "naming", "lists", "calendar", "numbering", "cited", "workbook", "boasts", "section_five", "units", "titles", "time_limits",
    "personal_data", "web_pages", "drafts", "own_figures",
)  # fmt: skip


@pytest.mark.parametrize("file", ASKED_ONE_BY_ONE)
def test_every_entry_is_asked_for(file: str) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in Path(assistant.__file__).parent.rglob("*.py"))
    known = [each for name in schema.files() for each in schema.table(name)["entry"]]
    built_of = "".join(pattern for each in known for pattern in each.get("pattern", ()))
    by_kind = {"operation", "shape", "boast", "limit", "level", "number"}  # looked for one after the other
    unasked = [
        each.id
        for each in schema.entries(file)
        if each.kind not in by_kind
        and f'"{each.id}"' not in code
        and f"'{each.id}'" not in code
        and not re.search(rf"\{{(?:\w+:)?{re.escape(each.id)}\}}", built_of)
    ]
    assert unasked == []


def test_a_word_is_described_with_its_meaning_and_an_unknown_one_with_a_way_out() -> None:
    told = described("不予公开")
    assert "outcome.denied" in told and "意思　denied" in told and "谁用" in told
    assert "怎么办" in described("噼里啪啦")
