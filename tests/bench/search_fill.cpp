#include "tests/bench/search_fill.hpp"

#include "integrations/crypto/blind_index.hpp"
#include "integrations/mysql/person_keys.hpp"
#include "integrations/mysql/search_index.hpp"
#include "server/actions/index_search_texts.hpp"
#include "server/now.hpp"
#include "tests/bench/appeal_texts.hpp"
#include "tests/bench/tables.hpp"
#include "ticketing/ticket_number.hpp"

#include <fmt/core.h>

#include <span>
#include <string>

namespace hotline::bench {
namespace {

constexpr std::uint64_t first_id = 204'800;  // a chunk begins; the server leases far below
constexpr std::uint64_t batch_size = 8'192;
constexpr std::uint64_t year_ms = 365ULL * 86'400'000;
constexpr std::uint64_t one_rare_in = 50'000;
constexpr std::uint64_t people = 25'000;

constexpr std::string_view counties[] = {
    "610502", "610503", "610522", "610523", "610524", "610525", "610526", "610527", "610528"
};

struct Filled {
    AppealText text;
    std::string firm;
    std::string phone;
    std::string number;
    ticketing::Instant at;
};

Filled ticket(std::uint64_t n, std::uint64_t of, ticketing::Instant now) {
    const std::chrono::milliseconds age{year_ms - year_ms * n / of};
    Filled made{
        appeal_text(n), "渭南某某" + std::to_string(n % 50'000) + "号有限公司", {}, {}, now - age
    };
    if (n % one_rare_in == 7) made.text.content.append(rare_word).append("塌了。");
    made.phone = phone_of(n);
    made.number = ticketing::format_ticket_number(made.at, first_id + n);
    return made;
}

void write_rows(
    mysql::Connection& db, std::span<const Filled> filled, std::uint64_t first, std::uint64_t units
) {
    mysql::InsertBatch rows(
        "ticket",
        "id, number, version, state, channel, idempotency_key, body_hash, type, urgency, title, "
        "content, division, enterprise_name, appellant_phone, lead_unit_id, accepted_at, last_seq, "
        "last_hash, clocks"
    );
    const std::string hash(32, 'h');
    for (std::uint64_t i = 0; i < filled.size(); ++i) {
        const std::uint64_t n = first + i;
        const Filled& one = filled[i];
        // Most of a year is closed; what is open is new.
        const bool open = n % 100 < 2;
        rows.add(
            {first_id + n,
             one.number,
             1,
             open ? 4 : 10,
             1,
             "bench-search-" + one.number,
             hash,
             1 + n % 6,
             n % 40 == 0 ? 2 : 1,
             one.text.title,
             one.text.content,
             counties[n / 6 % std::size(counties)],
             one.firm,
             one.phone,
             1 + n / 54 % units,
             one.at,
             1,
             hash,
             "[]"}
        );
    }
    must(db.insert(rows));
}

void write_indexes(
    mysql::Connection& db,
    std::span<const Filled> filled,
    std::uint64_t first,
    const crypto::BlindIndex& blind
) {
    std::vector<mysql::SearchText> texts;
    std::vector<mysql::PersonKey> keys;
    for (std::uint64_t i = 0; i < filled.size(); ++i) {
        const ticketing::TicketId id{first_id + first + i};
        const Filled& one = filled[i];
        texts.push_back({id, one.text.title + '\n' + one.text.content + '\n' + one.firm});
        keys.push_back({actions::key_of_phone(blind, one.phone), id});
    }
    must(mysql::index_texts(db, texts));
    must(mysql::write_person_keys(db, keys));
}

}  // namespace

std::string phone_of(std::uint64_t n) {
    return "137000" + std::to_string(10'000 + n * 7919 % people);
}

void fill_search(const Instance& instance, std::uint64_t tickets) {
    auto db = must(mysql::Connection::open(instance.owner()));
    const auto blind = must(crypto::BlindIndex::open(instance.secret("query_code_key.blind")));
    const auto units = count(instance, "SELECT COUNT(*) FROM unit");
    const auto now = hotline::now();
    for (std::uint64_t first = 0; first < tickets; first += batch_size) {
        std::vector<Filled> filled;
        for (std::uint64_t n = first; n < std::min(tickets, first + batch_size); ++n) {
            filled.push_back(ticket(n, tickets, now));
        }
        must(db.begin());
        write_rows(db, filled, first, units);
        write_indexes(db, filled, first, blind);
        must(db.commit());
        if (first / batch_size % 10 == 0) fmt::print(stderr, "  {} tickets laid down\n", first);
    }
    execute(instance, "ANALYZE TABLE ticket, search_posting, person_key, enterprise_initials");
}

}  // namespace hotline::bench
