"""A headless Chromium for tests, driven over the WebDriver protocol: a handful of requests, no package needed."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key that the protocol gives to elements
_STARTS_WITHIN = 20  # seconds
_TRIES = 15
_open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open  # the driver is on this machine


class Browser:
    """One session: open a page, click, press keys, ask it with a line of JavaScript."""

    def __init__(self, session: str) -> None:
        self._session = session

    def open(self, page: Path | str) -> None:
        self._call("url", url=page if isinstance(page, str) else page.as_uri())

    def wait(self, expression: str, seconds: float = 60) -> Any:
        """What an expression gives as soon as it gives something; pages change while they are asked, too."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := self.ask(expression):
                return found
            time.sleep(0.05)
        raise AssertionError(f"still not so after {seconds} s: {expression}")

    def tab(self) -> str:
        """A new tab, which is looked at from now on; ``switch`` goes to another."""
        handle = str(self._call("window/new", type="tab")["handle"])
        self.switch(handle)
        return handle

    def here(self) -> str:
        return str(self._get("window"))

    def switch(self, handle: str) -> None:
        self._call("window", handle=handle)

    def shot(self, path: Path, width: int, height: int, *, dark: bool = False, printed: bool = False) -> None:
        """A picture of the page in a window of this size."""
        media = {
            "media": "print" if printed else "",
            "features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}],
        }
        self.devtools("Emulation.setEmulatedMedia", **media)
        self.devtools(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )
        time.sleep(0.2)
        path.write_bytes(base64.b64decode(self._get("screenshot")))

    def devtools(self, command: str, **parameters: Any) -> Any:
        return self._call("goog/cdp/execute", cmd=command, params=parameters)

    def click(self, selector: str) -> None:
        self._do(selector, "click")

    def press(self, selector: str, keys: str) -> None:
        self._do(selector, "value", text=keys)

    def ask(self, expression: str) -> Any:
        return self._call("execute/sync", script=f"return {expression}", args=[])

    def log(self) -> list[str]:
        """What the console says, violations of the page's policy among it."""
        return [entry["message"] for entry in self._call("se/log", type="browser")]

    def _do(self, selector: str, what: str, **body: Any) -> None:
        """Done to the element that is there by then: a page may be renewing itself."""
        for _ in range(_TRIES):
            try:
                return self._call(f"element/{self._find(selector)}/{what}", **body)
            except HTTPError as error:
                told = str(json.load(error)["value"]["message"])
                time.sleep(0.2)
        raise AssertionError(f"{selector}: {told}")

    def _find(self, selector: str) -> str:
        return str(self._call("element", using="css selector", value=selector)[_ELEMENT])

    def _get(self, command: str) -> Any:
        with _open(f"{self._session}/{command}", timeout=60) as answer:
            return json.load(answer)["value"]

    def _call(self, command: str, **body: Any) -> Any:
        return request(f"{self._session}/{command}", body)


def request(url: str, body: dict[str, Any]) -> Any:
    """One command and its answer."""
    asked = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with _open(asked, timeout=60) as answer:
        return json.load(answer)["value"]


@contextmanager
def chromium(folder: Path) -> Iterator[Browser]:
    """A browser whose profile is in ``folder``; the test is skipped where there is none."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    driver = shutil.which("chromedriver")
    if not browser or not driver:
        pytest.skip("needs Chromium and chromedriver (apt install chromium chromium-driver)")
    arguments = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}", "--window-size=1300,900"]
    wanted = {
        "browserName": "chrome",
        "goog:loggingPrefs": {"browser": "ALL"},
        "goog:chromeOptions": {"binary": browser, "args": arguments},
    }
    with subprocess.Popen([driver, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            root = f"http://127.0.0.1:{_port(server)}/session"
            session = request(root, {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
            yield Browser(f"{root}/{session}")
            _open(urllib.request.Request(f"{root}/{session}", method="DELETE"), timeout=20).close()
        finally:
            server.terminate()


def _port(server: subprocess.Popen[str]) -> int:
    """The port that chromedriver says it has chosen."""
    assert server.stdout
    deadline = time.monotonic() + _STARTS_WITHIN
    for line in server.stdout:
        words = line.replace(".", " ").split()
        if "successfully" in words and words[-1].isdigit():
            return int(words[-1])
        if time.monotonic() > deadline:
            break
    raise AssertionError("chromedriver did not start")
