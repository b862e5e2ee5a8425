#pragma once

#include "integrations/mysql/outbox_store.hpp"
#include "server/api/handovers.hpp"
#include "server/api/open311.hpp"
#include "server/api/partners.hpp"
#include "server/api/webhooks.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/config/settings.hpp"
#include "server/http/router.hpp"
#include "server/intake_parts.hpp"
#include "server/stores.hpp"
#include "server/tasks.hpp"
#include "server/workers/handovers.hpp"
#include "server/workers/webhooks.hpp"

#include <span>
#include <vector>

namespace hotline {

// Other systems of the city: what they ask and file by Open311, what they are told by webhooks, and
// the tickets that are handed over to them.
class Neighbours {
public:
    struct Settings {
        api::Open311Settings open311;
        api::WebhookRules rules;
        api::PartnerRules partners;
        http_client::Limits limits;
    };
    // Makes the key secrets are made from at the first start.
    static Result<Settings> settings(const config::Settings& settings);

    Neighbours(
        boost::asio::any_io_executor executor,
        auth::Guard& guard,
        IntakeParts& intake,
        Stores& stores,
        const CitySource& city,
        Metrics& metrics,
        const Settings& settings
    );

    void add_routes(std::vector<http::Route>& routes);
    void start(TaskGroup& tasks);
    // In the transaction that takes the outbox rows.
    Result<void> queue(mysql::Connection& db, std::span<const mysql::OutboxRow> rows) const;

private:
    const CitySource& city_;
    api::Open311Api open311_;
    api::WebhooksApi webhooks_;
    api::PartnersApi partners_;
    api::HandoversApi handovers_;
    workers::WebhookWorker worker_;
    workers::HandoverWorker handover_worker_;
};

}  // namespace hotline
