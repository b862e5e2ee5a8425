#include "integrations/crypto/sodium_ready.hpp"

#include <sodium.h>

#include <stdexcept>

namespace hotline::crypto {

void require_sodium() {
    static const int state = sodium_init();
    if (state < 0) throw std::runtime_error("libsodium: no randomness");
}

}  // namespace hotline::crypto
