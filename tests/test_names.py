"""A name of a module is bound once: a second binding takes the first one's place in silence."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

import assistant

MODULES = sorted(Path(assistant.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: "/".join(path.parts[-2:]))
def test_each_name_is_bound_once(module: Path) -> None:
    bound = Counter(name for statement in ast.parse(module.read_text("utf-8")).body for name in _bound(statement))
    assert [name for name, times in bound.items() if times > 1 and name != "_"] == []


def _bound(statement: ast.stmt) -> list[str]:
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return [statement.name]
    if isinstance(statement, ast.AugAssign):
        return []
    targets = getattr(statement, "targets", [getattr(statement, "target", None)])
    return [name.id for each in targets if each for name in ast.walk(each) if isinstance(name, ast.Name)]
