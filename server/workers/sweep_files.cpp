#include "server/workers/sweep_files.hpp"

#include "server/log.hpp"
#include "server/tasks.hpp"

namespace hotline::workers {

using namespace std::chrono_literals;

boost::asio::awaitable<void> sweep_files(actions::FileDesk& desk, mysql::Pool& pool) {
    for (;;) {
        co_await sleep_for(1h);
        const auto removed = co_await desk.sweep(pool, std::chrono::system_clock::now() - 24h);
        if (!removed) {
            log::trouble("files not swept", removed.error());
        } else if (*removed > 0) {
            log::write(
                log::Level::info, "files swept", {{"removed", static_cast<std::int64_t>(*removed)}}
            );
        }
    }
}

}  // namespace hotline::workers
