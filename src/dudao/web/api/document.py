"""The OpenAPI 3.1 document: what django-ninja knows of the operations, and what holds for all of them."""

from typing import Any

from django.utils.translation import gettext_noop as _

from dudao.web.api.problems import KINDS, MEDIA
from dudao.web.api.site import PREFIX, api
from dudao.web.phrase_book import told

_ALWAYS = (400, 401, 403, 404, 413, 422, 429, 500, 503)
_WRITES = (409, 412, 428)
_FILE = {"schema": {"type": "string", "format": "binary"}}
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": _("RFC 9457 的问题说明。"),
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "description": _("问题种类的说明地址")},
        "title": {"type": "string", "description": _("问题种类")},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": _("发生了什么、怎么办")},
        "request_id": {"type": "string", "description": _("请求编号，日志中可查")},
        "errors": {
            "type": "array",
            "description": _("逐处的问题"),
            "items": {
                "type": "object",
                "required": ["place", "message"],
                "properties": {"place": {"type": "string"}, "message": {"type": "string"}},
            },
        },
        "current": {
            "type": "object",
            "description": _("被他人修改时，现在的内容和版本"),
            "required": ["value", "version", "by", "at"],
            "properties": {
                "value": {},
                "version": {"type": "integer"},
                "by": {"type": "string"},
                "at": {"type": "string"},
            },
        },
    },
}


def document() -> dict[str, Any]:
    """Return the OpenAPI document of the API as a plain object, the same on every machine."""
    made: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PREFIX))
    made["components"] = {**made["components"], "schemas": {**made["components"]["schemas"], "Problem": _PROBLEM}}
    for methods in made["paths"].values():
        for method, operation in methods.items():
            _complete(method, operation)
    return made


def in_words(part: Any) -> Any:
    """Return a part of the document with what people read of it in the language asked for."""
    if isinstance(part, list):
        return [in_words(each) for each in part]
    if not isinstance(part, dict):
        return part
    said = {name: in_words(below) for name, below in part.items()}
    for name in {"summary", "description"} & said.keys():
        if isinstance(said[name], str):  # and no member of a shape that is called so
            said[name] = told(said[name])
    if "operationId" in said:
        said["tags"] = [told(tag) for tag in said["tags"]]
    return said


def _complete(method: str, operation: dict[str, Any]) -> None:
    """Say of an operation what it answers when it cannot, and the headers of what it answers."""
    if operation.get("description") == operation["summary"]:
        del operation["description"]
    for parameter in operation["parameters"]:
        parameter["schema"] = _sendable(parameter["schema"])
        parameter["required"] = parameter["required"] or parameter["name"] == "If-Match"
    responses = {str(status): answer for status, answer in operation["responses"].items()}
    if media := operation.pop("x-media", ""):
        responses["200"] = {"description": _("文件"), "content": {media: _FILE}}
    for status, answer in responses.items():
        answer["description"] = {"200": _("成功"), "201": _("已建立")}.get(status, answer["description"])
    statuses = _ALWAYS + (_WRITES if method in {"put", "post"} else ())
    for kind in KINDS:
        if kind.status in statuses:
            schema = {"$ref": "#/components/schemas/Problem"}
            responses[str(kind.status)] = {"description": kind.title, "content": {MEDIA: {"schema": schema}}}
    headers = {parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "header"}
    if "If-Match" in headers or operation["operationId"] in {"get_note", "get_points", "get_fact"}:
        tag = {"description": _("内容的版本，写入时放在 If-Match 头中"), "schema": {"type": "string"}}
        responses["200"]["headers"] = {"ETag": tag}
    wait = {"description": _("多少秒后再试"), "schema": {"type": "string"}}
    responses["429"]["headers"] = {"Retry-After": wait}
    operation["responses"] = dict(sorted(responses.items()))


def _sendable(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter without null, which an address or a header cannot say: it is left out."""
    kinds = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    if len(kinds) != 1:
        return schema
    return {**{name: part for name, part in schema.items() if name not in {"anyOf", "default"}}, **kinds[0]}
