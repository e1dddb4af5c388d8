"""What may be loaded for what: a press of a key or a request for help does not wait for what it does not need."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import assistant


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
