"""A write with an idempotency key is made once: asked again it answers what it answered, and writes nothing."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.responses import NinjaJSONEncoder

from dudao.web.api.bearer import token_of
from dudao.web.api.models import KeptResponse
from dudao.web.api.problems import ProblemError
from dudao.web.people.models import ApiToken

KEPT_FOR = timedelta(hours=24)
HEADER = "Idempotency-Key"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a write answers."""

    content: Schema
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def once(request: HttpRequest, key: str | None, write: Callable[[], Reply]) -> HttpResponse:
    """Return the answer to a write, made now or, with a key seen before, as it was answered then.

    The key is written in the transaction of the write: of two at once the second waits for the first, and a process
    that is killed leaves neither. What was refused is not kept: asked again it is tried again.

    Raises:
        ProblemError: 422 when the key came with another request before.
    """
    if key is None:
        return _response(write())
    token = token_of(request)
    print_ = fingerprint(request)
    kept = _kept(token, key)
    if kept is not None:
        return _again(kept, print_)
    try:
        with transaction.atomic():
            KeptResponse.objects.filter(token=token, created_at__lt=timezone.now() - KEPT_FOR).delete()
            row = KeptResponse.objects.create(token=token, key=key, fingerprint=print_)
            reply = write()
            row.status, row.headers = reply.status, dict(reply.headers)
            row.body = _text(reply)
            row.save(update_fields=["status", "headers", "body"])
            return _response(reply)
    except IntegrityError:
        kept = _kept(token, key)
        if kept is None:  # not the key: something else that the database does not allow
            raise
        return _again(kept, print_)


def fingerprint(request: HttpRequest) -> str:
    """Return the hash of what a request asks: method, address and content, files by their bytes."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type == "multipart/form-data":
        for name in sorted(request.POST):
            for value in request.POST.getlist(name):
                digest.update(f"{name}={value}\n".encode())
        for name in sorted(request.FILES):
            for file in request.FILES.getlist(name):
                digest.update(f"{name}:{file.name}\n".encode())
                for chunk in file.chunks():
                    digest.update(chunk)
                file.seek(0)
    else:
        digest.update(request.body)
    return digest.hexdigest()


def _kept(token: ApiToken, key: str) -> KeptResponse | None:
    return KeptResponse.objects.filter(token=token, key=key, created_at__gte=timezone.now() - KEPT_FOR).first()


def _again(kept: KeptResponse, print_: str) -> HttpResponse:
    if kept.fingerprint != print_:
        told = _("%(header)s“%(key)s”已用于另一个请求。每个写入请用新的键。") % {"header": HEADER, "key": kept.key}
        raise ProblemError(422, told)
    response = HttpResponse(kept.body, status=kept.status, content_type="application/json")
    for name, value in kept.headers.items():
        response[name] = value
    response["Idempotency-Replayed"] = "true"
    return response


def _text(reply: Reply) -> str:
    """Return the answer as reading it again would write it."""
    return json.dumps(reply.content.model_dump(), cls=NinjaJSONEncoder, ensure_ascii=False)


def _response(reply: Reply) -> HttpResponse:
    response = HttpResponse(_text(reply), status=reply.status, content_type="application/json")
    for name, value in reply.headers.items():
        response[name] = value
    return response
