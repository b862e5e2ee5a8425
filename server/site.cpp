#include "server/site.hpp"

#include "integrations/crypto/key_file.hpp"
#include "integrations/crypto/signature.hpp"
#include "server/api/admin_accounts.hpp"
#include "server/api/appeals.hpp"
#include "server/api/articles.hpp"
#include "server/api/attachments.hpp"
#include "server/api/audit.hpp"
#include "server/api/auth.hpp"
#include "server/api/before_appeal.hpp"
#include "server/api/calendars.hpp"
#include "server/api/dead_letters.hpp"
#include "server/api/directory.hpp"
#include "server/api/directory/book.hpp"
#include "server/api/directory/keeping.hpp"
#include "server/api/directory/learned.hpp"
#include "server/api/directory/own_duty.hpp"
#include "server/api/enterprises.hpp"
#include "server/api/exports/exports.hpp"
#include "server/api/exports/sources.hpp"
#include "server/api/figures/kpi_figures.hpp"
#include "server/api/filing.hpp"
#include "server/api/hot_topics.hpp"
#include "server/api/knowledge.hpp"
#include "server/api/kpi.hpp"
#include "server/api/kpi_boards.hpp"
#include "server/api/kpi_cases.hpp"
#include "server/api/kpi_frozen.hpp"
#include "server/api/operations.hpp"
#include "server/api/permissions.hpp"
#include "server/api/policies.hpp"
#include "server/api/reference.hpp"
#include "server/api/similar.hpp"
#include "server/api/ticket_list.hpp"
#include "server/api/tickets.hpp"
#include "server/api/views.hpp"
#include "server/auth/account_admin.hpp"
#include "server/auth/guard.hpp"
#include "server/auth/live_tickets.hpp"
#include "server/auth/log_in.hpp"
#include "server/auth/own_password.hpp"
#include "server/auth/password_hasher.hpp"
#include "server/auth/query_guard.hpp"
#include "server/auth/sessions.hpp"
#include "server/http/router.hpp"
#include "server/http/server.hpp"
#include "server/http/static_files.hpp"
#include "server/live_feed.hpp"
#include "server/log.hpp"
#include "server/neighbours.hpp"
#include "server/notices/parts.hpp"
#include "server/notify_senders.hpp"
#include "server/now.hpp"
#include "server/switchboard.hpp"
#include "server/web_apps.hpp"
#include "server/workers/outbox.hpp"

#include <boost/asio/thread_pool.hpp>

#include <optional>

namespace hotline {
namespace {

namespace asio = boost::asio;

Result<auth::Settings> auth_settings(const config::Settings& settings) {
    auto key = crypto::load_or_create_secret(settings.secrets.query_code_key_file + ".live");
    if (!key) return std::unexpected(key.error());
    auth::Settings out;
    out.insecure_cookies = settings.server.insecure_cookies;
    out.allowed_origins = settings.server.allowed_origins;
    out.allowed_origins.push_back(settings.public_url());
    out.idle_agent = std::chrono::minutes(settings.auth.idle_minutes_agent);
    out.idle = std::chrono::minutes(settings.auth.idle_minutes);
    out.absolute = std::chrono::hours(settings.auth.absolute_hours);
    out.lock.failures = static_cast<unsigned>(settings.auth.lock_failures);
    out.lock.lock = std::chrono::minutes(settings.auth.lock_minutes);
    out.demonstration = settings.demo.enabled;
    out.cost.passes = static_cast<std::uint32_t>(settings.auth.argon2_ops);
    out.cost.memory_kib = static_cast<std::uint32_t>(settings.auth.argon2_memory_kib);
    out.live_ticket_key = std::move(*key);
    out.trust =
        std::chrono::milliseconds(1500);  // an open feed outlives its session by 2 s at most
    return out;
}

http::Settings http_settings(const config::ServerSection& section) {
    http::Settings out;
    out.address = section.address;
    out.port = static_cast<std::uint16_t>(section.port);
    out.certificate_file = section.tls_certificate;
    out.private_key_file = section.tls_key;
    out.trusted_proxies = section.trusted_proxies;
    out.limits.body_bytes = static_cast<std::size_t>(section.max_body_bytes);
    out.limits.header_timeout = std::chrono::seconds(section.header_timeout_s);
    out.limits.body_timeout = std::chrono::seconds(section.body_timeout_s);
    out.limits.idle_timeout = std::chrono::seconds(section.idle_timeout_s);
    out.limits.connections = static_cast<std::size_t>(section.max_connections);
    out.limits.connections_per_address =
        static_cast<std::size_t>(section.max_connections_per_address);
    return out;
}

asio::awaitable<http::Response> serve_file(const http::StaticFiles& files, http::Request request) {
    co_return files.serve(request);
}

}  // namespace

// In the order of construction; destroyed in reverse.
struct Site::Parts {
    auth::Settings auth;
    Stores& stores;
    IntakeParts& intake;
    Metrics& metrics;
    asio::any_io_executor executor;
    std::string server_id;
    const CitySource& city;
    KnowledgeSource& knowledge;
    actions::FileDesk& files;
    const SimilarAppeals& similar;
    crypto::Signer signer;  // of frozen periods
    int freeze_after_workdays;
    Switchboard::Means telephone;
    asio::thread_pool cpu{2};  // argon2id
    auth::PasswordHasher hasher{cpu, auth.cost};
    auth::Sessions sessions{stores.pool, auth, now, [this](ticketing::UserId account) {
                                feed.account_ended(account);
                            }};
    auth::LiveTickets live_tickets{stores.limits, auth, now};
    auth::Guard guard{sessions, live_tickets, auth, now};
    auth::LogIn log_in{stores.pool, hasher, stores.limits, sessions, auth, now};
    auth::OwnPassword own_password{stores.pool, hasher, sessions, auth, now};
    auth::AccountAdmin account_admin{stores.pool, hasher, sessions, now};

