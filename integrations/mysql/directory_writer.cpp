#include "integrations/mysql/directory_writer.hpp"

#include "integrations/mysql/enterprise_initials.hpp"

#include <concepts>

namespace hotline::mysql {
namespace {

using ticketing::organisation::Deed;

void give_id(ticketing::Unit& unit, std::uint64_t id) {
    unit.id = {id};
}
void give_id(StaffedOfficial& staffed, std::uint64_t id) {
    staffed.official.id = {id};
}
void give_id(ticketing::organisation::Leave& leave, std::uint64_t id) {
    leave.id = {id};
}
void give_id(ticketing::Turn& turn, std::uint64_t id) {
    turn.id = {id};
}
void give_id(ticketing::organisation::Card& card, std::uint64_t id) {
    card.id = {id};
}
void give_id(ticketing::Enterprise& firm, std::uint64_t id) {
    firm.id = {id};
}

template <class Entry>
Deed deed_of(const EntryChange<Entry>& change) {
    if (!change.before) return Deed::created;
    const bool was = ticketing::organisation::in_use(*change.before),
               is = ticketing::organisation::in_use(change.after);
    if (was == is) return Deed::changed;
    return is ? Deed::activated : Deed::deactivated;
}

template <class Entry>
std::string update_statement() {
    std::string text = "UPDATE " + std::string(TableOf<Entry>::name) + " SET ";
    for (const auto& column : column_names(TableOf<Entry>::columns)) text += column + " = ?, ";
    return text + "revision = revision + 1 WHERE id = ?";
}

template <class Entry>
Result<void> write_row(Connection& db, const Entry& entry) {
    static const std::string sql = update_statement<Entry>();
    auto values = values_of(entry);
    values.emplace_back(ticketing::organisation::id_of(entry));
    const auto done = db.execute(sql, values);
    if (!done) return std::unexpected(done.error());
    if constexpr (std::same_as<Entry, ticketing::Enterprise>) {
        return write_enterprise_initials(db, std::span{&entry, 1});
    }
    return {};
}

}  // namespace

Result<void> raise_directory_revision(Connection& db) {
    const auto raised =
        db.execute("UPDATE directory_revision SET revision = revision + 1 WHERE id = 1");
    if (!raised) return std::unexpected(raised.error());
    return {};
}

Result<std::uint64_t> directory_revision(Connection& db) {
    const auto rows = db.query("SELECT revision FROM directory_revision WHERE id = 1");
    if (!rows) return std::unexpected(rows.error());
    return rows->empty() ? 0 : rows->front().unsigned_integer(0);
}

Result<DirectoryWriter> DirectoryWriter::open(Connection& db, DirectoryAuthor author) {
    if (auto raised = raise_directory_revision(db); !raised) {
        return std::unexpected(raised.error());
    }
    return DirectoryWriter{db, std::move(author)};
}

// Nobody else writes until the transaction ends, so the next number is free.
template <class Entry>
Result<void> DirectoryWriter::number(std::span<EntryChange<Entry>> changes) {
    std::uint64_t last = 0;
    for (auto& change : changes) {
        if (change.before || ticketing::organisation::id_of(change.after) != 0) continue;
        if (last == 0) {
            const auto rows =
                db_->query("SELECT COALESCE(MAX(id), 0) FROM " + std::string(TableOf<Entry>::name));
            if (!rows) return std::unexpected(rows.error());
            last = rows->front().unsigned_integer(0);
        }
        give_id(change.after, ++last);
    }
    return {};
}

template <class Entry>
Result<void> DirectoryWriter::write(std::span<EntryChange<Entry>> changes) {
    if (changes.empty()) return {};
    if (auto numbered = number(changes); !numbered) return numbered;
    InsertBatch history{
        "directory_change",
        "at, user_id, user_name, deed, kind, entity_id, entity_name, before_text, after_text, "
        "source, note"
    };
    std::vector<Entry> fresh;
    for (const auto& change : changes) {
        std::optional<std::string> before;
        if (change.before) before = ticketing::organisation::text_of(*change.before);
        const std::string after = ticketing::organisation::text_of(change.after);
        history.add(
            {author_.at,
             author_.user ? Param{author_.user.value} : Param{nullptr},
             author_.name,
             static_cast<int>(deed_of(change)),
             static_cast<int>(TableOf<Entry>::kind),
             ticketing::organisation::id_of(change.after),
             change.name,
             before,
             after,
             author_.source,
             author_.note}
        );
        if (!change.before) {
            fresh.push_back(change.after);
        } else if (auto done = write_row(*db_, change.after); !done) {
            return done;
        }
    }
    if (auto done = insert_entries(*db_, std::span<const Entry>{fresh}); !done) return done;
    const auto noted = db_->insert(history);
    if (!noted) return std::unexpected(noted.error());
    return {};
}

template Result<void> DirectoryWriter::write(std::span<EntryChange<ticketing::Unit>>);
template Result<void> DirectoryWriter::write(std::span<EntryChange<StaffedOfficial>>);
template Result<void>
    DirectoryWriter::write(std::span<EntryChange<ticketing::organisation::Leave>>);
template Result<void> DirectoryWriter::write(std::span<EntryChange<ticketing::Turn>>);
template Result<void> DirectoryWriter::write(std::span<EntryChange<ticketing::organisation::Card>>);
template Result<void> DirectoryWriter::write(std::span<EntryChange<ticketing::Enterprise>>);

}  // namespace hotline::mysql
