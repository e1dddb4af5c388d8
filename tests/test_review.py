"""What people decided: written to a file they edit, read back, never lost."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from dossiers import dossier, printed

from assistant.batch import check_files
from assistant.check import Checked, Decision, Verdict
from assistant.errors import AssistantError
from assistant.review import decide as decide_finding
from assistant.review import review

WRONG = {"figures": {"requests.received.total": 25}}


def checked(folder: Path, spec: dict[str, Any] | None = None, name: str = "年报.txt", select: str = "T3") -> Checked:
    path = folder / name
    path.write_text(printed(dossier(WRONG if spec is None else spec).report), encoding="utf-8")
    return next(check_files([path], select=[select]))


def reviewed(item: Checked, record: Path) -> Verdict:
    (done,) = review([item], record)
    assert done.verdict is not None
    return done.verdict


def entries(record: Path) -> list[dict[str, Any]]:
    return list(tomllib.loads(record.read_text(encoding="utf-8"))["finding"])


def decide(record: Path, number: int, **said: str) -> None:
    """Fill in the ``number``-th entry as a person does, in an editor."""
    parts = record.read_text(encoding="utf-8").split("[[finding]]")
    for name, value in said.items():
        parts[number] = parts[number].replace(f'\n{name} = ""', f'\n{name} = "{value}"')
    record.write_text("[[finding]]".join(parts), encoding="utf-8")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "review.toml"


def test_the_file_has_an_entry_for_every_finding(tmp_path: Path, record: Path) -> None:
    item = checked(tmp_path)
    verdict = reviewed(item, record)
    assert len(verdict.findings) == 2 and not verdict.decisions
    assert [entry["fingerprint"] for entry in entries(record)] == [finding.fingerprint for finding in verdict.findings]
    assert all(entry["decision"] == entry["reason"] == entry["by"] == "" for entry in entries(record))
    assert entries(record)[0]["unit"] == "云川县人民政府" and entries(record)[0]["year"] == 2024
    written = record.read_bytes()
    reviewed(item, record)
    assert record.read_bytes() == written
    assert sorted(path.name for path in tmp_path.iterdir()) == ["review.toml", "年报.txt"]  # nothing left beside it


@pytest.mark.parametrize("word", ["dismissed", "排除", "Dismissed"])
def test_a_dismissed_finding_stands_no_more(word: str, tmp_path: Path, record: Path) -> None:
    item = checked(tmp_path)
    reviewed(item, record)
    decide(record, 1, decision=word, reason="另有说明", by="王芳")
    verdict = reviewed(item, record)
    first = verdict.findings[0]
    assert verdict.dismissed(first) and verdict.counts["error"] == 1 and verdict.fails("error")
    assert (verdict.decisions[first.fingerprint].reason, verdict.decisions[first.fingerprint].by) == (
        "另有说明",
        "王芳",
    )
    decide(record, 2, decision=word, reason="同上", by="王芳")
    assert not reviewed(item, record).fails("error")


def test_a_confirmed_finding_stands(tmp_path: Path, record: Path) -> None:
    item = checked(tmp_path)
    reviewed(item, record)
    decide(record, 1, decision="确认")
    verdict = reviewed(item, record)
    assert verdict.decisions[verdict.findings[0].fingerprint].decision == "confirmed"
    assert verdict.counts["error"] == 2


def test_what_a_person_wrote_is_kept_to_the_letter(tmp_path: Path, record: Path) -> None:
    item = checked(tmp_path)
    reviewed(item, record)
    decide(record, 2, decision="排除", reason="已核对 #3", by="李强")
    own = record.read_text(encoding="utf-8").replace("[[finding]]", "# 王芳：先看这一条\n[[finding]]", 1)
    own = own.replace('code = "T303"', 'code = "T303"  # 总计列')
    head, first, second = own.split("[[finding]]")
    swapped = "[[finding]]".join((head, second.rstrip() + '\nnote = "打电话问过"   # 三月五日\n\n', first))
    record.write_text(swapped, encoding="utf-8")
    new = {"figures": {"requests.received.total": 25, "requests.granted.total": 12}}
    reviewed(checked(tmp_path, new), record)
    kept = record.read_text(encoding="utf-8")
    assert kept.startswith(head) and 'note = "打电话问过"   # 三月五日' in kept and 'reason = "已核对 #3"' in kept
    assert 'code = "T303"  # 总计列\n' in kept
    assert [entry["code"] for entry in entries(record)][:2] == ["T303", "T301"]
    assert len(entries(record)) > 2


def test_a_finding_that_is_gone_keeps_its_entry(tmp_path: Path, record: Path) -> None:
    reviewed(checked(tmp_path), record)
    decide(record, 1, decision="排除", reason="另有说明", by="王芳")
    reviewed(checked(tmp_path, {}), record)
    assert [entry["found"] for entry in entries(record)] == [False, False]
    assert entries(record)[0]["reason"] == "另有说明"
    assert reviewed(checked(tmp_path), record).counts["error"] == 1  # back again, and still decided
    assert [entry["found"] for entry in entries(record)] == [True, True]


def test_a_check_that_did_not_run_says_nothing_of_its_entries(tmp_path: Path, record: Path) -> None:
    reviewed(checked(tmp_path), record)
    reviewed(checked(tmp_path, {}, select="D"), record)
    reviewed(checked(tmp_path, {"year": 2023}, name="去年.txt"), record)
    assert [entry["found"] for entry in entries(record)] == [True, True]


def test_decisions_survive_edits_elsewhere(tmp_path: Path, record: Path) -> None:
    reviewed(checked(tmp_path), record)
    decide(record, 1, decision="排除", reason="另有说明", by="王芳")
    edited = {**WRONG, "add": {"overview": "县政府另行召开一次座谈会。\n与会代表提出了建议。"}, "file": "改稿.txt"}
    verdict = reviewed(checked(tmp_path, edited, name="改稿.txt"), record)
    assert verdict.counts["error"] == 1 and len(entries(record)) == 2


def test_the_same_finding_of_two_reports_is_decided_apart(tmp_path: Path, record: Path) -> None:
    two = [checked(tmp_path, name="甲.txt"), checked(tmp_path, {**WRONG, "unit": "乙县人民政府"}, name="乙.txt")]
    review(two, record)
    assert {entry["unit"] for entry in entries(record)} == {"云川县人民政府", "乙县人民政府"}
    decide(record, 1, decision="排除", reason="另有说明", by="王芳")
    decided = review(two, record)
    assert [item.verdict.counts["error"] for item in decided if item.verdict] == [1, 2]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"decision": "排除"}, "没有写reason（理由）和by（姓名）"),
        ({"decision": "dismissed", "reason": "另有说明"}, "没有写by（姓名）"),
        ({"decision": "也许"}, "“也许”，不认识"),
    ],
)
def test_a_decision_that_is_not_complete_names_its_entry(
    said: dict[str, str], told: str, tmp_path: Path, record: Path
) -> None:
    item = checked(tmp_path)
    reviewed(item, record)
    decide(record, 2, **said)
    written = record.read_bytes()
    with pytest.raises(AssistantError) as caught:
        reviewed(item, record)
    assert told in caught.value.what and "第2条" in caught.value.where and "T303" in caught.value.where
    assert record.read_bytes() == written


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'[[finding]]\ndecision = "\xe6\x8e\x92', "写法有误"),
        (b"[[finding]]\ndecision = dismissed\n", "写法有误"),
        ("说明 = “全角引号”".encode(), "写法有误"),
        ("# 说明\n".encode("gb18030"), "UTF-8"),
        (b'finding = "x"\n', r"\[\[finding\]\]"),
        (b'[[finding]]\ncode = "T301"\n', "缺少 fingerprint"),
        (b'[[finding]]\nfingerprint = "a"\n[[finding]]\nfingerprint = "a"\n', "重复"),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_and_left_alone(content: bytes, told: str, tmp_path: Path, record: Path) -> None:
    record.write_bytes(content)
    with pytest.raises(AssistantError, match=told) as caught:
        reviewed(checked(tmp_path), record)
    assert caught.value.help and record.read_bytes() == content


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match="无法写入文件"):
        reviewed(checked(tmp_path), tmp_path / "没有" / "review.toml")


def test_a_page_decides_without_anybody_editing(tmp_path: Path, record: Path) -> None:
    item = checked(tmp_path)
    assert item.verdict
    first, second = item.verdict.findings
    said = Decision(decision="dismissed", reason="另有说明", by="王芳", date="2026-01-05")
    done = decide_finding(item, record, first.fingerprint, said)
    assert done.verdict and done.verdict.dismissed(first) and done.verdict.counts["error"] == 1
    (entry,) = entries(record)  # what nobody decided is not entered
    assert (entry["decision"], entry["reason"], entry["by"], entry["date"]) == (
        "排除",
        "另有说明",
        "王芳",
        "2026-01-05",
    )
    done = decide_finding(done, record, second.fingerprint, Decision(decision="postponed", reason="", by=""))
    assert done.verdict and [each.decision for each in done.verdict.decisions.values()] == ["dismissed", "postponed"]
    assert done.verdict.counts["error"] == 1, "what was put off still stands"
    assert reviewed(item, record).decisions == done.verdict.decisions  # as the command line reads it
    back = decide_finding(done, record, first.fingerprint, None)
    assert back.verdict and not back.verdict.dismissed(first) and entries(record)[0]["decision"] == ""


def test_a_page_cannot_dismiss_without_reason_and_name_nor_what_is_not_there(tmp_path: Path, record: Path) -> None:
    item = checked(tmp_path)
    assert item.verdict
    for said in (
        Decision(decision="dismissed", reason=" ", by="王芳"),
        Decision(decision="dismissed", reason="理由", by=""),
    ):
        with pytest.raises(AssistantError, match="理由"):
            decide_finding(item, record, item.verdict.findings[0].fingerprint, said)
    with pytest.raises(AssistantError, match="已经不在"):
        decide_finding(item, record, "nothing", None)
    assert not record.exists()


def test_without_entering_nothing_is_added(tmp_path: Path, record: Path) -> None:
    item = checked(tmp_path)
    assert review([item], record, enter=False) == [item] and not record.exists()
    assert item.verdict
    decide_finding(item, record, item.verdict.findings[0].fingerprint, Decision(decision="confirmed", reason="", by=""))
    review([checked(tmp_path, {})], record, enter=False)
    assert [entry["found"] for entry in entries(record)] == [False]
