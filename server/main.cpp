#include "server/cli/cli.hpp"

#include <malloc.h>

namespace {

// Batches come and go: what one gave back the next one needs, so it stays with the process instead
// of being unmapped and faulted in anew. Two arenas, because a dozen database threads would each
// keep one.
void keep_freed_memory() {
    constexpr int megabyte = 1 << 20;
    mallopt(M_ARENA_MAX, 2);
    mallopt(M_MMAP_THRESHOLD, 32 * megabyte);
    mallopt(M_TRIM_THRESHOLD, 64 * megabyte);
}

}  // namespace

int main(int argc, char** argv) {
    keep_freed_memory();
    return hotline::cli::run(argc, argv);
}
