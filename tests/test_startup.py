"""What may be loaded for what: a press of a key or a request for help does not wait for what it does not need."""

from __future__ import annotations

import gc
import json
import pkgutil
import subprocess
import sys
from contextlib import suppress
from importlib import import_module

import pytest

import assistant
from assistant.patterns import regex


def loaded_by(code: str) -> set[str]:
    """The modules of a new process once it has run ``code``."""
    told = "import json, sys; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{told}"], capture_output=True, encoding="utf-8", check=True)
    return set(json.loads(done.stderr.splitlines()[-1]))


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


def test_every_pattern_that_waits_for_its_first_use_can_be_compiled() -> None:
    for module in pkgutil.walk_packages(assistant.__path__, "assistant."):
        if not module.name.endswith(("__main__", "_child")):  # these run, each as a process of its own
            with suppress(ModuleNotFoundError):  # what an extra brings
                import_module(module.name)
    waiting = [each for each in gc.get_objects() if type(each) is type(regex(""))]
    assert len(waiting) > 50
    for each in waiting:
        assert each.pattern is not None
