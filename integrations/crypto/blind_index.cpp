#include "integrations/crypto/blind_index.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/crypto/key_file.hpp"

#include <span>

namespace hotline::crypto {
namespace {

constexpr std::size_t kept_bytes = 16;

}  // namespace

Result<BlindIndex> BlindIndex::open(const std::filesystem::path& key_file) {
    auto key = load_or_create_secret(key_file);
    if (!key) return std::unexpected(key.error());
    return BlindIndex(std::move(*key));
}

BlindIndex::BlindIndex(std::string key) : key_(std::move(key)) {
    const Digest mark = hmac_sha256(key_, "edition");
    edition_ = hex(std::span(mark).first(kept_bytes));
}

std::string BlindIndex::key_of(std::string_view kind, std::string_view number) const {
    const Digest mac = hmac_sha256(key_, std::string(kind) + '\n' + std::string(number));
    return std::string(as_chars(mac).substr(0, kept_bytes));
}

}  // namespace hotline::crypto
