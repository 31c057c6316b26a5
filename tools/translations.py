"""Keep the translations of the platform in step with its sources, without gettext's own programs.

    python tools/translations.py update    # rewrite the catalogues of src/dudao/web/locale from the sources
    python tools/translations.py compile   # write the .mo that the platform reads; a wheel contains it
    python tools/translations.py check     # say what is missing, empty, gone, has other placeholders or wrong choices

The source texts are Chinese; a catalogue holds one translation each: `django.po` of what the platform's own pages say,
`phrases.po` of the sentences of the core and of the trail (see `tools/phrases.py`). `update` keeps what is translated,
adds new texts with an empty translation and drops what is not said any more. Only the small part of the .po format
that is written here is read: one line a string, no contexts.
"""

import ast
import re
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "src" / "dudao" / "web"
LOCALE = WEB / "locale"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
MARKS = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop"})
PLURAL_MARKS = frozenset({"ngettext", "ngettext_lazy"})
CHOICE = re.compile(r"\{(n?\d+)\|([^{}|]+)\|([^{}|]+)\}")
"""Words of a phrase that a number decides: `{1} {1|school is|schools are}`; pages fill them in by the same pattern."""
PLACEHOLDER = re.compile(r"%\(\w+\)[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]|%[%sd]|\{\w*\}")

_LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_IN_TEMPLATE = re.compile(rf"\b(?:gettext|_)\(\s*({_LITERAL})\s*\)|\bngettext\(\s*({_LITERAL})\s*,\s*({_LITERAL})")

