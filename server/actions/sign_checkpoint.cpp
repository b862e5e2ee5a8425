#include "server/actions/sign_checkpoint.hpp"

#include "integrations/crypto/digest.hpp"

#include <fmt/format.h>

namespace hotline::actions {
namespace {

void append_number(std::string& bytes, std::uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
        bytes += static_cast<char>((value >> shift) & 0xFF);
    }
}

}  // namespace

std::string checkpoint_statement(const mysql::Checkpoint& checkpoint) {
    return fmt::format(
        "hotline checkpoint {}\nat {}\nentries {}\nsm3 {}\n",
        checkpoint.id,
        checkpoint.at.time_since_epoch().count(),
        checkpoint.entries,
        crypto::hex(checkpoint.digest)
    );
}

CheckpointDigest::CheckpointDigest(const ticketing::Digest& before)
    : bytes_(crypto::as_chars(before)) {}

void CheckpointDigest::add(const mysql::ChainHead& head) {
    append_number(bytes_, head.ticket.value);
    append_number(bytes_, head.seq);
    bytes_ += crypto::as_chars(head.hash);
}

ticketing::Digest CheckpointDigest::result() const {
    return crypto::sm3(std::string_view{bytes_});
}

Result<std::optional<mysql::Checkpoint>> sign_checkpoint(
    mysql::Connection& db, const crypto::Signer& signer, ticketing::Instant now, std::size_t limit
) {
    const auto heads = mysql::take_moved_chains(db, limit);
    if (!heads) return std::unexpected(heads.error());
    if (heads->empty()) return std::nullopt;
    const auto last = mysql::last_checkpoint(db);
    if (!last) return std::unexpected(last.error());
    mysql::Checkpoint next;
    next.id = *last ? (*last)->id + 1 : 1;
    next.at = now;
    next.entries = static_cast<std::uint32_t>(heads->size());
    CheckpointDigest digest(*last ? (*last)->digest : ticketing::Digest{});
    for (const mysql::ChainHead& head : *heads) digest.add(head);
    next.digest = digest.result();
    auto signature = signer.sign(checkpoint_statement(next));
    if (!signature) return std::unexpected(signature.error());
    next.signature = signer.key_id() + " " + *signature;
    if (auto done = mysql::insert_checkpoint(db, next, *heads); !done) {
        return std::unexpected(done.error());
    }
    return next;
}

bool signature_holds(const mysql::Checkpoint& checkpoint, const crypto::Signer& signer) {
    const std::string prefix = signer.key_id() + " ";
    return checkpoint.signature.starts_with(prefix) &&
           signer.verify(
               checkpoint_statement(checkpoint),
               std::string_view{checkpoint.signature}.substr(prefix.size())
           );
}

}  // namespace hotline::actions
