#include "server/cli/cli.hpp"

int main(int argc, char** argv) {
    return hotline::cli::run(argc, argv);
}
