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

using Pages = std::vector<const DeskBook::Page*>;

struct Sum {
    double load = 0;
    double taken = 0;
    double days = 0;
};

Sum sum_of(const Pages& pages) {
    Sum sum;
    for (const auto* page : pages) {
        sum.load += page->mean();
        sum.taken += page->taken;
        sum.days += page->days;
    }
    return sum;
}

}  // namespace

void DeskBook::note(std::size_t official, double open_weighted) {
    pages_[official].sum += open_weighted;
    ++pages_[official].days;
}

Balance balance_of(const DeskBook& book, const Directory& directory) {
    std::unordered_map<std::uint64_t, Pages> groups;
    for (std::size_t i = 0; i < directory.officials.size(); ++i) {
        groups[directory.officials[i].unit.value].push_back(&book.page(i));
    }
    Balance balance;
    std::vector<double> multiples;
    for (const auto& [unit, pages] : groups) {
        const Sum sum = sum_of(pages);
        const auto members = static_cast<double>(pages.size());
        if (pages.size() < 2 || sum.taken == 0) continue;
        const bool judged = sum.taken / members >= enough;
        ++(judged ? balance.groups : balance.small_groups);
        if (judged) balance.officials += pages.size();
        for (const auto* page : pages) {
            const double share = sum.taken * page->days / sum.days;
            if (!judged) {
                balance.most_beyond =
                    std::max(balance.most_beyond, page->taken - fair_multiple * share);
                continue;
            }
            multiples.push_back(page->mean() * members / sum.load);
            if (multiples.back() <= balance.worst) continue;
            balance.worst = multiples.back();
            balance.worst_unit = UnitId{unit};
        }
    }
    balance.gini = gini_of(std::move(multiples));
    return balance;
}

}  // namespace simulated_quarter
