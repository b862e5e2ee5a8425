#include "integrations/mysql/index_progress.hpp"

namespace hotline::mysql {

Result<std::optional<std::uint64_t>> begin_index_piece(
    Connection& db, std::string_view name, std::string_view edition
) {
    constexpr std::string_view waiting =
        "SELECT edition, upto FROM index_progress WHERE name=? AND (complete=0 OR edition<>?)";
    // Seldom is there anything to do, and looking takes no lock.
    const auto known = db.query(waiting, {name, edition});
    if (!known) return std::unexpected(known.error());
    if (known->empty()) return std::nullopt;
    const auto rows = db.query(std::string(waiting) + " FOR UPDATE SKIP LOCKED", {name, edition});
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::nullopt;
    if (rows->front().text(0) == edition) return rows->front().unsigned_integer(1);
    const auto begun = db.execute(
        "UPDATE index_progress SET edition=?, upto=0, complete=0 WHERE name=?", {edition, name}
    );
    if (!begun) return std::unexpected(begun.error());
    return std::uint64_t{0};
}

Result<void> end_index_piece(
    Connection& db, std::string_view name, std::optional<std::uint64_t> upto
) {
    const auto noted =
        upto ? db.execute("UPDATE index_progress SET upto=? WHERE name=?", {*upto, name})
             : db.execute("UPDATE index_progress SET complete=1 WHERE name=?", {name});
    if (!noted) return std::unexpected(noted.error());
    return {};
}

}  // namespace hotline::mysql
