"""The door of the web process: requests are received whole before a thread is given to them, and in lanes.

A thread of the platform is dear: it holds a connection to the database. So nobody gets one who has not finished
speaking: bodies are gathered in the event loop, small ones in memory and large ones in a temporary file, and whoever
stops half-way, or dribbles, is sent away after a while. Answers are handed out in the loop as well, so that a slow
reader holds no thread either. Sign-ins, whose passwords are slow to check on purpose, queue in a lane of their own.
"""

import asyncio
import gc
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any

from django.utils.translation import gettext_noop as _

from dudao.web.turned_away import RefusedError, answer_to

_MEGABYTE = 1024 * 1024
_PIECE = 64 * 1024
log = logging.getLogger("dudao.door")

_NAMED = ("server", "dudao")  # instead of the name of what serves

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What the door lets happen at once and how long it waits.

    Seconds are wall time; bytes count over all requests together where the name says so.
    """

    threads: int = 4
    waiting: int = 512
    """Requests that may wait for a thread; one more is told to come back."""
    receiving: int = 1024
    """Bodies that may be under way at once."""
    grace: float = 30.0
    """Seconds a body may take whatever its size, and seconds without a byte after which it is given up."""
    slowest: int = 1024
    """Bytes a second that a body must keep to on average beyond the grace."""
    largest: int = 520 * _MEGABYTE
    """Of a body; what announces more is handed on without its rest, so that the program says what was too large."""
    held: int = 2048 * _MEGABYTE
    """Bytes of bodies kept at once, in memory and in temporary files."""
    hashing: int = field(default_factory=lambda: max(2, (os.cpu_count() or 2) // 2))
    """Sign-ins under way at once, as long as there is a thread more than that."""
    queued: int = 60
    """Sign-ins that may wait behind them."""


class Door:
    """An application of granian's interface RSGI around a WSGI application."""

    def __init__(self, application: Application, limits: Limits) -> None:
        self._application = application
        self._limits = limits
        self._pool = ThreadPoolExecutor(limits.threads, "request")
        self._hashing = max(1, min(limits.hashing, limits.threads - 1))  # a thread is left to the pages
        self._sign_ins = asyncio.Semaphore(self._hashing)
        self._queued = self._waiting = self._receiving = self._held = 0

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let the requests under way end."""
        self._pool.shutdown(wait=True)

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        if scope.proto != "http":
            protocol.close(403)
            return
        body: IO[bytes] = tempfile.SpooledTemporaryFile(_MEGABYTE)  # noqa: SIM115 - closed below
        kept = [0]
        try:
            announced = scope.headers.get("content-length", "")
            if announced not in {"", "0"} or "transfer-encoding" in scope.headers:
                announced = await self._receive(scope, protocol, body, kept)
            answer = await self._answered(scope, environ_of(scope, body, announced))
        except RefusedError as refused:
            _refuse(protocol, scope, refused)
            return
        finally:
            self._held -= kept[0]
            body.close()
        try:
            await answer.send(protocol)
        except (OSError, RuntimeError, TimeoutError):
            log.debug("a reader went away")
        finally:
            answer.body.close()

    async def _receive(self, scope: Any, protocol: Any, body: IO[bytes], kept: list[int]) -> str:
        """Gather the body and return its length; `kept` counts what has to be given back."""
        limits = self._limits
        announced = scope.headers.get("content-length", "")
        if announced and not announced.isdecimal():
            raise RefusedError(400, _("请求有误。"))
        if self._receiving >= limits.receiving:
            raise RefusedError(503, _("上传的人较多，请稍后再试。"), 10)
        self._receiving += 1
        began = time.monotonic()
        pieces = aiter(protocol)
        try:
            while True:
                left = began + limits.grace + kept[0] / limits.slowest - time.monotonic()
                piece = await asyncio.wait_for(anext(pieces), max(0.01, min(limits.grace, left)))
                if self._held + len(piece) > limits.held:
                    raise RefusedError(503, _("上传的人较多，请稍后再试。"), 30)
                self._held += len(piece)
                kept[0] += len(piece)
                body.write(piece)
                if announced and int(announced) > limits.largest and kept[0] >= min(_PIECE, limits.largest):
                    break  # its head suffices for the sentence about its size
                if kept[0] > limits.largest:
                    raise RefusedError(413, _("上传的内容过大，没有接收。"))
        except StopAsyncIteration:
            pass
        except TimeoutError:
            raise RefusedError(408, _("没有收完这次提交，请检查网络后重新提交。")) from None
        except OSError as error:  # of the temporary file
            log.error("a request could not be kept: %s", error.strerror)
            raise RefusedError(503, _("服务器磁盘空间不足，没有保存。请稍后再试，并告诉系统管理员。"), 60) from error
        finally:
            self._receiving -= 1
        if announced and kept[0] < int(announced) <= limits.largest:
            raise RefusedError(400, _("没有收完这次提交，请检查网络后重新提交。"))
        body.seek(0)
        return announced or str(kept[0])

    async def _answered(self, scope: Any, asked: dict[str, Any]) -> "Answer":
        if scope.method != "POST" or not scope.path.startswith(("/login/", "/invitation/")):
            return await self._in_a_thread(asked)
        if self._queued >= self._limits.queued + self._hashing:
            raise RefusedError(503, _("同时登录的人较多，请过几秒再登录。"), 10)
        self._queued += 1
        try:
            async with self._sign_ins:
                return await self._in_a_thread(asked)
        finally:
            self._queued -= 1

    async def _in_a_thread(self, asked: dict[str, Any]) -> "Answer":
        if self._waiting >= self._limits.waiting + self._limits.threads:
            raise RefusedError(503, _("使用的人较多，请稍后再试。"), 5)
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._pool, run, self._application, asked)
        finally:
            self._waiting -= 1


@dataclass(slots=True)
class Answer:
    """What the program answered: status, headers, and a body that is whole already."""

    status: int
    headers: list[tuple[str, str]]
    body: IO[bytes]
    size: int

    async def send(self, protocol: Any) -> None:
        """Hand the answer out, piece by piece where it is long; a reader that stops for a minute is left."""
        headers = [(name.lower(), value) for name, value in self.headers]
        headers.append(_NAMED)
        if self.size <= _MEGABYTE:
            protocol.response_bytes(self.status, headers, self.body.read())
            return
        transport = protocol.response_stream(self.status, headers)
        while piece := self.body.read(_PIECE):
            await asyncio.wait_for(transport.send_bytes(piece), 60)


def run(application: Application, asked: dict[str, Any]) -> Answer:
    """Run a WSGI application on one request, in this thread from the first byte of the answer to its last."""
    begun: list[tuple[int, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], _failure: object = None) -> None:
        begun[:] = [(int(status.split(" ", 1)[0]), headers)]

    found = application(asked, start)
    body: IO[bytes] = tempfile.SpooledTemporaryFile(_MEGABYTE)  # noqa: SIM115 - whoever hands it out closes it
    size = 0
    try:
        for piece in found:
            size += body.write(piece)
    except BaseException:
        body.close()
        raise
    finally:
        if (close := getattr(found, "close", None)) is not None:
            close()
    body.seek(0)
    return Answer(*begun[0], body, size)


def environ_of(scope: Any, body: IO[bytes], length: str) -> dict[str, Any]:
    """Return the WSGI environment of a request; nothing of the process's own environment is in it."""
    peer, _, port = scope.client.rpartition(":")
    host, _, own = scope.server.rpartition(":")
    asked: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _as_bytes(scope.path),  # granian has undone the percent signs, once
        "QUERY_STRING": _as_bytes(scope.query_string),
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": own,
        "REMOTE_ADDR": peer.strip("[]"),
        "REMOTE_PORT": port,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" in name:  # else x_forwarded_for would pass for the header that a proxy of ours writes
            continue
        key = name.upper().replace("-", "_")
        key = key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"
        between = "; " if key == "HTTP_COOKIE" else ","
        asked[key] = asked[key] + between + value if key in asked else value
    if scope.authority and "HTTP_HOST" not in asked:
        asked["HTTP_HOST"] = scope.authority
    asked.pop("HTTP_TRANSFER_ENCODING", None)
    asked["CONTENT_LENGTH"] = length
    return asked


def _as_bytes(text: str) -> str:
    """Return a text as WSGI carries one: each byte of its UTF-8 a character."""
    return text.encode("utf-8", "replace").decode("latin-1")


def _refuse(protocol: Any, scope: Any, refused: RefusedError) -> None:
    headers, text = answer_to(scope.path, scope.headers, refused)
    with suppress(RuntimeError):  # it went away
        protocol.response_bytes(refused.status, [_NAMED, *headers], text.encode())


def open_door(threads: int) -> Door:
    """Return the door of this process; granian calls it in the process that serves."""
    from django.conf import settings
    from django.urls import reverse

    from dudao.web.wsgi import application

    reverse("dashboards:home")  # reads the modules of all pages now, and not while the first visitor waits
    gc.collect()
    gc.set_threshold(20_000, 20, 50)  # a page makes thousands of objects that all go with it: look less often
    gc.freeze()  # what was loaded stays: looking through it again and again holds up whoever is waiting for a page
    largest = settings.UPLOAD_REQUEST_LIMIT + 20 * _MEGABYTE
    return Door(application, Limits(threads=threads, largest=largest, held=4 * largest))
