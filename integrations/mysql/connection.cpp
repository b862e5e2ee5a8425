#include "integrations/mysql/connector_session.hpp"
#include "integrations/mysql/link_socket.hpp"

#include <cppconn/driver.h>
#include <mysql_driver.h>
#include <sys/socket.h>

#include <csignal>

namespace hotline::mysql {

namespace {

// Strict: refuse what does not fit instead of cutting it. Backslash escapes stay on: the text
// protocol's escaping relies on them. A lock wait must end before the read time-out does.
constexpr const char* session_settings =
    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
    "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', "
    "lc_messages = 'en_US', innodb_lock_wait_timeout = 5";
constexpr const char* session_isolation = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";

sql::ConnectOptionsMap options(const Settings& settings) {
    const std::string host =
        settings.socket.empty() ? "tcp://" + settings.host : "unix://" + settings.socket;
    sql::ConnectOptionsMap map;
    map["hostName"] = sql::SQLString{host};
    if (settings.socket.empty()) map["port"] = static_cast<int>(settings.port);
    map["userName"] = sql::SQLString{settings.user};
    map["password"] = sql::SQLString{settings.password};
    if (!settings.schema.empty()) map["schema"] = sql::SQLString{settings.schema};
    map["OPT_CHARSET_NAME"] = sql::SQLString{"utf8mb4"};
    map["OPT_CONNECT_TIMEOUT"] = static_cast<int>(settings.connect_timeout.count());
    map["OPT_READ_TIMEOUT"] = static_cast<int>(settings.read_timeout.count());
    map["OPT_WRITE_TIMEOUT"] = static_cast<int>(settings.read_timeout.count());
    // A silent reconnect would lose the transaction, the settings above and the prepared
    // statements.
    map["OPT_RECONNECT"] = false;
    map["CLIENT_FOUND_ROWS"] = true;
    return map;
}

// One connect at a time, so that the new socket can be told from the others (link_socket.hpp).
std::mutex connecting;

}  // namespace

void Connection::initialise_library() {
    static std::once_flag once;
    std::call_once(once, [] {
        sql::mysql::get_driver_instance();
        std::signal(SIGPIPE, SIG_IGN);
    });
}

ThreadScope::ThreadScope() {
    sql::mysql::get_driver_instance()->threadInit();
}

ThreadScope::~ThreadScope() {
    sql::mysql::get_driver_instance()->threadEnd();
}

Connection::Connection(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

Connection::Impl::~Impl() {
    // The statements first (they speak to the server), and no interrupt() on a closed descriptor.
    const std::lock_guard lock{socket_guard};
    socket = -1;
    prepared.clear();
    plain.reset();
    link.reset();
}

Error Connection::Impl::failed(int number, std::string_view message) {
    const Failure failure = classify(number);
    // Number 0 is the connector's own complaint: nobody knows what the session is worth after it.
    if (number == 0 || failure == Failure::lost || failure == Failure::retryable)
        doomed_by = number == 0 ? -1 : number;
    return store_error(number, message);
}

Result<Connection> Connection::open(const Settings& settings) {
    initialise_library();
    auto impl = std::make_unique<Impl>();
    const Result<void> opened = impl->guarded([&] {
        auto map = options(settings);
        const std::lock_guard lock{connecting};
        const std::vector<int> before = sockets_to(settings);
        auto* driver = sql::mysql::get_driver_instance();
        std::unique_ptr<sql::Connection> link{driver->connect(map)};
        impl->link.reset(static_cast<sql::mysql::MySQL_Connection*>(link.release()));
        impl->socket = new_socket(before, sockets_to(settings));
        impl->plain.reset(impl->link->createStatement());
        impl->plain->execute(session_settings);
        impl->plain->execute(session_isolation);
    });
    if (opened) return Connection{std::move(impl)};
    Error error = opened.error();
    // Whatever kept us out, a wrong password included, the store cannot be used.
    error.code = ErrorCode::store_unavailable;
    return std::unexpected(std::move(error));
}

Result<void> Connection::begin() {
    impl_->doomed_by = 0;
    return impl_->guarded([&] { impl_->plain->execute("START TRANSACTION"); });
}

Result<void> Connection::commit() {
    const Result<void> done = impl_->guarded([&] { impl_->plain->execute("COMMIT"); });
    if (done) return done;
    const int number = mysql_code(done.error());
    // An answer with a server's number is a definite no; silence, or a number of the client's, is
    // not.
    if (number == 0 || classify(number) == Failure::lost) return std::unexpected(unknown_outcome());
    return done;
}

Result<void> Connection::rollback() {
    const Result<void> done = impl_->guarded([&] { impl_->plain->execute("ROLLBACK"); });
    if (done) impl_->doomed_by = 0;
    return done;
}

bool Connection::alive() {
    const Result<Rows> answer = query("SELECT 1");
    return answer && answer->size() == 1;
}

void Connection::interrupt() noexcept {
    const std::lock_guard lock{impl_->socket_guard};
    if (impl_->socket >= 0) ::shutdown(impl_->socket, SHUT_RDWR);
}

int Connection::doomed_by() const {
    return impl_->doomed_by;
}

std::uint64_t Connection::affected() const {
    return impl_->affected;
}

}  // namespace hotline::mysql
