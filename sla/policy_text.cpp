#include "sla/policy_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace hotline::sla {

namespace {

using std::optional;
using std::string;
using std::string_view;

// Names of the numbers a `set` line may change.
struct NamedCount {
    string_view word;
    std::int32_t Policy::* member;
};

constexpr std::array counts{
    NamedCount{"max_redos", &Policy::max_redos},
    NamedCount{"callback_attempts", &Policy::callback_attempts},
    NamedCount{"callback_days", &Policy::callback_days},
    NamedCount{"reopen_days", &Policy::reopen_days},
    NamedCount{"archive_days", &Policy::archive_days},
};
constexpr string_view cut_off_word = "extension_cut_off";

string amount_text(Limit limit) {
    switch (limit.unit) {
        case LimitUnit::working_days:
            return std::to_string(limit.amount) + "wd";
        case LimitUnit::working_minutes:
            return limit.amount % 60 == 0 ? std::to_string(limit.amount / 60) + "wh"
                                          : std::to_string(limit.amount) + "wm";
        case LimitUnit::natural_minutes:
            break;
    }
    return limit.amount % 60 == 0 ? std::to_string(limit.amount / 60) + "h"
                                  : std::to_string(limit.amount) + "m";
}

template <class E>
string word_or_star(const optional<E>& value) {
    return value ? string{word_of(*value)} : "*";
}

template <class Row>
string gradings_text(const Row& row) {
    return word_or_star(row.urgency) + " " + word_or_star(row.complexity) + " " +
           word_or_star(row.type);
}

string unit_text(const string& unit) {
    return unit.empty() ? "" : " for " + unit;
}

string limit_line(const PolicyRow& row) {
    string line = "limit " + string{word_of(row.kind)} + " " + string{word_of(row.round)} + " " +
                  gradings_text(row) + " " + (row.limit ? amount_text(*row.limit) : "none");
    if (row.outside_office) line += " outside " + amount_text(*row.outside_office);
    if (row.warning) {
        line += " warn " + std::to_string(row.warning->percent_left) + "% " +
                std::to_string(row.warning->working_days_before) + "wd";
    }
    return line + unit_text(row.unit) + "\n";
}

// The words of one line, taken from the front.
class PolicyWords {
public:
    explicit PolicyWords(string_view line) : rest_{line.substr(0, line.find('#'))} {}

    // The next word; "" at the end of the line.
    string_view next() {
        const auto begin = rest_.find_first_not_of(" \t\r");
        if (begin == string_view::npos) {
            rest_ = {};
            return {};
        }
        const auto end = std::min(rest_.find_first_of(" \t\r", begin), rest_.size());
        const auto word = rest_.substr(begin, end - begin);
        rest_.remove_prefix(end);
        return word;
    }

