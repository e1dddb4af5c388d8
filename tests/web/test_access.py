"""Who may come in, and what is refused before anything is looked at."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import httpx2
import pytest
from server import Server, served

from assistant.settings import Settings

PARTS = {"what", "where", "help"}


def told(answer: httpx2.Response) -> dict[str, str]:
    """A refusal in its three parts."""
    said: dict[str, str] = answer.json()
    assert set(said) == PARTS and said["what"] and said["help"]
    return said


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Server]:
    with served(tmp_path) as made:
        yield made


def test_the_address_opens_the_pages_once_and_becomes_a_cookie(own: Server) -> None:
    first, second = own.visitor(), own.visitor()
    entered = first.get(own.entrance)
    assert entered.status_code == 303 and entered.headers["location"] == "/"
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie
    assert first.get("/").status_code == 200 and first.get(own.entrance).status_code == 303
    assert "只能用一次" in told(second.get(own.entrance))["help"]
    assert second.get("/").status_code == 401


def test_the_token_opens_the_api_as_often_as_it_is_shown(server: Server) -> None:
    for _ in range(2):
        assert server.client().get("/api/rules", params={"code": "T301"}).json()[0]["code"] == "T301"


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer wrong", "Basic {token}", "Bearer {token}x", "Bearer 错"])
def test_nobody_comes_in_without_a_key(server: Server, shown: str) -> None:
    headers = {"Authorization": shown.format(token=server.token).encode()} if shown else {}
    for address in ("/api/rules", "/api/openapi.json", "/", "/api/checks"):
        answer = server.visitor().get(address, headers=headers)
        assert answer.status_code == 401 and "Bearer" in told(answer)["help"]
    page = server.visitor().get("/", headers={"Accept": "text/html"})
    assert page.status_code == 401 and "还没有进入" in page.text and "<html" in page.text


def test_a_cookie_of_somebody_else_opens_nothing(server: Server) -> None:
    port = server.address.rpartition(":")[2]
    headers = {"Cookie": f"assistant-{port}=forged; x={server.token}"}
    assert server.visitor().get("/api/checks", headers=headers).status_code == 401


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "", "localhost.evil.example:{port}"]
)
def test_another_host_is_refused(server: Server, host: str) -> None:
    port = server.address.rpartition(":")[2]
    answer = server.client().get("/api/rules", headers={"Host": host.format(port=port)})
    assert answer.status_code in (400, 421)
    named = server.client().get("/api/cells", headers={"Host": f"localhost:{port}"})
    assert named.status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://{own}"])
def test_another_origin_is_refused(server: Server, origin: str) -> None:
    own = server.address.removeprefix("http://")
    headers = {"Origin": origin.format(own=own)}
    for call in (server.client().get, server.client().post):
        answer = call("/api/read", headers=headers)
        assert answer.status_code == 403 and "别的网站" in told(answer)["what"]


def test_what_a_cookie_comes_with_must_be_from_our_page(own: Server) -> None:
    visitor = own.visitor()
    visitor.get(own.entrance)
    plain = visitor.post("/api/read")
    assert plain.status_code == 403 and told(plain)
    assert visitor.post("/api/read", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    ours = visitor.post("/api/read", headers={"Origin": own.address})
    assert ours.status_code == 422 and told(ours)["where"] == "file"


def test_every_answer_carries_the_policy(server: Server) -> None:
    for answer in (server.visitor().get("/"), server.client().get("/"), server.visitor().get("/static/style.css")):
        assert answer.headers["content-security-policy"].startswith("default-src 'self';")
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    page = server.client().get("/", headers={"Accept": "text/html"}).text
    assert "<style" not in page and "onclick" not in page and "//" not in page.replace("http://www.w3.org", "")


def test_sixty_megabytes_are_refused(server: Server) -> None:
    most = Settings().max_file_bytes
    large = b"x" * (most + 10 * 1024 * 1024)
    for address in ("/api/check", "/api/read", "/api/checks"):
        answer = server.client().post(address, files={"file": ("大.txt", large)})
        assert answer.status_code == 413 and "过大" in told(answer)["what"]


def test_a_body_that_does_not_say_its_length_is_counted(server: Server) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        for _ in range(60):
            yield b"x" * 1024 * 1024
        yield b"\r\n--b--\r\n"

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = server.client().post("/api/read", content=pieces(), headers=headers)
    assert answer.status_code == 413 and "过大" in told(answer)["what"]


def test_the_manual_is_the_pages_help(server: Server) -> None:
    client = server.client()
    shown = client.get("/help").text
    pictures = re.findall(r'<img src="(pictures/[^"]+)"', shown)
    assert '<h3 id="一、公布以前查一遍">' in shown and 'href="#一、公布以前查一遍"' in shown and len(pictures) == 4
    for picture in pictures:
        assert client.get(urljoin("/help", picture)).content.startswith(b"\x89PNG")
    assert server.visitor().get("/help").status_code == 401


@pytest.mark.parametrize(
    "address", ["/nothing", "/api/nothing", "/check/nothing", "/static/../app.py", "/static/%2e%2e/app.py"]
)
def test_what_is_not_there_is_said(server: Server, address: str) -> None:
    answer = server.client().get(address)
    assert answer.status_code == 404 and told(answer)


def test_another_host_than_loopback_needs_a_password(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "assistant", "--library", str(tmp_path), "serve", "--host", "0.0.0.0", "--no-open"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL)
    assert done.returncode == 2 and "ASSISTANT_SERVE_PASSWORD" in done.stderr and done.stdout == ""
    with served(tmp_path, "--host", "0.0.0.0", ASSISTANT_SERVE_PASSWORD="八个字符以上的密码") as made:
        address = made.address.replace("0.0.0.0", "127.0.0.1")
        with httpx2.Client(base_url=address) as visitor:
            assert visitor.get("/").status_code == 401
            assert visitor.post("/login", data={"password": "猜一个"}).status_code == 401
            assert visitor.get("/").status_code == 401
            assert visitor.post("/login", data={"password": "八个字符以上的密码"}).status_code == 303
            assert visitor.get("/").status_code == 200
            port = address.rpartition(":")[2]
            assert visitor.get("/", headers={"Host": f"evil.example:{port}"}).status_code == 421


def test_a_port_that_is_taken_is_said(server: Server, tmp_path: Path) -> None:
    port = server.address.rpartition(":")[2]
    command = [sys.executable, "-m", "assistant", "--library", str(tmp_path), "serve", "--port", port, "--no-open"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == 2 and f"127.0.0.1:{port}" in done.stderr and "--port" in done.stderr
