"""Every rule that tables are checked by, in the order in which findings are told."""

from dudao.tables.checks.areas import indoor_within_teaching_area
from dudao.tables.checks.blanks import figures_told, pupils_told
from dudao.tables.checks.codes import (
    counties_spelled_apart,
    identifier_fits_type,
    region_codes,
    school_identifiers,
)
from dudao.tables.checks.outliers import unlike_peers
from dudao.tables.checks.rule import Check
from dudao.tables.checks.sections import sections_sum_to_school, type_fits_sections
from dudao.tables.checks.teachers import groups_within_teachers
from dudao.tables.checks.twins import names_told, same_figures, same_name
from dudao.tables.checks.years import copied, jumps

CHECKS: tuple[Check, ...] = (
    names_told,
    school_identifiers,
    region_codes,
    counties_spelled_apart,
    identifier_fits_type,
    same_name,
    same_figures,
    pupils_told,
    figures_told,
    type_fits_sections,
    sections_sum_to_school,
    groups_within_teachers,
    indoor_within_teaching_area,
    unlike_peers,
    jumps,
    copied,
)
"""A cell by itself (number, range, code) is checked where it is read, in `tables/values.py`."""
