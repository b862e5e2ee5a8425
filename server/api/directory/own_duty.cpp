#include "server/api/directory/own_duty.hpp"

#include "server/api/dto.hpp"
#include "server/api/if_match.hpp"
#include "ticketing/permissions.hpp"
#include "ticketing/text.hpp"

namespace hotline::api {

namespace asio = boost::asio;
using actions::DirectoryWish;
using http::Request;
using http::Response;
using mysql::StaffedOfficial;
using ticketing::organisation::Leave;

namespace {

Result<Leave> read_own_leave(const Request& request, ticketing::OfficialId whose) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    Leave leave;
    leave.official = whose;
    if (!fields.has("from")) fields.note("from", ErrorCode::missing_field);
    leave.from = fields.day("from").value_or(sla::LocalDay{});
    leave.to = fields.day("to");
    leave.reason = ticketing::tidied(fields.text("reason", {.max = 100}).value_or(""));
    fields.refuse_others();
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return leave;
}

Result<ticketing::OfficialId> read_deputy(const Request& request) {
    const auto object = parse_object(request);
    if (!object) return std::unexpected(object.error());
    std::vector<FieldError> errors;
    Fields fields(*object, errors);
    const auto deputy = fields.id<ticketing::OfficialId>("deputy_id");
    fields.refuse_others();
    if (auto refused = refusal(std::move(errors))) return std::unexpected(std::move(*refused));
    return deputy;
}

}  // namespace

OwnDutyApi::OwnDutyApi(auth::Guard& guard, DirectoryKeepingApi& keeping)
    : guard_(guard), keeping_(keeping) {}

asio::awaitable<Result<ticketing::Actor>> OwnDutyApi::official(const Request& request) {
    auto actor = co_await guard_.who_may(request, ticketing::Verb::directory_read);
    if (actor && !keeps_own_duty(*actor, actor->official)) co_return fail(ErrorCode::forbidden);
    co_return actor;
}

asio::awaitable<Response> OwnDutyApi::note_leave(Request request) {
    const auto actor = co_await official(request);
    if (!actor) co_return http::problem(request, actor.error());
    const auto leave = read_own_leave(request, actor->official);
    if (!leave) co_return http::problem(request, leave.error());
    DirectoryWish<Leave> wish;
    wish.apply = [leave = *leave](Leave& entry) { entry = leave; };
    co_return co_await keeping_.done<Leave>(
        std::move(request), *actor, std::move(wish), {}, "create"
    );
}

asio::awaitable<Response> OwnDutyApi::withdraw_leave(Request request) {
    const auto actor = co_await official(request);
    if (!actor) co_return http::problem(request, actor.error());
    const auto id = path_id(request, "id");
    if (!id) co_return http::problem(request, id.error());
    const auto wanted = wanted_version(request);
    if (!wanted) co_return http::problem(request, wanted.error());
    DirectoryWish<Leave> wish{*id, *wanted, [](Leave& entry) { entry.active = false; }, {}};
    co_return co_await keeping_.done<Leave>(
        std::move(request), *actor, std::move(wish), {}, "deactivate"
    );
}

asio::awaitable<Response> OwnDutyApi::name_deputy(Request request) {
    const auto actor = co_await official(request);
    if (!actor) co_return http::problem(request, actor.error());
    const auto wanted = wanted_version(request);
    if (!wanted) co_return http::problem(request, wanted.error());
    const auto deputy = read_deputy(request);
    if (!deputy) co_return http::problem(request, deputy.error());
    const auto apply = [deputy = *deputy](StaffedOfficial& entry) {
        entry.official.deputy = deputy;
    };
    DirectoryWish<StaffedOfficial> wish{actor->official.value, *wanted, apply, {}};
    co_return co_await keeping_.done<StaffedOfficial>(
        std::move(request), *actor, std::move(wish), {}, "change"
    );
}

void OwnDutyApi::add_routes(std::vector<http::Route>& routes) {
    using enum http::Method;
    const auto bind = [this](asio::awaitable<Response> (OwnDutyApi::*member)(Request)) {
        return [this, member](Request request) { return (this->*member)(std::move(request)); };
    };
    routes.push_back({post, "/api/v1/me/leaves", bind(&OwnDutyApi::note_leave)});
    routes.push_back({post, "/api/v1/me/leaves/{id}/withdraw", bind(&OwnDutyApi::withdraw_leave)});
    routes.push_back({put, "/api/v1/me/deputy", bind(&OwnDutyApi::name_deputy)});
}

}  // namespace hotline::api
