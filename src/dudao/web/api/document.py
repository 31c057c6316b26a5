"""The OpenAPI 3.1 document: what django-ninja knows of the operations, and what holds for all of them."""

from typing import Any

from dudao.web.api.problems import KINDS, MEDIA
from dudao.web.api.site import PREFIX, api

_ALWAYS = (400, 401, 403, 404, 413, 422, 429, 500, 503)
_WRITES = (409, 412, 428)
_FILE = {"schema": {"type": "string", "format": "binary"}}
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457 的问题说明。",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "description": "问题种类的说明地址"},
        "title": {"type": "string", "description": "问题种类"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "发生了什么、怎么办"},
        "request_id": {"type": "string", "description": "请求编号，日志中可查"},
        "errors": {
            "type": "array",
            "description": "逐处的问题",
            "items": {
                "type": "object",
                "required": ["place", "message"],
                "properties": {"place": {"type": "string"}, "message": {"type": "string"}},
            },
        },
        "current": {
            "type": "object",
            "description": "被他人修改时，现在的内容和版本",
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


def _complete(method: str, operation: dict[str, Any]) -> None:
    """Say of an operation what it answers when it cannot, and the headers of what it answers."""
    if operation.get("description") == operation["summary"]:
        del operation["description"]
    for parameter in operation["parameters"]:
        parameter["schema"] = _sendable(parameter["schema"])
        parameter["required"] = parameter["required"] or parameter["name"] == "If-Match"
    responses = {str(status): told for status, told in operation["responses"].items()}
    if media := operation.pop("x-media", ""):
        responses["200"] = {"description": "文件", "content": {media: _FILE}}
    for status, told in responses.items():
        told["description"] = {"200": "成功", "201": "已建立"}.get(status, told["description"])
    statuses = _ALWAYS + (_WRITES if method in {"put", "post"} else ())
    for kind in KINDS:
        if kind.status in statuses:
            schema = {"$ref": "#/components/schemas/Problem"}
            responses[str(kind.status)] = {"description": kind.title, "content": {MEDIA: {"schema": schema}}}
    headers = {parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "header"}
    if "If-Match" in headers or operation["operationId"] in {"get_note", "get_points", "get_fact"}:
        tag = {"description": "内容的版本，写入时放在 If-Match 头中", "schema": {"type": "string"}}
        responses["200"]["headers"] = {"ETag": tag}
    wait = {"description": "多少秒后再试", "schema": {"type": "string"}}
    responses["429"]["headers"] = {"Retry-After": wait}
    operation["responses"] = dict(sorted(responses.items()))


def _sendable(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter without null, which an address or a header cannot say: it is left out."""
    kinds = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    if len(kinds) != 1:
        return schema
    return {**{name: told for name, told in schema.items() if name not in {"anyOf", "default"}}, **kinds[0]}
