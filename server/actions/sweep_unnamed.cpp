#include "server/actions/sweep_unnamed.hpp"

#include "integrations/crypto/digest.hpp"

namespace hotline::actions {

Result<std::uint64_t> sweep_unnamed(
    const files::FileStore& store,
    mysql::Pool& pool,
    NamesDigest named,
    std::chrono::system_clock::time_point before
) {
    return store.sweep(before, [&pool, named](const std::string& name) -> Result<bool> {
        const auto digest = crypto::digest_from_hex(name);
        if (!digest) return true;
        return pool.read_now([&](mysql::Connection& db) { return named(db, *digest); });
    });
}

}  // namespace hotline::actions
