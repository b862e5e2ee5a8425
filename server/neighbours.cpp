#include "server/neighbours.hpp"

#include "integrations/crypto/key_file.hpp"
#include "server/actions/hand_over.hpp"
#include "server/actions/queue_webhooks.hpp"
#include "server/api/dto.hpp"
#include "server/now.hpp"

#include <boost/asio/system_executor.hpp>

#include <stdexcept>

namespace hotline {
namespace {

Result<http_client::Limits> limits_of(const config::WebhooksSection& section) {
    http_client::Limits limits;
    limits.hosts = section.hosts;
    limits.https_only = !section.stand_ins;
    limits.public_addresses_only = !section.stand_ins;
    limits.ca_file = section.ca_file;
    auto inside = http_client::Inside::parse(section.inside);
    if (!inside) {
        return fail(
            ErrorCode::validation_failed,
            "[webhooks] inside: " + inside.error() +
                " is neither a private network or address nor a name."
        );
    }
    limits.inside = std::move(*inside);
    try {
        // What makes no client here would make none later.
        const http_client::Client tried(boost::asio::system_executor(), limits);
    } catch (const std::runtime_error& unreadable) {
        return fail(
            ErrorCode::validation_failed,
            std::string("[webhooks] ca_file cannot be read: ") + unreadable.what()
        );
    }
    return limits;
}

workers::WebhookSettings worker_settings(const Neighbours::Settings& settings) {
    workers::WebhookSettings out;
    out.key = settings.rules.key;
    out.limits = settings.limits;
    return out;
}

workers::HandoverSettings handover_settings(const Neighbours::Settings& settings) {
    workers::HandoverSettings out;
    out.key = settings.partners.key;
    out.limits = settings.limits;
    return out;
}

}  // namespace

Result<Neighbours::Settings> Neighbours::settings(const config::Settings& settings) {
    if (settings.webhooks.stand_ins && !settings.demo.enabled) {
        return fail(
            ErrorCode::conflict,
            "webhooks.stand_ins is for demonstrations: set it to false, or demo.enabled to true."
        );
    }
    auto key = crypto::load_or_create_secret(settings.secrets.query_code_key_file + ".webhook");
    if (!key) return std::unexpected(key.error());
    auto partners =
        crypto::load_or_create_secret(settings.secrets.query_code_key_file + ".partner");
    if (!partners) return std::unexpected(partners.error());
    auto limits = limits_of(settings.webhooks);
    if (!limits) return std::unexpected(limits.error());
    Settings out;
    out.limits = std::move(*limits);
    out.open311.enabled = settings.open311.enabled;
    out.open311.jurisdiction_id = settings.open311.jurisdiction_id;
    out.open311.public_url = settings.public_url();
    out.rules = {std::move(*key), settings.webhooks.hosts, settings.webhooks.stand_ins};
    out.partners = {
        std::move(*partners), settings.webhooks.hosts, settings.webhooks.stand_ins, out.limits
    };
    return out;
}

Neighbours::Neighbours(
    boost::asio::any_io_executor executor,
    auth::Guard& guard,
    IntakeParts& intake,
    Stores& stores,
    const CitySource& city,
    Metrics& metrics,
    const Settings& settings
)
    : city_(city),
      open311_(
          guard, intake.desk, stores.pool, stores.limits, city, settings.open311, hotline::now
      ),
      webhooks_(guard, stores.pool, settings.rules, hotline::now),
      partners_(executor, guard, stores.pool, city, settings.partners, hotline::now),
      handovers_(guard, stores.pool, city, hotline::now),
      worker_(executor, stores.pool, metrics, worker_settings(settings)),
      handover_worker_(executor, stores.pool, city, handover_settings(settings)) {}

void Neighbours::add_routes(std::vector<http::Route>& routes) {
    open311_.add_routes(routes);
    webhooks_.add_routes(routes);
    partners_.add_routes(routes);
    handovers_.add_routes(routes);
}

void Neighbours::start(TaskGroup& tasks) {
    tasks.spawn("webhooks", worker_.run(tasks));
    tasks.spawn("old webhooks", worker_.purge());
    tasks.spawn("partners", handover_worker_.run(tasks));
}

Result<void> Neighbours::queue(mysql::Connection& db, std::span<const mysql::OutboxRow> rows)
    const {
    const auto now = hotline::now();
    auto told = actions::queue_webhooks(db, rows, city_.current()->directory, now, api::to_text);
    if (!told) return told;
    return actions::queue_handovers(db, rows, now);
}

}  // namespace hotline
