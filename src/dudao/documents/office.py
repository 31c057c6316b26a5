"""LibreOffice, when it is installed, turning one kind of document into another."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from dudao.errors import DudaoError

CONVERSION_SECONDS = 120
_NOWHERE = "127.0.0.1"
_SETTINGS = (
    # pictures, sections and cells that a document links to are neither fetched nor read from this machine
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "2"),
    # and what would go out all the same goes to a proxy that is not there
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", _NOWHERE),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", _NOWHERE),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)
"""Settings of LibreOffice in its profile: a path below `org.openoffice`, a name, a value."""


class OfficeError(DudaoError):
    """LibreOffice is not there, did not finish, or made nothing of the file."""


def office() -> str | None:
    """Return where LibreOffice is; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(raw: bytes, suffix: str, to: str) -> bytes:
    """Return what LibreOffice makes of a document.

    It runs with a profile of its own in a temporary folder, so that an open window of the user is neither disturbed
    nor in the way, and so that a document from a stranger reaches neither the network nor files of this machine.

    Args:
        raw: the document.
        suffix: its kind, as `.doc`.
        to: the kind that is wanted, as `docx` or `pdf`.

    Raises:
        OfficeError: LibreOffice is not installed, cannot be started, does not finish, or cannot read the file.
    """
    program = office()
    if program is None:
        raise OfficeError("本机没有 LibreOffice。", advice="请安装 LibreOffice 后重试。")
    with tempfile.TemporaryDirectory(prefix="dudao-") as folder:
        place = Path(folder)
        source = place / f"input{suffix}"
        source.write_bytes(raw)
        _write_profile(place / "profile")
        command = [
            program,
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--headless", "--norestore", "--nolockcheck", "--nodefault",
            "--convert-to", to, "--outdir", str(place / "output"), str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=CONVERSION_SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise OfficeError(f"LibreOffice 转换超过{CONVERSION_SECONDS}秒，已停止。", advice="请稍后重试。") from error
        except OSError as error:
            raise OfficeError("LibreOffice 启动不了。", advice="请检查它的安装。") from error
        result = place / "output" / f"input.{to}"
        if not result.is_file():
            raise OfficeError("LibreOffice 没有转换成功。", advice="请检查文件是否完好。")
        return result.read_bytes()


def _write_profile(profile: Path) -> None:
    lines = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    folder = profile / "user"
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{lines}</oor:items>",
        encoding="utf-8",
    )
