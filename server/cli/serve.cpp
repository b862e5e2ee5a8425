#include "server/app.hpp"
#include "server/cli/commands.hpp"
#include "server/log.hpp"

#include <fmt/format.h>

namespace hotline::cli {

int serve(const config::Settings& settings) {
    if (auto started = log::start(settings.log); !started) {
        fmt::print(stderr, "{}\n", started.error().detail);
        return 1;
    }
    auto app = App::build(settings);
    if (!app) {
        log::trouble("not started", app.error());
        fmt::print(stderr, "hotline-server: {}\n", app.error().detail);
        log::stop();
        return 1;
    }
    const int code = (*app)->run();
    app->reset();
    log::stop();
    return code;
}

}  // namespace hotline::cli
