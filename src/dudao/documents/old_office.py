"""Reads doc, wps, rtf and odt by letting LibreOffice, when it is installed, turn them into docx first."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from dudao.errors import UnreadableInputError

CONVERSION_SECONDS = 120


def converted_to_docx(raw: bytes, file: str, suffix: str) -> bytes:
    """Return the docx that LibreOffice makes of an old document.

    LibreOffice runs with a profile of its own in a temporary folder, so that an open window of the user is
    neither disturbed nor in the way.

    Raises:
        UnreadableInputError: LibreOffice is not installed, does not finish, or cannot read the file.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise UnreadableInputError(
            f"“{file}”是旧格式（{suffix.lstrip('.')}），需要先转换。",
            advice="请用 Word/WPS 另存为 docx 再读；或在本机安装 LibreOffice，dudao 会自动转换。",
        )
    with tempfile.TemporaryDirectory(prefix="dudao-") as folder:
        place = Path(folder)
        source = place / f"input{suffix}"
        source.write_bytes(raw)
        command = [
            office,
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            "--headless", "--norestore", "--nolockcheck", "--nodefault",
            "--convert-to", "docx", "--outdir", str(place / "output"), str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=CONVERSION_SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise UnreadableInputError(
                f"“{file}”转换超过{CONVERSION_SECONDS}秒，已停止。", advice="请用 Word/WPS 另存为 docx 再读。"
            ) from error
        except OSError as error:
            raise UnreadableInputError(
                f"“{file}”需要 LibreOffice 转换，但它启动不了。", advice="请用 Word/WPS 另存为 docx 再读。"
            ) from error
        result = place / "output" / "input.docx"
        if not result.is_file():
            raise UnreadableInputError(
                f"“{file}”转换失败，可能已损坏或加了密码。", advice="请用 Word/WPS 打开确认，另存为 docx 再读。"
            )
        return result.read_bytes()
