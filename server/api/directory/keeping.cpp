#include "server/api/directory/keeping.hpp"

#include "server/api/directory/input.hpp"
#include "server/api/dto.hpp"
#include "server/api/if_match.hpp"
#include "server/auth/audit.hpp"
#include "ticketing/json_text.hpp"

namespace hotline::api {

namespace asio = boost::asio;
using actions::DirectoryWish;
using http::Request;
using http::Response;
using mysql::Listed;
using mysql::StaffedOfficial;
using ticketing::Enterprise;
using ticketing::Turn;
using ticketing::Unit;
using ticketing::Verb;
using ticketing::organisation::Card;
using ticketing::organisation::Leave;

namespace {

// Under which name a kind is found, and who may look and change (A11).
struct Place {
    std::string_view plural;
    Verb read;
    Verb keep;
};

template <class Entry>
constexpr Place place{};
template <>
constexpr Place place<Unit>{"units", Verb::directory_read, Verb::directory_keep};
template <>
constexpr Place place<StaffedOfficial>{"officials", Verb::directory_read, Verb::directory_keep};
template <>
constexpr Place place<Leave>{"leaves", Verb::directory_read, Verb::directory_duty};
template <>
constexpr Place place<Turn>{"turns", Verb::directory_read, Verb::directory_duty};
template <>
constexpr Place place<Card>{"cards", Verb::directory_keep, Verb::directory_keep};
// In clear: for those who keep the register.
template <>
constexpr Place place<Enterprise>{"enterprises", Verb::directory_keep, Verb::directory_keep};

// The router looks at them as long as it lives.
struct Paths {
    std::string all;
    std::string one = all + "/{id}";
    std::string deactivate = one + "/deactivate";
    std::string activate = one + "/activate";
};

template <class Entry>
const Paths& paths() {
    static const Paths made{"/api/v1/directory/" + std::string(place<Entry>.plural)};
    return made;
}

void switch_use(StaffedOfficial& staffed, bool active) {
    staffed.official.active = active;
}
template <class Entry>
void switch_use(Entry& entry, bool active) {
    entry.active = active;
}

template <class Entry>
Result<Listed<Entry>> one_entry(mysql::Connection& db, std::uint64_t id, sla::LocalDay today) {
    mysql::DirectoryFilter filter;
    filter.id = id;
    filter.today = today;
    auto page = mysql::list_entries<Entry>(db, filter);
    if (!page) return std::unexpected(page.error());
    if (page->items.empty()) return fail(ErrorCode::not_found);
    return std::move(page->items.front());
}

template <class Entry>
Response entry_response(const Listed<Entry>& line, const DirectoryViewer& viewer, int status) {
    auto response = http::json(kept_json(line, viewer), status);
    response.set("etag", "\"" + std::to_string(line.stored.revision) + "\"");
    if (status != 201) return response;
    const auto id = ticketing::organisation::id_of(line.stored.entry);
    response.set("location", paths<Entry>().all + "/" + std::to_string(id));
    return response;
}

}  // namespace

DirectoryKeepingApi::DirectoryKeepingApi(
    auth::Guard& guard,
    mysql::Pool& pool,
    const CitySource& city,
    const DeskLoads& loads,
    auth::Clock clock
)
    : guard_(guard), pool_(pool), city_(city), loads_(loads), clock_(std::move(clock)) {}

template <class Entry>
asio::awaitable<Response> DirectoryKeepingApi::list(Request request) {
    const auto actor = co_await guard_.who_may(request, place<Entry>.read);
    if (!actor) co_return http::problem(request, actor.error());
    const CityPtr city = city_.current();
    const auto today = sla::local_day(clock_());
    const auto filter = read_directory_filter(request, *city, today);
    if (!filter) co_return http::problem(request, filter.error());
    const auto job = [&filter](mysql::Connection& db) {
        return mysql::list_entries<Entry>(db, *filter);
    };
    const auto page = co_await pool_.read(job);
    if (!page) co_return http::problem(request, page.error());
    const auto loads = loads_.copy();
    const DirectoryViewer viewer{*actor, *city, loads, today, request.wants_english()};
    ticketing::JsonObject out;
    out.raw("items", ticketing::json_array(page->items, [&](const Listed<Entry>& line) {
                return kept_json(line, viewer);
            }));
    out.number("total", static_cast<std::int64_t>(page->total));
    const auto next = filter->offset + page->items.size();
    if (!page->items.empty() && next < page->total) {
        out.text("next_cursor", std::to_string(next));
    }
    co_return http::json(out.str());
}

template <class Entry>
asio::awaitable<Response> DirectoryKeepingApi::show(Request request) {
    const auto actor = co_await guard_.who_may(request, place<Entry>.read);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "id");
    if (!id) co_return http::problem(request, id.error());
    const CityPtr city = city_.current();
    const auto today = sla::local_day(clock_());
    const auto job = [&id, today](mysql::Connection& db) {
        return one_entry<Entry>(db, *id, today);
    };
    const auto line = co_await pool_.read(job);
    if (!line) co_return http::problem(request, line.error());
    const auto loads = loads_.copy();
    const DirectoryViewer viewer{*actor, *city, loads, today, request.wants_english()};
    co_return entry_response(*line, viewer, 200);
}

