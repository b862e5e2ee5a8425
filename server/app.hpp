#pragma once

#include "server/config/settings.hpp"
#include "ticketing/errors.hpp"

#include <memory>

namespace hotline {

// The composition root: the one place that knows every part. Builds them by constructor parameters,
// starts them, stops them in reverse.
class App {
public:
    // Checks the stores (schema, Redis's durability) and builds everything. Err: a sentence for the
    // person who started it.
    static Result<std::unique_ptr<App>> build(const config::Settings& settings);
    ~App();

    // Serves until SIGTERM or SIGINT, then drains for ten seconds at most. 0, or 1 when a listener
    // failed.
    int run();

private:
    struct Parts;
    explicit App(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace hotline
