"""Which machine a request comes from: what a proxy says of it counts only where the proxy is one of ours."""

import ipaddress
from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dudao.web.environment import Network

LOOPBACK: tuple[Network, ...] = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED")
THROUGH_OTHERS = "dudao.through_others"
"""Set in META where somebody unknown forwarded the request: its address then tells nothing of who asks."""


def within(address: str, networks: Iterable[Network]) -> bool:
    """Return whether an address lies in one of the networks; what is no address lies in none."""
    try:
        asked = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(asked in network for network in networks)


def client_of(peer: str, forwarded: str, trusted: Iterable[Network]) -> str:
    """Return the address a request comes from: the last one that is not a proxy of ours, as the proxies wrote it.

    Args:
        peer: the address of the machine that connected, one of ours.
        forwarded: the text of `X-Forwarded-For`, the nearest proxy's entry last.
        trusted: the proxies of ours.
    """
    known = tuple(trusted)
    nearest = peer
    for word in reversed([each.strip() for each in forwarded.split(",") if each.strip()]):
        try:
            nearest = str(ipaddress.ip_address(word))
        except ValueError:  # somebody wrote nonsense before our proxy did: go no further back
            return nearest
        if not within(nearest, known):
            return nearest
    return nearest


class TrustedProxies:
    """Middleware that puts the client's address where the rest looks for it, and drops what strangers forged."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request under the address of its client."""
        meta = request.META
        peer = meta.get("REMOTE_ADDR", "")
        if within(peer, settings.PROXIES):
            meta["REMOTE_ADDR"] = client_of(peer, meta.get("HTTP_X_FORWARDED_FOR", ""), settings.PROXIES)
            return self.get_response(request)
        forged = [name for name in FORWARDED if name in meta]
        for name in forged:
            del meta[name]
        if forged:
            meta[THROUGH_OTHERS] = True
        return self.get_response(request)
