"""How long the evidence library takes to search: a region with 2,000 pieces of 20,000 characters each.

PYTHONPATH=src python bench/evidence_search.py
"""

import os
import sys
import tempfile
import time

os.environ.setdefault("DUDAO_HOME", tempfile.mkdtemp(prefix="dudao-bench-"))
os.environ.setdefault("DUDAO_SECRET_KEY", "only-for-the-benchmark-and-never-for-anything-else")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dudao.web.settings")

PIECES, LENGTH, RUNS = 2000, 20_000, 5


def main() -> None:
    """Fill a database and print a small table."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from dudao.web.evidence.models import Evidence, Revision, StoredFile
    from dudao.web.evidence.queries import search
    from dudao.web.people.models import Department, Region, User

    call_command("migrate", verbosity=0, interactive=False)
    region = Region(code="990100", name="云州市", level="city")
    Region.objects.add_root(instance=region)
    region.refresh_from_db()
    department = Department.objects.create(region=region, name="市财政局")
    user = User.objects.create(username="bench", name="测")
    words = "本年度一般公共预算教育支出按时足额拨付，学校安全和经费使用情况良好。"
    body = (words * (LENGTH // len(words) + 1))[:LENGTH]
    files = [
        StoredFile(sha256=f"{n:064x}", size=LENGTH, media="text/plain", text=f"{body}{n}号") for n in range(PIECES)
    ]
    StoredFile.objects.bulk_create(files, batch_size=200)
    pieces = Evidence.objects.bulk_create(
        Evidence(region=region, department=department, title=f"第{n}份材料", received_from=user) for n in range(PIECES)
    )
    Revision.objects.bulk_create(
        Revision(evidence=piece, file=file, name="a.txt", by=user) for piece, file in zip(pieces, files, strict=True)
    )
    out = sys.stdout.write
    out(f"{connection.vendor}，{PIECES} 份，每份 {LENGTH} 字\n{'查找':<16}{'份数':>6}{'毫秒（中位）':>10}\n")
    for asked in ("第1999份", "1999号", "找不到的词", "预算 拨付"):
        spent = []
        for _ in range(RUNS):
            begun = time.perf_counter()
            found = search(Evidence.objects.filter(region=region), asked).count()
            spent.append((time.perf_counter() - begun) * 1000)
        out(f"{asked:<16}{found:>6}{sorted(spent)[RUNS // 2]:>10.0f}\n")


if __name__ == "__main__":
    main()
