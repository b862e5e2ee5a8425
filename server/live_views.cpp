#include "server/live_views.hpp"

#include "server/api/ticket_json.hpp"
#include "server/live_notice.hpp"
#include "server/now.hpp"

namespace hotline {
namespace {

using ticketing::Role;
using ticketing::Verb;
using Text = std::shared_ptr<const std::string>;

const LiveUser& user_of(const live::Principal& who) {
    return static_cast<const LiveUser&>(who);  // the feed's own authenticate() made it
}

// Everything a summary depends on besides the ticket and the city.
int masking_of(const ticketing::FieldViews& views) {
    return static_cast<int>(views.person) * 9 + static_cast<int>(views.uscc) * 3 +
           static_cast<int>(views.free_text);
}

Text ticket_for(const LiveUser& user, const TicketChange& change, const CityPtr& city) {
    const auto& scope = user.scope(city);
    const auto& ticket = change.line.ticket;
    if (!may_see(scope, scope_keys(ticket))) return nullptr;
    auto& text = change.rendered[masking_of(views_of(user.actor(), ticket, scope))];
    if (!text) {
        const auto now = hotline::now();
        const api::Viewer viewer{user.actor(), scope, *city, now};
        text = std::make_shared<const std::string>(api::summary_json(change.line, viewer));
    }
    return text;
}

}  // namespace

const ticketing::Scope& LiveUser::scope(const CityPtr& city) const {
    if (city_ != city) {
        scope_ = scope_of(actor_, city->directory);
        city_ = city;
    }
    return scope_;
}

bool may_listen(const live::Principal& who, std::string_view topic) {
    const Role role = user_of(who).actor().role;
    if (topic == live_topic::tickets) return may(role, Verb::ticket_list);
    if (topic == live_topic::calls) return may(role, Verb::call_read);
    if (topic == live_topic::kpi) return may(role, Verb::kpi_read);
    return false;
}

Text LiveViews::operator()(const live::Principal& who, const live::Message& message) const {
    const LiveUser& user = user_of(who);
    if (message.type == "ticket_changed") {
        const auto& change = *static_cast<const TicketChange*>(message.audience.get());
        return ticket_for(user, change, city_.current());
    }
    if (message.type == "call_changed" || message.type == "agent_moved" ||
        message.type == "call_command") {
        const auto change = std::static_pointer_cast<const CallChange>(message.audience);
        const bool own = change->agent && change->agent == user.actor().user;
        if (!own && (change->agent_only || user.actor().role == Role::agent)) return nullptr;
        return {change, &change->call};
    }
    return std::static_pointer_cast<const SameForAll>(message.audience);
}

}  // namespace hotline
