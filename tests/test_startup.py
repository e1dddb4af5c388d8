"""What may be loaded for what: a press of a key or a request for help does not wait for what it does not need."""

from __future__ import annotations

import gc
import json
import pkgutil
import re
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
from small_report import REPORT

import assistant
from assistant.library import Library
from assistant.patterns import regex


def loaded_by(code: str) -> set[str]:
    """The modules of a new process once it has run ``code``."""
    told = "import json, sys; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{told}"], capture_output=True, encoding="utf-8", check=True)
    return set(json.loads(done.stderr.splitlines()[-1]))


def loaded_by_call(*arguments: str | Path) -> set[str]:
    """The modules of a new process once it has run this command line."""
    called = f"sys.argv = ['assistant', *{[*map(str, arguments)]!r}]"
    return loaded_by(f"import contextlib, sys\n{called}\nfrom assistant.__main__ import main\n{_RUN}")


_RUN = "with contextlib.suppress(SystemExit):\n    main()"


def rooms(modules: set[str]) -> set[str]:
    return {name for name in modules if name.partition(".")[0] == "assistant"}


def test_the_package_alone_loads_nothing_of_its_own() -> None:
    loaded = loaded_by("import assistant")
    assert rooms(loaded) == {"assistant", "assistant.interrupts"}
    assert not loaded & {"typing", "re", "pathlib", "importlib.metadata"} - loaded_by("")


@pytest.mark.parametrize("name", assistant.__all__)
def test_every_public_name_is_found_when_asked_for(name: str) -> None:
    code = f"import assistant\nassert {name!r} in dir(assistant)\nfrom assistant import {name}\nassert callable({name})"
    assert rooms(loaded_by(code)) > {"assistant"}


def test_check_is_the_function_also_after_its_module_was_imported() -> None:
    loaded_by(
        "import assistant.check, sys\nfrom assistant import check\nassert check is sys.modules['assistant.check'].check"
    )


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        _ = assistant.nonsense


ROOMS_FOR_HELP = re.compile(r"assistant(\.(__main__|cli(\.(?!conversing)\w+)?|errors|interrupts|logs|patterns|text))?")
WORK = {
    "pydantic", "pydantic_settings", "rich.table", "rich.progress", "numpy", "langchain", "langchain_core", "openai", "chromadb",
    "sqlite3", "lxml", "openpyxl", "docx", "matplotlib", "rapidfuzz", "rjieba", "tomllib", "multiprocessing",
    "fastapi", "starlette", "uvicorn", "mcp",
}  # fmt: skip


@pytest.mark.parametrize("command", ["", "check", "ask", "draft", "library", "library list", "serve"])
def test_help_loads_nothing_that_works(command: str) -> None:
    loaded = loaded_by_call(*command.split(), "--help")
    assert [name for name in rooms(loaded) if not ROOMS_FOR_HELP.fullmatch(name)] == []
    assert loaded & WORK <= ({"pydantic"} if command else set()), "typer reads values with it"


def test_checking_a_text_loads_no_other_format_and_no_library(tmp_path: Path) -> None:
    report = tmp_path / "报告.txt"
    report.write_text(REPORT.format(year=2024, count=7), encoding="utf-8")
    loaded = loaded_by_call("--library", tmp_path / "none", "check", report)
    assert loaded & (WORK - {"pydantic", "rapidfuzz", "rjieba", "tomllib"}) == set()
    assert not {
        name for name in rooms(loaded) if re.match(r"assistant\.(library|llm|asking|drafting|review|comparing)", name)
    }
    assert not {name for name in rooms(loaded) if re.match(r"assistant\.readers\.(word|web|excel|pages)\.", name)}


def test_the_page_is_served_before_anything_that_works_is_loaded() -> None:
    loaded = loaded_by("import assistant.web.serve")
    assert {"fastapi", "uvicorn"} <= loaded, "what it is made of"
    work = WORK - {
        "pydantic",
        "multiprocessing",
        "fastapi",
        "starlette",
        "uvicorn",
        "rapidfuzz",
        "tomllib",
        "rich.table",
        "rich.progress",
    }
    assert loaded & work == set()
    assert not {name for name in rooms(loaded) if re.match(r"assistant\.(drafting|llm|asking)\.", name)}


def test_asking_loads_no_rule(tmp_path: Path) -> None:
    with Library(tmp_path / "库", create=True):
        pass
    loaded = loaded_by_call("--library", tmp_path / "库", "ask", "清源区2024年新收了多少件申请？")
    assert "assistant.asking.answer" in loaded
    assert [
        name for name in loaded if re.match(r"assistant\.(check$|rules\.(?!base$|rule$|hit$|finding$))", name)
    ] == []


def test_every_pattern_that_waits_for_its_first_use_can_be_compiled() -> None:
    for module in pkgutil.walk_packages(assistant.__path__, "assistant."):
        if not module.name.endswith(("__main__", "_child")):  # these run, each as a process of its own
            with suppress(ModuleNotFoundError):  # what an extra brings
                import_module(module.name)
    waiting = [each for each in gc.get_objects() if type(each) is type(regex(""))]
    assert len(waiting) > 50
    for each in waiting:
        assert each.pattern is not None
