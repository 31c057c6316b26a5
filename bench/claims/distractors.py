"""Sentences full of figures that assert no relation: whatever the checker objects to in them is a false alarm."""

import re
from random import Random

SENTENCES = (
    "新建幼儿园{a}所，改扩建{b}所，新增学位{c}个，惠及适龄幼儿{d}人。",
    "投入{m}万元，新建校舍{c}平方米，改造运动场{a}块，购置课桌椅{d}套。",
    "今年计划招聘教师{c}名，已到岗{b}名，其余人员正在办理手续。",
    "全市小学{c}所、初中{b}所均已开展课后服务，参与学生{d}人，参与率{p}。",
    "比上年增加{a}所，其中城区{x}所。",
    "到2025年，学前三年毛入园率达到{p}以上，普惠性幼儿园覆盖率达到{q}以上，公办园占比不低于{r}。",
    "全年开展督导检查{a}次，发现问题{c}个，下发整改通知书{b}份，约谈{x}人次。",
    "{p}的学校建立了心理辅导室，配备专兼职心理健康教师{c}人，开展活动{d}场次。",
    "争取上级资金{m}万元，已拨付{n}万元，其余资金按进度拨付。",
    "义务教育阶段在校生{d}人，随迁子女{c}人，残疾儿童少年{b}人，留守儿童{a}人。",
    "培训校长{a}人、骨干教师{c}人，开展送教下乡{b}次，受益教师{d}人次。",
    "小学、初中近视率分别为{p}、{q}，体质健康优良率分别为{r}、{s}。",
    "严查校园周边经营单位{c}家，取缔无证摊点{b}个，收缴不合格食品{d}件，罚款{m}万元。",
    "本科以上学历教师占{p}，中级以上职称教师占{q}，45岁以下教师占{r}。",
    "共收到群众来信{c}件，办结{b}件，满意率{p}；网上留言{a}条，回复率{q}。",
    "有{x}所学校被评为省级示范校，{a}名教师获省级表彰，{b}名学生在省级比赛中获奖。",
    "新增教学用房{c}平方米，生均教学用房达到{y}平方米；新增图书{d}册，生均图书{z}册。",
    "2019年以来，累计投入{m}万元；2022年投入{n}万元，用于采购设备{c}台。",
    "公办园在园幼儿占比为{p}，比省定标准低；普惠率为{q}，比全国平均水平高。",
    "控辍保学劝返{x}人，资助困难学生{d}人次，发放资金{m}万元，人均标准提高到{y}00元。",
    "全市{c}所学校配备保安{d}名，一键报警安装率{p}，封闭管理率{q}，护学岗设置率{r}。",
    "初中毕业生{d}人，普通高中招生{c}人，中等职业学校招生{b}人，另有部分学生外出就读。",
    "每周安排体育课{x}节，每天活动{y}小时，每学期举办运动会{x}次。",
    "第{x}批名师工作室{a}个，第{y}届教学能手{b}名，第{z}轮支教教师{c}名。",
    "消防隐患{c}处，已整改{b}处，正在整改{x}处，其余列入下年度计划。",
    "师生比为1:{y}，班师比为1:{z}，高于省定标准。",
)
_RANGES = {
    "a": (10, 90),
    "b": (20, 190),
    "c": (200, 900),
    "d": (1000, 90000),
    "x": (2, 9),
    "y": (2, 19),
    "z": (2, 40),
}
_PLACE = re.compile(r"\{(\w)\}")


def distractor(random: Random) -> str:
    """Return one such sentence with figures drawn at random."""
    template = random.choice(SENTENCES)

    def draw(match: re.Match[str]) -> str:
        letter = match[1]
        if letter in "mn":
            return str(random.randint(100, 9000))
        if letter in "pqrs":
            return f"{random.uniform(30, 99.5):.{random.choice((0, 1, 2))}f}%"
        return str(random.randint(*_RANGES[letter]))

    return _PLACE.sub(draw, template)
