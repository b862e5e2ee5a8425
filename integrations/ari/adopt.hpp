#pragma once

#include "integrations/ari/call_script.hpp"

#include <span>

// What a server that starts, or that takes over from another, makes of what it finds at the PBX:
// calls go on without us, so their names and places tell where each of them stands. Pure
// (README.md, A20).
namespace hotline::ari {

// What our own records say of a call that is not over there.
struct KnownCall {
    std::string call;
    std::string ani;
    std::string dnis;
    std::optional<Instant> offered_at;
    bool answered = false;
    // Another server has it in hand, dead or alive, or it is a call of ours that is not there yet:
    // not to be touched.
    bool elsewhere = false;
    // The agent it was being offered to, or who has taken it; the token only of an offer.
    int attempt = 0;
    std::string extension;
    std::string token;
};

struct Adoption {
    // Each is to be taken up by Calls::take_up, which says what has to be done.
    std::vector<CallAtPbx> calls;
    // What belongs to no call any more.
    std::vector<Command> repairs;
    // Known, and not there: nobody knows how they ended.
    std::vector<std::string> lost;
};

// `application`: the name our own events come under; what was started under another is followed.
Adoption adopt(
    std::span<const Channel> channels,
    std::span<const Bridge> bridges,
    std::span<const KnownCall> known,
    const std::string& application
);

}  // namespace hotline::ari
