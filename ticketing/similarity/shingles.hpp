#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::ticketing::similarity {

// A text as the set of its pairs of neighbouring characters (D1), in the classifier's reading.
class Shingles {
public:
    Shingles() = default;
    explicit Shingles(std::string_view text);

    std::span<const std::uint64_t> keys() const { return keys_; }  // ascending
    std::size_t size() const { return keys_.size(); }
    bool contains(std::uint64_t key) const;
    // Fewer pairs say nothing about a matter (D2).
    bool tells() const { return keys_.size() >= least; }
    static constexpr std::size_t least = 6;

    bool operator==(const Shingles&) const = default;

private:
    std::vector<std::uint64_t> keys_;
};

// How much two texts have in common (D2).
struct Likeness {
    double jaccard = 0;    // of all that either says, what both say
    double contained = 0;  // of all that the shorter one says

    bool operator==(const Likeness&) const = default;
};
Likeness likeness(const Shingles& a, const Shingles& b);
// The same from counts: pairs of each, and of both.
double jaccard(std::size_t a, std::size_t b, std::size_t both);

// The phrases of a text all of whose pairs pass, longest first (D11): at least three characters,
// cut at twelve, no digits, none within another, at most `most`.
std::vector<std::string> phrases_of(
    std::string_view text, const std::function<bool(std::uint64_t)>& passes, std::size_t most
);

// What `text` has in common with another one, in its own words.
std::vector<std::string> shared_phrases(std::string_view text, const Shingles& other);

}  // namespace hotline::ticketing::similarity
