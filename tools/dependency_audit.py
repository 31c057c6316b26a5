"""What the program stands on at run time: every package with a licence we may use, and with no known weakness.

    python tools/dependency_audit.py

Licences are read from what is installed, offline. Known weaknesses are asked of the advisory service through
pip-audit where it answers; where it does not, that is said and the rest still counts.
"""

import json
import re
import subprocess
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement

EXTRAS = ("postgres", "ocr", "s3")
PERMISSIVE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Unlicense|Zlib|0BSD|CC0|HPND|MIT-CMU", re.IGNORECASE
)
# Weak copyleft, used unchanged as packages of their own; each with the reason why it is taken.
ACCEPTED = {
    "psycopg": "LGPL: the driver of PostgreSQL, an extra of its own",
    "psycopg-binary": "LGPL: the driver of PostgreSQL, an extra of its own",
    "certifi": "MPL: a list of certificates, comes with the object store's client",
    "tqdm": "MPL in part: a progress bar that the reader of scans brings along",
}
SECONDS = 60


def name_of(text: str) -> str:
    """Return a package's name in its normal form."""
    return re.sub(r"[-_.]+", "-", text).lower()


def closure(root: str, extras: tuple[str, ...]) -> dict[str, Distribution]:
    """Return every installed package that a package asks for at run time, by its normal name."""
    found: dict[str, Distribution] = {}
    waiting: list[tuple[str, tuple[str, ...]]] = [(root, extras)]
    seen: set[tuple[str, tuple[str, ...]]] = set()
    while waiting:
        name, wanted = waiting.pop()
        if (name, wanted) in seen:
            continue
        seen.add((name, wanted))
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # an extra that is not installed here
        found[name_of(name)] = package
        for text in package.requires or ():
            requirement = Requirement(text)
            marker = requirement.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *wanted)):
                waiting.append((requirement.name, tuple(sorted(requirement.extras))))
    return found


def licence_of(package: Distribution) -> str:
    """Return the licence a package states: its expression, else its classifiers, else its free text."""
    data = package.metadata
    classifiers = [
        line.split("::")[-1].strip() for line in data.get_all("Classifier", []) if line.startswith("License")
    ]
    stated = data.get("License-Expression") or "; ".join(classifiers) or data.get("License") or ""
    return " ".join(stated.split())[:80]


def refused(packages: dict[str, Distribution]) -> list[str]:
    """Return a line for each package whose licence is neither permissive nor accepted by name."""
    return [
        f"{name} {package.version}：{licence_of(package) or '没有写明许可证'}"
        for name, package in sorted(packages.items())
        if name not in ACCEPTED and not PERMISSIVE.search(licence_of(package))
    ]


def known_weaknesses(packages: dict[str, Distribution]) -> list[str] | None:
    """Return a line for each known weakness; None where the advisory service does not answer in time."""
    listed = "".join(f"{name}=={package.version}\n" for name, package in sorted(packages.items()) if name != "dudao")
    command = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "--progress-spinner", "off"]
    command += ["--timeout", "5", "--format", "json", "--requirement", "/dev/stdin"]
    try:
        done = subprocess.run(command, input=listed, capture_output=True, text=True, timeout=SECONDS, check=False)
        answered = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError, FileNotFoundError):
        return None
    if all("vulns" not in each for each in answered):
        return None
    return [
        f"{each['name']} {each['version']}：{weakness['id']}，修复于 {'、'.join(weakness['fix_versions']) or '尚无'}"
        for each in answered
        for weakness in each.get("vulns", ())
    ]


def main() -> int:
    """Print what was found; 1 when a package may not be used or is known to be weak."""
    packages = closure("dudao", EXTRAS)
    troubles = [f"许可证不合用：{line}" for line in refused(packages)]
    weak = known_weaknesses(packages)
    troubles += [f"已知弱点：{line}" for line in weak or ()]
    for trouble in troubles:
        print(trouble, file=sys.stderr)
    advisories = "没有查到已知弱点" if weak == [] else "安全公告服务没有回答，这一项没有查"
    if not troubles:
        print(f"运行时依赖 {len(packages)} 个，许可证都合用；{advisories}。")
    return 1 if troubles else 0


if __name__ == "__main__":
    raise SystemExit(main())
