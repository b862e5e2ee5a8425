#include "server/policy/proposal.hpp"

#include "server/policy/problem_texts.hpp"
#include "sla/policy_text.hpp"

#include <algorithm>
#include <map>

namespace hotline::policy {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

bool is_version_line(std::string_view line) {
    const auto begin = line.find_first_not_of(" \t");
    return begin != line.npos && line.substr(begin).starts_with("policy ");
}

std::string with_version(std::string_view text, std::uint32_t version) {
    std::string body;
    for (const auto line : lines_of(text)) {
        body += is_version_line(line) ? "policy " + std::to_string(version) : std::string(line);
        body += '\n';
    }
    return body;
}

// How often each rule stands in a policy.
std::map<std::string, int> rules_of(const sla::Policy& policy) {
    std::map<std::string, int> rules;
    const std::string text = sla::to_text(policy);
    for (const auto line : lines_of(text)) {
        if (!is_version_line(line)) ++rules[std::string(line)];
    }
    return rules;
}

// The rules of `of` that `than` has not, as often.
std::vector<std::string> more_of(
    const std::map<std::string, int>& of, const std::map<std::string, int>& than
) {
    std::vector<std::string> more;
    for (const auto& [rule, count] : of) {
        const auto other = than.find(rule);
        const int known = other == than.end() ? 0 : other->second;
        for (int i = known; i < count; ++i) more.push_back(rule);
    }
    return more;
}

int line_naming(std::string_view text, std::string_view code) {
    int number = 0;
    for (const auto line : lines_of(text)) {
        ++number;
        if (line.substr(0, line.find('#')).contains(" for " + std::string(code))) return number;
    }
    return 0;
}

void judge(Proposal& proposal, std::string_view text, const ticketing::Directory& directory) {
    if (const auto sound = sla::check(proposal.policy); !sound) {
        proposal.problems.push_back(problem_of(sound.error()));
    }
    for (const std::string& code : sla::units_named(proposal.policy)) {
        if (directory.unit_by_code(code) != nullptr) continue;
        proposal.problems.push_back(unknown_unit(line_naming(text, code), code));
    }
}

}  // namespace

Proposal propose(
    std::string_view text, const sla::Policy& newest, const ticketing::Directory& directory
) {
    Proposal proposal;
    proposal.policy.version = newest.version + 1;
    auto read = sla::parse_policy(text);
    if (!read) {
        proposal.problems.push_back(problem_of(read.error()));
        return proposal;
    }
    proposal.policy = std::move(*read);
    judge(proposal, text, directory);
    const auto before = rules_of(newest);
    const auto after = rules_of(proposal.policy);
    proposal.removed = more_of(before, after);
    proposal.added = more_of(after, before);
    proposal.policy.version = newest.version;
    proposal.changes_nothing = proposal.policy == newest;
    proposal.policy.version = newest.version + 1;
    proposal.body = with_version(text, proposal.policy.version);
    return proposal;
}

Result<Proposal> propose(
    mysql::Connection& db, std::string_view text, const ticketing::Directory& directory
) {
    const auto next = mysql::next_policy_version(db);
    if (!next) return std::unexpected(next.error());
    const auto stored = mysql::read_policy_version(db, *next - 1);
    if (!stored) return std::unexpected(stored.error());
    auto newest = sla::parse_policy(stored->body);
    if (!newest) return fail(ErrorCode::internal, "The policy in the database cannot be read.");
    newest->version = stored->version;
    return propose(text, *newest, directory);
}

}  // namespace hotline::policy
