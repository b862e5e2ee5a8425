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

#include <algorithm>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <vector>

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
    LaidTicket ticket;
    bool open = false;
};

// Whom tickets may belong to.
struct Unit {
    std::string division;  // none: the city's, for whatever lies anywhere
    std::vector<std::uint64_t> officials;
};
struct Holders {
    std::map<std::uint64_t, Unit> units;
    std::vector<std::string> enterprises;
    std::vector<std::string> topics;
};

Holders read_holders(const Instance& instance) {
    const auto pairs = [&](const std::string& sql, const auto& take) {
        for (const std::string& one : column(instance, sql)) {
            const auto blank = one.find(' ');
            take(std::stoull(one.substr(0, blank)), one.substr(blank + 1));
        }
    };
    Holders holders;
    pairs(
        "SELECT CONCAT(id,' ',IF(division='610500','',LEFT(division,6))) FROM unit",
        [&](std::uint64_t unit, const std::string& division) {
            holders.units[unit].division = division;
        }
    );
    pairs(
        "SELECT CONCAT(unit_id,' ',id) FROM official WHERE active=1",
        [&](std::uint64_t unit, const std::string& official) {
            holders.units[unit].officials.push_back(std::stoull(official));
        }
    );
    holders.enterprises = column(instance, "SELECT id FROM enterprise ORDER BY id LIMIT 50000");
    holders.topics = column(instance, "SELECT topic FROM duty ORDER BY topic");
    return holders;
}

// How many neighbouring tickets belong to one unit: 54, so that types (6) and counties (9) all meet
// each other there, but fewer in a small filling, where every unit shall have work each month.
std::uint64_t run_of_unit(std::uint64_t tickets, std::size_t units) {
    return std::clamp<std::uint64_t>(tickets / 12 / units, 1, 54);
}

LaidTicket laid(std::uint64_t n, std::uint64_t run, ticketing::Instant at, const Holders& holders) {
    const auto unit = std::next(
        holders.units.begin(), static_cast<std::ptrdiff_t>(n / run % holders.units.size())
    );
    const auto& [division, officials] = unit->second;
    const auto county = counties[n / 6 % std::size(counties)];
    return {
        .id = first_id + n,
        .accepted_at = at,
        .type = static_cast<std::uint8_t>(1 + n % 6),
        .division = division.empty() ? std::string(county) : division,
        .topic = holders.topics[n * 31 % holders.topics.size()],
        .unit = unit->first,
        .official = officials.empty() ? 0 : officials[n * 7 % officials.size()]
    };
}

Filled filled_ticket(
    std::uint64_t n, const SearchFilling& filling, const Holders& holders, ticketing::Instant now
) {
    const std::chrono::milliseconds age{year_ms - year_ms * n / filling.tickets};
    const auto run = run_of_unit(filling.tickets, holders.units.size());
    Filled made{
        .text = appeal_text(n),
        .firm = "渭南某某" + std::to_string(n % 50'000) + "号有限公司",
        .phone = phone_of(n),
        .number = {},
        .ticket = laid(n, run, now - age, holders),
        .open = n % 100 < filling.open_percent
    };
    if (n % one_rare_in == 7) made.text.content.append(rare_word).append("塌了。");
    made.number = ticketing::format_ticket_number(made.ticket.accepted_at, made.ticket.id);
    return made;
}

void write_rows(
    mysql::Connection& db, std::span<const Filled> filled, const std::vector<std::string>& firms
) {
    mysql::InsertBatch rows(
        "ticket",
        "id, number, version, state, channel, idempotency_key, body_hash, type, urgency, topic, "
        "title, content, division, enterprise_id, enterprise_name, appellant_phone, lead_unit_id, "
        "official_id, accepted_at, last_seq, last_hash, clocks"
    );
    const std::string hash(32, 'h');
    for (const Filled& one : filled) {
        const LaidTicket& ticket = one.ticket;
        rows.add(
            {ticket.id,
             one.number,
             1,
             one.open ? 4 : 10,
             1,
             "bench-search-" + one.number,
             hash,
             ticket.type,
             ticket.id % 40 == 0 ? 2 : 1,
             ticket.topic,
             one.text.title,
             one.text.content,
             ticket.division,
             firms[ticket.id % firms.size()],
             one.firm,
             one.phone,
             ticket.unit,
             ticket.official,
             ticket.accepted_at,
             1,
             hash,
             "[]"}
        );
    }
    must(db.insert(rows));
}

void write_indexes(
    mysql::Connection& db, std::span<const Filled> filled, const crypto::BlindIndex& blind
) {
    std::vector<mysql::SearchText> texts;
    std::vector<mysql::PersonKey> keys;
    for (const Filled& one : filled) {
        const ticketing::TicketId id{one.ticket.id};
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

void fill_search(const Instance& instance, const SearchFilling& filling) {
    auto db = must(mysql::Connection::open(instance.owner()));
    const auto blind = must(crypto::BlindIndex::open(instance.secret("query_code_key.blind")));
    const Holders holders = read_holders(instance);
    const auto now = hotline::now();
    for (std::uint64_t first = 0; first < filling.tickets; first += batch_size) {
        std::vector<Filled> filled;
        std::vector<LaidTicket> tickets;
        for (std::uint64_t n = first; n < std::min(filling.tickets, first + batch_size); ++n) {
            filled.push_back(filled_ticket(n, filling, holders, now));
            tickets.push_back(filled.back().ticket);
        }
        must(db.begin());
        write_rows(db, filled, holders.enterprises);
        write_indexes(db, filled, blind);
        if (filling.also) filling.also(db, tickets);
        must(db.commit());
        if (first / batch_size % 10 == 0) fmt::print(stderr, "  {} tickets laid down\n", first);
    }
    execute(
        instance,
        "ANALYZE TABLE ticket, search_posting, search_span, person_key, enterprise_initials"
    );
}

}  // namespace hotline::bench
