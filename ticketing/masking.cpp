#include "ticketing/masking.hpp"

#include "ticketing/text.hpp"

#include <algorithm>
#include <array>

namespace hotline::ticketing {
namespace {

constexpr std::array<std::string_view, 20> double_surnames{
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容",
    "司徒", "夏侯", "长孙", "宇文", "端木", "独孤", "南宫", "西门", "呼延", "轩辕",
};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string stars(std::size_t count) {
    return std::string(count, '*');
}

std::string keep_ends(std::string_view text, std::size_t head, std::size_t tail) {
    if (text.size() <= head + tail) return stars(text.size());
    return std::string(text.substr(0, head)) + stars(text.size() - head - tail) +
           std::string(text.substr(text.size() - tail));
}

// What a run of digits in free text is taken for, masked; short runs stay.
std::string masked_run(std::string_view run) {
    if (run.size() == 11 && run[0] == '1') return keep_ends(run, 3, 4);
    if (run.size() == 18) return keep_ends(run, 1, 1);
    if (run.size() >= 15) return keep_ends(run, 0, 4);
    if (run.size() >= 10 && run[0] == '0') return keep_ends(run, 4, 2);
    return std::string(run);
}

}  // namespace

std::string masked_phone(std::string_view phone) {
    const bool mobile = phone.size() == 11 && phone[0] == '1';
    if (mobile) return keep_ends(phone, 3, 4);
    return keep_ends(phone, 0, phone.size() > 6 ? 3 : 1);
}

std::string masked_name(std::string_view name) {
    const std::size_t length = characters(name);
    if (length <= 1) return std::string(name);
    const std::string_view first_two = first_characters(name, 2);
    const bool two =
        length > 2 && std::ranges::find(double_surnames, first_two) != double_surnames.end();
    const std::size_t kept = two ? 2 : 1;
    return std::string(first_characters(name, kept)) + stars(length - kept);
}

std::string masked_uscc(std::string_view uscc) {
    return keep_ends(uscc, 4, 4);
}

std::string masked_text(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        while (end < text.size() && !is_digit(text[end])) ++end;
        out += text.substr(i, end - i);
        i = end;
        while (end < text.size() && is_digit(text[end])) ++end;
        // The last place of a resident identity number may be X (GB 11643).
        if (end - i == 17 && end < text.size() && (text[end] == 'X' || text[end] == 'x')) ++end;
        out += masked_run(text.substr(i, end - i));
        i = end;
    }
    return out;
}

}  // namespace hotline::ticketing
