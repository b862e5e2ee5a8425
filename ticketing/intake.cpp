#include "ticketing/intake.hpp"

#include "ticketing/text.hpp"
#include "ticketing/uscc.hpp"

#include <algorithm>
#include <array>

namespace hotline::ticketing {
namespace {

constexpr std::size_t title_limit = 40;
constexpr std::size_t content_minimum = 5;
constexpr std::int64_t amount_limit_fen = 100'000'000'000'00;  // a thousand billion yuan: a slip

struct TextRule {
    std::string Appeal::* field;
    std::string_view name;
    std::size_t limit;  // characters
};

constexpr std::array text_rules{
    TextRule{&Appeal::title, "title", title_limit},
    TextRule{&Appeal::content, "content", 4000},
    TextRule{&Appeal::topic, "topic", 60},
    TextRule{&Appeal::place, "place", 200},
    TextRule{&Appeal::wanted, "wanted", 500},
    TextRule{&Appeal::enterprise_name, "enterprise_name", 160},
    TextRule{&Appeal::call_id, "call_id", 80},
    TextRule{&Appeal::division, "division", 12},
    TextRule{&Appeal::town, "town", 12},
};

class Checks {
public:
    void refuse(std::string field, ErrorCode code, std::string detail = {}) {
        errors_.push_back({std::move(field), code, std::move(detail)});
    }

    // I1: every text is UTF-8 without NUL, tidied, and within its limit.
    void text(std::string& value, std::string_view field, std::size_t limit) {
        if (!is_clean_utf8(value)) {
            refuse(std::string(field), ErrorCode::invalid_utf8);
            value.clear();
            return;
        }
        value = tidied(value);
        if (characters(value) > limit) {
            refuse(std::string(field), ErrorCode::too_long, std::to_string(limit));
        }
    }

