#include "server/city/names.hpp"

#include <array>
#include <utility>

namespace hotline::city {
namespace {

using List = std::span<const std::string_view>;

constexpr std::array<std::string_view, 60> surnames{
    "王", "李", "张", "刘", "陈", "杨", "赵", "党", "周", "吴", "徐", "孙", "马", "朱", "胡",
    "郭", "何", "高", "林", "雷", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹",
    "彭", "曾", "肖", "田", "董", "袁", "潘", "于", "蒋", "蔡", "余", "杜", "叶", "程", "苏",
    "魏", "吕", "丁", "任", "沈", "姚", "卢", "姜", "崔", "钟", "谭", "陆", "汪", "范", "石",
};
constexpr std::array<std::string_view, 80> given{
    "建", "国", "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟",
    "涛", "明", "超", "秀", "霞", "平", "刚", "桂", "英", "华", "玉", "萍", "红", "文", "辉", "鹏",
    "飞", "玲", "斌", "波", "宁", "亮", "龙", "浩", "凯", "俊", "帆", "雪", "琳", "晨", "宇", "欣",
    "博", "雨", "佳", "瑞", "倩", "岩", "峰", "旭", "婷", "颖", "莉", "晓", "东", "海", "春", "志",
    "新", "荣", "林", "梅", "庆", "安", "康", "立", "卫", "民", "彦", "武", "正", "学", "恒", "渭",
};
constexpr std::array<std::string_view, 60> brands{
    "锦", "泽", "鑫", "源", "恒", "达", "盛", "泰", "瑞", "丰", "华", "宏", "兴", "隆", "嘉",
    "和", "信", "诚", "通", "顺", "安", "康", "祥", "福", "润", "裕", "昌", "茂", "荣", "耀",
    "辉", "腾", "翔", "博", "远", "卓", "越", "创", "联", "众", "汇", "聚", "金", "银", "玉",
    "禾", "沃", "绿", "秦", "渭", "岳", "洛", "塬", "川", "岭", "晟", "昊", "铭", "佑", "麟",
};

constexpr std::array<std::string_view, 6> farming{
    "农业", "果业", "畜牧", "种植", "生态农业", "苗木"
};
constexpr std::array<std::string_view, 4> mining{"矿业", "石材", "砂石", "煤业"};
constexpr std::array<std::string_view, 10> making{
    "机械", "食品", "建材", "化工", "包装", "纺织", "农机", "医药", "电子", "新材料"
};
constexpr std::array<std::string_view, 3> energy{"新能源", "热力", "水务"};
constexpr std::array<std::string_view, 5> building{
    "建筑工程", "装饰工程", "市政工程", "防水", "钢结构"
};
constexpr std::array<std::string_view, 8> trading{
    "商贸", "百货", "五金", "粮油", "电器", "服饰", "酒业", "汽配"
};
constexpr std::array<std::string_view, 4> transport{"物流", "运输", "仓储", "快运"};
constexpr std::array<std::string_view, 4> hosting{"餐饮", "酒店", "宾馆", "食府"};
constexpr std::array<std::string_view, 4> information{"网络科技", "软件", "信息技术", "数据"};
constexpr std::array<std::string_view, 2> finance{"融资担保", "小额贷款"};
constexpr std::array<std::string_view, 3> property{"房地产开发", "物业服务", "置业"};
constexpr std::array<std::string_view, 6> services{
    "人力资源", "广告", "咨询", "家政", "环保科技", "文化传媒"
};

List trades_of(char industry) {
    switch (industry) {
        case 'A':
            return farming;
        case 'B':
            return mining;
        case 'C':
            return making;
        case 'D':
            return energy;
        case 'E':
            return building;
        case 'F':
            return trading;
        case 'G':
            return transport;
        case 'H':
            return hosting;
        case 'I':
            return information;
        case 'J':
            return finance;
        case 'K':
            return property;
        default:
            return services;
    }
}

constexpr std::array<std::string_view, 3> companies{"有限公司", "有限公司", "有限责任公司"};
constexpr std::array<std::string_view, 4> shops{"经营部", "商行", "店", "中心"};
constexpr std::array<std::string_view, 1> cooperatives{"专业合作社"};

std::string pick(Dice& dice, List list) {
    return std::string{dice.pick(list)};
}

}  // namespace

std::string person_name(Dice& dice) {
    std::string name = pick(dice, surnames) + pick(dice, given);
    if (!dice.one_in(4)) name += pick(dice, given);
    return name;
}

std::string enterprise_name(
    Dice& dice, std::string_view place, std::string_view kind, std::string_view industry
) {
    std::string name{place};
    name += pick(dice, brands) + pick(dice, brands);
    name += pick(dice, trades_of(industry.empty() ? 'F' : industry.front()));
    const List forms = kind == "92" ? List{shops} : kind == "93" ? List{cooperatives} : companies;
    return name + pick(dice, forms);
}

}  // namespace hotline::city
