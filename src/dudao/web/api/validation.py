"""What the checks of shapes say: each problem with its place in the request."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from dudao.web.api.problems import ProblemError

_SENTENCES = {
    "missing": _("缺少此项。"),
    "extra_forbidden": _("没有这一项，请检查名称。"),
    "string_type": _("须为文字。"),
    "string_unicode": _("含有不能保存的字符。"),
    "string_too_short": _("至少 {min_length} 个字。"),
    "string_too_long": _("最多 {max_length} 个字。"),
    "string_pattern_mismatch": _("写法不对。"),
    "int_type": _("须为整数。"),
    "int_parsing": _("须为整数。"),
    "int_from_float": _("须为整数。"),
    "int_parsing_size": _("整数过大。"),
    "bool_type": _("须为 true 或 false。"),
    "bool_parsing": _("须为 true 或 false。"),
    "greater_than_equal": _("不能小于 {ge}。"),
    "less_than_equal": _("不能大于 {le}。"),
    "enum": _("只能是：{expected}。"),
    "literal_error": _("只能是：{expected}。"),
    "date_type": _("须为日期，例如 2022-08-31。"),
    "date_parsing": _("须为日期，例如 2022-08-31。"),
    "date_from_datetime_parsing": _("须为日期，例如 2022-08-31。"),
    "date_from_datetime_inexact": _("须为日期，例如 2022-08-31。"),
    "list_type": _("须为列表。"),
    "dict_type": _("须为对象。"),
    "model_type": _("须为对象。"),
    "model_attributes_type": _("须为对象。"),
    "model_attributes_type ": _("须为对象。"),
    "none_required": _("须为空。"),
}
_PLACES = {"query": "query", "path": "path", "body": "body", "header": "header", "form": "form", "file": "file"}


def invalid(errors: Sequence[Mapping[str, Any]]) -> ProblemError:
    """Return the problem that tells every wrong value of a request with its place."""
    told = [{"place": _place(error.get("loc", ())), "message": _sentence(error)} for error in errors]
    unique = list({(each["place"], each["message"]): each for each in told}.values())
    first = [
        gettext("%(place)s：%(message)s") % {"place": each["place"], "message": each["message"].rstrip("。.")}
        for each in unique[:3]
    ]
    return ProblemError(422, gettext("；").join(first) + gettext("。") if first else "", {"errors": unique})


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
        return gettext(_SENTENCES[kind]).format(**values)
    except KeyError:
        return gettext("不合要求。")


def _plain(value: Any) -> str:
    return str(value).replace(" or ", gettext("、")).replace("'", "")
