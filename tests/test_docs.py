"""What the documents say is what the program does."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import assistant
from assistant.check import RULES
from assistant.render.catalogue import catalogue_markdown

DOCS = Path(__file__).parent.parent / "docs"
PACKAGE = Path(assistant.__file__).parent


def test_the_catalogue_of_checks_is_up_to_date() -> None:
    written = (DOCS / "checks.md").read_text(encoding="utf-8")
    assert written == catalogue_markdown(RULES.values()), "run: make docs"


def test_every_check_has_its_entry_and_page() -> None:
    text = catalogue_markdown(RULES.values())
    for code, entry in RULES.items():
        assert text.count(f"\n### {code}\n") == 1 and text.count(f"[{code}](#{code.lower()})") == 1
        assert all(
            f"{part}：" in text.partition(f"### {code}\n")[2].partition("###")[0] for part in ("依据", "违例", "正例")
        )
        assert len(next(line for line in text.splitlines() if line.startswith(f"| [{code}]")).split(" | ")) == 5, entry


def test_every_promise_of_safety_names_its_tests_and_they_are_there() -> None:
    text = (DOCS.parent / "SECURITY.md").read_text(encoding="utf-8")
    promises = re.findall(r"^\*\*(.+?)。\*\*", text.partition("## 承诺\n")[2].partition("\n## ")[0], re.MULTILINE)
    rows = re.findall(r"^\| (.+?) \| (`test_.+) \|$", text.partition("## 承诺和测试\n")[2], re.MULTILINE)
    assert len(promises) > 10 and promises == [promise for promise, _ in rows]
    written = {
        name
        for path in (DOCS.parent / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert {name for _, names in rows for name in re.findall(r"`(\w+)`", names)} <= written


def test_every_public_function_that_raises_says_so() -> None:
    """Under ``Raises:`` of its docstring; pages of the commands are for people, who are told of errors when they happen."""
    modules = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
    makers = {
        function.name: function.returns.id
        for module in modules.values()
        for function in ast.walk(module)
        if isinstance(function, ast.FunctionDef) and isinstance(function.returns, ast.Name)
    }
    silent = [
        f"{path.relative_to(PACKAGE)}:{function.lineno} {function.name} raises {error}"
        for path, module in modules.items()
        for function in _public_functions(module)
        if not (path.parent.name == "cli" and re.search("[\u4e00-\u9fff]", ast.get_docstring(function) or ""))
        for error in sorted(_raised(function.body, makers))
        if error not in (ast.get_docstring(function) or "").partition("Raises:")[2]
    ]
    assert silent == []


def _public_functions(scope: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef]:
    for node in scope.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from _public_functions(node)


def _raised(body: Iterable[ast.AST], makers: Mapping[str, str]) -> Iterator[str]:
    """The errors that a body raises itself: by their class, or by a function that makes one. An error that was caught
    and kept in a variable is someone else's."""
    for node in body:
        if isinstance(node, ast.Raise) and node.exc:
            made = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            name = made.attr if isinstance(made, ast.Attribute) else made.id if isinstance(made, ast.Name) else ""
            name = makers.get(name, name) if isinstance(node.exc, ast.Call) else name
            if name[:1].isupper() and name != "NotImplementedError":
                yield name
        elif not isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Lambda)):
            yield from _raised(ast.iter_child_nodes(node), makers)
