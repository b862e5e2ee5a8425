#pragma once

#include "integrations/crypto/code.hpp"
#include "server/actions/check_files.hpp"
#include "server/api/attachments.hpp"
#include "tests/integration/api/tickets_world.hpp"
#include "tests/support/child_process.hpp"
#include "tests/unit/files/samples.hpp"

#include <string>
#include <utility>
#include <vector>

namespace hotline::test {

// Tickets with a place for their files, people at work and appellants with their codes.
struct FilesWorld : TicketsWorld {
    TemporaryFolder folder;
    actions::FileDesk desk{*files::FileStore::open(folder.path() / "attachments"), 1024 * 1024};
    auth::QueryGuard query_guard{auth.limits, "secret"};
    api::AttachmentsApi files{api::AttachmentsApi::Parts{
        auth.guard, query_guard, auth.pool, source, loads, auth.limits, desk, auth.clock
    }};

    http::Request on(http::Request request, const std::string& number, std::uint64_t id = 0) {
        request.params = {{"ticket_no", number}, {"attachment_id", std::to_string(id)}};
        return request;
    }
    http::Response add(
        const Browser& by,
        const std::string& number,
        std::string bytes,
        std::string name,
        bool internal = false
    ) {
        auto request = on(by.post(std::move(bytes)), number);
        request.query = {{"name", std::move(name)}, {"internal", internal ? "true" : "false"}};
        return auth.run(files.add(std::move(request)));
    }
    http::Response open(
        const Browser& by, const std::string& number, std::uint64_t id, bool preview = false
    ) {
        return auth.run(files.show(on(by.get(), number, id), preview));
    }
    http::Response release(const Browser& by, const std::string& number, std::uint64_t id) {
        return auth.run(files.release(on(by.post(R"({"reason":"已核对，看不出是谁"})"), number, id))
        );
    }

    std::string code(const std::string& number) const {
        return crypto::query_code("secret", number);
    }
    http::Response add_own(
        const std::string& number, std::string bytes, std::string name, std::string with_code = ""
    ) {
        auto request = on(Browser{auth}.post(std::move(bytes)), number);
        request.query = {
            {"name", std::move(name)}, {"code", with_code.empty() ? code(number) : with_code}
        };
        return auth.run(files.add_own(std::move(request)));
    }
    http::Response open_own(const std::string& number, std::uint64_t id, bool preview = false) {
        auto request = on(Browser{auth}.get(), number, id);
        request.query = {{"code", code(number)}};
        return auth.run(files.show_own(std::move(request), preview));
    }

    std::string dispatched(void (*shape)(ticketing::Ticket&) = nullptr) {
        const auto number = accepted(shape);
        const auto unit = small.unit("610526.housing").value;
        const auto body = R"({"unit_id":)" + std::to_string(unit) + R"(,"official_id":)" +
                          std::to_string(small.worker.value) + "}";
        REQUIRE(act(person(ticketing::Role::dispatcher), number, "dispatch", body).status == 200);
        return number;
    }
    Browser worker() {
        return person(ticketing::Role::official, small.unit("610526.housing"), small.worker);
    }

    std::vector<std::string> listed(const Browser& by, const std::string& number) {
        std::vector<std::string> names;
        const auto ticket = body_of(show(by, number));
        for (const auto& file : ticket.at("attachments").as_array()) {
            names.push_back(text(file.at("name")));
        }
        return names;
    }
    std::size_t audited() {
        const auto entries = auth.pool.read_now([](mysql::Connection& db) {
            return mysql::list_audit(db, "attachment.read", {}, 100);
        });
        REQUIRE(entries);
        return entries->size();
    }
    std::size_t stored() const {
        std::size_t count = 0;
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator(desk.store().folder())) {
            count += entry.is_regular_file() && entry.path().filename() != ".lock" ? 1U : 0U;
        }
        return count;
    }
    actions::CheckResult check() {
        auto result = auth.pool.read_now([this](mysql::Connection& db) {
            return actions::check_files(db, desk.store());
        });
        REQUIRE(result);
        return *result;
    }
};

inline std::string header(const http::Response& response, std::string_view name) {
    for (const auto& field : response.headers) {
        if (field.name == name) return field.value;
    }
    return "";
}

inline std::uint64_t id_of(const http::Response& response) {
    REQUIRE(response.status == 201);
    return static_cast<std::uint64_t>(body_of(response).at("id").as_int64());
}

}  // namespace hotline::test
