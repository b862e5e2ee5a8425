#pragma once

namespace hotline::crypto {

// Runs sodium_init() once, from any thread: without it libsodium takes its slow code paths and its
// random numbers are not safe between threads. Called by what uses either; throws
// std::runtime_error when the system has no source of randomness.
void require_sodium();

}  // namespace hotline::crypto
