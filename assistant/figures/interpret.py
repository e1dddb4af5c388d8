"""Reading one number by the words before it, or by those behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from assistant.lexicon import entry, phrase
from assistant.lexicon.match import Token, Words, tokens_in

__all__ = [
    "CASES",
    "are_joined",
    "case_words",
    "cases_of_both",
    "column_words",
    "interpret",
    "interpret_behind",
    "joined_to_last",
    "object_words",
    "outcome_words",
    "rest_words",
    "row_words",
    "stage_words",
    "verb_alone",
    "with_the_rest",
    "without_names",
]

# From phrases to figures: which cells of the form rows, columns, cases, stages and objects name.

CASES = ("review", "litigation", "litigation.direct", "litigation.after_review")
_ROWS_OF_TABLE_2 = ("normative_documents", "rules", "licensing", "penalties", "coercion", "fees")
_NO_OUTCOMES = ("received", "workload", "carried_in", "carried_out", "concluded")


def are_joined(text: str, one: Token, other: Token) -> bool:
    """Whether nothing but 或, 及, 和 stands between two names."""
    return bool(phrase("naming", "connector").fullmatch(text, one.end, other.start))


def joined_to_last(text: str, tokens: Sequence[Token], alike: Callable[[Token], bool] = bool) -> list[Token]:
    """The last name, with those in front of it that are ``alike`` and joined to it."""
    run = [tokens[-1]]
    for token in reversed(tokens[:-1]):
        if not alike(token) or not are_joined(text, token, run[0]):
            break
        run.insert(0, token)
    return run


def without_names(clause: str) -> str:
    """A clause without the names of figures in it: 未审结, 不予公开 deny nothing."""
    left, place = "", 0
    for token in tokens_in(clause):
        left += clause[place : token.start]
        place = token.end
    return left + clause[place:]


def row_words(rows: tuple[str, ...], kind: str) -> Words:
    readings = tuple(tuple(f"requests.{each}.total" for each in row.split("+")) for row in rows)
    return Words(readings, tuple(row for row in rows if "+" not in row), "requests", kind)


def outcome_words(head: str, tokens: Sequence[Token], carried: Words) -> Words:
    """One row of outcomes, or several joined by 或, 及, 和: then their sum."""
    group = joined_to_last(head, tokens, lambda token: token.kind in ("outcome", "bare"))
    rows = tuple(row for token in group for row in token.says.split("+"))
    if rows == ("carried_in",) and phrase("naming", "new_and").search(head[: group[0].start]):
        return row_words(("workload",), "row")  # 当年申请与上年结转合计191件
    if (
        rows[0].startswith("carried")
        and phrase("naming", "held_in").search(head[: group[0].start])
        and head.endswith(("，", ","))
    ):
        return row_words(("workload",), "row")  # 全部申请（含结转，191件）
    leaf = next((t for t in tokens[: -len(group)] if t.kind == "leaf"), None)
    if len(rows) == 1 and leaf and "等" not in head[leaf.end : group[0].start]:
        # 因本机关不掌握无法提供12件: the leaf that is named, or its whole group.
        return row_words((leaf.says, rows[0]), "leaf")
    if rows == ("otherwise_handled",) and carried.kind == "leaf" and "otherwise_handled." in carried.readings[0][0]:
        return row_words(("otherwise_handled.miscellaneous", *rows), "leaf")  # the last of its leaves, or the whole
    if len(rows) == 1 and phrase("naming", "narrowed").search(head[: group[0].start]):
        return Words(object="requests")  # 告知到窗口办理的不予公开5件: some of them
    if len(rows) == 1 and any(t.kind == "column" for t in tokens):
        return column_words(head, tokens, Words(rows=rows, object=carried.object))
    if len(rows) == 1:
        return row_words(group[0].entry.means, "row")
    total = tuple(f"requests.{row}.total" for row in rows)
    return Words((total,), rows, "requests", "group")


def column_words(head: str, tokens: Sequence[Token], carried: Words) -> Words:
    """A kind of applicant, of the rows that the clause or the number before it speaks of."""
    column = next(t for t in reversed(tokens) if t.kind == "column")
    if phrase("naming", "joins_unknown").search(head[: column.start]) and not any(
        are_joined(head, token, column) for token in tokens if token.end <= column.start
    ):
        return Words()  # 科研、公益及其他组织6件: of something more that is not known
    verb = next((t for t in reversed(tokens) if t.kind in ("verb", "outcome")), None)
    rows = verb.entry.means if verb else carried.rows or ("received", "workload")
    if carried.object not in ("", "requests") and not verb:
        return Words()
    kinds = _joined_columns(head, tokens) or tuple((kind,) for kind in column.entry.means)
    readings = tuple(tuple(f"requests.{row}.{kind}" for kind in together) for together in kinds for row in rows)
    return Words(readings, rows, "requests", "column")


def _joined_columns(head: str, tokens: Sequence[Token]) -> tuple[tuple[str, ...], ...]:
    """企业、社会组织等提出55件: several kinds of applicants told as one; with 等, all that are no natural persons."""
    named = [token for token in tokens if token.kind == "column"]
    if len(named) < 2 or not all(are_joined(head, one, other) for one, other in pairwise(named)):
        return ()
    kinds = tuple(dict.fromkeys(token.says for token in named))
    if "legal_person" in kinds:
        return ()
    if "natural_person" in kinds:
        return (kinds,)
    return (("legal_person",),) if head[named[-1].end :].startswith("等") else (kinds, ("legal_person",))


def with_the_rest(head: str, tokens: Sequence[Token]) -> Words | None:
    """不予处理及其他5件: 其他 is the last outcome, added to those it is joined to."""
    if len(tokens) < 2 or tokens[-2].kind != "outcome" or not are_joined(head, *tokens[-2:]):
        return None
    rows = (*outcome_words(head, tokens[:-1], Words()).rows, "otherwise_handled")
    return Words((tuple(f"requests.{row}.total" for row in rows),), rows, "requests", "group")


def rest_words(carried: Words) -> Words:
    """其他 behind a list is the last of its kind: another column, outcome or case."""
    if carried.kind == "column":
        return Words(
            tuple((f"requests.{row}.other_organisation",) for row in carried.rows or ("received", "workload")),
            carried.rows, "requests", "column",
        )  # fmt: skip
    if carried.kind == "case":
        return case_words("other_outcome", carried.object)
    if carried.kind == "leaf" and carried.readings[0][0].startswith("requests.otherwise_handled."):
        return row_words(("otherwise_handled.miscellaneous",), "leaf")
    if carried.kind in ("row", "group") and carried.rows and carried.rows[0] not in _NO_OUTCOMES:
        return row_words(("otherwise_handled",), "row")
    return Words(object=carried.object)


def cases_of_both(head: str, tokens: Sequence[Token]) -> Words | None:
    """被复议、诉讼纠正的共3件: of reviews and lawsuits together."""
    objects = [token for token in tokens[:-1] if token.kind == "object"][-2:]
    if sorted(token.says for token in objects) != ["litigation", "review"]:
        return None
    if not are_joined(head, *objects):
        return None
    reading = tuple(f"{kind}.{case}" for kind in ("review", "litigation") for case in _outcomes(tokens[-1].says))
    return Words((reading,), (), "litigation", "case")


def case_words(outcome: str, object_: str) -> Words:
    if outcome == "pending" and object_ == "requests":
        return row_words(("carried_out",), "row")  # what is still open at the end of the year
    if object_ not in CASES:
        return Words()
    return Words((tuple(f"{object_}.{case}" for case in _outcomes(outcome)),), (), object_, "case")


def _outcomes(case: str) -> tuple[str, ...]:
    return ("upheld", "corrected", "other_outcome") if case == "closed" else (case,)


def stage_words(stages: tuple[str, ...], object_: str) -> Words:
    if object_ not in ("rules", "normative_documents"):
        return Words()
    return Words(tuple((f"disclosure.{object_}.{stage}",) for stage in stages), (), object_, "stage")


def object_words(object_: str, before: Sequence[Token], carried: Words | None = None, lead: str = "") -> Words:
    if object_ == "disputes":
        return Words((("review.total", "litigation.total"),), (), object_, "total")
    kind_of = next((t.says for t in reversed(before) if t.kind == "object" and t.says.startswith("litigation.")), "")
    if object_ == "litigation" and kind_of and before[-1].says == kind_of:
        object_ = kind_of  # 未经复议直接起诉的行政诉讼5件
    if object_ in CASES:
        if before and before[-1].kind == "case":
            return case_words(before[-1].says, object_)  # 审结行政诉讼8件
        joined = [t.says for t in before if t.kind == "object"]
        if joined[-1:] == ["review"] and object_ == "litigation" and before[-1].kind == "object":
            if len(before) > 1 and before[-2].kind == "case":  # 尚未审结的复议、诉讼案件56件
                case = before[-2].says
                return Words(((f"review.{case}", f"litigation.{case}"),), (), object_, "case")
            return Words((("review.total", "litigation.total"), ("litigation.total",)), (), object_, "total")
        return Words(((f"{object_}.total",),), (), object_, "total")
    stage = next((t for t in reversed(before) if t.kind == "stage"), None)
    if object_ in ("rules", "normative_documents"):
        if stage:
            return stage_words(stage.entry.means, object_)
        if carried and carried.kind == "stage" and not before:  # 公开规章13件，规范性文件60件
            stages = tuple(reading[0].rpartition(".")[2] for reading in carried.readings)
            return stage_words(stages, object_)
        if not before and phrase("naming", "nothing").fullmatch(lead):
            return stage_words(("issued", "in_force", "produced", "published_total"), object_)
    if object_ in _ROWS_OF_TABLE_2[2:5]:
        return Words(((f"disclosure.{object_}.decisions",),), (), object_, "decisions")
    if object_ == "fees":
        return Words((("disclosure.fees.amount",),), (), object_, "decisions")
    return Words(object=object_)


_SLACK = 2


def interpret(head: str, tail: str, carried: Words) -> Words:
    """What a number between ``head`` and ``tail`` counts. ``carried`` is what the number before it in the sentence said.

    The number must follow its phrase with nothing but filler between: in 提案办理结果5件 the word 办理 is not about the 5.
    """
    before = _usable(head, _without_answering(head, tokens_in(head)), carried)
    tail_object = _object_at_start(tail) or _object_at_end(tail)
    behind = () if before else tokens_in(tail)[:2]
    done = [token.kind for token in behind] == ["verb", "object"] and behind[1].says == "requests"
    if done and not tail[: behind[0].start].strip() and behind[0].end == behind[1].start:
        return row_words(behind[0].entry.means, "row")  # 全年158件新收申请
    if before and not any(token.kind == "object" for token in before) and _counts_another_thing(before[-1], tail):
        before = ()  # 收到2件征询单, 公开12件文件: the verb is of what stands behind the number
    if before and _adds_nothing(head, before, carried):
        words = _from_head(head, before, tail_object, carried)
        of_requests = words.readings and words.readings[0][0].startswith("requests.")
        return Words(object=tail_object) if of_requests and tail_object in CASES else words  # 上年结转的2件行政复议
    if tail_object == "requests":
        return _from_tail(tail, bool(before))
    if not before and phrase("naming", "all_answers").match(tail) and not phrase("sentences", "the_rest").search(head):
        return row_words(("concluded",), "row")
    if tail_object in CASES and not before and phrase("naming", "some_of_the_cases").search(head):
        return Words(object=tail_object)  # 已开庭的10件诉讼
    if tail_object and tail_object != "other" and not before:
        if tail_object in CASES and carried.kind == "total" and carried.object == tail_object:
            # 行政复议144件，120件做了复议决定: some of them.
            return (
                case_words("closed", tail_object)
                if phrase("naming", "decided").search(tail)
                else Words(object=tail_object)
            )
        return object_words(tail_object, ())
    return Words()


def _adds_nothing(head: str, tokens: Sequence[Token], carried: Words) -> bool:
    """Whether the words between a phrase and its number leave it as it is."""
    last, between = tokens[-1], head[tokens[-1].end :]
    if last.kind == "stage" and carried.kind == "stage" and between in entry("joints", "papers").words:
        return _of_everything(head, last, tokens)  # but not 标注废止文件200个
    return bool(phrase("naming", "filler").fullmatch(between))


def verb_alone(head: str) -> Words:
    """2023年受理140件: a verb with nothing but a time in front. In such a report nothing else is simply received."""
    tokens = tokens_in(head)
    if len(tokens) != 1 or tokens[0].kind != "verb" or not phrase("naming", "alone").fullmatch(head[: tokens[0].start]):
        return Words()
    return interpret(head, "", Words(object="requests"))


def interpret_behind(head: str, tail: str, carried: Words) -> tuple[Words, int]:
    """What a number counts by the words behind it, and how many characters of ``tail`` they take: 6件维持, 2件已公开.

    Only where nothing in front of the number says so, and nothing but 属于, 系, 均 stands between.
    """
    if not phrase("naming", "nothing").fullmatch(head):
        return Words(), 0
    if sued := phrase("naming", "sued").match(tail):
        return object_words("review" if sued[1] == "复议" else "litigation", ()), sued.end()
    if phrase("naming", "some_of_these").match(tail):
        return Words(), 0  # 其余92件中不予公开21件: what follows is some of them
    tokens = _usable(tail, tokens_in(tail), carried)
    if tokens and tokens[0].kind == "object" and tokens[0].says == "requests":
        tokens = tuple(token for token in tokens[1:] if token.start >= tokens[0].end)
    link = phrase("naming", "link").match(tail)
    if not tokens or not link or tokens[0].start > _reach(tail, link.end()) + _SLACK:
        # 8件因需征求第三方意见转入下年继续办理: what is carried over may say at length why.
        carried_over = next((t for t in tokens if t.says == "carried_out"), None)
        return (row_words(("carried_out",), "row"), carried_over.end) if carried_over else (Words(), 0)
    first = tokens[0]
    if phrase("naming", "not").search(tail[: first.start]):
        return Words(), 0  # 其余8件未被纠正
    if first.kind == "verb" and first.start > link.end() and not phrase("naming", "still").search(head):
        return Words(), 0  # 有1件延长答复期限
    if first.kind == "verb" and not (carried.object == "requests" or _object_at_start(tail[first.end :]) == "requests"):
        return Words(), 0
    if first.kind == "object" and first.says.startswith("litigation."):
        return object_words(first.says, ()), first.end  # 4件经过复议，5件直接起诉
    if first.kind == "stage":
        return stage_words(first.entry.means, carried.object), first.end  # 保留15件继续有效
    if first.kind == "verb" and phrase("naming", "still").search(head) and phrase("naming", "in_progress").match(tail):
        return row_words(("carried_out",), "row"), first.end  # 尚有7件在法定期限内办理
    if first.kind not in ("outcome", "leaf", "bare", "case", "column", "rest", "verb"):
        return Words(), 0
    if first.kind == "verb":
        return row_words(first.entry.means, "row"), first.end
    named = _joined(tail, tokens)
    if first.kind == "column" and (left := phrase("naming", "left_undone").match(tail, named[-1].end)):
        return column_words(tail[: named[-1].end], named, Words(rows=("carried_out",))), left.end()
    what = next((token for token in tokens[len(named) :] if token.says != "requests"), None)
    if (
        what
        and first.kind == "column"
        and what.kind in ("outcome", "verb")
        and phrase("naming", "its_request").fullmatch(tail, named[-1].end, what.start)
    ):
        return _from_head(tail[: what.end], (*named, what), "", carried), what.end  # 1件自然人申请结转下年
    if first.kind == "leaf" and phrase("naming", "between_names").match(tail, named[-1].end):
        return Words(), 0  # 其余6件涉及国家秘密、社会稳定: of something more that is not known
    done = next((token for token in tokens if token.start == named[-1].end and token.kind == "verb"), None)
    if first.kind == "column" and done:  # 12件商业企业办结件中
        return column_words(tail[: done.end], (*named, done), carried), done.end
    words = _from_head(tail[: named[-1].end], named, "", carried)
    # 5件因不掌握而无法提供: the leaf that is named, or its whole group.
    also = [t for t in tokens[1:2] if first.kind == "leaf" and t.kind == "outcome"]
    if also and words.readings:
        words = words._replace(readings=(*words.readings, *row_words((also[0].says,), "row").readings))
    return words, tokens[-1].end


def _joined(text: str, tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The first token and the outcomes that 或, 及, 和 join to it."""
    named = [tokens[0]]
    for token in tokens[1:]:
        kinds = {named[0].kind, token.kind}
        if not are_joined(text, named[-1], token) or not (
            kinds <= {"outcome", "bare"} or kinds in ({"column"}, {"leaf"})
        ):
            break
        named.append(token)
    return tuple(named)


