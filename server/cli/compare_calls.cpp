#include "integrations/ari/call_records.hpp"
#include "server/actions/compare_details.hpp"
#include "server/api/dto.hpp"
#include "server/city/import/csv.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/database.hpp"
#include "server/now.hpp"
#include "server/phone/distributor.hpp"
#include "sla/local_time.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

namespace hotline::cli {
namespace {

constexpr int most_attempts = 4;

Result<std::vector<ari::RecordLine>> record_lines(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
    if (!file) return fail(ErrorCode::not_found, path + " cannot be read");
    auto records = city::parse_csv(bytes);
    if (!records) return std::unexpected(records.error());
    std::vector<ari::RecordLine> lines;
    for (auto& [number, cells] : *records) lines.push_back({number, std::move(cells)});
    return lines;
}

Result<actions::DetailList> time_of(const CompareCallsOptions& options, ticketing::Instant now) {
    actions::DetailList list;
    if (options.from.empty()) {
        const auto today = sla::local_day(now);
        list.from = sla::at_local(today - std::chrono::days(1), {});
        list.until = sla::at_local(today, {});
        return list;
    }
    const auto from = api::instant_from(options.from);
    const auto until = api::instant_from(options.until);
    const bool over = from && until && *from < *until && *until <= now;
    if (!over || *until - *from > telephony::longest_detail_list) {
        return fail(ErrorCode::validation_failed, "the time has to be over, and a day at most");
    }
    list.from = *from;
    list.until = *until;
    return list;
}

Result<actions::DetailsCompared> compare_books(
    mysql::Connection& db, const CompareCallsOptions& options, std::size_t& told
) {
    const auto now = hotline::now();
    auto list = time_of(options, now);
    if (!list) return std::unexpected(list.error());
    const auto lines = record_lines(options.file);
    if (!lines) return std::unexpected(lines.error());
    auto calls = ari::details_of_records(*lines, list->from, list->until);
    if (!calls) return std::unexpected(calls.error());
    list->calls = std::move(*calls);
    told = list->calls.size();
    Result<actions::DetailsCompared> compared;
    const auto deed = [&]() -> Result<void> {
        compared = actions::compare_details(db, phone::exchange_source, *list, now);
        if (!compared) return std::unexpected(compared.error());
        return {};
    };
    // Beside a server that records calls as well.
    for (int attempt = 1;; ++attempt) {
        const auto done = in_transaction(db, deed);
        if (done) return compared;
        const bool again = done.error().code == ErrorCode::conflict && attempt < most_attempts;
        if (!again) return std::unexpected(done.error());
    }
}

}  // namespace

int compare_calls(const config::Settings& settings, const CompareCallsOptions& options) {
    const auto opened = Database::open(settings);
    if (!opened) return 1;
    std::size_t told = 0;
    const auto compared = compare_books(**opened, options, told);
    if (!compared) {
        print_error(compared.error());
        return 1;
    }
    fmt::print(
        "{} calls in the books: {} taken up, {} ended, {} differ; {} of the records are not in "
        "them.\n",
        told,
        compared->taken_up,
        compared->ended,
        compared->differing,
        compared->not_told
    );
    return 0;
}

}  // namespace hotline::cli
