#include "server/actions/index_search_texts.hpp"

#include "integrations/mysql/enterprise_initials.hpp"
#include "integrations/mysql/index_progress.hpp"
#include "integrations/mysql/person_keys.hpp"
#include "integrations/mysql/search_work.hpp"

namespace hotline::actions {
namespace {

Result<void> index_numbers(
    mysql::Connection& db,
    const Result<std::vector<mysql::PersonNumbers>>& numbers,
    const crypto::BlindIndex& blind
) {
    if (!numbers) return std::unexpected(numbers.error());
    std::vector<mysql::PersonKey> keys;
    for (const auto& [ticket, phone, code] : *numbers) {
        if (!phone.empty()) keys.push_back({key_of_phone(blind, phone), ticket});
        if (!code.empty()) keys.push_back({key_of_code(blind, code), ticket});
    }
    return mysql::write_person_keys(db, keys);
}

// Both: whether there was a piece to take up.

Result<bool> catch_up_initials(mysql::Connection& db, std::size_t limit) {
    using namespace mysql;
    const auto after = begin_index_piece(db, initials_progress, initials_edition);
    if (!after) return std::unexpected(after.error());
    if (!*after) return false;
    const auto upto = write_next_initials(db, **after, limit);
    if (!upto) return std::unexpected(upto.error());
    if (auto done = end_index_piece(db, initials_progress, *upto); !done) {
        return std::unexpected(done.error());
    }
    return true;
}

// What other keys left goes first; nothing of it would ever be found again.
Result<bool> catch_up_persons(
    mysql::Connection& db, std::size_t limit, const crypto::BlindIndex& blind
) {
    using namespace mysql;
    const auto after = begin_index_piece(db, persons_progress, blind.edition());
    if (!after) return std::unexpected(after.error());
    if (!*after) return false;
    if (**after == 0) {
        const auto forgotten = forget_person_keys(db, 4 * limit);
        if (!forgotten) return std::unexpected(forgotten.error());
        if (*forgotten > 0) return true;
    }
    const auto numbers = next_person_numbers(db, **after, limit);
    if (auto done = index_numbers(db, numbers, blind); !done) return std::unexpected(done.error());
    std::optional<std::uint64_t> upto;
    if (!numbers->empty()) upto = numbers->back().ticket.value;
    if (auto done = end_index_piece(db, persons_progress, upto); !done) {
        return std::unexpected(done.error());
    }
    return true;
}

}  // namespace

Result<std::size_t> index_search_texts(
    mysql::Connection& db, std::size_t limit, const crypto::BlindIndex& blind
) {
    const auto work = mysql::take_search_work(db, limit);
    if (!work) return std::unexpected(work.error());
    if (work->rows.empty()) return 0;
    const auto texts = mysql::read_search_texts(db, work->texts);
    if (!texts) return std::unexpected(texts.error());
    if (auto done = mysql::index_texts(db, *texts); !done) return std::unexpected(done.error());
    const auto numbers = mysql::read_person_numbers(db, work->texts.appeals);
    if (auto done = index_numbers(db, numbers, blind); !done) return std::unexpected(done.error());
    if (auto done = mysql::finish_search_work(db, work->rows); !done) {
        return std::unexpected(done.error());
    }
    return work->rows.size();
}

Result<bool> catch_up_indexes(
    mysql::Connection& db, std::size_t limit, const crypto::BlindIndex& blind
) {
    const auto initials = catch_up_initials(db, limit);
    if (!initials) return initials;
    const auto persons = catch_up_persons(db, limit, blind);
    if (!persons) return persons;
    return *initials || *persons;
}

std::string key_of_phone(const crypto::BlindIndex& blind, std::string_view phone) {
    return blind.key_of("phone", phone);
}

std::string key_of_code(const crypto::BlindIndex& blind, std::string_view code) {
    return blind.key_of("code", code);
}

}  // namespace hotline::actions