def _reach(tail: str, link_end: int) -> int:
    """How far behind a number the words that name it may begin: behind its link, or behind 申请 and its like."""
    found = phrase("naming", "reach").match(tail)
    return max(link_end, found.end() if found else 0)


def _usable(text: str, tokens: Sequence[Token], carried: Words) -> tuple[Token, ...]:
    """公开5件 is an outcome only where applications are spoken of, and where no unknown word is joined to it: 婉拒公开,
    暂缓公开, 未公开 are no 公开."""
    objects = {token.says for token in tokens if token.kind == "object"}
    outcomes = any(token.kind in ("outcome", "leaf") for token in tokens)
    asked = "requests" in objects or (not objects and (outcomes or carried.object == "requests"))
    return tuple(
        token for token in tokens if token.kind != "bare" or (asked and _is_unmodified(text[: token.start], token))
    )


def _is_unmodified(lead: str, token: Token) -> bool:
    return token.says != "granted" or any(phrase("naming", id).search(lead) for id in ("before_verb", "manner_ends"))


def _without_answering(head: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """作出不予公开答复 counts refusals, not answers: the verb behind an outcome is part of it."""
    if len(tokens) >= 2 and tokens[-1].kind == "verb" and tokens[-2].kind in ("outcome", "leaf"):
        between, behind = head[tokens[-2].end : tokens[-1].start], head[tokens[-1].end :]
        if between.strip("“”") in ("", "的", "类") and phrase("naming", "filler").fullmatch(behind):
            return (*tokens[:-2], tokens[-2]._replace(end=tokens[-1].end))
    return tokens


def _object_at_start(tail: str) -> str:
    start = phrase("naming", "tail_start").match(tail)
    found = tokens_in(tail)
    if found and found[0].kind == "object" and start and found[0].start <= start.end() + 2:
        # 34项行政许可事项 are no decisions, either
        other = found[0].says in _ROWS_OF_TABLE_2[2:] and phrase("heads", "other_thing").match(tail, found[0].end)
        return "other" if other else found[0].says
    return ""


def _object_at_end(tail: str) -> str:
    """9件以市政府名义印发的行政规范性文件: what is counted stands behind what is told of it."""
    attributed = phrase("naming", "attributed").match(tail)
    last = tokens_in(tail)[-1:] if attributed else ()
    return last[0].says if last and last[0].kind == "object" and last[0].end == len(tail.rstrip()) else ""


def _counts_another_thing(last: Token, tail: str) -> bool:
    """Whether a verb that is said of more than applications has a thing of its own behind its number."""
    noun = phrase("naming", "thing_behind").match(tail)
    if last.kind not in ("verb", "bare") or noun is None:
        return False
    if _object_at_end(tail) not in ("", "requests") or _object_at_start(tail) in _ROWS_OF_TABLE_2:
        return True
    return not any(token.kind != "rest" for token in tokens_in(noun[0])) and "申请" not in noun[0]


def _from_head(head: str, tokens: Sequence[Token], tail_object: str, carried: Words) -> Words:
    last = tokens[-1]
    named = next((t.says for t in reversed(tokens) if t.kind == "object"), "") or tail_object
    match last.kind:
        case "outcome" | "bare":
            return outcome_words(head, tokens, carried)
        case "leaf":
            return _leaves(head, tokens)
        case "column":
            return column_words(head, tokens, carried)
        case "case":
            of = next(
                (t.says for t in reversed(tokens) if t.kind == "object" and t.says in CASES), carried.object or named
            )
            if carried.object.startswith(f"{of}."):
                of = carried.object  # 直接起诉的3件中法院判决维持2件
            return cases_of_both(head, tokens) or case_words(last.says, of)
        case "stage":
            return stage_words(last.entry.means, named or carried.object)
        case "rest" if phrase("naming", "joins_unknown").search(head[: last.start]) and not _is_listed(tokens[:-1]):
            return Words(object=carried.object)  # 不处理及其他22件: of something more that is not known
        case "rest":
            return with_the_rest(head, tokens) or (
                case_words("other_outcome", named) if named in CASES else rest_words(carried)
            )
        case "verb":
            return _verb(head, tokens, named or carried.object)
        case _:
            return _object_last(head, tokens, carried)


def _is_listed(tokens: Sequence[Token]) -> bool:
    return bool(tokens) and tokens[-1].kind in ("outcome", "bare", "leaf", "column", "case")


def _leaves(head: str, tokens: Sequence[Token]) -> Words:
    """One leaf, or several that 、 and 和 join: 其余6件涉及国家秘密、执法案卷和行政查询 is all of them."""
    run = joined_to_last(head, tokens, lambda token: token.kind == "leaf")
    if phrase("naming", "lists_unknown").search(head[: run[0].start]):
        return Words(object="requests")
    if len(run) == 1:
        return row_words((run[0].says,), "leaf")
    leaves = tuple(token.says for token in run)
    return Words((tuple(f"requests.{leaf}.total" for leaf in leaves),), leaves, "requests", "group")


def _verb(head: str, tokens: Sequence[Token], object_: str) -> Words:
    last = tokens[-1]
    if phrase("naming", "within_days").search(head[: last.start]):
        return Words()  # 20个工作日内答复27件: some of them
    if (
        len(tokens) > 1
        and tokens[-2].kind == "column"
        and phrase("naming", "meanwhile").fullmatch(head[tokens[-2].end : last.start])
    ):
        return column_words(head, tokens, Words(object="requests"))  # 个人来件140件
    if not _of_everything(head, last, tokens):
        return Words(object=object_ if object_ == "other" else "")  # 热线转办件, 不予受理: not what the verb alone says
    if object_ in CASES and "received" in last.entry.means:
        return object_words(object_, ())  # 行政复议收到15件
    if object_ == "" and last.says == "received" and last.entry.means == ("received",):
        object_ = "requests"  # 新收 is said of nothing else
    return row_words(last.entry.means, "row") if object_ == "requests" else Words(object=object_)


def _object_last(head: str, tokens: Sequence[Token], carried: Words) -> Words:
    """The number follows what is counted: 受理政府信息公开申请97件, 行政复议15件, 制发规范性文件35件."""
    object_ = tokens[-1].says
    before = tokens[:-1]
    if object_ in _ROWS_OF_TABLE_2[2:] and (
        phrase("heads", "other_thing").match(head, tokens[-1].end)
        or phrase("naming", "undone").search(head[: tokens[-1].start])
    ):
        return Words(object="other")  # 行政许可事项47项, 减免行政事业性收费12.5万元
    if object_ == "requests" and head.startswith("类", tokens[-1].end):
        return Words(object="other")  # 公文主动公开类87件、依申请公开类66件: a kind of papers
    if object_ in _ROWS_OF_TABLE_2[2:5] and (together := _joined_decisions(head, tokens)):
        return together
    if object_ != "requests":
        return object_words(object_, before, carried, head[: tokens[-1].start])
    everyone = bool(before) and _everyone(head, before)
    if everyone:
        before = tuple(token for token in before if token.kind != "column")
    if before and before[-1].kind == "column":
        return column_words(head, before, carried)
    verb = next((t for t in reversed(before) if t.kind in ("verb", "outcome", "leaf")), None)
    if verb and verb.kind == "verb":
        between = head[verb.end : tokens[-1].start]
        if not (_of_everything(head, verb, tokens) and phrase("naming", "before_object").fullmatch(between)):
            return Words(object=object_)  # 网上受理申请, 受理征地拆迁类申请: some of them, the tables do not tell which
        at = before.index(verb)
        doer = before[at - 1] if at and before[at - 1].kind == "column" else None
        if doer and not everyone and phrase("naming", "meanwhile").fullmatch(head[doer.end : verb.start]):
            return column_words(head, before[: at + 1], carried)  # 商业企业新收申请3件
    if verb and verb.kind == "outcome":
        return outcome_words(head, before[: before.index(verb) + 1], carried)
    if verb is None:
        whole = everyone or (not before and phrase("naming", "whole_set").search(head[: tokens[-1].start]))
        return row_words(("received", "workload"), "row") if whole else Words(object=object_)
    return row_words(verb.entry.means, "leaf" if verb.kind == "leaf" else "row")


def _joined_decisions(head: str, tokens: Sequence[Token]) -> Words | None:
    """行政处罚与行政强制合计3628件: decisions of several kinds told as one."""
    run = joined_to_last(head, tokens, lambda token: token.says in _ROWS_OF_TABLE_2[2:5])
    if len(run) < 2:
        return None
    return Words((tuple(f"disclosure.{token.says}.decisions" for token in run),), (), run[-1].says, "sum")


def _everyone(head: str, tokens: Sequence[Token]) -> bool:
    """公民、法人和其他组织提出的申请: all kinds of applicants are named, so none is meant."""
    columns = {t.says for t in tokens if t.kind == "column"}
    return {"natural_person", "legal_person"} <= columns or bool(
        phrase("sentences", "everybody_and").search(head[: tokens[-1].start])
    )


def _of_everything(head: str, verb: Token, tokens: Sequence[Token]) -> bool:
    """Whether nothing in front of a verb narrows what is counted; what was counted may itself stand there."""
    return any(token.end == verb.start for token in tokens) or bool(
        phrase("naming", "before_verb").search(head[: verb.start])
    )


def _from_tail(tail: str, words_before: bool) -> Words:
    """The number comes first: 72件申请顺延到下年度答复. Without a verb behind it, it says nothing of its own."""
    tokens = tokens_in(tail)
    place = next((at for at, t in enumerate(tokens) if at and t.kind in ("outcome", "verb")), None)
    if words_before:
        return Words(object="requests")
    if place is None:
        return (
            row_words(("received", "workload"), "row")
            if phrase("naming", "all_of_them").match(tail)
            else Words(object="requests")
        )
    named = _joined(tail, tokens[place:])
    return outcome_words(tail, named, Words()) if len(named) > 1 else row_words(named[0].entry.means, "row")
