"""The book of figures: cells, what follows from them, and where each stands."""

from __future__ import annotations

from decimal import Decimal

import pytest
from dossiers import dossier

from assistant.figures.arithmetic import breakdowns
from assistant.figures.book import Book, Figure, label_of, place_of
from assistant.figures.claim_reader import claims_in
from assistant.figures.diagnosis import story_of
from assistant.form import APPLICANTS, EDITION_2021, leaves_of

BOOK = dossier({"previous": {}}).book


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("requests.received.total", "24"),
        ("requests.denied.total", "2"),
        ("requests.unavailable.total", "5"),
        ("requests.not_processed.natural_person", "1"),
        ("requests.otherwise_handled.total", "1"),
        ("requests.workload.total", "26"),
        ("requests.workload.natural_person", "22"),
        ("requests.received.legal_person", "4"),
        ("requests.workload.legal_person", "4"),
        ("requests.denied.legal_person", "0"),
        ("litigation.total", "4"),
        ("litigation.upheld", "3"),
        ("requests.received.total.last_year", "23"),
        ("requests.received.total.change", "1"),
        ("requests.received.total.yoy", "4.35"),
        ("requests.workload.total.yoy", "4.00"),
        ("requests.carried_out.total.change", "1"),
        ("requests.granted.total.share", "47.83"),
        ("requests.denied.total.share", "8.70"),
        ("requests.received.natural_person.share", "83.33"),
        ("disclosure.fees.amount.yoy", "0"),
        ("requests.received.nobody", None),
        ("requests.received.total.share", None),
        ("disclosure.rules.issued.yoy", None),
        ("nothing.at.all", None),
    ],
)
def test_figures_and_what_follows_from_them(key: str, value: str | None) -> None:
    assert BOOK.value(key) == (None if value is None else Decimal(value))


def test_a_group_is_told_only_when_all_its_rows_are_there() -> None:
    rows = {f"requests.{leaf}.total": Decimal(2) for leaf in leaves_of("denied")}
    assert Book(rows).value("requests.denied.total") == 16
    assert Book({**rows, "requests.denied.state_secret.total": None}).value("requests.denied.total") is None
    del rows["requests.denied.state_secret.total"]
    assert Book(rows).missing("requests.denied.total") == ("requests.denied.state_secret.total",)


def test_a_sum_of_nothing_but_blanks_is_blank() -> None:
    assert Book({"requests.received.natural_person": Decimal(20)}).value("requests.received.legal_person") is None
    assert Book({"review.total": Decimal(7)}).value("litigation.total") is None


APPLICANT_COLUMNS = [column.id for column in APPLICANTS if column.id != "total"]


def test_a_blank_total_is_what_its_row_adds_up_to() -> None:
    cells = {f"requests.granted.{column}": Decimal(0) for column in APPLICANT_COLUMNS}
    cells |= {"requests.granted.natural_person": Decimal(258), "requests.granted.business": Decimal(14)}
    assert Book({**cells, "requests.granted.total": None}).value("requests.granted.total") == 272


def test_a_sum_is_told_only_where_every_addend_is_there() -> None:
    cells: dict[str, Decimal | None] = {f"requests.granted.{column}": Decimal(1) for column in APPLICANT_COLUMNS}
    book = Book({**cells, "requests.granted.business": None, "requests.granted.total": None})
    assert book.value("requests.granted.total") is None and book.value("requests.granted.legal_person") is None
    assert book.missing("requests.granted.total") == ("requests.granted.business",)
    assert Book({"litigation.direct.total": Decimal(3)}).value("litigation.total") is None


def test_blanks_are_noughts_where_the_table_shows_it() -> None:
    """As 上海 2019: no nought is printed, and totals beside blank cells are what the others add up to."""
    rows = {row.id: {"natural_person": 5, "total": 5} for row in EDITION_2021.table("requests").rows}
    blank = {f"requests.{row}.{column.id}": str(given.get(column.id, "")) for row, given in rows.items() for column in APPLICANTS}  # fmt: skip
    shown = dossier({"figures": blank | {"requests.granted.total": ""}})
    assert shown.book.value("requests.granted.total") == 5
    one_nought = dossier({"figures": blank | {"requests.granted.total": "", "requests.received.business": "0"}})
    assert one_nought.book.value("requests.granted.total") is None
    one_gap = dossier({"figures": blank | {"requests.granted.total": "", "requests.received.total": "9"}})
    assert one_gap.book.value("requests.granted.total") is None


def test_the_single_row_of_the_older_form_is_its_own_subtotal() -> None:
    book = dossier({"edition": "2019", "year": 2019, "single": True}).book
    assert book.value("requests.otherwise_handled.total") == 1
    blank = dossier({"edition": "2019", "year": 2019, "figures": {"requests.otherwise_handled.total": None}}).book
    assert blank.value("requests.otherwise_handled.total") == 1


def test_every_key_that_is_listed_can_be_looked_up() -> None:
    keys = list(BOOK)
    assert len(keys) == len(set(keys)) == len(BOOK)
    assert all(BOOK[key].id == key and BOOK[key].label and BOOK[key].source for key in keys)
    assert {
        "requests.denied.total",
        "requests.workload.total.yoy",
        "litigation.total",
        "requests.otherwise_handled.total",
    } <= set(keys)


def test_own_figures_stand_beside_the_tables() -> None:
    own = Figure("own.training", Decimal(9), "期", "培训", "台账")
    assert Book({}, own=[own])["own.training"] is own
    with pytest.raises(KeyError):
        Book({})["own.training"]


