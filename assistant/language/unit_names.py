"""What people call the organs that publish reports: 咸安区, 咸安, 区政府, 市监局."""

from __future__ import annotations

import re

from assistant.patterns import regex

__all__ = ["GENERIC", "short_names"]

_GOVERNMENT = regex(r"(?:人民政府|政府)(办公[厅室])?$")
_AREA = regex(r"自治[区州县旗]|州(?!市)|[省市区县盟旗](?!监|场)|[镇乡]|街道(?!办)")
_ETHNIC = regex(
    r"(?:(?:土家|苗|壮|回|藏|彝|侗|布依|傣|白|哈尼|黎|羌|朝鲜|蒙古|瑶|满|畲|仡佬|景颇|傈僳|土|撒拉|水|佤|拉祜|各)族|维吾尔|哈萨克|柯尔克孜|蒙古)+$"
)
# What area a place is → what its government is called by those who live there, when there is only one of it.
_KINDS = {"省": "省", "市": "市", "区": "区", "县": "县", "州": "州", "旗": "旗", "镇": "镇", "乡": "乡", "道": "街道"}
_GOVERNMENTS = frozenset(
    f"{front}{kind}{tail}"
    for kind in _KINDS.values()
    for front, tail in (
        ("", "政府"),
        ("", "人民政府"),
        ("我", ""),
        ("我", "政府"),
        ("本", ""),
        ("咱", ""),
        ("咱们", ""),
    )
)
# 市政府办公室 of those who live there, as 市政府.
_OFFICES = {
    kind: tuple(
        f"{kind}{word}" for word in ("政府办公室", "政府办公厅", "人民政府办公室", "人民政府办公厅", "政府办", "府办")
    )
    for kind in _KINDS.values()
}
GENERIC = _GOVERNMENTS | {name for names in _OFFICES.values() for name in names}
# Organs by the names that everybody uses.
_ORGANS = (
    ("市场监督管理局", ("市场监管局", "市监局")),
    ("发展和改革委员会", ("发展改革委", "发改委")),
    ("发展和改革局", ("发改局",)),
    ("人力资源和社会保障局", ("人社局", "人力社保局")),
    ("人力资源和社会保障厅", ("人社厅",)),
    ("住房和城乡建设局", ("住建局", "建设局")),
    ("住房和城乡建设厅", ("住建厅",)),
    ("住房和城乡建设委员会", ("住建委",)),
    ("卫生健康委员会", ("卫生健康委", "卫健委")),
    ("卫生健康局", ("卫健局",)),
    ("自然资源和规划局", ("自然资源局", "自规局", "资规局")),
    ("规划和自然资源局", ("规自局", "资规局")),
    ("生态环境局", ("环保局", "环境局")),
    ("文化和旅游局", ("文旅局",)),
    ("文化广电和旅游局", ("文广旅局", "文旅局")),
    ("应急管理局", ("应急局",)),
    ("农业农村局", ("农业局",)),
    ("交通运输局", ("交通局",)),
    ("科学技术局", ("科技局",)),
    ("工业和信息化局", ("工信局",)),
    ("城市管理局", ("城管局",)),
    ("城市管理行政执法局", ("城管局", "城管执法局")),
    ("综合行政执法局", ("综合执法局", "城管局")),
    ("医疗保障局", ("医保局",)),
    ("退役军人事务局", ("退役军人局",)),
    ("行政审批服务局", ("行政审批局", "审批局")),
    ("政务服务和大数据管理局", ("政务服务局", "大数据局", "政数局")),
    ("国有资产监督管理委员会", ("国资委",)),
    ("民族宗教事务局", ("民宗局",)),
    ("信访局", ("信访办",)),
    ("街道办事处", ("街道", "街道办")),
    ("经济技术开发区管理委员会", ("经开区", "经开区管委会", "开发区")),
    ("高新技术产业开发区管理委员会", ("高新区", "高新区管委会")),
    ("管理委员会", ("管委会",)),
)


def short_names(unit: str) -> dict[str, int]:
    """What people call a unit, with how loosely (0: its full name).

    淮安市洪泽区人民政府 → 淮安市洪泽区 (1), 洪泽区 (1), 洪泽 (2), 区政府 (5); 上海市人民政府办公厅 → 上海市政府办公厅 (1),
    上海市 (3); 清源区市场监督管理局 → 清源区市监局 (1), 清源市监局 (2), 市监局 (4).
    """
    names = {unit: 0}
    government = _GOVERNMENT.search(unit)
    place = _GOVERNMENT.sub("", unit) if government else unit
    office = government[1] if government else None
    for name in (place, *_tails(place)):
        if office:
            for word in (f"政府{office}", "政府办", "府办", f"人民政府{office}"):
                names.setdefault(f"{name}{word}", 1)
        names.setdefault(name, 3 if office else 1)
        if stem := _stem(name):
            names.setdefault(stem, 4 if office else 2)
            if office:
                names |= {f"{stem}{word}": 2 for word in (f"政府{office}", office, "政府办", "府办")}
            if not office:
                names.setdefault(f"{stem}政府", 2)
    if not office and place[-1] in _KINDS:
        names |= dict.fromkeys((word for word in _GOVERNMENTS if _KINDS[place[-1]] in word), 5)
    if office and place[-1] in _KINDS:
        names |= {word: 5 for word in _OFFICES[_KINDS[place[-1]]] if office in word or not word.endswith(("室", "厅"))}
    if not government:
        for name, looseness in _organ_names(place).items():
            names.setdefault(name, looseness)
    return names


def _tails(place: str) -> list[str]:
    """清源区财政局, 财政局 of 江州市清源区财政局."""
    return [place[cut.end() :] for cut in _AREA.finditer(place[:-1]) if len(place) - cut.end() >= 2]


def _stem(name: str) -> str:
    """洪泽 of 洪泽区, 恩施 of 恩施土家族苗族自治州; empty when nothing that stands alone is left."""
    bare = re.sub(r"(?:自治[区州县旗]|特别行政区|街道|[省市区县州盟旗镇乡])$", "", name)
    if bare == name:
        return ""
    people = _ETHNIC.search(bare)
    bare = bare[: people.start()] if people and people.start() >= 2 else bare
    return bare if len(bare) >= 2 and not _AREA.search(bare) else ""


def _organ_names(place: str) -> dict[str, int]:
    """Names with the organ's short form, and with the place's: 清源区市监局, 清源市监局, 市监局."""
    organ = next((full for full, _ in _ORGANS if place.endswith(full)), "")
    cuts = [cut.end() for cut in _AREA.finditer(place[:-1])]
    start = len(place) - len(organ) if organ else max(cuts, default=0)
    own = place[start:]
    if not start or not own or own[-1] in _KINDS:
        return {}
    shorts = (own, *next((short for full, short in _ORGANS if full == organ), ()))
    areas = (place[:start], *_tails(place[:start]))
    names: dict[str, int] = {}
    for short in shorts:
        for area in areas:
            names.setdefault(f"{area}{short}", 1)
            if stem := _stem(area):
                names.setdefault(f"{stem}{short}", 2)
        if not short.startswith("街道"):  # every place has its 街道
            names.setdefault(short, 4)
            names |= {f"{front}{short}": 4 for front in ("区", "县", "市", "省") if areas[0].endswith(front)}
    return names
