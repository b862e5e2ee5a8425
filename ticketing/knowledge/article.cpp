#include "ticketing/knowledge/article.hpp"

#include "ticketing/text.hpp"

#include <algorithm>

namespace hotline::ticketing::knowledge {
namespace {

constexpr std::size_t most_questions = 20;
constexpr std::size_t most_divisions = 20;

class Checker {
public:
    void text(std::string_view field, std::string_view value, std::size_t min, std::size_t max) {
        const std::size_t length = characters(value);
        if (length == 0 && min > 0) {
            note(field, ErrorCode::missing_field);
        } else if (length < min) {
            note(field, ErrorCode::too_short, std::to_string(min));
        } else if (length > max) {
            note(field, ErrorCode::too_long, std::to_string(max));
        }
    }
    void note(std::string_view field, ErrorCode code, std::string detail = {}) {
        errors_.push_back({std::string(field), code, std::move(detail)});
    }
    Result<void> result() {
        if (errors_.empty()) return {};
        return std::unexpected(Error{ErrorCode::validation_failed, {}, std::move(errors_)});
    }

private:
    std::vector<FieldError> errors_;
};

void check_places(const ArticleText& text, const Directory& directory, Checker& checker) {
    if (text.divisions.size() > most_divisions) {
        checker.note("divisions", ErrorCode::too_long, std::to_string(most_divisions));
    }
    for (const std::string& code : text.divisions) {
        const Division* division = directory.division(code);
        using Kind = Division::Kind;
        const bool fits =
            division != nullptr && (division->kind == Kind::county || division->kind == Kind::zone);
        if (!fits) checker.note("divisions", ErrorCode::unknown_division, code);
    }
}

}  // namespace

Standing standing_of(const Article& article, const ArticleText& text, sla::LocalDay today) {
    if (article.state == ArticleState::withdrawn) return Standing::withdrawn;
    if (article.published == 0) return Standing::draft;
    if (today < text.valid_from) return Standing::coming;
    return text.valid_to && today > *text.valid_to ? Standing::expired : Standing::in_force;
}

bool review_overdue(const Article& article, sla::LocalDay today) {
    return article.state == ArticleState::published && article.review_on &&
           today > *article.review_on;
}

bool holds_in(const ArticleText& text, std::string_view division) {
    return text.divisions.empty() || division.empty() ||
           std::ranges::find(text.divisions, division) != text.divisions.end();
}

ArticleText tidied(ArticleText text) {
    for (std::string* field : {&text.title, &text.answer, &text.basis, &text.topic}) {
        *field = ticketing::tidied(*field);
    }
    std::vector<std::string> said{text.title};
    for (const std::string& form : text.questions) {
        std::string tidy = ticketing::tidied(form);
        if (tidy.empty() || std::ranges::find(said, tidy) != said.end()) continue;
        said.push_back(std::move(tidy));
    }
    said.erase(said.begin());
    text.questions = std::move(said);
    std::ranges::sort(text.divisions);
    const auto doubles = std::ranges::unique(text.divisions);
    text.divisions.erase(doubles.begin(), doubles.end());
    return text;
}

Result<void> check(const ArticleText& text, const Directory& directory) {
    Checker checker;
    checker.text("title", text.title, 4, 80);
    if (text.title.find('\n') != std::string::npos) {
        checker.note("title", ErrorCode::invalid_format);
    }
    if (text.questions.size() > most_questions) {
        checker.note("questions", ErrorCode::too_long, std::to_string(most_questions));
    }
    for (const std::string& form : text.questions) {
        checker.text("questions", form, 2, 80);
        if (form.find('\n') != std::string::npos) {
            checker.note("questions", ErrorCode::invalid_format);
        }
    }
    checker.text("answer", text.answer, 5, 4000);
    checker.text("basis", text.basis, 2, 500);
    const Unit* unit = directory.unit(text.unit);
    if (!text.unit) {
        checker.note("unit_id", ErrorCode::missing_field);
    } else if (unit == nullptr || !unit->active) {
        checker.note("unit_id", ErrorCode::unknown_reference);
    }
    if (!text.topic.empty() && directory.duty(text.topic) == nullptr) {
        checker.note("topic", ErrorCode::not_in_list);
    }
    check_places(text, directory, checker);
    if (text.valid_to && *text.valid_to < text.valid_from) {
        checker.note("valid_to", ErrorCode::invalid_format);
    }
    return checker.result();
}

}  // namespace hotline::ticketing::knowledge
