#pragma once

#include "sla/calendar.hpp"

#include <initializer_list>
#include <string_view>

// The days off and make-up workdays of 2024 to 2026 as the State Council announced them
// (rule S2), one row per unbroken run of days.
namespace hotline::sla::test {

struct NoticeRow {
    int year;
    unsigned month;
    unsigned day;
    int days;
    bool off;
    std::string_view name;
};

inline constexpr NoticeRow notices[] = {
    {2024, 1, 1, 1, true, "元旦"},
    {2024, 2, 4, 1, false, "春节"},
    {2024, 2, 10, 8, true, "春节"},
    {2024, 2, 18, 1, false, "春节"},
    {2024, 4, 4, 3, true, "清明节"},
    {2024, 4, 7, 1, false, "清明节"},
    {2024, 4, 28, 1, false, "劳动节"},
    {2024, 5, 1, 5, true, "劳动节"},
    {2024, 5, 11, 1, false, "劳动节"},
    {2024, 6, 10, 1, true, "端午节"},
    {2024, 9, 14, 1, false, "中秋节"},
    {2024, 9, 15, 3, true, "中秋节"},
    {2024, 9, 29, 1, false, "国庆节"},
    {2024, 10, 1, 7, true, "国庆节"},
    {2024, 10, 12, 1, false, "国庆节"},
    {2025, 1, 1, 1, true, "元旦"},
    {2025, 1, 26, 1, false, "春节"},
    {2025, 1, 28, 8, true, "春节"},
    {2025, 2, 8, 1, false, "春节"},
    {2025, 4, 4, 3, true, "清明节"},
    {2025, 4, 27, 1, false, "劳动节"},
    {2025, 5, 1, 5, true, "劳动节"},
    {2025, 5, 31, 3, true, "端午节"},
    {2025, 9, 28, 1, false, "国庆节、中秋节"},
    {2025, 10, 1, 8, true, "国庆节、中秋节"},
    {2025, 10, 11, 1, false, "国庆节、中秋节"},
    {2026, 1, 1, 3, true, "元旦"},
    {2026, 1, 4, 1, false, "元旦"},
    {2026, 2, 14, 1, false, "春节"},
    {2026, 2, 15, 9, true, "春节"},
    {2026, 2, 28, 1, false, "春节"},
    {2026, 4, 4, 3, true, "清明节"},
    {2026, 5, 1, 5, true, "劳动节"},
    {2026, 5, 9, 1, false, "劳动节"},
    {2026, 6, 19, 3, true, "端午节"},
    {2026, 9, 20, 1, false, "国庆节"},
    {2026, 9, 25, 3, true, "中秋节"},
    {2026, 10, 1, 7, true, "国庆节"},
    {2026, 10, 10, 1, false, "国庆节"},
};

inline LocalDay day(int year, unsigned month, unsigned of_month) {
    return LocalDay{
        std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month}
    };
}

// Clock time in China.
inline Instant at(int year, unsigned month, unsigned of_month, int hour = 0, int minute = 0) {
    return at_local(
        day(year, month, of_month), std::chrono::hours{hour} + std::chrono::minutes{minute}
    );
}

// The notices of the named years, no others.
inline Calendar calendar_of(std::initializer_list<int> years, std::uint32_t version = 1) {
    CalendarData data;
    data.version = version;
    for (const int year : years) {
        data.years.emplace_back(year);
        for (const auto& row : notices) {
            if (row.year != year) continue;
            for (int i = 0; i < row.days; ++i) {
                const LocalDay date = day(row.year, row.month, row.day) + std::chrono::days{i};
                data.rules.push_back({date, row.off, std::string{row.name}});
            }
        }
    }
    return Calendar::build(std::move(data)).value();
}

inline const Calendar& china() {
    static const Calendar calendar = calendar_of({2024, 2025, 2026}, 3);
    return calendar;
}

}  // namespace hotline::sla::test
