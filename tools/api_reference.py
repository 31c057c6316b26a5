"""Writes docs/reference/api.md from the OpenAPI document of the API, so that no operation or member is forgotten."""

import os
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
PAGE = REPOSITORY / "docs" / "reference" / "api.md"


def written() -> str:
    """Return the page as it should stand now."""
    import django

    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        os.environ["DJANGO_SETTINGS_MODULE"] = "dudao.web.settings"
        os.environ.setdefault("DUDAO_HOME", tempfile.mkdtemp(prefix="dudao-reference-"))
    django.setup()
    from dudao.web.api.document import document
    from dudao.web.api.problems import KINDS
    from dudao.web.api.reference import Member, Operation, groups, shapes
    from dudao.web.people.scopes import SCOPE_TITLES

    def table(members: tuple[Member, ...]) -> list[str]:
        rows = ["| 名称 | 位置 | 类型 | 必填 | 说明 |", "| --- | --- | --- | --- | --- |"]
        for each in members:
            needed = "是" if each.required else "否"
            rows.append(f"| `{each.name}` | {each.place} | {each.type} | {needed} | {each.description} |")
        return [*rows, ""]

    def told(operation: Operation) -> list[str]:
        lines = [f"### `{operation.method} {operation.path}`", "", f"{operation.summary}（`{operation.id}`）。", ""]
        if operation.description:
            lines += [operation.description, ""]
        lines += [f"范围 `{operation.scope}`；答复：{operation.answer}。", ""]
        return lines + (table(operation.members) if operation.members else [])

    made = document()
    lines = [
        "# 接口",
        "",
        "由 `python tools/api_reference.py` 根据 OpenAPI 文档生成，请勿手改。怎样用见[接口取数](../how-to/api.md)；",
        "运行中的平台在 `/api/docs/` 有同样的说明，OpenAPI 3.1 文档在 `/api/v1/openapi.json`。",
        "",
        "## 范围",
        "",
        "| 范围 | 可用于 |",
        "| --- | --- |",
        *(f"| `{scope.value}` | {title} |" for scope, title in SCOPE_TITLES.items()),
        "",
        "## 出错时的答复",
        "",
        "一律是 `application/problem+json`（RFC 9457）：`type`、`title`、`status`、`detail`、`request_id`，",
        "值不合要求时另有逐处的 `errors`，被他人修改时另有现在的内容 `current`。",
        "",
        "| 状态 | 种类 | 说明 |",
        "| --- | --- | --- |",
        *(f"| {kind.status} | {kind.title} | {kind.detail} |" for kind in KINDS),
        "",
    ]
    for group in groups(made):
        lines += [f"## {group.name}", ""]
        for operation in group.operations:
            lines += told(operation)
    lines += ["## 答复的内容", ""]
    for shape in shapes(made):
        lines += [f"### {shape.name}", ""]
        for each in shape.members:
            what = f"：{each.description}" if each.description else ""
            lines.append(f"- `{each.name}` {each.type}{what}")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """Write the page."""
    sys.path.insert(0, str(REPOSITORY / "src"))
    PAGE.write_text(written(), encoding="utf-8")
    print(f"written: {PAGE.relative_to(REPOSITORY)}")


if __name__ == "__main__":
    main()
