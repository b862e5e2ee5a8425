#include "tests/bench/bare_process.hpp"

#include "tests/bench/tables.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <stdexcept>

namespace hotline::bench {
namespace {

constexpr const char* tables[] = {"bench_ticket", "bench_event", "bench_clock"};

void lay_out(const Instance& instance) {
    for (const char* table : tables)
        execute(instance, std::string("DROP TABLE IF EXISTS ") + table);
    execute(
        instance,
        "CREATE TABLE bench_ticket (id BIGINT UNSIGNED NOT NULL PRIMARY KEY, number VARCHAR(24) "
        "NOT NULL, "
        "idempotency_key VARCHAR(255) NOT NULL, content TEXT NOT NULL, accepted_at DATETIME(3) NOT "
        "NULL, "
        "UNIQUE KEY (number), UNIQUE KEY (idempotency_key)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"
    );
    execute(
        instance,
        "CREATE TABLE bench_event (ticket_id BIGINT UNSIGNED NOT NULL, seq INT UNSIGNED NOT NULL, "
        "act TINYINT UNSIGNED NOT NULL, at DATETIME(3) NOT NULL, changes LONGTEXT NOT NULL, "
        "PRIMARY KEY (ticket_id, seq)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"
    );
    execute(
        instance,
        "CREATE TABLE bench_clock (ticket_id BIGINT UNSIGNED NOT NULL, kind TINYINT UNSIGNED NOT "
        "NULL, "
        "started_at DATETIME(3) NOT NULL, due_at DATETIME(3) NOT NULL, PRIMARY KEY (ticket_id, "
        "kind), "
        "KEY (due_at)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"
    );
}

}  // namespace

BareProcess::BareProcess(const Instance& instance) : instance_(instance) {
    lay_out(instance);
    const auto program =
        std::filesystem::read_symlink("/proc/self/exe").parent_path() / "bare_pipe";
    int in[2];
    int out[2];
    if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) {
        throw std::runtime_error("no pipe");
    }
    process_ = ::fork();
    if (process_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(in[0], STDIN_FILENO);
        ::dup2(out[1], STDOUT_FILENO);
        ::execl(program.c_str(), program.c_str(), nullptr);
        ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    input_ = in[1];
    char line[16] = {};
    const ssize_t size = ::read(out[0], line, sizeof line - 1);
    ::close(out[0]);
    if (size <= 0) throw std::runtime_error("the bare pipe did not start: " + program.string());
    port_ = static_cast<std::uint16_t>(std::stoi(line));
}

BareProcess::~BareProcess() {
    ::close(input_);
    ::waitpid(process_, nullptr, 0);
    for (const char* table : tables) execute(instance_, std::string("DROP TABLE ") + table);
}

std::uint64_t BareProcess::tickets() const {
    return count(instance_, "SELECT COUNT(*) FROM bench_ticket");
}

}  // namespace hotline::bench
