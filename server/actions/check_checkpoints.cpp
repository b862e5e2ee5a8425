#include "server/actions/check_checkpoints.hpp"

#include "server/actions/sign_checkpoint.hpp"

#include <fmt/format.h>

namespace hotline::actions {
namespace {

// Goes along the checkpoints while their entries come in, in the same order.
class Walk {
public:
    Walk(const std::vector<mysql::Checkpoint>& all, const crypto::Signer& signer)
        : all_(all), signer_(signer) {}

    void entry(
        std::uint64_t checkpoint,
        const mysql::ChainHead& head,
        const std::optional<ticketing::Digest>& now
    ) {
        while (at_ < all_.size() && all_[at_].id < checkpoint) close();
        ++result.looked_at;
        const std::string where =
            fmt::format("checkpoint {}, ticket id {}", checkpoint, head.ticket.value);
        if (at_ == all_.size() || all_[at_].id != checkpoint) {
            result.fault(where + ": the checkpoint is gone");
            return;
        }
        ++entries_;
        digest_.add(head);
        if (!now) {
            result.fault(fmt::format("{}: event {} or its ticket is gone", where, head.seq));
        } else if (*now != head.hash) {
            result.fault(fmt::format("{}: event {} was changed", where, head.seq));
        }
    }

    void finish() {
        while (at_ < all_.size()) close();
    }

    CheckResult result{.name = "checkpoints"};

private:
    void close() {
        const mysql::Checkpoint& checkpoint = all_[at_];
        const std::string where = fmt::format("checkpoint {}", checkpoint.id);
        if (checkpoint.id != at_ + 1) {
            result.fault(fmt::format("checkpoint {} is missing", at_ + 1));
        } else if (checkpoint.entries != entries_ || checkpoint.digest != digest_.result()) {
            result.fault(where + ": entries and digest do not fit");
        } else if (!signature_holds(checkpoint, signer_)) {
            result.fault(where + ": not signed with this key");
        }
        digest_ = CheckpointDigest(checkpoint.digest);
        entries_ = 0;
        ++at_;
    }

    const std::vector<mysql::Checkpoint>& all_;
    const crypto::Signer& signer_;
    std::size_t at_ = 0;  // the checkpoint whose entries come in
    std::uint32_t entries_ = 0;
    CheckpointDigest digest_{ticketing::Digest{}};
};

}  // namespace

Result<CheckResult> check_checkpoints(mysql::Connection& db, const crypto::Signer& signer) {
    const auto all = mysql::read_checkpoints(db);
    if (!all) return std::unexpected(all.error());
    Walk walk(*all, signer);
    const auto read = mysql::for_each_checkpoint_entry(
        db,
        [&walk](
            std::uint64_t checkpoint,
            const mysql::ChainHead& head,
            const std::optional<ticketing::Digest>& now
        ) { walk.entry(checkpoint, head, now); }
    );
    if (!read) return std::unexpected(read.error());
    walk.finish();
    return std::move(walk.result);
}

}  // namespace hotline::actions
