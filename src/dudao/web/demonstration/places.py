"""The places of the demonstration: the regions of the standard and an invented province, with their departments."""

from dudao.web.people.actions.departments import add_department
from dudao.web.people.models import Region, User
from dudao.web.people.regions import RegionCode, add_regions, built_regions

INVENTED = (
    RegionCode("990000", "示范省", "province", ""),
    RegionCode("990100", "云州市", "city", "990000"),
    RegionCode("990101", "临河县", "county", "990100"),
    RegionCode("990102", "城中区", "county", "990100"),
    RegionCode("990103", "北岭县", "county", "990100"),
    RegionCode("990104", "东湖区", "county", "990100"),
)

# Enough of GB/T 2260 for the demonstration where the assets were not built.
_REAL = (
    RegionCode("210000", "辽宁省", "province", ""),
    RegionCode("210300", "鞍山市", "city", "210000"),
    RegionCode("210900", "阜新市", "city", "210000"),
    RegionCode("211100", "盘锦市", "city", "210000"),
    RegionCode("211102", "双台子区", "county", "211100"),
    RegionCode("140000", "山西省", "province", ""),
    RegionCode("140300", "阳泉市", "city", "140000"),
)

_DEPARTMENTS = (
    "政府办公室",
    "组织部",
    "教育局",
    "财政局",
    "人力资源和社会保障局",
    "发展和改革委员会",
    "自然资源局",
    "住房和城乡建设局",
    "公安局",
    "司法局",
    "民政局",
    "卫生健康委",
    "市场监督管理局",
    "应急管理局",
    "体育局",
    "信访局",
    "机构编制委员会办公室",
    "人民政府教育督导室",
    "教育督导委员会办公室",
)
_ANSWERING = (("210300", "市"), ("210900", "市"), ("211102", "区"), ("140300", "市"), ("990100", "市"))


def add_places() -> None:
    """Add the regions."""
    add_regions((*(built_regions() or _REAL), *INVENTED))


def add_departments(administrator: User) -> None:
    """Let the administrator add the departments of the regions that answer."""
    for code, prefix in _ANSWERING:
        region = Region.objects.get(code=code)
        for place, name in enumerate(_DEPARTMENTS):
            add_department(by=administrator, region=region, name=prefix + name, position=place, reason="建立演示平台")
