"""Tokens of the API: made by their holder, shown once, ended by their holder or with the account."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dudao.web.audit.actions import record
from dudao.web.people.actions.guards import locked_person
from dudao.web.people.models import ApiToken, User
from dudao.web.people.queries import region_code_of
from dudao.web.people.scopes import Scope
from dudao.web.refusals import InvalidValueError, NotPossibleError

BEGINNING = "dudao_"
LONGEST_DAYS = 366
MOST_TOKENS = 20
_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made, with its secret, which is not kept."""

    row: ApiToken
    secret: str


def hash_of(secret: str) -> str:
    """Return what is kept of a secret; it holds 256 random bits, so a plain hash cannot be tried out."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def create(*, by: User, name: str, scopes: Iterable[str], days: int, password: str) -> NewToken:
    """Make a token of the own account.

    Args:
        name: what it is for, as its holder calls it.
        scopes: names of `Scope`.
        days: after how many days it ends.
        password: the own password, asked again as for every change of how one gets in.

    Raises:
        InvalidValueError: the password is wrong, or a field cannot be taken.
        NotPossibleError: the person has as many tokens as one may have.
    """
    row = locked_person(by.pk)
    if not row.check_password(password):
        raise InvalidValueError(_("登录密码不正确。"))
    told = " ".join(name.split())
    if not told or len(told) > 60:
        raise InvalidValueError(_("请填写用途，最多 60 个字。"))
    chosen = [scope.value for scope in Scope if scope.value in set(scopes)]
    if not chosen:
        raise InvalidValueError(_("请至少选择一个范围。"))
    if not 1 <= days <= LONGEST_DAYS:
        raise InvalidValueError(_("有效期须为 1 至 %(longest_days)s 天。") % {"longest_days": LONGEST_DAYS})
    now = timezone.now()
    if row.api_tokens.filter(revoked_at__isnull=True, expires_at__gt=now).count() >= MOST_TOKENS:
        raise NotPossibleError(
            _("您已有 %(most_tokens)s 个有效的令牌。") % {"most_tokens": MOST_TOKENS},
            advice=_("请先吊销不再使用的令牌。"),
        )
    secret = BEGINNING + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=row,
        name=told,
        secret_hash=hash_of(secret),
        beginning=secret[:12],
        scopes=chosen,
        expires_at=now + timedelta(days=days),
    )
    after = {"name": told, "scopes": chosen, "expires_at": token.expires_at}
    _record(by, token, "people.token.create", f"{by} 新建令牌“{told}”", after)
    return NewToken(token, secret)


@transaction.atomic
def revoke(*, by: User, token: ApiToken) -> ApiToken:
    """End one of the own tokens; one that ended already stays as it is."""
    row = (
        ApiToken.objects.select_for_update(no_key=True, of=("self",))
        .select_related("user")
        .get(pk=token.pk, user_id=by.pk)
    )
    if row.revoked_at is None:
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
        _record(by, row, "people.token.revoke", f"{by} 吊销令牌“{row.name}”", {})
    return row


def revoke_all(*, user: User) -> int:
    """End every token of a person; part of a write that records its own event."""
    return user.api_tokens.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())


def note_use(token: ApiToken, address: str) -> None:
    """Keep when and from where a token was last used, to the minute: not a write with every request."""
    now = timezone.now()
    if token.used_at is None or now - token.used_at > _NOTED_EVERY or token.used_from != address:
        ApiToken.objects.filter(pk=token.pk).update(used_at=now, used_from=address[:64])


def _record(by: User, token: ApiToken, action: str, summary: str, after: dict[str, object]) -> None:
    record(
        by=by,
        action=action,
        summary=summary,
        object_type="token",
        object_id=token.pk,
        region=region_code_of(by),
        after=after,
    )
