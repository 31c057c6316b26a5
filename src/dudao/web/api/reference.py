"""The OpenAPI document as people read it: operations in groups, shapes as tables, for the page and the reference."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

_TYPES = {
    "string": _("文字"),
    "integer": _("整数"),
    "number": _("数"),
    "boolean": _("是否"),
    "object": _("对象"),
    "null": _("空"),
}
_FORMATS = {"date": _("日期"), "date-time": _("时间"), "binary": _("文件")}
_ORDER = (
    _("人员与地区"),
    _("评价方案"),
    _("评价任务"),
    _("自评"),
    _("填报"),
    _("佐证材料"),
    _("报告核验"),
    _("均衡"),
    _("核验"),
    _("后台任务"),
    _("审计日志"),
)
_PLACES = {"path": _("地址"), "query": _("查询"), "header": _("请求头")}


@dataclass(frozen=True, slots=True)
class Member:
    """A parameter or a member of a shape: where it stands, its type in words, whether it must be there, what it is."""

    name: str
    place: str
    type: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation with all it takes and answers; `answer` is the type of the answer in words."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    scope: str
    members: tuple[Member, ...]
    answer: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The operations of one kind of resource."""

    name: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class ShapeTable:
    """A shape by name with its members."""

    name: str
    members: tuple[Member, ...]


def groups(document: Mapping[str, Any]) -> list[Group]:
    """Return the operations by kind of resource, in the order in which somebody would use them."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append(_operation(document, path, method, operation))
    return [Group(name, tuple(found[name])) for name in sorted(found, key=_ORDER.index)]


def shapes(document: Mapping[str, Any]) -> list[ShapeTable]:
    """Return the shapes of answers and problems by name; what a request brings stands with its operation."""
    schemas: Mapping[str, Any] = document["components"]["schemas"]
    wanted = {name for name in schemas if not name.startswith("Page_") and not name.endswith("Given")}
    named = sorted(name for name in wanted if not name.endswith("Question") and name != "Paging")
    return [ShapeTable(name, _members(schemas[name])) for name in named if "properties" in schemas[name]]


def _operation(document: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]) -> Operation:
    members = [
        Member(
            each["name"],
            gettext(_PLACES[each["in"]]),
            type_words(each["schema"]),
            each["required"],
            each.get("description") or _KNOWN.get(each["name"], ""),
        )
        for each in operation["parameters"]
    ]
    for media, told in operation.get("requestBody", {}).get("content", {}).items():
        place = gettext("表单") if media == "multipart/form-data" else gettext("内容")
        members += [
            Member(each.name, place, each.type, each.required, each.description or _KNOWN.get(each.name, ""))
            for each in _members(_resolved(document, told["schema"]))
        ]
    good = next(told for status, told in operation["responses"].items() if status.startswith("2"))
    schema: Mapping[str, Any] = next((each["schema"] for each in good.get("content", {}).values()), {})
    return Operation(
        operation["operationId"],
        method.upper(),
        path,
        operation["summary"],
        operation.get("description", ""),
        operation["x-scope"],
        tuple(members),
        type_words(schema),
        tuple(status for status in operation["responses"] if status.startswith(("4", "5"))),
    )


_KNOWN = {
    "key": _("自评或任务的 id"),
    "item": _("指标编号"),
    "point": _("测评点编号"),
    "fact": _("数据的 id"),
    "piece": _("材料的 id"),
    "revision": _("文件的 id"),
    "job": _("后台任务的 id"),
    "slug": _("方案标识"),
    "version": _("方案版本"),
    "department": _("部门的 id"),
    "file": _("文件"),
    "If-Match": _("所依据的版本（读取时的 ETag）"),
    "Idempotency-Key": _("写入的键，自选；同一键重发时不再写入，答复与第一次相同，保留 24 小时"),
}


def _members(schema: Mapping[str, Any]) -> tuple[Member, ...]:
    required = set(schema.get("required", ()))
    return tuple(
        Member(name, "", type_words(told), name in required, told.get("description", ""))
        for name, told in schema.get("properties", {}).items()
    )


def _resolved(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in schema:
        return schema
    found: Mapping[str, Any] = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    return found


def type_words(schema: Mapping[str, Any]) -> str:
    """Return the type of a schema in words: 文字、整数、列表（ItemShape）."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return gettext("一页 %(shape)s") % {"shape": name[5:].removesuffix("_")} if name.startswith("Page_") else name
    if "anyOf" in schema:
        return gettext("或").join(dict.fromkeys(type_words(each) for each in schema["anyOf"]))
    if "enum" in schema:
        return gettext("、").join(str(each) for each in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return gettext("列表（%(of)s）") % {"of": type_words(schema.get("items", {}))}
    if schema.get("format") in _FORMATS:
        return gettext(_FORMATS[schema["format"]])
    return gettext(_TYPES.get(str(schema.get("type", "")), _("任意")))
