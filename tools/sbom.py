"""The bill of materials: every package of the program and of its pages, as CycloneDX JSON.

    python tools/sbom.py [OUT]          (default dist/dudao.cdx.json)

The same packages give the same bytes: no clock, no random number.
"""

import json
import sys
from pathlib import Path

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from dependency_audit import EXTRAS, closure, licence_of
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parent.parent


def python_parts() -> list[Component]:
    """Return the Python packages that the program asks for at run time."""
    return [
        Component(
            name=name,
            version=package.version,
            type=ComponentType.LIBRARY,
            purl=PackageURL("pypi", name=name, version=package.version),
            bom_ref=f"pypi:{name}",
            description=licence_of(package) or None,
        )
        for name, package in sorted(closure("dudao", EXTRAS).items())
        if name != "dudao"
    ]


def page_parts() -> list[Component]:
    """Return the packages whose files the pages contain, from the lock file."""
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    parts = []
    for place, entry in sorted(locked.items()):
        if not place or entry.get("dev"):
            continue
        namespace, _, name = place.removeprefix("node_modules/").rpartition("/")
        parts.append(
            Component(
                name=name,
                group=namespace or None,
                version=entry["version"],
                type=ComponentType.LIBRARY,
                purl=PackageURL("npm", namespace or None, name, entry["version"]),
                bom_ref=f"npm:{place}",
                description=entry.get("license"),
            )
        )
    return parts


def bill() -> str:
    """Return the bill as JSON text, in the order of the names."""
    program = closure("dudao", ())["dudao"]
    bom = Bom(components=[*python_parts(), *page_parts()])
    bom.metadata.component = Component(
        name="dudao", version=program.version, type=ComponentType.APPLICATION, bom_ref="dudao"
    )
    bom.register_dependency(bom.metadata.component, bom.components)
    found = json.loads(JsonV1Dot6(bom).output_as_string())
    found.pop("serialNumber", None)
    found["metadata"].pop("timestamp", None)
    text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if (wrong := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)) is not None:
        sys.exit(f"the bill is not valid CycloneDX: {wrong}")
    return text


def main(arguments: list[str]) -> None:
    """Write the bill."""
    target = Path(arguments[0]) if arguments else ROOT / "dist" / "dudao.cdx.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    text = bill()
    target.write_text(text, encoding="utf-8")
    print(f"{target}：{text.count(chr(34) + 'bom-ref' + chr(34))} 个部件")


if __name__ == "__main__":
    main(sys.argv[1:])
