#include "integrations/crypto/key_file.hpp"
#include "integrations/redis/intake_stream.hpp"
#include "server/actions/check_files.hpp"
#include "server/actions/check_recordings.hpp"
#include "server/actions/check_records.hpp"
#include "server/actions/compare_details.hpp"
#include "server/cli/commands.hpp"
#include "server/config/recording_key.hpp"
#include "server/now.hpp"
#include "server/stores.hpp"
#include "ticketing/json_text.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace hotline::cli {
namespace {

namespace asio = boost::asio;
using actions::CheckResult;
using Outstanding = Result<redis::Outstanding>;

asio::awaitable<void> ask(redis::Connection& link, Outstanding& answer) {
    redis::IntakeStream stream(link, link, {});
    for (int tries = 0; tries < 30 && !link.available(); ++tries) {
        co_await sleep_for(std::chrono::milliseconds(100));
    }
    answer = co_await stream.outstanding();
    link.close();
}

// What was accepted and has no ticket yet.
Outstanding intake_queue(const redis::ConnectionSettings& where) {
    asio::io_context io;
    redis::Connection link(io.get_executor(), where);
    Outstanding answer = fail(ErrorCode::store_unavailable);
    asio::co_spawn(io, link.run(), asio::detached);
    asio::co_spawn(io, ask(link, answer), asio::detached);
    io.run();
    return answer;
}

CheckResult check_queue(const config::Settings& settings, std::chrono::minutes stuck_after) {
    CheckResult result{.name = "queue"};
    const auto where = redis_settings(settings);
    const auto state = where ? intake_queue(*where) : Outstanding(std::unexpected(where.error()));
    if (!state) {
        result.fault("Redis cannot be asked: " + std::string(name(state.error().code)));
        return result;
    }
    result.looked_at = state->length;
    if (state->length > 0 && state->oldest_age > stuck_after) {
        const auto age = std::chrono::duration_cast<std::chrono::seconds>(state->oldest_age);
        result.fault(fmt::format("an accepted appeal has waited {} s for its ticket", age.count()));
    }
    return result;
}

Result<std::vector<CheckResult>> check_database(
    const config::Settings& settings, std::chrono::minutes stuck_after
) {
    auto where = mysql_settings(settings);
    if (!where) return std::unexpected(where.error());
    where->read_timeout = std::chrono::minutes(10);
    const std::string& key = settings.secrets.checkpoint_key_file;
    if (!std::filesystem::exists(key)) {
        return fail(ErrorCode::internal, "there is no checkpoint key at " + key);
    }
    const auto signer = crypto::Signer::open(key);
    if (!signer) return std::unexpected(signer.error());
    const mysql::ThreadScope thread;
    auto db = mysql::Connection::open(*where);
    if (!db) return std::unexpected(db.error());
    const auto now = hotline::now();
    auto results = actions::check_records(*db, *signer, {now, stuck_after});
    if (!results) return results;
    const auto store = files::FileStore::open(settings.attachments.folder);
    if (!store) return std::unexpected(store.error());
    auto kept = actions::check_files(*db, *store);
    if (!kept) return std::unexpected(kept.error());
    results->push_back(std::move(*kept));
    const auto& recordings = settings.telephony.recordings;
    const auto vault = files::FileStore::open(recordings.folder);
    if (!vault) return std::unexpected(vault.error());
    // Without its key none can be read, and another one would hide that.
    const std::string recording_key_file = config::recording_key_file(settings.secrets);
    Result<std::string> recording_key;
    if (std::filesystem::exists(recording_key_file)) {
        recording_key = crypto::load_or_create_secret(recording_key_file);
    }
    if (!recording_key) return std::unexpected(recording_key.error());
    auto recorded = actions::check_recordings(*db, *vault, *recording_key, now);
    if (!recorded) return std::unexpected(recorded.error());
    results->push_back(std::move(*recorded));
    auto details = actions::check_details(*db, now);
    if (!details) return std::unexpected(details.error());
    results->push_back(std::move(*details));
    return results;
}

void print_lines(const std::vector<CheckResult>& results) {
    for (const CheckResult& result : results) {
        if (result.ok()) {
            fmt::print("ok    {:<13} {} looked at\n", result.name, result.looked_at);
        } else {
            fmt::print(
                "WRONG {:<13} {} looked at, {} wrong; first: {}\n",
                result.name,
                result.looked_at,
                result.wrong,
                result.first
            );
        }
    }
}

void print_json(const std::vector<CheckResult>& results, bool ok) {
    std::string list = "[";
    for (const CheckResult& result : results) {
        if (list.size() > 1) list += ',';
        ticketing::JsonObject line;
        line.text("name", result.name).raw("ok", result.ok() ? "true" : "false");
        line.number("looked_at", static_cast<std::int64_t>(result.looked_at));
        line.number("wrong", static_cast<std::int64_t>(result.wrong));
        if (!result.ok()) line.text("first", result.first);
        list += line.str();
    }
    ticketing::JsonObject whole;
    whole.raw("ok", ok ? "true" : "false").raw("checks", list + "]");
    fmt::print("{}\n", whole.str());
}

}  // namespace

int check(const config::Settings& settings, const CheckOptions& options) {
    const std::chrono::minutes stuck_after(options.stuck_minutes);
    auto results = check_database(settings, stuck_after);
    if (!results) {
        fmt::print(stderr, "Nothing checked: {}.\n", results.error().detail);
        return 1;
    }
    results->push_back(check_queue(settings, stuck_after));
    const bool ok = std::ranges::all_of(*results, &CheckResult::ok);
    if (options.json) {
        print_json(*results, ok);
    } else {
        print_lines(*results);
    }
    return ok ? 0 : 1;
}

}  // namespace hotline::cli
