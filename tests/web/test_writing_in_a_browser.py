"""Writing on the page in a real browser: a block pasted, sums, notes, the draft, the Word file, and new figures into it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from browser import Browser, chromium
from docx import Document
from server import Server, served

from assistant.resources import folder
from evals.loopback import Call, serving

UNIT = "江州市甲区人民政府"
NOTES = {
    "主动公开": "通过政府网站公开政策文件，开设惠企专栏。",
    "依申请公开": "建立答复会商机制，疑难申请共同研究。",
    "政府信息管理": "逐件审查拟公开的信息。",
    "公开平台建设": "政府网站完成改版。",
    "监督保障": "开展业务培训2期，考核结果纳入绩效，社会评议满意率95%，没有需要追究责任的情形。",
    "问题": "政策解读形式不够丰富。",
    "改进": "增加图解和短视频。",
    "其他事项": "本年度没有收取信息处理费。",
}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("serve")) as made:
        browser.open(made.entrance)
        yield made


def typed(browser: Browser, selector: str, text: str) -> None:
    browser.ask(
        f"(() => {{ const place = document.querySelector({selector!r}); place.value = {text!r}; "
        "place.dispatchEvent(new Event('input', {bubbles: true})); return 1; })()"
    )


def pasted(browser: Browser, metric: str, block: str) -> None:
    browser.ask(
        f"(() => {{ const place = document.querySelector('[data-metric=\"{metric}\"]'); const data = new DataTransfer(); "
        f"data.setData('text', {block!r}); "
        "place.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); return 1; })()"
    )


def shown(browser: Browser, metric: str) -> str:
    return str(browser.ask(f"document.querySelector('[data-metric=\"{metric}\"]').value"))


def saved(browser: Browser) -> None:
    browser.wait("document.querySelector('#kept').textContent === '已存进工作簿'")


def test_from_a_pasted_block_to_the_word_file_and_new_figures_into_it(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    browser.open(f"{server.address}/write")
    browser.press("#unit", UNIT)
    browser.ask("(document.querySelector('#year').value = '2024', document.querySelector('#blank').requestSubmit(), 1)")
    browser.wait("document.querySelectorAll('[data-metric]').length > 100")
    number = str(browser.ask("document.querySelector('main').dataset.id"))

    pasted(browser, "requests.received.natural_person", "20\t3\t0\t0\t1\t0\n2\t0\t0\t0\t0\t0\n")
    assert (shown(browser, "requests.received.total"), shown(browser, "requests.carried_in.total")) == ("24", "2")
    assert "新收加上年结转" in browser.ask("document.querySelector('.balance[data-table=requests]').textContent")
    pasted(browser, "requests.granted.natural_person", "22\t3\t0\t0\t1\t0")
    for grid in ("disclosure", "requests", "review"):
        browser.click(f'.noughts[data-grid="grid-{grid}"]')
    assert browser.ask("document.querySelector('.balance[data-table=requests]').textContent") == ""
    for part, note in NOTES.items():
        typed(browser, f'[data-note="{part}"]', note)
    typed(browser, '[data-basic="落款日期"]', "2025-01-20")
    saved(browser)

    browser.open(f"{server.address}/write/{number}")  # a refresh, or another tab, loses nothing
    browser.wait("document.querySelector('[data-note=\"问题\"]')")
    assert shown(browser, "requests.received.total") == "24"
    typed(browser, '[data-metric="requests.carried_out.natural_person"]', "5")
    browser.click("#draft")
    assert "表三 四·自然人：应为0" in browser.wait("document.querySelector('#state .fault')?.textContent")
    browser.click('#state .fault a[href="#cell-requests.carried_out.natural_person"]')
    browser.wait("document.activeElement.dataset.metric === 'requests.carried_out.natural_person'")
    typed(browser, '[data-metric="requests.carried_out.natural_person"]', "0")
    browser.click("#draft")
    browser.wait("document.querySelector('#found')")
    assert browser.ask("document.querySelectorAll('.sentences li').length") > 8
    errors = browser.ask("[...document.querySelectorAll('#found .card.error')].map(one => one.textContent)")
    assert errors == []
    browser.ask("(document.querySelector('#figures').open = true, 1)")
    browser.click('#figures a[href^="#cell-"]')
    browser.wait("document.activeElement.dataset.metric")

    with server.client() as client:
        word = tmp_path / "报告.docx"
        word.write_bytes(client.get(f"/api/writings/{number}/docx").content)
        assert "24件" in "".join(paragraph.text for paragraph in Document(str(word)).paragraphs)
        document = Document(str(word))
        paragraph = next(one for one in document.paragraphs if "会商机制" in one.text)
        paragraph.add_run("这一句是人加的。")
        document.save(str(word))

        typed(browser, '[data-metric="requests.received.business"]', "4")
        typed(browser, '[data-metric="requests.granted.business"]', "4")
        saved(browser)
        browser.press("#report", str(word))
        browser.wait(
            "document.querySelector('#found h3, #found details')?.closest('#found').textContent.includes('手写的字')"
        )
        new = tmp_path / "新稿.docx"
        new.write_bytes(client.get(f"/api/writings/{number}/docx").content)
    text = "".join(paragraph.text for paragraph in Document(str(new)).paragraphs)
    assert "25件" in text and "24件" not in text and "这一句是人加的。" in text
    assert [line for line in browser.log() if "favicon" not in line] == []


def test_what_is_no_workbook_is_refused_in_words(server: Server) -> None:
    with server.client() as client:
        answer = client.post("/api/writings", files={"workbook": ("表.xlsx", b"PK\x03\x04 no workbook")})
        assert answer.status_code == 422 and set(answer.json()) == {"what", "where", "help"}
        assert client.post("/api/writings", data={"unit": "x", "year": "2024"}).status_code == 400
        assert client.get("/write/none").status_code == 404


def test_edits_are_bounded_and_named(server: Server) -> None:
    with server.client() as client:
        made = client.post("/api/writings", data={"unit": UNIT, "year": "2024"}).json()
        address = f"/api/writings/{made['id']}"
        told = client.put(address, json={"cells": {"requests.received.business": "约3件"}}).json()
        assert any("表三!" in fault for fault in told["faults"])
        assert client.put(address, json={"cells": {"requests.received.total": "3"}}).status_code == 422
        assert client.put(address, json={"notes": {"主动公开": "长" * 30_000}}).status_code == 422
        assert client.put(address, json={"cells": {"requests.received.business": "3"}}).json()["faults"] == []
        assert client.get(f"{address}/workbook").content[:2] == b"PK"
        assert client.get(f"{address}/docx").status_code == 404


def test_another_page_of_the_browser_cannot_write(server: Server) -> None:
    with server.visitor() as nobody:
        assert nobody.post("/api/writings", data={"unit": UNIT, "year": "2024"}).status_code == 401
    with httpx2.Client(base_url=server.address, headers={"Origin": "http://evil.example"}) as forged:
        assert forged.post("/api/writings", data={"unit": UNIT, "year": "2024"}).status_code == 403


def test_kept_is_said_when_all_is_kept(server: Server, browser: Browser) -> None:
    """Over a slow network the first edit comes back while a later one has not been sent."""
    browser.open(f"{server.address}/write")
    browser.press("#unit", UNIT)
    browser.ask("(document.querySelector('#year').value = '2024', document.querySelector('#blank').requestSubmit(), 1)")
    browser.wait("document.querySelectorAll('[data-metric]').length > 100")
    browser.ask(
        "(() => { const fetched = window.fetch; window.back = []; window.said = []; "
        "window.fetch = (...call) => (call[1]?.method === 'PUT' ? new Promise((go) => window.back.push(go)) : "
        "Promise.resolve()).then(() => fetched(...call)); "
        "const kept = document.querySelector('#kept'); "
        "new MutationObserver(() => window.said.push(kept.textContent)).observe(kept, {childList: true}); return 1; })()"
    )
    typed(browser, '[data-metric="requests.received.natural_person"]', "20")
    browser.wait("window.back.length === 1")
    typed(browser, '[data-metric="requests.granted.natural_person"]', "20")
    browser.ask("(window.back.pop()(), window.left = new Event('beforeunload', {cancelable: true}), 1)")
    assert browser.ask("(window.dispatchEvent(window.left), window.left.defaultPrevented)"), "it is not kept yet"
    browser.wait("window.back.length === 1")
    assert "已存进工作簿" not in browser.ask("window.said")
    browser.ask("(window.back.pop()(), 1)")
    browser.wait("window.said.at(-1) === '已存进工作簿'")


def test_last_years_figures_stand_beside_and_large_changes_ask_for_a_word(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "江州市清源区人民政府_2024.md"
    path.write_text((folder("corpus") / "reports" / "清源区_2024.md").read_text(encoding="utf-8"), encoding="utf-8")
    with server.client() as client:
        client.post("/api/library", files={"file": (path.name, path.read_bytes())}).raise_for_status()
        made = client.post("/api/writings", data={"unit": "江州市清源区人民政府", "year": "2025"}).json()
    browser.open(f"{server.address}{made['address']}")
    browser.wait("document.querySelectorAll('[data-before]').length > 100")
    assert "公报出版6期" in browser.ask("[...document.querySelectorAll('.told-before li')].map(one => one.textContent)")
    assert browser.ask("document.querySelectorAll('.jumps li').length") == 0
    typed(browser, '[data-metric="requests.received.natural_person"]', "900")
    (told,) = browser.ask("[...document.querySelectorAll('.jumps li')].map(one => one.textContent)")
    assert "上年140，今年900" in told and "写一句原因" in told


NOTE, BETTER = "窗口姑娘小伙轮流帮大爷大妈拍照存资料。", "窗口青年职工轮流协助老年办事人拍摄留存材料。"


def test_a_wording_that_only_a_person_can_judge_is_taken_by_a_button(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Offered beside the note, not printed; once taken it is the office's own note, and printed."""

    def reply(call: Call) -> str:
        said = [{"text": BETTER, "notes": [1]}] if "拍照存资料" in call.text else []
        return json.dumps({"sentences": said}, ensure_ascii=False)

    with serving(reply) as url, served(
        tmp_path_factory.mktemp("model"), ASSISTANT_EMBEDDINGS="none", ASSISTANT_LLM="openai:scripted",
        OPENAI_BASE_URL=url, OPENAI_API_KEY="k",
    ) as server:  # fmt: skip
        browser.open(server.entrance)
        browser.open(f"{server.address}/write")
        browser.press("#unit", UNIT)
        browser.ask(
            "(document.querySelector('#year').value = '2024', document.querySelector('#blank').requestSubmit(), 1)"
        )
        browser.wait("document.querySelectorAll('[data-metric]').length > 100")
        pasted(browser, "requests.received.natural_person", "20")
        pasted(browser, "requests.granted.natural_person", "20")
        for grid in ("disclosure", "requests", "review"):
            browser.click(f'.noughts[data-grid="grid-{grid}"]')
        for part, note in {**NOTES, "公开平台建设": NOTE}.items():
            typed(browser, f'[data-note="{part}"]', note)
        typed(browser, '[data-basic="落款日期"]', "2025-01-20")
        saved(browser)
        browser.click("#draft")
        assert BETTER in browser.wait("document.querySelector('.suggested q')?.textContent")
        assert "拍照存资料" in browser.ask("document.querySelector('.sentences li:has(.suggested)').textContent")
        browser.ask("(document.querySelector('.take').scrollIntoView({block: 'center'}), 1)")
        browser.click(".take")
        saved(browser)
        assert browser.ask("document.querySelector('[data-note=\"公开平台建设\"]').value") == BETTER
        browser.click("#draft")
        told = "[...document.querySelectorAll('.sentences li')].map(one => one.textContent.trim())"
        browser.wait(f"{told}.includes({BETTER!r})")
