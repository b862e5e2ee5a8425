#include "integrations/ari/answers.hpp"

#include "integrations/ari/names.hpp"

namespace hotline::ari {

std::optional<Input> input_of(const Command& command, unsigned status, std::string_view body) {
    if (!is_achieved(command, status)) return CommandFailed{command, status};
    if (command.deed == Deed::ask_endpoint) {
        const auto leg = read_name(command.call);
        // A telephone that is not watched over may be there: only "offline" is a no.
        return EndpointSeen{leg ? leg->number : 0, read_endpoint_state(body) != "offline"};
    }
    if (command.deed == Deed::ask_channel) {
        const auto channel = read_channel(body);
        return ChannelSeen{channel && in_stasis(*channel)};
    }
    return std::nullopt;
}

bool ends_chain(const Command& command, unsigned status) {
    if (is_achieved(command, status)) return false;
    return command.deed == Deed::answer || command.deed == Deed::open_hold ||
           command.deed == Deed::open_conversation || command.deed == Deed::add;
}

}  // namespace hotline::ari
