"""The table of schools (学校基本情况): pupils, teachers and resources, one row a school and year."""

from dudao.tables.columns import Column, ColumnType, TableKind, Timing, with_sections

YEAR = Column(
    "year",
    "年份",
    ("年度", "统计年份", "统计年度", "学年", "学年度", "数据年份", "数据年度"),
    ColumnType.YEAR,
    low=1980,
    high=2100,
)
REGION_CODE = Column(
    "region_code",
    "行政区划代码",
    ("县区代码", "区县代码", "区划代码", "行政区划码", "县级行政区划代码", "地区代码", "所属县区代码", "区划码"),
    timing=Timing.STANDING,
)
REGION_NAME = Column(
    "region_name",
    "县区",
    (
        "区县", "县区名称", "区县名称", "县市区", "县市区名称", "所属县区", "所属区县", "所在县区", "所在区县",
        "县名", "县级单位", "县级行政区", "行政区划", "所属县市区", "县", "区", "旗县", "旗县区", "区市县",
    ),
    timing=Timing.STANDING,
)  # fmt: skip
SCHOOL_ID = Column(
    "school_id",
    "学校标识码",
    (
        "标识码", "学校机构标识码", "学校标识", "机构标识码", "学校代码", "学校编码", "学校(机构)标识码",
        "单位标识码", "学校识别码", "国标码", "学校机构代码",
    ),
    timing=Timing.STANDING,
)  # fmt: skip
SCHOOL_NAME = Column(
    "school_name",
    "学校名称",
    ("学校", "校名", "学校机构名称", "单位名称", "学校全称", "单位", "机构名称", "学校(机构)名称", "名称"),
    required=True,
    timing=Timing.STANDING,
)


def _count(name: str, title: str, *headings: str, unit: str, form: str = "", high: float | None = None) -> Column:
    return Column(name, title, headings, ColumnType.COUNT, unit, low=0, high=high, form=form)


def _measure(name: str, title: str, *headings: str, unit: str, form: str = "", high: float | None = None) -> Column:
    return Column(name, title, headings, ColumnType.NUMBER, unit, low=0, high=high, form=form)


def _flag(name: str, title: str, *headings: str) -> Column:
    return Column(name, title, headings, ColumnType.FLAG, timing=Timing.STANDING)


