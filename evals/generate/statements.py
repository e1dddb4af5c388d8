"""What a report can state, as data: figures by name, what they are shares of, and lists of them."""

from __future__ import annotations

__all__ = ["LISTS", "NUMBERS", "WHOLES"]


def _total(*rows: str) -> tuple[str, ...]:
    return tuple(f"requests.{row}.total" for row in rows)


# 收到 may be the new ones or all that were worked on, 自然人 of either: a reader cannot tell, so no check can.
NUMBERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "received": (_total("received"), _total("workload")),
    "workload": (_total("workload"), _total("received")),
    "carried_in": (_total("carried_in"),),
    "carried_out": (_total("carried_out"),),
    "concluded": (_total("concluded"),),
    "granted": (_total("granted"),),
    "partly": (_total("partly_granted"),),
    "denied": (_total("denied"),),
    "unavailable": (_total("unavailable"),),
    "not_processed": (_total("not_processed"),),
    "otherwise": (_total("otherwise_handled"),),
    "open": (_total("granted", "partly_granted"),),
    "shut": (_total("denied", "unavailable"),),
    "natural": (("requests.received.natural_person",), ("requests.workload.natural_person",)),
    "legal": (("requests.received.legal_person",), ("requests.workload.legal_person",)),
    "reviews": (("review.total",),),
    "review_upheld": (("review.upheld",),),
    "lawsuits": (("litigation.total",),),
    "direct": (("litigation.direct.total",),),
    "after": (("litigation.after_review.total",),),
    "issued": (("disclosure.normative_documents.issued",),),
    "repealed": (("disclosure.normative_documents.repealed",),),
    "in_force": (("disclosure.normative_documents.in_force",),),
    "licensing": (("disclosure.licensing.decisions",),),
    "penalties": (("disclosure.penalties.decisions",),),
    "coercion": (("disclosure.coercion.decisions",),),
    "fees": (("disclosure.fees.amount",),),
}
WHOLES = dict.fromkeys(("natural", "legal"), "received") | dict.fromkeys(("granted", "denied", "open"), "concluded")

# Lists: all members that are not 0, each with its words.
_APPLICANTS = (
    ("自然人", "natural_person"), ("商业企业", "business"), ("科研机构", "research"), ("社会公益组织", "welfare"),
    ("法律服务机构", "legal_service"),
    ("其他组织", "other_organisation"),
)  # fmt: skip
_DENIED = {
    "属于国家秘密": "state_secret", "法律行政法规禁止公开": "prohibited_by_law",
    "危及“三安全一稳定”": "safety_and_stability",
    "保护第三方合法权益": "third_party_rights", "属于三类内部事务信息": "internal_affairs",
    "属于四类过程性信息": "process_information",
    "属于行政执法案卷": "enforcement_file", "属于行政查询事项": "administrative_query",
}  # fmt: skip
_UNAVAILABLE = {
    "本机关不掌握相关政府信息": "not_held",
    "没有现成信息需要另行制作": "needs_creation",
    "补正后申请内容仍不明确": "still_unclear",
}
_CASES = {"结果维持": "upheld", "结果纠正": "corrected", "其他结果": "other_outcome", "尚未审结": "pending"}
LISTS: dict[str, tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]] = {
    "outcomes": (
        ("予以公开", NUMBERS["granted"]), ("部分公开", NUMBERS["partly"]), ("不予公开", NUMBERS["denied"]),
        ("无法提供", NUMBERS["unavailable"]), ("不予处理", NUMBERS["not_processed"]),
        ("其他处理", NUMBERS["otherwise"]),
    ),
    "columns": tuple((label, ((f"requests.received.{c}",), (f"requests.workload.{c}",))) for label, c in _APPLICANTS),
    "denied_leaves": tuple((label, (_total(f"denied.{leaf}"),)) for label, leaf in _DENIED.items()),
    "unavailable_leaves": tuple((label, (_total(f"unavailable.{leaf}"),)) for label, leaf in _UNAVAILABLE.items()),
    "review_cases": tuple((label, ((f"review.{case}",),)) for label, case in _CASES.items()),
    "lawsuit_cases": tuple((label, ((f"litigation.{case}",),)) for label, case in _CASES.items()),
}  # fmt: skip
