"""How people everywhere shorten lines of business and names of offices."""


def _table(lines: str) -> dict[str, str]:
    pairs = (line.split() for line in lines.strip().splitlines())
    return dict(pairs)


# Longer words stand before the words that they contain.
BUSINESS = _table(
    """
    城市建设投资 城投
    农村商业银行 农商行
    城乡公共交通 公交
    公共交通 公交
    城市投资 城投
    建设投资 建投
    交通投资 交投
    产业投资 产投
    文化旅游 文旅
    国有资产 国资
    水利投资 水投
    农业投资 农投
    城市建设 城建
    交通运输 交运
    城市发展 城发
    产业发展 产发
    能源投资 能投
    """
)

OFFICES = _table(
    """
    人力资源和社会保障 人社
    人力资源社会保障 人社
    住房和城乡建设 住建
    自然资源和规划 自规
    工业和信息化 工信
    发展和改革 发改
    教育和体育 教体
    文化和旅游 文旅
    文化广电和旅游 文广旅
    卫生健康 卫健
    退役军人事务 退役军人
    市场监督管理 市场监管
    行政审批服务 行政审批
    综合行政执法 综合执法
    医疗保障 医保
    应急管理 应急
    城市管理 城管
    交通运输 交通
    农业农村 农业
    生态环境 环保
    人民检察院 检察院
    人民法院 法院
    委员会 委
    妇女联合会 妇联
    残疾人联合会 残联
    供销合作社联合社 供销社
    供销合作社 供销社
    工商业联合会 工商联
    科学技术协会 科协
    文学艺术界联合会 文联
    科学技术 科技
    机关事务管理 机关事务
    """
)
