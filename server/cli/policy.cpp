#include "integrations/mysql/policy_store.hpp"
#include "server/actions/enact.hpp"
#include "server/calendar/local_text.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/database.hpp"
#include "server/cli/recompute.hpp"
#include "server/now.hpp"
#include "server/policy/proposal.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

namespace hotline::cli {
namespace {

constexpr std::size_t most_shown = 100;

Result<void> list(mysql::Connection& db) {
    const auto policies = mysql::list_policies(db);
    if (!policies) return std::unexpected(policies.error());
    const auto in_force = mysql::policy_in_force(db, now());
    if (!in_force) return std::unexpected(in_force.error());
    for (const auto& policy : *policies) {
        fmt::print(
            "{}第{}版\t{}起\t{}\n",
            policy.version == *in_force ? "* " : "  ",
            policy.version,
            calendar::moment_text(policy.valid_from),
            policy.note
        );
    }
    return {};
}

Result<void> show(mysql::Connection& db, std::uint32_t version) {
    const auto stored =
        version == 0 ? mysql::read_policy(db, now()) : mysql::read_policy_version(db, version);
    if (!stored) return std::unexpected(stored.error());
    fmt::print("{}", stored->body);
    return {};
}

void print(const policy::Proposal& proposal) {
    for (const auto& problem : proposal.problems) {
        if (problem.line == 0) fmt::print(stderr, "错误：{}\n", problem.zh);
        if (problem.line != 0) fmt::print(stderr, "错误 第{}行：{}\n", problem.line, problem.zh);
    }
    for (const auto& rule : proposal.removed) fmt::print("- {}\n", rule);
    for (const auto& rule : proposal.added) fmt::print("+ {}\n", rule);
}

Result<void> enact(
    mysql::Connection& db, const PolicyOptions& options, const std::string& text, const City& city
) {
    const auto now = hotline::now();
    actions::Enacted done;
    const auto written = in_transaction(db, [&]() -> Result<void> {
        const auto next = mysql::next_policy_version(db);
        if (!next) return std::unexpected(next.error());
        const actions::Enactment how{{}, options.note, *next - 1, options.recompute};
        const auto enacted = actions::enact_policy(db, text, how, now, city.directory, now);
        if (!enacted) return std::unexpected(enacted.error());
        done = *enacted;
        return note_deed(db, "policy.add", fmt::format("policy:{}", done.version), now);
    });
    if (!written) return written;
    fmt::print("已写入，时限规定第{}版。运行中的服务数秒内启用。\n", done.version);
    if (!done.job) {
        fmt::print("已给出的期限不变；要一并调整，请运行 hotline-server recompute。\n");
        return {};
    }
    return finish_recompute(db, *done.job);
}

Result<void> set(mysql::Connection& db, const PolicyOptions& options, const std::string& text) {
    const auto now = hotline::now();
    const auto city = read_city(db, now);
    if (!city) return std::unexpected(city.error());
    const auto proposal = policy::propose(db, text, (*city)->directory);
    if (!proposal) return std::unexpected(proposal.error());
    print(*proposal);
    if (!proposal->problems.empty()) {
        fmt::print("有错误，什么也没有写入。\n");
        return fail_field("file", ErrorCode::invalid_format);
    }
    if (proposal->changes_nothing) {
        fmt::print("与最新一版相同，无需写入。\n");
        return {};
    }
    const actions::ProposedRules rules(**city, *proposal);
    const auto effect =
        actions::recompute_effect(db, rules.at(now), ticketing::Limits::by_policy, most_shown);
    if (!effect) return std::unexpected(effect.error());
    print_effect(*effect, (*city)->directory);
    if (options.apply) return enact(db, options, text, **city);
    fmt::print("这是预演，什么也没有写入。加 --apply 写入，再加 --recompute 一并调整在办工单。\n");
    return {};
}

}  // namespace

int policy(const config::Settings& settings, const PolicyOptions& options) {
    std::string text;
    if (options.deed == PolicyDeed::set) {
        std::ifstream file{options.file, std::ios::binary};
        text.assign(std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{});
    }
    const auto opened = Database::open(settings);
    if (!opened) return 1;
    const auto run = [&]() -> Result<void> {
        switch (options.deed) {
            case PolicyDeed::list:
                return list(**opened);
            case PolicyDeed::show:
                return show(**opened, options.version);
            case PolicyDeed::set:
                break;
        }
        return set(**opened, options, text);
    };
    const auto done = run();
    if (done) return 0;
    print_error(done.error());
    return 1;
}

}  // namespace hotline::cli
