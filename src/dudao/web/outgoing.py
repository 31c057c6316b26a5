"""The only place from which the platform asks another machine by HTTP: a robot's address, and nothing else.

An address is resolved once, every answer of the resolver is judged, and the connection goes to the very address
that was judged: a name that answers differently the next time gains nothing. No proxy, no redirect, no cookie.
"""

import contextlib
import http.client
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext as _

from dudao.errors import DudaoError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

LONGEST = 10.0  # seconds for the whole exchange
LARGEST = 64 * 1024  # bytes of an answer
_CARRIERS = ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
_TRANSLATED = tuple(ipaddress.IPv6Network(text) for text in _CARRIERS)
# Called global by the register or by older Pythons, but nobody's on the internet: protocol assignments and relays,
# documentation, site-local addresses, and the address at which a large cloud answers its own guests.
_NOBODYS = tuple(
    ipaddress.ip_network(text)
    for text in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "3fff::/20", "fec0::/10")
)


class RefusedAddressError(DudaoError):
    """The address must not be asked; trying again will not help."""


class UnansweredError(DudaoError):
    """The other side could not be reached or did not answer as it should; trying again may help."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said: the status, and the JSON object of the body (empty when it was none)."""

    status: int
    content: Mapping[str, Any]


def is_public(address: Address) -> bool:
    """Return whether an address lies on the open internet: no loopback, private, link-local, reserved or group one.

    Addresses that carry another one inside (mapped, translated, tunnelled) never count as public.
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in _TRANSLATED):
            return False
    if any(address.version == network.version and address in network for network in _NOBODYS):
        return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified or address.is_private
    )


def resolve(host: str, port: int) -> list[Address]:
    """Return the addresses of a host, in the resolver's order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]


def post_json(
    url: str,
    content: Mapping[str, Any],
    *,
    allowed: Iterable[Network] = (),
    resolver: Callable[[str, int], list[Address]] = resolve,
    trusted: ssl.SSLContext | None = None,
) -> Answer:
    """Send a JSON object to an address and return what came back.

    Args:
        url: https; http too where the host lies in an allowed network.
        content: the object.
        allowed: networks that may be asked although they are not public.
        resolver: finds the addresses of a host and port.
        trusted: whose certificates count; the machine's own by default.

    Raises:
        RefusedAddressError: the address is not one that may be asked.
        UnansweredError: no connection, no answer in time, a redirect, or an answer that is too large.
    """
    parts = _parts(url)
    host, port = str(parts.hostname), parts.port or (443 if parts.scheme == "https" else 80)
    address = _judged(host, port, tuple(allowed), resolver, plain=parts.scheme == "http")
    connection = _Pinned(host, port, address, parts.scheme == "https", trusted)
    alarm = threading.Timer(LONGEST, connection.abandon)  # a drop of answer now and then is no answer
    alarm.daemon = True
    alarm.start()
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    body = json.dumps(content, ensure_ascii=False).encode()
    try:
        connection.request("POST", target or "/", body, {"Content-Type": "application/json; charset=utf-8"})
        response = connection.getresponse()
        raw = response.read(LARGEST + 1)
    except (OSError, http.client.HTTPException) as error:
        raise UnansweredError(
            _("%(host)s 没有回应（%(name)s）。") % {"host": host, "name": type(error).__name__},
            advice=_("请检查地址和网络。"),
        ) from error
    finally:
        alarm.cancel()
        connection.close()
    if connection.abandoned:
        raise UnansweredError(
            _("%(host)s 在 %(longest)s 秒内没有回应完。") % {"host": host, "longest": f"{LONGEST:.0f}"},
            advice=_("请检查地址和网络。"),
        )
    if len(raw) > LARGEST:
        raise UnansweredError(_("%(host)s 的回应太长。") % {"host": host}, advice=_("请检查地址是不是机器人的地址。"))
    if response.status // 100 != 2:
        raise UnansweredError(
            _("%(host)s 回应 %(status)s。") % {"host": host, "status": response.status},
            advice=_("请检查机器人的地址和密钥。"),
        )
    return Answer(response.status, _object(raw))


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError as error:
        raise RefusedAddressError(_("地址写得不对。"), advice=_("须形如 https://主机/路径。")) from error
    if parts.scheme not in {"https", "http"} or not parts.hostname or parts.username or parts.password:
        raise RefusedAddressError(
            _("只能向 https 地址发送，地址里不能有用户名。"), advice=_("须形如 https://主机/路径。")
        )
    if any(not 32 < ord(character) < 127 for character in url):
        raise RefusedAddressError(_("地址里有空白、控制字符或汉字。"), advice=_("须形如 https://主机/路径。"))
    return parts


def _judged(
    host: str, port: int, allowed: tuple[Network, ...], resolver: Callable[[str, int], list[Address]], *, plain: bool
) -> Address:
    """Return the address to connect to; refused as soon as one of the host's addresses must not be asked."""
    try:
        found = resolver(host, port)
    except (OSError, UnicodeError) as error:
        raise UnansweredError(
            _("找不到主机 %(host)s。") % {"host": host}, advice=_("请检查地址和域名服务。")
        ) from error
    if not found:
        raise UnansweredError(_("找不到主机 %(host)s。") % {"host": host}, advice=_("请检查地址和域名服务。"))
    for address in found:
        within = any(address.version == network.version and address in network for network in allowed)
        if not within and (plain or not is_public(address)):
            raise RefusedAddressError(
                _("不向 %(host)s（%(address)s）发送：它在内部网络，或不是 https。")
                % {"host": host, "address": address},
                advice=_("确要发送时，请系统管理员在 DUDAO_OUTGOING_ALLOWED 中写明这个网段。"),
            )
    return found[0]


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, under the name of the host it was found by."""

    def __init__(self, host: str, port: int, address: Address, tls: bool, trusted: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=LONGEST)
        self._address = str(address)
        self._tls = (trusted or ssl.create_default_context()) if tls else None
        self.abandoned = False
        self._held: socket.socket | None = None
        self.default_port = 443 if tls else 80

    def connect(self) -> None:
        """Connect to the judged address; the certificate must be the host's."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._tls is not None:
            self._held = self.sock
            self.sock = self._tls.wrap_socket(self.sock, server_hostname=self.host)
        self._held = self.sock

    def abandon(self) -> None:
        """Break off, whatever the connection waits for."""
        self.abandoned = True
        if self._held is not None:  # not `sock`: that is given away with the answer
            with contextlib.suppress(OSError):
                self._held.shutdown(socket.SHUT_RDWR)


def _object(raw: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(raw)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
