"""Many ways of saying each relation, in the manner of self-evaluation reports and statistical notices.

Every entry is our own wording. `{name}` is a figure; words in ⟨⟩ come from the subject of the sentence.
"""

GROWTH_UP = (
    "⟨place⟩⟨year⟩年⟨what⟩{level}，比上年增加{delta}，增长{growth}。",
    "⟨year⟩年，⟨place⟩⟨what⟩达到{level}，较上年增加{delta}，增幅{growth}。",
    "⟨what⟩为{level}，同比增加{delta}，同比增长{growth}。",
    "⟨year⟩年⟨place⟩投入⟨what⟩{level}，与上年相比增加了{delta}，增长率为{growth}。",
    "⟨place⟩⟨what⟩由上年水平增加{delta}，达到{level}，增长{growth}。",
    "全年⟨what⟩完成{level}，比去年增长{growth}，增加{delta}。",
    "⟨what⟩{level}，较去年同期净增{delta}（增长{growth}）。",
    "截至⟨year⟩年底，⟨what⟩共{level}，一年间增加{delta}，增幅达{growth}。",
    "⟨what⟩{level}，比上年多{delta}、增长{growth}。",
)
GROWTH_DOWN = (
    "⟨place⟩⟨year⟩年⟨what⟩{level}，比上年减少{delta}，下降{growth}。",
    "⟨year⟩年，⟨place⟩⟨what⟩为{level}，较上年减少{delta}，降幅{growth}。",
    "⟨what⟩{level}，同比减少{delta}，同比下降{growth}。",
    "⟨what⟩共{level}，比上年少{delta}，降低{growth}。",
    "受生源变化影响，⟨what⟩{level}，较上年净减{delta}，减少{growth}。",
)
CHANGE_UP = (
    "⟨what⟩由⟨before⟩年的{old}增加到⟨year⟩年的{new}，增长{growth}。",
    "⟨what⟩从{old}提高到{new}，增幅为{growth}。",
    "⟨year⟩年⟨what⟩{new}，上年为{old}，同比增长{growth}。",
    "⟨before⟩年⟨what⟩{old}，⟨year⟩年{new}，增长{growth}。",
    "⟨what⟩{new}（上年{old}），增长{growth}。",
    "⟨what⟩从⟨before⟩年{old}增长至⟨year⟩年{new}，增长了{growth}。",
    "⟨what⟩{new}，与上年的{old}相比，增长{growth}。",
)
CHANGE_DOWN = (
    "⟨what⟩由⟨before⟩年的{old}减少到⟨year⟩年的{new}，下降{growth}。",
    "⟨before⟩年⟨what⟩{old}，⟨year⟩年{new}，下降{growth}。",
    "⟨what⟩从{old}降至{new}，降幅{growth}。",
)
POINTS_UP = (
    "⟨rate⟩由{old}提高到{new}，提高{diff}。",
    "⟨before⟩年⟨rate⟩为{old}，⟨year⟩年⟨rate⟩为{new}，同比上升{diff}。",
    "⟨rate⟩达到{new}，比上年的{old}提高了{diff}。",
    "⟨rate⟩从⟨before⟩年的{old}上升到⟨year⟩年的{new}，上升{diff}。",
    "⟨rate⟩{new}，较上年（{old}）提升{diff}。",
)
POINTS_DOWN = (
    "⟨rate⟩由{old}下降到{new}，下降{diff}。",
    "⟨before⟩年⟨rate⟩为{old}，⟨year⟩年为{new}，降低{diff}。",
)
DIFFERENCE = (
    "⟨before⟩年⟨what⟩{old}，⟨year⟩年⟨what⟩{new}，增加{diff}。",
    "⟨what⟩由{old}增加到{new}，增加了{diff}。",
    "⟨year⟩年⟨what⟩{new}，比⟨before⟩年的{old}增加{diff}。",
)
SHARE = (
    "⟨place⟩⟨whole⟩{whole}，其中⟨part⟩{part}，占{share}。",
    "⟨part⟩{part}，占⟨place⟩⟨whole⟩{whole}的{share}。",
    "⟨place⟩现有⟨whole⟩{whole}，⟨part⟩{part}，占比{share}。",
    "⟨whole⟩共{whole}，⟨part⟩达{part}，占总数的{share}。",
    "⟨place⟩⟨whole⟩总数为{whole}，其中⟨part⟩{part}，所占比例为{share}。",
    "在{whole}⟨whole⟩中，⟨part⟩有{part}，占{share}。",
    "⟨whole⟩{whole}，⟨part⟩{part}，⟨part⟩占比达到{share}。",
    "⟨part⟩{part}，占⟨whole⟩总数{whole}的比例为{share}。",
)
SUM_HEAD = (
    "⟨place⟩共有⟨whole⟩{total}，其中",
    "⟨place⟩现有⟨whole⟩{total}，其中：",
    "截至⟨year⟩年底，⟨place⟩⟨whole⟩{total}，包括",
    "⟨whole⟩总数{total}。其中",
    "⟨whole⟩合计{total}，分别为",
)
SUM_TAIL = ("，合计{total}。", "，共计{total}。", "，总计{total}。", "，三项合计{total}。")
PER_CAPITA = (
    "⟨year⟩年⟨place⟩⟨pupils⟩{heads}，拨付公用经费{amount}，生均{per}。",
    "⟨pupils⟩{heads}，公用经费下达金额{amount}，人均{per}。",
    "⟨place⟩安排⟨pupils⟩公用经费{amount}，惠及⟨pupils⟩{heads}，生均公用经费{per}。",
    "⟨year⟩年下达公用经费{amount}，按⟨pupils⟩{heads}计算，生均为{per}。",
)
EXCEEDS_RATE = (
    "⟨place⟩⟨per_student⟩{actual}，高出省定标准{standard}的{rate}。",
    "⟨per_student⟩{actual}，超出省定{standard}标准{rate}。",
    "⟨per_student⟩达到{actual}，比省定标准{standard}高{rate}。",
)
EXCEEDS_PLAIN = (
    "⟨per_student⟩{actual}，高于省定标准{standard}。",
    "⟨per_student⟩达到{actual}，超过省定{standard}的标准。",
    "⟨per_student⟩标准为{standard}，实际拨付{actual}，已达标。",
    "⟨rate⟩{actual}，达到不低于{standard}的要求。",
)
RATIO = (
    "专任教师{teachers}，在校学生{pupils}，师生比为{ratio}。",
    "⟨place⟩在校生{pupils}，专任教师{teachers}，师生比达到{ratio}。",
)
MULTIPLE = (
    "⟨year⟩年⟨what⟩{new}，是⟨before⟩年{old}的{times}。",
    "⟨what⟩由{old}增加到{new}，是原来的{times}。",
)
YEARLY_GROWTH = (
    "⟨years⟩，⟨place⟩教育投入分别为{old}、⟨row⟩和{new}，年均增长{rate}。",
    "⟨place⟩⟨years⟩财政教育经费依次为{old}、⟨row⟩、{new}，年平均增长{rate}。",
)
FRACTION = (
    "“双师型”教师占专业课教师的{share}（{part}/{whole}）。",
    "⟨place⟩持证上岗率{share}（{part}/{whole}），整体素质稳步提高。",
)
DEALT_SHARE = (
    "⟨place⟩现有专任教师{whole}，其中女教师⟨rest⟩，占⟨first⟩；男教师{part}，占{share}。",
    "在校寄宿生{whole}，其中初中寄宿生⟨rest⟩、小学寄宿生{part}，分别占⟨first⟩、{share}。",
)
ABOVE_IN_PARENTHESIS = (
    "⟨rate⟩{actual}，高于国家标准（{standard}）{by}。",
    "⟨rate⟩达到{actual}，超出省定目标（{standard}）{by}。",
)
PRODUCT = (
    "资助困难学生{heads}，每人{per}，共{total}。",
    "惠及学生{heads}，每生每年补助{per}，共计{total}。",
)
NESTED = (
    "⟨place⟩共有幼儿园{total}，其中公办园{p1}（独立园⟨inner⟩、附属园⟨outer⟩），民办园{p2}。",
    "幼儿园总数{total}，其中公办园{p1}，含教育部门办⟨inner⟩、其他部门办⟨outer⟩；民办园{p2}。",
)

