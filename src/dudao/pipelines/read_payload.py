"""A read document in the form of the JSON of `dudao read` (docs/reference/schema/read.json)."""

from dudao.documents.model import Block, CitedDocument, Document, Table
from dudao.documents.score_sheets.reading import read_score_sheet
from dudao.pipelines.check_payload import sheet_payload
from dudao.provenance import Span

Payload = dict[str, object]


def read_payload(document: Document) -> Payload:
    """Return one entry of `documents`: text, blocks, tables, score sheet, cited documents."""
    sheet = read_score_sheet(document)
    repaired = document.repaired
    return {
        "file": document.file,
        "sha256": document.sha256,
        "media": document.media,
        "encoding": document.encoding,
        "characters": len(document.text),
        "text": document.text,
        "repaired": {
            "text": repaired.text,
            "runs": [list(run) for run in zip(repaired.starts, repaired.origins, strict=True)],
        },
        "blocks": [block_payload(block) for block in document.blocks],
        "tables": [table_payload(table) for table in document.tables],
        "score_sheet": sheet_payload(sheet) if sheet is not None else None,
        "cited": [cited_payload(cited) for cited in document.cited],
        "issues": [
            {
                "level": str(issue.level),
                "code": issue.code,
                "message": issue.message,
                "remedy": issue.remedy,
                **(_place(issue.location.span) if issue.location.span else {"start": None, "end": None}),
            }
            for issue in document.issues
        ],
    }


def block_payload(block: Block) -> Payload:
    """Return a block: what it is, its place, its heading level and page."""
    return {"kind": str(block.kind), "level": block.level, "page": block.page, **_place(block.span)}


def table_payload(table: Table) -> Payload:
    """Return a table with its cells in reading order."""
    return {
        "name": table.name,
        "rows": table.rows,
        "columns": table.columns,
        **_place(table.span),
        "cells": [
            {
                "row": cell.row,
                "column": cell.column,
                "row_span": cell.row_span,
                "column_span": cell.column_span,
                "text": cell.text,
                **_place(cell.span),
            }
            for cell in table.cells
        ],
    }


def cited_payload(cited: CitedDocument) -> Payload:
    """Return a cited document: title and number as far as they are given."""
    return {
        "title": cited.title,
        "number": cited.number,
        "agency": cited.agency,
        "year": cited.year,
        "serial": cited.serial,
        **_place(cited.span),
    }


def _place(span: Span) -> Payload:
    return {"start": span.start, "end": span.end}
