#include "integrations/crypto/running_sha256.hpp"

#include <openssl/evp.h>

#include <stdexcept>

namespace hotline::crypto {

struct RunningSha256::State {
    State() : context(EVP_MD_CTX_new()) {
        must(context != nullptr && EVP_DigestInit_ex2(context, EVP_sha256(), nullptr) == 1);
    }
    ~State() { EVP_MD_CTX_free(context); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    static void must(bool ok) {
        if (!ok) throw std::runtime_error("OpenSSL: SHA-256");
    }

    EVP_MD_CTX* context;
};

RunningSha256::RunningSha256() : state_(std::make_unique<State>()) {}
RunningSha256::~RunningSha256() = default;

void RunningSha256::add(std::string_view data) {
    State::must(EVP_DigestUpdate(state_->context, data.data(), data.size()) == 1);
}

Digest RunningSha256::finish() {
    Digest out{};
    unsigned int size = 0;
    State::must(EVP_DigestFinal_ex(state_->context, out.data(), &size) == 1 && size == out.size());
    return out;
}

}  // namespace hotline::crypto
