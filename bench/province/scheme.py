"""The scheme of the benchmark's province: 34 items of three points each, asking for some two hundred figures."""

DEPARTMENTS = tuple(f"第{number:02d}局" for number in range(1, 35))
PARTS = {"kindergarten": "幼儿园", "primary": "小学", "junior": "初中"}


def files(slug: str, level: str, year: int) -> dict[str, str]:
    """Return the files of a pack for a level of government and a year."""
    pack = f"""id: {slug}
name: 基准省{year}年对{"设区市" if level == "city" else "县级"}人民政府履行教育职责评价（测试用）
region: jizhun
region_name: 基准省
level: {level}
year: {year}
full_points: 102
step: "0.1"
source: {{document: 基准省评价方案（测试用，虚构）, note: 只用来测量速度。}}
"""
    facts, items = [], []
    for number, department in enumerate(DEPARTMENTS, start=1):
        parts = ", ".join(f"{key}: {title}" for key, title in PARTS.items())
        facts += [
            f"- {{name: spending_{number}, title: 第{number}项生均支出, unit: 元, kind: money, dimension: stage,"
            f" parts: {{{parts}}}}}",
            f'- {{name: share_{number}, title: 第{number}项完成率, unit: "%", kind: percent}}',
            f"- {{name: students_{number}, title: 第{number}项涉及学生, unit: 人, kind: count}}",
            f"- {{name: done_{number}, title: 第{number}项已完成, unit: 项, kind: count}}",
            f'- {{name: ready_{number}, title: 第{number}项按时完成, unit: "", kind: boolean}}',
        ]
        items.append(
            f"""  - id: "1.{number}"
    name: 第{number}项工作
    full_points: 3
    items:
      - id: "1.{number}.1"
        name: 第{number}项生均支出只增不减
        full_points: 1
        lead_department: {department}
        inputs: [spending_{number}]
        rule:
          kind: year_on_year
          tests: [{{fact: spending_{number}, parts: [kindergarten, primary, junior]}}]
          must: not_fall
          years: 1
          on_failure: deduct
          deduct: "0.5"
          floor: "0"
      - id: "1.{number}.2"
        name: 第{number}项完成率
        full_points: 1
        lead_department: {department}
        inputs: [share_{number}, done_{number}]
        rule:
          kind: shortfall
          fact: share_{number}
          target: "95"
          direction: at_least
          step: "5"
          deduct: "0.1"
          partial: whole_steps
          floor: "0"
          rounding: none
      - id: "1.{number}.3"
        name: 第{number}项按时完成
        full_points: 1
        lead_department: {department}
        inputs: [ready_{number}, students_{number}]
        rule: {{kind: threshold, fact: ready_{number}, is: true, otherwise: "0"}}
"""
        )
    indicator = 'id: "1"\nname: 全部工作\nfull_points: 102\nsource: {clause: 全文}\nitems:\n' + "".join(items)
    return {"pack.yaml": pack, "facts.yaml": "\n".join(facts) + "\n", "indicators/1-all.yaml": indicator}
