"""What people and programs are shown of a report and its findings."""

from __future__ import annotations

import io
import json
import re
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from dossiers import dossier, report
from rich.console import Console

from assistant.check import Checked, check
from assistant.errors import AssistantError, UnreadableReport
from assistant.render.console import show_report, show_rule, show_rules, show_verdict
from assistant.render.json import dumps, read_json, verdict_json
from assistant.render.verdicts import write_verdicts
from assistant.rules import RULES

WRONG = dossier({"file": "年报.txt", "figures": {"requests.received.total": 25}})


@pytest.fixture
def out() -> Console:
    return Console(file=io.StringIO(), width=200, highlight=False, emoji=False, force_terminal=False)


def shown(out: Console) -> str:
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def test_a_finding_can_be_checked_by_hand(out: Console) -> None:
    show_verdict(WRONG.report, check(WRONG, [RULES["T301"]]), out)
    text = shown(out)
    assert "错误 T301 表三 四·总计" in text
    assert "应为4（25＋2－23），实为3" in text and "依据：格式表三勾稽关系" in text
    assert "云川县人民政府 2024　错误1，警告0，提示0" in text


def test_skipped_rules_are_told_with_what_they_lack(out: Console) -> None:
    show_verdict(WRONG.report, check(WRONG), out)
    (told,) = re.findall(r"未运行的检查：.*", shown(out))
    assert re.search(r"Y101、[YR\d、]+（缺上年报告）", told)


def test_numbers_not_checked_are_counted_and_listed_where_that_is_asked_for(out: Console) -> None:
    spec = {"text": {"overview": "发布信息1950条，回复留言389条。"}}
    made = dossier(spec)
    verdict = check(made, [RULES["N190"]])
    show_verdict(made.report, verdict, out)
    assert f"待人工核对 文中{len(verdict.unchecked)}个数" in shown(out) and "1950条" not in shown(out)
    show_verdict(made.report, verdict, out, unchecked=True)
    assert re.findall(r"^ +□ (.+?) ", shown(out).replace("　", " "), re.MULTILINE)[:2] == ["1950条", "389条"]
    assert "错误0，警告0，提示0" in shown(out)


@pytest.mark.parametrize("hostile", ["\x1b[2J\x1b]0;x\x07", "[bold red]", "[/]", "\u202e", "\u200b"])
def test_text_of_documents_never_drives_the_terminal(hostile: str, out: Console) -> None:
    made = report(
        title=f"云川县{hostile}2024年政府信息公开工作年度报告", unit=f"云川县{hostile}", file=f"年{hostile}报.txt",
        titles={"other": f"其他{hostile}事项"}, text={"requests": f"受理申请{hostile}99件。"},
    )  # fmt: skip
    made_dossier = type(WRONG)(made)
    show_report(made, out)
    show_verdict(made, check(made_dossier), out)
    text = shown(out)
    if hostile.startswith("["):
        assert hostile in text  # brackets of a document are text, not markup
    else:
        assert not set("\x1b\x07\u202e\u200b") & set(text)


def test_the_report_as_it_was_understood(out: Console) -> None:
    show_report(report(figures={"requests.received.total": None}, numbers={"other": ""}), out)
    text = shown(out)
    assert "单位：云川县人民政府　年度：2024　格式：2021年版（国办公开办函〔2021〕30号）" in text
    assert "数字199个，空白1格" in text and "（无序号）其他需要报告的事项" in text


def test_the_catalogue_and_a_page(out: Console) -> None:
    show_rules(RULES.values(), out)
    assert all(code in shown(out) for code in RULES)
    show_rule(RULES["T301"], out)
    assert "违例：新收97" in shown(out)


def test_figures_are_decimals_as_strings_and_blanks_null() -> None:
    made = report(figures={"disclosure.fees.amount": "1,087.310", "requests.received.total": None})
    figures = json.loads(dumps(read_json(made)))["figures"]
    assert len(figures) == 200
    assert figures["requests.received.total"] is None
    assert Decimal(figures["disclosure.fees.amount"]) == Decimal("1087.31")
    assert figures["review.total"] == "7"


@pytest.mark.parametrize(("encoding", "plain"), [("utf-8", False), ("gb18030", False), ("gbk", True), ("ascii", True)])
def test_json_is_plain_ascii_where_the_console_lacks_characters(
    encoding: str, plain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    assert dumps({"a": "县"}).isascii() == plain


def test_several_reports_in_jsonl_with_the_broken_one_in_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = Checked(Path("坏.txt"), error=UnreadableReport("读不了", where="坏.txt", help="另存一份。"))
    target = tmp_path / "结果.jsonl"
    both = [broken, Checked(Path("年报.txt"), WRONG.report, check(WRONG))]
    write_verdicts([item.path for item in both], both, "jsonl", target)
    first, second = (json.loads(line) for line in target.read_text(encoding="utf-8").splitlines())
    assert set(first) == {"file", "error"} and first["file"] == "坏.txt"
    assert second == verdict_json(WRONG.report, check(WRONG))
    assert "怎么办：另存一份。" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_an_error_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match="无法写入文件") as caught:
        checked = [Checked(Path("年报.txt"), WRONG.report, check(WRONG))]
        write_verdicts([Path("年报.txt")], checked, "json", tmp_path / "没有" / "结果.json")
    assert caught.value.help