    LiveFeed feed{
        server_id,
        guard,
        sessions,
        stores.live_bus,
        city,
        stores.pool,
        metrics,
        auth.allowed_origins
    };
    Switchboard switchboard{
        executor,
        guard,
        stores.pool,
        city,
        std::move(telephone),
        metrics,
        [this](std::vector<redis::LiveMessage> news) { return feed.publish(std::move(news)); }
    };
    workers::OutboxWorker outbox{stores.pool, metrics, [this](workers::OutboxNews news) {
                                     return tell(std::move(news));
                                 }};

    auth::QueryGuard query_guard{stores.limits, intake.desk.query_code_secret()};
    api::AppealsApi appeals{
        intake.desk, stores.pool, city, query_guard, intake.loads, stores.limits
    };
    api::AttachmentsApi attachments{
        {guard, query_guard, stores.pool, city, intake.loads, stores.limits, files, now}
    };
    api::AuthApi auth_api{guard, log_in, own_password, live_tickets, auth, now};
    api::AdminAccountsApi accounts{guard, account_admin, stores.pool};
    api::PermissionsApi permissions{guard};
    api::AuditApi audit{guard, stores.pool, now};
    api::KpiApi kpi{guard, stores.pool, city, now};
    api::KpiCasesApi kpi_cases{guard, stores.pool, city, now};
    api::KpiBoardsApi kpi_boards{guard, stores.pool, city, now};
    api::KpiFiguresApi kpi_figures{guard, stores.pool, city, now};
    api::KpiFrozenApi kpi_frozen{guard, stores.pool, city, signer, freeze_after_workdays, now};
    api::TicketListApi ticket_list{guard, stores.pool, city, intake.blind, now};
    api::ViewsApi views{guard, stores.pool, city, intake.blind, now};
    api::TicketsApi tickets{guard, stores.pool, city, intake.loads, stores.limits, now};
    api::FilingApi filing{guard, intake.desk, city};
    api::SimilarApi similar_tickets{guard, stores.pool, city, similar, now};
    api::HotTopicsApi hot_topics{guard, stores.pool, city, similar, now};
    api::ExportsApi exports{
        guard,
        stores.pool,
        city,
        api::export_sources(
            {kpi, kpi_cases, kpi_boards, kpi_figures, kpi_frozen, ticket_list, hot_topics}
        ),
        now
    };
    api::EnterprisesApi enterprises{guard, stores.pool, city, stores.limits, now};
    api::DirectoryApi directory{guard, stores.pool, city, intake.loads};
    api::DirectoryKeepingApi directory_keeping{guard, stores.pool, city, intake.loads, now};
    api::OwnDutyApi own_duty{guard, directory_keeping};
    api::LearnedApi learned{guard, city};
    api::DirectoryBookApi directory_book{guard, stores.pool, city, now};
    api::ReferenceApi reference{stores.pool, city};
    api::DeadLettersApi dead_letters{guard, stores.pool, city, intake.loads, intake.desk, now};
    api::PoliciesApi policies{guard, stores.pool, city, now};
    api::CalendarsApi calendars{guard, stores.pool, city, now};
    api::KnowledgeApi known{guard, stores.pool, city, knowledge, now};
    api::BeforeAppealApi before_appeal{stores.pool, knowledge, stores.limits, now};
    api::ArticlesApi articles{guard, stores.pool, city, knowledge, now};
    Neighbours::Settings neighbour_settings;
    Neighbours neighbours{executor, guard, intake, stores, city, metrics, neighbour_settings};
    api::OperationsApi operations;
    std::unique_ptr<notices::Parts> told;

