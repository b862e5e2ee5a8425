#pragma once

#include "integrations/mysql/directory_writer.hpp"
#include "ticketing/organisation/rules.hpp"
#include "ticketing/types/actor.hpp"

#include <functional>

namespace hotline::actions {

// Who keeps the directory.
struct Keeper {
    ticketing::Actor actor;
    mysql::DirectoryAuthor author;
    bool english = false;  // the language broken rules are told in
};

// What shall become of one entry.
template <class Entry>
struct DirectoryWish {
    std::uint64_t id = 0;        // 0: a new one
    std::uint32_t if_match = 0;  // the revision the asker saw
    std::function<void(Entry&)> apply;
    ticketing::OfficialId successor;  // of an official who leaves: takes over his cards
};

// Holds the wish against rules O1 to O18 and writes it with its history, inside the caller's
// transaction. The entry's id. not_found, stale_version, forbidden (leave and turns of another
// unit's people), validation_failed with one rule_broken field per rule.
template <class Entry>
Result<std::uint64_t> keep_entry(
    mysql::Connection& db, const DirectoryWish<Entry>& wish, const Keeper& keeper
);

// Broken rules as the asker is told of them.
Error broken_rules(const ticketing::organisation::Faults& faults, bool english);

}  // namespace hotline::actions
