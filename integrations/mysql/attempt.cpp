#include "integrations/mysql/attempt.hpp"

#include "integrations/mysql/store_error.hpp"

#include <exception>
#include <utility>

namespace hotline::mysql {

namespace {

using Steady = std::chrono::steady_clock;

Result<void> run(Job& job, Connection& connection) {
    try {
        return job.run(connection);
    } catch (const std::exception& error) {
        return fail(ErrorCode::internal, error.what());
    }
}

// After a failure that took the transaction with it. The job's own verdict does not count: it may
// have overlooked the failure and report success for half its work.
Attempt doomed(Connection& connection, Result<void> verdict) {
    const int number = connection.doomed_by();
    const Failure failure = classify(number);
    const bool again = failure == Failure::retryable || failure == Failure::lost;
    const ErrorCode code = failure == Failure::retryable ? ErrorCode::conflict
                           : failure == Failure::lost    ? ErrorCode::store_unavailable
                                                         : ErrorCode::internal;
    if (verdict) verdict = fail(code, std::to_string(number) + " overlooked by the job");
    const bool clean = failure == Failure::retryable && connection.rollback().has_value();
    return {std::move(verdict), again, !clean};
}

Attempt committed(Connection& connection) {
    const auto before = Steady::now();
    Attempt result{connection.commit()};
    result.commit = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - before);
    if (result.outcome) return result;
    if (outcome_unknown(result.outcome.error())) {
        result.drop_link = true;
        return result;
    }
    // The server said no: a certification conflict of a cluster (1213), a full disk, a new role.
    result.again = classify(mysql_code(result.outcome.error())) == Failure::retryable;
    result.drop_link = !connection.rollback().has_value();
    return result;
}

}  // namespace

Attempt attempt(Job& job, JobKind kind, Connection& connection) {
    if (kind == JobKind::transaction) {
        const Result<void> begun = connection.begin();
        if (!begun) return doomed(connection, begun);
    }
    Result<void> verdict = run(job, connection);
    if (connection.doomed_by() != 0) return doomed(connection, std::move(verdict));
    if (kind == JobKind::reading) return {std::move(verdict)};
    if (verdict) return committed(connection);
    const bool undone = connection.rollback().has_value();
    return {std::move(verdict), false, !undone};
}

}  // namespace hotline::mysql
