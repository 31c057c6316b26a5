"""How often something may be tried: counted per name in the cache, forgotten after a while."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]


def tried_too_often(name: str, *, times: int, seconds: int) -> bool:
    """Count one try under a name and return whether there were more than `times` within `seconds`."""
    key = f"tries:{name}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > times
    except ValueError:  # forgotten between the two lines
        cache.set(key, 1, seconds)
        return False


def limited(name: str, *, times: int, seconds: int) -> Callable[[View], View]:
    """Return a decorator that answers 429 to more than `times` posts within `seconds` by one person or address."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                who = request.user.pk or request.META.get("REMOTE_ADDR", "")
                if tried_too_often(f"{name}:{who}", times=times, seconds=seconds):
                    answer = render(request, "people/too_often.html", {"minutes": -(-seconds // 60)}, status=429)
                    answer["Retry-After"] = str(seconds)
                    return answer
            return view(request, *args, **kwargs)

        return counting

    return decorate
