#pragma once

#include "integrations/redis/connection.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::redis {

// What became of an accepted appeal. The letters travel between servers of different versions.
enum class CommitOutcome : char {
    created = 'c',        // the ticket is committed
    existing = 'e',       // it was committed before, with the same body
    other_body = 'o',     // the key belongs to another body
    dead_lettered = 'd',  // unreadable; a stub ticket stands for it
};

struct CommitNotice {
    std::string ticket_no;  // as promised to the caller
    CommitOutcome outcome = CommitOutcome::created;

    bool operator==(const CommitNotice&) const = default;
};

std::string encode_notices(const std::vector<CommitNotice>& notices);
// Unreadable lines are left out: a lost notice only turns a 201 into a 202.
std::vector<CommitNotice> decode_notices(std::string_view text);

// Tells the server that accepted an appeal (IntakeEntry::origin) that another one has committed it.
// Best effort: a notice published while nobody listens is gone.
class CommitNotices {
public:
    using OnNotices = std::function<void(std::vector<CommitNotice>)>;

    // `subscriber` must be this object's own and not yet running. Both outlive the object.
    // `on_notices` runs on the subscriber's executor.
    CommitNotices(
        Connection& commands, Connection& subscriber, std::string own_id, OnNotices on_notices
    );

    boost::asio::awaitable<Result<void>> tell(
        std::string server_id, std::vector<CommitNotice> notices
    );

private:
    Connection& commands_;
};

}  // namespace hotline::redis
