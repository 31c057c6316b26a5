"""What belongs to one region and those below it: the rows and files that its own backup holds, and no others.

Every table has its rule here. People who hold a role elsewhere, too, and reviewers, who belong to the level above,
are no people of the region: where its rows name them they appear by name alone, without account or address.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Model, Q, QuerySet

from dudao.web.audit.chain import GENESIS, digest_of
from dudao.web.backups.rows import columns_of, line_of, lines_of
from dudao.workflow.machine import Role

_NOTE = "document_checks.report.note"
_ABOVE = (Role.REVIEWER.value,)


@dataclass(frozen=True)
class Subtree:
    """A region with all below it, as the models of a database know it.

    Args:
        code: the region's code.
        path: its place in the tree.
        models: all models with tables, by label.
        at: when the backup is made.
    """

    code: str
    path: str
    models: Mapping[str, type[Model]] = field(repr=False)
    at: datetime

    def rows(self, label: str) -> QuerySet[Any]:
        """Return the rows of a table that belong to the region."""
        return self.models[label]._base_manager.filter(RULES[label](self))

    def lines(self, model: type[Model]) -> Iterator[bytes]:
        """Yield the rows of a table that belong to the region, each as one line without its end."""
        label = model._meta.label_lower
        if label in _MADE:
            names = [each.attname for each in columns_of(model)]
            return (line_of([row[name] for name in names]) for row in _MADE[label](self))
        change = _CHANGED.get(label, _unchanged)
        lost = [each.attname for each in columns_of(model) if each.is_relation and self._left_out(each)]
        return lines_of(model, self.rows(label), lambda row: change(self, row) | dict.fromkeys(lost))

    def files(self, store: str) -> Iterator[str]:
        """Yield the keys of the files of a store that rows of the region name."""
        for label, columns in FILES.get(store, {}).items():
            for keys in self.rows(label).order_by("pk").values_list(*columns).iterator(chunk_size=2000):
                yield from (key for key in keys if key)

    def _left_out(self, column: Any) -> bool:
        return bool(column.null) and column.related_model._meta.label_lower in _NOTHING

    @cached_property
    def own_people(self) -> frozenset[int]:
        """The people whose every role lies within the region, reviewers of the region itself excepted."""
        grants = self.models["people.grant"]._base_manager
        within = grants.filter(region__path__startswith=self.path)
        guests = grants.exclude(region__path__startswith=self.path)
        if len(self.path) > _STEP:  # above a province there is nobody
            guests = guests | grants.filter(region__path=self.path, role__in=_ABOVE)
        return frozenset(within.values_list("user", flat=True)) - frozenset(guests.values_list("user", flat=True))

    @cached_property
    def people(self) -> frozenset[int]:
        """The people of the region and those whom its rows name."""
        return self.own_people | self._named("people.user", but=())

    @cached_property
    def departments(self) -> frozenset[int]:
        """The departments of the region and those whom its rows name."""
        own = self.models["people.department"]._base_manager.filter(region__path__startswith=self.path)
        return frozenset(own.values_list("pk", flat=True)) | self._named("people.department", but=())

    @cached_property
    def regions(self) -> frozenset[int]:
        """The region, those below and above it, and those that its rows name."""
        every = self.models["people.region"]._base_manager
        above = [self.path[:length] for length in range(_STEP, len(self.path), _STEP)]
        places = every.filter(Q(path__startswith=self.path) | Q(path__in=above))
        named = self._named("people.region", but=("people.region",))
        paths = every.filter(pk__in=named).values_list("path", flat=True)
        over = {path[:length] for path in paths for length in range(_STEP, len(path), _STEP)}
        return (
            frozenset(places.values_list("pk", flat=True))
            | named
            | frozenset(every.filter(path__in=over).values_list("pk", flat=True))
        )

    def _named(self, target: str, but: tuple[str, ...]) -> frozenset[int]:
        """Return the keys of a table that the region's rows of other tables name."""
        found: set[int] = set()
        for label, model in self.models.items():
            if label in (target, *but, *_MADE) or label in _NOTHING:
                continue
            for column in columns_of(model):
                if column.is_relation and column.related_model._meta.label_lower == target:
                    found.update(self.rows(label).order_by().values_list(column.attname, flat=True).distinct())
        return frozenset(found - {None})

    @property
    def events(self) -> QuerySet[Any]:
        """The events of the trail that concern the region."""
        return self.rows("audit.event").order_by("sequence")


