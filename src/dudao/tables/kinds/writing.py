"""Short ways to write columns of people, amounts, rates and flags."""

from dudao.tables.columns import Column, ColumnType, Timing


def people(name: str, title: str, *headings: str, form: str = "", timing: Timing = Timing.POINT) -> Column:
    """Return a column that counts people."""
    return Column(name, title, headings, ColumnType.COUNT, "人", low=0, form=form, timing=timing)


def count(name: str, title: str, *headings: str, unit: str, form: str = "") -> Column:
    """Return a column that counts things."""
    return Column(name, title, headings, ColumnType.COUNT, unit, low=0, form=form)


def amount(name: str, title: str, *headings: str, unit: str = "元", timing: Timing = Timing.FISCAL_YEAR) -> Column:
    """Return a column of money or another measure."""
    return Column(name, title, headings, ColumnType.NUMBER, unit, low=0, timing=timing)


def flag(name: str, title: str, *headings: str) -> Column:
    """Return a column of yes or no."""
    return Column(name, title, headings, ColumnType.FLAG)


def text(name: str, title: str, *headings: str, required: bool = False) -> Column:
    """Return a column of words."""
    return Column(name, title, headings, required=required, timing=Timing.STANDING)
