"""Mail about notices: who is due one now, what stands in it, and that each notice goes out once.

A mail server cannot take part in a transaction. What goes into a mail is marked before it is sent, so that a worker
killed between sending and marking it as sent leaves a mail that the next one sends again as it was, under the same
Message-ID, whatever came in meanwhile; mail programs show it once. No notice is ever left out.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import dateformat, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dudao.web.background.run import LaterError, Run
from dudao.web.notices.models import TO_MAIL, Notice, Preference
from dudao.web.notices.queries import visible_notices
from dudao.web.notices.timing import is_quiet, last_digest
from dudao.web.people.access import Subject, subjects_of
from dudao.web.people.languages import chosen_by
from dudao.web.people.models import User
from dudao.web.phrase_book import told

_MOST_IN_ONE = 50
_MOST_TRIES = 5


def people_due(now: datetime) -> list[int]:
    """Return who gets a mail now: waiting notices, at once or since the last digest, outside of the quiet hours."""
    local = timezone.localtime(now)
    waiting = Notice.objects.filter(mail__in=TO_MAIL).order_by("person")
    oldest: dict[int, datetime] = {}
    for person, at in waiting.values_list("person", "at"):
        oldest[person] = min(at, oldest.get(person, at))
    wishes = {row.person_id: row for row in Preference.objects.filter(person__in=oldest)}
    due = []
    for person, at in oldest.items():
        wish = wishes.get(person) or Preference()
        if wish.mail == "none":
            continue
        if wish.mail == "daily":
            if at < last_digest(local, wish.digest_at):
                due.append(person)
        elif not is_quiet(local.time(), wish.quiet_from, wish.quiet_to):
            due.append(person)
    return due


def send_due(run: Run, now: datetime) -> int:
    """Send everybody the mail that is due; return how many went out.

    A server that cannot be reached ends the run, which is tried again; an address that is refused is tried a few
    times and then given up, and holds up nobody else.
    """
    due = people_due(now)
    if not due:
        return 0
    people = User.objects.in_bulk(due)
    subjects = subjects_of(due)
    sent = 0
    connection = get_connection()
    try:
        for number, key in enumerate(due):
            run.progress(number, len(due))
            now_shown = _next_mail(subjects.get(key))
            if not now_shown:  # nothing of it may be read any more
                Notice.objects.filter(person_id=key, mail__in=TO_MAIL).update(mail="none")
                continue
            message = compose(people[key], now_shown, connection)
            try:
                message.send()
            except (SMTPRecipientsRefused, SMTPDataError):
                _refused(now_shown)
                continue
            except (OSError, SMTPException) as error:
                raise LaterError(_("邮件服务器没有回应。"), advice=_("请检查 DUDAO_MAIL 和邮件服务器。")) from error
            Notice.objects.filter(pk__in=[row.pk for row in now_shown]).update(mail="sent")
            sent += 1
    finally:
        connection.close()
    return sent


def _next_mail(subject: Subject | None) -> list[Notice]:
    """Return what goes into a person's next mail, marked as on its way: first what was on its way before."""
    if subject is None:
        return []
    shown = visible_notices(subject)
    begun = list(shown.filter(mail="sending"))
    if begun:
        return begun
    rows = list(shown.filter(mail="waiting")[:_MOST_IN_ONE])
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(mail="sending")
    return rows


def _refused(rows: Iterable[Notice]) -> None:
    with transaction.atomic():
        for row in rows:
            row.mail_tries += 1
            row.mail = "failed" if row.mail_tries >= _MOST_TRIES else "waiting"
            row.save(update_fields=["mail", "mail_tries"])


def compose(person: User, rows: Sequence[Notice], connection: BaseEmailBackend | None = None) -> EmailMessage:
    """Return the mail of some notices in the person's language: a line and a link for each, nothing people wrote.

    Without the platform's own address (DUDAO_ADDRESS) the lines carry no links.
    """
    with translation.override(chosen_by(person) or settings.LANGUAGE_CODE):
        return _composed(person, rows, connection)


def _composed(person: User, rows: Sequence[Notice], connection: BaseEmailBackend | None) -> EmailMessage:
    count = len(rows)
    if count == 1:
        subject = _("【督导】") + told(rows[0].sentence)
    else:
        subject = _("【督导】") + ngettext("%(count)d 条消息", "%(count)d 条消息", count) % {"count": count}
    lines = [_("%(name)s：") % {"name": person.name}, ""]
    for row in rows:
        when = timezone.localtime(row.at)
        day = dateformat.format(when, _("n 月 j 日"))
        lines.append(f"{day} {when:%H:%M}　{told(row.sentence)}")
        if settings.ADDRESS:
            lines.append(f"　　{settings.ADDRESS}/notices/{row.pk}/")
    lines += ["", "——", _("由督导平台自动发出，请不要回复。在“消息 → 消息设置”中可以改变提醒方式。")]
    if settings.ADDRESS:
        lines.append(f"{settings.ADDRESS}/notices/settings/")
    keys = ",".join(str(row.pk) for row in rows)
    name = hashlib.sha256(f"{person.pk}:{keys}:{rows[0].at.isoformat()}".encode()).hexdigest()[:32]
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return EmailMessage(
        " ".join(subject.split())[:120],
        "\n".join(lines) + "\n",
        None,
        [person.email],
        headers={"Message-ID": f"<{name}@{domain}>", "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