Rule = Callable[[Subtree], Q]
_STEP = 4  # letters of a tree path for each level


def _within(column: str) -> Rule:
    return lambda tree: Q(**{f"{column}__path__startswith": tree.path})


def _nothing(_tree: Subtree) -> Q:
    return Q(pk__in=[])


def _everything(_tree: Subtree) -> Q:
    return Q()


def _of_people(column: str) -> Rule:
    return lambda tree: Q(**{f"{column}__in": tree.own_people})


def _rounds(tree: Subtree) -> QuerySet[Any]:
    assessments = tree.rows("evaluations.assessment").values("round")
    return tree.models["evaluations.round"]._base_manager.filter(
        Q(region__path__startswith=tree.path) | Q(pk__in=assessments)
    )


def _schemes(tree: Subtree) -> Q:
    return Q(region__path__startswith=tree.path) | Q(pk__in=_rounds(tree).values("scheme"))


def _stored_files(tree: Subtree) -> Q:
    pieces = tree.rows("evidence.revision").values("file")
    return Q(pk__in=pieces) | Q(pk__in=tree.rows("document_checks.version").values("file"))


def _both(*columns: str) -> Rule:
    def rule(tree: Subtree) -> Q:
        condition = Q()
        for column in columns:
            condition &= _within(column)(tree)
        return condition

    return rule


def _notes(tree: Subtree) -> Q:
    """The region never reads what the level above notes of its reports; what it notes itself of those below it does."""
    region = "report__assessment__region__path"
    return Q(**{f"{region}__startswith": tree.path}) & ~Q(**{region: tree.path})


def _handlings(tree: Subtree) -> Q:
    return _within("region")(tree) & (Q(report=None) | _within("report__assessment__region")(tree))


def _notices(tree: Subtree) -> Q:
    own = _of_people("person")(tree) & _within("region")(tree)
    return (
        own
        & (Q(assessment=None) | _within("assessment__region")(tree))
        & (Q(answer=None) | _within("answer__assessment__region")(tree))
    )


def _events(tree: Subtree) -> Q:
    places = tree.models["people.region"]._base_manager.filter(path__startswith=tree.path)
    return Q(region__in=places.values("code")) & ~Q(region=tree.code, action=_NOTE)


