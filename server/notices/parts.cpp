#include "server/notices/parts.hpp"

#include "server/api/notice_rules_json.hpp"
#include "server/now.hpp"

namespace hotline::notices {
namespace {

GateSettings gate_of(std::int64_t per_second) {
    GateSettings gate;
    gate.per_second = static_cast<double>(per_second);
    return gate;
}

// What load() has let pass.
EngineSettings settings_of(const config::Settings& settings) {
    return engine_settings(settings).value_or(EngineSettings{});
}

}  // namespace

Result<EngineSettings> engine_settings(const config::Settings& settings) {
    const config::NoticesSection& section = settings.notices;
    const auto shift = api::time_of_day_from(section.shift_start);
    if (!shift) {
        return fail(
            ErrorCode::validation_failed,
            "[notices] shift_start must be a time of day as \"08:30\", not \"" +
                section.shift_start + "\"."
        );
    }
    EngineSettings out;
    auto& pace = out.ways.rules.pace;
    pace.critical = std::chrono::minutes(section.minutes_critical);
    pace.urgent = std::chrono::minutes(section.minutes_urgent);
    pace.normal = std::chrono::minutes(section.minutes_normal);
    pace.shift_start = *shift;
    pace.summary_from = static_cast<int>(section.summary_from);
    out.ways.mail = !section.mail_domain.empty();
    out.courier.messages = {settings.public_url(), section.mail_domain};
    out.gates = {
        {Channel::web_push, gate_of(section.push_per_second)},
        {Channel::wecom, gate_of(section.chat_per_second)},
        {Channel::dingtalk, gate_of(section.chat_per_second)},
        {Channel::sms, gate_of(section.sms_per_second)},
        {Channel::email, gate_of(section.mail_per_second)},
        {Channel::voice, gate_of(section.calls_per_second)},
    };
    out.keeps = std::chrono::hours(24 * section.keep_days);
    return out;
}

Parts::Parts(Needs needs)
    : feed_(needs.feed),
      wiped_(needs.pool),
      engine_(
          needs.executor,
          needs.pool,
          needs.city,
          needs.intake,
          needs.metrics,
          std::move(needs.senders),
          [this](std::vector<redis::LiveMessage> messages) {
              return feed_.publish(std::move(messages));
          },
          settings_of(needs.settings)
      ),
      notices_(needs.guard, needs.pool, now, setting(needs.push_key)),
      bulletins_(
          needs.guard,
          needs.pool,
          needs.city,
          now,
          setting(needs.push_key),
          [this] { engine_.ring(); }
      ),
      rules_(needs.guard, needs.pool, needs.city, now, setting(needs.push_key)),
      devices_(
          needs.guard,
          needs.sessions,
          wiped_,
          needs.pool,
          now,
          needs.plain_http,
          [this](std::string device) { return feed_.wipe(std::move(device)); }
      ) {
    feed_.listen(
        {[this](std::uint64_t notice) { engine_.shown(notice); },
         [this](const std::string& device) { wiped_.add(device); }}
    );
}

api::NoticeSetting Parts::setting(std::string push_key) const {
    return {engine_.channels(), engine_.configured(), std::move(push_key)};
}

void Parts::start(TaskGroup& tasks) {
    tasks.spawn("wiped devices", wiped_.run());
    engine_.start(tasks);
}

void Parts::add_routes(std::vector<http::Route>& routes) {
    notices_.add_routes(routes);
    bulletins_.add_routes(routes);
    rules_.add_routes(routes);
    devices_.add_routes(routes);
}

}  // namespace hotline::notices