HEADER = (
    "Project-Id-Version: dudao\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Language: {language}\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)


@dataclass(frozen=True, slots=True)
class Text:
    """A source text where a file says it; `plural` is empty unless the text has a form for many."""

    text: str
    plural: str
    file: str


class CatalogueError(ValueError):
    """A line of a catalogue that is not in the form written here, or a marked text that is not a plain string."""


def texts() -> Iterator[Text]:
    """Yield every text that the platform's templates and Python files mark, in the order of the files.

    Raises:
        CatalogueError: a marked text is an f-string, which no catalogue can hold.
    """
    if not settings.configured:
        settings.configure()
    for path in sorted([*WEB.rglob("*.html"), *WEB.rglob("*.py"), *WEB.rglob("templates/**/*.txt")]):
        name = path.relative_to(WEB).as_posix()
        source = path.read_text(encoding="utf-8")
        found = _in_python(source, name) if path.suffix == ".py" else _in_template(source)
        for text, plural in found:
            yield Text(text, plural, name)


def _in_template(source: str) -> Iterator[tuple[str, str]]:
    for match in _IN_TEMPLATE.finditer(templatize(source)):
        one, first, many = match.groups()
        yield ast.literal_eval(one or first), ast.literal_eval(many) if many else ""


def _in_python(source: str, name: str) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        mark = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if mark not in MARKS and mark not in PLURAL_MARKS:
            continue
        given = node.args[: 2 if mark in PLURAL_MARKS else 1]
        if any(isinstance(each, ast.JoinedStr) for each in given):
            raise CatalogueError(f"{name}:{node.lineno}: a marked text must not be an f-string")
        words = [each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        if len(words) == len(given):
            yield words[0], words[1] if len(words) > 1 else ""


def source_texts() -> dict[str, Text]:
    """Return the texts to translate by themselves, each where it is said first."""
    wanted: dict[str, Text] = {}
    for each in texts():
        if each.text and (each.text not in wanted or (each.plural and not wanted[each.text].plural)):
            wanted[each.text] = each
    return wanted


def phrase_texts() -> dict[str, Text]:
    """Return the phrases to translate by themselves, each where it is said first."""
    sys.path.insert(0, str(ROOT))
    from tools.phrases import phrases

    wanted: dict[str, Text] = {}
    for phrase, file in phrases(ROOT / "src" / "dudao"):
        wanted.setdefault(phrase, Text(phrase, "", file))
    return wanted


def wanted_by(path: Path) -> dict[str, Text]:
    """Return the texts that a catalogue is to hold."""
    return phrase_texts() if path.stem == "phrases" else source_texts()


def catalogues() -> list[Path]:
    """Return the catalogues there are, two a language."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def read(path: Path) -> dict[str, list[str]]:
    """Return the translations of a catalogue by source text: one form, or two where a text has a plural.

    The empty text stands for the header.

    Raises:
        CatalogueError: a line is not in the form written here, or a text is there twice.
    """
    entries: dict[str, list[str]] = {}
    key, now = "", ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            if line.startswith("#,") and "fuzzy" in line:
                raise CatalogueError(f"{path}:{number}: an entry is marked fuzzy")
            continue
        match = re.fullmatch(r'(?:(msgid|msgid_plural|msgstr(?:\[\d\])?) )?"((?:[^"\\]|\\.)*)"', line)
        if match is None:
            raise CatalogueError(f"{path}:{number}: not a line of a catalogue: {line}")
        word, text = match.group(1), ast.literal_eval(f'"{match.group(2)}"')
        now = word or now
        if word == "msgid":
            key = text
            if key in entries:
                raise CatalogueError(f"{path}:{number}: twice: {key}")
        elif now == "msgid" and word is None:
            key += text
        elif word is not None and word.startswith("msgstr"):
            entries.setdefault(key, []).append(text)
        elif word is None and now.startswith("msgstr"):
            entries[key][-1] += text
    return entries


def _quoted(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(plain, escaped)
    return f'"{text}"'


def write(path: Path, wanted: dict[str, Text], known: dict[str, list[str]]) -> None:
    """Write a catalogue of the wanted texts with the translations known."""
    header = HEADER.format(language=path.parent.parent.name)
    lines = ['msgid ""', 'msgstr ""', *(_quoted(line) for line in header.splitlines(keepends=True))]
    file = ""
    for each in wanted.values():
        lines.append("")
        if each.file != file:
            file = each.file
            lines.append(f"#: {file}")
        lines.append(f"msgid {_quoted(each.text)}")
        forms = known.get(each.text, [])
        if each.plural:
            lines.append(f"msgid_plural {_quoted(each.plural)}")
            one, many = (*forms, "", "")[:2]
            lines += [f"msgstr[0] {_quoted(one)}", f"msgstr[1] {_quoted(many)}"]
        else:
            lines.append(f"msgstr {_quoted(forms[0] if forms else '')}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def placeholders(text: str) -> list[str]:
    """Return the placeholders of a text in the order of letters; a translation must have the same ones."""
    return sorted(mark for mark in PLACEHOLDER.findall(text) if mark != "%%")


def misses_its_number(text: str, form: str) -> bool:
    """Say whether a translation chooses words by a number that the text does not have, or writes a choice wrongly."""
    rest, plain = PLACEHOLDER.sub("", CHOICE.sub("", form)), PLACEHOLDER.sub("", text)
    return any(mark in rest and mark not in plain for mark in "{|}") or any(
        f"{{{choice[1]}}}" not in text for choice in CHOICE.finditer(form)
    )


def problems(path: Path, wanted: dict[str, Text]) -> list[str]:
    """Return what is wrong with a catalogue against the texts of the sources, each as a line."""
    known = read(path)
    found = [f"missing: {text}" for text in wanted if text not in known]
    found += [f"no page says it any more: {text}" for text in known if text and text not in wanted]
    for text, forms in known.items():
        if text not in wanted:
            continue
        plural = wanted[text].plural
        if len(forms) != (2 if plural else 1) or not all(form.strip() for form in forms):
            found.append(f"not translated: {text}")
        elif any(placeholders(form) != placeholders(plural or text) for form in forms):
            found.append(f"other placeholders: {text}: {forms[0]}")
        elif any(misses_its_number(text, form) for form in forms):
            found.append(f"words without their number: {text}: {forms[0]}")
    return found


def compile_catalogue(path: Path) -> Path:
    """Write the .mo beside a catalogue, in the form that Python's gettext reads; return where."""
    wanted = wanted_by(path)
    entries = []
    for text, forms in sorted(read(path).items()):
        if not all(forms):
            continue  # the source text shows instead
        plural = wanted[text].plural if text in wanted else ""
        key = f"{text}\0{plural}" if plural else text
        entries.append((key.encode(), "\0".join(forms).encode()))
    entries.sort()
    count, start = len(entries), 28
    offset = start + 16 * count
    tables: list[list[tuple[int, int]]] = [[], []]
    data = b""
    for column in (0, 1):
        for entry in entries:
            tables[column].append((len(entry[column]), offset + len(data)))
            data += entry[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, count, start, start + 8 * count, 0, offset)
    written = path.with_suffix(".mo")
    written.write_bytes(head + b"".join(struct.pack("<2I", *pair) for table in tables for pair in table) + data)
    return written


def main(arguments: list[str]) -> int:
    """Do what the one argument says; return the exit code."""
    if arguments not in (["update"], ["compile"], ["check"]):
        print((__doc__ or "").strip(), file=sys.stderr)
        return 2
    bad = 0
    for path in catalogues():
        language = path.parent.parent.name
        if arguments == ["compile"]:
            compile_catalogue(path)
            print(f"built: {path.stem} {language}")
            continue
        wanted = wanted_by(path)
        if arguments == ["update"]:
            write(path, wanted, read(path))
        found = problems(path, wanted)
        bad += len(found)
        for line in found:
            print(f"{language}: {line}")
        print(f"{language} {path.stem}: {len(wanted)} texts, {len(found)} problems")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
