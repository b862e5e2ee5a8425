#include "integrations/crypto/sealed_pieces.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/crypto/sodium_ready.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace hotline::crypto {
namespace {

static_assert(piece_mark_bytes == crypto_aead_xchacha20poly1305_ietf_ABYTES);

using PieceNonce = std::array<unsigned char, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES>;

// The construction called STREAM: Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-
// Encryption and its Nonce-Reuse Misuse-Resistance" (CRYPTO 2015).
PieceNonce nonce_of(std::uint64_t number, bool last) {
    PieceNonce nonce{};
    for (std::size_t i = 0; i < 8; ++i) {
        nonce[i] = static_cast<unsigned char>(number >> (8 * (7 - i)) & 0xFFU);
    }
    nonce[8] = last ? 1 : 0;
    return nonce;
}

Digest key_of_pieces(std::string_view key) {
    return hmac_sha256(key, "sealed pieces");
}

}  // namespace

std::string seal_piece(
    std::string_view key, std::uint64_t number, bool last, std::string_view clear
) {
    require_sodium();
    const Digest own = key_of_pieces(key);
    const PieceNonce nonce = nonce_of(number, last);
    std::string sealed(clear.size() + piece_mark_bytes, '\0');
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        reinterpret_cast<unsigned char*>(sealed.data()),
        nullptr,
        reinterpret_cast<const unsigned char*>(clear.data()),
        clear.size(),
        nullptr,
        0,
        nullptr,
        nonce.data(),
        own.data()
    );
    return sealed;
}

std::optional<std::string> open_piece(
    std::string_view key, std::uint64_t number, bool last, std::string_view sealed
) {
    require_sodium();
    if (sealed.size() < piece_mark_bytes) return std::nullopt;
    const Digest own = key_of_pieces(key);
    const PieceNonce nonce = nonce_of(number, last);
    std::string clear(sealed.size() - piece_mark_bytes, '\0');
    const int wrong = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<unsigned char*>(clear.data()),
        nullptr,
        nullptr,
        reinterpret_cast<const unsigned char*>(sealed.data()),
        sealed.size(),
        nullptr,
        0,
        nonce.data(),
        own.data()
    );
    if (wrong != 0) return std::nullopt;
    return clear;
}

std::uint64_t pieces_of(std::uint64_t bytes) {
    return std::max<std::uint64_t>(1, (bytes + piece_bytes - 1) / piece_bytes);
}

std::uint64_t sealed_size(std::uint64_t bytes) {
    return bytes + pieces_of(bytes) * piece_mark_bytes;
}

}  // namespace hotline::crypto
