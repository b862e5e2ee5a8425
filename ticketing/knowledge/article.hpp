#pragma once

#include "sla/local_time.hpp"
#include "ticketing/errors.hpp"
#include "ticketing/types/directory.hpp"
#include "ticketing/types/ids.hpp"
#include "ticketing/types/named_enum.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// 知识条目: a question enterprises ask, in the ways they ask it, with the answer of the unit that
// is responsible (rules K1 to K15 in README.md).
namespace hotline::ticketing::knowledge {

// What people write: one version of an article. It never changes; a change is the next one (K2).
struct ArticleText {
    std::string title;                   // the question in its usual words
    std::vector<std::string> questions;  // other ways to ask it
    std::string answer;
    std::string basis;                   // the law or paper it rests on
    UnitId unit;                         // responsible for what it says
    std::string topic;                   // of the duty list; "" = none
    std::vector<std::string> divisions;  // counties and zones; none: the whole city
    sla::LocalDay valid_from{};
    std::optional<sla::LocalDay> valid_to;  // the last day
    bool open = false;                      // enterprises may read it (K10)

    bool operator==(const ArticleText&) const = default;
};

// Persisted numbers.
enum class ArticleState { draft = 1, published = 2, withdrawn = 3 };

struct Article {
    ArticleId id;
    std::uint32_t revision = 0;  // counts the steps, for If-Match
    ArticleState state = ArticleState::draft;
    std::uint32_t version = 0;    // the newest
    std::uint32_t published = 0;  // the one that answers; 0 = none
    std::uint32_t settled = 0;    // the newest somebody decided on
    std::optional<sla::LocalDay> review_on;
    UserId author;  // of the newest version

    bool operator==(const Article&) const = default;
};

// K4: a version somebody has to look at.
constexpr bool waits_for_review(const Article& article) {
    return article.version > article.settled;
}

// How an article stands on a day, its published text (or the newest, when there is none) given.
enum class Standing { draft = 1, coming = 2, in_force = 3, expired = 4, withdrawn = 5 };

constexpr auto names_of(Standing) {
    return NameTable<Standing, 5>{{
        {Standing::draft, "draft"},
        {Standing::coming, "coming"},
        {Standing::in_force, "in_force"},
        {Standing::expired, "expired"},
        {Standing::withdrawn, "withdrawn"},
    }};
}

// K6.
Standing standing_of(const Article& article, const ArticleText& text, sla::LocalDay today);

// K7: it still answers, and whoever reads it is told.
bool review_overdue(const Article& article, sla::LocalDay today);

// K15: `division` is a county or zone, "" where it is not known.
bool holds_in(const ArticleText& text, std::string_view division);

// Without blanks around and without the question forms that say nothing new.
ArticleText tidied(ArticleText text);

// K1, of a tidied text: validation_failed with every field that is wrong, by its name.
Result<void> check(const ArticleText& text, const Directory& directory);

}  // namespace hotline::ticketing::knowledge
