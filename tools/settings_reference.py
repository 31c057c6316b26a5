"""Writes docs/reference/settings.md from the list of settings, so that no variable of the environment is forgotten."""

import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
PAGE = REPOSITORY / "docs" / "reference" / "settings.md"


def written() -> str:
    """Return the page as it should stand now."""
    from dudao.web.setting_list import SETTINGS

    lines = [
        "# 设置",
        "",
        "由 `python tools/settings_reference.py` 根据程序中的清单生成，请勿手改。",
        "",
        "平台的设置都是环境变量，重新启动后生效；写错的会在启动时用一句话说明。标“可用文件”的是机密：",
        "可改用名称后加 `_FILE` 的变量指向一个只有服务账号能读的文件，",
        "例如 `DUDAO_SECRET_KEY_FILE=/etc/dudao/secret-key`，这样它不出现在进程的环境里。",
        "两者都写时以变量为准。`dudao doctor` 逐项检查。",
        "",
    ]
    for group in dict.fromkeys(setting.group for setting in SETTINGS):
        lines += [f"## {group}", "", "| 变量 | 默认 | 含义 |", "| --- | --- | --- |"]
        for setting in SETTINGS:
            if setting.group == group:
                default = f"`{setting.default}`" if setting.default else "空"
                file = "（可用文件）" if setting.secret else ""
                lines.append(f"| `{setting.name}` | {default} | {setting.meaning}{file} |")
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Write the page."""
    sys.path.insert(0, str(REPOSITORY / "src"))
    PAGE.write_text(written(), encoding="utf-8")
    print(f"written: {PAGE.relative_to(REPOSITORY)}")


if __name__ == "__main__":
    main()
