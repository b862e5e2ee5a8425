#include "integrations/mysql/server_check.hpp"

#include <fmt/format.h>

#include <map>

namespace hotline::mysql {

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

// SHOW VARIABLES, because the isolation level's variable is not called the same everywhere.
Result<Variables> read_variables(Connection& connection) {
    const auto rows = connection.query(
        "SHOW VARIABLES WHERE Variable_name IN ('innodb_flush_log_at_trx_commit', 'sync_binlog', "
        "'log_bin', 'character_set_client', 'character_set_connection', 'transaction_isolation', "
        "'tx_isolation', 'max_allowed_packet', 'read_only', 'sql_mode', 'time_zone')"
    );
    if (!rows) return std::unexpected(rows.error());
    Variables variables;
    for (const Row row : *rows) variables[row.string(0)] = row.string(1);
    return variables;
}

std::string value(const Variables& variables, std::string_view name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::string{} : found->second;
}

}  // namespace

Result<std::vector<std::string>> server_warnings(Connection& connection) {
    const auto variables = read_variables(connection);
    if (!variables) return std::unexpected(variables.error());
    std::vector<std::string> warnings;
    const auto expect = [&](std::string_view name, std::string_view wanted, std::string_view why) {
        const std::string actual = value(*variables, name);
        if (actual != wanted)
            warnings.push_back(fmt::format("{} is {}, should be {}: {}", name, actual, wanted, why)
            );
    };
    expect(
        "innodb_flush_log_at_trx_commit",
        "1",
        "a committed ticket could be lost when the machine fails"
    );
    if (value(*variables, "log_bin") == "ON")
        expect("sync_binlog", "1", "replicas could lack committed tickets after a crash");
    expect("character_set_client", "utf8mb4", "rare Chinese characters would be refused");
    expect("character_set_connection", "utf8mb4", "rare Chinese characters would be refused");
    const bool renamed = variables->contains("transaction_isolation");
    expect(
        renamed ? "transaction_isolation" : "tx_isolation",
        "READ-COMMITTED",
        "rows would be decided on from an old snapshot"
    );
    expect("read_only", "OFF", "this server takes no writes");
    expect("time_zone", "+00:00", "instants are stored in UTC");
    if (value(*variables, "sql_mode").find("STRICT_ALL_TABLES") == std::string::npos)
        warnings.emplace_back("sql_mode lacks STRICT_ALL_TABLES: long values would be cut");
    constexpr long long packet = 16LL << 20;
    if (std::atoll(value(*variables, "max_allowed_packet").c_str()) < packet)
        warnings.emplace_back("max_allowed_packet is below 16 MiB: large batches would be refused");
    return warnings;
}

}  // namespace hotline::mysql
