"""Scans as they come, made by ``evals.scans``: no value wrong in silence, the easy ones read whole."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from assistant.readers.pages import scan

pytestmark = pytest.mark.skipif(
    find_spec("rapidocr") is None or find_spec("cv2") is None, reason="needs the extra [ocr]: rapidocr"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scans")


@pytest.mark.parametrize("kind", ["clean", "sloped", "turned_left", "upside_down", "pale", "two_up"])
def test_a_scan_that_a_person_reads_with_ease(kind: str, folder: Path) -> None:
    """Of each kind the first: all cells right but a few, none wrong in silence, and no flood of notes."""
    scans = pytest.importorskip("evals.scans")
    try:
        outcome = scans.scanned(*next(scans.made(folder, [kind])))
    except RuntimeError as missing:
        pytest.skip(str(missing))  # no Chinese typeface on this machine
    assert outcome.silent == () and outcome.right >= 0.97 * outcome.cells
    assert outcome.notes <= 12


@pytest.mark.parametrize("kind", ["stamped", "ticked"])
def test_a_scan_with_marks_over_its_figures(kind: str, folder: Path) -> None:
    scans = pytest.importorskip("evals.scans")
    try:
        outcome = scans.scanned(*next(scans.made(folder, [kind])))
    except RuntimeError as missing:
        pytest.skip(str(missing))
    assert outcome.silent == () and outcome.right >= 0.75 * outcome.cells


def test_a_page_that_gave_nothing_is_named(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("L", (1654, 2339), 255).save(tmp_path / "空.png")
    (warning,) = scan.read_picture(tmp_path / "空.png").warnings
    assert warning.kind == "unread" and warning.message.startswith("第1页没有读出")


def test_a_round_digit_is_sure_and_a_fax_edge_is_no_print() -> None:
    import numpy as np

    from assistant.readers.pages.picture import halves, without_light_ink, without_stains

    page = np.full((2000, 1600), 255, np.uint8)
    page[:, :30] = 0
    page[500:530, 700:712] = 0
    clean = without_stains(page)
    assert clean[:, :30].min() == 255 and clean[510, 705] == 0
    page[800:840, 300:340] = 120
    assert without_light_ink(page)[820, 320] == 255 and without_light_ink(page)[510, 705] == 0
    two = np.full((1000, 1500), 255, np.uint8)
    two[100:900, 100:650:9] = two[100:900, 850:1400:9] = 0
    assert len(halves(two)) == 2 and len(halves(np.ascontiguousarray(two[:, :700]))) == 1
