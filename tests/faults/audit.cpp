#include "tests/faults/audit.hpp"

#include <map>
#include <set>

namespace hotline::test {

namespace {

struct Row {
    std::string id;
    std::string number;
};

// "a|b" split once.
std::pair<std::string, std::string> halves(const std::string& text) {
    const std::size_t bar = text.find('|');
    return {text.substr(0, bar), text.substr(bar + 1)};
}

}  // namespace

std::vector<std::string> disagreements(const World& world, const Appellants& appellants) {
    std::vector<std::string> found;
    std::map<std::string, Row> by_key;
    for (const std::string& line : world.column(
             "SELECT CONCAT(idempotency_key,'|',id,'|',number) FROM ticket WHERE needs_entry=0"
         )) {
        const auto [key, rest] = halves(line);
        const auto [id, number] = halves(rest);
        if (!by_key.emplace(key, Row{id, number}).second) found.push_back(key + " twice");
    }
    std::map<std::string, std::string> aliases;
    for (const std::string& line :
         world.column("SELECT CONCAT(number,'|',ticket_id) FROM ticket_alias")) {
        aliases.insert(halves(line));
    }
    std::set<std::string> known(appellants.unanswered().begin(), appellants.unanswered().end());
    for (const Told& told : appellants.list_on_disk()) {
        known.insert(told.key);
        const auto row = by_key.find(told.key);
        if (row == by_key.end()) {
            found.push_back(
                told.key + " answered " + std::to_string(told.status) + " is no ticket"
            );
        } else if (row->second.number != told.ticket_no &&
                   aliases[told.ticket_no] != row->second.id) {
            found.push_back(
                told.ticket_no + " leads nowhere, " + told.key + " is " + row->second.number
            );
        }
    }
    for (const auto& [key, row] : by_key) {
        if (!known.contains(key)) found.push_back(key + " was never sent");
    }
    for (const std::string& line : world.column("SELECT error FROM dead_letter")) {
        found.push_back("dead letter: " + line);
    }
    return found;
}

}  // namespace hotline::test
