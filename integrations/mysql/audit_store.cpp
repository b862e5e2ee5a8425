#include "integrations/mysql/audit_store.hpp"

#include "integrations/mysql/store_error.hpp"

#include <algorithm>

namespace hotline::mysql {
namespace {

using ticketing::Digest;

constexpr std::uint64_t page = 2'000;

std::string_view bytes(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

Digest digest_at(const Row& row, std::size_t column) {
    Digest digest{};
    const std::string_view stored = row.text(column);
    std::copy_n(stored.begin(), std::min(stored.size(), digest.size()), digest.begin());
    return digest;
}

std::string cut(const std::string& text, std::size_t max_bytes) {
    if (text.size() <= max_bytes) return text;
    std::size_t end = max_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end);
}

AuditEntry fitted(const AuditEntry& entry) {
    AuditEntry out = entry;
    out.action = cut(entry.action, 40);
    out.object = cut(entry.object, 80);
    out.address = cut(entry.address, 45);
    out.request_id = cut(entry.request_id, 40);
    if (out.detail.empty()) out.detail = "{}";
    return out;
}

void append_number(std::string& out, std::uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFFU);
}

void append_text(std::string& out, std::string_view text) {
    append_number(out, text.size());
    out += text;
}

Digest chained(
    const Digest& previous,
    unsigned shard,
    std::uint64_t seq,
    const AuditEntry& entry,
    ChainHash hash
) {
    std::string out(bytes(previous));
    append_number(out, shard);
    append_number(out, seq);
    append_number(out, static_cast<std::uint64_t>(entry.at.time_since_epoch().count()));
    append_number(out, entry.user.value);
    append_number(out, static_cast<std::uint64_t>(entry.role));
    append_text(out, entry.action);
    append_text(out, entry.object);
    append_number(out, entry.success ? 1 : 0);
    append_text(out, entry.address);
    append_text(out, entry.request_id);
    append_text(out, entry.detail);
    return hash({reinterpret_cast<const std::uint8_t*>(out.data()), out.size()});
}

struct Head {
    std::uint64_t seq = 0;
    Digest hash{};
};

Result<std::optional<Head>> lock_head(Connection& db, unsigned shard) {
    const auto rows =
        db.query("SELECT seq, hash FROM audit_head WHERE shard = ? FOR UPDATE", {shard});
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return std::optional<Head>{};
    return std::optional(Head{rows->front().unsigned_integer(0), digest_at(rows->front(), 1)});
}

// The first entry of a shard makes its head; of two at once the second waits for the first's commit
// and then finds the row.
Result<Head> locked_head(Connection& db, unsigned shard) {
    auto head = lock_head(db, shard);
    if (head && !*head) {
        const auto made = db.execute(
            "INSERT INTO audit_head (shard, seq, hash) VALUES (?, 0, ?)", {shard, bytes(Digest{})}
        );
        if (!made && classify(mysql_code(made.error())) != Failure::duplicate_key) {
            return std::unexpected(made.error());
        }
        head = lock_head(db, shard);
    }
    if (!head) return std::unexpected(head.error());
    if (!*head) return fail(ErrorCode::internal, "audit_head: row vanished");
    return **head;
}

Result<void> insert_entry(
    Connection& db,
    unsigned shard,
    std::uint64_t seq,
    const AuditEntry& entry,
    const Digest& previous,
    const Digest& hash
) {
    const auto inserted = db.execute(
        "INSERT INTO audit (shard, seq, at, user_id, role, action, object, success, address,"
        " request_id, detail, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {shard,
         seq,
         entry.at,
         entry.user ? Param{entry.user.value} : Param{nullptr},
         static_cast<int>(entry.role),
         entry.action,
         entry.object,
         entry.success,
         entry.address,
         entry.request_id,
         entry.detail,
         bytes(previous),
         bytes(hash)}
    );
    if (!inserted) return std::unexpected(inserted.error());
    return {};
}

// Columns 0–8: at, user_id, role, action, object, success, address, request_id, detail.
AuditEntry to_entry(const Row& row) {
    return AuditEntry{
        .at = row.time(0),
        .user = ticketing::UserId{row.unsigned_integer(1)},
        .role = static_cast<ticketing::Role>(row.integer(2)),
        .action = row.string(3),
        .object = row.string(4),
        .success = row.flag(5),
        .address = row.string(6),
        .request_id = row.string(7),
        .detail = row.string(8),
    };
}

struct Walk {
    Head reached;
    bool broken = false;
};

