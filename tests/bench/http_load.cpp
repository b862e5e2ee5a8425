#include "tests/bench/http_load.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <stdexcept>

namespace hotline::bench {
namespace {

using Clock = std::chrono::steady_clock;

int connect_to(std::uint16_t port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(fd);
        throw std::runtime_error("cannot connect to port " + std::to_string(port));
    }
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

// How long the answer at the front of `in` is; 0 while it is not whole.
std::size_t whole_answer(std::string_view in, std::size_t& head_size) {
    const std::size_t end = in.find("\r\n\r\n");
    if (end == in.npos) return 0;
    head_size = end + 4;
    std::size_t length = 0;
    constexpr std::string_view name = "content-length: ";
    const std::size_t at = in.substr(0, end).find(name);
    if (at != in.npos) {
        std::from_chars(in.data() + at + name.size(), in.data() + end, length);
    }
    return in.size() >= head_size + length ? head_size + length : 0;
}

int status_of(std::string_view head) {
    int status = 0;
    if (head.size() > 12) std::from_chars(head.data() + 9, head.data() + 12, status);
    return status;
}

}  // namespace

std::string_view Answer::header(std::string_view name) const {
    const std::size_t at = head.find("\r\n" + std::string(name) + ": ");
    if (at == head.npos) return {};
    const std::size_t from = at + name.size() + 4;
    return head.substr(from, head.find("\r\n", from) - from);
}

double LoadResult::per_second() const {
    return static_cast<double>(answers) / std::chrono::duration<double>(elapsed).count();
}

double LoadResult::percentile_ms(double share) const {
    if (latencies_us.empty()) return 0;
    std::vector<std::uint32_t> sorted = latencies_us;
    const auto rank = static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1));
    const auto place = sorted.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(sorted.begin(), place, sorted.end());
    return static_cast<double>(*place) / 1000;
}

namespace {

class Load {
public:
    Load(const LoadSettings& settings, const NextRequest& next, const OnAnswer& answered)
        : settings_(settings),
          next_(next),
          answered_(answered),
          poll_(::epoll_create1(EPOLL_CLOEXEC)) {
        links_.resize(settings.connections);
        for (std::size_t i = 0; i < links_.size(); ++i) open(i);
    }
    ~Load() {
        for (Link& link : links_) {
            if (link.fd >= 0) ::close(link.fd);
        }
        ::close(poll_);
    }
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;

    LoadResult run() {
        const auto start = Clock::now();
        last_start_ = start + settings_.duration;
        for (std::size_t i = 0; i < links_.size(); ++i) begin(i);
        const auto give_up = last_start_ + settings_.patience;
        std::vector<epoll_event> events(256);
        while (waiting_ > 0 && Clock::now() < give_up) {
            const int count =
                ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), 100);
            for (int i = 0; i < count; ++i) take(events[static_cast<std::size_t>(i)].data.u64);
        }
        result_.unanswered = waiting_;
        result_.elapsed = last_answer_ - start;
        return std::move(result_);
    }

private:
    struct Link {
        int fd = -1;
        std::string out;
        std::string in;
        Clock::time_point sent;
        bool waiting = false;
    };

    void open(std::size_t i) {
        links_[i].fd = connect_to(settings_.port);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = i;
        ::epoll_ctl(poll_, EPOLL_CTL_ADD, links_[i].fd, &event);
    }

    // Requests are small: the socket's buffer takes one whole.
    void begin(std::size_t i) {
        Link& link = links_[i];
        link.sent = Clock::now();
        if (link.sent >= last_start_) return;
        link.out.clear();
        next_(i, link.out);
        if (link.out.empty()) return;
        const ssize_t sent = ::send(link.fd, link.out.data(), link.out.size(), MSG_NOSIGNAL);
        link.waiting = true;
        ++waiting_;
        if (sent != static_cast<ssize_t>(link.out.size())) lose(i);
    }

    void take(std::size_t i) {
        Link& link = links_[i];
        char piece[64 * 1024];
        const ssize_t size = ::recv(link.fd, piece, sizeof piece, MSG_DONTWAIT);
        if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (size <= 0) return lose(i);
        link.in.append(piece, static_cast<std::size_t>(size));
        std::size_t head = 0;
        const std::size_t whole = whole_answer(link.in, head);
        if (whole == 0) return;
        last_answer_ = Clock::now();
        const std::string_view text(link.in);
        Answer answer{i, status_of(text), text.substr(0, head), text.substr(head, whole - head)};
        answer.latency = last_answer_ - link.sent;
        result_.latencies_us.push_back(static_cast<std::uint32_t>(
            std::chrono::duration_cast<std::chrono::microseconds>(answer.latency).count()
        ));
        ++result_.answers;
        link.waiting = false;
        --waiting_;
        answered_(answer);
        link.in.erase(0, whole);
        begin(i);
    }

    void lose(std::size_t i) {
        Link& link = links_[i];
        ::close(link.fd);
        link.in.clear();
        if (link.waiting) {
            ++result_.broken;
            --waiting_;
            link.waiting = false;
        }
        open(i);
        begin(i);
    }

    const LoadSettings& settings_;
    const NextRequest& next_;
    const OnAnswer& answered_;
    int poll_;
    std::vector<Link> links_;
    std::size_t waiting_ = 0;
    Clock::time_point last_start_;
    Clock::time_point last_answer_;
    LoadResult result_;
};

}  // namespace

LoadResult run_load(
    const LoadSettings& settings, const NextRequest& next, const OnAnswer& answered
) {
    return Load(settings, next, answered).run();
}

void write_request(
    std::string& out,
    std::string_view method,
    std::string_view target,
    std::string_view headers,
    std::string_view body
) {
    out.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    out.append(headers);
    if (!body.empty()) {
        out.append("Content-Type: application/json\r\nContent-Length: ");
        out.append(std::to_string(body.size())).append("\r\n");
    }
    out.append("\r\n").append(body);
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
            (byte >= '0' && byte <= '9')) {
            out += c;
        } else {
            out += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
    }
    return out;
}

}  // namespace hotline::bench
