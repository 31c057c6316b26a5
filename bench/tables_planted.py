"""What reading finds of errors planted into school tables in many layouts: `python bench/tables_planted.py [-v]`.

Run from the root of the repository; the layouts are those of `tests/tables/office_layout_list.py`.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.tables.office_layout_list import LAYOUTS
from tests.tables.planted import false_alarms, found, read_sound, trials


def main() -> None:
    seen: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    missed: list[str] = []
    alarms = 0
    with tempfile.TemporaryDirectory() as folder:
        for layout in LAYOUTS:
            clean = false_alarms(read_sound(layout, Path(folder))[1])
            alarms += len(clean)
            missed += [f"false alarm in {layout.__name__}: {alarm}" for alarm in clean]
            for error, trial in trials(layout, Path(folder)):
                seen[error.name] += 1
                if found(error, trial):
                    caught[error.name] += 1
                else:
                    missed.append(f"missed in {layout.__name__}: {error.name}")
    for name, count in seen.items():
        print(f"{caught[name]:3d} of {count:3d}  {name}")
    total, all_caught = sum(seen.values()), sum(caught.values())
    print(f"{len(LAYOUTS)} layouts, {all_caught} of {total} planted errors found at their row with a remedy, ", end="")
    print(f"{alarms} false alarms in sound tables")
    if "-v" in sys.argv:
        print("\n".join(missed))


if __name__ == "__main__":
    main()
