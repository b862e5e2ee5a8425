#include "integrations/mysql/knowledge_store.hpp"

#include "integrations/mysql/day_param.hpp"
#include "integrations/mysql/query_text.hpp"

namespace hotline::mysql {
namespace {

using ticketing::ArticleId;
using ticketing::knowledge::Article;
using ticketing::knowledge::ArticleText;

constexpr std::string_view text_columns =
    "v.version, v.title, v.questions, v.answer, v.basis, v.unit_id, v.topic, v.divisions, "
    "v.valid_from, v.valid_to, v.open";

// Of several statements, from the first column on.
const std::string article_columns =
    "a.id, a.revision, a.state, a.version, a.published, a.settled, a.review_on, a.author_id, "
    "a.changed_at, a.hits, a.helpful, a.wrong, a.open_feedback, a.demonstration, " +
    std::string(text_columns);

constexpr std::string_view with_text =
    " FROM knowledge_article a JOIN knowledge_version v ON v.article_id=a.id AND "
    "v.version=IF(a.published>0, a.published, a.version) ";

std::uint32_t small(const Row& row, std::size_t column) {
    return static_cast<std::uint32_t>(row.unsigned_integer(column));
}

std::optional<sla::LocalDay> optional_day(const Row& row, std::size_t column) {
    const auto day = row.optional_time(column);
    return day ? std::optional(day_of(*day)) : std::nullopt;
}

Param optional_day_param(const std::optional<sla::LocalDay>& day) {
    return day ? day_param(*day) : Param{nullptr};
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

std::string joined(const std::vector<std::string>& parts, char separator) {
    std::string text;
    for (const std::string& part : parts) {
        if (!text.empty()) text += separator;
        text += part;
    }
    return text;
}

ArticleText read_text(const Row& row, std::size_t first) {
    ArticleText text;
    text.title = row.string(first);
    text.questions = split(row.text(first + 1), '\n');
    text.answer = row.string(first + 2);
    text.basis = row.string(first + 3);
    text.unit = {row.unsigned_integer(first + 4)};
    text.topic = row.string(first + 5);
    text.divisions = split(row.text(first + 6), ',');
    text.valid_from = day_of(row.time(first + 7));
    text.valid_to = optional_day(row, first + 8);
    text.open = row.flag(first + 9);
    return text;
}

StoredArticle read_row(const Row& row) {
    StoredArticle stored;
    Article& article = stored.article;
    article.id = {row.unsigned_integer(0)};
    article.revision = small(row, 1);
    article.state = static_cast<ticketing::knowledge::ArticleState>(row.integer(2));
    article.version = small(row, 3);
    article.published = small(row, 4);
    article.settled = small(row, 5);
    article.review_on = optional_day(row, 6);
    article.author = {row.unsigned_integer(7)};
    stored.changed_at = row.time(8);
    stored.counts = {small(row, 9), small(row, 10), small(row, 11), small(row, 12)};
    stored.demonstration = row.flag(13);
    stored.text_version = small(row, 14);
    stored.text = read_text(row, 15);
    return stored;
}

Result<std::optional<StoredArticle>> first_article(
    Connection& db, std::string_view where, Params params, Hold hold
) {
    const auto rows = db.query(
        "SELECT " + article_columns + std::string(with_text) + std::string(where) +
            (hold == Hold::yes ? " FOR UPDATE" : ""),
        params
    );
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::nullopt;
    return read_row(rows->front());
}

// What is told of it stands in update_row.
Result<ArticleId> insert_row(Connection& db, const ArticleChange& change) {
    const auto done = db.execute(
        "INSERT INTO knowledge_article (title, revision, state, version, changed_at) "
        "VALUES (?,0,1,0,?)",
        {change.text->title, change.step.at}
    );
    if (!done) return std::unexpected(done.error());
    return ArticleId{db.last_id()};
}

Result<void> update_row(Connection& db, ArticleId id, const ArticleChange& change) {
    const Article& a = change.after;
    const auto done = db.execute(
        "UPDATE knowledge_article SET title=COALESCE(?, title), revision=?, state=?, version=?, "
        "published=?, settled=?, review_on=?, author_id=?, changed_at=?, demonstration=? "
        "WHERE id=?",
        {change.text ? Param{change.text->title} : Param{nullptr},
         a.revision,
         static_cast<int>(a.state),
         a.version,
         a.published,
         a.settled,
         optional_day_param(a.review_on),
         a.author ? Param{a.author.value} : Param{nullptr},
         change.step.at,
         change.demonstration,
         id.value}
    );
    if (!done) return std::unexpected(done.error());
    return {};
}

Result<void> insert_version(
    Connection& db, ArticleId id, std::uint32_t version, const ArticleText& text
) {
    const auto done = db.execute(
        "INSERT INTO knowledge_version (article_id, version, title, questions, answer, basis, "
        "unit_id, topic, divisions, valid_from, valid_to, open) "
        "VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        {id.value,
         version,
         text.title,
         joined(text.questions, '\n'),
         text.answer,
         text.basis,
         text.unit.value,
         text.topic,
         joined(text.divisions, ','),
         day_param(text.valid_from),
         optional_day_param(text.valid_to),
         text.open}
    );
    if (!done) return std::unexpected(done.error());
    return {};
}

Result<void> insert_step(Connection& db, ArticleId id, const ArticleStep& step) {
    const auto done = db.execute(
        "INSERT INTO knowledge_step (article_id, seq, step, version, role, user_id, by_name, at, "
        "reason, review_on) VALUES (?,?,?,?,?,?,?,?,?,?)",
        {id.value,
         step.seq,
         static_cast<int>(step.step),
         step.version,
         static_cast<int>(step.role),
         step.user ? Param{step.user.value} : Param{nullptr},
         step.by_name,
         step.at,
         step.reason,
         optional_day_param(step.review_on)}
    );
    if (!done) return std::unexpected(done.error());
    return {};
}

}  // namespace

Result<std::uint64_t> knowledge_revision(Connection& db) {
    const auto rows = db.query("SELECT revision FROM knowledge_revision WHERE id=1");
    if (!rows) return std::unexpected(rows.error());
    return rows->empty() ? 0 : rows->front().unsigned_integer(0);
}

Result<void> raise_knowledge_revision(Connection& db) {
    const auto done = db.execute("UPDATE knowledge_revision SET revision=revision+1 WHERE id=1");
    if (!done) return std::unexpected(done.error());
    return {};
}

Result<void> for_each_article(Connection& db, const ArticleSink& sink) {
    return db.for_each(
        "SELECT " + article_columns + std::string(with_text) + "ORDER BY a.id",
        {},
        [&sink](const Row& row) {
            sink(read_row(row));
            return true;
        }
    );
}

Result<std::optional<StoredArticle>> read_article(Connection& db, ArticleId id, Hold hold) {
    return first_article(db, "WHERE a.id=?", {id.value}, hold);
}

Result<std::vector<std::pair<ArticleId, ArticleCounts>>> counts_of(
    Connection& db, std::span<const ArticleId> ids
) {
    std::vector<std::pair<ArticleId, ArticleCounts>> counts;
    if (ids.empty()) return counts;
    std::vector<Param> wanted;
    for (const ArticleId id : ids) wanted.emplace_back(id.value);
    const auto rows =
        QueryText{}
            .add("SELECT id, hits, helpful, wrong, open_feedback FROM knowledge_article WHERE ")
            .add(QueryText::in("id", std::move(wanted)))
            .run(db);
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        counts.emplace_back(
            ArticleId{row.unsigned_integer(0)},
            ArticleCounts{small(row, 1), small(row, 2), small(row, 3), small(row, 4)}
        );
    }
    return counts;
}

