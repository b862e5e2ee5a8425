#include "server/config/declare.hpp"

#include <cctype>
#include <utility>

namespace hotline::config {

namespace {

constexpr std::int64_t day_s = 86'400;
constexpr std::int64_t million = 1'000'000;

// What it stands on.
std::vector<Declaration> of_the_machine(Settings& s) {
    return {
        {"server", "address", &s.server.address},
        {"server", "port", &s.server.port, 0, 65535},
        {"server", "base_url", &s.server.base_url},
        {"server", "web_root", &s.server.web_root},
        {"server", "max_connections", &s.server.max_connections, 16, million},
        {"server", "max_connections_per_address", &s.server.max_connections_per_address, 0, million
        },
        {"server", "header_timeout_s", &s.server.header_timeout_s, 1, 300},
        {"server", "body_timeout_s", &s.server.body_timeout_s, 1, 3600},
        {"server", "idle_timeout_s", &s.server.idle_timeout_s, 1, day_s},
        {"server", "max_body_bytes", &s.server.max_body_bytes, 16'384, 64 * million},
        {"server", "trusted_proxies", &s.server.trusted_proxies},
        {"server", "allowed_origins", &s.server.allowed_origins},
        {"server", "insecure_cookies", &s.server.insecure_cookies},
        {"server", "tls_certificate", &s.server.tls_certificate},
        {"server", "tls_key", &s.server.tls_key},
        {"log", "level", &s.log.level},
        {"log", "file", &s.log.file},
        {"mysql", "socket", &s.mysql.socket},
        {"mysql", "host", &s.mysql.host},
        {"mysql", "port", &s.mysql.port, 1, 65535},
        {"mysql", "user", &s.mysql.user},
        {"mysql", "password_file", &s.mysql.password_file},
        {"mysql", "schema", &s.mysql.schema},
        {"mysql", "pool_size", &s.mysql.pool_size, 2, 256},
        {"mysql", "queue_limit", &s.mysql.queue_limit, 16, 65'536},
        {"redis", "socket", &s.redis.socket},
        {"redis", "host", &s.redis.host},
        {"redis", "port", &s.redis.port, 1, 65535},
        {"redis", "user", &s.redis.user},
        {"redis", "password_file", &s.redis.password_file},
    };
}

// What it does.
std::vector<Declaration> of_the_work(Settings& s) {
    return {
        {"intake", "batch_size", &s.intake.batch_size, 1, 2000},
        {"intake", "workers", &s.intake.workers, 1, 16},
        {"intake", "wait_ms", &s.intake.wait_ms, 0, 10'000},
        {"intake", "soft_limit", &s.intake.soft_limit, 100, 10 * million},
        {"intake", "hard_limit", &s.intake.hard_limit, 100, 10 * million},
        {"intake", "lease_block", &s.intake.lease_block, 100, million},
        {"auth", "idle_minutes_agent", &s.auth.idle_minutes_agent, 1, 1440},
        {"auth", "idle_minutes", &s.auth.idle_minutes, 1, 1440},
        {"auth", "absolute_hours", &s.auth.absolute_hours, 1, 168},
        {"auth", "lock_failures", &s.auth.lock_failures, 3, 100},
        {"auth", "lock_minutes", &s.auth.lock_minutes, 1, 1440},
        {"auth", "argon2_ops", &s.auth.argon2_ops, 1, 20},
        {"auth", "argon2_memory_kib", &s.auth.argon2_memory_kib, 8192, 4'194'304},
        {"secrets", "query_code_key_file", &s.secrets.query_code_key_file},
        {"secrets", "checkpoint_key_file", &s.secrets.checkpoint_key_file},
        {"demo", "enabled", &s.demo.enabled},
        {"demo", "accounts_file", &s.demo.accounts_file},
        {"attachments", "folder", &s.attachments.folder},
        {"attachments", "max_file_bytes", &s.attachments.max_file_bytes, 65'536, 100 * million},
        {"sla", "watch_interval_ms", &s.sla.watch_interval_ms, 50, 60'000},
        {"kpi", "freeze_after_workdays", &s.kpi.freeze_after_workdays, 0, 250},
        {"text_models", "file", &s.text_models.file},
        {"similarity", "days", &s.similarity.days, 30, 3650},
        {"similarity", "recent_days", &s.similarity.recent_days, 1, 365},
        {"similarity", "same_party_percent", &s.similarity.same_party_percent, 1, 100},
        {"similarity", "contained_percent", &s.similarity.contained_percent, 1, 100},
        {"similarity", "other_percent", &s.similarity.other_percent, 1, 100},
        {"similarity", "hot_days", &s.similarity.hot_days, 1, 90},
        {"similarity", "hot_percent", &s.similarity.hot_percent, 1, 100},
        {"similarity", "hot_enterprises", &s.similarity.hot_enterprises, 2, 1000},
        {"notices", "minutes_critical", &s.notices.minutes_critical, 1, 60},
        {"notices", "minutes_urgent", &s.notices.minutes_urgent, 1, 240},
        {"notices", "minutes_normal", &s.notices.minutes_normal, 5, 2400},
        {"notices", "shift_start", &s.notices.shift_start},
        {"notices", "summary_from", &s.notices.summary_from, 2, 100},
        {"notices", "push_per_second", &s.notices.push_per_second, 1, 10'000},
        {"notices", "chat_per_second", &s.notices.chat_per_second, 1, 10'000},
        {"notices", "sms_per_second", &s.notices.sms_per_second, 1, 10'000},
        {"notices", "mail_per_second", &s.notices.mail_per_second, 1, 1'000},
        {"notices", "calls_per_second", &s.notices.calls_per_second, 1, 100},
        {"notices", "mail_domain", &s.notices.mail_domain},
        {"notices", "keep_days", &s.notices.keep_days, 7, 3650},
        {"open311", "enabled", &s.open311.enabled},
        {"open311", "jurisdiction_id", &s.open311.jurisdiction_id},
        {"webhooks", "hosts", &s.webhooks.hosts},
        {"webhooks", "inside", &s.webhooks.inside},
        {"webhooks", "ca_file", &s.webhooks.ca_file},
        {"webhooks", "stand_ins", &s.webhooks.stand_ins},
        {"metrics", "allow", &s.metrics.allow},
    };
}

// Calls: a platform of another maker, or an exchange of our own.
std::vector<Declaration> of_the_telephone(TelephonySection& t) {
    ExchangeSection& e = t.exchange;
    return {
        {"telephony", "cti_secret_file", &t.cti_secret_file},
        {"telephony.exchange", "url", &e.url},
        {"telephony.exchange", "user", &e.user},
        {"telephony.exchange", "password_file", &e.password_file},
        {"telephony.exchange", "ca_file", &e.ca_file},
        {"telephony.exchange", "application", &e.application},
        {"telephony.exchange", "skills", &e.skills},
        {"telephony.exchange", "agents", &e.agents},
        {"telephony.exchange", "outside", &e.outside},
        {"telephony.exchange", "shown_number", &e.shown_number},
        {"telephony.exchange", "softphone_url", &e.softphone_url},
        {"telephony.exchange", "survey", &e.survey},
        {"telephony.exchange", "most_waiting", &e.most_waiting, 1, 10'000},
        {"telephony.recordings", "folder", &t.recordings.folder},
        {"telephony.recordings", "keep_days", &t.recordings.keep_days, 30, 3650},
    };
}

std::vector<Declaration> of_a_gateway(std::string_view section, GatewaySection& g) {
    return {
        {section, "method", &g.method},
        {section, "url", &g.url},
        {section, "content_type", &g.content_type},
        {section, "headers", &g.headers},
        {section, "body", &g.body},
        {section, "sign", &g.sign},
        {section, "secret_file", &g.secret_file},
        {section, "templates", &g.templates},
        {section, "default_template", &g.default_template},
        {section, "result_field", &g.result_field},
        {section, "accepted_values", &g.accepted_values},
        {section, "later_values", &g.later_values},
        {section, "gone_values", &g.gone_values},
        {section, "broken_values", &g.broken_values},
        {section, "id_field", &g.id_field},
    };
}

// By what it reaches people.
std::vector<Declaration> of_the_channels(NotifySection& n) {
    return {
        {"notify", "dry_run", &n.dry_run},
        {"notify", "stand_ins", &n.stand_ins},
        {"notify", "ca_file", &n.ca_file},
        {"notify.web_push", "contact", &n.web_push.contact},
        {"notify.web_push", "key_file", &n.web_push.key_file},
        {"notify.web_push", "hosts", &n.web_push.hosts},
        {"notify.wecom", "corp_id", &n.wecom.corp_id},
        {"notify.wecom", "agent_id", &n.wecom.agent_id, 0, INT32_MAX},
        {"notify.wecom", "secret_file", &n.wecom.secret_file},
        {"notify.wecom", "base_url", &n.wecom.base_url},
        {"notify.dingtalk", "app_key", &n.dingtalk.app_key},
        {"notify.dingtalk", "agent_id", &n.dingtalk.agent_id, 0, INT64_MAX},
        {"notify.dingtalk", "secret_file", &n.dingtalk.secret_file},
        {"notify.dingtalk", "base_url", &n.dingtalk.base_url},
        {"notify.email", "host", &n.email.host},
        {"notify.email", "port", &n.email.port, 1, 65535},
        {"notify.email", "security", &n.email.security},
        {"notify.email", "user", &n.email.user},
        {"notify.email", "password_file", &n.email.password_file},
        {"notify.email", "from", &n.email.from},
        {"notify.email", "from_name", &n.email.from_name},
    };
}

}  // namespace

std::vector<Declaration> declare(Settings& s) {
    auto all = of_the_machine(s);
    for (auto part :
         {of_the_work(s),
          of_the_telephone(s.telephony),
          of_the_channels(s.notify),
          of_a_gateway("notify.sms", s.notify.sms),
          of_a_gateway("notify.voice", s.notify.voice)}) {
        for (Declaration& one : part) all.push_back(std::move(one));
    }
    return all;
}

std::string environment_name(const Declaration& declaration) {
    std::string name = "HOTLINE_";
    name += declaration.section;
    name += '_';
    name += declaration.key;
    for (char& c : name) {
        c = c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    return name;
}

}  // namespace hotline::config
