#pragma once

#include "integrations/crypto/signature.hpp"
#include "integrations/mysql/checkpoint_store.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hotline::actions {

// What a checkpoint says, as it is signed: number, time, count and digest in one text.
std::string checkpoint_statement(const mysql::Checkpoint& checkpoint);

// SM3 (GB/T 32905) over the digest before and the heads in order; numbers as eight bytes
// big-endian.
class CheckpointDigest {
public:
    explicit CheckpointDigest(const ticketing::Digest& before);
    void add(const mysql::ChainHead& head);
    ticketing::Digest result() const;

private:
    std::string bytes_;
};

// The deed: one checkpoint over up to `limit` chains that grew, linked to the one before. Nothing
// when none grew. conflict when another server was quicker: ask again later.
Result<std::optional<mysql::Checkpoint>> sign_checkpoint(
    mysql::Connection& db, const crypto::Signer& signer, ticketing::Instant now, std::size_t limit
);

// By the key at hand; false also for one signed with an earlier key.
bool signature_holds(const mysql::Checkpoint& checkpoint, const crypto::Signer& signer);

}  // namespace hotline::actions
