"""Taking a question apart: whose, when, which figure, what is done with it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.asking.questions.periods import find_period
from assistant.asking.questions.question import parse_question
from assistant.asking.questions.units import find_units
from assistant.language.unit_names import short_names

TODAY = date(2025, 11, 1)
HELD = ("咸安区人民政府", "江州市清源区人民政府", "上海市人民政府办公厅", "宿迁市", "淮安市洪泽区人民政府")


@pytest.mark.parametrize(
    ("text", "years", "last"),
    [
        ("2024年", (2024,), None),
        ("24年新收", (2024,), None),
        ("2022—2024年", (2022, 2023, 2024), None),
        ("2022年至2024年", (2022, 2023, 2024), None),
        ("22到24年", (2022, 2023, 2024), None),
        ("2022、2024年", (2022, 2024), None),
        ("去年", (2024,), None),
        ("前年和去年", (2023, 2024), None),
        ("今年", (2025,), None),
        ("近三年", (), 3),
        ("最近5年", (), 5),
        ("2024年比去年", (2024,), None),
        ("2024年跟去年相比", (2024,), None),
        ("2024年上年结转和去年结转", (2024,), None),
        ("2023年结转到2024年的", (2023,), None),
        ("连续三年", (), 3),
        ("三年累计", (), 3),
        ("三年新收合计", (), 3),
        ("最新一年", (), 1),
        ("2022年底没办完、转到2023年的", (2022,), None),
        ("2024年是去年的几倍", (2024,), None),
        ("2024年跟上一年比", (2023, 2024), None),
        ("2022年的，上一年度呢", (2021, 2022), None),
        ("三年行动计划", (), None),
        ("　　24比23多了几件", (2023, 2024), None),
        ("　　24新收多少", (2024,), None),
        ("　　24多件", (), None),
        ("38比37多多少件", (), None),
        ("38件比37件多", (), None),
        ("12件", (), None),
        ("第711号", (), None),
    ],
)
def test_years(text: str, years: tuple[int, ...], last: int | None) -> None:
    period = find_period(text, TODAY)
    assert (tuple(sorted(period.years)), period.last) == (years, last)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("咸安区人民政府2024年", ("咸安区人民政府",)),
        ("咸安2024年", ("咸安区人民政府",)),
        ("清源区政府2024年", ("江州市清源区人民政府",)),
        ("江州市清源区", ("江州市清源区人民政府",)),
        ("洪泽和宿迁", ("淮安市洪泽区人民政府", "宿迁市")),
        ("上海市政府办公厅", ("上海市人民政府办公厅",)),
        ("上海", ("上海市人民政府办公厅",)),
        ("上海办公厅", ("上海市人民政府办公厅",)),
        ("清源市场监管情况", ("江州市清源区人民政府",)),
    ],
)
def test_units_by_every_name(text: str, units: tuple[str, ...]) -> None:
    assert find_units(text, HELD).units == units


@pytest.mark.parametrize(
    "text", ["赤壁市2024年", "2024年江州市收到几件", "请问武汉市民政局去年", "淮安市2024年", "清源县2024年"]
)
def test_a_unit_that_is_not_held_is_named_and_taken_for_no_other(text: str) -> None:
    named = find_units(text, HELD)
    assert named.units == () and named.unknown


@pytest.mark.parametrize("text", ["全区2024年新收多少", "各区县情况", "我市的数字", "主动公开的信息", "社区治理情况"])
def test_common_words_are_no_units(text: str) -> None:
    assert find_units(text, HELD).unknown == ""


def test_a_name_that_two_units_share_is_not_decided_by_chance() -> None:
    named = find_units("鼓楼区2024年", ("南京市鼓楼区人民政府", "徐州市鼓楼区人民政府"))
    assert named.units == () and len(named.candidates) == 2
    assert find_units("徐州市鼓楼区", ("南京市鼓楼区人民政府", "徐州市鼓楼区人民政府")).units == (
        "徐州市鼓楼区人民政府",
    )
    assert find_units("上海市2024年", ("上海市人民政府", "上海市人民政府办公厅")).units == ("上海市人民政府",)


def test_no_office_is_called_by_its_government_alone() -> None:
    assert short_names("咸安区人民政府").keys() >= {"咸安区", "咸安"}
    assert "咸" not in short_names("咸安区人民政府")


@pytest.mark.parametrize(
    ("words", "metrics", "operation"),
    [
        ("新收了多少件申请", ["requests.received.total"], "value"),
        ("收到多少件申请", ["requests.received.total"], "value"),
        ("上年结转多少件", ["requests.carried_in.total"], "value"),
        ("结转下年多少件", ["requests.carried_out.total"], "value"),
        ("不予公开的有多少", ["requests.denied.total"], "value"),
        ("没有公开的有几件", ["requests.denied.total"], "value"),
        ("因为本机关不掌握无法提供的有多少件", ["requests.unavailable.not_held.total"], "value"),
        ("律师事务所提的有多少", ["requests.received.legal_service"], "value"),
        ("自然人的申请予以公开多少件", ["requests.granted.natural_person"], "value"),
        ("行政复议多少件", ["review.total"], "value"),
        ("复议后起诉尚未审结的几件", ["litigation.after_review.pending"], "value"),
        ("行政复议和行政诉讼各多少件", ["review.total", "litigation.total"], "parts"),
        ("制发规范性文件多少件", ["disclosure.normative_documents.issued"], "value"),
        ("处罚多少件", ["disclosure.penalties.decisions"], "value"),
        ("行政事业性收费是多少", ["disclosure.fees.amount"], "value"),
        ("新收申请同比增长多少", ["requests.received.total"], "change"),
        ("予以公开占比是多少", ["requests.granted.total/requests.concluded.total"], "value"),
        ("历年新收申请数量", ["requests.received.total"], "trend"),
        ("不予公开有哪些情形，各多少件", ["requests.denied.total"], "parts"),
    ],
)
def test_figures_and_what_is_done_with_them(words: str, metrics: list[str], operation: str) -> None:
    question = parse_question(f"咸安区2024年{words}" if operation != "trend" else f"咸安区{words}", HELD, TODAY)
    assert [readings[0] for readings in question.metrics] == metrics
    assert question.operation == operation
    assert question.wants_figure and not question.narrowing


@pytest.mark.parametrize(
    "text",
    [
        "答复申请的期限是多久",
        "什么是部分公开",
        "不予公开的条件",
        "行政复议怎么申请",
        "咸安区2024年收取信息处理费多少元",
        "第三十三条说了什么",
    ],
)
def test_what_asks_for_no_figure_of_the_form(text: str) -> None:
    assert not parse_question(text, HELD, TODAY).wants_figure


@pytest.mark.parametrize(
    ("text", "narrowing"),
    [
        ("咸安区2024年3月新收多少件申请", ("3月",)),
        ("咸安区2024年上半年新收多少件申请", ("上半年",)),
        ("咸安区民政局2024年新收多少件申请", ("民政局",)),
        ("我在写材料，咸安区2024年新收多少件申请", ()),
        ("咸安区2024年老百姓一共提了多少件公开申请呢", ()),
    ],
)
def test_words_that_the_tables_do_not_divide_by(text: str, narrowing: tuple[str, ...]) -> None:
    assert parse_question(text, HELD, TODAY).narrowing == narrowing


@pytest.mark.parametrize(
    ("words", "metrics"),
    [
        ("表三第一项、第二项、（七）总计、第四项各多少", ["received", "carried_in", "concluded", "carried_out"]),
        ("表三第三项第（四）类第2小项多少", ["unavailable.needs_creation"]),
        ("表三 三（三）7 多少件", ["denied.enforcement_file"]),
        ("不予公开第7小项多少件", ["denied.enforcement_file"]),
        ("表三（五）不予处理第1小项多少件", ["not_processed.petition"]),
        ("表三里其他处理：不补正的、3.其他，各多少件", ["otherwise_handled.correction_overdue", "otherwise_handled.miscellaneous"]),
        ("表三第三大项第2小项多少", ["partly_granted"]),
        ("表三第3行多少件", ["granted"]),
        ("表三（三）到（六）各多少", ["denied", "unavailable", "not_processed", "otherwise_handled"]),
        ("表三第三大项第四小项的第一条和第二条各几件", ["unavailable.not_held", "unavailable.needs_creation"]),
    ],
)  # fmt: skip
def test_rows_of_table_3_are_pointed_at_by_number(words: str, metrics: list[str]) -> None:
    question = parse_question(f"咸安区2024年{words}", HELD, TODAY)
    assert [readings[0] for readings in question.metrics] == [f"requests.{one}.total" for one in metrics]
    assert question.wants_figure and not question.narrowing


@pytest.mark.parametrize(
    ("words", "metrics"),
    [
        ("表三第（四）项第1小项自然人那列", ["requests.unavailable.not_held.natural_person"]),
        ("表三第一行第2列", ["requests.received.business"]),
        ("表二第一行第三列", ["disclosure.rules.in_force"]),
        ("表二第（六）项是多少", ["disclosure.penalties.decisions", "disclosure.coercion.decisions"]),
        ("表二第二行现行有效多少件", ["disclosure.normative_documents.in_force"]),
        ("表四第7列多少件", ["litigation.direct.corrected"]),
        ("表四行政复议第2格多少件", ["review.corrected"]),
        ("表四行政复议第6格多少件", []),
        ("不予公开第9小项多少件", []),
        ("表三第二小项多少件", []),
    ],
)
def test_columns_and_other_tables_too_and_no_row_that_is_not_there(words: str, metrics: list[str]) -> None:
    question = parse_question(f"咸安区2024年{words}", HELD, TODAY)
    assert [readings[0] for readings in question.metrics] == metrics


@pytest.mark.parametrize("words", ["表四行政复议左起那格多少件", "表二行政许可第2格多少件"])
def test_a_place_that_is_not_found_is_told_as_not_understood(words: str) -> None:
    assert parse_question(f"咸安区2024年{words}", HELD, TODAY).narrowing


@pytest.mark.parametrize(
    ("words", "metric"),
    [
        ("复议，把还没审结的扣掉，维持率多少", "review.upheld/review.upheld+review.corrected+review.other_outcome"),
        ("复议，已审结的里头被纠正的占多大比例", "review.corrected/review.upheld+review.corrected+review.other_outcome"),
        ("复议后起诉的里面，结果维持的占多少", "litigation.after_review.upheld/litigation.after_review.total"),
        ("复议没判维持的（纠正的、没审完的）总共几件", "review.total-review.upheld"),
        ("不予公开，刨去保护第三方那部分，还有多少件", "requests.denied.total-requests.denied.third_party_rights.total"),
        ("规范性文件，新出台的比作废的多几件", "disclosure.normative_documents.issued-disclosure.normative_documents.repealed"),
        ("办结加结转下年是多少", "requests.concluded.total+requests.carried_out.total"),
    ],
)  # fmt: skip
def test_what_is_reckoned_is_of_what_is_named(words: str, metric: str) -> None:
    question = parse_question(f"咸安区2024年{words}", HELD, TODAY)
    assert question.metrics[0][0] == metric and not question.narrowing


@pytest.mark.parametrize("table", ["二", "三", "四"])
def test_any_number_of_a_place_is_read(table: str) -> None:
    for number in ("0", "1", "7", "11", "16", "99", "二十", "十"):
        for word in ("项", "大项", "小项", "行", "列", "格", "栏", "条"):
            for text in (f"表{table}第{number}{word}几件", f"表{table}第二十条第{number}{word}的第{number}{word}几件"):
                parse_question(f"咸安区2024年{text}", HELD, TODAY)
    question = parse_question("咸安区2024年表二第二十条第（五）项几件", HELD, TODAY)
    assert question.metrics == (("disclosure.licensing.decisions",),)


def test_several_named_are_ranked_within_their_report() -> None:
    question = parse_question("咸安区2024年不予公开、无法提供、不予处理这三类各合计多少件，从多到少排", HELD, TODAY)
    assert (question.operation, question.over, len(question.metrics)) == ("rank", "parts", 3)


def test_a_place_with_two_readings_keeps_both() -> None:
    question = parse_question("咸安区2024年表三第三大项第2小项多少", HELD, TODAY)
    assert question.metrics == (("requests.partly_granted.total", "requests.denied.prohibited_by_law.total"),)
    assert find_period("第三项24件、23件", TODAY).years == ()
