"""The user manual for download: written from the pages of the help once, and kept until they change."""

import hashlib
import os
import tempfile
import threading
from io import BytesIO
from pathlib import Path

from django.conf import settings

from dudao.documents.office import converted, office
from dudao.reporting.user_manual import TITLE, user_manual
from dudao.web.help.pages import folder

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_one_at_a_time = threading.Lock()


def kinds() -> tuple[str, ...]:
    """Return the kinds that can be had here: Word always, pdf where LibreOffice is installed."""
    return ("docx", "pdf") if office() else ("docx",)


def file_name(kind: str) -> str:
    """Return what the manual of a kind is called."""
    return f"{TITLE}.{kind}"


def manual(kind: str) -> bytes:
    """Return the manual.

    Raises:
        OfficeError: LibreOffice made no pdf of it.
    """
    with _one_at_a_time:
        kept = Path(settings.FILES_ROOT) / "manual" / f"{_state()}.{kind}"
        if not kept.is_file():
            content = _written() if kind == "docx" else converted(_written(), ".docx", kind)
            _keep(kept, content)
        return kept.read_bytes()


def _written() -> bytes:
    target = BytesIO()
    user_manual(folder()).save(target)
    return target.getvalue()


def _keep(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    Path(name).replace(place)
    for old in place.parent.glob(f"*{place.suffix}"):
        if old != place:
            old.unlink(missing_ok=True)


def _state() -> str:
    """Return a hash of what the manual is written from."""
    digest = hashlib.sha256()
    for path in sorted(folder().rglob("*.md")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:32]
