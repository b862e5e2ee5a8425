#include "server/live_notice.hpp"

#include "ticketing/json_text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <type_traits>

namespace hotline {
namespace {

namespace json = boost::json;
using mysql::TicketLine;
using ticketing::JsonObject;

// One list of a change's members for both directions: `visit(key, member)`.
template <class Line, class Visit>
void each_member(Line& line, Visit&& visit) {
    auto& t = line.ticket;
    visit("id", t.id.value), visit("no", t.number), visit("v", t.version), visit("st", t.state);
    visit("ch", t.channel), visit("ty", t.type), visit("cat", t.category), visit("top", t.topic);
    visit("ti", t.title), visit("ur", t.urgency), visit("div", t.division);
    visit("en", t.enterprise_name), visit("lead", t.lead_unit.value);
    visit("off", t.official.value), visit("own", t.case_owner.value);
    visit("vis", t.visiting_official.value), visit("by", t.created_by.value);
    visit("about", t.complained_unit.value), visit("at", t.accepted_at);
    visit("ro", t.round), visit("uc", t.urge_count), visit("ne", t.needs_entry);
    visit("hc", t.hard_case), visit("co", t.appellant.confidential);
    visit("an", t.appellant.anonymous), visit("rf", t.risk_flags);
    visit("hd", line.handle_due_at), visit("nd", line.next_due_at);
    visit("nc", line.next_clock), visit("nl", line.next_limit);
}

std::int64_t number_of(ticketing::Instant value) {
    return value.time_since_epoch().count();
}
template <class T>
std::int64_t number_of(T value) {
    return static_cast<std::int64_t>(value);
}

struct Writer {
    JsonObject& out;

    void operator()(std::string_view key, const std::string& value) const {
        if (!value.empty()) out.text(key, value);
    }
    template <class T>
    void operator()(std::string_view key, const std::optional<T>& value) const {
        if (value) out.number(key, number_of(*value));
    }
    template <class T>
    void operator()(std::string_view key, const T& value) const {
        if (value != T{}) out.number(key, number_of(value));
    }
};

struct Reader {
    const json::object& in;

