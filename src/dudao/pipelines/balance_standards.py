"""The standards of balance that packs declare, found by name or by path."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from dudao.balance.declaration import parse_standard
from dudao.balance.standard import BalanceStandard
from dudao.errors import UnreadableInputError, WrongUseError
from dudao.tables.kinds.schools import SCHOOLS

PACKS = Path(__file__).resolve().parent.parent / "packs"

STANDARDS: Mapping[str, Path] = {
    "quality-2017": PACKS / "nation" / "2017-quality-balance" / "resource_indicators.yaml",
    "basic-2012": PACKS / "nation" / "2012-basic-balance" / "resource_indicators.yaml",
}
"""The national standards by the names that the command line knows."""


def load_standard(name: str) -> BalanceStandard:
    """Return a national standard by its name, or a province's own by the path of its file.

    Raises:
        WrongUseError: there is no such standard, or its file declares something impossible.
        UnreadableInputError: the file is no YAML.
    """
    path = STANDARDS.get(name, Path(name))
    if not path.is_file():
        raise WrongUseError(
            f"没有名为“{name}”的均衡标准，也没有这个文件。",
            advice=f"可用的标准：{'、'.join(STANDARDS)}；本省标准请给出 YAML 文件的路径。",
        )
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UnreadableInputError(f"{path.name} 不是可读的 YAML 文件：{error}") from error
    return parse_standard(content, columns=SCHOOLS.names(), file="" if name in STANDARDS else path.name)