// One page of one chain, from the entry after `walk.reached` up to `last`.
Result<void> walk_page(
    Connection& db, unsigned shard, std::uint64_t last, ChainHash hash, Walk& walk
) {
    const auto rows = db.query(
        "SELECT at, user_id, role, action, object, success, address, request_id, detail, seq,"
        " previous_hash, hash FROM audit WHERE shard = ? AND seq > ? AND seq <= ?"
        " ORDER BY seq LIMIT ?",
        {shard, walk.reached.seq, last, page}
    );
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) walk.broken = true;  // the head promises entries that are not there
    for (const Row row : *rows) {
        const std::uint64_t seq = walk.reached.seq + 1;
        const Digest expected = chained(walk.reached.hash, shard, seq, to_entry(row), hash);
        if (row.unsigned_integer(9) != seq || digest_at(row, 10) != walk.reached.hash ||
            digest_at(row, 11) != expected) {
            walk.broken = true;
            return {};
        }
        walk.reached = Head{seq, expected};
    }
    return {};
}

struct Chain {
    unsigned shard = 0;
    Head head;
    bool headless = false;  // entries, but no head: somebody removed it
};

Result<std::vector<Chain>> chains(Connection& db) {
    const auto rows = db.query(
        "SELECT h.shard, h.seq, h.hash, 0 FROM audit_head h"
        " UNION SELECT DISTINCT a.shard, 0, '', 1 FROM audit a"
        " LEFT JOIN audit_head m ON m.shard = a.shard WHERE m.shard IS NULL ORDER BY 1"
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<Chain> out;
    for (const Row row : *rows) {
        out.push_back(Chain{
            static_cast<unsigned>(row.unsigned_integer(0)),
            Head{row.unsigned_integer(1), digest_at(row, 2)},
            row.flag(3)
        });
    }
    return out;
}

}  // namespace

Result<void> append_audit(Connection& db, const AuditEntry& raw, ChainHash hash) {
    const AuditEntry entry = fitted(raw);
    const auto shard = static_cast<unsigned>(entry.user.value % audit_shards);
    const auto head = locked_head(db, shard);
    if (!head) return std::unexpected(head.error());
    const std::uint64_t seq = head->seq + 1;
    const Digest sealed = chained(head->hash, shard, seq, entry, hash);
    if (const auto ok = insert_entry(db, shard, seq, entry, head->hash, sealed); !ok) return ok;
    const auto moved = db.execute(
        "UPDATE audit_head SET seq = ?, hash = ? WHERE shard = ?", {seq, bytes(sealed), shard}
    );
    if (!moved) return std::unexpected(moved.error());
    return {};
}

Result<std::vector<StoredAudit>> list_audit(
    Connection& db,
    std::string_view action,
    const std::optional<AuditPlace>& before,
    std::size_t limit
) {
    // The far future stands for "no cursor", so that one statement serves both.
    const AuditPlace from =
        before.value_or(AuditPlace{std::chrono::sys_days{std::chrono::year{9000} / 1 / 1}, 0, 0});
    const auto rows = db.query(
        "SELECT a.at, a.user_id, a.role, a.action, a.object, a.success, a.address, a.request_id,"
        " a.detail, a.shard, a.seq, COALESCE(u.name, '')"
        " FROM audit a LEFT JOIN account u ON u.id = a.user_id"
        " WHERE a.at <= ? AND (a.at < ? OR a.shard < ? OR (a.shard = ? AND a.seq < ?))"
        " AND (? = '' OR a.action = ?) ORDER BY a.at DESC, a.shard DESC, a.seq DESC LIMIT ?",
        {from.at,
         from.at,
         from.shard,
         from.shard,
         from.seq,
         action,
         action,
         static_cast<std::uint64_t>(limit)}
    );
    if (!rows) return std::unexpected(rows.error());
    std::vector<StoredAudit> out;
    out.reserve(rows->size());
    for (const Row row : *rows) {
        const AuditEntry entry = to_entry(row);
        const auto shard = static_cast<unsigned>(row.unsigned_integer(9));
        out.push_back({AuditPlace{entry.at, shard, row.unsigned_integer(10)}, entry, row.string(11)}
        );
    }
    return out;
}

Result<AuditVerdict> verify_audit(Connection& db, ChainHash hash) {
    const auto all = chains(db);
    if (!all) return std::unexpected(all.error());
    AuditVerdict verdict;
    for (const auto& [shard, head, headless] : *all) {
        Walk walk;
        while (!walk.broken && walk.reached.seq < head.seq) {
            if (const auto ok = walk_page(db, shard, head.seq, hash, walk); !ok) {
                return std::unexpected(ok.error());
            }
        }
        verdict.entries += walk.reached.seq;
        const bool intact = !headless && !walk.broken && walk.reached.hash == head.hash;
        if (!intact && !verdict.first_broken) {
            verdict.first_broken = AuditPlace{{}, shard, walk.reached.seq + 1};
        }
    }
    return verdict;
}

}  // namespace hotline::mysql
