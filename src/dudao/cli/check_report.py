"""How `dudao check` shows its results, one document after another: JSON for programs, pages for people."""

import sys
import time
from types import TracebackType
from typing import Self

from dudao.claims.ties.model import TieFinding
from dudao.cli.check_page import print_document, print_summary
from dudao.cli.output import write_json
from dudao.issues import Level
from dudao.pipelines.check import CheckedDocument, UnreadableDocument
from dudao.pipelines.check_payload import document_payload
from dudao.pipelines.tie_documents import ties_payload


class JsonReport:
    """Writes the documents of the contract one by one, so that any number of them needs the memory of one."""

    def __init__(self) -> None:
        self.errors = 0
        self._written = 0
        self.ties: list[TieFinding] = []
        self.unreadable: list[UnreadableDocument] = []

    def __enter__(self) -> Self:
        return self

    def add(self, result: CheckedDocument | UnreadableDocument) -> None:
        """Write one document; a file that cannot be read is told at the end."""
        if isinstance(result, UnreadableDocument):
            self.unreadable.append(result)
            return
        self.errors += sum(finding.level is Level.ERROR for finding in result.findings)
        sys.stdout.write(",\n" if self._written else '{"documents": [\n')
        write_json(document_payload(result, listed=iter))
        self._written += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            return
        sys.stdout.write("\n]" if self._written else '{"documents": []')
        if self.unreadable:
            errors = [{"file": one.file, "message": one.message, "advice": one.advice} for one in self.unreadable]
            sys.stdout.write(',\n"errors": ')
            write_json(errors)
        if self.ties:
            sys.stdout.write(',\n"ties": ')
            write_json(ties_payload(self.ties))
        sys.stdout.write("}\n")


class TextReport:
    """Prints each document for people, and after several of them what was found in all."""

    def __init__(self, *, several: bool) -> None:
        self.errors = 0
        self.ties: list[TieFinding] = []
        self.unreadable: list[UnreadableDocument] = []
        self._several = several
        self._documents = 0
        self._findings = 0
        self._start = time.perf_counter()

    def __enter__(self) -> Self:
        return self

    def add(self, result: CheckedDocument | UnreadableDocument) -> None:
        """Print one document; a file that cannot be read is told at its turn."""
        if isinstance(result, UnreadableDocument):
            self.unreadable.append(result)
            sys.stderr.write(f"错误：{result.message}\n" + (f"建议：{result.advice}\n" if result.advice else ""))
            return
        self._documents += 1
        self._findings += len(result.findings)
        self.errors += sum(finding.level is Level.ERROR for finding in result.findings)
        print_document(result)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self._several:
            seconds = time.perf_counter() - self._start
            print_summary(self._documents, self._findings, self.errors, len(self.unreadable), seconds)
