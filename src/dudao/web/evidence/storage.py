"""The files of evidence: where they lie, what no row names, and what a content must prove."""

import hashlib
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from dudao.web.content_store.model import ContentStore, Kept
from dudao.web.content_store.places import store
from dudao.web.evaluations.refusals import NotPossibleError

STORE = "evidence"


class MissingContentError(NotPossibleError):
    """A kept file is not where it should be, or is not what it was."""


def files() -> ContentStore:
    """Return the store of evidence files."""
    return store(STORE)


def keep(content: bytes, sha256: str) -> None:
    """Write a content to its place, whole or not at all; a content that is there already is left alone."""
    files().keep(content, sha256)


def strays(known: Callable[[str], bool], *, older_than: float) -> Iterator[Kept]:
    """Yield the files that no row names and that were last touched before a moment (seconds of the epoch).

    Args:
        known: answers whether a row names the content of a hash.
        older_than: files touched later may belong to an upload under way and are left alone.
    """
    for kept in files().kept():
        if kept.touched < older_than and (kept.half or not known(kept.key)):
            yield kept


def content_of(sha256: str) -> bytes:
    """Return a kept content, proved by its hash.

    Raises:
        MissingContentError: it is gone or was changed.
    """
    try:
        content = files().read(sha256)
    except FileNotFoundError:
        raise MissingContentError(_("材料文件不在存储中。"), advice=_("请联系系统管理员核对备份。")) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise MissingContentError(_("材料文件与登记的校验码不符。"), advice=_("请联系系统管理员核对备份。"))
    return content
