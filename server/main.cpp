#include "server/cli/cli.hpp"

// Read by jemalloc at start. Two arenas, because a dozen database threads would each keep one.
// Batches come and go: what one gave back the next one needs, so it goes back to the system seconds
// later instead of being faulted in anew.
extern "C" const char* malloc_conf;
const char* malloc_conf = "narenas:2,dirty_decay_ms:5000";

int main(int argc, char** argv) {
    return hotline::cli::run(argc, argv);
}
