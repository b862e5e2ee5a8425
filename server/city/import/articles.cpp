#include "integrations/mysql/knowledge_store.hpp"
#include "server/calendar/local_text.hpp"
#include "server/city/import/steps.hpp"
#include "ticketing/text.hpp"

#include <array>
#include <unordered_map>

namespace hotline::city {
namespace {

using mysql::StoredArticle;
using ticketing::Division;
using ticketing::knowledge::ArticleState;
using ticketing::knowledge::ArticleText;

constexpr std::array article_layout{
    Column{"title", "标题", true},
    Column{"questions", "其他问法"},
    Column{"answer", "答复", true},
    Column{"basis", "依据", true},
    Column{"unit", "责任单位", true},
    Column{"topic", "主题"},
    Column{"divisions", "适用区县"},
    Column{"valid_from", "生效日期", true},
    Column{"valid_to", "失效日期"},
    Column{"review_on", "复核日期"},
    Column{"open", "对企业公开"},
};
constexpr std::chrono::days usual_review{180};  // K7

// What check() says of a field, for the one who mends the file.
struct FieldWords {
    std::string_view field;
    std::string_view reason;
};
constexpr std::array reasons{
    FieldWords{"title", "标题应为一行，4至80字"},
    FieldWords{"questions", "其他问法最多20个，每个2至80字，用“|”分开"},
    FieldWords{"answer", "答复应为5至4000字"},
    FieldWords{"basis", "依据应为2至500字"},
    FieldWords{"unit_id", "没有这个在用的责任单位"},
    FieldWords{"topic", "派单目录里没有这个主题"},
    FieldWords{"divisions", "适用区县应为区县或开发区，最多20个，用“|”分开"},
    FieldWords{"valid_to", "失效日期早于生效日期"},
};

std::string_view reason_for(std::string_view field) {
    for (const auto& [known, reason] : reasons) {
        if (known == field) return reason;
    }
    return field;
}

std::vector<std::string> parts(std::string_view cell) {
    std::vector<std::string> found;
    while (!cell.empty()) {
        const std::size_t end = std::min(cell.find('|'), cell.size());
        std::string part = ticketing::tidied(cell.substr(0, end));
        if (!part.empty()) found.push_back(std::move(part));
        cell.remove_prefix(std::min(end + 1, cell.size()));
    }
    return found;
}

struct ReadArticle {
    ArticleText text;
    sla::LocalDay review_on{};
};

class ArticleReader {
public:
    ArticleReader(const ImportStep& step, std::size_t row, ImportReport& report)
        : step_(step), row_(row), report_(report) {}

    // Nothing when something is wrong with the line.
    std::optional<ReadArticle> read() {
        ReadArticle read;
        ArticleText& text = read.text;
        text.title = cell("title");
        text.questions = parts(cell("questions"));
        text.answer = cell("answer");
        text.basis = cell("basis");
        if (const auto* unit = find_unit(step_.directory, cell("unit"))) text.unit = unit->id;
        text.topic = cell("topic");
        read_places(text);
        const auto today = sla::local_day(step_.now);
        text.valid_from = day("valid_from", "生效日期").value_or(today);
        if (cell("valid_from").empty()) problem("缺少生效日期");
        text.valid_to = day("valid_to", "失效日期");
        read.review_on = day("review_on", "复核日期").value_or(today + usual_review);
        const auto open = yes_or_no(cell("open"));
        if (!open) problem("对企业公开应为是或否");
        text.open = open.value_or(false);
        text = ticketing::knowledge::tidied(std::move(text));
        const auto sound = check(text, step_.directory);
        if (!sound) {
            for (const auto& fault : sound.error().fields) {
                problem(std::string(reason_for(fault.field)));
            }
        }
        return faulty_ ? std::nullopt : std::optional(std::move(read));
    }

    void problem(std::string reason) {
        faulty_ = true;
        report_.problems.push_back({step_.table.line(row_), std::move(reason)});
    }

private:
    std::string_view cell(std::string_view column) const { return step_.table.cell(row_, column); }

    std::optional<sla::LocalDay> day(std::string_view column, std::string_view words) {
        if (cell(column).empty()) return std::nullopt;
        const auto read = calendar::date_of(cell(column));
        if (!read) problem(std::string(words) + "应为年-月-日：" + std::string(cell(column)));
        return read;
    }

    void read_places(ArticleText& text) {
        for (const std::string& named : parts(cell("divisions"))) {
            const auto* place = find_division(step_.directory, named, Division::Kind::county);
            if (place == nullptr) {
                place = find_division(step_.directory, named, Division::Kind::zone);
            }
            // The check says what is wrong with a name that is no place.
            text.divisions.push_back(place == nullptr ? named : place->code);
        }
    }

    const ImportStep& step_;
    std::size_t row_;
    ImportReport& report_;
    bool faulty_ = false;
};

using KnownArticles = std::unordered_map<std::string, StoredArticle>;

bool unchanged(const StoredArticle& known, const ReadArticle& read) {
    return known.article.state == ArticleState::published && known.text == read.text;
}

// The city answers for its own list: what it says is in force at once (K4).
Result<void> write(const ImportStep& step, const StoredArticle* known, const ReadArticle& read) {
    mysql::ArticleChange change;
    auto& article = change.after;
    if (known != nullptr) article = known->article;
    ++article.revision;
    ++article.version;
    article.published = article.settled = article.version;
    article.state = ArticleState::published;
    article.review_on = read.review_on;
    article.author = {};
    change.text = &read.text;
    change.demonstration = step.demonstration;
    change.step = {
        .seq = article.revision,
        .step = ticketing::knowledge::Step::publish,
        .version = article.version,
        .role = ticketing::Role::system,
        .user = {},
        .by_name = step.demonstration ? "演示数据" : "导入",
        .at = step.now,
        .reason = {},
        .review_on = read.review_on,
    };
    const auto written = mysql::store_article(step.db, change);
    if (!written) return std::unexpected(written.error());
    return {};
}

}  // namespace

std::span<const Column> article_columns() {
    return article_layout;
}

Result<void> import_articles(const ImportStep& step, ImportReport& report) {
    KnownArticles known;
    const auto listed = mysql::for_each_article(step.db, [&known](StoredArticle stored) {
        std::string title = stored.text.title;
        known.emplace(std::move(title), std::move(stored));
    });
    if (!listed) return listed;
    std::unordered_map<std::string, std::size_t> lines;
    std::vector<ReadArticle> read;
    for (std::size_t row = 0; row < step.table.rows(); ++row) {
        ArticleReader reader{step, row, report};
        auto article = reader.read();
        if (!article) continue;
        const auto [first, fresh] = lines.try_emplace(article->text.title, step.table.line(row));
        if (!fresh) reader.problem("标题与第" + std::to_string(first->second) + "行重复");
        if (fresh) read.push_back(std::move(*article));
    }
    const bool writes = step.writer != nullptr && report.problems.empty();
    for (const ReadArticle& article : read) {
        const auto before = known.find(article.text.title);
        const bool there = before != known.end();
        if (there && unchanged(before->second, article)) {
            ++report.unchanged;
            continue;
        }
        note_change(
            report,
            there ? &ImportReport::changed : &ImportReport::added,
            (there ? "修改 " : "新增 ") + article.text.title
        );
        if (!writes) continue;
        if (auto done = write(step, there ? &before->second : nullptr, article); !done) {
            return done;
        }
    }
    return {};
}

}  // namespace hotline::city
