#include "integrations/redis/link.hpp"

#include <hiredis/async.h>
#include <hiredis/hiredis.h>
#include <hiredis/sds.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <span>
#include <utility>

namespace hotline::redis {

namespace {

// hiredis moves the whole rest of its output buffer down after each partial write, so the buffer is
// kept about as small as a socket takes in one go.
constexpr std::size_t output_limit = 256 * 1024;

// A peer that vanished without a FIN is noticed by the kernel no later than by the heartbeat.
constexpr int user_timeout_ms = 5000;

Reply copy(const redisReply& from) {
    Reply to;
    switch (from.type) {
        case REDIS_REPLY_INTEGER:
            to.kind = Reply::Kind::integer;
            to.integer = from.integer;
            break;
        case REDIS_REPLY_STRING:
            to.kind = Reply::Kind::string;
            to.text.assign(from.str, from.len);
            break;
        case REDIS_REPLY_STATUS:
            to.kind = Reply::Kind::status;
            to.text.assign(from.str, from.len);
            break;
        case REDIS_REPLY_ERROR:
            to.kind = Reply::Kind::error;
            to.text.assign(from.str, from.len);
            break;
        case REDIS_REPLY_ARRAY:
            to.kind = Reply::Kind::array;
            to.elements.reserve(from.elements);
            for (const redisReply* element : std::span(from.element, from.elements)) {
                to.elements.push_back(copy(*element));
            }
            break;
        default:
            break;
    }
    return to;
}

}  // namespace

struct Link::Hooks {
    static Link& link(void* data) { return *static_cast<Link*>(data); }

    static void add_read(void* data) {
        link(data).want_read_ = true;
        link(data).arm_read();
    }
    static void del_read(void* data) { link(data).want_read_ = false; }
    static void add_write(void* data) {
        link(data).want_write_ = true;
        link(data).arm_write();
    }
    static void del_write(void* data) { link(data).want_write_ = false; }

    // Runs once on every way a context ends, just before hiredis closes the descriptor and frees
    // the context itself. The descriptor is taken out of Asio first; the context is not touched
    // again.
    static void cleanup(void* data) {
        Link& self = link(data);
        if (self.descriptor_.is_open()) self.descriptor_.release();
        if (self.why_down_.empty() && self.context_->errstr) {
            self.why_down_ = self.context_->errstr;
        }
        self.context_ = nullptr;
        self.mark_down();
        self.fail_queued();
    }

    static void on_connect(const redisAsyncContext* context, int status) {
        Link& self = link(context->data);
        if (status != REDIS_OK) return;  // cleanup follows
        self.connected_ = true;
        self.last_heard_ = Clock::now();
        self.on_change_();
    }

    static void on_reply(redisAsyncContext* context, void* reply, void*) {
        Link& self = link(context->data);
        if (self.sent_.empty()) return;
        const Sent sent = std::move(self.sent_.front());
        self.sent_.pop_front();
        if (!reply) {
            self.mark_down();
            sent.waiter->complete(std::unexpected(self.reason_));
            return;
        }
        sent.waiter->complete(copy(*static_cast<const redisReply*>(reply)));
    }

