#include "server/switchboard.hpp"

#include "integrations/crypto/key_file.hpp"
#include "server/config/recording_key.hpp"
#include "server/config/softphone.hpp"
#include "server/now.hpp"
#include "server/workers/agent_watch.hpp"

namespace hotline {
namespace {

Result<api::SoftphoneLine> softphone_line(const config::Settings& settings) {
    auto address = config::softphone_address(settings.telephony.exchange.softphone_url);
    if (!address) return std::unexpected(address.error());
    if (address->url.empty()) return api::SoftphoneLine{};
    auto key = crypto::load_or_create_secret(config::telephone_key_file(settings.secrets));
    if (!key) return std::unexpected(key.error());
    return api::SoftphoneLine{std::move(address->url), std::move(address->domain), std::move(*key)};
}

}  // namespace

Result<Switchboard::Means> Switchboard::means(const config::Settings& settings) {
    auto cti_secret = config::read_secret(settings.telephony.cti_secret_file);
    if (!cti_secret) return std::unexpected(cti_secret.error());
    auto key = crypto::load_or_create_secret(config::recording_key_file(settings.secrets));
    if (!key) return std::unexpected(key.error());
    auto store = files::FileStore::open(settings.telephony.recordings.folder);
    if (!store) return std::unexpected(store.error());
    auto softphone = softphone_line(settings);
    if (!softphone) return std::unexpected(softphone.error());
    return Means{
        std::move(*cti_secret),
        std::make_unique<actions::RecordingVault>(std::move(*store), std::move(*key)),
        std::move(*softphone)
    };
}

Switchboard::Switchboard(
    boost::asio::any_io_executor executor,
    auth::Guard& guard,
    mysql::Pool& pool,
    const CitySource& city,
    Means means,
    Metrics& metrics,
    CallFeed::Publish publish
)
    : pool_(pool),
      vault_(std::move(means.vault)),
      metrics_(metrics),
      feed_(executor, pool, city, std::move(publish)),
      bell_(executor),
      door_(guard, std::move(means.cti_secret), hotline::now),
      cti_(
          door_,
          pool,
          hotline::now,
          [this](const actions::CtiRecord& record) { feed_.changed(record); }
      ),
      link_(
          door_,
          pool,
          hotline::now,
          [this](const actions::CtiRecord& record) { feed_.changed(record); }
      ),
      details_(
          door_,
          guard,
          pool,
          hotline::now,
          [this](const actions::CtiRecord& record) { feed_.changed(record); }
      ),
      calls_(guard, pool, city, hotline::now),
      callbacks_(guard, pool, hotline::now, [this] { feed_.callbacks_changed(); }),
      agents_(
          guard, pool, hotline::now, [this](const actions::MovedAgents& agents) { moved(agents); }
      ),
      skills_(guard, pool, hotline::now),
      softphone_(guard, pool, std::move(means.softphone), hotline::now),
      board_(guard, pool, hotline::now),
      staffing_(guard, pool, hotline::now),
      recordings_(guard, pool, *vault_, metrics, hotline::now),
      commands_(
          guard,
          pool,
          city,
          bell_,
          hotline::now,
          [this] {
              hear_commands();
              feed_.commands_asked();
          }
      ),
      cti_commands_(
          door_,
          pool,
          bell_,
          hotline::now,
          [this](const std::vector<mysql::CallCommand>& commands) { ended(commands); }
      ) {}

Result<void> Switchboard::open_exchange(
    boost::asio::any_io_executor executor,
    const config::ExchangeSection& settings,
    const std::string& server_id
) {
    if (settings.url.empty()) return {};
    auto password = config::read_secret(settings.password_file);
    if (!password) return std::unexpected(password.error());
    auto skills = phone::skills_by_number(settings.skills);
    if (!skills) {
        return fail(skills.error().code, "telephony.exchange.skills: " + skills.error().detail);
    }
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789-";
    if (settings.application.find_first_not_of(letters) != std::string::npos) {
        return fail(
            ErrorCode::validation_failed,
            "telephony.exchange.application: small letters, digits and hyphens only"
        );
    }
    phone::DistributorSettings wanted;
    wanted.skills = std::move(*skills);
    wanted.instance = server_id;
    wanted.link.base_url = settings.url;
    wanted.link.user = settings.user;
    wanted.link.password = std::move(*password);
    wanted.link.ca_file = settings.ca_file;
    wanted.link.application =
        settings.application.empty() ? phone::application_name(server_id) : settings.application;
    wanted.script.agents = settings.agents;
    wanted.script.outside = settings.outside;
    wanted.script.shown_outside = settings.shown_number;
    wanted.script.survey = settings.survey;
    wanted.most_waiting = static_cast<std::size_t>(settings.most_waiting);
    auto opened = phone::Distributor::open(
        executor,
        pool_,
        std::move(wanted),
        {.recorded = [this](const actions::CtiRecord& record) { feed_.changed(record); },
         .moved = [this](const actions::MovedAgents& agents) { feed_.agents_moved(agents); },
         .commands = [this](const std::vector<mysql::CallCommand>& commands) { ended(commands); },
         .now = hotline::now}
    );
    if (!opened) {
        return fail(ErrorCode::conflict, "telephony.exchange: " + opened.error());
    }
    distributor_ = std::move(*opened);
    return {};
}

Result<void> Switchboard::open(
    boost::asio::any_io_executor executor,
    const config::TelephonySection& settings,
    const std::string& server_id
) {
    auto opened = open_exchange(executor, settings.exchange, server_id);
    if (!opened) return opened;
    phone::RecordingSettings wanted;
    wanted.keep = std::chrono::days(settings.recordings.keep_days);
    const phone::RecordingKeeper::Needs needs{
        .pool = pool_,
        .vault = *vault_,
        .exchange = distributor_ ? &distributor_->exchange() : nullptr,
        .metrics = metrics_,
        .kept =
            [this](std::uint64_t call) {
                actions::CtiRecord changed;
                changed.calls.push_back(call);
                feed_.changed(changed);
            },
        .now = hotline::now
    };
    recording_keeper_ = std::make_unique<phone::RecordingKeeper>(needs, std::move(wanted));
    return {};
}

void Switchboard::add_routes(std::vector<http::Route>& routes) {
    cti_.add_routes(routes);
    link_.add_routes(routes);
    details_.add_routes(routes);
    calls_.add_routes(routes);
    callbacks_.add_routes(routes);
    agents_.add_routes(routes);
    skills_.add_routes(routes);
    softphone_.add_routes(routes);
    board_.add_routes(routes);
    staffing_.add_routes(routes);
    recordings_.add_routes(routes);
    commands_.add_routes(routes);
    cti_commands_.add_routes(routes);
}

void Switchboard::start(TaskGroup& tasks) {
    tasks.spawn("calls", feed_.run());
    auto on_moved = [this](const actions::MovedAgents& agents) { moved(agents); };
    auto on_ended = [this](const std::vector<mysql::CallCommand>& commands) { ended(commands); };
    tasks.spawn("agents", workers::watch_agents(pool_, std::move(on_moved), std::move(on_ended)));
    if (distributor_) distributor_->start(tasks);
    if (recording_keeper_) recording_keeper_->start(tasks);
}

void Switchboard::stop() {
    if (distributor_) distributor_->stop();
}

void Switchboard::hear_commands() {
    if (distributor_) distributor_->commands_asked();
    bell_.ring();
}

void Switchboard::ended(const std::vector<mysql::CallCommand>& commands) {
    feed_.commands_ended(commands);
    bell_.ring();
}

void Switchboard::moved(const actions::MovedAgents& agents) {
    feed_.agents_moved(agents);
    if (distributor_) distributor_->agents_moved();
}

}  // namespace hotline