@pytest.mark.parametrize(
    ("now", "before", "suffix", "text"),
    [
        (24, 23, "yoy", "同比增长4.35%"),
        (23, 24, "yoy", "同比下降4.17%"),
        (24, 24, "yoy", "与上年持平"),
        (24, 23, "change", "增加1件"),
        (20, 23, "change", "减少3件"),
    ],
)
def test_how_prose_writes_a_comparison(now: int, before: int, suffix: str, text: str) -> None:
    metric = "requests.received.total"
    assert Book({metric: Decimal(now)}, {metric: Decimal(before)})[f"{metric}.{suffix}"].text == text


@pytest.mark.parametrize(
    ("key", "place", "label"),
    [
        ("requests.received.total", "表三 一·总计", "本年新收申请（总计）"),
        ("requests.denied.total", "表三 三（三）·总计", "不予公开（总计）"),
        ("requests.workload.total", "表三 一＋二·总计", "新收＋上年结转（总计）"),
        ("litigation.upheld", "表四 行政诉讼两类·结果维持", "行政诉讼结果维持"),
        ("disclosure.normative_documents.in_force", "表二 行政规范性文件·现行有效件数", "行政规范性文件现行有效件数"),
        ("requests.received.legal_person", "表三 一·法人或其他组织", "本年新收申请（法人或其他组织）"),
    ],
)
def test_places_and_names_are_those_people_use(key: str, place: str, label: str) -> None:
    assert (place_of(key), label_of(key)) == (place, label)


@pytest.mark.parametrize(
    ("text", "parts", "exhaustive", "agrees"),
    [
        ("全年共制作119期，其中市级47期、县级72期。", [47, 72], True, True),
        ("全年共制作119期，其中市级47期、县级70期。", [47, 70], True, False),
        ("发布信息100条，主要包括财政类30条、教育类20条。", [30, 20], False, True),
        ("发布信息40条，主要包括财政类30条、教育类20条。", [30, 20], False, False),
        ("答复留言12件（县本级5件、乡镇7件）。", [5, 7], True, True),
        ("甲乙两县分别为3期、4期，共7期。", [3, 4], True, True),
        ("收到申请7件，含网络3件、信函4件。", [3, 4], True, True),
        ("公开信息86条，其中：机构类2条；文件类5条；动态类79条。", [2, 5, 79], True, True),
        ("在办结的5件申请中，予以公开3件，部分公开1件，申请撤销1件。", [3, 1, 1], True, True),
        ("在办结的5件申请中，予以公开3件，部分公开1件，申请撤销4件。", [3, 1, 4], True, False),
        ("收到申请7件，3件为网络申请，4件为信件申请。", [3, 4], True, True),
        ("收到申请9件，上年结转1件，其中自然人7件、法人3件。", [7, 3], True, True),
        ("发布信息7531条，其中微信1200篇，微博6331篇。", [1200, 6331], True, True),
        ("四个季度分别公开520条、548条、551条、545条，合计2154条。", [520, 548, 551, 545], True, False),
        ("公开信息314条，其中招录类3条，教育、卫生等重点领域信息311条。", [3, 311], True, True),
        ("在答复的33件里，公开16件、部分公开6件，两者相加22件。", [16, 6], False, True),
        ("共培训10场，其中线上6场、线下4场。参训的另有20场。", [6, 4], True, True),
        ("共收费1960元，其中东乡1件，收取880元；西乡1件，收取1080元。", [880, 1080], True, True),
    ],
)
def test_wholes_and_their_parts(
    text: str, parts: list[int] | None, exhaustive: bool | None, agrees: bool | None
) -> None:
    found = list(breakdowns(claims_in(text, 2024)))
    if parts is None:
        assert found == []
        return
    assert [([part.mention.value for part in one.parts], one.exhaustive, one.agrees) for one in found] == [
        (parts, exhaustive, agrees)
    ]


_REFUSED = (("requests.denied.total", "requests.unavailable.total"),)


@pytest.mark.parametrize(
    ("value", "readings", "story"),
    [
        (54, _REFUSED, "办理结果总计 － 予以公开（95 － 41）"),
        (41, _REFUSED, "予以公开（41）"),
        (48, _REFUSED, "予以公开 ＋ 部分公开（41 ＋ 7）"),
        (1234, _REFUSED, ""),
        (79, (("requests.received.total",),), "97的两位数字写颠倒了"),
        (71, (("requests.received.total",),), "上年的本年新收申请"),
        (39, (("requests.granted.total",),), "予以公开（自然人）（39）"),
        (32, (("requests.unavailable.total",),), "本机关不掌握（32）"),
        (2837, (("disclosure.penalties.decisions",),), "行政许可本年处理决定数量（2837）"),
    ],
)
def test_the_likely_story_of_a_wrong_number(value: int, readings: tuple[tuple[str, ...], ...], story: str) -> None:
    rows = {
        "received": 97,
        "granted": 41,
        "partly_granted": 7,
        "unavailable.not_held": 32,
        "unavailable.still_unclear": 3,
        "concluded": 95,
        "carried_out": 2,
    }
    figures = {f"requests.{row}.total": Decimal(n) for row, n in rows.items()}
    others = {"requests.granted.natural_person": 39, "disclosure.licensing.decisions": 2837}
    before = {"requests.received.total": Decimal(71)}
    book = Book(figures | {metric: Decimal(n) for metric, n in others.items()}, before)
    assert story_of(Decimal(value), readings, book) == story


def test_no_story_is_told_of_nothing() -> None:
    """Where all was granted, 0 is 办理结果总计 － 予以公开; nobody comes by a 0 that way."""
    book = Book({"requests.granted.total": Decimal(41), "requests.concluded.total": Decimal(41)})
    assert story_of(Decimal(0), _REFUSED, book) == ""
