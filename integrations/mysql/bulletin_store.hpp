#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/notices/channel.hpp"
#include "ticketing/types/actor.hpp"

#include <optional>
#include <string>
#include <vector>

namespace hotline::mysql {

struct Bulletin {
    std::uint64_t id = 0;
    ticketing::Instant at;
    ticketing::UserId author;
    std::string title;
    std::string body;
    std::vector<ticketing::Role> roles;    // none: officials
    std::vector<ticketing::UnitId> units;  // with all below them; none: all
    std::size_t receivers = 0;
};

// Writes it and a notice for each receiver; `id` and `receivers` are found out.
Result<Bulletin> add_bulletin(Connection& db, Bulletin bulletin);

struct ChannelProgress {
    ticketing::notices::Channel channel{};
    std::size_t queued = 0;
    std::size_t sent = 0;
    std::size_t failed = 0;
};
struct BulletinProgress {
    Bulletin bulletin;  // without units and roles
    std::size_t told = 0;
    std::size_t read = 0;
    std::vector<ChannelProgress> channels;
};
Result<std::optional<BulletinProgress>> bulletin_progress(Connection& db, std::uint64_t id);

}  // namespace hotline::mysql
