#include "ticketing/classifier/feature_index.hpp"

#include <algorithm>
#include <bit>

namespace hotline::ticketing::classifier {

FeatureIndex::FeatureIndex(std::span<const std::uint64_t> keys) {
    slots_.assign(std::bit_ceil(std::max<std::size_t>(2 * keys.size(), 2)), {});
    mask_ = slots_.size() - 1;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        std::size_t at = place(keys[i]);
        while (slots_[at].feature != none) at = (at + 1) & mask_;
        slots_[at] = {tag(keys[i]), static_cast<std::uint32_t>(i)};
    }
}

}  // namespace hotline::ticketing::classifier
