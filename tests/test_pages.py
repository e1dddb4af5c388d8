"""The pages for newcomers name only what there is: modules, functions, commands, files, links. They cannot rot unseen."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from assistant.__main__ import main
from assistant.form import all_metrics
from assistant.lexicon import Entry, entries
from assistant.lexicon.schema import files
from assistant.readers import READERS
from assistant.rules import RULES

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "assistant"
PAGES = ("CONTRIBUTING.md", "docs/architecture.md", "docs/adding.md", "docs/lexicon.md")
LINKING = (*PAGES, "README.md", "SECURITY.md", "examples/province_rules/README.md")

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_STEP = re.compile(r"^\| \d+ \| (`[^|]+`) \| ([^|]+) \|", re.MULTILINE)
_PATH = re.compile(r"[\w./*-]*(?:/[\w.*-]*|\.(?:py|md|toml|ya?ml|txt|json))")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_PROGRAMS = ("assistant", "make", "pytest", "python", "pip", "ruff", "git", "lint-imports", "pre-commit", "source")
_KEYS = ("pyproject.toml", "assistant/cases.py", "tests/conftest.py")  # packages, keys of cases, options of pytest
_ELSEWHERE = {"main", "langchain"}  # a branch and a package


class Page(NamedTuple):
    """A page without its fences, and what stands in them by their language."""

    prose: str
    fences: tuple[tuple[str, str], ...]

    def fenced(self, language: str) -> list[str]:
        return [text for kind, text in self.fences if kind == language]


@cache
def page(name: str) -> Page:
    text = (ROOT / name).read_text(encoding="utf-8")
    return Page(_FENCE.sub("", text), tuple(_FENCE.findall(text)))


@cache
def defined(path: Path) -> frozenset[str]:
    """Names that a module defines: functions, classes, arguments, fields, and what it assigns to."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return frozenset(found)


@cache
def names() -> frozenset[str]:
    """All that a bare word in backticks may be."""
    modules = (*PACKAGE.rglob("*.py"), *(ROOT / "tests").glob("*.py"), *(ROOT / "tests/library").glob("*.py"))
    code = frozenset().union(*map(defined, modules))
    words = {each.id for name in files() for each in entries(name)} | set(Entry.model_fields) | {"Decimal", "None"}
    return code | words | set(all_metrics()) | set(RULES) | set(READERS) | {"F", "T", "N", "A", "Y", "D", "R", "W"}


def there(path: str, beside: Path = ROOT) -> bool:
    """Whether a path is: from the root, the package, its prose's own room or the page. ``*`` stands for any name."""
    folders = (ROOT, PACKAGE, PACKAGE / "lexicon/data", ROOT / "prompts", beside, PACKAGE / "asking/conversation")
    return any((folder / path).exists() or ("*" in path and any(folder.glob(path))) for folder in folders)


def unknown(span: str) -> str:
    """What of a span in backticks there is not; empty when all is well."""
    if span.split()[0] in _PROGRAMS and " " in span:
        return ""  # a command: see below
    if found := re.match(r"ASSISTANT_\w+|OPENAI_\w+", span):
        return "" if found[0].removeprefix("ASSISTANT_").lower() in defined(PACKAGE / "settings.py") else span
    if span.startswith("."):
        return "" if there(span) or span in (*READERS, ".yoy", ".venv") else span
    if _PATH.fullmatch(span):
        return "" if there(span) else span
    if dotted := re.fullmatch(r"(?:assistant\.)?(\w+(?:\.\w+)+)", span):
        return "" if span in (*names(), "note.1") or there(f"{dotted[1].replace('.', '/')}*") else span
    if header := re.fullmatch(r"\[\[?(\w+)\]\]?", span):
        return "" if any(header[0] in file.read_text("utf-8") for file in PACKAGE.glob("lexicon/data/*.toml")) else span
    words = re.findall(r"[A-Za-z_][\w-]*", span)
    if _CHINESE.search(span) or "{" in span:
        return ""  # an example
    return "、".join(word for word in words if word not in names() and not known_elsewhere(word))


def known_elsewhere(word: str) -> bool:
    """A program or package that is installed beside ours, or a key of a case."""
    written = "".join((ROOT / file).read_text(encoding="utf-8") for file in _KEYS)
    return word in _PROGRAMS or word in _ELSEWHERE or f'"{word}' in written or f'"--{word}"' in written


@pytest.mark.parametrize("name", PAGES)
def test_what_stands_in_backticks_is_there(name: str) -> None:
    spans = re.findall(r"`([^`\n]+)`", page(name).prose)
    assert len(spans) > 20
    assert [fault for span in spans if (fault := unknown(span))] == []


