#include "integrations/mysql/attachment_store.hpp"

#include "integrations/mysql/event_row.hpp"
#include "integrations/mysql/param.hpp"

namespace hotline::mysql {
namespace {

constexpr std::string_view columns =
    "a.seq, a.kind, a.audience, a.digest, a.preview, a.bytes, a.width, a.height, a.name, a.sent, "
    "a.role, a.user_id, a.by_name, a.at";

Attachment read(const Row& row, std::size_t first = 0) {
    Attachment a;
    a.seq = static_cast<std::uint32_t>(row.unsigned_integer(first));
    a.kind = static_cast<ticketing::FileKind>(row.integer(first + 1));
    a.audience = static_cast<ticketing::Audience>(row.integer(first + 2));
    a.digest = digest_of(row.text(first + 3));
    if (!row.null(first + 4)) a.preview = digest_of(row.text(first + 4));
    a.bytes = row.unsigned_integer(first + 5);
    a.width = static_cast<int>(row.integer(first + 6));
    a.height = static_cast<int>(row.integer(first + 7));
    a.name = row.string(first + 8);
    a.sent = digest_of(row.text(first + 9));
    a.role = static_cast<ticketing::Role>(row.integer(first + 10));
    a.user = {row.unsigned_integer(first + 11)};
    a.by_name = row.string(first + 12);
    a.at = row.time(first + 13);
    return a;
}

Result<std::vector<Attachment>> list(Connection& db, std::string_view rest, Params params) {
    const auto rows = db.query(
        "SELECT " + std::string(columns) + " FROM attachment a " + std::string(rest), params
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<Attachment> found;
    for (const Row row : *rows) found.push_back(read(row));
    return found;
}

}  // namespace

Result<void> add_attachment(Connection& db, ticketing::TicketId ticket, const Attachment& a) {
    std::optional<std::string_view> preview;
    if (a.preview) preview = bytes_of(*a.preview);
    std::optional<std::uint64_t> user;
    if (a.user) user = a.user.value;
    const auto added = db.execute(
        "INSERT INTO attachment (ticket_id, seq, kind, audience, digest, preview, bytes, width, "
        "height, name, sent, role, user_id, by_name, at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        {ticket.value,
         a.seq,
         static_cast<int>(a.kind),
         static_cast<int>(a.audience),
         bytes_of(a.digest),
         preview,
         a.bytes,
         a.width,
         a.height,
         a.name,
         bytes_of(a.sent),
         static_cast<int>(a.role),
         user,
         a.by_name,
         a.at}
    );
    if (!added) return std::unexpected(added.error());
    return {};
}

Result<std::vector<Attachment>> attachments_of(Connection& db, ticketing::TicketId ticket) {
    return list(db, "WHERE a.ticket_id=? ORDER BY a.seq", {ticket.value});
}

Result<std::optional<Attachment>> find_attachment(
    Connection& db, ticketing::TicketId ticket, std::uint64_t seq
) {
    auto found = list(db, "WHERE a.ticket_id=? AND a.seq=?", {ticket.value, seq});
    if (!found) return std::unexpected(found.error());
    if (found->empty()) return std::nullopt;
    return std::move(found->front());
}

Result<bool> is_attached(Connection& db, const ticketing::Digest& digest) {
    const auto bytes = bytes_of(digest);
    const auto rows = db.query(
        "SELECT EXISTS (SELECT 1 FROM attachment WHERE digest=?) OR "
        "EXISTS (SELECT 1 FROM attachment WHERE preview=?)",
        {bytes, bytes}
    );
    if (!rows) return std::unexpected(rows.error());
    return rows->front().flag(0);
}

Result<void> for_each_attachment(Connection& db, const AttachmentSink& sink) {
    const std::string sql = "SELECT a.ticket_id, " + std::string(columns) +
                            ", e.changes FROM attachment a LEFT JOIN ticket_event e "
                            "ON e.ticket_id=a.ticket_id AND e.seq=a.seq AND e.act=" +
                            std::to_string(static_cast<int>(ticketing::Act::attach)) +
                            " ORDER BY a.ticket_id, a.seq";
    return db.for_each(sql, {}, [&sink](const Row& row) {
        sink({row.unsigned_integer(0)}, read(row, 1), row.text(15));
        return true;
    });
}

}  // namespace hotline::mysql