    bool at_end() const { return rest_.find_first_not_of(" \t\r") == string_view::npos; }

private:
    string_view rest_;
};

// A plain number of at most nine digits followed by exactly `suffix`.
optional<std::int32_t> number(string_view word, string_view suffix = {}) {
    if (!word.ends_with(suffix)) return std::nullopt;
    word.remove_suffix(suffix.size());
    std::int32_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    const bool whole = error == std::errc{} && end == word.data() + word.size();
    if (!whole || value < 0 || value > 999'999'999) return std::nullopt;
    return value;
}

optional<Limit> amount(string_view word) {
    constexpr std::int32_t most_hours = 999'999;
    if (const auto n = number(word, "wd")) return working_days(*n);
    if (const auto n = number(word, "wh"); n && *n <= most_hours) return working_hours(*n);
    if (const auto n = number(word, "wm")) return Limit{LimitUnit::working_minutes, *n};
    if (const auto n = number(word, "h"); n && *n <= most_hours) return natural_hours(*n);
    if (const auto n = number(word, "m")) return natural_minutes(*n);
    return std::nullopt;
}

// Sets `into`; false when the word is neither "*" nor a value.
template <class E>
bool read_or_star(string_view word, optional<E>& into) {
    if (word == "*") return true;
    into = value_of<E>(word);
    return into.has_value();
}

// Empty when all is well, else what is wrong with the line.
using Complaint = string;

template <class Row>
Complaint read_gradings(PolicyWords& words, Row& row) {
    if (!read_or_star(words.next(), row.urgency)) return "unknown urgency";
    if (!read_or_star(words.next(), row.complexity)) return "unknown complexity";
    if (!read_or_star(words.next(), row.type)) return "unknown appeal type";
    return {};
}

// The unit a line is for, after "for"; the line ends with it.
Complaint read_unit(PolicyWords& words, string& unit) {
    unit = words.next();
    return unit.empty() ? "the code of a unit expected after for" : "";
}

// "for CODE", where there is any.
Complaint read_for(PolicyWords& words, string& unit) {
    if (words.at_end()) return {};
    if (words.next() != "for") return "too many words";
    return read_unit(words, unit);
}

Complaint read_tail(PolicyWords& words, PolicyRow& row) {
    while (!words.at_end()) {
        const auto word = words.next();
        if (word == "outside" && !row.outside_office) {
            row.outside_office = amount(words.next());
            if (!row.outside_office) return "amount expected after outside";
        } else if (word == "warn" && !row.warning) {
            const auto percent = number(words.next(), "%");
            const auto days = number(words.next(), "wd");
            if (!percent || !days) return "percentage and working days expected after warn";
            row.warning = Warning{*percent, *days};
        } else if (word == "for") {
            return read_unit(words, row.unit);
        } else {
            return "unexpected word " + string{word};
        }
    }
    return {};
}

Complaint read_limit(PolicyWords& words, Policy& policy) {
    PolicyRow row;
    const auto kind = value_of<ClockKind>(words.next());
    if (!kind) return "unknown clock";
    const auto round = value_of<Round>(words.next());
    if (!round) return "first or redo expected";
    row.kind = *kind;
    row.round = *round;
    if (auto complaint = read_gradings(words, row); !complaint.empty()) return complaint;
    if (const auto word = words.next(); word != "none") {
        row.limit = amount(word);
        if (!row.limit) return "amount expected, such as 30m, 2h, 4wh or 5wd";
    }
    auto complaint = read_tail(words, row);
    policy.limits.push_back(row);
    return complaint;
}

Complaint read_extension(PolicyWords& words, Policy& policy) {
    ExtensionRow row;
    if (auto complaint = read_gradings(words, row); !complaint.empty()) return complaint;
    if (words.next() != "count") return "count expected";
    const auto count = number(words.next());
    if (words.next() != "total") return "total expected";
    const auto total = number(words.next(), "wd");
    if (!count || !total) return "count and total must be numbers, the total in wd";
    row.max_count = *count;
    row.max_total_days = *total;
    auto complaint = read_for(words, row.unit);
    policy.extensions.push_back(row);
    return complaint;
}

Complaint read_alarm(PolicyWords& words, Policy& policy) {
    const auto kind = value_of<ClockKind>(words.next());
    const auto step = value_of<AlarmStep>(words.next());
    const auto days = number(words.next(), "wd");
    if (!kind || !step || !days) return "clock, step and working days expected";
    EscalationRow row{*kind, *step, *days};
    auto complaint = read_for(words, row.unit);
    policy.escalation.push_back(row);
    return complaint;
}

Complaint read_set(PolicyWords& words, Policy& policy) {
    const auto word = words.next();
    const auto value = words.next();
    if (word == cut_off_word) {
        const auto minutes = number(value, "m");
        if (!minutes || *minutes > 24 * 60) return "minutes of the day expected";
        policy.extension_cut_off = std::chrono::minutes{*minutes};
        return {};
    }
    for (const auto& count : counts) {
        if (count.word != word) continue;
        const auto n = number(value);
        if (!n) return "number expected";
        policy.*count.member = *n;
        return {};
    }
    return "unknown setting " + string{word};
}

Complaint read_version(PolicyWords& words, Policy& policy) {
    const auto version = number(words.next());
    if (!version || *version == 0) return "version number expected";
    policy.version = static_cast<std::uint32_t>(*version);
    return {};
}

Complaint read_line(string_view line, Policy& policy) {
    PolicyWords words{line};
    const auto verb = words.next();
    if (verb.empty()) return {};
    Complaint complaint;
    if (verb == "limit") {
        complaint = read_limit(words, policy);
    } else if (verb == "extension") {
        complaint = read_extension(words, policy);
    } else if (verb == "alarm") {
        complaint = read_alarm(words, policy);
    } else if (verb == "set") {
        complaint = read_set(words, policy);
    } else if (verb == "policy") {
        complaint = read_version(words, policy);
    } else {
        return "unknown rule " + string{verb};
    }
    if (complaint.empty() && !words.at_end()) return "too many words";
    return complaint;
}

}  // namespace

string to_text(const Policy& policy) {
    string text = "policy " + std::to_string(policy.version) + "\n";
    for (const auto& row : policy.limits) text += limit_line(row);
    for (const auto& row : policy.extensions) {
        text += "extension " + gradings_text(row) + " count " + std::to_string(row.max_count) +
                " total " + std::to_string(row.max_total_days) + "wd" + unit_text(row.unit) + "\n";
    }
    for (const auto& row : policy.escalation) {
        text += "alarm " + string{word_of(row.kind)} + " " + string{word_of(row.step)} + " " +
                std::to_string(row.working_days_after) + "wd" + unit_text(row.unit) + "\n";
    }
    for (const auto& count : counts) {
        text += "set " + string{count.word} + " " + std::to_string(policy.*count.member) + "\n";
    }
    return text + "set " + string{cut_off_word} + " " +
           std::to_string(policy.extension_cut_off.count()) + "m\n";
}

std::expected<Policy, PolicyTextError> parse_policy(string_view text) {
    Policy policy;
    policy.version = 0;
    for (int line = 1; !text.empty(); ++line) {
        const auto end = std::min(text.find('\n'), text.size());
        if (auto complaint = read_line(text.substr(0, end), policy); !complaint.empty()) {
            return std::unexpected(PolicyTextError{line, std::move(complaint)});
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (policy.version == 0) return std::unexpected(PolicyTextError{0, "no line policy N"});
    return policy;
}

}  // namespace hotline::sla
