#include "server/cli/quality_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace hotline::cli {
namespace {

using ticketing::classifier::Confusion;

constexpr std::size_t widest_table = 16;  // labels
constexpr std::size_t most_pairs = 20;

std::string padded(std::string_view text, std::size_t columns) {
    const std::size_t has = columns_of(text);
    return std::string{text} + std::string(columns > has ? columns - has : 0, ' ');
}

std::size_t widest(const std::vector<std::string>& labels) {
    std::size_t columns = 5;
    for (const auto& label : labels) columns = std::max(columns, columns_of(label));
    return columns;
}

std::string by_label(const Confusion& confusion, const std::vector<std::string>& labels) {
    const std::size_t columns = widest(labels);
    std::string text =
        fmt::format("     {}   texts  precision  recall  F1\n", padded("label", columns));
    for (std::size_t k = 0; k < labels.size(); ++k) {
        if (confusion.texts_of(k) + confusion.taken_for(k) == 0) continue;
        text += fmt::format(
            "{:>3}  {}  {:>6}  {:.4f}     {:.4f}  {:.4f}\n",
            k + 1,
            padded(labels[k], columns),
            confusion.texts_of(k),
            confusion.precision(k),
            confusion.recall(k),
            confusion.f1(k)
        );
    }
    return text;
}

std::string table(const Confusion& confusion, const std::vector<std::string>& labels) {
    const std::size_t columns = widest(labels);
    std::string text = "confusion: rows are what is right, columns what was given\n";
    text += std::string(columns + 5, ' ');
    for (std::size_t k = 0; k < labels.size(); ++k) text += fmt::format("{:>6}", k + 1);
    text += '\n';
    for (std::size_t right = 0; right < labels.size(); ++right) {
        text += fmt::format("{:>3}  {}", right + 1, padded(labels[right], columns));
        for (std::size_t given = 0; given < labels.size(); ++given) {
            text += fmt::format("{:>6}", confusion.at(right, given));
        }
        text += '\n';
    }
    return text;
}

std::string worst_pairs(const Confusion& confusion, const std::vector<std::string>& labels) {
    std::vector<std::array<std::size_t, 3>> pairs;  // times, right, given
    for (std::size_t right = 0; right < labels.size(); ++right) {
        for (std::size_t given = 0; given < labels.size(); ++given) {
            const std::size_t times = confusion.at(right, given);
            if (right != given && times > 0) pairs.push_back({times, right, given});
        }
    }
    std::ranges::sort(pairs, std::ranges::greater{});
    if (pairs.empty()) return {};
    std::string text = "confusion: the pairs most often confused\n";
    for (std::size_t i = 0; i < std::min(most_pairs, pairs.size()); ++i) {
        const auto& [times, right, given] = pairs[i];
        text += fmt::format("{:>5} × {} taken for {}\n", times, labels[right], labels[given]);
    }
    return text;
}

}  // namespace

std::size_t columns_of(std::string_view text) {
    std::size_t columns = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) == 0x80) continue;
        columns += byte >= 0xE0 ? 2 : 1;
    }
    return columns;
}

std::string quality_text(const Confusion& confusion, const std::vector<std::string>& labels) {
    const bool fits = labels.size() <= widest_table;
    return by_label(confusion, labels) +
           (fits ? table(confusion, labels) : worst_pairs(confusion, labels));
}

}  // namespace hotline::cli