RULES: Mapping[str, Rule] = {
    "api.keptresponse": _nothing,
    "audit.event": _events,
    "audit.excerpt": _nothing,
    "audit.head": _nothing,
    "auth.group": _nothing,
    "auth.group_permissions": _nothing,
    "auth.permission": _everything,
    "axes.accessfailurelog": _nothing,
    "axes.accesslog": _nothing,
    "background.job": _nothing,
    "background.periodicstep": _nothing,
    "contenttypes.contenttype": _everything,
    "django_tasks_database.dbtaskresult": _nothing,
    "document_checks.entry": _within("version__report__assessment__region"),
    "document_checks.handling": _handlings,
    "document_checks.leaf": _within("version__report__assessment__region"),
    "document_checks.note": _notes,
    "document_checks.report": _within("assessment__region"),
    "document_checks.version": _within("report__assessment__region"),
    "evaluations.answer": _within("assessment__region"),
    "evaluations.assessment": _within("region"),
    "evaluations.comment": _within("answer__assessment__region"),
    "evaluations.comment_mentions": _within("comment__answer__assessment__region"),
    "evaluations.deadlinetold": _nothing,  # who was told may be of other regions; told again, a notice is kept once
    "evaluations.departmentextension": _within("assessment__region"),
    "evaluations.duty": _within("assessment__region"),
    "evaluations.factvalue": _within("region"),
    "evaluations.pointscore": _within("answer__assessment__region"),
    "evaluations.publishedscheme": _schemes,
    "evaluations.round": lambda tree: Q(pk__in=_rounds(tree).values("pk")),
    "evaluations.schemeoriginal": _within("scheme__region"),
    "evaluations.stage": lambda tree: Q(round__in=_rounds(tree).values("pk")),
    "evaluations.submission": _within("assessment__region"),
    "evidence.evidence": _within("region"),
    "evidence.revision": _within("evidence__region"),
    "evidence.storedfile": _stored_files,
    "evidence.support": _both("evidence__region", "answer__assessment__region"),
    "notices.notice": _notices,
    "notices.preference": _of_people("person"),
    "notices.robotmessage": _nothing,
    "otp_static.staticdevice": _nothing,
    "otp_static.statictoken": _nothing,
    "otp_totp.totpdevice": _of_people("user"),
    "people.apitoken": _nothing,
    "people.department": lambda tree: Q(pk__in=tree.departments),
    "people.grant": _of_people("user"),
    "people.invitation": _nothing,
    "people.recoverycode": _of_people("user"),
    "people.region": lambda tree: Q(pk__in=tree.regions),
    "people.user": lambda tree: Q(pk__in=tree.people),
    "people.user_groups": _nothing,
    "people.user_user_permissions": _nothing,
    "schools.computedfact": _within("region"),
    "schools.countybalance": _both("region", "snapshot__region"),
    "schools.headingmemory": _within("region"),
    "schools.import": _within("region"),
    "schools.inuse": _both("region", "snapshot__region"),
    "schools.proposal": _both("region", "snapshot__region"),
    "schools.scenario": _both("region", "snapshot__region"),
    "schools.snapshot": _both("region", "origin__region"),
    "schools.snapshotpart": _both("region", "snapshot__region"),
    "schools.takenfact": _within("fact__region"),
}
"""Which rows of each table belong to a region. A table without a rule is a mistake that the backup refuses."""

FILES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "evidence": {"evidence.storedfile": ("sha256",)},
    "schools": {
        "schools.import": ("source", "frame", "report"),
        "schools.snapshot": ("frame",),
        "schools.countybalance": ("detail",),
    },
}
"""The columns that name files, by store and table."""

_NOTHING = frozenset(label for label, rule in RULES.items() if rule is _nothing)


def _unchanged(_tree: Subtree, row: dict[str, Any]) -> dict[str, Any]:
    return row


def _person(tree: Subtree, row: dict[str, Any]) -> dict[str, Any]:
    """Leave of somebody from elsewhere the name that stands beside what they wrote, and nothing to sign in with."""
    if row["id"] in tree.own_people:
        return row
    return row | {
        "username": f"elsewhere-{row['id']}",
        "password": "!",
        "email": "",
        "phone": "",
        "preferences": {},
        "last_login": None,
        "is_active": False,
        "is_staff": False,
        "is_superuser": False,
        "must_change_password": False,
    }


def _place(tree: Subtree, row: dict[str, Any]) -> dict[str, Any]:
    below = tree.rows("people.region").filter(path__startswith=row["path"], depth=row["depth"] + 1)
    return row | {"numchild": below.count()}


_CHANGED: Mapping[str, Callable[[Subtree, dict[str, Any]], dict[str, Any]]] = {
    "people.user": _person,
    "people.region": _place,
}


def _excerpt(tree: Subtree) -> Iterator[dict[str, Any]]:
    last = tree.events.last()
    if last is None:
        return
    count, digest = digest_of(tree.events.values_list("hash", flat=True).iterator(chunk_size=5000))
    head = tree.models["audit.head"]._base_manager.filter(pk=1).values("sequence", "hash").first()
    source = head or {"sequence": 0, "hash": GENESIS}
    yield {
        "id": 1,
        "region": tree.code,
        "last": last.sequence,
        "events": count,
        "digest": digest,
        "source_sequence": source["sequence"],
        "source_hash": source["hash"],
        "taken_at": tree.at,
    }


def _head(tree: Subtree) -> Iterator[dict[str, Any]]:
    last = tree.events.last()
    if last is not None:
        yield {"id": 1, "sequence": last.sequence, "hash": last.hash}


_MADE: Mapping[str, Callable[[Subtree], Iterator[dict[str, Any]]]] = {"audit.excerpt": _excerpt, "audit.head": _head}
"""Rows that are made for the backup: where its trail ends, and that it is an excerpt."""