FILLER = (
    "⟨place⟩党委、政府把教育摆在优先发展的位置，主要负责同志多次到学校调研，现场解决实际困难。",
    "制定印发《⟨place⟩推进教育高质量发展行动计划（2021—2025年）》（⟨agency⟩〔2022〕17号），明确了责任分工和完成时限。",
    "全年召开教育工作专题会议6次，听取教育工作汇报4次，研究重大事项11项。",
    "落实“五项管理”要求，小学一、二年级不布置书面家庭作业，三至六年级每天书面作业完成时间不超过60分钟。",
    "严格执行国家课程方案，开齐开足体育与健康、音乐、美术和劳动课程，保证学生每天校园体育活动不少于1小时。",
    "建立控辍保学“一人一案”工作台账，适龄儿童少年无失学辍学情况。",
    "第三方满意度调查由统计部门委托开展，涵盖学生、家长、教师和社会人士。",
    "2022年3月至6月，组织开展校园安全专项排查，对发现的问题逐一建立清单，限期整改。",
    "按照“四个最严”要求，全面落实学校食品安全校长负责制，实行集中用餐陪餐制度。",
    "实施强师计划，选派骨干教师到薄弱学校支教，组织名师送教下乡12场次。",
    "学校党组织领导的校长负责制稳步推进，中小学校党的组织和工作实现有效覆盖。",
    "二是健全督导机制，责任督学每月到校开展经常性督导不少于1次，及时反馈意见建议。",
    "三是强化资金监管，将教育专项资金使用情况纳入年度审计范围。",
    "目前，仍有部分学校运动场地偏小，城区个别学校学位供给偏紧，需要在今后工作中加以解决。",
    "下一步，将对标对表上级要求，进一步补短板、强弱项，努力办好人民满意的教育。",
    "2023年9月1日起，新建的两所学校投入使用，可有效缓解周边片区入学压力。",
)
