"""The messages of wrong use, which the option parser gives in English, as Chinese sentences."""

import re

_SENTENCES: tuple[tuple[str, str], ...] = (
    (r"No such command '(.+?)'\.?(?: Did you mean (.+?)\?)?", "没有“{0}”这个命令。|您要的可能是 {1}。"),
    (r"No such option: ([^ ]+?)\.?(?: \(Possible options: (.+?)\))?", "没有 {0} 这个选项。|相近的选项有 {1}。"),
    (r"No such option: ([^ ]+?)\.?(?: Did you mean (.+?)\?)?", "没有 {0} 这个选项。|您要的可能是 {1}。"),
    (r"Missing argument '(.+?)'\..*", "缺少参数 {0}。"),
    (r"Missing option '(.+?)'\..*", "缺少选项 {0}。"),
    (r"Missing command\.", "缺少子命令。"),
    (r"Option '(.+?)' requires an argument\.", "选项 {0} 后面要有值。"),
    (r"Got unexpected extra arguments? \((.+?)\)", "多出了参数 {0}。"),
    (
        r"Invalid value for '?(.+?)'?: (?:Value error, )?(.+?) is not one of (.+?)\.?",
        "{0} 的值 {1} 不在可选范围内。|可选：{2}。",
    ),
    (r"Invalid value for '?(.+?)'?: Input should be greater than or equal to (.+)", "{0} 应不小于 {1}。"),
    (r"Invalid value for '?(.+?)'?: Input should be less than or equal to (.+)", "{0} 应不大于 {1}。"),
    (r"Invalid value for '?(.+?)'?: Input should be a valid integer.*", "{0} 应为整数。"),
    (r"Invalid value for '?(.+?)'?: Input should be a valid number.*", "{0} 应为数字。"),
    (r"Invalid value for '?(.+?)'?: (.+)", "{0} 的值不合要求：{1}"),
)


def in_chinese(message: str) -> tuple[str, str]:
    """Return what is wrong and, when the parser knows it, what was probably meant; unknown words stay as they are."""
    for pattern, sentence in _SENTENCES:
        if match := re.fullmatch(pattern, message.strip(), re.DOTALL):
            words = [group or "" for group in match.groups()]
            said, _, hint = sentence.partition("|")
            return said.format(*words), hint.format(*words) if words[-1] and hint else ""
    return message, ""
