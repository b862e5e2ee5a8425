#include "server/api/bulletins.hpp"

#include "integrations/mysql/bulletin_store.hpp"
#include "integrations/mysql/notice_deliveries.hpp"
#include "integrations/mysql/notice_steps.hpp"
#include "server/api/dto.hpp"
#include "server/auth/audit.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/masking.hpp"

namespace hotline::api {
namespace {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using ticketing::JsonObject;
using ticketing::notices::Channel;
using ticketing::notices::Channels;

constexpr std::size_t bulletin_body = 16 * 1024;

// Supervisors and administrators: who keeps the directory speaks to everybody in it (A11).
constexpr auto to_everybody = ticketing::Verb::directory_keep;

std::int64_t bulletin_count(std::size_t value) {
    return static_cast<std::int64_t>(value);
}

void read_audience(
    Fields& audience, mysql::Bulletin& bulletin, const ticketing::Directory& directory
) {
    for (const auto unit : audience.ids<ticketing::UnitId>("units", 200)) {
        if (directory.unit(unit) == nullptr) {
            audience.note("units", ErrorCode::unknown_reference);
            break;
        }
        bulletin.asked_units.push_back(unit);
        const auto& below = directory.subtree(unit);
        bulletin.units.insert(bulletin.units.end(), below.begin(), below.end());
    }
    for (const auto& role : audience.texts("roles", 10)) {
        const auto known = ticketing::from_name<ticketing::Role>(role);
        if (!known) {
            audience.note("roles", ErrorCode::not_in_list);
            break;
        }
        bulletin.roles.push_back(*known);
    }
    audience.refuse_others();
}

// G16: no number that stands for a person; telephones of offices may stand.
void refuse_personal(
    Fields& fields, std::string_view field, const std::string& text, bool english
) {
    if (ticketing::masked_text(text) == text) return;
    fields.note(
        field,
        ErrorCode::rule_broken,
        english ? "Leave out mobile, identity and card numbers: this is read on lock screens."
                : "请删去手机号、身份证号、银行卡号：内容会显示在锁屏上。"
    );
}

Result<mysql::Bulletin> read_bulletin(
    const Request& request, const ticketing::Directory& directory
) {
    const auto body = parse_object(request);
    if (!body) return std::unexpected(body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    mysql::Bulletin bulletin;
    bulletin.title = fields.required_text("title", {.min = 2, .max = 60});
    bulletin.body = fields.required_text("body", {.min = 2, .max = 500});
    bulletin.title_en = fields.text("title_en", {.min = 2, .max = 120}).value_or("");
    bulletin.body_en = fields.text("body_en", {.min = 2, .max = 1000}).value_or("");
    // Half an English text is none.
    if (bulletin.title_en.empty() != bulletin.body_en.empty()) {
        fields.note(bulletin.title_en.empty() ? "title_en" : "body_en", ErrorCode::missing_field);
    }
    const bool english = request.wants_english();
    refuse_personal(fields, "title", bulletin.title, english);
    refuse_personal(fields, "body", bulletin.body, english);
    refuse_personal(fields, "title_en", bulletin.title_en, english);
    refuse_personal(fields, "body_en", bulletin.body_en, english);
    if (auto audience = fields.object("audience")) read_audience(*audience, bulletin, directory);
    fields.refuse_others();
    if (const auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    return bulletin;
}

Result<mysql::Bulletin> read_audience_body(
    const Request& request, const ticketing::Directory& directory
) {
    const auto body = parse_object(request);
    if (!body) return std::unexpected(body.error());
    std::vector<FieldError> errors;
    Fields fields(*body, errors);
    mysql::Bulletin asked;
    read_audience(fields, asked, directory);
    if (const auto refused = refusal(std::move(errors))) return std::unexpected(*refused);
    return asked;
}

std::string bulletin_json(const mysql::BulletinProgress& progress) {
    const mysql::Bulletin& bulletin = progress.bulletin;
    JsonObject out;
    out.number("id", bulletin_count(bulletin.id)).text("at", to_text(bulletin.at));
    out.text("author_name", progress.author_name);
    out.text("title", bulletin.title).text("body", bulletin.body);
    if (!bulletin.title_en.empty()) {
        out.text("title_en", bulletin.title_en).text("body_en", bulletin.body_en);
    }
    out.raw("audience", progress.audience).number("receivers", bulletin_count(bulletin.receivers));
    out.number("told", bulletin_count(progress.told)).number("read", bulletin_count(progress.read));
    out.number("not_reached", bulletin_count(progress.not_reached));
    out.raw("receipts_kept", progress.kept ? "true" : "false");
    out.raw("channels", ticketing::json_array(progress.channels, [&](const auto& one) {
                JsonObject channel;
                channel.text("channel", ticketing::name(one.channel));
                channel.number("queued", bulletin_count(one.queued))
                    .number("sent", bulletin_count(one.sent));
                return channel.number("failed", bulletin_count(one.failed)).str();
            }));
    return out.str();
}

std::string_view delivery_state(int delivery) {
    switch (static_cast<mysql::DeliveryState>(delivery)) {
        case mysql::DeliveryState::queued:
            return "queued";
        case mysql::DeliveryState::sent:
            return "sent";
        case mysql::DeliveryState::failed:
        case mysql::DeliveryState::given_up:
            break;
    }
    return "failed";
}

std::string bulletin_receipt_json(const mysql::BulletinReceipt& receipt) {
    JsonObject out;
    out.number("id", bulletin_count(receipt.notice)).text("name", receipt.name);
    out.text("role", ticketing::name(receipt.role));
    if (!receipt.unit_name.empty()) out.text("unit_name", receipt.unit_name);
    out.text("receipt", ticketing::name(receipt.receipt));
    if (receipt.delivered_at) out.text("delivered_at", to_text(*receipt.delivered_at));
    if (receipt.read_at) out.text("read_at", to_text(*receipt.read_at));
    out.raw("channels", ticketing::json_array(receipt.ways, [](const auto& way) {
                JsonObject channel;
                channel.text("channel", ticketing::name(way.channel));
                return channel.text("state", delivery_state(way.state)).str();
            }));
    return out.str();
}

// How many of an audience each channel leads to.
struct Coverage {
    std::size_t receivers = 0;
    std::vector<std::pair<Channel, std::size_t>> channels;
    std::size_t unreachable = 0;  // by nothing but an open page
};

Result<Coverage> cover(
    mysql::Connection& db, const mysql::Bulletin& asked, const NoticeSetting& setting
) {
    const auto receivers = mysql::audience_of(db, asked);
    if (!receivers) return std::unexpected(receivers.error());
    const auto reach = mysql::read_reach(db, *receivers, setting.channels.has(Channel::email));
    if (!reach) return std::unexpected(reach.error());
    Coverage coverage;
    coverage.receivers = receivers->size();
    for (const auto& [channel, word] : names_of(Channel{})) {
        const bool used = channel != Channel::live && channel != Channel::voice;
        if (used && setting.channels.has(channel)) coverage.channels.emplace_back(channel, 0);
    }
    for (const auto& [user, one] : *reach) {
        bool reached = false;
        for (auto& [channel, count] : coverage.channels) {
            if (!one.addresses.has(channel) || !one.preferences.wanted.has(channel)) continue;
            ++count;
            reached = true;
        }
        if (!reached) ++coverage.unreachable;
    }
    return coverage;
}

std::string coverage_json(const Coverage& coverage) {
    JsonObject out;
    out.number("receivers", bulletin_count(coverage.receivers));
    out.number("open_page_only", bulletin_count(coverage.unreachable));
    out.raw("channels", ticketing::json_array(coverage.channels, [](const auto& entry) {
                JsonObject line;
                line.text("channel", ticketing::name(entry.first));
                return line.number("receivers", bulletin_count(entry.second)).str();
            }));
    return out.str();
}

}  // namespace

BulletinsApi::BulletinsApi(
    auth::Guard& guard,
    mysql::Pool& pool,
    const CitySource& city,
    auth::Clock clock,
    NoticeSetting setting,
    std::function<void()> ring
)
    : guard_(guard),
      pool_(pool),
      city_(city),
      clock_(std::move(clock)),
      setting_(std::move(setting)),
      ring_(std::move(ring)) {}

asio::awaitable<Response> BulletinsApi::send(Request request) {
    const auto actor = co_await guard_.who_may(request, to_everybody);
    if (!actor) co_return http::problem(request, actor.error());
    auto wanted = read_bulletin(request, city_.current()->directory);
    if (!wanted) co_return http::problem(request, wanted.error());
    wanted->at = clock_();
    wanted->author = actor->user;
    const auto caller = auth::caller_of(request);
    auto job = [&](mysql::Connection& db) -> Result<mysql::Bulletin> {
        auto made = mysql::add_bulletin(db, *wanted);
        if (!made) return made;
        JsonObject detail;
        detail.number("receivers", bulletin_count(made->receivers));
        const auto entry = auth::audit_entry(
            caller,
            *actor,
            "bulletin.send",
            "bulletin:" + std::to_string(made->id),
            made->at,
            detail.str()
        );
        if (const auto ok = auth::record(db, entry); !ok) return std::unexpected(ok.error());
        return made;
    };
    const auto made = co_await pool_.transact(std::move(job));
    if (!made) co_return http::problem(request, made.error());
    if (ring_) ring_();
    JsonObject out;
    out.number("id", bulletin_count(made->id)).number("receivers", bulletin_count(made->receivers));
    co_return http::json(out.str(), 202);
}

asio::awaitable<Response> BulletinsApi::list(Request request) {
    const auto actor = co_await guard_.who_may(request, to_everybody);
    if (!actor) co_return http::problem(request, actor.error());
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    const auto before = query.integer("cursor", {.min = 1}).value_or(0);
    const std::size_t limit = query.limit(20, 50);
    if (const auto refused = refusal(std::move(errors))) co_return http::problem(request, *refused);
    auto job = [before, limit](mysql::Connection& db) {
        return mysql::list_bulletins(db, static_cast<std::uint64_t>(before), limit + 1);
    };
    auto found = co_await pool_.read(std::move(job));
    if (!found) co_return http::problem(request, found.error());
    const bool more = found->size() > limit;
    if (more) found->resize(limit);
    JsonObject out;
    out.raw("items", ticketing::json_array(*found, bulletin_json));
    if (more) out.text("next_cursor", std::to_string(found->back().bulletin.id));
    co_return http::json(out.str());
}

asio::awaitable<Response> BulletinsApi::show(Request request) {
    const auto actor = co_await guard_.who_may(request, to_everybody);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "bulletin_id");
    if (!id) co_return http::problem(request, id.error());
    auto job = [id = *id](mysql::Connection& db) { return mysql::bulletin_progress(db, id); };
    const auto found = co_await pool_.read(std::move(job));
    if (!found) co_return http::problem(request, found.error());
    if (!*found) co_return http::problem(request, ErrorCode::not_found);
    co_return http::json(bulletin_json(**found));
}

asio::awaitable<Response> BulletinsApi::audience(Request request) {
    const auto actor = co_await guard_.who_may(request, to_everybody);
    if (!actor) co_return http::problem(request, actor.error());
    auto asked = read_audience_body(request, city_.current()->directory);
    if (!asked) co_return http::problem(request, asked.error());
    asked->author = actor->user;
    auto job = [this, &asked](mysql::Connection& db) { return cover(db, *asked, setting_); };
    const auto covered = co_await pool_.read(std::move(job));
    if (!covered) co_return http::problem(request, covered.error());
    co_return http::json(coverage_json(*covered));
}

asio::awaitable<Response> BulletinsApi::receipts(Request request) {
    const auto actor = co_await guard_.who_may(request, to_everybody);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "bulletin_id");
    if (!id) co_return http::problem(request, id.error());
    std::vector<FieldError> errors;
    QueryFields query(request, errors);
    mysql::ReceiptListing listing;
    listing.bulletin = *id;
    listing.receipt = query.name<mysql::Receipt>("receipt");
    listing.after = static_cast<std::uint64_t>(query.integer("cursor", {.min = 1}).value_or(0));
    const std::size_t limit = query.limit(50, 200);
    listing.limit = limit + 1;
    if (const auto refused = refusal(std::move(errors))) co_return http::problem(request, *refused);
    using Receipts = std::optional<std::vector<mysql::BulletinReceipt>>;
    auto job = [&listing](mysql::Connection& db) -> Result<Receipts> {
        const auto bulletin = mysql::bulletin_progress(db, listing.bulletin);
        if (!bulletin) return std::unexpected(bulletin.error());
        if (!*bulletin) return Receipts{};
        auto found = mysql::list_receipts(db, listing);
        if (!found) return std::unexpected(found.error());
        return Receipts(std::move(*found));
    };
    auto found = co_await pool_.read(std::move(job));
    if (!found) co_return http::problem(request, found.error());
    if (!*found) co_return http::problem(request, ErrorCode::not_found);
    auto& items = **found;
    const bool more = items.size() > limit;
    if (more) items.resize(limit);
    JsonObject out;
    out.raw("items", ticketing::json_array(items, bulletin_receipt_json));
    if (more) out.text("next_cursor", std::to_string(items.back().notice));
    co_return http::json(out.str());
}

void BulletinsApi::add_routes(std::vector<http::Route>& routes) {
    const auto bind = [this](auto member) {
        return [this, member](Request request) { return (this->*member)(std::move(request)); };
    };
    using enum http::Method;
    routes.push_back({get, "/api/v1/bulletins", bind(&BulletinsApi::list)});
    routes.push_back({post, "/api/v1/bulletins", bind(&BulletinsApi::send), bulletin_body});
    routes.push_back(
        {post, "/api/v1/bulletins/audience", bind(&BulletinsApi::audience), bulletin_body}
    );
    routes.push_back({get, "/api/v1/bulletins/{bulletin_id}", bind(&BulletinsApi::show)});
    routes.push_back(
        {get, "/api/v1/bulletins/{bulletin_id}/receipts", bind(&BulletinsApi::receipts)}
    );
}

}  // namespace hotline::api
