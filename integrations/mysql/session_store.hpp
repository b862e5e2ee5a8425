#pragma once

#include "integrations/mysql/account_store.hpp"
#include "integrations/mysql/connection.hpp"
#include "ticketing/errors.hpp"
#include "ticketing/types/ids.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hotline::mysql {

// SHA-256 of a session or API token: the only form in which one is stored.
using TokenDigest = std::array<std::uint8_t, 32>;

struct Session {
    TokenDigest token{};
    ticketing::UserId account;
    std::uint32_t generation = 0;  // the account's at log-in; another one now = ended
    std::string csrf_token;
    ticketing::Instant created_at;
    ticketing::Instant seen_at;
    ticketing::Instant expires_at;  // absolute
    std::string address;
    std::string user_agent;
    std::string device;  // "" when the browser named none

    bool operator==(const Session&) const = default;
};

struct SessionAndAccount {
    Session session;
    Account account;  // without `password`

    bool operator==(const SessionAndAccount&) const = default;
};

// Texts longer than their columns are cut.
Result<void> insert_session(Connection& db, const Session& session);
// As stored: whether it is still good is auth's to judge.
Result<std::optional<SessionAndAccount>> find_session(Connection& db, const TokenDigest& token);
// The session is of this device from now on.
Result<void> bind_session(Connection& db, const TokenDigest& token, std::string_view device);
// All of one device; whose they were.
Result<std::vector<ticketing::UserId>> delete_sessions_of_device(
    Connection& db, std::string_view device
);
// Moves seen_at forward, never back.
Result<void> touch_session(Connection& db, const TokenDigest& token, ticketing::Instant seen_at);
// Lets a session outlive the change of generation its own owner made.
Result<void> set_session_generation(
    Connection& db, const TokenDigest& token, std::uint32_t generation
);
// False when there was none.
Result<bool> delete_session(Connection& db, const TokenDigest& token);
// All of the account's, or all but `keep`; the count.
Result<std::uint64_t> delete_sessions_of(
    Connection& db, ticketing::UserId account, std::optional<TokenDigest> keep = {}
);
// Absolutely expired ones and those not seen since `seen_before`; at most 1 000 a call.
Result<std::uint64_t> purge_sessions(
    Connection& db, ticketing::Instant now, ticketing::Instant seen_before
);

struct ApiToken {
    std::uint64_t id = 0;
    std::string name;
    std::string scope;
    TokenDigest token{};
    ticketing::UserId created_by;
    ticketing::Instant created_at;
    std::optional<ticketing::Instant> expires_at;
    std::optional<ticketing::Instant> revoked_at;
    std::optional<ticketing::Instant> last_used_at;

    bool operator==(const ApiToken&) const = default;
};

// `id`, `revoked_at` and `last_used_at` are not read; gives the id.
Result<std::uint64_t> insert_api_token(Connection& db, const ApiToken& token);
Result<std::optional<ApiToken>> find_api_token(Connection& db, const TokenDigest& token);
// Newest first; revoked ones too.
Result<std::vector<ApiToken>> list_api_tokens(Connection& db);
// not_found when there is no such token; revoking twice keeps the first instant.
Result<TokenDigest> revoke_api_token(Connection& db, std::uint64_t id, ticketing::Instant now);
Result<void> touch_api_token(Connection& db, std::uint64_t id, ticketing::Instant now);

}  // namespace hotline::mysql