template <class Entry>
asio::awaitable<Response> DirectoryKeepingApi::done(
    Request request,
    ticketing::Actor actor,
    DirectoryWish<Entry> wish,
    std::string note,
    std::string_view deed
) {
    const CityPtr city = city_.current();
    const auto now = clock_();
    const auto today = sla::local_day(now);
    const actions::Keeper keeper{
        actor, {actor.user, actor.name, now, "api", std::move(note)}, request.wants_english()
    };
    const std::string kind(ticketing::name(mysql::TableOf<Entry>::kind));
    const std::string audited = "directory." + kind + "." + std::string(deed);
    const auto job = [&](mysql::Connection& db) -> Result<Listed<Entry>> {
        const auto id = actions::keep_entry(db, wish, keeper);
        if (!id) return std::unexpected(id.error());
        auto line = one_entry<Entry>(db, *id, today);
        if (!line) return line;
        const auto entry = auth::audit_entry(
            auth::caller_of(request), actor, audited, kind + ":" + std::to_string(*id), now
        );
        if (auto noted = auth::record(db, entry); !noted) return std::unexpected(noted.error());
        return line;
    };
    const auto line = co_await pool_.transact(job);
    if (!line) co_return http::problem(request, line.error());
    const auto loads = loads_.copy();
    const DirectoryViewer viewer{actor, *city, loads, today, request.wants_english()};
    co_return entry_response(*line, viewer, wish.id == 0 ? 201 : 200);
}

template <class Entry>
asio::awaitable<Response> DirectoryKeepingApi::create(Request request) {
    const auto actor = co_await guard_.who_may(request, place<Entry>.keep);
    if (!actor) co_return http::problem(request, actor.error());
    auto form = read_entry_form<Entry>(request, sla::local_day(clock_()));
    if (!form) co_return http::problem(request, form.error());
    DirectoryWish<Entry> wish;
    wish.apply = std::move(form->apply);
    co_return co_await done<Entry>(
        std::move(request), *actor, std::move(wish), std::move(form->note), "create"
    );
}

template <class Entry>
asio::awaitable<Response> DirectoryKeepingApi::change(Request request) {
    const auto actor = co_await guard_.who_may(request, place<Entry>.keep);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "id");
    if (!id) co_return http::problem(request, id.error());
    const auto wanted = wanted_version(request);
    if (!wanted) co_return http::problem(request, wanted.error());
    auto form = read_entry_form<Entry>(request, sla::local_day(clock_()));
    if (!form) co_return http::problem(request, form.error());
    DirectoryWish<Entry> wish{*id, *wanted, std::move(form->apply), {}};
    co_return co_await done<Entry>(
        std::move(request), *actor, std::move(wish), std::move(form->note), "change"
    );
}

template <class Entry>
asio::awaitable<Response> DirectoryKeepingApi::set_active(Request request, bool active) {
    const auto actor = co_await guard_.who_may(request, place<Entry>.keep);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "id");
    if (!id) co_return http::problem(request, id.error());
    const auto wanted = wanted_version(request);
    if (!wanted) co_return http::problem(request, wanted.error());
    auto form = read_activation(request);
    if (!form) co_return http::problem(request, form.error());
    DirectoryWish<Entry> wish{
        *id, *wanted, [active](Entry& entry) { switch_use(entry, active); }, form->successor
    };
    const std::string_view deed = active ? "activate" : "deactivate";
    co_return co_await done<Entry>(
        std::move(request), *actor, std::move(wish), std::move(form->note), deed
    );
}

template <class Entry>
asio::awaitable<Response> DirectoryKeepingApi::deactivate(Request request) {
    return set_active<Entry>(std::move(request), false);
}

template <class Entry>
asio::awaitable<Response> DirectoryKeepingApi::activate(Request request) {
    return set_active<Entry>(std::move(request), true);
}

template <class Entry>
void DirectoryKeepingApi::add_kind(std::vector<http::Route>& routes) {
    using enum http::Method;
    using Member = asio::awaitable<Response> (DirectoryKeepingApi::*)(Request);
    const auto add = [&](http::Method method, std::string_view pattern, Member member) {
        routes.push_back({method, pattern, [this, member](Request r) {
                              return (this->*member)(std::move(r));
                          }});
    };
    add(get, paths<Entry>().all, &DirectoryKeepingApi::list<Entry>);
    add(post, paths<Entry>().all, &DirectoryKeepingApi::create<Entry>);
    add(get, paths<Entry>().one, &DirectoryKeepingApi::show<Entry>);
    add(put, paths<Entry>().one, &DirectoryKeepingApi::change<Entry>);
    add(post, paths<Entry>().deactivate, &DirectoryKeepingApi::deactivate<Entry>);
    add(post, paths<Entry>().activate, &DirectoryKeepingApi::activate<Entry>);
}

void DirectoryKeepingApi::add_routes(std::vector<http::Route>& routes) {
    add_kind<Unit>(routes);
    add_kind<StaffedOfficial>(routes);
    add_kind<Leave>(routes);
    add_kind<Turn>(routes);
    add_kind<Card>(routes);
    add_kind<Enterprise>(routes);
}

template asio::awaitable<Response> DirectoryKeepingApi::done(
    Request, ticketing::Actor, DirectoryWish<Leave>, std::string, std::string_view
);
template asio::awaitable<Response> DirectoryKeepingApi::done(
    Request, ticketing::Actor, DirectoryWish<StaffedOfficial>, std::string, std::string_view
);

}  // namespace hotline::api
