#include "ticketing/cue_words.hpp"

#include <array>

namespace hotline::ticketing::cue_words {
namespace {

constexpr std::array type_words{
    TypeWords{AppealType::consult, 5, "咨询 请问 想了解 想问 想咨询 了解一下 问一下 想知道"},
    TypeWords{
        AppealType::consult,
        4,
        "如何办理 怎么办理 怎样办理 如何申请 怎么申请 怎样申请 如何申报 怎么申报 怎样申报 什么材料 "
        "哪些材料 哪些手续 什么手续 哪些条件 什么条件 能否享受 是否可以享受 有哪些政策 什么政策 "
        "哪里办 哪个部门办 到哪办 去哪办 需要多久 多长时间 怎么收费 标准是多少 是否符合 可以申请吗 "
        "怎么办手续 如何计算 怎么计算 有什么要求 具体流程"
    },
    TypeWords{
        AppealType::consult, 2, "询问 吗？ 吗? 是否 能不能 可不可以 什么时候 如何 怎么 流程 几天"
    },
    TypeWords{
        AppealType::help,
        4,
        "求助 请求协调 请协调 希望协调 恳请 请帮助 请求帮助 望协调 帮忙协调 协调解决 请求支持 "
        "寻求帮助 帮助解决"
    },
    TypeWords{
        AppealType::help,
        3,
        "请帮 帮我们 帮企业 帮忙问 怎么维权 如何维权 求解决 归谁管 不归自己 职责不清 给个准话 "
        "给个明确 请马上 请赶快 请赶紧 尽快来人 没人回电话 何时能解决 求助无门 没有门路"
    },
    TypeWords{
        AppealType::help,
        2,
        "请求 协调 帮忙 尽快解决 尽快处理 尽快恢复 希望尽快 望解决 希望解决 急需 困难 影响生产 "
        "无法生产 对接 希望"
    },
    TypeWords{AppealType::help, 1, "解决 申请 需要 难以 无法 办不下来 影响"},
    TypeWords{AppealType::complaint, 7, "投诉"},
    TypeWords{
        AppealType::complaint,
        4,
        "不作为 慢作为 乱作为 推诿 扯皮 踢皮球 态度恶劣 态度差 态度生硬 刁难 乱收费 违规收费 "
        "多收费 重复检查 频繁检查 多头检查 乱罚款 一拖再拖 拒不 以各种理由 不兑现 言而无信 "
        "不理旧账 强制收费 处罚过重 粗暴 随意检查 不认账 未兑现 没兑现 没有兑现 不算数 出尔反尔 "
        "变卦 "
        "反悔 毁约 赖账 每次都不一样 每次要求都不一样 说法不一 标准不一 来回跑 白跑 三番五次 屡次 "
        "讨说法 讨个说法 给个说法 长期拖欠 百般"
    },
    TypeWords{
        AppealType::complaint,
        3,
        "拖欠 查明原因 频繁 不一样 不一致 一直欠 还欠 反复补正 返工 至今未 至今没有 多次反映 "
        "反映多次 多次催要 多次沟通无果 一直拖 没有依据 不合理 "
        "强行 拒绝 不满 欠款 不予办理 反复补 反复要求 要求退还 侵害 不公平 不公 违约 搪塞 敷衍 "
        "堵门 阻工 恶意"
    },
    TypeWords{AppealType::complaint, 1, "违规 擅自 强制 不给 权益 一直不 不予 不按 没人管"},
    TypeWords{AppealType::complaint, 2, "迟迟 整改 追责 多次"},
    // Who is complained to, or about, by others complains of nothing.
    TypeWords{
        AppealType::complaint,
        0,
        "被投诉 客户投诉 顾客投诉 消费者投诉 已经投诉到 投诉到我 投诉我们 投诉电话 恶意投诉 "
        "整改完成 "
        "完成整改 已整改 频繁更换"
    },
    TypeWords{AppealType::report, 8, "举报 检举 揭发"},
    TypeWords{
        AppealType::report,
        5,
        "偷税 虚开 围标 串标 索贿 吃拿卡要 索要好处 受贿 行贿 偷排 制假 售假 制假售假 "
        "无证经营 无照经营 敲诈勒索 黑恶 村霸 传销 非法集资 恶势力 保密 匿名 不要泄露 有录音 "
        "有录像 "
        "录音为证 指定购买 强制购买 违规加价 弄虚作假 骗取 套取 偷工减料 无资质 黑作坊 以次充好 "
        "明令禁止 回扣 暗箱操作"
    },
    TypeWords{AppealType::report, 3, "暗示 好处 加收 变相"},
    TypeWords{AppealType::report, 0, "保密协议 保密资质 保密要求 好处理 没有好处"},
    TypeWords{AppealType::report, 2, "非法 私自 违法 线索 盗用 假冒 冒用 仿冒"},
    TypeWords{AppealType::report, 0, "首次违法 违法违规 轻微违法 没有违法 维护合法权益"},
    TypeWords{AppealType::suggestion, 7, "建议 提议 建言 献策 提个建议"},
    TypeWords{
        AppealType::suggestion,
        4,
        "希望能出台 希望出台 能否增设 希望增设 能否增加 可否增加 呼吁 能不能把 能否把 可否把 "
        "能不能统一 能不能优化 能不能改成 能不能调整 能不能增加 能不能延长 能不能放宽 能不能取消 "
        "能不能合并 能否统一 能否优化 能否调整 能否放宽 能否取消 能否延长 希望优化 希望调整 "
        "希望放宽 "
        "希望取消 希望简化 希望延长"
    },
    TypeWords{AppealType::suggestion, 2, "增设 优化 增开 完善"},
    TypeWords{
        AppealType::praise,
        8,
        "表扬 点赞 致谢 锦旗 感谢信 表扬信 衷心感谢 特别感谢 非常感谢 特此感谢"
    },
    TypeWords{AppealType::praise, 4, "感谢 感激 好评 办事高效 服务热情"},
};

constexpr std::array urgency_words{
    UrgencyWords{
        Urgency::critical,
        4,
        "被迫停产 全线停产 全厂停产 已经停产 已停产 停产了 停产损失 造成停产 导致停产 全部停产 "
        "生产中断 "
        "生产停滞 生产线停 无法生产 全部停工 停工停产 人员伤亡 有人受伤 人员受伤 人员被困 有人被困 "
        "爆炸 泄漏 起火 着火 火情 中毒 坍塌 倒塌 垮塌 生命危险 生命安全 危及 险情 溃坝 重大安全 "
        "塌方 "
        "人命关天 随时可能倒 要报废 将报废 全部报废 整炉报废 怕出事 可能出事 出人命 跳楼 爬塔吊 "
        "打起来 "
        "围堵 有人晕倒"
    },
    UrgencyWords{
        Urgency::critical,
        0,
        "民用爆炸 爆炸物品 粉尘爆炸演练 泄漏检测 火灾隐患 防爆 着火点 商业秘密泄漏 信息泄漏 "
        "停产整顿后 恢复生产手续"
    },
    UrgencyWords{
        Urgency::urgent,
        4,
        "停电 断电 断了电 供电断 没来电 停水 断水 停气 断气 供气中断 停暖 停热 停汽 断网 跳闸 查封 "
        "扣押 查扣 扣留 冻结账户 "
        "账户被冻结 账户冻结 鲜活 腐烂 变质 烂在 易腐 烂掉 断供 断链 堵门 堵住大门 阻工 封厂 "
        "封门 冷链 鲜奶 活禽 易坏 快要坏 坏掉 发不出工资 借钱垫 借钱发 工人工资 讨薪 月底到期 "
        "即将到期 "
        "快到期 就要到期 马上到期 做不成了 违约在即 封路 十分紧急 特别紧急 情况紧急 紧急 急需 "
        "万分火急 火急 濒临停产 即将停产 面临停产 "
        "可能停产 "
        "被迫停工 停工 限电 拉闸 爆管 没有水 没水 没电 没有电 资金链断裂 网络中断 全断 交不了货 "
        "无法交货 无法发货 压港 滞港 来不及"
    },
    UrgencyWords{
        Urgency::urgent,
        2,
        "马上 立即 今天 明天 就要 月底 入库 采收 旺季 赶快 赶紧 耽误不起 交货期 违约金 尽快恢复 "
        "严重影响生产 订单 刻不容缓 逾期"
    },
    UrgencyWords{
        Urgency::urgent,
        0,
        "停电梯 停水果 断电话 不急 紧急联系人 应急预案 计划停电 停电计划 订单贷 停工费"
    },
};

constexpr std::array risk_words{
    RiskWords{
        risk_group,
        "群体 集体 联名 上访 聚集 几十家 十几家 数十家 数十人 几十人 数百人 上百人 多家企业 "
        "全体员工 几十名 数十名 几十户 全体业主"
    },
    RiskWords{risk_media, "媒体 曝光 抖音 快手 记者 微博 发到网上 网上发布 电视台 舆情"},
    RiskWords{
        risk_safety,
        "安全隐患 安全事故 事故 爆炸 坍塌 倒塌 泄漏 起火 着火 中毒 受伤 伤亡 危房 被困 生命安全 "
        "触电"
    },
    RiskWords{
        risk_wages,
        "欠薪 农民工工资 拖欠工资 讨薪 工人工资 发不出工资 工资发不出 工资未发 发不了工资"
    },
};

constexpr std::array decline_words{
    DeclineWords{
        "litigation",
        5,
        "已起诉 已经起诉 法院已立案 法院已经立案 法院已受理 正在诉讼 诉讼中 诉讼期间 正在仲裁 "
        "仲裁中 "
        "已申请仲裁 已经仲裁 仲裁裁决 仲裁委已 已判决 法院判决 法院已判 判决书 不服判决 二审 上诉 "
        "强制执行 已申请复议 正在复议 复议期间 行政复议中 复议决定 已向法院"
    },
    DeclineWords{
        "petition", 5, "已信访 信访已受理 信访局已 信访件 信访事项 正在信访 信访复查 已上访"
    },
    DeclineWords{"military", 5, "部队营区 武警部队 驻军 军事设施 军分区 部队院内"},
    DeclineWords{
        "party_congress_courts", 4, "执行法官 法官 检察院 检察官 人大常委会 政协委员 执行局 法院不"
    },
    DeclineWords{"discipline", 4, "纪委 监委 纪检 监察委 违纪 贪污"},
    DeclineWords{"disclosure", 4, "政府信息公开申请 申请信息公开 依申请公开"},
    DeclineWords{"secret", 4, "国家秘密 涉密 军工秘密"},
    DeclineWords{"unlawful", 5, "帮我黑 代开发票 办假证 赌场 色情"},
    DeclineWords{
        "outside_city",
        3,
        "西安市 咸阳市 宝鸡市 铜川市 延安市 榆林市 汉中市 安康市 商洛市 杨凌示范区 西咸新区 运城市 "
        "三门峡市 灵宝市 河津市 永济市 北京市 上海市 郑州市 太原市 成都市 深圳市 广州市 未央区 "
        "雁塔区 "
        "碑林区 莲湖区 灞桥区 长安区 临潼区 阎良区 高陵区 鄠邑区 蓝田县 周至县 秦都区 渭城区 "
        "三原县 "
        "泾阳县 兴平市 洛川县 黄龙县 宜川县 洛南县 耀州区 王益区 西安高新区 西安经开区 "
        "西安国际港务区"
    },
    DeclineWords{"outside_city", 0, "西安交通大学 西安银行 北京银行 上海银行 西安分行 西安市场"},
};

constexpr std::array aliases{
    UnitAlias{"gov_office", "政府办公室 政府办 数据局"},
    UnitAlias{"development_reform", "发改委 发改局 发展改革局"},
    UnitAlias{"education", "教育局"},
    UnitAlias{"science", "科技局"},
    UnitAlias{"industry", "工信局 工业和信息化局 工信部门"},
    UnitAlias{"public_security", "公安局 派出所 公安部门"},
    UnitAlias{"traffic_police", "交警队 交警大队 交警支队 车管所"},
    UnitAlias{"civil_affairs", "民政局"},
    UnitAlias{"justice", "司法局"},
    UnitAlias{"finance", "财政局"},
    UnitAlias{"human_resources", "人社局 人力资源局 劳动局 劳动监察大队 社保局 人社部门"},
    UnitAlias{"natural_resources", "资规局 自然资源局 国土局 不动产登记中心 自然资源和规划局"},
    UnitAlias{"ecology", "环保局 生态环境局 环保部门"},
    UnitAlias{"housing", "住建局 房管局 住建部门"},
    UnitAlias{"transport", "交通局 交通运输局 运管所 治超站"},
    UnitAlias{"water_affairs", "水务局 水利局"},
    UnitAlias{"agriculture", "农业农村局 农业局"},
    UnitAlias{"commerce", "商务局"},
    UnitAlias{"culture_tourism", "文旅局"},
    UnitAlias{"health", "卫健委 卫健局 卫生局"},
    UnitAlias{"emergency", "应急局 应急管理局 安监局"},
    UnitAlias{"forestry", "林业局"},
    UnitAlias{"market", "市监局 市场监管局 市场局 工商局 市监所 市场监督管理局"},
    UnitAlias{"statistics", "统计局"},
    UnitAlias{"medical_insurance", "医保局"},
    UnitAlias{"approval", "审批局 行政审批局 行政审批服务局 政务服务中心 政务大厅"},
    UnitAlias{"urban_management", "城管局 城管队 城管执法局 城管"},
    UnitAlias{"investment", "招商局"},
    UnitAlias{"housing_fund", "公积金中心"},
    UnitAlias{"urban_investment", "城投公司"},
    UnitAlias{"water_supply", "自来水公司 供水公司"},
    UnitAlias{"gas_supply", "燃气公司 天然气公司"},
    UnitAlias{"heat_supply", "热力公司 供热公司"},
    UnitAlias{"state_grid", "供电公司 供电局 供电所 国家电网"},
    UnitAlias{"tax", "税务局 税务所"},
    UnitAlias{"customs", "海关"},
    UnitAlias{"fire_rescue", "消防队 消防大队 消防支队"},
    UnitAlias{"tobacco", "烟草局 烟草专卖局"},
};

constexpr std::array places{
    PlaceAlias{"610503", 4, "华县"},
    PlaceAlias{"610502", 3, "渭南市区 渭南城区"},
    PlaceAlias{"610581", 5, "韩城经开区 韩城高新区 韩城经济技术开发区"},
    PlaceAlias{"610528", 5, "富平高新区 富平经开区 富平县高新区"},
    PlaceAlias{"610526", 5, "蒲城高新区 蒲城经开区 蒲城县高新区"},
    PlaceAlias{"610525", 5, "澄城经开区 澄城高新区"},
    PlaceAlias{"610523", 5, "大荔经开区 大荔高新区"},
    PlaceAlias{"610524", 5, "合阳经开区 合阳高新区"},
    PlaceAlias{"6105G1", 6, "渭南高新区 渭南高新 渭南高新技术产业开发区 渭南市高新区"},
    PlaceAlias{"6105G1", 3, "高新区 高新技术产业开发区"},
    PlaceAlias{"6105G2", 6, "渭南经开区 渭南经济技术开发区 渭南市经开区"},
    PlaceAlias{"6105G2", 3, "经开区 经济技术开发区"},
    PlaceAlias{"6105G3", 6, "卤阳湖 渭南卤阳湖 卤管委 卤阳湖开发区"},
    PlaceAlias{"6105G4", 6, "华山景区 华山风景名胜区 华山管委会"},
    PlaceAlias{"", 0, "西安高新区 西安高新 西安经开区 宝鸡高新区 咸阳高新区 潼关肉夹馍 渭南分行"},
};

}  // namespace

std::span<const TypeWords> types() {
    return type_words;
}
std::span<const UrgencyWords> urgencies() {
    return urgency_words;
}
std::span<const RiskWords> risks() {
    return risk_words;
}
std::span<const DeclineWords> declines() {
    return decline_words;
}
std::span<const UnitAlias> unit_aliases() {
    return aliases;
}
std::span<const PlaceAlias> place_aliases() {
    return places;
}

std::string_view everyday_town_names() {
    return "交道 三张 官道 官路 大明 永丰 安里 王村 板桥 苏村 安仁 王庄 冯村 赵庄 陈庄 刘集 双泉 "
           "高阳 "
           "西固 华山 华西 两宜 金峪 杜康 桥南 孝义 老庙 新池 百良 北塬 龙门 龙池 孙 兴 坊 薛";
}

std::string_view blame() {
    return "不作为 慢作为 乱作为 推诿 扯皮 态度 刁难 吃拿卡要 索要 不予办理 不给办 拒绝办理 拖着 "
           "一拖再拖 "
           "踢皮球 乱罚款 罚款 处罚 重复检查 频繁检查 多次检查 反复要求 反复补 迟迟不 拒不 "
           "工作人员 执法人员 "
           "粗暴 违规 拖欠 欠我 不兑现 敷衍 搪塞 没人管 乱收费 强制 不公";
}

std::string_view asking() {
    return "请 求 请求 恳请 敬请 希望 望 盼 建议 麻烦 让 转给 转交 交给 烦请 申请 该找 是找 找";
}

std::string_view promises() {
    return "答应 承诺 许诺 约定 签的协议 签了协议 签订 签的合同 说好 负责交付 负责净地";
}

std::string_view tangled() {
    return "历史遗留 多个部门 多部门 几个部门 两个部门 各部门 互相推诿 相互推诿 多次协调未果 "
           "多年未解决 "
           "多年未 扯皮 推来推去 政策空白 没有政策依据 踢皮球 新官不理旧账 跨区域 跨县";
}

std::string_view procedures() {
    return "仲裁 仲裁委 仲裁院 仲裁庭 劳动仲裁 诉讼 起诉 法院 行政复议 复议";
}

std::string_view under_way() {
    return "已受理 受理了 已立案 立案 开庭 裁决 判决 审理 已申请 申请了 已提起 正在 已经 已向 "
           "已提交 已进入 进入 "
           "等待 尚未裁决 未裁决 已起诉 起诉了 审理中 期间";
}

std::string_view other_cities() {
    return "西安 咸阳 宝鸡 铜川 延安 榆林 汉中 安康 商洛 杨凌 运城 三门峡 灵宝 河津 北京 上海 天津 "
           "重庆 郑州 "
           "太原 成都 武汉 南京 杭州 兰州 银川 西宁 深圳 广州 洛阳 临汾";
}

std::string_view located_in() {
    return "位于 地处 注册在 开在 设在 公司在 厂在 店在 企业在 人在";
}

std::string_view located_things() {
    return "的公司 的企业 的工厂 的厂 的门店 的店 的项目 的厂房 的分公司 这边的 公司想 企业想";
}

std::string_view emergencies() {
    return "正在着火 正在起火 着火了 起火了 正在燃烧 有人被困 正在打人 正在打架 持刀 持械 有人晕倒 "
           "有人昏迷 "
           "心脏病发作 正在抢劫 燃气泄漏 天然气泄漏 气体泄漏 有人中毒 人员被困 发生爆炸 车祸";
}

}  // namespace hotline::ticketing::cue_words