    std::optional<http::StaticFiles> web;
    std::unique_ptr<http::Router> router;
    std::unique_ptr<http::Server> server;

    Result<void> make_notices(const config::Settings& settings);
    void make_router();
    void introduce();
    asio::awaitable<http::Response> answer(http::Request request);
    http::Hooks hooks();
    asio::awaitable<void> purge_sessions();
    asio::awaitable<void> tell(workers::OutboxNews news);
};

Site::Site(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Site::~Site() = default;

Result<std::unique_ptr<Site>> Site::build(
    asio::any_io_executor executor,
    const config::Settings& settings,
    const std::string& server_id,
    Stores& stores,
    const CitySource& city,
    KnowledgeSource& knowledge,
    IntakeParts& intake,
    actions::FileDesk& files,
    const SimilarAppeals& similar,
    Metrics& metrics
) {
    auto auth = auth_settings(settings);
    if (!auth) return std::unexpected(auth.error());
    auto allow = http::AddressSet::parse(settings.metrics.allow);
    if (!allow) return std::unexpected(allow.error());
    auto signer = crypto::Signer::open(settings.secrets.checkpoint_key_file);
    if (!signer) return std::unexpected(signer.error());
    auto web = web_apps(settings);
    if (!web) return std::unexpected(web.error());
    auto neighbours = Neighbours::settings(settings);
    if (!neighbours) return std::unexpected(neighbours.error());
    auto telephone = Switchboard::means(settings);
    if (!telephone) return std::unexpected(telephone.error());
    std::unique_ptr<Parts> parts(new Parts{
        .auth = std::move(*auth),
        .stores = stores,
        .intake = intake,
        .metrics = metrics,
        .executor = executor,
        .server_id = server_id,
        .city = city,
        .knowledge = knowledge,
        .files = files,
        .similar = similar,
        .signer = std::move(*signer),
        .freeze_after_workdays = static_cast<int>(settings.kpi.freeze_after_workdays),
        .telephone = std::move(*telephone),
        .neighbour_settings = std::move(*neighbours),
        .operations = api::OperationsApi(
            stores,
            similar,
            metrics,
            std::move(*allow),
            city.current()->models              ? "loaded"
            : settings.text_models.file.empty() ? "none"
                                                : "unreadable"
        ),
        .web = std::move(*web)
    });
    Parts& p = *parts;
    if (auto made = p.make_notices(settings); !made) return std::unexpected(made.error());
    auto opened = p.switchboard.open(executor, settings.telephony, server_id);
    if (!opened) return std::unexpected(opened.error());
    p.make_router();
    p.introduce();
    auto server = http::Server::listen(
        executor,
        http_settings(settings.server),
        [&p](http::Request request) { return p.answer(std::move(request)); },
        p.hooks()
    );
    if (!server) return std::unexpected(server.error());
    p.server = std::move(*server);
    return std::unique_ptr<Site>(new Site(std::move(parts)));
}

Result<void> Site::Parts::make_notices(const config::Settings& settings) {
    if (auto fits = notices::engine_settings(settings); !fits) return std::unexpected(fits.error());
    auto ways = make_notify_senders(settings, executor);
    if (!ways) return std::unexpected(ways.error());
    told = std::make_unique<notices::Parts>(notices::Parts::Needs{
        .executor = executor,
        .settings = settings,
        .pool = stores.pool,
        .city = city,
        .intake = intake.backlog,
        .metrics = metrics,
        .guard = guard,
        .sessions = sessions,
        .feed = feed,
        .plain_http = settings.server.insecure_cookies,
        .senders = std::move(ways->senders),
        .push_key = std::move(ways->push_key)
    });
    outbox.on_handed_on([this] { told->ring(); });
    return {};
}

// Who hears of what from whom.
void Site::Parts::introduce() {
    feed.on_commands([this] { switchboard.hear_commands(); });
    feed.on_figures([this] {
        kpi.figures_moved();
        kpi_figures.figures_moved();
    });
    intake.figures.tell_by([this] { return feed.tell_figures(); });
    outbox.also([this](mysql::Connection& db, std::span<const mysql::OutboxRow> rows) {
        return neighbours.queue(db, rows);
    });
}

// A wiped device is told so whatever it asks (L10).
asio::awaitable<http::Response> Site::Parts::answer(http::Request request) {
    if (auto refused = told->refusal(request)) co_return std::move(*refused);
    co_return co_await router->dispatch(std::move(request));
}

void Site::Parts::make_router() {
    std::vector<http::Route> routes;
    appeals.add_routes(routes);
    permissions.add_routes(routes);
    ticket_list.add_routes(routes);
    views.add_routes(routes);
    tickets.add_routes(routes);
    attachments.add_routes(routes);
    filing.add_routes(routes);
    similar_tickets.add_routes(routes);
    hot_topics.add_routes(routes);
    exports.add_routes(routes);
    enterprises.add_routes(routes);
    directory.add_routes(routes);
    directory_keeping.add_routes(routes);
    own_duty.add_routes(routes);
    learned.add_routes(routes);
    directory_book.add_routes(routes);
    reference.add_routes(routes);
    dead_letters.add_routes(routes);
    auth_api.add_routes(routes);
    accounts.add_routes(routes);
    audit.add_routes(routes);
    kpi.add_routes(routes);
    kpi_cases.add_routes(routes);
    kpi_boards.add_routes(routes);
    kpi_figures.add_routes(routes);
    kpi_frozen.add_routes(routes);
    switchboard.add_routes(routes);
    policies.add_routes(routes);
    calendars.add_routes(routes);
    known.add_routes(routes);
    articles.add_routes(routes);
    before_appeal.add_routes(routes);
    neighbours.add_routes(routes);
    operations.add_routes(routes);
    told->add_routes(routes);
    http::Handler fallback;
    if (web) {
        fallback = [this](http::Request request) { return serve_file(*web, std::move(request)); };
    }
    router = std::make_unique<http::Router>(std::move(routes), std::move(fallback));
}

http::Hooks Site::Parts::hooks() {
    http::Hooks hooks;
    hooks.on_answer = [this](const http::AccessRecord& record) {
        metrics.answered(record.route, record.status, record.duration);
        log::write(
            log::Level::info,
            "request",
            {{"route", record.route.empty() ? std::string_view("none") : record.route},
             {"status", static_cast<std::int64_t>(record.status)},
             {"us", record.duration.count() / 1000},
             {"request_id", record.request_id}}
        );
    };
    hooks.on_failure = [](std::string_view where, std::exception_ptr failure) {
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& error) {
            log::write(log::Level::error, "failure", {{"where", where}, {"what", error.what()}});
        }
    };
    hooks.max_body = [this](http::Method method, std::string_view path) {
        return router->max_body(method, path);
    };
    hooks.is_upgrade_path = LiveFeed::is_path;
    hooks.upgrade = [this](http::Upgrade& upgrade) { return feed.upgrade(upgrade); };
    return hooks;
}

asio::awaitable<void> Site::Parts::purge_sessions() {
    for (;;) {
        co_await sleep_for(std::chrono::minutes(5));
        co_await sessions.purge();
    }
}

// A call shows the ticket it led to; what becomes of that later is not the call's to tell.
asio::awaitable<void> Site::Parts::tell(workers::OutboxNews news) {
    const auto recent = now() - std::chrono::hours(1);
    for (const auto& line : news.tickets) {
        const auto& ticket = line.ticket;
        if (!ticket.call_id.empty() && ticket.accepted_at > recent)
            switchboard.filed(ticket.call_id);
    }
    co_await feed.tell(std::move(news));
}

void Site::start(TaskGroup& tasks) {
    tasks.spawn("session purge", parts_->purge_sessions());
    parts_->feed.start(tasks);
    parts_->switchboard.start(tasks);
    tasks.spawn("outbox", parts_->outbox.run());
    parts_->told->start(tasks);
    parts_->neighbours.start(tasks);
    parts_->server->start();
}

asio::awaitable<void> Site::stop(std::chrono::milliseconds drain) {
    parts_->operations.drain();
    parts_->feed.close();
    parts_->switchboard.stop();
    co_await parts_->server->stop(drain);
}

std::uint16_t Site::port() const {
    return parts_->server->port();
}

}  // namespace hotline
