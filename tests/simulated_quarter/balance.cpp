#include "tests/simulated_quarter/balance.hpp"

#include <algorithm>
#include <unordered_map>

namespace simulated_quarter {
namespace {

// Half the mean difference between two of them, as a share of their mean.
double gini_of(std::vector<double> values) {
    std::ranges::sort(values);
    double sum = 0;
    double ranked = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        sum += values[i];
        ranked += static_cast<double>(i + 1) * values[i];
    }
    const auto n = static_cast<double>(values.size());
    return sum == 0 ? 0 : 2 * ranked / (n * sum) - (n + 1) / n;
}

}  // namespace

void DeskBook::note(std::size_t official, double open_weighted) {
    pages_[official].sum += open_weighted;
    ++pages_[official].days;
}

Balance balance_of(const DeskBook& book, const Directory& directory, double least_taken) {
    std::unordered_map<std::uint64_t, std::vector<const DeskBook::Page*>> groups;
    for (std::size_t i = 0; i < directory.officials.size(); ++i) {
        groups[directory.officials[i].unit.value].push_back(&book.page(i));
    }
    Balance balance;
    std::vector<double> shares;
    for (const auto& [unit, pages] : groups) {
        double load = 0;
        double taken = 0;
        for (const auto* page : pages) {
            load += page->mean();
            taken += page->taken;
        }
        const auto members = static_cast<double>(pages.size());
        if (pages.size() < 2 || load == 0 || taken / members < least_taken) continue;
        ++balance.groups;
        balance.officials += pages.size();
        for (const auto* page : pages) {
            shares.push_back(page->mean() / (load / members));
            if (shares.back() <= balance.worst) continue;
            balance.worst = shares.back();
            balance.worst_unit = UnitId{unit};
        }
    }
    balance.gini = gini_of(std::move(shares));
    return balance;
}

}  // namespace simulated_quarter
