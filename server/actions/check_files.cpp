#include "server/actions/check_files.hpp"

#include "integrations/crypto/digest.hpp"
#include "integrations/mysql/attachment_store.hpp"
#include "ticketing/lifecycle/changes.hpp"

#include <fmt/format.h>

namespace hotline::actions {
namespace {

// Why the stored bytes are not what the row says; "" when they are.
Result<std::string> fault_of(
    const files::FileStore& store, const ticketing::Digest& digest, std::uint64_t bytes
) {
    const auto read = store.read(crypto::hex(digest));
    if (!read) return std::unexpected(read.error());
    if (!*read) return std::string("is gone");
    if (bytes != 0 && (*read)->size() != bytes) return std::string("has another size");
    if (crypto::sha256(**read) != digest) return std::string("is not what was stored");
    return std::string();
}

}  // namespace

Result<CheckResult> check_files(mysql::Connection& db, const files::FileStore& store) {
    CheckResult result{.name = "files"};
    Result<void> trouble;
    const auto look =
        [&](ticketing::TicketId ticket, const mysql::Attachment& file, std::string_view changes) {
            ++result.looked_at;
            const auto where = [&](std::string_view what) {
                return fmt::format("ticket id {}, attachment {}: {}", ticket.value, file.seq, what);
            };
            const ticketing::FileToAttach said{
                .digest = crypto::hex(file.digest), .kind = file.kind, .bytes = file.bytes
            };
            if (changes != ticketing::change_of_file(said)) {
                result.fault(where("the log does not say so"));
                return;
            }
            auto fault = fault_of(store, file.digest, file.bytes);
            if (fault && fault->empty() && file.preview) fault = fault_of(store, *file.preview, 0);
            if (!fault) trouble = std::unexpected(fault.error());
            if (fault && !fault->empty()) result.fault(where("the file " + *fault));
        };
    if (auto read = mysql::for_each_attachment(db, look); !read) {
        return std::unexpected(read.error());
    }
    if (!trouble) return std::unexpected(trouble.error());
    return result;
}

}  // namespace hotline::actions
