"""A balance result written as files: worksheet, page, pictures."""

from pathlib import Path

from dudao.balance.result import BalanceResult
from dudao.errors import WrongUseError

_MOST_PICTURES = 60


def write_balance_files(
    result: BalanceResult, *, worksheet: Path | None = None, html: Path | None = None, pictures: Path | None = None
) -> tuple[Path, ...]:
    """Write what is asked for, each county in its latest year, and return the files written.

    Raises:
        WrongUseError: more counties than can be read, a folder that is not there, no Chinese font for PNG.
    """
    written: list[Path] = []
    for path in (worksheet, html):
        if path is not None and not path.parent.is_dir():
            raise WrongUseError(f"文件夹 {path.parent} 不存在，不能写入 {path.name}。", advice="请先建好文件夹。")
    if worksheet is not None:
        from dudao.reporting.balance_worksheet import write_balance_worksheet

        write_balance_worksheet(worksheet, result.latest(), result.standard, result.method)
        written.append(worksheet)
    if html is not None:
        from dudao.reporting.balance_page import balance_page

        html.write_text(balance_page(result), encoding="utf-8")
        written.append(html)
    if pictures is not None:
        written += _write_pictures(result, pictures)
    return tuple(written)


def _write_pictures(result: BalanceResult, folder: Path) -> list[Path]:
    from dudao.reporting.balance_chart_png import chinese_font, write_coefficient_png, write_strip_png
    from dudao.reporting.balance_chart_svg import coefficient_svg, strip_svg
    from dudao.reporting.balance_charts import coefficient_chart, strip_chart

    counties = result.latest()
    if len(counties) > _MOST_PICTURES:
        raise WrongUseError(
            f"共 {len(counties)} 个县区，图片太多（最多 {_MOST_PICTURES} 个）。", advice="请先用 --region 选出县区。"
        )
    chinese_font()
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for county in counties:
        name = "".join(sign for sign in county.region if sign.isalnum()) or "county"
        bars = coefficient_chart(result.years_of(county.region), result.standard)
        written.append(folder / f"{name}-coefficients.svg")
        written[-1].write_text(coefficient_svg(bars), encoding="utf-8")
        written.append(folder / f"{name}-coefficients.png")
        write_coefficient_png(bars, written[-1])
        if any(indicator.thresholds for indicator in result.standard.indicators):
            strip = strip_chart(county, result.standard)
            written.append(folder / f"{name}-schools.svg")
            written[-1].write_text(strip_svg(strip), encoding="utf-8")
            written.append(folder / f"{name}-schools.png")
            write_strip_png(strip, written[-1])
    return written
