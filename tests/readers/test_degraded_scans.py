"""Scans as they come, made by ``evals.scans``: no value wrong in silence, the easy ones read whole."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from assistant.readers.pages import scan

pytestmark = pytest.mark.skipif(
    find_spec("rapidocr") is None or find_spec("cv2") is None, reason="needs the extra [ocr]: rapidocr"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scans")


@pytest.mark.parametrize(
    "kind",
    ["clean", "faxed", "photographed", "turned_left", "upside_down", "pale", "broken", "two_up", "curved"],
)
def test_a_scan_that_a_person_reads_with_ease(kind: str, folder: Path) -> None:
    """Of each kind the first: all cells right but a few, none wrong in silence, and no flood of notes."""
    scans = pytest.importorskip("evals.scans")
    try:
        outcome = scans.scanned(*next(scans.made(folder, [kind])))
    except RuntimeError as missing:
        pytest.skip(str(missing))  # no Chinese typeface on this machine
    assert outcome.silent == () and outcome.right >= 0.97 * outcome.cells
    assert outcome.notes <= 12


@pytest.mark.parametrize("kind", ["stamped", "ticked", "sloped"])
def test_a_scan_with_marks_over_its_figures_or_lines(kind: str, folder: Path) -> None:
    """The crease of the first that is sloped lies upon a line of table 4, which is not taken then, and told."""
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


def test_a_line_that_is_broken_near_its_end_is_led_on_but_not_through_words() -> None:
    import numpy as np

    from assistant.readers.pages.picture import rules

    page = np.full((700, 900), 255, np.uint8)
    for y in (100, 200, 300, 350):
        page[y : y + 2, 100:800] = 0
    for x in (100, 798):
        page[100:352, x : x + 2] = 0
    page[100:352, 400:402] = 0  # ends in two pieces, too short to be found as lines
    page[298:303, 398:404] = page[325:330, 398:404] = 255
    page[200:300, 600:602] = 0  # from the second line to the third, and words below it
    for y in range(308, 344, 9):
        page[y : y + 4, 590:612] = 0
    _, down = rules(page)
    ends = {round(line.at): (round(line.start, -1), round(line.end, -1)) for line in down}
    assert ends == {101: (100, 350), 401: (100, 350), 601: (200, 300), 799: (100, 350)}


def test_a_page_in_shade_is_white_paper_and_a_light_one_stays() -> None:
    import numpy as np

    from assistant.readers.pages.picture import evenly_lit

    page = np.full((1000, 800), 255, np.uint8)
    page[400:403, 100:700] = page[500:520, 200:212] = 20
    assert evenly_lit(page) is page
    shaded = (page * np.linspace(1.0, 0.55, 800)[None, :]).astype(np.uint8)
    lit = evenly_lit(shaded)
    paper = lit[600:900, 50:750]
    assert paper.min() >= 245 and lit[401, 600] < 60 and lit[510, 205] < 60


def test_lines_of_a_photographed_table_are_at_right_angles() -> None:
    import cv2
    import numpy as np

    from assistant.readers.pages.picture import squared

    page = _ruled()
    assert squared(page) is page
    corners = np.array([(0, 0), (900, 0), (900, 1200), (0, 1200)], np.float32)
    seen = corners + np.array([(12, -9), (-10, 11), (13, -8), (-11, 12)], np.float32)
    turn = cv2.getPerspectiveTransform(corners, seen)
    photo = np.asarray(cv2.warpPerspective(page, turn, (900, 1200), borderValue=(255.0,)), np.uint8)
    for picture, straight in ((photo, False), (squared(photo), True)):
        fullest = [int((picture[y - 25 : y + 25, 150:750] < 160).sum(axis=1).max()) for y in range(100, 1101, 100)]
        assert (min(fullest) > 560) is straight


def _ruled() -> Any:
    """A page of eleven lines across and five down."""
    import numpy as np

    page = np.full((1200, 900), 255, np.uint8)
    for y in range(100, 1101, 100):
        page[y : y + 2, 100:800] = 0
    for x in range(100, 801, 175):
        page[100:1102, x : x + 2] = 0
    return page


def test_lines_of_bent_paper_are_straight() -> None:
    import cv2
    import numpy as np

    from assistant.readers.pages.picture import flattened

    page = _ruled()
    assert flattened(page) is page
    x, y = np.meshgrid(np.arange(900, dtype=np.float32), np.arange(1200, dtype=np.float32))
    for bend in (20 * np.sin(np.pi * x / 900), 25 * np.exp(-x / 200), 30 * np.sin(np.pi * x / 900) * y / 1200):
        photo = np.asarray(cv2.remap(page, x, y + bend.astype(np.float32), cv2.INTER_LINEAR, borderValue=(255.0,)))
        assert _fullest(photo) < 560 < _fullest(flattened(photo))


def _fullest(picture: Any) -> int:
    """Of the lines across, the least that stands in one row of pixels."""
    dark = picture < 160
    middles = [int(y) for y in range(60, 1101, 100)]
    return min(int(dark[y : y + 80, 150:750].sum(axis=1).max()) for y in middles)


def test_a_fold_across_flat_paper_bends_no_line() -> None:
    import cv2

    from assistant.readers.pages.picture import flattened

    page = _ruled()
    cv2.line(page, (0, 460), (899, 500), (60.0,), 3)
    cv2.line(page, (500, 0), (530, 1199), (60.0,), 3)
    assert flattened(page) is page


def test_nothing_is_sure_in_a_table_with_print_beside_it() -> None:
    """Two columns whose lines were found; the figures of the third stand outside of what is taken for the table."""
    import numpy as np

    from assistant.readers.pages.page import Segment
    from assistant.readers.pages.recognition import _cells_in, _in_points
    from assistant.readers.pages.ruling import ruled_tables

    page = np.full((600, 900), 255, np.uint8)
    lines = [Segment(y, 100, 500) for y in (100, 200, 300)], [Segment(x, 100, 300) for x in (100, 300, 500)]
    tables = ruled_tables(*([_in_points(line) for line in found] for found in lines))
    for outside, doubted in (((100, 400, 200, 420), False), ((600, 220, 640, 250), True)):
        assert {cell.touched for cell in _cells_in(page, page, tables, [outside])} == {doubted}


def test_dust_goes_and_points_stay() -> None:
    import numpy as np

    from assistant.readers.pages.picture import without_dust

    page = np.full((400, 400), 255, np.uint8)
    for x in (100, 116, 140, 156):  # 12.34
        page[100:124, x : x + 10] = 0
    page[119:124, 130:134] = 0
    page[108:112, 190:193] = page[300:304, 300:303] = page[85:88, 60:64] = 0
    clean = without_dust(page)
    assert (clean[119:124, 130:134] == 0).all() and (clean[100:124, 100:110] == 0).all()
    assert clean[90:200, 180:].min() == clean[300:304].min() == clean[85:88].min() == 255


def test_thin_strokes_of_a_digit_are_no_stamp() -> None:
    import numpy as np

    from assistant.readers.pages.picture import without_light_ink

    page = np.full((600, 600), 255, np.uint8)
    page[100:102, 50:550] = page[200:202, 50:550] = 10
    page[140:152, 100:110] = 20  # the bowl of a 5, and its other strokes
    page[128:138, 100:103] = page[128:131, 100:112] = 130
    page[300:380, 300:308] = 130  # the ring of a stamp
    seen = without_light_ink(page)
    assert (seen[128:131, 100:112] == 130).all() and seen[340, 304] == 255
