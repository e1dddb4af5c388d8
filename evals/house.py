"""The house in numbers: modules, lines, shards, patterns with Chinese in code, circles.

    python -m evals.house [folder of a checkout]

A shard is a module that one other module of its own folder imports and nobody else. Lines of code are those that hold
code: no blank ones, no comments, no docstrings. A circle is a set of modules that import each other, also by imports
inside functions; what only types need (``TYPE_CHECKING``) makes none.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

__all__ = ["House", "main", "measured"]

_CHINESE = re.compile(r"[\u4e00-\u9fff]|\\p\{Han\}")
_PATTERN_CALLS = frozenset(["compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer", "regex"])
_NO_CODE = frozenset(
    [tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER]
)


class House(NamedTuple):
    """What was counted: ``lines`` of files and of ``code``, the module of the most code lines with their number, names
    of shards, calls that compile Chinese in code, literals with Chinese, and circles as sorted names."""

    modules: int
    lines: int
    code: int
    longest: tuple[str, int]
    shards: tuple[str, ...]
    patterns: int
    literals: int
    circles: tuple[tuple[str, ...], ...]


def main(folder: Path) -> None:
    house = measured(folder)
    console = Console()
    console.print(f"模块 {house.modules}，行 {house.lines}，其中代码行 {house.code}")
    console.print("最长 {}：代码行 {}".format(*house.longest))
    console.print(f"碎片 {len(house.shards)}")
    console.print(f"代码里带中文的正则调用 {house.patterns}，带中文的字符串 {house.literals}")
    console.print("循环", len(house.circles), *map("、".join, house.circles))


def measured(folder: Path) -> House:
    """Count the package ``assistant`` in a checkout."""
    modules = {_name(path, folder): path for path in sorted((folder / "assistant").rglob("*.py"))}
    trees = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in modules.items()}
    lines = {name: _code_lines(path, trees[name]) for name, path in modules.items()}
    imports = {name: set(_imported(name, tree, modules)) for name, tree in trees.items()}
    importers: defaultdict[str, set[str]] = defaultdict(set)
    for name, others in imports.items():
        for other in others:
            importers[other].add(name)
    beside = {name: {one.rpartition(".")[0] for one in importers[name]} for name in modules}
    shards = (
        name
        for name, path in modules.items()
        if path.stem != "__init__" and len(importers[name]) == 1 and beside[name] == {name.rpartition(".")[0]}
    )
    nodes = [node for tree in trees.values() for node in ast.walk(tree)]
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return House(
        len(modules),
        sum(len(path.read_text(encoding="utf-8").splitlines()) for path in modules.values()),
        sum(lines.values()),
        max(lines.items(), key=lambda item: item[1]),
        tuple(shards),
        sum(_is_chinese_pattern(node) for node in nodes if isinstance(node, ast.Call)),
        sum(bool(_CHINESE.search(text)) for text in texts),
        tuple(tuple(sorted(circle)) for circle in _circles(imports)),
    )


def _name(path: Path, folder: Path) -> str:
    return ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__")


def _code_lines(path: Path, tree: ast.Module) -> int:
    told = {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
    code = {line for token in tokens if token.type not in _NO_CODE for line in range(token.start[0], token.end[0] + 1)}
    return len(code - told)


def _imported(name: str, tree: ast.Module, modules: dict[str, Path]) -> Iterator[str]:
    for node in _run(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{one.name}" for one in node.names if f"{node.module}.{one.name}" in modules)
            if node.module in modules and any(f"{node.module}.{one.name}" not in modules for one in node.names):
                yield node.module
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name in modules and one.name != name)


def _run(node: ast.AST) -> Iterator[ast.AST]:
    """What is run: all but what stands under ``if TYPE_CHECKING``."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING"):
            yield from _run(child)


def _is_chinese_pattern(call: ast.Call) -> bool:
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    of_module = not isinstance(call.func, ast.Attribute) or getattr(call.func.value, "id", "") in ("re", "regex")
    texts = (node.value for node in ast.walk(call.args[0]) if isinstance(node, ast.Constant)) if call.args else ()
    return (
        called in _PATTERN_CALLS and of_module and any(_CHINESE.search(text) for text in texts if isinstance(text, str))
    )


def _circles(imports: dict[str, set[str]]) -> Iterator[list[str]]:
    """Sets of modules that import each other (Tarjan's strongly connected components)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []

    def visit(name: str) -> Iterator[list[str]]:
        index[name] = low[name] = len(index)
        stack.append(name)
        for other in imports[name]:
            if other not in index:
                yield from visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], index[other])
        if low[name] == index[name]:
            place = stack.index(name)
            found, stack[place:] = stack[place:], []
            if len(found) > 1:
                yield found

    for name in imports:
        if name not in index:
            yield from visit(name)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
