#pragma once

#include "integrations/mysql/connection.hpp"
#include "ticketing/router/misroutes.hpp"

#include <atomic>
#include <memory>

namespace hotline {

using MisroutesPtr = std::shared_ptr<const ticketing::Misroutes>;

// What returns have taught the router (R13), as far as this server has read it. A decision takes
// what is in force and asks no database. Any thread.
class MisrouteSource {
public:
    MisroutesPtr current() const { return current_.load(); }
    void replace(MisroutesPtr next) { current_.store(std::move(next)); }

private:
    std::atomic<MisroutesPtr> current_{std::make_shared<const ticketing::Misroutes>()};
};

Result<MisroutesPtr> read_misroutes(mysql::Connection& db, ticketing::Instant now);

}  // namespace hotline
