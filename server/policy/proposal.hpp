#pragma once

#include "integrations/mysql/policy_store.hpp"
#include "sla/policy.hpp"
#include "ticketing/types/directory.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace hotline::policy {

// What is wrong with a text, in both languages; `line` from 1, 0 where it is the whole.
struct Problem {
    int line = 0;
    std::string zh;
    std::string en;

    bool operator==(const Problem&) const = default;
};

// What a text would make of the newest version.
struct Proposal {
    sla::Policy policy;                // with the next number
    std::string body;                  // the text as it would be kept, comments included
    std::vector<std::string> removed;  // rules as sla::to_text writes them
    std::vector<std::string> added;
    std::vector<Problem> problems;  // any: it must not be added

    // Order decides between rules: the same rules in another order are another policy.
    bool changes_nothing = false;
};

// The number in the text's line "policy N" does not matter: it becomes the next one.
Proposal propose(
    std::string_view text, const sla::Policy& newest, const ticketing::Directory& directory
);

// The same against the newest version in the database. `internal` when that cannot be read.
Result<Proposal> propose(
    mysql::Connection& db, std::string_view text, const ticketing::Directory& directory
);

}  // namespace hotline::policy
