"""Every prompt is filled somewhere in the program, with exactly the names that it has."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Template

import pytest

import assistant
from assistant.resources import folder

PROMPTS = sorted(folder("prompts").glob("*.md"))


def fillings() -> dict[str, list[set[str]]]:
    """By prompt, the names that each call of ``prompt`` in the program gives."""
    found: dict[str, list[set[str]]] = {}
    for module in Path(assistant.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "prompt":
                (name,) = call.args
                assert isinstance(name, ast.Constant) and isinstance(name.value, str), (
                    f"{module}: name the prompt itself"
                )
                found.setdefault(name.value, []).append({each.arg or "" for each in call.keywords})
    return found


def test_the_program_asks_for_every_prompt_and_for_no_other() -> None:
    filled, there = set(fillings()), {path.stem for path in PROMPTS}
    assert filled - there == set(), "no file in prompts/ for these"
    assert there - filled == set(), "no code fills these files of prompts/"


@pytest.mark.parametrize("path", PROMPTS, ids=lambda path: path.stem)
def test_a_prompt_is_filled_with_the_names_that_it_has(path: Path) -> None:
    wanted = set(Template(path.read_text(encoding="utf-8")).get_identifiers())
    assert all(given == wanted for given in fillings().get(path.stem, ()))
