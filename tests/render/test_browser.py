"""The web page in a real browser: the filters, the keyboard, the policy in its head."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Browser, chromium
from dossiers import report

from assistant.check import Decision, check
from assistant.figures.dossier import Dossier
from assistant.render.html import report_page

SHOWN = '[...document.querySelectorAll(".findings li[data-severity]")].filter(e => e.offsetParent).map(e => e.dataset.severity)'


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Browser:
    made = report(
        figures={"requests.received.total": 25},
        numbers={"other": ""},
        add={"problems": "发布信息1950条。公开信息12条,解读4件,都已归档。<script>document.title = 'taken'</script>"},
    )
    verdict = check(Dossier(made))
    decision = Decision(decision="dismissed", reason="另有说明", by="王芳")
    decision_text = verdict.model_copy(update={"decisions": {verdict.findings[0].fingerprint: decision}})
    path = tmp_path / "检查 结果.html"
    path.write_text(report_page(made, decision_text), encoding="utf-8")
    browser.open(path)
    return browser


def test_a_filter_is_clicked(page: Browser) -> None:
    before = page.ask(SHOWN)
    assert {"error", "warning", "info"} == set(before)
    page.click('input[name="severity"][value="error"]')
    after = page.ask(SHOWN)
    assert after == [severity for severity in before if severity != "error"]
    assert page.ask('document.querySelector(".status").textContent') == f"显示 {len(after)} 项，共 {len(before)} 项"
    # What is filtered is no longer marked in the text either, but the words stay.
    assert page.ask(
        '[...document.querySelectorAll("main td mark.error")].every(e => e.offsetParent && getComputedStyle(e).textDecorationLine == "none")'
    )
    assert page.ask('[...document.querySelectorAll("main a.ref.error")].every(e => !e.offsetParent)')
    page.click('input[name="severity"][value="error"]')
    assert page.ask(SHOWN) == before


def test_families_and_decisions_are_filtered_too(page: Browser) -> None:
    everything = len(page.ask(SHOWN))
    page.click('input[name="family"][value="N"]')
    without = len(page.ask(SHOWN))
    assert 0 < without < everything
    page.click('input[name="decision"][value="dismissed"]')
    assert len(page.ask(SHOWN)) <= without
    page.click('input[name="family"][value="N"]')
    assert len(page.ask(SHOWN)) == everything - 1


def test_the_keyboard_is_enough(page: Browser) -> None:
    page.press('input[name="severity"][value="info"]', " ")
    assert "info" not in page.ask(SHOWN)
    page.press('a[href="#p1"]', "\ue007")  # Enter
    assert page.ask("location.hash") == "#p1"
    assert page.ask('document.querySelector(":target").closest("main") !== null')


def test_the_policy_lets_our_script_run_and_no_other(page: Browser) -> None:
    assert page.ask("document.title").endswith("年度报告检查结果")
    assert page.log() == []
    page.ask(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'document.title = 1'}))"
    )
    assert page.ask("document.title").endswith("年度报告检查结果")
    assert "Content Security Policy" in "".join(page.log())
