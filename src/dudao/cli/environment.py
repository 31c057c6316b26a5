"""What the machine offers: each part that dudao uses, whether it is there, and how to get it."""

import importlib.metadata
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class State(StrEnum):
    """`OPTIONAL` parts may be missing: what needs them says so when it is asked for."""

    PRESENT = "present"
    OPTIONAL = "optional"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Check:
    """One part of the machine: its name, whether it is there, what was seen, and how to mend it."""

    name: str
    state: State
    detail: str
    remedy: str = ""


OLDEST_PYTHON = (3, 11)


def examine() -> list[Check]:
    """Return the state of every part, in the order a person would mend them."""
    checks = [_python(), *_dependencies(), *_extras(), _office(), _java(), _chinese_fonts(), _packs()]
    return [*checks, _writable("当前目录", Path.cwd()), _writable("临时目录", Path(tempfile.gettempdir()))]


def _python() -> Check:
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] >= OLDEST_PYTHON:
        return Check("Python", State.PRESENT, version)
    return Check("Python", State.MISSING, version, "需要 Python 3.11 或更高版本。")


def _dependencies() -> list[Check]:
    missing = [name for name, extra in _requirements() if not extra and not _installed(name)]
    if not missing:
        return [Check("依赖", State.PRESENT, "齐全")]
    return [Check("依赖", State.MISSING, "缺少 " + "、".join(missing), "重新安装：pip install dudao")]


EXTRAS = {"ocr": "读取扫描件和图片", "spark": "在集群上计算学校数据"}


def _extras() -> list[Check]:
    checks = []
    for extra, purpose in EXTRAS.items():
        missing = [name for name, wanted in _requirements() if wanted == extra and not _installed(name)]
        if missing:
            remedy = f"需要时安装：pip install 'dudao[{extra}]'"
            checks.append(
                Check(
                    f"附加部件 {extra}", State.OPTIONAL, f"未安装（用于{purpose}）：缺少 {'、'.join(missing)}", remedy
                )
            )
        else:
            checks.append(Check(f"附加部件 {extra}", State.PRESENT, purpose))
    return checks


def _requirements() -> list[tuple[str, str]]:
    """Return the names of the declared dependencies with the extra they belong to, empty for the base."""
    try:
        declared = importlib.metadata.requires("dudao") or []
    except importlib.metadata.PackageNotFoundError:
        return []
    found = []
    for line in declared:
        name = re.match(r"[A-Za-z0-9._-]+", line)
        extra = re.search(r"extra\s*==\s*['\"]([^'\"]+)['\"]", line)
        if name:
            found.append((name[0], extra[1] if extra else ""))
    return found


def _installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def _office() -> Check:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program:
        return Check("LibreOffice", State.PRESENT, program)
    remedy = "需要读取 .doc、.wps 时安装：apt-get install libreoffice-writer-nogui libreoffice-calc-nogui"
    return Check("LibreOffice", State.OPTIONAL, "未找到（用于读取旧格式 .doc、.wps、.et）", remedy)


def _java() -> Check:
    program = shutil.which("java")
    if program:
        return Check("Java", State.PRESENT, program)
    return Check(
        "Java", State.OPTIONAL, "未找到（仅 spark 引擎需要）", "需要时安装：apt-get install default-jre-headless"
    )


def _chinese_fonts() -> Check:
    remedy = "安装：apt-get install fonts-noto-cjk"
    program = shutil.which("fc-list")
    if program is None:
        return Check("中文字体", State.OPTIONAL, "无法查询（没有 fc-list）；图表和 PDF 需要中文字体", remedy)
    listed = subprocess.run([program, ":lang=zh", "family"], capture_output=True, text=True, timeout=30, check=False)
    families = sorted({line.split(",")[0].strip() for line in listed.stdout.splitlines() if line.strip()})
    if families:
        return Check("中文字体", State.PRESENT, "、".join(families[:3]))
    return Check("中文字体", State.OPTIONAL, "未找到；图表和 PDF 中的汉字会显示不出", remedy)


def _packs() -> Check:
    from dudao.packs.find import find_packs, user_folders
    from dudao.scheme.load import load_scheme

    folders = [folder for folder in user_folders() if folder.is_dir()]
    lost = [str(folder) for folder in user_folders() if not folder.is_dir()]
    entries = find_packs(folders)
    broken = [entry.id for entry in entries if load_scheme(entry.folder)[0] is None]
    if broken or lost:
        said = "；".join(
            [
                *([f"读不了 {'、'.join(broken)}"] if broken else []),
                *([f"找不到文件夹 {'、'.join(lost)}"] if lost else []),
            ]
        )
        return Check("评价方案", State.MISSING, said, "运行 dudao scheme check 查看原因；文件夹由 DUDAO_PACKS 指明。")
    return Check("评价方案", State.PRESENT, f"{len(entries)} 个，都能读入")


def _writable(name: str, folder: Path) -> Check:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Check(name, State.PRESENT, f"{folder}，可写")
    except OSError as error:
        return Check(
            name, State.MISSING, f"{folder}，不能写入（{error.strerror}）", "换一个目录，或请管理员授予写权限。"
        )
