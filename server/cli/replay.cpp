#include "integrations/crypto/ids.hpp"
#include "integrations/mysql/directory_store.hpp"
#include "integrations/mysql/enterprise_sample.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/replay_file.hpp"
#include "server/cli/replay_report.hpp"
#include "server/cli/replay_senders.hpp"
#include "server/cli/running_server.hpp"
#include "server/now.hpp"
#include "server/stores.hpp"

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

namespace hotline::cli {
namespace {

namespace json = boost::json;

constexpr std::chrono::seconds ticket_patience{30};
constexpr std::chrono::milliseconds pause{200};

Result<std::string> read_file(const std::string& name) {
    std::ifstream file{name, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
    if (!file) return fail(ErrorCode::not_found, name + " cannot be read");
    return text;
}

// The enterprises somebody of each district would be calling for.
class Callers {
public:
    Callers(mysql::Connection& db, const ticketing::Directory& directory)
        : db_(db), directory_(directory) {}

    // One registered there, another one each time; nothing for a place without.
    Result<std::optional<ticketing::Enterprise>> from(std::string_view district) {
        for (const auto& division : directory_.divisions) {
            using Kind = ticketing::Division::Kind;
            const bool fits = division.kind == Kind::county || division.kind == Kind::zone;
            if (!fits || !names_place(division.name, district)) continue;
            return mysql::sample_enterprise(db_, division.code, taken_++);
        }
        return std::nullopt;
    }

private:
    // "高新区", "渭南高新区".
    static bool names_place(std::string_view name, std::string_view district) {
        return !district.empty() && (name == district || district.ends_with(name));
    }

    mysql::Connection& db_;
    const ticketing::Directory& directory_;
    std::size_t taken_ = 0;
};

// The ticket as a dispatcher sees it, once it is written and has left the desk it came in on.
Result<json::object> await_ticket(Person& dispatcher, const std::string& number) {
    const auto until = std::chrono::steady_clock::now() + ticket_patience;
    for (;;) {
        auto ticket = dispatcher.get("/api/v1/tickets/" + number);
        if (ticket || ticket.error().code != ErrorCode::not_found) return ticket;
        if (std::chrono::steady_clock::now() > until) return ticket;
        std::this_thread::sleep_for(pause);
    }
}

struct Stage {
    mysql::Connection& db;
    const ticketing::Directory& directory;
    Senders& senders;
    Person& dispatcher;
};

int play(Stage stage, const std::vector<ReplayAppeal>& appeals, bool as_json) {
    Callers callers{stage.db, stage.directory};
    ReplayReport report{stage.directory, as_json};
    std::vector<std::pair<const ReplayAppeal*, Result<std::string>>> sent;
    for (std::size_t i = 0; i < appeals.size(); ++i) {
        const auto firm = callers.from(appeals[i].district);
        if (!firm) {
            fmt::print(stderr, "{}\n", firm.error().detail);
            return 1;
        }
        sent.emplace_back(&appeals[i], stage.senders.send(i, appeals[i], *firm));
    }
    for (const auto& [appeal, number] : sent) {
        if (!number) {
            report.failed(*appeal, number.error());
            continue;
        }
        const auto ticket = await_ticket(stage.dispatcher, *number);
        if (ticket) {
            report.got(*appeal, *ticket);
        } else {
            report.failed(*appeal, ticket.error());
        }
    }
    return report.finish();
}

}  // namespace

int replay(const config::Settings& settings, const ReplayOptions& options) {
    const auto give_up = [](const Error& error) {
        fmt::print(stderr, "Replay failed: {}.\n", error.detail);
        return 1;
    };
    const auto text = read_file(options.file);
    if (!text) return give_up(text.error());
    const auto appeals = parse_replay(*text);
    if (!appeals) return give_up(appeals.error());
    const auto known = demo_passwords(settings);
    if (!known) return give_up(known.error());
    const auto where = mysql_settings(settings);
    if (!where) return give_up(where.error());

    const mysql::ThreadScope thread;
    auto db = mysql::Connection::open(*where);
    if (!db) return give_up(db.error());
    const auto directory = mysql::read_directory(*db, sla::local_day(hotline::now()));
    if (!directory) return give_up(directory.error());
    const std::string url = address_of(settings, options.url);
    auto dispatcher = Person::log_in(url, "dispatcher01", *known);
    if (!dispatcher) return give_up(dispatcher.error());
    auto senders = Senders::ready(url, *known);
    if (!senders) return give_up(senders.error());
    const int result = play({*db, *directory, *senders, *dispatcher}, *appeals, options.json);
    senders->dismiss();
    return result;
}

}  // namespace hotline::cli
