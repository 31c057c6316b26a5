"""What the checks of shapes say, in Chinese: each problem with its place in the request."""

from collections.abc import Mapping, Sequence
from typing import Any

from dudao.web.api.problems import ProblemError

_SENTENCES = {
    "missing": "缺少此项。",
    "extra_forbidden": "没有这一项，请检查名称。",
    "string_type": "须为文字。",
    "string_unicode": "含有不能保存的字符。",
    "string_too_short": "至少 {min_length} 个字。",
    "string_too_long": "最多 {max_length} 个字。",
    "string_pattern_mismatch": "写法不对。",
    "int_type": "须为整数。",
    "int_parsing": "须为整数。",
    "int_from_float": "须为整数。",
    "int_parsing_size": "整数过大。",
    "bool_type": "须为 true 或 false。",
    "bool_parsing": "须为 true 或 false。",
    "greater_than_equal": "不能小于 {ge}。",
    "less_than_equal": "不能大于 {le}。",
    "enum": "只能是：{expected}。",
    "literal_error": "只能是：{expected}。",
    "date_type": "须为日期，例如 2022-08-31。",
    "date_parsing": "须为日期，例如 2022-08-31。",
    "date_from_datetime_parsing": "须为日期，例如 2022-08-31。",
    "date_from_datetime_inexact": "须为日期，例如 2022-08-31。",
    "list_type": "须为列表。",
    "dict_type": "须为对象。",
    "model_type": "须为对象。",
    "model_attributes_type": "须为对象。",
    "model_attributes_type ": "须为对象。",
    "none_required": "须为空。",
}
_PLACES = {"query": "query", "path": "path", "body": "body", "header": "header", "form": "form", "file": "file"}


def invalid(errors: Sequence[Mapping[str, Any]]) -> ProblemError:
    """Return the problem that tells every wrong value of a request with its place."""
    told = [{"place": _place(error.get("loc", ())), "message": _sentence(error)} for error in errors]
    unique = list({(each["place"], each["message"]): each for each in told}.values())
    first = "；".join(f"{each['place']}：{each['message'].rstrip('。')}" for each in unique[:3])
    return ProblemError(422, f"{first}。" if unique else "", {"errors": unique})


def _place(location: Sequence[Any]) -> str:
    parts = [str(part) for part in location]
    source = _PLACES.get(parts[0], "") if parts else ""
    # the name under which the operation takes the body says nothing to whoever wrote it
    rest = parts[2:] if source == "body" else parts[1:] if source else parts
    return ".".join([source, *rest]) if source else ".".join(rest)


def _sentence(error: Mapping[str, Any]) -> str:
    kind = str(error.get("type", ""))
    values = {name: _plain(value) for name, value in (error.get("ctx") or {}).items()}
    try:
        return _SENTENCES[kind].format(**values)
    except KeyError:
        return "不合要求。"


def _plain(value: Any) -> str:
    return str(value).replace(" or ", "、").replace("'", "")
