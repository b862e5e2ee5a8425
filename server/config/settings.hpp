#pragma once

#include "ticketing/errors.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

// Everything that can be set, once. The names, defaults and meanings stand in server/hotline.toml;
// a test holds file and struct against each other.
namespace hotline::config {

struct ServerSection {
    std::string address = "127.0.0.1";
    std::int64_t port = 8080;
    std::string base_url;
    std::string web_root = "web/dist";
    std::int64_t max_connections = 4096;
    std::int64_t max_connections_per_address = 256;
    std::int64_t header_timeout_s = 10;
    std::int64_t body_timeout_s = 30;
    std::int64_t idle_timeout_s = 60;
    std::int64_t max_body_bytes = 1048576;
    std::vector<std::string> trusted_proxies;
    std::vector<std::string> allowed_origins;
    bool insecure_cookies = false;
    std::string tls_certificate;
    std::string tls_key;
};

struct LogSection {
    std::string level = "info";
    std::string file;
};

struct MysqlSection {
    std::string socket;
    std::string host = "127.0.0.1";
    std::int64_t port = 3306;
    std::string user = "hotline";
    std::string password_file;
    std::string schema = "hotline";
    std::int64_t pool_size = 12;
    std::int64_t queue_limit = 512;
};

struct RedisSection {
    std::string socket;
    std::string host = "127.0.0.1";
    std::int64_t port = 6379;
    std::string user;
    std::string password_file;
};

struct IntakeSection {
    std::int64_t batch_size = 256;
    std::int64_t workers = 2;
    std::int64_t wait_ms = 1000;
    std::int64_t soft_limit = 20000;
    std::int64_t hard_limit = 200000;
    std::int64_t lease_block = 5000;
};

struct AuthSection {
    std::int64_t idle_minutes_agent = 30;
    std::int64_t idle_minutes = 15;
    std::int64_t absolute_hours = 12;
    std::int64_t lock_failures = 5;
    std::int64_t lock_minutes = 10;
    std::int64_t argon2_ops = 3;
    std::int64_t argon2_memory_kib = 32768;
};

struct SecretsSection {
    std::string query_code_key_file = "query_code_key";
    std::string checkpoint_key_file = "checkpoint_key.pem";
};

struct DemoSection {
    bool enabled = false;
    std::string accounts_file;
};

struct AttachmentsSection {
    std::string folder = "attachments";
    std::int64_t max_file_bytes = 10485760;
};

struct SlaSection {
    std::int64_t watch_interval_ms = 1000;
};

struct KpiSection {
    std::int64_t freeze_after_workdays = 20;
};

struct ExchangeSection {
    std::string url;
    std::string user = "hotline";
    std::string password_file;
    std::string ca_file;
    std::string application;
    std::vector<std::string> skills;
    std::string agents = "PJSIP/{}";
    std::string outside = "PJSIP/{}@trunk";
    std::string shown_number;
    std::string softphone_url;
    bool survey = true;
    std::int64_t most_waiting = 100;
};

struct RecordingsSection {
    std::string folder = "recordings";
    std::int64_t keep_days = 730;
};

struct TelephonySection {
    std::string cti_secret_file;
    ExchangeSection exchange;
    RecordingsSection recordings;
};

struct TextModelsSection {
    std::string file;
};

struct SimilaritySection {
    std::int64_t days = 365;
    std::int64_t recent_days = 30;
    std::int64_t same_party_percent = 15;
    std::int64_t contained_percent = 40;
    std::int64_t other_percent = 25;
    std::int64_t hot_days = 7;
    std::int64_t hot_percent = 20;
    std::int64_t hot_enterprises = 5;
};

struct NoticesSection {
    std::int64_t minutes_critical = 3;
    std::int64_t minutes_urgent = 15;
    std::int64_t minutes_normal = 60;
    std::string shift_start = "08:30";
    std::int64_t summary_from = 3;
    std::int64_t push_per_second = 500;
    std::int64_t chat_per_second = 200;
    std::int64_t sms_per_second = 200;
    std::int64_t mail_per_second = 20;
    std::int64_t calls_per_second = 5;
    std::string mail_domain;
    std::int64_t keep_days = 90;
};

struct Open311Section {
    bool enabled = true;
    std::string jurisdiction_id = "weinan.gov.cn";
};

struct WebhooksSection {
    std::vector<std::string> hosts;
    std::vector<std::string> inside;
    std::string ca_file;
    bool stand_ins = false;
};

struct MetricsSection {
    std::vector<std::string> allow = {"127.0.0.1", "::1"};
};

struct WebPushSection {
    std::string contact;
    std::string key_file = "vapid_key.pem";
    std::vector<std::string> hosts = {
        "fcm.googleapis.com", ".push.services.mozilla.com", ".notify.windows.com", ".push.apple.com"
    };
};

struct WecomSection {
    std::string base_url = "https://qyapi.weixin.qq.com";
    std::string corp_id;
    std::int64_t agent_id = 0;
    std::string secret_file;
};

struct DingtalkSection {
    std::string base_url = "https://oapi.dingtalk.com";
    std::string app_key;
    std::int64_t agent_id = 0;
    std::string secret_file;
};

// SMS and voice gateways, which differ in what is sent by default.
struct GatewaySection {
    std::string method = "POST";
    std::string url;
    std::string content_type = "application/json";
    std::vector<std::string> headers = {"Authorization: Bearer {secret}"};
    std::string body;
    std::string sign;
    std::string secret_file;
    std::vector<std::string> templates;
    std::string default_template;
    std::string result_field = "code";
    std::vector<std::string> accepted_values = {"OK", "0"};
    std::vector<std::string> later_values = {"isv.BUSINESS_LIMIT_CONTROL"};
    std::vector<std::string> gone_values = {"isv.MOBILE_NUMBER_ILLEGAL"};
    std::vector<std::string> broken_values = {
        "isv.SMS_SIGNATURE_ILLEGAL", "isv.SMS_TEMPLATE_ILLEGAL", "isv.AMOUNT_NOT_ENOUGH"
    };
    std::string id_field = "id";
};

struct EmailSection {
    std::string host;
    std::int64_t port = 465;
    std::string security = "tls";
    std::string user;
    std::string password_file;
    std::string from;
    std::string from_name = "渭南12345企业热线";
};

struct NotifySection {
    bool dry_run = false;
    bool stand_ins = false;
    std::string ca_file;
    WebPushSection web_push;
    WecomSection wecom;
    DingtalkSection dingtalk;
    GatewaySection sms{
        .body = R"({"id":"{id}","mobile":"{phone}","sign":"{sign}","template":"{template}",)"
                R"("params":{"ticket":"{ticket}","text":"{text}"}})"
    };
    EmailSection email;
    GatewaySection voice{
        .body = R"({"id":"{id}","mobile":"{phone}","template":"{template}","text":"{text}"})",
        .default_template = "notice"
    };
};

struct Settings {
    ServerSection server;
    LogSection log;
    MysqlSection mysql;
    RedisSection redis;
    IntakeSection intake;
    AuthSection auth;
    SecretsSection secrets;
    DemoSection demo;
    AttachmentsSection attachments;
    SlaSection sla;
    KpiSection kpi;
    TelephonySection telephony;
    TextModelsSection text_models;
    SimilaritySection similarity;
    NoticesSection notices;
    Open311Section open311;
    WebhooksSection webhooks;
    MetricsSection metrics;
    NotifySection notify;

    // base_url, or what follows from address, port and certificate.
    std::string public_url() const;
};

// File over defaults, environment over file. An unknown key, a wrong type or a value out of bounds
// is an Error whose detail is a whole sentence. An empty path reads no file.
Result<Settings> load(const std::filesystem::path& file);

// The first line of a secret's file without its line end; an empty path gives an empty secret.
Result<std::string> read_secret(const std::filesystem::path& file);

}  // namespace hotline::config