    std::vector<FieldError> take() { return std::move(errors_); }

private:
    std::vector<FieldError> errors_;
};

}  // namespace

std::string title_from(std::string_view content) {
    static constexpr std::array<std::string_view, 6> stops{"。", "！", "？", "；", "\n", ". "};
    std::size_t end = content.size();
    for (const std::string_view stop : stops) end = std::min(end, content.find(stop));
    return shortened(content.substr(0, end), title_limit);
}

namespace {

void check_appellant(Appellant& appellant, Checks& checks) {
    checks.text(appellant.name, "appellant.name", 60);
    checks.text(appellant.role_in_firm, "appellant.role_in_firm", 60);
    checks.text(appellant.phone, "appellant.phone", 40);
    if (appellant.phone.empty()) {
        // I4: without a number nobody can be called back, so only an anonymous appeal may do
        // without.
        if (!appellant.anonymous) checks.refuse("appellant.phone", ErrorCode::missing_field);
        return;
    }
    appellant.phone = normalised_phone(appellant.phone);
    if (appellant.phone.empty()) checks.refuse("appellant.phone", ErrorCode::invalid_format);
}

// I5: wrong length or alphabet is refused; a wrong check digit only warns, since such codes were
// issued.
void check_uscc(std::string& uscc, Checks& checks, std::vector<FieldError>& warnings) {
    uscc = normalise_uscc(uscc);
    if (uscc.empty()) return;
    const UsccFinding finding = inspect_uscc(uscc);
    if (finding.refused()) {
        checks.refuse("uscc", ErrorCode::invalid_uscc);
    } else if (finding.doubtful()) {
        warnings.push_back({"uscc", ErrorCode::invalid_uscc, "check_digit"});
    }
}

// I6: a division is a county or zone of the city, a town belongs to it.
void check_place(const Appeal& appeal, const Directory& directory, Checks& checks) {
    if (!appeal.division.empty()) {
        const Division* division = directory.division(appeal.division);
        const bool fits = division != nullptr && division->kind != Division::Kind::town;
        if (!fits) checks.refuse("division", ErrorCode::unknown_division);
    }
    if (!appeal.town.empty()) {
        const Division* town = directory.division(appeal.town);
        if (town == nullptr || town->kind != Division::Kind::town) {
            checks.refuse("town", ErrorCode::unknown_division);
        }
    }
}

bool is_all_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

void append_field(std::string& out, std::string_view value) {
    out += std::to_string(value.size());
    out += ':';
    out += value;
}

}  // namespace

Result<NormalisedAppeal> normalise(Appeal appeal, const Directory& directory) {
    Checks checks;
    NormalisedAppeal result;
    for (const TextRule& rule : text_rules) checks.text(appeal.*rule.field, rule.name, rule.limit);
    if (characters(appeal.content) < content_minimum) {
        const auto code = appeal.content.empty() ? ErrorCode::missing_field : ErrorCode::too_short;
        checks.refuse("content", code, std::to_string(content_minimum));
    }
    if (appeal.title.empty()) appeal.title = title_from(appeal.content);
    check_appellant(appeal.appellant, checks);
    checks.text(appeal.uscc, "uscc", 40);
    check_uscc(appeal.uscc, checks, result.warnings);
    check_place(appeal, directory, checks);
    if (!appeal.topic.empty() && directory.duty(appeal.topic) == nullptr) {
        checks.refuse("topic", ErrorCode::not_in_list);
    }
    if (appeal.amount_fen && (*appeal.amount_fen < 0 || *appeal.amount_fen > amount_limit_fen)) {
        checks.refuse("amount_yuan", ErrorCode::invalid_format);
    }
    // I7: reports, and complaints about how officials behave, are confidential unless already so.
    if (appeal.type == AppealType::report) appeal.appellant.confidential = true;

    auto errors = checks.take();
    if (!errors.empty()) {
        return std::unexpected(Error{ErrorCode::validation_failed, {}, std::move(errors)});
    }
    result.appeal = std::move(appeal);
    return result;
}

std::string normalised_phone(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c == ' ' || c == '-' || c == '(' || c == ')') continue;
        digits += c;
    }
    if (digits.starts_with("+86")) digits.erase(0, 3);
    if (digits.size() == 13 && digits.starts_with("86")) digits.erase(0, 2);
    if (!is_all_digits(digits)) return {};
    const bool mobile = digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
    const bool landline = digits[0] == '0' && digits.size() >= 10 && digits.size() <= 12;
    const bool service =
        digits.size() == 10 && (digits.starts_with("400") || digits.starts_with("800"));
    if (mobile || landline || service) return digits;
    // A local number without its area code is a number of Weinan (0913).
    const bool local = digits.size() == 7 && digits[0] >= '2';
    return local ? "0913" + digits : std::string();
}

std::string canonical_text(const Appeal& appeal) {
    std::string out;
    for (const std::string_view value :
         {std::string_view(appeal.title),
          std::string_view(appeal.content),
          std::string_view(appeal.topic),
          std::string_view(appeal.division),
          std::string_view(appeal.town),
          std::string_view(appeal.place),
          std::string_view(appeal.wanted),
          std::string_view(appeal.uscc),
          std::string_view(appeal.enterprise_name),
          std::string_view(appeal.call_id),
          std::string_view(appeal.appellant.name),
          std::string_view(appeal.appellant.phone),
          std::string_view(appeal.appellant.role_in_firm)}) {
        append_field(out, value);
    }
    append_field(out, std::to_string(appeal.amount_fen.value_or(-1)));
    append_field(out, appeal.type ? name(*appeal.type) : "");
    append_field(out, appeal.urgency ? name(*appeal.urgency) : "");
    append_field(out, appeal.appellant.anonymous ? "1" : "0");
    append_field(out, appeal.appellant.confidential ? "1" : "0");
    append_field(out, appeal.appellant.reply_wanted ? "1" : "0");
    append_field(out, std::to_string(appeal.created_by.value));
    append_field(out, std::to_string(appeal.enterprise.value));
    return out;
}

}  // namespace hotline::ticketing
