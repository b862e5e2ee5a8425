#pragma once

#include <optional>
#include <string>
#include <string_view>

// What we call things at the PBX (README.md, A3): each name says of which call it is, so that
// whoever finds it knows what it is for. A call is named by its caller's channel.
namespace hotline::ari {

enum class Part {
    hold,          // the bridge somebody waits in, with music
    conversation,  // the bridge people talk in
    agent,         // the leg to an agent; numbered by the offer
    third,         // the leg to somebody called in or transferred to; numbered
    watch,         // the leg to a shift lead who listens; numbered
    ear,           // what he hears the agent's leg by; numbered anew for each manner
    booth,         // the bridge of these two; numbered like his
    recording,
    greeting,  // sounds, from here on
    notice,    // numbered
    survey,
    survey_again,
    thanks,
    goodbye,
};

struct Named {
    Part part{};
    std::string call;
    int number = 0;

    bool operator==(const Named&) const = default;
};

std::string name_of(Part part, std::string_view call, int number = 0);
// None when it is no name of ours: an incoming channel, or somebody else's.
std::optional<Named> read_name(std::string_view name);

// Whether a PBX could have given this name, and it can stand in a path.
bool is_safe_name(std::string_view name);

}  // namespace hotline::ari
