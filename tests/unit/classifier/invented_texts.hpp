#pragma once

#include "ticketing/classifier/train.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

// Invented texts of three labels that words alone tell apart.
namespace invented_texts {

struct Labelled {
    std::string text;
    std::string label;
};

inline std::vector<Labelled> make(std::size_t of_each) {
    struct Kind {
        std::string_view label;
        std::array<std::string_view, 4> words;
    };
    constexpr std::array<Kind, 3> kinds{
        Kind{"用电", {"停电", "变压器", "供电所", "电压不稳"}},
        Kind{"用水", {"停水", "水压低", "自来水", "水管爆裂"}},
        Kind{"交通", {"公交车", "修路", "红绿灯", "路面塌陷"}},
    };
    constexpr std::array<std::string_view, 5> frames{
        "我们厂附近", "昨天开始园区里", "请问一下", "反映多次没有结果，", "希望尽快解决"
    };
    std::vector<Labelled> all;
    for (std::size_t i = 0; i < of_each; ++i) {
        for (const Kind& kind : kinds) {
            std::string text{frames[i % frames.size()]};
            text += kind.words[i % kind.words.size()];
            text += "的事情，" + std::string{kind.words[(i / 4) % kind.words.size()]};
            text += frames[(i / 5) % frames.size()];
            all.push_back({std::move(text), std::string{kind.label}});
        }
    }
    return all;
}

inline std::vector<hotline::ticketing::classifier::Example> examples(
    const std::vector<Labelled>& texts
) {
    std::vector<hotline::ticketing::classifier::Example> list;
    for (const auto& [text, label] : texts) list.push_back({text, label});
    return list;
}

inline hotline::ticketing::classifier::Model model() {
    const auto texts = make(40);
    return hotline::ticketing::classifier::train("topic", examples(texts))->model;
}

}  // namespace invented_texts
