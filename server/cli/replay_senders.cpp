#include "server/cli/replay_senders.hpp"

#include "integrations/crypto/ids.hpp"
#include "server/now.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <fmt/format.h>

namespace hotline::cli {
namespace {

namespace json = boost::json;

constexpr std::string_view nobody = "091300000000";  // a number that cannot exist

json::object body_of(const ReplayAppeal& appeal, const std::optional<ticketing::Enterprise>& firm) {
    json::object body;
    if (!appeal.title.empty()) body["title"] = appeal.title;
    body["content"] = appeal.text;
    if (firm) {
        body["uscc"] = firm->uscc;
        body["enterprise_name"] = firm->name;
    }
    json::object appellant;
    appellant["name"] = "回放";
    appellant["phone"] = firm && !firm->phone.empty() ? firm->phone : std::string{nobody};
    body["appellant"] = std::move(appellant);
    return body;
}

Result<std::string> number_in(const Result<json::object>& receipt) {
    if (!receipt) return std::unexpected(receipt.error());
    return text_of(*receipt, "ticket_no");
}

}  // namespace

Senders::Senders(
    HttpClient stranger, CallPlatform platform, Person agent, Person official, Person admin
)
    : stranger_(std::move(stranger)),
      platform_(std::move(platform)),
      agent_(std::move(agent)),
      official_(std::move(official)),
      admin_(std::move(admin)),
      run_(crypto::ulid(now())) {}

Result<Senders> Senders::ready(
    std::string_view url, const std::map<std::string, std::string>& passwords
) {
    auto stranger = HttpClient::at(url);
    if (!stranger) return std::unexpected(stranger.error());
    auto agent = Person::log_in(url, "agent01", passwords);
    if (!agent) return std::unexpected(agent.error());
    auto official = Person::log_in(url, "official01", passwords);
    if (!official) return std::unexpected(official.error());
    auto admin = Person::log_in(url, "admin", passwords);
    if (!admin) return std::unexpected(admin.error());
    auto platform = CallPlatform::ready(url, *admin, "replay");
    if (!platform) return std::unexpected(platform.error());
    return Senders{
        std::move(*stranger),
        std::move(*platform),
        std::move(*agent),
        std::move(*official),
        std::move(*admin)
    };
}

void Senders::dismiss() {
    platform_.dismiss(admin_);
}

Result<void> Senders::call_event(
    const std::string& call, std::string_view type, std::string_view phone
) {
    json::object event;
    event["event_id"] = fmt::format("{}-{}", run_, ++sequence_);
    event["seq"] = sequence_;
    event["occurred_at"] = time_text(now());
    event["type"] = type;
    event["call_id"] = call;
    event["ani"] = phone;
    event["dnis"] = "12345";
    event["queue"] = "enterprise";
    event["agent"] = agent_.extension();
    return platform_.tell(json::array{std::move(event)});
}

Result<std::string> Senders::by_portal(const json::object& body, const std::string& key) {
    return number_in(object_of(stranger_.request(
        "POST", "/api/v1/appeals", json::serialize(body), {{"Idempotency-Key", key}}
    )));
}

// As a call platform reports a call: it rings, is taken, the agent writes, it ends.
Result<std::string> Senders::by_call(
    json::object body, const std::string& key, std::string_view phone
) {
    for (const auto* type : {"call.offered", "call.queued", "call.ringing", "call.answered"}) {
        if (auto told = call_event(key, type, phone); !told) return std::unexpected(told.error());
    }
    body["call_id"] = key;
    body["channel"] = "phone";
    auto number = number_in(agent_.post("/api/v1/tickets", body, key));
    if (auto told = call_event(key, "call.ended", phone); !told) {
        return std::unexpected(told.error());
    }
    return number;
}

Result<std::string> Senders::send(
    std::size_t n,
    const ReplayAppeal& appeal,
    const std::optional<ticketing::Enterprise>& enterprise
) {
    const json::object body = body_of(appeal, enterprise);
    const std::string key = fmt::format("replay-{}-{}", run_, n);
    if (n % 3 == 0) return by_portal(body, key);
    if (n % 3 == 1)
        return by_call(body, key, enterprise ? std::string_view{enterprise->phone} : nobody);
    return number_in(official_.post("/api/v1/visits", body, key));
}

}  // namespace hotline::cli
