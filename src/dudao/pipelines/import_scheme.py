"""Document → tables → draft of a scheme → files of a pack, checked before they are handed over."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dudao.documents.model import Document, Table
from dudao.documents.reading import read_document
from dudao.errors import UnreadableInputError, WrongUseError
from dudao.issues import Issue, Location
from dudao.scheme.checks.every import check_scheme
from dudao.scheme.import_table import ImportWishes, import_tables
from dudao.scheme.model import Scheme
from dudao.scheme.table_import.grid import PlainTable, TableCell
from dudao.scheme.write_pack import pack_files


@dataclass(frozen=True, slots=True)
class PackDraft:
    """The draft, its files by path, and what a person has to decide or look at.

    `tables` are those of the document, named 表1, 表2 … where they have no name; `places` says by id in which of them,
    and in which row, an indicator or point begins.
    """

    scheme: Scheme
    files: dict[str, str]
    issues: tuple[Issue, ...]
    tables: tuple[PlainTable, ...]
    places: Mapping[str, Location]


def import_scheme(path: Path, *, wishes: ImportWishes, this_year: int) -> PackDraft:
    """Return the draft of a pack from the Word or Excel file an office receives; nothing is written.

    Raises:
        UnreadableInputError: the file cannot be read, or no table of indicators is in it.
    """
    document = read_document(path)
    tables = [_plain_table(table, number) for number, table in enumerate(document.tables, start=1)]
    imported = import_tables(
        tables, file=path.name, surrounding_text=_text_outside(document), wishes=wishes, this_year=this_year
    )
    if imported.scheme is None:
        reason = imported.issues[-1]
        raise UnreadableInputError(f"“{path}”里{reason.message}", advice=reason.remedy)
    issues = (*document.issues, *imported.issues, *check_scheme(imported.scheme))
    told = tuple(_in_file(each, path) for each in issues)
    return PackDraft(imported.scheme, pack_files(imported.scheme), told, tuple(tables), imported.places)


def write_pack(draft: PackDraft, folder: Path) -> tuple[Path, ...]:
    """Write the files of a draft into a new or empty folder and return their paths.

    Raises:
        WrongUseError: the folder holds something already, or is no folder.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"“{folder}”已经存在，而且不是空文件夹，没有写入任何文件。"
        raise WrongUseError(message, advice="请换一个文件夹，或先移走里面的内容。")
    written = []
    for name, text in draft.files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        written.append(place)
    return tuple(written)


def _plain_table(table: Table, number: int) -> PlainTable:
    cells = tuple(TableCell(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells)
    return PlainTable(table.rows, table.columns, cells, table.name or f"表{number}")


def _text_outside(document: Document) -> str:
    """Return the text around the tables, where title and document number stand."""
    parts, position = [], 0
    for table in sorted(document.tables, key=lambda each: each.span.start):
        parts.append(document.text[position : table.span.start])
        position = max(position, table.span.end)
    return "\n".join([*parts, document.text[position:]])


def _in_file(issue: Issue, path: Path) -> Issue:
    """Return the issue with the path as the user wrote it."""
    if issue.location.file in {path.name, ""}:
        return replace(issue, location=replace(issue.location, file=str(path)))
    return issue
