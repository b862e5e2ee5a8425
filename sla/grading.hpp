#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

// The three gradings that decide which limit applies (rules S10 to S12 in README.md). Ticketing
// reuses these types, so that the same word never has two spellings.
namespace hotline::sla {

// Numbers are persisted (tickets, policy versions, roll-ups): never change or reuse one.
enum class AppealType : std::uint8_t {
    consult = 1,     // 咨询
    help = 2,        // 求助
    complaint = 3,   // 投诉
    report = 4,      // 举报
    suggestion = 5,  // 建议
    praise = 6,      // 表扬
};

// Numbers are persisted: never change or reuse one.
enum class Urgency : std::uint8_t {
    normal = 1,    // 一般
    urgent = 2,    // 紧急: supply cut, seizure, perishable goods
    critical = 3,  // 特急: life, property, major safety, production halted
};

// Numbers are persisted: never change or reuse one.
enum class Complexity : std::uint8_t {
    simple = 1,   // 普通
    complex = 2,  // 疑难: several units or levels, or a gap in policy
};

// Code and web-facing word of one value. The words are stable: they stand in stored JSON and API.
template <typename Enum>
struct EnumName {
    Enum value;
    std::string_view name;
    std::string_view zh;
};

inline constexpr std::array appeal_type_names{
    EnumName{AppealType::consult, "consult", "咨询"},
    EnumName{AppealType::help, "help", "求助"},
    EnumName{AppealType::complaint, "complaint", "投诉"},
    EnumName{AppealType::report, "report", "举报"},
    EnumName{AppealType::suggestion, "suggestion", "建议"},
    EnumName{AppealType::praise, "praise", "表扬"},
};

inline constexpr std::array urgency_names{
    EnumName{Urgency::normal, "normal", "一般"},
    EnumName{Urgency::urgent, "urgent", "紧急"},
    EnumName{Urgency::critical, "critical", "特急"},
};

inline constexpr std::array complexity_names{
    EnumName{Complexity::simple, "simple", "普通"},
    EnumName{Complexity::complex, "complex", "疑难"},
};

// The row of `value`; nullptr for a number that is no value of the enum (read from a store).
template <typename Enum, std::size_t count>
constexpr const EnumName<Enum>* find_name(
    const std::array<EnumName<Enum>, count>& names, Enum value
) {
    for (const auto& row : names) {
        if (row.value == value) return &row;
    }
    return nullptr;
}

// The value called `name`; nothing for an unknown word. Case matters.
template <typename Enum, std::size_t count>
constexpr std::optional<Enum> find_value(
    const std::array<EnumName<Enum>, count>& names, std::string_view name
) {
    for (const auto& row : names) {
        if (row.name == name) return row.value;
    }
    return std::nullopt;
}

// The value with persisted number `number`; nothing for an unknown number.
template <typename Enum, std::size_t count>
constexpr std::optional<Enum> find_number(
    const std::array<EnumName<Enum>, count>& names, std::int64_t number
) {
    for (const auto& row : names) {
        if (std::to_underlying(row.value) == number) return row.value;
    }
    return std::nullopt;
}

// Stable snake_case word; "" for a number that is no value.
constexpr std::string_view name(AppealType value) {
    const auto* row = find_name(appeal_type_names, value);
    return row ? row->name : std::string_view{};
}
constexpr std::string_view name(Urgency value) {
    const auto* row = find_name(urgency_names, value);
    return row ? row->name : std::string_view{};
}
constexpr std::string_view name(Complexity value) {
    const auto* row = find_name(complexity_names, value);
    return row ? row->name : std::string_view{};
}

// Chinese word as users read it; "" for a number that is no value.
constexpr std::string_view zh_name(AppealType value) {
    const auto* row = find_name(appeal_type_names, value);
    return row ? row->zh : std::string_view{};
}
constexpr std::string_view zh_name(Urgency value) {
    const auto* row = find_name(urgency_names, value);
    return row ? row->zh : std::string_view{};
}
constexpr std::string_view zh_name(Complexity value) {
    const auto* row = find_name(complexity_names, value);
    return row ? row->zh : std::string_view{};
}

constexpr std::optional<AppealType> appeal_type_from_name(std::string_view word) {
    return find_value(appeal_type_names, word);
}
constexpr std::optional<Urgency> urgency_from_name(std::string_view word) {
    return find_value(urgency_names, word);
}
constexpr std::optional<Complexity> complexity_from_name(std::string_view word) {
    return find_value(complexity_names, word);
}

}  // namespace hotline::sla