Result<std::vector<ArticleStep>> steps_of(Connection& db, ArticleId id) {
    const auto rows = db.query(
        "SELECT seq, step, version, role, user_id, by_name, at, reason, review_on "
        "FROM knowledge_step WHERE article_id=? ORDER BY seq",
        {id.value}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<ArticleStep> steps;
    for (const Row row : *rows) {
        steps.push_back(
            {small(row, 0),
             static_cast<ticketing::knowledge::Step>(row.integer(1)),
             small(row, 2),
             static_cast<ticketing::Role>(row.integer(3)),
             {row.unsigned_integer(4)},
             row.string(5),
             row.time(6),
             row.string(7),
             optional_day(row, 8)}
        );
    }
    return steps;
}

Result<std::vector<ArticleVersion>> versions_of(Connection& db, ArticleId id) {
    const auto rows = db.query(
        "SELECT " + std::string(text_columns) +
            " FROM knowledge_version v WHERE v.article_id=? ORDER BY v.version DESC",
        {id.value}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<ArticleVersion> versions;
    for (const Row row : *rows) versions.push_back({small(row, 0), read_text(row, 1)});
    return versions;
}

Result<std::optional<ArticleText>> read_version(
    Connection& db, ArticleId id, std::uint32_t version
) {
    const auto rows = db.query(
        "SELECT " + std::string(text_columns) +
            " FROM knowledge_version v WHERE v.article_id=? AND v.version=?",
        {id.value, version}
    );
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::nullopt;
    return read_text(rows->front(), 1);
}

Result<ArticleId> store_article(Connection& db, const ArticleChange& change) {
    const Result<ArticleId> id = change.after.id ? change.after.id : insert_row(db, change);
    if (!id) return id;
    if (auto done = update_row(db, *id, change); !done) return std::unexpected(done.error());
    if (change.text != nullptr) {
        if (auto done = insert_version(db, *id, change.after.version, *change.text); !done) {
            return std::unexpected(done.error());
        }
    }
    if (auto done = insert_step(db, *id, change.step); !done) {
        return std::unexpected(done.error());
    }
    if (auto done = raise_knowledge_revision(db); !done) return std::unexpected(done.error());
    return id;
}

Result<void> note_article_use(
    Connection& db,
    ArticleId id,
    std::uint32_t version,
    ticketing::TicketId ticket,
    ticketing::Instant at
) {
    const auto noted = db.execute(
        "INSERT IGNORE INTO knowledge_use (ticket_id, article_id, version, at) VALUES (?,?,?,?)",
        {ticket.value, id.value, version, at}
    );
    if (!noted) return std::unexpected(noted.error());
    if (*noted == 0) return {};
    const auto counted =
        db.execute("UPDATE knowledge_article SET hits=hits+1 WHERE id=?", {id.value});
    if (!counted) return std::unexpected(counted.error());
    return {};
}

}  // namespace hotline::mysql
