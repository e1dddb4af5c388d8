"""Rules of other packages: the example under ``examples/`` as it would be installed, and packages that are broken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from dossiers import dossier, printed

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "province_rules"
WRONG = {"figures": {"requests.denied.third_party_rights.total": 7}}
HEAD = "from assistant.rules import Hit, rule\n\n\n"


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, installed into a folder of its own."""
    folder = tmp_path_factory.mktemp("province")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--target", str(folder), str(EXAMPLE)], check=True, capture_output=True, timeout=120)
    return folder


def package(folder: Path, module: str, source: str, letter: str = "X") -> Path:
    """A package as an installer leaves it: a module and what is known of its entry points."""
    (folder / f"{module}.py").write_text(source, encoding="utf-8")
    known = folder / f"{module}-1.0.dist-info"
    known.mkdir()
    (known / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n", encoding="utf-8")
    (known / "entry_points.txt").write_text(f"[assistant.rules]\n{letter} = {module}\n", encoding="utf-8")
    return folder


def run(installed: Path, *arguments: str, module: str = "assistant", cwd: Path | None = None) -> tuple[int, str]:
    path = os.pathsep.join(map(str, (installed, ROOT)))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    made = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=cwd or installed,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    return made.returncode, made.stdout + made.stderr


def checked(installed: Path, folder: Path, spec: dict[str, Any], *options: str) -> dict[str, Any]:
    file = folder / "甲县_2024.txt"
    file.write_text(printed(dossier(spec).report), encoding="utf-8")
    _, told = run(installed, "check", str(file), "--no-library", "--format", "json", *options)
    verdict: dict[str, Any] = json.loads(told)
    return verdict


def test_a_rule_from_outside_is_checked_with_ours(province: Path, tmp_path: Path) -> None:
    verdict = checked(province, tmp_path, WRONG)
    found = {finding["code"]: finding for finding in verdict["findings"]}
    assert found["X101"]["severity"] == "warning" and "不予公开8件" in found["X101"]["message"]
    assert {"T302", "T303"} <= set(found), "ours run as well"
    assert "X101" not in {finding["code"] for finding in checked(province, tmp_path, {})["findings"]}


def test_a_family_from_outside_can_be_selected(province: Path, tmp_path: Path) -> None:
    for options, codes in ((("--select", "X"), {"X101"}), (("--select", "T303"), {"T303"})):
        verdict = checked(province, tmp_path, WRONG, *options)
        assert {finding["code"] for finding in verdict["findings"]} == codes
    assert "X101" not in {
        finding["code"] for finding in checked(province, tmp_path, WRONG, "--ignore", "X")["findings"]
    }


def test_rules_from_outside_are_listed_after_ours_under_their_own_name(province: Path) -> None:
    _, told = run(province, "rules")
    assert told.index("X　地方规则") > told.index("W　用语与个人信息") and "X101" in told
    _, page = run(province, "rules", "x101")
    assert "不予公开超过两成" in page and "违例：" in page
    _, markdown = run(province, "rules", "--markdown")
    assert "## X 地方规则" in markdown and "### X101" in markdown


def test_a_page_of_findings_knows_the_family(province: Path, tmp_path: Path) -> None:
    checked(province, tmp_path, WRONG)
    page = tmp_path / "检查.html"
    run(province, "check", str(tmp_path / "甲县_2024.txt"), "--no-library", "--format", "html", "-o", str(page))
    assert "地方规则" in page.read_text(encoding="utf-8")


def test_a_run_is_taken_up_only_with_the_same_rules_from_outside(province: Path) -> None:
    program = "from assistant.batch.cache import _program_digest\nprint(_program_digest())"
    paths = [os.pathsep.join(map(str, (folder, ROOT))) for folder in (province, ROOT)]
    digests = {
        subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": path}, capture_output=True, check=True
        ).stdout
        for path in paths
    }
    assert len(digests) == 2


def test_the_cases_of_the_example_hold(province: Path) -> None:
    code, told = run(province, "-q", "-p", "no:cacheprovider", "tests", module="pytest", cwd=EXAMPLE)
    assert code == 0, told


@pytest.mark.parametrize(
    ("source", "letter", "skipped", "reason"),
    [
        ("import not_there", "X", "X:local", "No module named 'not_there'"),
        ("def", "X", "X:local", "invalid syntax"),
        (HEAD + "@rule('T301', '再来一次', severity='error')\ndef again(_): yield", "T", "T:local", "编号 T301 已由"),
        (HEAD + "@rule('T301', '再来一次', severity='error')\ndef again(_): yield", "X", "X:local", "编号 T301 已由"),
        (HEAD + "@rule('Q101', '别的字母', severity='error')\ndef other(_): yield", "X", "X:local", "Q101 不是以"),
        ("FAMILY = '某市'", "henan", "X:local", "应为一个大写字母，不是“henan”"),
        (HEAD + "@rule('X101', '出错', severity='error')\ndef broken(_): yield 1 / 0", "X", "X101", "division by zero"),
    ],
    ids=["no import", "no program", "our code", "our code elsewhere", "another letter", "no letter", "fails"],
)
def test_a_broken_package_is_told_and_takes_nothing_with_it(
    source: str, letter: str, skipped: str, reason: str, tmp_path: Path
) -> None:
    installed = tmp_path / "site"
    installed.mkdir()
    verdict = checked(package(installed, "local", source, letter), tmp_path, WRONG)
    needs = {each["code"]: each["needs"] for each in verdict["skipped"]}
    assert reason in needs[skipped] and "local" in needs[skipped], needs
    assert {"T302", "T303"} <= {finding["code"] for finding in verdict["findings"]}
    if skipped != "X101" and letter != "henan":  # the others are told in the same words
        return
    file = str(tmp_path / "甲县_2024.txt")
    _, told = run(installed, "check", file, "--no-library", "--select", f"T303,{letter if len(letter) == 1 else 'X'}")
    assert f"{skipped}（缺" in told and reason in told.replace("\n", "")


def test_two_packages_may_share_a_letter(province: Path, tmp_path: Path) -> None:
    more = HEAD + "@rule('X102', '另一省', severity='info')\ndef another(_):\n    yield Hit('全文', '总有一条')\n"
    path = package(tmp_path, "more", more)
    told = run(path, "rules", "X")[1]
    assert "外部检查" not in told and "另一省" in told
    both = os.pathsep.join((str(path), str(province)))
    assert {"X101", "X102"} <= set(run(Path(both), "rules", "X", cwd=tmp_path)[1].split())