    std::optional<std::int64_t> number(std::string_view key) const {
        const json::value* found = in.if_contains(key);
        if (found == nullptr || !found->is_int64()) return std::nullopt;
        return found->get_int64();
    }
    template <class T>
    static T made_of(std::int64_t number) {
        if constexpr (std::is_same_v<T, ticketing::Instant>) {
            return T{std::chrono::milliseconds{number}};
        } else {
            return static_cast<T>(number);
        }
    }
    void operator()(std::string_view key, std::string& value) const {
        const json::value* found = in.if_contains(key);
        value = found != nullptr && found->is_string() ? std::string(found->get_string()) : "";
    }
    template <class T>
    void operator()(std::string_view key, std::optional<T>& value) const {
        if (const auto given = number(key)) value = made_of<T>(*given);
    }
    template <class T>
    void operator()(std::string_view key, T& value) const {
        value = made_of<T>(number(key).value_or(0));
    }
};

std::string units_text(const std::vector<ticketing::UnitId>& units) {
    std::string list = "[";
    for (const auto unit : units) {
        if (list.size() > 1) list += ',';
        list += std::to_string(unit.value);
    }
    return list + "]";
}

std::vector<ticketing::UnitId> units_in(const json::object& in, std::string_view key) {
    std::vector<ticketing::UnitId> list;
    const json::value* units = in.if_contains(key);
    if (units == nullptr || !units->is_array()) return list;
    for (const json::value& unit : units->get_array()) {
        if (unit.is_int64()) list.push_back({static_cast<std::uint64_t>(unit.get_int64())});
    }
    return list;
}

std::shared_ptr<const TicketChange> read_change(const json::object& in) {
    auto change = std::make_shared<TicketChange>();
    each_member(change->line, Reader{in});
    change->line.ticket.co_units = units_in(in, "cu");
    change->line.ticket.charged_units = units_in(in, "cg");
    return change;
}

redis::LiveMessage message(std::string_view topic, const JsonObject& body) {
    return {.id = {}, .topic = std::string(topic), .json = body.str()};
}

std::optional<json::object> object_in(const redis::LiveMessage& message) {
    boost::system::error_code error;
    json::value value = json::parse(message.json, error);
    if (error || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

}  // namespace

redis::LiveMessage ticket_changed(const TicketLine& line) {
    JsonObject out;
    out.text("type", "ticket_changed");
    each_member(line, Writer{out});
    const auto& t = line.ticket;
    if (!t.co_units.empty()) out.raw("cu", units_text(t.co_units));
    if (!t.charged_units.empty()) out.raw("cg", units_text(t.charged_units));
    return message(live_topic::tickets, out);
}

redis::LiveMessage many_tickets_changed(std::size_t count) {
    JsonObject out;
    out.text("type", "tickets_many").number("count", static_cast<std::int64_t>(count));
    return message(live_topic::tickets, out);
}

redis::LiveMessage call_changed(ticketing::UserId agent, std::string_view call) {
    JsonObject out;
    out.text("type", "call_changed").number("agent", static_cast<std::int64_t>(agent.value));
    return message(live_topic::calls, out.raw("call", call));
}

redis::LiveMessage agent_moved(ticketing::UserId agent, std::string_view standing) {
    JsonObject out;
    out.text("type", "agent_moved").number("agent", static_cast<std::int64_t>(agent.value));
    return message(live_topic::calls, out.raw("call", standing));
}

redis::LiveMessage call_left(ticketing::UserId agent, std::string_view call_id) {
    JsonObject call;
    call.text("call_id", call_id).text("state", "transferred");
    JsonObject out;
    out.text("type", "call_changed").number("agent", static_cast<std::int64_t>(agent.value));
    return message(live_topic::calls, out.number("only", 1).raw("call", call.str()));
}

redis::LiveMessage command_ended(ticketing::UserId asker, std::string_view command) {
    JsonObject out;
    out.text("type", "call_command").number("agent", static_cast<std::int64_t>(asker.value));
    return message(live_topic::calls, out.number("only", 1).raw("call", command));
}

redis::LiveMessage commands_asked() {
    return message(live_topic::commands, JsonObject());
}

redis::LiveMessage callbacks_changed() {
    JsonObject out;
    return message(live_topic::calls, out.text("type", "callbacks_changed"));
}

redis::LiveMessage kpi_changed() {
    JsonObject out;
    return message(live_topic::kpi, out.text("type", "kpi_changed"));
}

redis::LiveMessage notice_told(
    ticketing::UserId receiver, std::uint64_t notice, std::string_view item
) {
    JsonObject out;
    out.number("to", static_cast<std::int64_t>(receiver.value));
    out.number("notice", static_cast<std::int64_t>(notice)).raw("item", item);
    return message(live_topic::notices, out);
}

redis::LiveMessage device_wiped(std::string_view device, std::string_view server) {
    JsonObject out;
    return message(live_topic::wipes, out.text("device", device).text("server", server));
}

redis::LiveMessage sessions_ended(ticketing::UserId account) {
    JsonObject out;
    return message(
        live_topic::sessions, out.number("account", static_cast<std::int64_t>(account.value))
    );
}

redis::LiveMessage gap_of(std::string_view server) {
    JsonObject out;
    return message(live_topic::gap, out.text("server", server));
}

std::optional<live::Message> read_notice(const redis::LiveMessage& message) {
    if (message.topic.starts_with('_')) return std::nullopt;
    const auto body = object_in(message);
    if (!body) return std::nullopt;
    live::Message out{message.id, message.topic, {}, nullptr, {}};
    Reader{*body}("type", out.type);
    if (out.type == "ticket_changed") {
        out.audience = read_change(*body);
    } else if (out.type == "tickets_many") {
        const auto count = Reader{*body}.number("count").value_or(0);
        out.audience =
            std::make_shared<const SameForAll>(JsonObject().number("count", count).str());
    } else if (out.type == "call_changed" || out.type == "agent_moved" ||
               out.type == "call_command") {
        const auto agent = static_cast<std::uint64_t>(Reader{*body}.number("agent").value_or(0));
        const json::value* call = body->if_contains("call");
        if (call == nullptr) return std::nullopt;
        const bool only = Reader{*body}.number("only").has_value();
        out.audience =
            std::make_shared<const CallChange>(CallChange{{agent}, json::serialize(*call), only});
    } else if (out.type == "kpi_changed" || out.type == "callbacks_changed") {
        out.audience = std::make_shared<const SameForAll>("{}");
    } else {
        return std::nullopt;
    }
    return out;
}

redis::LiveMessage presence_told(const PresenceNews& news) {
    JsonObject out;
    out.text("server", news.server);
    if (news.whole) out.number("whole", 1);
    if (news.asking) out.number("ask", 1);
    const auto each = [](const live::Whereabouts& one) {
        JsonObject entry;
        entry.number("s", static_cast<std::int64_t>(one.session));
        if (one.place.ticket.empty()) return entry.str();
        entry.number("u", static_cast<std::int64_t>(one.person)).text("n", one.name);
        entry.text("r", one.role).text("t", one.place.ticket);
        if (one.place.doing == live::Doing::editing) entry.number("e", 1);
        return entry.str();
    };
    return message(live_topic::presence, out.raw("at", ticketing::json_array(news.told, each)));
}

std::optional<PresenceNews> presence_in(const redis::LiveMessage& message) {
    if (message.topic != live_topic::presence) return std::nullopt;
    const auto body = object_in(message);
    const json::value* list = body ? body->if_contains("at") : nullptr;
    if (list == nullptr || !list->is_array()) return std::nullopt;
    PresenceNews news;
    const Reader reader{*body};
    reader("server", news.server);
    news.whole = reader.number("whole").has_value();
    news.asking = reader.number("ask").has_value();
    for (const json::value& entry : list->get_array()) {
        if (!entry.is_object()) continue;
        const Reader in{entry.get_object()};
        live::Whereabouts one;
        in("s", one.session), in("u", one.person), in("n", one.name), in("r", one.role);
        in("t", one.place.ticket);
        if (in.number("e")) one.place.doing = live::Doing::editing;
        news.told.push_back(std::move(one));
    }
    return news;
}

ticketing::UserId account_in(const redis::LiveMessage& message) {
    const auto body = object_in(message);
    if (message.topic != live_topic::sessions || !body) return {};
    return {static_cast<std::uint64_t>(Reader{*body}.number("account").value_or(0))};
}

std::optional<NoticeFrame> notice_in(const redis::LiveMessage& message) {
    if (message.topic != live_topic::notices) return std::nullopt;
    const auto body = object_in(message);
    const json::value* item = body ? body->if_contains("item") : nullptr;
    if (item == nullptr || !item->is_object()) return std::nullopt;
    NoticeFrame out;
    out.receiver = {static_cast<std::uint64_t>(Reader{*body}.number("to").value_or(0))};
    out.notice = static_cast<std::uint64_t>(Reader{*body}.number("notice").value_or(0));
    json::object frame{{"type", "notice"}};
    for (const auto& member : item->get_object()) frame.emplace(member.key(), member.value());
    out.frame = json::serialize(frame);
    return out;
}

std::string device_in(const redis::LiveMessage& message) {
    std::string device;
    if (message.topic != live_topic::wipes) return device;
    if (const auto body = object_in(message)) Reader{*body}("device", device);
    return device;
}

std::string server_in(const redis::LiveMessage& message) {
    const auto body = object_in(message);
    std::string server;
    const bool named = message.topic == live_topic::gap || message.topic == live_topic::wipes;
    if (named && body) Reader{*body}("server", server);
    return server;
}

}  // namespace hotline
