#pragma once

#include "sla/names.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

// The three gradings that decide which limit applies (rules S9 and S10 in README.md). Ticketing
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

constexpr auto names_of(AppealType) {
    return NameTable<AppealType, 6>{{
        {AppealType::consult, "consult"},
        {AppealType::help, "help"},
        {AppealType::complaint, "complaint"},
        {AppealType::report, "report"},
        {AppealType::suggestion, "suggestion"},
        {AppealType::praise, "praise"},
    }};
}

// Numbers are persisted: never change or reuse one.
enum class Urgency : std::uint8_t {
    normal = 1,    // 一般
    urgent = 2,    // 紧急: supply cut, seizure, perishable goods
    critical = 3,  // 特急: life, property, major safety, production halted
};

constexpr auto names_of(Urgency) {
    return NameTable<Urgency, 3>{{
        {Urgency::normal, "normal"},
        {Urgency::urgent, "urgent"},
        {Urgency::critical, "critical"},
    }};
}

// Numbers are persisted: never change or reuse one.
enum class Complexity : std::uint8_t {
    simple = 1,   // 普通
    complex = 2,  // 疑难: several units or levels, or a gap in policy
};

constexpr auto names_of(Complexity) {
    return NameTable<Complexity, 2>{{
        {Complexity::simple, "simple"},
        {Complexity::complex, "complex"},
    }};
}

constexpr std::string_view name(AppealType value) {
    return word_of(value);
}
constexpr std::string_view name(Urgency value) {
    return word_of(value);
}
constexpr std::string_view name(Complexity value) {
    return word_of(value);
}

constexpr std::optional<AppealType> appeal_type_from_name(std::string_view word) {
    return value_of<AppealType>(word);
}
constexpr std::optional<Urgency> urgency_from_name(std::string_view word) {
    return value_of<Urgency>(word);
}
constexpr std::optional<Complexity> complexity_from_name(std::string_view word) {
    return value_of<Complexity>(word);
}

// What decides the limits of a ticket.
struct Grading {
    AppealType type = AppealType::help;
    Urgency urgency = Urgency::normal;
    Complexity complexity = Complexity::simple;

    bool operator==(const Grading&) const = default;
};

}  // namespace hotline::sla
