#include "ticketing/amounts.hpp"

#include <doctest/doctest.h>

#include <string_view>

using hotline::ticketing::largest_amount;

TEST_CASE("Q5: sums of money are read in figures and in characters") {
    struct Row {
        std::string_view text;
        std::int64_t fen;
    };
    for (const auto& [text, fen] : {
             Row{"拖欠工程款28.5万元", 28'500'000},
             Row{"共计1,200元", 120'000},
             Row{"欠我们三百余万元不还", 300'000'000},
             Row{"投资两亿元", 20'000'000'000},
             Row{"二十八万六千元", 28'600'000},
             Row{"合同价 500 万元，已付120万元", 500'000'000},
             Row{"被罚3000块", 300'000},
             Row{"十五万元", 15'000'000},
             Row{"3千多万元", 3'000'000'000},
         }) {
        CAPTURE(text);
        CHECK(largest_amount(text) == fen);
    }
}

TEST_CASE("Q5: numbers that are no money are left alone") {
    for (const std::string_view text :
         {"厂房3万平方米", "2026年11月", "工人三百名", "", "元旦放假3天", "公元2026"}) {
        CAPTURE(text);
        CHECK_FALSE(largest_amount(text).has_value());
    }
}
