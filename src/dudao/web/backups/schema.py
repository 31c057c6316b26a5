"""The models as a database has them: by the migrations it has applied, not by those of the program."""

from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

# Who is signed in where: worth nothing in another place, and a danger in a lost backup.
LEFT_OUT = frozenset(
    {"sessions.session", "people.signedindevice", "axes.accessattempt", "axes.accessattemptexpiration"}
)


def applied() -> dict[str, tuple[str, ...]]:
    """Return, by app, the migrations that the database has applied and the program knows, in their order."""
    loader = MigrationLoader(connection)
    found: dict[str, list[str]] = {}
    for app, name in sorted(loader.applied_migrations):
        if (app, name) in loader.graph.nodes:
            found.setdefault(app, []).append(name)
    return {app: tuple(names) for app, names in found.items()}


def unknown(migrations: Mapping[str, Iterable[str]]) -> list[str]:
    """Return those of the migrations that the program does not know, as `app.name`."""
    known = MigrationLoader(None, ignore_no_migrations=True).graph.nodes
    return [f"{app}.{name}" for app, names in migrations.items() for name in names if (app, name) not in known]


def last_of(migrations: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """Return the last migrations of each app among those given: the state to migrate to."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    given = {(app, name) for app, names in migrations.items() for name in names}
    return sorted(
        node
        for node in given
        if not any(child.key in given and child.key[0] == node[0] for child in loader.graph.node_map[node].children)
    )


def models_at(migrations: Mapping[str, Iterable[str]]) -> list[type[Model]]:
    """Return the models with tables of their own as they are after the migrations, in the order of their labels."""
    state = MigrationLoader(None, ignore_no_migrations=True).project_state(last_of(migrations))
    models = [
        model
        for model in state.apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
    ]
    return sorted(models, key=lambda model: model._meta.label_lower)
