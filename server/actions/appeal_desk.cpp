#include "server/actions/appeal_desk.hpp"

#include "integrations/crypto/code.hpp"
#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/store_error.hpp"
#include "server/actions/accept_appeals.hpp"
#include "server/appeal_payload.hpp"
#include "server/now.hpp"
#include "ticketing/intake.hpp"
#include "ticketing/ticket_number.hpp"

namespace hotline::actions {
namespace {

namespace asio = boost::asio;

}  // namespace

struct AppealDesk::Promise {
    PromisedAppeal promised;

    redis::IntakeKey key() const {
        return {
            promised.appeal.channel, promised.appeal.idempotency_key, std::string(mysql_bytes())
        };
    }
    std::string_view mysql_bytes() const {
        return {
            reinterpret_cast<const char*>(promised.body_hash.data()), promised.body_hash.size()
        };
    }
};

AppealDesk::AppealDesk(
    redis::IntakeStream& stream,
    mysql::Pool& pool,
    mysql::SerialSource& serials,
    CommitWaiters& waiters,
    const CitySource& city,
    DeskLoads& loads,
    const Backlog& backlog,
    IntakeLimits limits,
    std::string query_code_secret
)
    : stream_(stream),
      pool_(pool),
      serials_(serials),
      waiters_(waiters),
      city_(city),
      loads_(loads),
      backlog_(backlog),
      limits_(limits),
      secret_(std::move(query_code_secret)) {}

std::string AppealDesk::query_code(std::string_view ticket_no) const {
    return crypto::query_code(secret_, ticket_no);
}

Receipt AppealDesk::receipt(Receipt::Status status, std::string ticket_no, bool replayed) const {
    std::string code = query_code(ticket_no);
    return {status, std::move(ticket_no), std::move(code), replayed};
}

asio::awaitable<Result<Receipt>> AppealDesk::submit(ticketing::Appeal appeal, bool wait) {
    const auto serial = serials_.take();
    // Only when MySQL has been away for two whole blocks of appeals.
    if (!serial) co_return fail(ErrorCode::store_unavailable, "serials");
    Promise promise;
    promise.promised.accepted_at = now();
    promise.promised.ticket_no =
        ticketing::format_ticket_number(promise.promised.accepted_at, *serial);
    promise.promised.body_hash = crypto::sm3(std::string_view(ticketing::canonical_text(appeal)));
    promise.promised.appeal = std::move(appeal);

    const bool full = backlog_.length >= limits_.hard_limit;
    if (stream_.available() && !full) {
        auto queued =
            co_await through_stream(promise, wait && backlog_.length < limits_.soft_limit);
        const bool lost = !queued && (queued.error().code == ErrorCode::store_unavailable ||
                                      queued.error().code == ErrorCode::deadline_exceeded ||
                                      queued.error().code == ErrorCode::queue_full);
        if (!lost) co_return queued;
    }
    auto direct = co_await straight(std::move(promise));
    if (!direct && full) co_return fail(ErrorCode::queue_full);
    co_return direct;
}

asio::awaitable<Result<Receipt>> AppealDesk::through_stream(Promise promise, bool wait) {
    std::optional<CommitWaiters::Place> place;
    if (wait) place.emplace(waiters_, promise.promised.ticket_no);
    auto added = co_await stream_.append(
        promise.key(), promise.promised.ticket_no, encode_appeal(promise.promised.appeal)
    );
    if (!added) co_return std::unexpected(added.error());
    if (added->kind == redis::Appended::Kind::other_body) {
        co_return fail(ErrorCode::idempotency_key_reused);
    }
    const bool replayed = added->kind == redis::Appended::Kind::replayed;
    if (replayed) {
        // Accepted before: committed or still queued? Only the database knows.
        const std::string number = added->ticket_no;
        const auto known = co_await pool_.read([&](mysql::Connection& db) {
            return mysql::read_ticket(db, number);
        });
        const bool committed = known && known->has_value();
        co_return receipt(
            committed ? Receipt::Status::committed : Receipt::Status::queued, number, true
        );
    }
    if (!wait) co_return receipt(Receipt::Status::queued, promise.promised.ticket_no, false);
    const auto outcome = co_await place->wait(limits_.wait);
    if (!outcome) co_return receipt(Receipt::Status::queued, promise.promised.ticket_no, false);
    if (outcome->kind == Committed::Kind::other_body) {
        co_return fail(ErrorCode::idempotency_key_reused);
    }
    const bool existing = outcome->kind == Committed::Kind::existing;
    co_return receipt(Receipt::Status::committed, outcome->ticket_no, existing);
}

// Redis is away (or lost our answer): the same transaction by the same key; a late twin in the
// stream finds the row and is a no-op.
asio::awaitable<Result<Receipt>> AppealDesk::straight(Promise promise) {
    const CityPtr city = city_.current();
    const PromisedAppeal appeal = promise.promised;
    auto loads = loads_.copy();
    for (int attempt = 0; attempt < 2; ++attempt) {
        auto accepted = co_await pool_.transact([&](mysql::Connection& db) {
            return accept_appeals(db, {&appeal, 1}, *city, loads, now(), true);
        });
        if (!accepted && (mysql::outcome_unknown(accepted.error()) ||
                          accepted.error().code == ErrorCode::conflict)) {
            continue;  // look again by key: it is there, or it is free
        }
        if (!accepted) co_return fail(ErrorCode::store_unavailable, accepted.error().detail);
        const Acceptance& result = accepted->front();
        if (result.kind == Acceptance::Kind::other_body) {
            co_return fail(ErrorCode::idempotency_key_reused);
        }
        const bool replayed = result.kind == Acceptance::Kind::replayed;
        if (!replayed) loads_.placed(result.ticket);
        co_return receipt(Receipt::Status::committed, result.ticket_no, replayed);
    }
    co_return fail(ErrorCode::store_unavailable);
}

}  // namespace hotline::actions
