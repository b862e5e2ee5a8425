#include "tests/faults/appellants.hpp"

#include "tests/faults/wire.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

namespace hotline::test {

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr unsigned people = 32;
constexpr auto one_answer = 5s;

std::string appeal(const std::string& key) {
    const std::string body =
        R"({"title":"厂区停电","content":"我们在蒲城县孙镇做铸件，今天供电又断了，编号)" + key +
        R"(，请尽快安排抢修。","appellant":{"phone":"13909130000"}})";
    return request_text("POST", "/api/v1/appeals", "Idempotency-Key: " + key + "\r\n", body);
}

std::chrono::milliseconds since(Clock::time_point start) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
}

}  // namespace

Appellants::Appellants(std::uint16_t port, double per_second, std::filesystem::path list)
    : port_(port),
      list_(std::move(list)),
      file_(::open(list_.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600)) {
    if (file_ < 0) throw std::runtime_error("cannot keep a list at " + list_.string());
    const auto pace = std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::duration<double>(people / per_second)
    );
    for (unsigned who = 0; who < people; ++who) {
        threads_.emplace_back([this, who, pace] { live(who, pace); });
    }
}

Appellants::~Appellants() {
    if (!threads_.empty()) finish(0s);
    ::close(file_);
}

void Appellants::finish(std::chrono::seconds patience) {
    give_up_ = Clock::now() + patience;
    stopping_ = true;
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
}

void Appellants::live(unsigned who, std::chrono::nanoseconds pace) {
    Wire wire(port_);
    auto next = Clock::now() + pace * who / people;
    for (int n = 0; !stopping_; ++n, next += pace) {
        std::this_thread::sleep_until(next);
        const std::string key = "appellant-" + std::to_string(who) + "-" + std::to_string(n);
        const std::string request = appeal(key);
        for (int attempt = 1;; ++attempt) {
            const auto start = Clock::now();
            const WireAnswer answer = wire.ask(request, one_answer);
            if (answer.status == 201 || answer.status == 202) {
                note(
                    {key,
                     answer.status,
                     json_text(answer.body, "ticket_no"),
                     since(start),
                     start,
                     attempt}
                );
                break;
            }
            if (!try_again({answer.status, since(start), start}, key)) break;
            std::this_thread::sleep_for(50ms);
        }
    }
}

bool Appellants::try_again(Refused refused, const std::string& key) {
    const std::lock_guard lock(mutex_);
    refused_.push_back(refused);
    if (!stopping_ || Clock::now() < give_up_) return true;
    unanswered_.push_back(key);
    return false;
}

void Appellants::note(Told told) {
    const std::string line =
        told.key + " " + std::to_string(told.status) + " " + told.ticket_no + "\n";
    if (::write(file_, line.data(), line.size()) != static_cast<ssize_t>(line.size()) ||
        ::fdatasync(file_) != 0) {
        throw std::runtime_error("the list cannot be written");
    }
    const std::lock_guard lock(mutex_);
    told_.push_back(std::move(told));
}

std::vector<Told> Appellants::list_on_disk() const {
    std::vector<Told> list;
    std::ifstream in(list_);
    Told told;
    while (in >> told.key >> told.status >> told.ticket_no) list.push_back(told);
    return list;
}

}  // namespace hotline::test
