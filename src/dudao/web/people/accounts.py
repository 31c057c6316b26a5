"""Who a session belongs to: asked at every request, so with a query that is made once."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from dudao.web.people.models import User
from dudao.web.prepared import prepared


@prepared
def _of_key(key: int) -> QuerySet[User]:
    return User.objects.filter(pk=key)


class Accounts(ModelBackend):
    """Accounts with passwords."""

    def get_user(self, user_id: int | str) -> User | None:
        """Return the person of an account that is open; None for any other."""
        user = _of_key.first(int(user_id))
        return user if user is not None and self.user_can_authenticate(user) else None