    static void on_message(redisAsyncContext* context, void* reply, void*) {
        Link& self = link(context->data);
        if (!reply) return;
        self.beat_due_ = Clock::time_point::max();
        const Reply message = copy(*static_cast<const redisReply*>(reply));
        if (message.elements.size() != 3 || message.elements[0].text != "message") return;
        const auto found = self.subscriptions_.find(message.elements[1].text);
        if (found != self.subscriptions_.end()) found->second(message.elements[2].text);
    }
};

Link::Link(boost::asio::any_io_executor executor, std::function<void()> on_change)
    : descriptor_(std::move(executor)),
      on_change_(std::move(on_change)),
      reason_{ErrorCode::store_unavailable, "redis connection lost", {}} {}

Link::~Link() {
    if (context_) redisAsyncFree(context_);
}

Result<void> Link::open_unix(const std::string& path) {
    return adopt(redisAsyncConnectUnix(path.c_str()));
}

Result<void> Link::open_tcp(const std::string& address, std::uint16_t port) {
    auto opened = adopt(redisAsyncConnect(address.c_str(), port));
    if (!opened) return opened;
    redisEnableKeepAlive(&context_->c);
    ::setsockopt(
        context_->c.fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &user_timeout_ms, sizeof user_timeout_ms
    );
    context_->c.err = 0;  // a refused keep-alive option is no reason to give the link up
    return opened;
}

Result<void> Link::adopt(redisAsyncContext* context) {
    if (!context) return fail(ErrorCode::store_unavailable, "out of memory");
    if (context->err) {
        std::string why = context->errstr ? context->errstr : "connect failed";
        redisAsyncFree(context);
        down_ = true;
        return fail(ErrorCode::store_unavailable, std::move(why));
    }
    context_ = context;
    context->data = this;
    context->ev.data = this;
    context->ev.addRead = &Hooks::add_read;
    context->ev.delRead = &Hooks::del_read;
    context->ev.addWrite = &Hooks::add_write;
    context->ev.delWrite = &Hooks::del_write;
    context->ev.cleanup = &Hooks::cleanup;
    boost::system::error_code failed;
    descriptor_.assign(context->c.fd, failed);
    if (failed) {
        tear_down(Error{ErrorCode::store_unavailable, failed.message(), {}});
        return std::unexpected(reason_);
    }
    redisAsyncSetConnectCallback(context, &Hooks::on_connect);  // asks for the first write event
    return {};
}

void Link::send(Command command, std::shared_ptr<Waiter> waiter, Clock::time_point due) {
    if (!context_ || down_ || command.empty()) {
        waiter->complete(std::unexpected(reason_));
        return;
    }
    queued_.push_back(Queued{std::move(command), Sent{std::move(waiter), due}});
    feed();
}

void Link::feed() {
    while (context_ && !queued_.empty() && sdslen(context_->c.obuf) < output_limit) {
        Queued next = std::move(queued_.front());
        queued_.pop_front();
        transmit(next.command, std::move(next.sent));
    }
}

void Link::transmit(const Command& command, Sent sent) {
    argv_.clear();
    argv_lengths_.clear();
    for (const std::string& argument : command) {
        argv_.push_back(argument.data());
        argv_lengths_.push_back(argument.size());
    }
    const int given = redisAsyncCommandArgv(
        context_,
        &Hooks::on_reply,
        nullptr,
        static_cast<int>(argv_.size()),
        argv_.data(),
        argv_lengths_.data()
    );
    if (given != REDIS_OK) {
        sent.waiter->complete(std::unexpected(reason_));
        return;
    }
    sent_.push_back(std::move(sent));
}

void Link::subscribe(const std::string& channel, OnMessage on_message) {
    if (!context_ || down_) return;
    subscriptions_[channel] = std::move(on_message);
    redisAsyncCommand(
        context_, &Hooks::on_message, nullptr, "SUBSCRIBE %b", channel.data(), channel.size()
    );
}

void Link::beat(Clock::time_point due) {
    if (subscriptions_.empty()) {
        send(Command{"PING"}, std::make_shared<Waiter>(), due);
        return;
    }
    if (beat_due_ != Clock::time_point::max()) return;  // the last one still waits for its answer
    // A PING on a subscribed RESP2 connection is answered in a shape hiredis 0.14 cannot match to
    // its callback; a repeated SUBSCRIBE is answered properly.
    const auto& [channel, on_message] = *subscriptions_.begin();
    beat_due_ = due;
    subscribe(channel, OnMessage(on_message));
}

bool Link::overdue(Clock::time_point now) const {
    // Blocking reads have later deadlines than what follows them, so the front is not enough.
    return beat_due_ <= now ||
           std::ranges::any_of(sent_, [now](const Sent& sent) { return sent.due <= now; }) ||
           std::ranges::any_of(queued_, [now](const Queued& one) { return one.sent.due <= now; });
}

void Link::expire(Clock::time_point now, std::chrono::milliseconds renewed) {
    const auto give_up = [now, renewed](Sent& sent) {
        if (sent.due > now) return;
        sent.due = now + renewed;
        sent.waiter->complete(fail(ErrorCode::deadline_exceeded, "redis is slow"));
    };
    for (Sent& sent : sent_) give_up(sent);
    for (Queued& queued : queued_) give_up(queued.sent);
}

void Link::tear_down(Error why) {
    if (!context_) return;
    const auto self = weak_from_this().lock();  // completions may drop the last owner
    reason_ = std::move(why);
    why_down_ = reason_.detail;
    mark_down();
    redisAsyncFree(context_);  // not redisAsyncDisconnect: that waits for replies for ever
}

void Link::mark_down() {
    if (std::exchange(down_, true)) return;
    on_change_();
}

void Link::fail_queued() {
    for (Queued& one : std::exchange(queued_, {})) {
        one.sent.waiter->complete(std::unexpected(reason_));
    }
}

void Link::arm_read() {
    if (!want_read_ || read_armed_ || !context_) return;
    read_armed_ = true;
    descriptor_.async_wait(
        boost::asio::posix::stream_descriptor::wait_read,
        [self = shared_from_this()](boost::system::error_code failed) {
            self->read_armed_ = false;
            if (failed || !self->context_) return;
            self->last_heard_ = Clock::now();
            redisAsyncHandleRead(self->context_);
            self->arm_read();
        }
    );
}

void Link::arm_write() {
    if (!want_write_ || write_armed_ || !context_) return;
    write_armed_ = true;
    descriptor_.async_wait(
        boost::asio::posix::stream_descriptor::wait_write,
        [self = shared_from_this()](boost::system::error_code failed) {
            self->write_armed_ = false;
            if (failed || !self->context_) return;
            redisAsyncHandleWrite(self->context_);
            self->feed();
            self->arm_write();
        }
    );
}

}  // namespace hotline::redis
