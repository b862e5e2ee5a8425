#include "integrations/mysql/search_index.hpp"

#include "integrations/mysql/insert_batch.hpp"
#include "integrations/mysql/query_text.hpp"
#include "integrations/mysql/search_spans.hpp"

#include <algorithm>
#include <bitset>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace hotline::mysql {
namespace {

using ticketing::SearchToken;
using ticketing::TicketId;
using ticketing::TokenRange;

constexpr std::uint64_t chunk_size = 2048;  // persisted: never changes
// Chunks read one after the other before anybody asks which have the words: common words have
// filled a page by then.
constexpr std::size_t looked_through = 4;
constexpr std::size_t longest_stride = 64;
// Reading on is cheaper than asking the tickets twice.
constexpr std::size_t page = 64;

using Chunk = std::bitset<chunk_size>;

// A place in a chunk, two bytes, the high one first.
void append_place(std::string& places, std::uint64_t ticket) {
    const std::uint64_t place = ticket % chunk_size;
    places += static_cast<char>(place >> 8);
    places += static_cast<char>(place & 0xFF);
}

void mark_places(Chunk& chunk, std::string_view places) {
    for (std::size_t i = 0; i + 1 < places.size(); i += 2) {
        const auto high = static_cast<unsigned char>(places[i]);
        const auto low = static_cast<unsigned char>(places[i + 1]);
        chunk.set((high << 8 | low) % chunk_size);
    }
}

Result<void> read_texts(
    Connection& db,
    std::string_view texts,
    std::span<const TicketId> tickets,
    std::vector<SearchText>& into
) {
    return in_parts(tickets, [&](std::span<const TicketId> some) -> Result<void> {
        std::vector<Param> ids;
        for (const TicketId id : some) ids.emplace_back(id.value);
        QueryText sql;
        sql.add("SELECT id, ").add(texts).add(" FROM ticket WHERE ");
        sql.add(QueryText::in("id", std::move(ids))).add(" ORDER BY id");
        const auto rows = sql.run(db);
        if (!rows) return std::unexpected(rows.error());
        for (const Row row : *rows) into.push_back({{row.unsigned_integer(0)}, row.string(1)});
        return {};
    });
}

// What one chunk has of each range.
using Marks = std::map<std::uint64_t, std::vector<Chunk>, std::greater<>>;

Result<Marks> read_marks(
    Connection& db, std::span<const TokenRange> wanted, std::span<const std::uint64_t> chunks
) {
    QueryText sql;
    sql.add("SELECT chunk, token, places FROM search_posting WHERE ");
    sql.add(QueryText::in("chunk", {chunks.begin(), chunks.end()})).add(" AND ");
    sql.add(tokens_text(wanted));
    const auto rows = sql.run(db);
    if (!rows) return std::unexpected(rows.error());
    Marks marks;
    for (const Row row : *rows) {
        auto& of_chunk = marks[row.unsigned_integer(0)];
        if (of_chunk.empty()) of_chunk.resize(wanted.size());
        const SearchToken token = row.unsigned_integer(1);
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const bool inside = wanted[i].first <= token && token <= wanted[i].last;
            if (inside) mark_places(of_chunk[i], row.text(2));
        }
    }
    return marks;
}

Result<std::uint64_t> newest_chunk(Connection& db) {
    const auto rows = db.query("SELECT COALESCE(MAX(chunk),0) FROM search_posting");
    if (!rows) return std::unexpected(rows.error());
    return rows->front().unsigned_integer(0);
}

}  // namespace

Result<std::vector<SearchText>> read_search_texts(Connection& db, const SearchTextsWanted& wanted) {
    std::vector<SearchText> texts;
    auto read =
        read_texts(db, "CONCAT_WS('\\n', title, content, enterprise_name)", wanted.appeals, texts);
    if (read) read = read_texts(db, "result_text", wanted.results, texts);
    if (!read) return std::unexpected(read.error());
    return texts;
}

Result<void> index_texts(Connection& db, std::span<const SearchText> texts) {
    // In the order of the rows, so that several workers wait for each other and never in a circle.
    std::map<std::pair<std::uint64_t, SearchToken>, std::string> postings;
    for (const auto& [ticket, text] : texts) {
        const std::uint64_t chunk = ticket.value / chunk_size;
        for (const SearchToken token : ticketing::search_tokens(text)) {
            append_place(postings[{chunk, token}], ticket.value);
        }
    }
    if (postings.empty()) return {};
    InsertBatch rows(
        "search_posting",
        "chunk, token, places",
        "ON DUPLICATE KEY UPDATE places=CONCAT(places, VALUES(places))"
    );
    rows.reserve(postings.size());
    SpanMarks spans;
    for (const auto& [key, places] : postings) {
        rows.add({key.first, key.second, places});
        spans.add(key.first, key.second);
    }
    const auto written = db.insert(rows);
    if (!written) return std::unexpected(written.error());
    return spans.write(db);
}

Result<void> SearchWalk::begin(Connection& db) {
    const auto newest = newest_chunk(db);
    if (!newest) return std::unexpected(newest.error());
    std::uint64_t chunk = std::min(*newest, (below_ - 1) / chunk_size) + 1;
    while (chunk > 0 && chunks_.size() < looked_through) chunks_.push_back(--chunk);
    farther_ = chunk;
    return {};
}

// The next chunks to read, none at the end.
Result<std::vector<std::uint64_t>> SearchWalk::next_chunks(Connection& db) {
    if (chunks_.empty() && farther_ > 0) {
        auto having = chunks_having(db, wanted_, std::exchange(farther_, 0));
        if (!having) return std::unexpected(having.error());
        chunks_.assign(having->begin(), having->end());
    }
    const auto end =
        chunks_.begin() + static_cast<std::ptrdiff_t>(std::min(stride_, chunks_.size()));
    std::vector<std::uint64_t> next(chunks_.begin(), end);
    chunks_.erase(chunks_.begin(), end);
    stride_ = std::min(stride_ * 2, longest_stride);
    return next;
}

Result<bool> SearchWalk::read_on(Connection& db) {
    const auto chunks = next_chunks(db);
    if (!chunks) return std::unexpected(chunks.error());
    if (chunks->empty()) return false;
    const auto marks = read_marks(db, wanted_, *chunks);
    if (!marks) return std::unexpected(marks.error());
    for (const auto& [number, of_ranges] : *marks) {
        Chunk all = of_ranges.front();
        for (const Chunk& one : of_ranges) all &= one;
        for (std::size_t place = chunk_size; place-- > 0 && all.any();) {
            const std::uint64_t ticket = number * chunk_size + place;
            if (all.test(place) && ticket < below_) found_.push_back(ticket);
        }
    }
    return true;
}

Result<std::vector<std::uint64_t>> SearchWalk::next(Connection& db) {
    if (!std::exchange(begun_, true) && below_ > 0) {
        if (auto begun = begin(db); !begun) return std::unexpected(begun.error());
    }
    while (found_.size() < page && !ended_) {
        const auto more = read_on(db);
        if (!more) return std::unexpected(more.error());
        ended_ = !*more;
    }
    const std::size_t count = std::min(next_block_, found_.size());
    next_block_ = std::min(next_block_ * 2, block);
    const auto end = found_.begin() + static_cast<std::ptrdiff_t>(count);
    std::vector<std::uint64_t> given(found_.begin(), end);
    found_.erase(found_.begin(), end);
    return given;
}

}  // namespace hotline::mysql
