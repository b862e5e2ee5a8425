#include "integrations/mysql/connection.hpp"
#include "integrations/mysql/migrate.hpp"
#include "tests/support/private_stores.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace hotline::test {

namespace {

namespace fs = std::filesystem;

std::string user_option() {
    return geteuid() == 0 ? "--user=root" : "--skip-name-resolve";
}

// Making system tables takes seconds on a busy machine, copying them a fraction: made once per
// build folder. The lock serialises test binaries that start together.
fs::path template_folder() {
    const fs::path cache{HOTLINE_TEST_CACHE};
    fs::create_directories(cache);
    const fs::path ready = cache / "mariadb";
    const int lock = open((cache / "lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (lock < 0 || flock(lock, LOCK_EX) != 0)
        throw std::runtime_error("no lock on " + cache.string());
    if (!fs::exists(ready)) {
        const fs::path making = cache / "mariadb.making";
        fs::remove_all(making);
        run_command(
            {"mariadb-install-db",
             "--no-defaults",
             "--datadir=" + making.string(),
             user_option(),
             "--auth-root-authentication-method=normal",
             "--skip-test-db",
             "--force",  // a bare machine may not know its own name
             "--innodb-log-file-size=16M"},
            cache / "install.log"
        );
        fs::rename(making, ready);
    }
    close(lock);
    return ready;
}

void check(const Error& error, std::string_view what) {
    throw std::runtime_error(std::string{what} + ": " + error.detail);
}

}  // namespace

PrivateMariadb::PrivateMariadb() : socket_(folder_.path() / "mysql.sock") {
    run_command(
        {"cp", "-r", "--sparse=always", template_folder(), folder_.path() / "data"},
        folder_.path() / "copy.log"
    );
    start();
}

PrivateMariadb::~PrivateMariadb() {
    stop();
}

void PrivateMariadb::start() {
    process_ = ChildProcess{
        {"mariadbd",
         "--no-defaults",
         user_option(),
         "--datadir=" + (folder_.path() / "data").string(),
         "--socket=" + socket_.string(),
         "--pid-file=" + (folder_.path() / "pid").string(),
         "--skip-networking",
         "--innodb-flush-log-at-trx-commit=1",
         "--innodb-log-file-size=16M",
         "--innodb-buffer-pool-size=64M",
         "--innodb-fast-shutdown=2",
         "--performance-schema=OFF"},
        folder_.path() / "log"
    };
    const mysql::ThreadScope scope;
    const bool ready = eventually([&] {
        if (!process_.running()) throw std::runtime_error("mariadbd ended at start");
        return mysql::Connection::open(settings()).has_value();
    });
    if (!ready) throw std::runtime_error("mariadbd does not answer");
}

void PrivateMariadb::stop() {
    process_.stop(std::chrono::seconds{10});
}

void PrivateMariadb::crash() {
    process_.signal(SIGKILL);
    process_.wait();
}

void PrivateMariadb::freeze() {
    process_.signal(SIGSTOP);
}

void PrivateMariadb::thaw() {
    process_.signal(SIGCONT);
}

mysql::Settings PrivateMariadb::settings() const {
    mysql::Settings settings;
    settings.socket = socket_;
    settings.user = "root";
    return settings;
}

mysql::Settings PrivateMariadb::new_schema() {
    mysql::Settings settings = this->settings();
    settings.schema = "test_" + std::to_string(++schemas_);
    const mysql::ThreadScope scope;
    auto connection = mysql::Connection::open(this->settings());
    if (!connection) check(connection.error(), "connect");
    const auto made =
        connection->execute("CREATE DATABASE " + settings.schema + " CHARACTER SET utf8mb4");
    if (!made) check(made.error(), "create schema");
    return settings;
}

mysql::Settings PrivateMariadb::migrated_schema() {
    mysql::Settings settings = new_schema();
    const mysql::ThreadScope scope;
    auto connection = mysql::Connection::open(settings);
    if (!connection) check(connection.error(), "connect");
    if (const auto migrated = mysql::migrate(*connection); !migrated)
        check(migrated.error(), "migrate");
    return settings;
}

PrivateMariadb& mariadb() {
    static PrivateMariadb instance;
    return instance;
}

}  // namespace hotline::test
