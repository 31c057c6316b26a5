"""Files that come in and go out through the API."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.files import UploadedFile

from dudao.web.api.problems import ProblemError
from dudao.web.uploads.handlers import not_taken
from dudao.web.uploads.inspection import safe_name

_SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def only_file(request: HttpRequest, file: UploadedFile, limit: int) -> tuple[bytes, str]:
    """Return the bytes and the name of the file of a request.

    Raises:
        ProblemError: 413 when the file, or the request, is larger than it may be.
    """
    for refused in not_taken(request):
        raise ProblemError(413, f"{refused.message} {refused.advice}")
    name = safe_name(file.name or "")
    if (file.size or 0) > limit:
        told = _("“%(name)s”超过上限 %(limit)s MB。请压缩或拆分后上传。") % {"name": name, "limit": limit // 1048576}
        raise ProblemError(413, told)
    return file.read(), name


def as_attachment(content: bytes, media: str, name: str) -> HttpResponse:
    """Return a file to be saved, under headers with which nothing in it can run, be framed, guessed at or kept."""
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response["Content-Security-Policy"] = _SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
