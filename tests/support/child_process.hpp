#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace hotline::test {

// A process of the test run. Dies with the test process, whatever becomes of that one.
class ChildProcess {
public:
    ChildProcess() = default;
    // Throws std::runtime_error when it cannot be started. Output goes to `log`.
    ChildProcess(const std::vector<std::string>& command, const std::filesystem::path& log);
    ~ChildProcess();
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&& other) noexcept;

    bool running();
    pid_t pid() const { return pid_; }
    void signal(int number) const;
    int wait();                                     // exit status as of waitpid
    void stop(std::chrono::milliseconds patience);  // SIGTERM, then SIGKILL

private:
    pid_t pid_ = -1;
};

// Runs to its end; throws std::runtime_error with the log's name unless it returns 0.
void run_command(const std::vector<std::string>& command, const std::filesystem::path& log);

// Polls until true; false when `patience` has passed.
bool eventually(
    const std::function<bool()>& condition,
    std::chrono::milliseconds patience = std::chrono::seconds{20}
);

// A folder of its own that goes away with the object.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace hotline::test
