#pragma once

#include "integrations/mysql/session_store.hpp"
#include "server/city.hpp"
#include "server/live/hub.hpp"
#include "ticketing/permissions.hpp"
#include "ticketing/types/actor.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace hotline {

// A person at a live feed.
class LiveUser : public live::Principal {
public:
    LiveUser(ticketing::Actor actor, mysql::TokenDigest session, std::string device = {})
        : actor_(std::move(actor)), session_(session), device_(std::move(device)) {}

    const ticketing::Actor& actor() const { return actor_; }
    const mysql::TokenDigest& session() const { return session_; }
    const std::string& device() const { return device_; }  // "": not known
    // By the city in force, so that a change of units reaches open feeds as well.
    const ticketing::Scope& scope(const CityPtr& city) const;

private:
    ticketing::Actor actor_;
    mysql::TokenDigest session_;
    std::string device_;
    mutable CityPtr city_;
    mutable ticketing::Scope scope_;
};

// Who may listen to what: the same verbs as the lists the topics keep up to date.
bool may_listen(const live::Principal& who, std::string_view topic);

// What a message is to one of its listeners (A2–A8 for tickets; an agent's own calls); null: he may
// not know of it. For the event loop's thread: it keeps what it rendered in the message.
class LiveViews {
public:
    explicit LiveViews(const CitySource& city) : city_(city) {}

    std::shared_ptr<const std::string> operator()(
        const live::Principal& who, const live::Message& message
    ) const;

private:
    const CitySource& city_;
};

}  // namespace hotline
