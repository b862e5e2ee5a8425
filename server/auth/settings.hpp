#pragma once

#include "integrations/crypto/password.hpp"
#include "integrations/crypto/password_rules.hpp"
#include "ticketing/types/ids.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace hotline::auth {

// Reads the wall clock; tests put their own in.
using Clock = std::function<ticketing::Instant()>;

// When an account refuses further attempts.
struct LockRules {
    unsigned failures = 5;  // wrong passwords in a row
    std::chrono::seconds lock = std::chrono::minutes{10};
    std::chrono::seconds first_wait{1};  // after the second failure; doubles with each further one
};

// Everything auth can be told. Defaults follow GB/T 22239-2019 level 3 practice.
struct Settings {
    // true: plain-http LAN; cookies without Secure and without the __Host- prefix.
    bool insecure_cookies = false;
    // "scheme://host[:port]" in lower case; the request's own Host is always one.
    std::vector<std::string> allowed_origins;

    std::chrono::seconds idle_agent = std::chrono::minutes{30};
    std::chrono::seconds idle = std::chrono::minutes{15};
    std::chrono::seconds absolute = std::chrono::hours{12};

    // How long a look-up is believed without asking the database: the longest a revocation made on
    // another server can stay unnoticed.
    std::chrono::milliseconds trust{2000};
    // The same while the database is away: calls go on being taken down.
    std::chrono::milliseconds offline_trust = std::chrono::minutes{15};
    std::chrono::milliseconds touch_every = std::chrono::minutes{1};

    LockRules lock;
    int attempts_per_address = 60;  // per minute
    // A refusal leaves no earlier than this, whatever made it: the time tells nothing.
    std::chrono::milliseconds refusal_floor{300};
    int password_days = 90;  // then it must be changed; 0 = never

    bool demonstration = false;  // admits demonstration accounts
    crypto::PasswordCost cost;
    crypto::PasswordRules rules;
    // Shared by all servers; authenticates WebSocket tickets. See crypto/key_file.hpp.
    std::string live_ticket_key;
};

}  // namespace hotline::auth
