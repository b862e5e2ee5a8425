#pragma once

#include "integrations/open311/document.hpp"

#include <string>
#include <vector>

namespace hotline::open311 {

// E2: the error format of the standard. All of them with the status of the answer.
struct Refusal {
    int status = 400;
    std::vector<std::string> descriptions;

    Node node() const;
};

}  // namespace hotline::open311
