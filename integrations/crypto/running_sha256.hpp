#pragma once

#include "integrations/crypto/digest.hpp"

#include <memory>
#include <string_view>

namespace hotline::crypto {

// SHA-256 of what comes in pieces. Throws as sha256() does.
class RunningSha256 {
public:
    RunningSha256();
    ~RunningSha256();
    RunningSha256(const RunningSha256&) = delete;
    RunningSha256& operator=(const RunningSha256&) = delete;

    void add(std::string_view data);
    Digest finish();  // once, and nothing after it

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace hotline::crypto
