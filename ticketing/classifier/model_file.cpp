#include "ticketing/classifier/model_file.hpp"

#include "ticketing/classifier/train.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <concepts>

namespace hotline::ticketing::classifier {
namespace {

constexpr std::string_view magic = "HOTMODEL";
constexpr std::uint32_t version = 1;
constexpr std::size_t header = 8 + 4 + 8 + 8;  // magic, version, length, checksum
constexpr std::uint32_t most_models = 16;
constexpr std::uint32_t longest_text = 1'000;  // of a name or label, in bytes

// FNV-1a (Fowler, Noll, Vo), 64 bits, over eight bytes at a time.
std::uint64_t checksum(std::string_view bytes) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (std::size_t at = 0; at < bytes.size(); at += 8) {
        std::uint64_t word = 0;
        for (std::size_t i = at; i < std::min(at + 8, bytes.size()); ++i) {
            word = word << 8 | static_cast<unsigned char>(bytes[i]);
        }
        hash = (hash ^ word) * 0x100000001B3ULL;
        hash ^= hash >> 32;
    }
    return hash;
}

// Numbers as little-endian bytes.
template <std::unsigned_integral T>
void put(std::string& out, T value) {
    for (std::size_t i = 0; i < sizeof value; ++i) {
        out += static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
    }
}
void put(std::string& out, float value) {
    put(out, std::bit_cast<std::uint32_t>(value));
}
void put(std::string& out, double value) {
    put(out, std::bit_cast<std::uint64_t>(value));
}
void put(std::string& out, std::int16_t value) {
    put(out, std::bit_cast<std::uint16_t>(value));
}
void put(std::string& out, std::string_view text) {
    put(out, static_cast<std::uint32_t>(text.size()));
    out += text;
}
template <class T>
void put(std::string& out, const std::vector<T>& values) {
    for (const T& value : values) put(out, value);
}

// Takes values off the front; after a failure it gives zeroes.
class Reader {
public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    bool failed() const { return failed_; }
    bool done() const { return bytes_.empty(); }

    template <std::unsigned_integral T>
    void get(T& value) {
        value = 0;
        if (!has(sizeof value)) return;
        for (std::size_t i = 0; i < sizeof value; ++i) {
            const T byte = static_cast<unsigned char>(bytes_[i]);
            value = static_cast<T>(value | byte << (8 * i));
        }
        bytes_.remove_prefix(sizeof value);
    }
    void get(float& value) { value = std::bit_cast<float>(raw<std::uint32_t>()); }
    void get(double& value) { value = std::bit_cast<double>(raw<std::uint64_t>()); }
    void get(std::int16_t& value) { value = std::bit_cast<std::int16_t>(raw<std::uint16_t>()); }
    void get(std::string& text) {
        const auto size = raw<std::uint32_t>();
        if (size > longest_text || !has(size)) {
            failed_ = true;
            return;
        }
        text = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
    }
    template <class T>
    void get(std::vector<T>& values, std::size_t count, std::size_t least_bytes = sizeof(T)) {
        // Bounded by what is there before any memory is asked for.
        if (count > bytes_.size() / least_bytes) failed_ = true;
        if (failed_) return;
        values.resize(count);
        for (T& value : values) get(value);
    }

    template <std::unsigned_integral T>
    T raw() {
        T value = 0;
        get(value);
        return value;
    }

private:
    bool has(std::size_t count) {
        failed_ = failed_ || bytes_.size() < count;
        return !failed_;
    }

    std::string_view bytes_;
    bool failed_ = false;
};

void put(std::string& out, const ModelParts& parts) {
    put(out, std::string_view{parts.name});
    put(out, static_cast<std::uint32_t>(parts.labels.size()));
    for (const auto& label : parts.labels) put(out, std::string_view{label});
    put(out, parts.temperature);
    put(out, parts.threshold);
    put(out, parts.texts);
    put(out, parts.held_out);
    put(out, parts.accuracy);
    put(out, parts.macro_f1);
    put(out, static_cast<std::uint32_t>(parts.keys.size()));
    put(out, parts.scale_step);
    put(out, parts.weight_steps);
    put(out, parts.keys);
    put(out, parts.scales);
    put(out, parts.weights);
}

ModelParts get_parts(Reader& reader) {
    ModelParts parts;
    reader.get(parts.name);
    reader.get(parts.labels, reader.raw<std::uint32_t>(), sizeof(std::uint32_t));
    reader.get(parts.temperature);
    reader.get(parts.threshold);
    reader.get(parts.texts);
    reader.get(parts.held_out);
    reader.get(parts.accuracy);
    reader.get(parts.macro_f1);
    const auto features = reader.raw<std::uint32_t>();
    reader.get(parts.scale_step);
    reader.get(parts.weight_steps, parts.labels.size());
    reader.get(parts.keys, features);
    reader.get(parts.scales, features);
    reader.get(parts.weights, features * parts.labels.size());
    return parts;
}

template <class T>
bool each_once(std::vector<T> values) {
    std::ranges::sort(values);
    return std::ranges::adjacent_find(values) == values.end();
}

// What a checksum cannot tell: that the writer was ours.
bool sound(const ModelParts& parts) {
    const auto proper = [](double value) { return std::isfinite(value); };
    return parts.labels.size() >= 2 && parts.labels.size() <= most_labels &&
           each_once(parts.labels) && each_once(parts.keys) && proper(parts.temperature) &&
           parts.temperature > 0 && proper(parts.threshold) && proper(parts.accuracy) &&
           proper(parts.macro_f1) && proper(parts.scale_step) && parts.scale_step > 0 &&
           std::ranges::all_of(parts.weight_steps, proper);
}

std::unexpected<Error> wrong(std::string what) {
    return fail(ErrorCode::invalid_format, std::move(what));
}

}  // namespace

std::string to_bytes(std::span<const Model> models) {
    std::string body;
    put(body, static_cast<std::uint32_t>(models.size()));
    for (const Model& model : models) put(body, model.parts());
    std::string bytes{magic};
    put(bytes, version);
    put(bytes, static_cast<std::uint64_t>(body.size()));
    put(bytes, checksum(body));
    return bytes + body;
}

Result<std::vector<Model>> from_bytes(std::string_view bytes) {
    if (bytes.size() < magic.size() || !bytes.starts_with(magic)) {
        return wrong("it is not a model file");
    }
    if (bytes.size() < header) return wrong("it is cut off");
    Reader head{bytes.substr(magic.size())};
    const auto found = head.raw<std::uint32_t>();
    if (found != version) {
        return wrong(
            "it is of version " + std::to_string(found) + ", this program reads version " +
            std::to_string(version)
        );
    }
    const auto length = head.raw<std::uint64_t>();
    const auto sum = head.raw<std::uint64_t>();
    const std::string_view body = bytes.substr(header);
    if (body.size() < length) return wrong("it is cut off");
    if (body.size() > length) return wrong("there is more in it than it says");
    if (checksum(body) != sum) return wrong("it is damaged: its checksum does not fit");

    Reader reader{body};
    const auto count = reader.raw<std::uint32_t>();
    if (count == 0 || count > most_models) return wrong("it has no model");
    std::vector<Model> models;
    for (std::uint32_t i = 0; i < count; ++i) {
        ModelParts parts = get_parts(reader);
        if (reader.failed() || !sound(parts)) return wrong("what is in it makes no model");
        models.emplace_back(std::move(parts));
    }
    if (!reader.done()) return wrong("what is in it makes no model");
    return models;
}

}  // namespace hotline::ticketing::classifier
