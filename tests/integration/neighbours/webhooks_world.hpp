#pragma once

#include "integrations/crypto/webhook.hpp"
#include "integrations/mysql/webhook_deliveries.hpp"
#include "server/actions/queue_webhooks.hpp"
#include "server/api/dto.hpp"
#include "server/api/webhooks.hpp"
#include "server/now.hpp"
#include "server/workers/outbox.hpp"
#include "server/workers/webhooks.hpp"
#include "tests/integration/api/tickets_world.hpp"
#include "tests/stand_ins/http_stand_in.hpp"

#include <map>
#include <set>

namespace hotline::test {

inline constexpr std::string_view webhook_key = "a key of the tests";

// Tickets, the outbox worker that tells of them, endpoints and whoever sends to them.
struct WebhooksWorld {
    TicketsWorld tickets;
    AuthWorld& auth = tickets.auth;
    Metrics metrics;
    api::WebhooksApi api{
        auth.guard, auth.pool, {.key = std::string(webhook_key), .stand_ins = true}, hotline::now
    };
    workers::OutboxWorker outbox{auth.pool, metrics, [](workers::OutboxNews) -> asio_void {
                                     co_return;
                                 }};
    Browser admin = tickets.person(ticketing::Role::admin);

    using asio_void = boost::asio::awaitable<void>;

    WebhooksWorld() {
        for (const char* table : {"webhook", "webhook_delivery"}) {
            tickets.run("DELETE FROM " + std::string(table));
        }
        outbox.also([this](mysql::Connection& db, std::span<const mysql::OutboxRow> rows) {
            return actions::queue_webhooks(
                db, rows, tickets.small.directory, hotline::now(), api::to_text
            );
        });
        // Tickets of the tests are older than now.
        tickets.run("DELETE FROM outbox");
    }

    static http_client::Limits lenient() {
        http_client::Limits limits;
        limits.public_addresses_only = false;
        limits.https_only = false;
        limits.connect = 300ms;
        limits.total = 300ms;
        return limits;
    }
    workers::WebhookWorker worker(http_client::Limits limits = lenient()) {
        workers::WebhookSettings settings;
        settings.key = webhook_key;
        settings.limits = limits;
        return {auth.io.get_executor(), auth.pool, metrics, settings};
    }

    struct Endpoint {
        std::uint64_t id = 0;
        std::string secret;
    };
    Endpoint endpoint(const std::string& url, const std::string& events = "[]") {
        const auto made = auth.run(api.create(
            admin.post(R"({"name":"数据局","url":")" + url + R"(","events":)" + events + "}")
        ));
        REQUIRE(made.status == 201);
        const auto body = body_of(made);
        const auto& webhook = body.at("webhook").as_object();
        return {static_cast<std::uint64_t>(webhook.at("id").as_int64()), text(body.at("secret"))};
    }
    http::Request about(std::uint64_t webhook, http::Request request, std::uint64_t delivery = 0) {
        request.params["webhook_id"] = std::to_string(webhook);
        if (delivery != 0) request.params["delivery_id"] = std::to_string(delivery);
        return request;
    }

    void tell() { REQUIRE(auth.run(outbox.sweep())); }
    // Sends all that is due; how many attempts that took.
    int send(workers::WebhookWorker& worker, std::uint64_t webhook) {
        for (int attempts = 0;; ++attempts) {
            const auto sent = auth.run(worker.send_one(webhook));
            REQUIRE(sent);
            if (!*sent) return attempts;
        }
    }
    // What waits is due now, as if its time had come.
    void let_time_pass() {
        tickets.run("UPDATE webhook SET paused_until=NULL");
        tickets.run(
            "UPDATE webhook_delivery SET next_at=UTC_TIMESTAMP(3)-INTERVAL 1 SECOND WHERE state=1"
        );
    }
    std::vector<mysql::WebhookDelivery> deliveries(std::uint64_t webhook) {
        auto found = auth.pool.read_now([&](mysql::Connection& db) {
            return mysql::list_deliveries(db, webhook, {});
        });
        REQUIRE(found);
        return std::move(*found);
    }
    mysql::Webhook webhook(std::uint64_t id) {
        const auto found =
            auth.pool.read_now([&](mysql::Connection& db) { return mysql::find_webhook(db, id); });
        REQUIRE(found);
        REQUIRE(*found);
        return **found;
    }
};

// How often each message came, by its id; every one of them must bear a good signature.
inline std::map<std::string, int> came(const HttpStandIn& receiver, const std::string& secret) {
    std::map<std::string, int> ids;
    for (const Seen& seen : receiver.seen()) {
        const std::string id = seen.field("webhook-id");
        const std::string time = seen.field("webhook-timestamp");
        const crypto::WebhookCall call{id, time, seen.body};
        CHECK(crypto::verify_webhook(secret, call, seen.field("webhook-signature"), hotline::now())
        );
        ++ids[id];
    }
    return ids;
}

}  // namespace hotline::test
