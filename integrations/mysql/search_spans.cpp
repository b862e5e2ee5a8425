#include "integrations/mysql/search_spans.hpp"

#include "integrations/mysql/insert_batch.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace hotline::mysql {
namespace {

using ticketing::SearchToken;
using ticketing::TokenRange;

constexpr std::uint64_t span_size = 64;  // persisted: the bits of a row

// The bits of each range, by span.
using SpanBits = std::map<std::uint64_t, std::vector<std::uint64_t>, std::greater<>>;

Result<void> read_spans(
    Connection& db,
    std::span<const TokenRange> wanted,
    std::span<const std::uint64_t> spans,
    SpanBits& into
) {
    QueryText sql;
    sql.add("SELECT span, token, chunks FROM search_span WHERE ");
    sql.add(QueryText::in("span", {spans.begin(), spans.end()})).add(" AND ");
    const auto rows = sql.add(tokens_text(wanted)).run(db);
    if (!rows) return std::unexpected(rows.error());
    for (const Row row : *rows) {
        auto& of_ranges = into[row.unsigned_integer(0)];
        of_ranges.resize(wanted.size());
        const SearchToken token = row.unsigned_integer(1);
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const bool inside = wanted[i].first <= token && token <= wanted[i].last;
            if (inside) of_ranges[i] |= row.unsigned_integer(2);
        }
    }
    return {};
}

}  // namespace

QueryText tokens_text(std::span<const TokenRange> wanted) {
    std::size_t places = 1;
    while (places < wanted.size()) places *= 2;
    QueryText any;
    for (std::size_t i = 0; i < places; ++i) {
        const TokenRange& range = wanted[std::min(i, wanted.size() - 1)];
        any.add(
            i == 0 ? "(token BETWEEN ? AND ?" : " OR token BETWEEN ? AND ?",
            {range.first, range.last}
        );
    }
    return any.add(")");
}

void SpanMarks::add(std::uint64_t chunk, SearchToken token) {
    bits_[{chunk / span_size, token}] |= std::uint64_t{1} << chunk % span_size;
}

Result<void> SpanMarks::write(Connection& db) const {
    if (bits_.empty()) return {};
    InsertBatch rows(
        "search_span", "span, token, chunks", "ON DUPLICATE KEY UPDATE chunks=chunks|VALUES(chunks)"
    );
    rows.reserve(bits_.size());
    for (const auto& [key, bits] : bits_) rows.add({key.first, key.second, bits});
    const auto written = db.insert(rows);
    if (!written) return std::unexpected(written.error());
    return {};
}

Result<std::vector<std::uint64_t>> chunks_having(
    Connection& db, std::span<const TokenRange> wanted, std::uint64_t below
) {
    std::vector<std::uint64_t> spans((below + span_size - 1) / span_size);
    std::iota(spans.begin(), spans.end(), 0);
    SpanBits bits;
    const auto read = in_parts(std::span<const std::uint64_t>(spans), [&](const auto& some) {
        return read_spans(db, wanted, some, bits);
    });
    if (!read) return std::unexpected(read.error());
    std::vector<std::uint64_t> chunks;
    for (const auto& [span, of_ranges] : bits) {
        const auto all = std::reduce(
            of_ranges.begin(), of_ranges.end(), ~std::uint64_t{0}, std::bit_and<std::uint64_t>{}
        );
        for (std::uint64_t bit = span_size; bit-- > 0;) {
            const std::uint64_t chunk = span * span_size + bit;
            if ((all >> bit & 1) != 0 && chunk < below) chunks.push_back(chunk);
        }
    }
    return chunks;
}

}  // namespace hotline::mysql
