"""Cells of csv files: a spreadsheet takes some texts for formulas, whoever typed them, so those are kept from it."""

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "＝", "＋", "－", "＠")


def harmless(value: object) -> str:
    """Return a value as a cell that a spreadsheet shows and never runs; None gives an empty cell."""
    cell = "" if value is None else str(value)
    return f"'{cell}" if cell.lstrip(" \u3000").startswith(_BEGINS_FORMULA) else cell
