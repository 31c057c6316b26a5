"""The options `--dismissals`, `--dismiss` and `--by` of `dudao check`: findings set aside with a reason."""

import getpass
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from dudao.claims.ties.tie_out import CODE as TIE
from dudao.documents.reading import STANDARD_INPUT
from dudao.errors import WrongUseError
from dudao.pipelines.check import CheckedDocument
from dudao.pipelines.dismissals import (
    Dismissal,
    apply_dismissals,
    dismiss,
    read_dismissals,
    sidecar_of,
    write_dismissals,
)


@dataclass(frozen=True, slots=True)
class SetAside:
    """What is set aside: the record named (else the one beside each report), and what is asked for now."""

    record_file: Path | None
    asked: tuple[str, ...]
    by: str

    def check_use(self) -> None:
        """Refuse what is no number with a reason before any work is done."""
        self._wanted()

    def apply(self, checked: CheckedDocument) -> CheckedDocument:
        """Return the document with the findings that the record sets aside moved to `dismissed`."""
        record = self._record(checked)
        if record is None:
            return checked
        judged = apply_dismissals(checked.document, checked.findings, read_dismissals(record))
        # A difference from another file is not there when that file is not checked along with this one.
        stale = sum(one.code != TIE for one in judged.stale) if self.record_file is None else 0
        return replace(checked, findings=judged.open, dismissed=judged.dismissed, stale_dismissals=stale)

    def record(self, checked: CheckedDocument, *, last: bool = True) -> CheckedDocument:
        """Return the document with the findings asked for set aside, after writing them to the record.

        Of several files the numbers are those of the last one, which is held against all others.

        Raises:
            WrongUseError: there is no finding of that number, the reason is missing, or there is no record.
        """
        wanted = self._wanted()
        if not wanted or not last:
            return checked
        path = self._record(checked)
        if path is None:
            raise WrongUseError("标准输入旁边没有地方放不采纳记录。", advice="请用 --dismissals 指明记录文件。")
        new: list[Dismissal] = []
        at = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
        for number, reason in wanted.items():
            if not 1 <= number <= len(checked.findings):
                raise WrongUseError(
                    f"没有第{number}处发现，共列出{len(checked.findings)}处。", advice="请按列出的序号填写。"
                )
            finding = checked.findings[number - 1]
            new.append(dismiss(checked.document, finding, reason=reason, by=self.by or _user(), at=at))
        write_dismissals(path, [*read_dismissals(path), *new])
        judged = apply_dismissals(checked.document, checked.findings, new)
        return replace(checked, findings=judged.open, dismissed=checked.dismissed + judged.dismissed)

    def _record(self, checked: CheckedDocument) -> Path | None:
        """Return the record named, else the one beside the report; None for what has no file."""
        if self.record_file is not None or checked.document.file == STANDARD_INPUT:
            return self.record_file
        return sidecar_of(Path(checked.document.file))

    def _wanted(self) -> dict[int, str]:
        wanted: dict[int, str] = {}
        for one in self.asked:
            number, sign, reason = one.partition("=")
            if not sign or not number.strip().isdecimal():
                raise WrongUseError(
                    f"“{one}”不是“序号=理由”。", advice='例如：--dismiss "2=已核对统计年鉴，原数无误"。'
                )
            wanted[int(number)] = reason
        return wanted


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
