#pragma once

#include "integrations/mysql/directory_rows.hpp"

namespace hotline::mysql {

// Who changes the directory, when, from where: goes into the history.
struct DirectoryAuthor {
    ticketing::UserId user;  // none: the command line
    std::string name;
    ticketing::Instant at;
    std::string source;  // "api" or the imported file's name
    std::string note;
};

// An entry as it was (nothing: a new one) and as it shall be.
template <class Entry>
struct EntryChange {
    std::optional<Entry> before;
    Entry after;
    std::string name;  // what people call it
};

// The one way to change the directory: whatever is written, its history and the version other
// servers look at go with it, in the caller's transaction.
class DirectoryWriter {
public:
    // Raises the version under its lock: until the transaction ends this is the only writer, so
    // what is read after it is what the rules are asked about.
    static Result<DirectoryWriter> open(Connection& db, DirectoryAuthor author);

    // Gives new entries their ids.
    template <class Entry>
    Result<void> write(std::span<EntryChange<Entry>> changes);

    template <class Entry>
    Result<void> write(EntryChange<Entry>& change) {
        return write(std::span<EntryChange<Entry>>{&change, 1});
    }

private:
    DirectoryWriter(Connection& db, DirectoryAuthor author)
        : db_(&db), author_(std::move(author)) {}

    template <class Entry>
    Result<void> number(std::span<EntryChange<Entry>> changes);

    Connection* db_;
    DirectoryAuthor author_;
};

// For a city that is laid down or cleared, which has no history yet.
Result<void> raise_directory_revision(Connection& db);
Result<std::uint64_t> directory_revision(Connection& db);

}  // namespace hotline::mysql
