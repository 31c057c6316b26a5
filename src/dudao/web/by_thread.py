"""What Django holds for the request under way, held by the thread that answers it.

Django keeps the language, the time zone and the addresses' prefix so that asynchronous programs may share them between
tasks, which makes each look at them some twenty times as dear as one at a thread's own; a page looks six hundred
times. Here one thread answers a request from its first byte to its last (`door.run`), so a thread's own is the same.
"""

from threading import local

from django.urls import base
from django.utils import timezone
from django.utils.translation import trans_real

_HELD = ((trans_real, "_active"), (timezone, "_active"), (base, "_prefixes"), (base, "_urlconfs"))


def hold_by_thread() -> None:
    """Hold these by thread from now on; what was set before in other ways is as if it had not been."""
    for module, name in _HELD:
        if not hasattr(module, name):
            raise RuntimeError(f"Django no longer has {module.__name__}.{name}")
        setattr(module, name, local())
