#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotline::mysql {

using Time = std::chrono::sys_time<std::chrono::milliseconds>;  // UTC, DATETIME(3)

// One value for one `?`. Holds views, never copies: what it is made of must outlive the call it is
// passed to, which temporaries in the argument list do. Text and bytes are the same to the caller:
// what is not valid UTF-8 is sent as binary.
class Param {
public:
    enum class Kind : std::uint8_t { null, integer, unsigned_integer, real, text, time };

    Param(std::nullptr_t) {}
    Param(std::nullopt_t) {}
    Param(bool value) : kind_(Kind::integer) { integer_ = value ? 1 : 0; }
    template <std::signed_integral T>
    Param(T value) : kind_(Kind::integer) {
        integer_ = value;
    }
    template <std::unsigned_integral T>
        requires(!std::same_as<T, bool>)
    Param(T value) : kind_(Kind::unsigned_integer) {
        unsigned_ = value;
    }
    Param(double value) : kind_(Kind::real) { real_ = value; }
    Param(std::string_view value) : kind_(Kind::text) { text_ = value; }
    Param(const std::string& value) : Param(std::string_view{value}) {}
    Param(const char* value) : Param(std::string_view{value}) {}
    Param(Time value) : kind_(Kind::time) { integer_ = value.time_since_epoch().count(); }
    template <class T>
    Param(const std::optional<T>& value) : Param(value ? Param{*value} : Param{nullptr}) {}

    Kind kind() const { return kind_; }
    std::int64_t integer() const { return integer_; }
    std::uint64_t unsigned_integer() const { return unsigned_; }
    double real() const { return real_; }
    std::string_view text() const { return text_; }
    Time time() const { return Time{std::chrono::milliseconds{integer_}}; }

    bool operator==(const Param& other) const {
        if (kind_ != other.kind_) return false;
        switch (kind_) {
            case Kind::null:
                return true;
            case Kind::integer:
            case Kind::time:
                return integer_ == other.integer_;
            case Kind::unsigned_integer:
                return unsigned_ == other.unsigned_;
            case Kind::real:
                return real_ == other.real_;
            case Kind::text:
                return text_ == other.text_;
        }
        return false;
    }

private:
    Kind kind_ = Kind::null;
    union {
        std::int64_t integer_ = 0;
        std::uint64_t unsigned_;
        double real_;
        std::string_view text_;
    };
};

// The values of one statement, in the order of its question marks: execute(sql, {id, name, now}).
class Params {
public:
    Params() = default;
    Params(std::initializer_list<Param> values) : values_(values.begin(), values.size()) {}
    Params(std::span<const Param> values) : values_(values) {}
    Params(const std::vector<Param>& values) : values_(values) {}

    std::size_t size() const { return values_.size(); }
    bool empty() const { return values_.empty(); }
    const Param& operator[](std::size_t index) const { return values_[index]; }
    auto begin() const { return values_.begin(); }
    auto end() const { return values_.end(); }

private:
    std::span<const Param> values_;
};

}  // namespace hotline::mysql
