"""Reads doc, wps, rtf and odt by letting LibreOffice, when it is installed, turn them into docx first."""

from dudao.documents.office import OfficeError, converted, office
from dudao.errors import UnreadableInputError


def converted_to_docx(raw: bytes, file: str, suffix: str) -> bytes:
    """Return the docx that LibreOffice makes of an old document.

    Raises:
        UnreadableInputError: LibreOffice is not installed, does not finish, or cannot read the file.
    """
    if office() is None:
        raise UnreadableInputError(
            f"“{file}”是旧格式（{suffix.lstrip('.')}），需要先转换。",
            advice="请用 Word/WPS 另存为 docx 再读；或在本机安装 LibreOffice，dudao 会自动转换。",
        )
    try:
        return converted(raw, suffix, "docx")
    except OfficeError as failed:
        raise UnreadableInputError(
            f"“{file}”转换失败，可能已损坏或加了密码：{failed.message}",
            advice="请用 Word/WPS 打开确认，另存为 docx 再读。",
        ) from failed