SCHOOLS = TableKind(
    name="schools",
    title="学校基本情况表",
    key=("year", "school_id"),
    columns=(
        YEAR,
        REGION_CODE,
        REGION_NAME,
        SCHOOL_ID,
        SCHOOL_NAME,
        Column(
            "section",
            "学段",
            ("学段名称", "学部", "学校学段", "所属学段", "学段类型", "学段类别"),
            timing=Timing.STANDING,
        ),
        Column(
            "school_type",
            "办学类型",
            ("学校类型", "办学类型代码", "办学类型码", "办学类型名称", "学校办学类型码",
            "学校类型代码", "学校办学类型", "学校办学类型代码", "学校类别", "办学类别", "类型",
            "学校性质类别"),
            form="教基1001",
            timing=Timing.STANDING,
        ),
        Column(
            "urban_rural",
            "城乡类型",
            (
                "城乡分类", "城乡分类代码", "城乡分类码", "城乡类型码",
                "城乡类型代码", "驻地城乡类型", "城乡属性", "所在地城乡类型", "城乡划分",
                "学校驻地城乡类型", "城乡", "城乡类别", "城镇乡", "所在地类型",
            ),
            form="教基1001",
            timing=Timing.STANDING,
        ),
        Column(
            "ownership",
            "办别",
            ("举办者", "举办者类型", "学校举办者", "公办民办", "公民办", "办学性质", "学校性质", "学校举办者类型",
            "性质别", "所有制"),
            form="教基1001",
            timing=Timing.STANDING,
        ),
        *with_sections(
            _count(
                "pupils", "在校生数", "在校学生数", "学生数", "在校生", "在校学生", "学生人数", "在校生人数",
                "在校学生人数",
                "在校生总数", "在校学生总数", "学生总数", "学生", unit="人", form="教基3112/3115/3118", high=30000,
            )
        ),
        *with_sections(
            _count(
                "full_time_teachers", "专任教师数", "专任教师", "专任教师人数", "专任教师总数", "教师数", "教师人数",
                "专职教师数", "教师总数", unit="人", form="教基4149/4153", high=5000,
            )
        ),
        *with_sections(
            _count(
                "above_degree_teachers", "高于规定学历教师数", "高于规定学历教师", "高于规定学历专任教师数",
                "高于规定学历的教师数",
                "高于规定学历的专任教师数", "高于规定学历专任教师", "高学历教师数", "高一级学历教师数",
                "高于规定学历人数",
                "高于规定学历教师人数", "超规定学历教师数", "高于规定学历",
                "高于规定学历者", unit="人", form="教基4155/4156", high=5000,
            )
        ),
        *with_sections(
            _count(
                "mid_title_teachers", "中级及以上专业技术职务教师数", "中级及以上专业技术职务教师",
                "中级及以上职称教师数",
                "中级以上职称教师数", "中级及以上专业技术职务专任教师数", "中级以上专业技术职务教师数",
                "中级及以上教师数",
                "中级及以上职务教师数", "中级及以上专业技术职务人数", "中高级职称教师数", "中级及以上职称专任教师数",
                "中级及以上专业技术职务", "中级及以上职称", "中级以上职称", unit="人", form="教基4153",
                high=5000,
            )
        ),
        *with_sections(
            _count(
                "backbone_teachers", "县级以上骨干教师数", "县级以上骨干教师", "县级及以上骨干教师数",
                "县级及以上骨干教师",
                "骨干教师数", "骨干教师", "骨干教师人数", "县级以上骨干教师人数", "区级以上骨干教师数",
                "区县级以上骨干教师数",
                "县区级以上骨干教师数", "区级及以上骨干教师数", "县级以上骨干专任教师数", "县级及以上骨干专任教师数",
                "骨干专任教师数", "县级以上骨干", "县级及以上骨干", unit="人", form="教基4067", high=5000,
            )
        ),
        *with_sections(
            _count(
                "pe_art_teachers", "体育艺术专任教师数", "体育艺术专任教师", "体育、艺术专任教师数",
                "体育艺术教师数", "体艺教师数",
                "体艺专任教师数", "体育音乐美术专任教师数", "体育音乐美术教师数", "音体美专任教师数", "音体美教师数",
                "体音美专任教师数",
                "体音美教师数", "体育艺术美术音乐专任教师数", "体育艺术类专任教师数", "体育和艺术专任教师数",
                unit="人", form="教基4155/4156", high=5000,
            )
        ),
        *with_sections(
            _count(
                "visiting_pe_art_teachers", "交流走教体育艺术教师数", "走教兼职体育艺术教师数",
                "交流轮岗体育艺术教师数",
                "兼职走教体育艺术教师数", unit="人", high=5000,
            )
        ),
        _measure(
            "teaching_area", "教学及辅助用房面积", "教学及辅助用房", "教学及教学辅助用房面积", "教学辅助用房面积",
            "教学用房面积",
            "教学及辅助用房建筑面积", "教学及辅助用房总面积", unit="平方米", form="教基5170", high=1_000_000,
        ),
        _measure(
            "indoor_sports_area", "室内体育用房面积", "室内体育用房", "体育馆面积", "室内运动场馆面积",
            "室内体育场馆面积",
            "室内体育活动室面积", unit="平方米", form="教基5170", high=500_000,
        ),
        _measure(
            "sports_area", "体育运动场馆面积", "体育运动场馆", "运动场馆面积", "体育场馆面积", "体育运动场(馆)面积",
            "运动场地面积",
            "体育运动场地面积", "运动场面积", "体育运动场面积", "体育馆运动场面积", "体育运动场馆总面积",
            "运动场馆总面积", "室内外体育运动场馆面积", "室内外运动场馆面积", "体育场馆及运动场面积",
            "体育馆及运动场面积", "运动场地及体育馆面积", "体育馆及运动场地面积", "体育馆运动场地面积",
            "体育场地场馆面积", "体育场地面积", "体育活动场馆面积", unit="平方米", form="教基5170", high=2_000_000,
        ),
        _measure(
            "additional_sports_area", "可增计运动场地面积", "屋顶地下运动场地面积", "增计体育运动场馆面积",
            "租用运动场地面积",
            unit="平方米", high=500_000,
        ),
        _measure(
            "equipment_value", "教学仪器设备资产值", "教学仪器设备值", "教学仪器设备总值", "教学科研仪器设备资产值",
            "仪器设备值",
            "教学仪器设备资产", "教学仪器设备资产总值", "教学仪器设备价值", "教学仪器设备", "设备值", unit="元",
            form="教基5176",
            high=2_000_000_000,
        ),
        _count(
            "computers", "计算机台数", "计算机数", "教学用计算机台数", "教学用计算机数", "计算机", "教学计算机台数",
            "电脑台数",
            "教学用计算机", "学生用计算机台数", "计算机总台数", "数字终端数", unit="台", form="教基5176",
            high=100_000,
        ),
        _count(
            "books", "图书册数", "图书", "图书数", "图书总册数", "纸质图书册数", "图书藏量", "藏书量", "图书册",
            "纸质图书",
            "图书总数", "藏书册数", unit="册", form="教基5176", high=10_000_000,
        ),
        _count(
            "multimedia_rooms", "网络多媒体教室数", "网络多媒体教室", "网络多媒体教室间数", "多媒体教室数",
            "多媒体教室间数",
            "多媒体教室", unit="间", form="教基5176", high=5_000,
        ),
        _count("boarders", "寄宿生数", "寄宿学生数", "住宿生数", "寄宿生", "住校生数", unit="人",
        form="教基3112/3115", high=30000),
        _count("largest_class", "最大班额", "班额最大值", "最大班级人数", unit="人", form="教基2106/2107", high=300),
        _flag("built_by_2010", "2010年及以前规划建设", "2010年前建校", "2010年底前建成", "2010年及以前建成"),
        _flag("built_by_2016", "2016年及以前规划建设", "2016年前建校", "2016年底前建成", "2016年及以前建成"),
        _flag("dense_core_city", "中心城区高密度学校", "中心城区人口密集", "老城区", "位于中心城区"),
        _flag("migrant_over_half", "随迁子女超半数", "随迁子女占比超过50%", "随迁子女占比过半", "随迁子女超过50%"),
        _flag("rural_small", "乡村小规模学校", "农村小规模学校", "小规模学校", "乡村小规模"),
    ),
)  # fmt: skip
