#pragma once

#include <cstddef>
#include <functional>

namespace hotline::ticketing::classifier {

// How the parts of a training are run: calls part(0) … part(parts - 1), in any order, at the same
// time if it likes. No result depends on it. Threads belong to the shell, so it brings them along.
using Parallel =
    std::function<void(std::size_t parts, const std::function<void(std::size_t)>& part)>;

inline void one_after_another(std::size_t parts, const std::function<void(std::size_t)>& part) {
    for (std::size_t i = 0; i < parts; ++i) part(i);
}

}  // namespace hotline::ticketing::classifier
