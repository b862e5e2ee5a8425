#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace hotline::ticketing {

// The largest sum of money named in a Chinese text, in fen: "28.5万元", "1,200元", "三百余万元",
// "两亿元". A number without 元 or 块 is no money ("3万平方米"). Nothing when there is none.
std::optional<std::int64_t> largest_amount(std::string_view text);

}  // namespace hotline::ticketing
