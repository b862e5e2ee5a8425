#include "tests/faults/world.hpp"

#include "tests/faults/wire.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace hotline::test {

using namespace std::chrono_literals;

World::World(std::vector<std::string> overrides)
    : port_(free_port()), overrides_(std::move(overrides)), database_(mariadb_.new_schema()) {
    write_config();
    if (run({"migrate"}) != 0 || run({"seed", "--enterprises", "200"}) != 0) {
        throw std::runtime_error("no city was laid down: " + log_tail());
    }
}

World::~World() {
    stop_server();
}

void World::write_config() const {
    std::ofstream out(folder_.path() / "hotline.toml");
    const std::string folder = folder_.path();
    out << "[server]\nport = " << port_ << "\nweb_root = \"\"\ninsecure_cookies = true\n"
        << "[log]\nlevel = \"warn\"\n"
        << "[mysql]\nsocket = \"" << mariadb_.socket().string()
        << "\"\nuser = \"root\"\nschema = \"" << database_.schema << "\"\n"
        << "[redis]\nsocket = \"" << redis_.socket().string() << "\"\n"
        << "[secrets]\nquery_code_key_file = \"" << folder << "/query_code_key\"\n"
        << "checkpoint_key_file = \"" << folder << "/checkpoint_key.pem\"\n"
        << "[attachments]\nfolder = \"" << folder << "/attachments\"\n"
        << "[telephony.recordings]\nfolder = \"" << folder << "/recordings\"\n"
        << "[demo]\nenabled = true\naccounts_file = \"" << folder << "/accounts.txt\"\n";
}

std::vector<std::string> World::command(const std::vector<std::string>& arguments) const {
    std::vector<std::string> words{"env"};
    words.insert(words.end(), overrides_.begin(), overrides_.end());
    words.insert(
        words.end(), {HOTLINE_SERVER_BINARY, "--config", (folder_.path() / "hotline.toml").string()}
    );
    words.insert(words.end(), arguments.begin(), arguments.end());
    return words;
}

int World::run(const std::vector<std::string>& arguments) {
    return ChildProcess(command(arguments), folder_.path() / "log").wait();
}

void World::launch_server() {
    server_ = ChildProcess(command({"serve"}), folder_.path() / "log");
}

bool World::ready() const {
    Wire wire(port_);
    return wire.ask(request_text("GET", "/readyz"), 1s).status == 200;
}

void World::start_server() {
    launch_server();
    if (!eventually([this] { return ready() || !server_.running(); }, 30s) || !server_.running()) {
        throw std::runtime_error("the server did not become ready: " + log_tail());
    }
}

void World::kill_server() {
    server_.signal(SIGKILL);
    server_.wait();
}

void World::stop_server() {
    server_.stop(15s);
}

std::string World::redis_says(const std::string& command) const {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    redis_.socket().string().copy(address.sun_path, sizeof address.sun_path - 1);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    std::string reply;
    const std::string line = command + "\r\n";
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        ::send(fd, line.data(), line.size(), MSG_NOSIGNAL) > 0) {
        char piece[256];
        ssize_t size = 0;
        while (reply.find("\r\n") == reply.npos && (size = ::recv(fd, piece, sizeof piece, 0)) > 0
        ) {
            reply.append(piece, static_cast<std::size_t>(size));
        }
    }
    ::close(fd);
    return reply.substr(0, reply.find("\r\n"));
}

std::vector<std::string> World::column(const std::string& sql) const {
    const mysql::ThreadScope scope;
    auto db = mysql::Connection::open(database_);
    if (!db) throw std::runtime_error("connect: " + db.error().detail);
    std::vector<std::string> values;
    const auto done = db->for_each(sql, {}, [&](const mysql::Row& row) {
        values.push_back(row.string(0));
        return true;
    });
    if (!done) throw std::runtime_error(sql + ": " + done.error().detail);
    return values;
}

void World::execute(const std::string& sql) const {
    const mysql::ThreadScope scope;
    auto db = mysql::Connection::open(database_);
    if (!db) throw std::runtime_error("connect: " + db.error().detail);
    if (const auto done = db->execute(sql); !done) {
        throw std::runtime_error(sql + ": " + done.error().detail);
    }
}

std::string World::log_tail() const {
    std::ifstream in(folder_.path() / "log");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    return text.substr(text.size() - std::min<std::size_t>(text.size(), 2000));
}

double World::server_rss_mb() const {
    std::ifstream in("/proc/" + std::to_string(server_.pid()) + "/status");
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
    }
    return 0;
}

int fault_rounds() {
    const char* wanted = std::getenv("HOTLINE_FAULT_ROUNDS");
    return wanted == nullptr ? 3 : std::max(1, std::atoi(wanted));
}

}  // namespace hotline::test
