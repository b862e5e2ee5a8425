#include "integrations/mysql/clock_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace hotline::mysql {
namespace {

namespace json = boost::json;
using sla::Clock;
using sla::Instant;

// Writes numbers into nested arrays.
class Writer {
public:
    void open() {
        comma();
        text_ += '[';
    }
    void close() { text_ += ']'; }

    void number(std::int64_t value) {
        comma();
        std::array<char, 20> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        text_.append(digits.data(), end);
    }
    template <class E>
        requires std::is_enum_v<E>
    void number(E value) {
        number(static_cast<std::int64_t>(value));
    }
    void instant(Instant at) { number(at.time_since_epoch().count()); }
    void instant(const std::optional<Instant>& at) {
        if (at) return instant(*at);
        comma();
        text_ += "null";
    }

    std::string take() { return std::move(text_); }

private:
    void comma() {
        if (!text_.empty() && text_.back() != '[') text_ += ',';
    }

    std::string text_;
};

void write(Writer& out, const sla::Pause& pause) {
    out.open();
    out.instant(pause.from);
    if (pause.until) out.instant(*pause.until);
    out.close();
}

void write(Writer& out, const sla::Extension& extension) {
    out.open();
    out.instant(extension.at);
    out.number(extension.granted.unit);
    out.number(extension.granted.amount);
    out.close();
}

template <class T>
void write_list(Writer& out, const std::vector<T>& values) {
    out.open();
    for (const T& value : values) write(out, value);
    out.close();
}

void write(Writer& out, const Clock& clock) {
    out.open();
    out.number(clock.kind);
    out.number(clock.generation);
    out.number(clock.state);
    out.instant(clock.started_at);
    out.instant(clock.due_at);
    out.instant(clock.warn_at);
    out.instant(clock.warned_at);
    out.instant(clock.stopped_at);
    out.instant(clock.fired_at);
    out.number(clock.limit.unit);
    out.number(clock.limit.amount);
    write_list(out, clock.pauses);
    write_list(out, clock.extensions);
    out.number(clock.calendar_version);
    out.number(clock.policy_version);
    out.number(clock.beyond_known_calendar ? 1 : 0);
    out.instant(clock.escalate_at);
    out.number(clock.escalate_to);
    out.close();
}

// Takes one element of an array after the other; what does not fit spoils the whole.
class Reader {
public:
    explicit Reader(const json::value& from) : items_(from.if_array()), spoilt_(!items_) {}

    bool more() const { return !spoilt_ && at_ < items_->size(); }
    bool good() const { return !spoilt_ && at_ == items_->size(); }

    template <class T>
    T number() {
        const json::value* item = next();
        const std::int64_t* value = item != nullptr ? item->if_int64() : nullptr;
        spoilt_ = spoilt_ || value == nullptr;
        return static_cast<T>(value != nullptr ? *value : 0);
    }
    Instant instant() { return Instant{std::chrono::milliseconds{number<std::int64_t>()}}; }
    std::optional<Instant> optional_instant() {
        if (!more() || !(*items_)[at_].is_null()) return instant();
        ++at_;
        return std::nullopt;
    }

    // An array whose elements are arrays, each read by `element`.
    template <class T>
    std::vector<T> list(T (*element)(Reader&)) {
        std::vector<T> values;
        const json::value* item = next();
        if (item == nullptr) return values;
        Reader elements(*item);
        while (const json::value* fields_of = elements.next_of_list()) {
            Reader fields(*fields_of);
            values.push_back(element(fields));
            elements.spoilt_ = !fields.good();
        }
        spoilt_ = !elements.good();
        return values;
    }

private:
    const json::value* next() {
        spoilt_ = !more();
        return next_of_list();
    }
    const json::value* next_of_list() { return more() ? &(*items_)[at_++] : nullptr; }

    const json::array* items_;
    std::size_t at_ = 0;
    bool spoilt_;
};

sla::Pause read_pause(Reader& in) {
    sla::Pause pause{in.instant(), std::nullopt};
    if (in.more()) pause.until = in.instant();
    return pause;
}

sla::Extension read_extension(Reader& in) {
    const Instant at = in.instant();
    const auto unit = in.number<sla::LimitUnit>();
    return {at, {unit, in.number<std::int32_t>()}};
}

Clock read_clock(Reader& in) {
    Clock clock;
    clock.kind = in.number<sla::ClockKind>();
    clock.generation = in.number<std::uint16_t>();
    clock.state = in.number<sla::ClockState>();
    clock.started_at = in.instant();
    clock.due_at = in.instant();
    clock.warn_at = in.optional_instant();
    clock.warned_at = in.optional_instant();
    clock.stopped_at = in.optional_instant();
    clock.fired_at = in.optional_instant();
    clock.limit.unit = in.number<sla::LimitUnit>();
    clock.limit.amount = in.number<std::int32_t>();
    clock.pauses = in.list(read_pause);
    clock.extensions = in.list(read_extension);
    clock.calendar_version = in.number<std::uint32_t>();
    clock.policy_version = in.number<std::uint32_t>();
    clock.beyond_known_calendar = in.number<int>() != 0;
    clock.escalate_at = in.optional_instant();
    clock.escalate_to = in.number<std::uint8_t>();
    return clock;
}

}  // namespace

std::string clocks_text(const std::vector<Clock>& clocks) {
    Writer out;
    write_list(out, clocks);
    return out.take();
}

std::optional<std::vector<Clock>> clocks_from(std::string_view text) {
    std::array<unsigned char, 8192> room{};
    json::monotonic_resource memory(room.data(), room.size());
    boost::system::error_code error;
    const json::value whole = json::parse(text, error, &memory);
    if (error) return std::nullopt;
    const json::value alone(json::array({whole}, &memory));
    Reader reader(alone);
    auto clocks = reader.list(read_clock);
    return reader.good() ? std::optional(std::move(clocks)) : std::nullopt;
}

}  // namespace hotline::mysql
