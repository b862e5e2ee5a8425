#pragma once

#include <array>
#include <string>
#include <string_view>

// The same matter in the words of two people, and matters that have nothing to do with each other.
namespace hotline::tests {

struct Retold {
    std::string_view once;
    std::string_view again;
};

inline constexpr std::array retold{
    Retold{
        "今天上午供电断了三次，电炉里的铁水凝住了，请尽快安排抢修并说明原因。",
        "我们厂今天上午停了三次电，电炉的铁水都凝住了，希望尽快抢修，说明停电原因。"
    },
    Retold{
        "银行口头答应续贷，还款以后不再放款，资金链就要断了。",
        "信用社答应续贷，我们把贷款还了之后银行又不放款了，现在资金链快断了。"
    },
    Retold{
        "三月份申请的留抵退税至今没有到账，窗口说还在审核。",
        "留抵退税三月份就申请了，到现在没有到账，打电话说还在审核。"
    },
    Retold{
        "园区主路坑洼积水，货车过不来，运输成本涨了不少。",
        "经开区园区主干道坑洼，下雨积水，货车进不来，请尽快修路。"
    },
    Retold{
        "工程验收两年，合同尾款一直没有支付，多次催要没有结果。",
        "学校的装修工程验收两年了，尾款到现在没给，催了多次没有结果。"
    },
    Retold{
        "凌晨没有通知就停气，窑炉一降温就会开裂，损失很大，请马上恢复。",
        "天然气凌晨突然停供，没有通知，窑炉降温会开裂，请马上恢复供气。"
    },
};

// A text of `length` Chinese characters, another one for another `seed`, nothing shared but by
// chance.
inline std::string invented(std::uint64_t seed, std::size_t length) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        const auto c = static_cast<char32_t>(0x4E00 + (seed >> 33U) % 5000);
        text += static_cast<char>(0xE0 | (c >> 12U));
        text += static_cast<char>(0x80 | ((c >> 6U) & 0x3FU));
        text += static_cast<char>(0x80 | (c & 0x3FU));
    }
    return text;
}

}  // namespace hotline::tests
