"""How uploads are received: counted while they arrive, given up before they fill memory or disk."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest
from django.utils.translation import gettext as _

from dudao.web.measures import UPLOAD_BYTES, UPLOADS
from dudao.web.uploads.inspection import safe_name

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A file of a request that was given up while it arrived, and why."""

    name: str
    message: str
    advice: str


def not_taken(request: HttpRequest) -> tuple[NotTaken, ...]:
    """Return the files of a request that were given up; read `request.FILES` first."""
    return tuple(getattr(request, "dudao_not_taken", ()))


class LimitedUpload(FileUploadHandler):
    """First of the upload handlers: it keeps nothing, it only counts and stops what is too much.

    One file over its limit is skipped and the others are kept. A request that says at its head, or proves while it
    arrives, that it is larger than a request may be is left unread from there on.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._files = 0
        self._size = 0
        self._whole = 0
        self._announced = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - Django's own name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Remember how much the request says it brings."""
        self._announced = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to count a file; refusing waits for its first bytes, when every handler knows of it."""
        super().new_file(*args, **kwargs)
        self._files += 1
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count, and pass the bytes on.

        Raises:
            StopUpload: the request is too large as a whole.
            SkipFile: this file is too large, or one too many.
        """
        self._size += len(raw_data)
        self._whole += len(raw_data)
        whole_limit, limit, count = settings.UPLOAD_REQUEST_LIMIT, settings.UPLOAD_LIMIT, settings.UPLOAD_COUNT
        name = safe_name(self.file_name or "")
        if max(self._announced, self._whole) > whole_limit:
            size = max(self._announced, self._whole) / _MEGABYTE
            self._give_up(
                name,
                _("本次上传共 %(size)s MB，超过一次上传的上限 %(whole_limit)s MB，没有接收。")
                % {"size": f"{size:.0f}", "whole_limit": whole_limit // _MEGABYTE},
                _("请分几次上传。"),
            )
            raise StopUpload(connection_reset=True)
        if self._files > count:
            self._give_up(
                name,
                _("一次最多上传 %(count)s 个文件，“%(name)s”没有接收。") % {"count": count, "name": name},
                _("请再次上传其余文件。"),
            )
            raise SkipFile
        if self._size > limit:
            self._give_up(
                name,
                _("“%(name)s”超过上限 %(limit)s MB。") % {"name": name, "limit": limit // _MEGABYTE},
                _("请压缩图片或拆分后上传。"),
            )
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Count the file and leave it to the handlers behind."""
        UPLOADS.labels("taken").inc()
        UPLOAD_BYTES.inc(file_size)

    def _give_up(self, name: str, message: str, advice: str) -> None:
        UPLOADS.labels("refused").inc()
        kept = getattr(self.request, "dudao_not_taken", [])
        kept.append(NotTaken(name, message, advice))
        self.request.dudao_not_taken = kept  # type: ignore[union-attr]  # kept for the length of the request
