"""A102, A107, A108: rates in the prose against the numbers that they are of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from assistant.figures.claims import Claim, by_paragraph, mark_of
from assistant.figures.dossier import Dossier
from assistant.figures.mentions import years_in
from assistant.figures.rates import denominators_of, numerators_of
from assistant.figures.shares import Ratio, Share, ratios_in, wholes_before
from assistant.language.numerals import number, rounded
from assistant.lexicon import phrase
from assistant.report import Mark
from assistant.rules.base import Hit, hit_of, rule


@rule("A102", "并列百分比：各＝分子/分母（按所写精度），合计约100%", severity="error", basis="文内算术")
def shares_fit_their_numbers(dossier: Dossier) -> Iterator[Hit]:
    """“占”多少应能由文中或表中的分子、分母算出，按所写的位数四舍五入；各部分已占满总数时，百分比合计应约为100%，任何时候都不应
    明显超过100%。分母没有写明的，与前文同类总数、新收、新收＋结转、办结总数逐一比对，都不符才报。

    依据：文内算术。
    违例：新收24件，其中自然人20件，占85%（应为83%）。
    违例：群众满意率101.5%。
    正例：新收24件，其中自然人20件，占83.3%。
    """
    for share in dossier.shares:
        if not _is_rate_of_answers(share):
            yield from _wrong_rate(share, dossier)
    for _, group in groupby(dossier.shares, key=lambda share: share.rate.spot.sentence):
        yield from _wrong_sum(list(group))
    for claim in dossier.claims:
        yield from _above_the_whole(claim)


def _above_the_whole(claim: Claim) -> Iterator[Hit]:
    """满意率101.5%: of what the report tells no numbers, but some of a whole are never more than the whole."""
    mention = claim.mention
    lead = claim.spot.paragraph.text[max(0, mention.start - 10) : mention.start]
    above = claim.relation == "none" and mention.percent and mention.value > 100
    if above and phrase("shares", "rate_of_some").search(lead):
        yield hit_of(claim, f"文中“{mention.text}”，这样的率不会超过100%", "不超过100%", mention.text)


def _wrong_rate(share: Share, dossier: Dossier) -> Iterator[Hit]:
    stated, step = share.rate.mention.value, share.rate.mention.step
    rates = {
        (part, whole): rounded(part * 100 / whole, step)
        for part in numerators_of(share, dossier)
        for whole in denominators_of(share, dossier)
        if whole
    }
    lead = share.rate.spot.paragraph.text[max(0, share.rate.mention.start - 10) : share.rate.mention.start]
    named = [year for _, year in years_in(lead + "年")]
    of_last_year = share.rate.of and share.rate.year != dossier.report.year
    if not of_last_year and ("上年" in lead or "去年" in lead or (named and named[-1] != dossier.report.year)):
        return  # 予以公开率从2022年的48%: of a year whose tables are not here
    if not rates or stated in rates.values() or _given_beside(share, dossier) or _is_aimed_at(share):
        return
    if _is_given_by_the_sentence(share, dossier):
        return
    if bound := share.rate.mention.bound:
        if share.part and _beyond(bound, stated, rates.values()):
            worked_out = "；".join(
                f"{number(part)}/{number(whole)} ＝ {rate:f}%" for (part, whole), rate in rates.items()
            )
            lead = share.rate.spot.paragraph.text[: share.rate.mention.start]
            written = lead[-2:] + share.rate.mention.text
            message = f"文中“{written}”，按文中和表中的数：{worked_out}"
            yield hit_of(share.rate, message, worked_out, written, anchor=written, severity="warning")
        return
    if share.listed:
        # 20件，直接起诉7件、复议后起诉13件，占诉讼的26%: the share of what the list adds up to
        told = Share(share.rate, share.listed, share.wholes, share.named)
        if any(
            rounded(share.listed.mention.value * 100 / whole, step) == stated
            for whole in denominators_of(told, dossier)
            if whole
        ):
            return
    nearest = [whole.mention.value for whole in share.wholes if whole.spot.sentence == share.rate.spot.sentence][:1]
    rates = {pair: rate for pair, rate in rates.items() if pair[1] in nearest} or rates
    worked_out = "；".join(f"{number(part)}/{number(whole)} ＝ {rate:f}%" for (part, whole), rate in rates.items())
    # 35/805 is 4.348 %: who writes 4.34 % has cut it off instead of rounding it.
    cut_off = any(part * 100 // (whole * step) * step == stated for part, whole in rates)
    written, why = share.rate.mention.text, "（像是截去了尾数，没有四舍五入）" if cut_off else ""
    yield hit_of(
        share.rate,
        f"文中“{written}”，按文中和表中的数：{worked_out}{why}",
        " 或 ".join(dict.fromkeys(f"{rate:f}%" for rate in rates.values())),
        f"{stated:f}%",
        anchor=written,
        severity="warning" if cut_off else None,
    )


_HUNDREDTH = Decimal("0.01")
_MET_BY_CHANCE = 12  # a rate of fewer is that of many other numbers, too
_FEWEST, _LONGEST = 3, 7  # numbers of a list that a rate behind it may be of
_MOST_BEFORE = 4  # numbers right before a rate that may be its part, alone or together


def _is_aimed_at(share: Share) -> bool:
    """全市纠错率控制在10%以内: what is meant to be, not what was."""
    text, rate = share.rate.spot.paragraph.text, share.rate.mention
    bounded = text.startswith(("以内", "以下", "以上"), rate.end)
    return bounded and bool(phrase("shares", "aimed").search(text, max(0, rate.start - 16), rate.start))


def _is_given_by_the_sentence(share: Share, dossier: Dossier) -> bool:
    """不予处理49件，信访22件、重复19件，二者占83.67%; 60条（每月5条，占13.30%）: whether numbers told before a rate give it to the hundredth,
    one or the last few together over another. So exact a rate is met by no chance."""
    stated, step = share.rate.mention.value, share.rate.mention.step
    if step > _HUNDREDTH or share.rate.of or share.named:
        return False  # 占办结总数的50.00%: of nothing else
    told = [
        one.mention.value
        for one in dossier.claims
        if one.spot.paragraph is share.rate.spot.paragraph
        and one.mention.end <= share.rate.mention.start
        and not (one.mention.percent or one.mention.bound)
    ]
    own = told[-_MOST_BEFORE:]
    parts = {sum(own[low:high], Decimal(0)) for low in range(len(own)) for high in range(low + 1, len(own) + 1)}
    wholes = {
        *told,
        *denominators_of(share, dossier),
        *(sum(told[-many:], Decimal(0)) for many in range(_FEWEST, _LONGEST)),
    }
    return any(
        rounded(part * 100 / whole, step) == stated
        for whole in wholes
        for part in parts
        if 0 < part <= whole >= _MET_BY_CHANCE
    )


def _beyond(bound: str, stated: Decimal, rates: Iterable[Decimal]) -> bool:
    """Whether 超过 or 不足 is said of a rate that no reading is above, or below."""
    if bound == "over":
        return max(rates) < stated
    return bound == "under" and min(rates) > stated


def _given_beside(share: Share, dossier: Dossier) -> bool:
    """Whether the number before a rate that is called by its name, and another one of the sentence, give it: of some of
    the applications, say."""
    beside = [one for one in share.beside if (one.year or dossier.report.year) == share.rate.year]
    if not beside or not share.rate.of[0][0].startswith("requests."):
        return False  # 维持3件，纠正1件，纠错率25%: of all cases
    stated, step = share.rate.mention.value, share.rate.mention.step
    last = beside[-1].mention.value
    pairs = (sorted((one.mention.value, last)) for one in beside[:-1])
    return any(whole and rounded(part * 100 / whole, step) == stated for part, whole in pairs)


def _wrong_sum(shares: Sequence[Share]) -> Iterator[Hit]:
    """Shares of one whole in one sentence: never more than 100 %, and about 100 % when their parts are all of it."""
    now = max((share.part.year for share in shares if share.part and share.part.year), default=None)
    # 24件，占42.11%（上年17件，占42.50%）: last year's are of another whole
    shares = [share for share in shares if not (share.part and share.part.year and share.part.year != now)]
    whole_of = shares[0].wholes[:1] if shares else ()
    of_one = [share for share in shares if share.part and whole_of and share.wholes[:1] == whole_of]
    every = sum((share.rate.mention.value for share in shares), Decimal(0))
    if len(of_one) < 2 or abs(every - 100) <= sum((share.rate.mention.step for share in shares), Decimal(0)):
        return
    whole = of_one[0].wholes[0].mention.value
    parts = sum((share.part.mention.value for share in of_one if share.part), Decimal(0))
    total = sum((share.rate.mention.value for share in of_one), Decimal(0))
    slack = sum((share.rate.mention.step for share in of_one), Decimal(0))
    if total > 100 + slack or (parts == whole and total < 100 - slack):
        shown = "＋".join(share.rate.mention.text for share in of_one)
        message, marks = f"百分比合计 {shown} ＝ {total:f}%，应约为100%", (mark_of(share.rate) for share in of_one)
        yield hit_of(of_one[0].rate, message, "100%", f"{total:f}%", anchor=shown, marks=marks)


@rule("A107", "比例词（超八成、近一半、过半）与数相符", severity="warning", basis="文内算术")
def ratios_in_words_fit(dossier: Dossier) -> Iterator[Hit]:
    """“超八成”“近一半”“过半”应与前后的数相符；与前文同类总数和表中总数比对，都不符才提示。

    依据：文内算术。
    违例：新收24件，其中自然人20件，超九成。
    正例：新收24件，其中自然人20件，超八成。
    """
    for paragraph_claims in by_paragraph(dossier.claims):
        text = paragraph_claims[0].spot.paragraph.text
        for ratio in ratios_in(text):
            share = _share_of_ratio(ratio, paragraph_claims)
            if share is None or share.part is None:
                continue
            part = share.part.mention.value
            rates = {whole: part / whole for whole in denominators_of(share, dossier) if whole}
            if rates and not any(ratio.low <= rate <= ratio.high for rate in rates.values()):
                percent = {whole: rounded(rate * 100, Decimal("0.1")) for whole, rate in rates.items()}
                worked_out = "；".join(f"{number(part)}/{number(w)} ＝ {rate:f}%" for w, rate in percent.items())
                message = f"文中“{ratio.text}”，按文中和表中的数：{worked_out}"
                marks = (Mark("", share.part.spot.paragraph, ratio.start, ratio.end),)
                yield hit_of(share.part, message, worked_out, ratio.text, anchor=ratio.text, marks=marks)


def _share_of_ratio(ratio: Ratio, claims: Sequence[Claim]) -> Share | None:
    """The number right before the words, in the same clause or the one before, and what it may be a share of."""
    text = claims[0].spot.paragraph.text
    before = [claim for claim in claims if claim.mention.end <= ratio.start]
    if not before or before[-1].mention.percent or before[-1].mention.bound:
        return None
    between = text[before[-1].mention.end : ratio.start]
    if phrase("shares", "grows").search(between) or phrase("shares", "who_they_are").match(text, ratio.end):
        return None  # 12件，比上年增长三分之一; 900件，过半数来自企业: their number is not told
    if (
        len(before) > 1
        and phrase("shares", "of_the_number").search(text[before[-2].mention.end : before[-1].mention.start])
        and between.startswith("的")
    ):
        # 不掌握38件，比上年多5件，占无法提供49件的近八成
        part = next((claim for claim in reversed(before[:-1]) if claim.relation != "change"), None)
        if part and part.mention.unit != before[-1].mention.unit:
            part = _all_of_them(before[:-1], part)  # 412条、377条、305条，三家占总量2188条的一半
        return Share(part, part, (before[-1],)) if part else None
    if len(before) > 1 and between == "的":
        return None  # 19件，不足自然人135件的七分之一
    if len(before) > 1 and phrase("shares", "of_which_so_many").match(between):
        # 律所9件在组织申请27件中恰占三分之一: the number in front is the whole.
        return Share(before[-2], before[-2], (before[-1],))
    if len(before) > 1 and phrase("shares", "both").search(between):
        # 予以公开50件和部分公开9件合计超过六成
        both = before[-1].mention.value + before[-2].mention.value
        part = before[-1]._replace(mention=before[-1].mention._replace(value=both), readings=(), kind="sum")
        rows = before[-1].readings[:1] if before[-1].readings else ()
        return Share(part._replace(readings=rows), part, wholes_before(claims, part))
    if phrase("shares", "in_the_middle").search(between):
        return None  # 49件申请中，超过四分之三系不掌握: the number is the whole, its part is not told here
    if not phrase("shares", "leads_to_ratio").fullmatch(between):
        return None
    return Share(before[-1], before[-1], wholes_before(claims, before[-1]))


def _all_of_them(before: Sequence[Claim], count: Claim) -> Claim | None:
    """The last numbers before a count of their holders, added up; none where there are not so many."""
    many = int(count.mention.value)
    told = [claim for claim in before if claim is not count][-many:] if 1 < many < len(before) else []
    if not told or len({claim.mention.unit for claim in told}) > 1:
        return None
    value = sum((claim.mention.value for claim in told), Decimal(0))
    return told[-1]._replace(mention=told[-1].mention._replace(value=value), readings=(), kind="sum")


@rule("A108", "办结率、答复率＝办结/（新收＋上年结转）", severity="warning", basis="文内算术", needs=("requests",))
def rate_of_answers_fits(dossier: Dossier) -> Iterator[Hit]:
    """办结率、答复率应等于办结总数除以新收与上年结转之和（也接受除以新收）。“按时办结率”另有口径，不比较；100%的见N112。

    依据：文内算术。
    违例：新收24件、上年结转2件、办结23件，文中“申请办结率95%”。
    正例：同上，文中“申请办结率88.5%”。
    """
    for share in dossier.shares:
        if _is_rate_of_answers(share) and share.rate.mention.value != 100:
            yield from _wrong_rate(share, dossier)


def _is_rate_of_answers(share: Share) -> bool:
    return share.rate.kind == "rate" and share.rate.readings[0][0].startswith("requests.concluded.")
