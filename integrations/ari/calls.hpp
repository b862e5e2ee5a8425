#pragma once

#include "integrations/ari/call_script.hpp"

#include <map>

// All calls at one PBX that are ours: events find their call, and calls nobody has claimed are
// claimed. Pure (README.md, A8).
namespace hotline::ari {

struct Said {
    std::string call;
    Outputs outputs;
};

class Calls {
public:
    explicit Calls(ScriptSettings settings) : settings_(std::move(settings)) {}

    // Whether new calls are taken: not while the server goes down or cannot reach its stores.
    void accept(bool on) { accepting_ = on; }

    Said hear(const Event& event, Instant now);
    Said hear(const std::string& call, const Input& input, Instant now);
    std::vector<Said> tick(Instant now);
    // Calls found at the start (adopt.hpp).
    Said take_up(CallAtPbx call, Instant now);

    // Another server has it in hand now.
    void forget(const std::string& call) { scripts_.erase(call); }

    const CallScript* find(const std::string& call) const;
    // Not over yet.
    std::size_t open() const;
    std::vector<const CallAtPbx*> all() const;

private:
    CallScript& script_of(const std::string& call);

    ScriptSettings settings_;
    bool accepting_ = true;
    std::map<std::string, CallScript> scripts_;
};

// Which call an event is of; empty: none of ours.
std::string call_of(const Event& event);

}  // namespace hotline::ari
