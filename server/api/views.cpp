#include "server/api/views.hpp"

#include "server/api/dto.hpp"
#include "server/api/if_match.hpp"
#include "server/api/view_json.hpp"
#include "server/auth/audit.hpp"
#include "ticketing/json_text.hpp"
#include "ticketing/saved_views.hpp"

#include <algorithm>

namespace hotline::api {

namespace asio = boost::asio;
using http::Request;
using http::Response;
using mysql::Connection;
using mysql::SavedView;
using ticketing::JsonObject;
using ticketing::Verb;

namespace {

constexpr std::size_t view_body = 4096;
constexpr std::size_t most_views = 50;

// The browser makes it once, like a key of idempotence.
Result<std::string> view_id(const Request& request) {
    const auto found = request.params.find("view_id");
    const std::string id = found == request.params.end() ? "" : found->second;
    const bool shaped = id.size() >= 16 && id.size() <= 36 && std::ranges::all_of(id, [](char c) {
                            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-';
                        });
    if (!shaped) return fail(ErrorCode::not_found);
    return id;
}

bool wants_new(const Request& request) {
    return request.header("if-none-match") == std::string_view("*");
}

bool says_the_same(const SavedView& a, const SavedView& b) {
    return a.name == b.name && a.question == b.question && a.sort == b.sort &&
           a.columns == b.columns && a.role == b.role;
}

ticketing::ViewRights rights_of(const SavedView& view) {
    return {view.account, view.role};
}

// The stored one, for who keeps it; of one he cannot see it is as if there were none.
Result<SavedView> kept_by(Connection& db, const std::string& id, const ticketing::Actor& actor) {
    auto found = mysql::find_view(db, id);
    if (!found) return std::unexpected(found.error());
    if (!*found || !ticketing::sees_view(actor, rights_of(**found))) {
        return fail(ErrorCode::not_found);
    }
    if (!ticketing::keeps_view(actor, rights_of(**found))) return fail(ErrorCode::forbidden);
    return std::move(**found);
}

Result<void> has_room(Connection& db, const ticketing::Actor& actor, bool english) {
    const auto count = mysql::count_views(db, actor.user);
    if (!count) return std::unexpected(count.error());
    if (*count < most_views) return {};
    return fail_field(
        "name",
        ErrorCode::rule_broken,
        english ? "Fifty views are kept at most; remove one that is not used any more."
                : "最多保存五十个视图，请先删除不再使用的。"
    );
}

// One wish: which view is to say what, under which version of it.
struct ViewWish {
    std::string id;
    std::optional<std::uint32_t> version;  // nothing: it is to be a new one
    ticketing::Actor actor;
    auth::Caller caller;
    ticketing::Instant now;
    bool english = false;
};

// What a role is given, others work by: it is written down who did it.
Result<void> note_given(
    Connection& db, const ViewWish& wish, std::string action, const SavedView& view
) {
    if (!view.role) return {};
    JsonObject detail;
    detail.text("name", view.name).text("role", ticketing::name(*view.role));
    return auth::record(
        db,
        auth::audit_entry(
            wish.caller, wish.actor, std::move(action), "view:" + view.id, wish.now, detail.str()
        )
    );
}

Result<SavedView> create_view(Connection& db, const ViewWish& wish, SavedView view) {
    const auto before = mysql::find_view(db, wish.id);
    if (!before) return std::unexpected(before.error());
    if (*before) {
        // The answer was lost and it is sent again.
        const bool again = (*before)->account == wish.actor.user && says_the_same(**before, view);
        if (!again) return fail(ErrorCode::stale_version);
        return **before;
    }
    if (auto room = has_room(db, wish.actor, wish.english); !room) {
        return std::unexpected(room.error());
    }
    view.id = wish.id;
    view.account = wish.actor.user;
    view.account_name = wish.actor.name;
    if (auto done = mysql::insert_view(db, view, wish.now); !done) {
        return std::unexpected(done.error());
    }
    if (auto noted = note_given(db, wish, "view.give", view); !noted) {
        return std::unexpected(noted.error());
    }
    return view;
}

Result<SavedView> change_view(Connection& db, const ViewWish& wish, SavedView view) {
    auto before = kept_by(db, wish.id, wish.actor);
    if (!before) return before;
    if (says_the_same(*before, view) && before->version == *wish.version + 1) return before;
    if (before->version != *wish.version) return fail(ErrorCode::stale_version);
    view.id = before->id;
    view.account = before->account;
    view.account_name = before->account_name;
    view.version = before->version + 1;
    if (auto done = mysql::update_view(db, view, wish.now); !done) {
        return std::unexpected(done.error());
    }
    const bool taken = before->role && before->role != view.role;
    if (taken) {
        if (auto noted = note_given(db, wish, "view.take", *before); !noted) {
            return std::unexpected(noted.error());
        }
    }
    if (auto noted = note_given(db, wish, "view.give", view); !noted) {
        return std::unexpected(noted.error());
    }
    return view;
}

Result<void> remove_view(Connection& db, const ViewWish& wish) {
    const auto before = kept_by(db, wish.id, wish.actor);
    if (!before) return std::unexpected(before.error());
    if (before->version != wish.version) return fail(ErrorCode::stale_version);
    if (auto done = mysql::delete_view(db, wish.id); !done) return done;
    return note_given(db, wish, "view.take", *before);
}

}  // namespace

ViewsApi::ViewsApi(
    auth::Guard& guard,
    mysql::Pool& pool,
    const CitySource& city,
    const crypto::BlindIndex& blind,
    auth::Clock clock
)
    : guard_(guard), pool_(pool), city_(city), blind_(blind), clock_(std::move(clock)) {}

asio::awaitable<Response> ViewsApi::list(Request request) {
    const auto actor = co_await guard_.who_may(request, Verb::ticket_list);
    if (!actor) co_return http::problem(request, actor.error());
    const auto job = [&](Connection& db) {
        return ticketing::may_give_views(actor->role)
                   ? mysql::list_given_views(db, actor->user)
                   : mysql::list_views(db, actor->user, actor->role);
    };
    const auto views = co_await pool_.read(job);
    if (!views) co_return http::problem(request, views.error());
    JsonObject out;
    out.raw("items", ticketing::json_array(*views, [&](const SavedView& view) {
                return view_json(view, *actor);
            }));
    co_return http::json(out.str());
}

asio::awaitable<Response> ViewsApi::keep(Request request) {
    auto actor = co_await guard_.who_may(request, Verb::ticket_list);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = view_id(request);
    if (!id) co_return http::problem(request, id.error());
    const bool fresh = wants_new(request);
    const auto version = wanted_version(request);
    if (!fresh && !version) co_return http::problem(request, version.error());
    const CityPtr city = city_.current();
    const auto wanted = read_view(request, *actor, *city, blind_);
    if (!wanted) co_return http::problem(request, wanted.error());
    ViewWish wish{*id, std::nullopt, std::move(*actor), auth::caller_of(request), clock_()};
    wish.english = request.wants_english();
    if (!fresh) wish.version = *version;
    const auto job = [&](Connection& db) -> Result<SavedView> {
        return wish.version ? change_view(db, wish, *wanted) : create_view(db, wish, *wanted);
    };
    const auto kept = co_await pool_.transact(job);
    if (!kept) co_return http::problem(request, kept.error());
    auto response = http::json(view_json(*kept, wish.actor), fresh ? 201 : 200);
    response.set("etag", "\"" + std::to_string(kept->version) + "\"");
    co_return response;
}

asio::awaitable<Response> ViewsApi::remove(Request request) {
    auto actor = co_await guard_.who_may(request, Verb::ticket_list);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = view_id(request);
    if (!id) co_return http::problem(request, id.error());
    const auto version = wanted_version(request);
    if (!version) co_return http::problem(request, version.error());
    const ViewWish wish{*id, *version, std::move(*actor), auth::caller_of(request), clock_()};
    const auto job = [&](Connection& db) { return remove_view(db, wish); };
    const auto done = co_await pool_.transact(job);
    if (!done) co_return http::problem(request, done.error());
    co_return http::no_content();
}

void ViewsApi::add_routes(std::vector<http::Route>& routes) {
    const auto bind = [this](asio::awaitable<Response> (ViewsApi::*member)(Request)) {
        return [this, member](Request request) { return (this->*member)(std::move(request)); };
    };
    using enum http::Method;
    constexpr std::string_view one = "/api/v1/me/views/{view_id}";
    routes.push_back({get, "/api/v1/me/views", bind(&ViewsApi::list)});
    routes.push_back({put, one, bind(&ViewsApi::keep), view_body});
    routes.push_back({del, one, bind(&ViewsApi::remove)});
}

}  // namespace hotline::api
