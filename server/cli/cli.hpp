#pragma once

namespace hotline::cli {

// hotline-server [--config FILE] COMMAND …: parses the command line, reads the configuration, runs
// the command. The process's exit code: 0 done, 1 refused or failed, 2 wrong usage.
int run(int argc, char** argv);

}  // namespace hotline::cli
