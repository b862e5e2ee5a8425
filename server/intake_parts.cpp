#include "server/intake_parts.hpp"

#include "integrations/crypto/key_file.hpp"
#include "server/workers/checkpoint.hpp"
#include "server/workers/derive.hpp"
#include "server/workers/desk_loads.hpp"
#include "server/workers/recompute.hpp"
#include "server/workers/sla_watch.hpp"

namespace hotline {
namespace {

constexpr std::chrono::minutes checkpoint_interval{10};

actions::IntakeLimits limits_of(const config::IntakeSection& section) {
    return {
        .wait = std::chrono::milliseconds(section.wait_ms),
        .soft_limit = static_cast<std::uint64_t>(section.soft_limit),
        .hard_limit = static_cast<std::uint64_t>(section.hard_limit),
    };
}

actions::Committed committed(const redis::CommitNotice& notice) {
    using Kind = actions::Committed::Kind;
    Kind kind = Kind::created;
    switch (notice.outcome) {
        case redis::CommitOutcome::created:
            kind = Kind::created;
            break;
        case redis::CommitOutcome::existing:
            kind = Kind::existing;
            break;
        case redis::CommitOutcome::other_body:
            kind = Kind::other_body;
            break;
        case redis::CommitOutcome::dead_lettered:
            kind = Kind::dead_lettered;
            break;
    }
    return {kind, notice.ticket_no};
}

}  // namespace

Result<std::unique_ptr<IntakeParts>> IntakeParts::build(
    boost::asio::any_io_executor executor,
    const config::Settings& settings,
    const std::string& server_id,
    Stores& stores,
    const CitySource& city,
    Metrics& metrics
) {
    auto secret = crypto::load_or_create_secret(settings.secrets.query_code_key_file);
    if (!secret) return std::unexpected(secret.error());
    auto blind = crypto::BlindIndex::open(settings.secrets.query_code_key_file + ".blind");
    if (!blind) return std::unexpected(blind.error());
    auto signer = crypto::Signer::open(settings.secrets.checkpoint_key_file);
    if (!signer) return std::unexpected(signer.error());
    return std::unique_ptr<IntakeParts>(new IntakeParts(
        executor,
        settings,
        server_id,
        stores,
        city,
        metrics,
        std::move(*secret),
        std::move(*blind),
        std::move(*signer)
    ));
}

IntakeParts::IntakeParts(
    boost::asio::any_io_executor executor,
    const config::Settings& settings,
    const std::string& server_id,
    Stores& stores,
    const CitySource& city,
    Metrics& metrics,
    std::string query_code_secret,
    crypto::BlindIndex blind_index,
    crypto::Signer signer
)
    : waiters(executor),
      serials("ticket", static_cast<std::uint64_t>(settings.intake.lease_block)),
      desk(
          stores.streams.front(),
          stores.pool,
          serials,
          waiters,
          city,
          loads,
          backlog,
          limits_of(settings.intake),
          std::move(query_code_secret)
      ),
      blind(std::move(blind_index)),
      stores_(stores),
      city_(city),
      metrics_(metrics),
      server_id_(server_id),
      watch_interval_(settings.sla.watch_interval_ms),
      rush_(executor),
      signer_(std::move(signer)) {
    for (std::size_t i = 0; i < stores.streams.size(); ++i) {
        workers::IntakeWorkerSettings worker{
            .consumer = server_id + "/" + std::to_string(i),
            .server_id = server_id,
            .batch_size = static_cast<int>(settings.intake.batch_size),
            .stands_by = i > 0,
        };
        workers_.emplace_back(
            stores.streams[i],
            stores.notices,
            stores.pool,
            waiters,
            city,
            loads,
            rush_,
            metrics,
            worker
        );
    }
}

void IntakeParts::start(TaskGroup& tasks) {
    tasks.spawn("serials", workers::keep_serials(stores_.pool, serials, metrics_));
    tasks.spawn("backlog", workers::watch_backlog(stores_.streams.front(), backlog, metrics_));
    tasks.spawn("desk loads", workers::refresh_desk_loads(stores_.pool, loads));
    // Two share what is due, so that one works while the other waits for the store.
    for (const char* name : {"sla watch", "second sla watch"}) {
        tasks.spawn(
            name, workers::watch_clocks(stores_.pool, city_, metrics_, server_id_, watch_interval_)
        );
    }
    tasks.spawn("recompute", workers::recompute_dues(stores_.pool, city_));
    tasks.spawn("derive", workers::derive(stores_.pool, backlog, metrics_, figures));
    tasks.spawn("index search", workers::index_search(stores_.pool, backlog, metrics_, blind));
    tasks.spawn(
        "catch up search", workers::catch_up_search(stores_.pool, backlog, metrics_, blind)
    );
    tasks.spawn(
        "checkpoints", workers::sign_checkpoints(stores_.pool, signer_, checkpoint_interval)
    );
    for (workers::IntakeWorker& worker : workers_) tasks.spawn("intake", worker.run());
    tasks.spawn("intake tidy", workers_.front().tidy());
}

void IntakeParts::take(std::span<const redis::CommitNotice> notices) {
    for (const redis::CommitNotice& notice : notices) {
        waiters.tell(notice.ticket_no, committed(notice));
    }
}

}  // namespace hotline
