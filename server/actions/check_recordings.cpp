#include "server/actions/check_recordings.hpp"

#include "integrations/mysql/recording_store.hpp"
#include "integrations/telephony/recording_rules.hpp"
#include "server/actions/recording_vault.hpp"

#include <fmt/format.h>

namespace hotline::actions {

Result<CheckResult> check_recordings(
    mysql::Connection& db,
    const files::FileStore& store,
    std::string_view key,
    ticketing::Instant now
) {
    CheckResult result{.name = "recordings"};
    Result<void> trouble;
    const auto look = [&](const mysql::Recording& recording) {
        ++result.looked_at;
        const auto fault = recording_fault(store, key, recording);
        if (!fault) trouble = std::unexpected(fault.error());
        if (!fault || fault->empty()) return;
        result.fault(fmt::format("call id {}: the recording {}", recording.call, *fault));
    };
    if (auto read = mysql::for_each_kept_recording(db, look); !read) {
        return std::unexpected(read.error());
    }
    if (!trouble) return std::unexpected(trouble.error());
    const auto counts = mysql::count_recordings(db, now - telephony::recording_overdue_after);
    if (!counts) return std::unexpected(counts.error());
    result.looked_at += counts->waiting;
    result.faults(
        counts->overdue,
        fmt::format("call id {}: not fetched from the exchange for days", counts->first_overdue)
    );
    return result;
}

}  // namespace hotline::actions
