"""Every kind of table, by the name that the command line knows."""

from collections.abc import Mapping

from dudao.tables.columns import TableKind
from dudao.tables.kinds.classes import CLASSES
from dudao.tables.kinds.finance import FINANCE, PAY
from dudao.tables.kinds.fitness import FITNESS
from dudao.tables.kinds.kindergartens import KINDERGARTENS
from dudao.tables.kinds.population import POPULATION
from dudao.tables.kinds.running_costs import RUNNING_COSTS
from dudao.tables.kinds.school_day import SCHOOL_DAY, TRAINING
from dudao.tables.kinds.schools import SCHOOLS
from dudao.tables.kinds.staff import STAFF

KINDS: Mapping[str, TableKind] = {
    kind.name: kind
    for kind in (
        SCHOOLS,
        CLASSES,
        KINDERGARTENS,
        STAFF,
        FINANCE,
        PAY,
        RUNNING_COSTS,
        POPULATION,
        FITNESS,
        SCHOOL_DAY,
        TRAINING,
    )
}