@pytest.mark.parametrize("name", PAGES)
def test_paths_in_diagrams_are_there(name: str) -> None:
    paths = [path for text in page(name).fenced("text") for path in re.findall(r"[\w.*]+(?:/[\w.*]+)*(?:/|\.py)", text)]
    assert [path for path in paths if not there(path)] == []


def test_each_step_of_the_architecture_names_functions_of_its_module() -> None:
    steps = _STEP.findall(page("docs/architecture.md").prose)
    assert len(steps) > 50
    astray = [
        f"{path}: {function}"
        for module, functions in steps
        for path in re.findall(r"`([^`]+)`", module)
        for function in re.findall(r"`(\w+)`", functions)
        if not (PACKAGE / path).exists() or function not in defined(PACKAGE / path)
    ]
    assert astray == []


@pytest.mark.parametrize("name", LINKING)
def test_links_lead_somewhere(name: str) -> None:
    broken = []
    for target in _LINK.findall(page(name).prose):
        path, _, anchor = target.partition("#")
        file = (ROOT / name).parent / path if path else ROOT / name
        if not file.exists() or (anchor and anchor not in anchors(file.read_text(encoding="utf-8"))):
            broken.append(target)
    assert broken == []


def anchors(text: str) -> set[str]:
    """What headings are linked by: without punctuation, in small letters, hyphens for blanks."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def commands(name: str) -> Iterator[list[str]]:
    """The command lines of a page, in fences and in backticks; variables set before them are left out."""
    lines = [line for text in page(name).fenced("") for line in text.splitlines()]
    lines += [span for span in re.findall(r"`([^`\n]+)`", page(name).prose) if span.split()[0] in _PROGRAMS]
    for line in lines:
        for part in re.split("&&", re.split(r"(?:^|\s)#\s", line)[0]):
            words = shlex.split(part)
            while words and ("=" in words[0] or words[0] == "export"):
                words = words[1:]
            if words:
                yield words


@pytest.mark.parametrize("name", [*PAGES, "README.md"])
def test_commands_are_there(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    wrong = []
    for words in commands(name):
        program, rest = words[0], words[1:]
        if program == "assistant":
            monkeypatch.setattr(sys, "argv", ["assistant", *_command_of(rest), "--help"])
            with pytest.raises(SystemExit) as ended:
                main()
            told = capsys.readouterr().out
            # what stands before the command is for all of them
            options = [word for word in rest if re.match("--?[a-z]", word)]
            sound = not ended.value.code and all(re.search(rf"{option}\b", told) for option in options)
        elif program == "make":
            sound = set(rest) <= targets
        elif program == "pytest":
            sound = all(there(word) for word in rest if "/" in word)
        elif program == "python" and rest[:1] == ["-m"]:
            sound = there(f"{rest[1].replace('.', '/')}*")
        else:
            sound = program in _PROGRAMS
        if not sound:
            wrong.append(" ".join(words))
    assert wrong == []


def _command_of(words: list[str]) -> list[str]:
    """``--library 文件夹 ask 问题`` → ``ask``; ``library show 3`` → ``library show``."""
    words = [word for at, word in enumerate(words) if "--library" not in (word, *words[max(0, at - 1) : at])]
    plain = [word for word in words[:2] if re.fullmatch("[a-z]+", word)]
    return plain[:2] if plain[:1] == ["library"] else plain[:1]


def test_every_target_of_make_says_what_it_is_for() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    told = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    assert sorted(re.findall(r"^make (\S+) +\S", told, re.MULTILINE)) == sorted(phony.split())


def test_the_hooks_call_what_make_calls() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {hook["entry"] for hook in hooks} <= {f"make {target}" for target in targets}


def test_the_examples_of_adding_work(tmp_path: Path) -> None:
    """An entry that its own examples find, a check that its cases try, a prompt that is filled as it says."""
    shown = page("docs/adding.md")
    rule, asking = shown.fenced("python")
    (cases,), (entry,) = shown.fenced("yaml"), shown.fenced("toml")
    trial = """
import re, sys, tomllib, yaml
from pathlib import Path
from assistant.cases import Case
from assistant.lexicon.schema import Entry, alternation
Path("W199.py").write_text(sys.argv[1], encoding="utf-8")
sys.path.insert(0, ".")
import W199
given = yaml.safe_load(sys.argv[2])
assert not [fault for kind in given.values() for spec in kind for fault in Case("W199", 1, spec).faults()]
(fields,) = tomllib.loads(sys.argv[3])["entry"]
found = re.compile(alternation(Entry(**fields))).search
assert all(map(found, fields["examples"])) and found("办妥")
exec(sys.argv[4])
"""
    run = [sys.executable, "-c", trial, rule, cases, entry, asking]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
