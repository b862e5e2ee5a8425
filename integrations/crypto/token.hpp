#pragma once

#include "integrations/crypto/digest.hpp"

#include <string>
#include <string_view>

namespace hotline::crypto {

// A bearer secret: 256 random bits as 43 base64url characters. It is shown to its owner once and
// never stored; stores keep token_digest() of it, so a stolen table opens nothing.
std::string random_token();

// SHA-256 of the token as presented. A fast digest is right here: 256 random bits cannot be
// guessed.
Digest token_digest(std::string_view token);

// True when `text` has the shape of random_token(); spares a store look-up for rubbish.
bool looks_like_token(std::string_view text);

// A one-time password to be read out or printed: `length` letters and digits without look-alikes in
// groups of four with hyphens, always with a letter of each case and a digit. Minimum length 12.
std::string initial_password(std::size_t length = 16);

}  // namespace hotline::crypto
