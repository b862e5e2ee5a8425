#include "ticketing/plan_text.hpp"

#include <charconv>
#include <cstdint>
#include <type_traits>

namespace hotline::ticketing {
namespace {

// Writing and reading go through the same list of fields, so that neither can forget one: see
// visit() below.
class PlanWriter {
public:
    void operator()(const std::string& text) {
        begin();
        for (const char c : text) {
            if (c == '\\' || c == '\t' || c == '\n') out_ += '\\';
            out_ += c == '\t' ? 't' : c == '\n' ? 'n' : c;
        }
    }
    void operator()(sla::LocalDay day) { number(day.time_since_epoch().count()); }
    void operator()(Instant at) { number(at.time_since_epoch().count()); }
    void operator()(UnitId unit) { number(static_cast<std::int64_t>(unit.value)); }
    void operator()(int value) { number(value); }
    template <class E>
        requires std::is_enum_v<E>
    void operator()(E value) {
        number(static_cast<int>(value));
    }
    template <class T>
    void operator()(const std::optional<T>& value) {
        if (value) {
            (*this)(*value);
        } else {
            begin();
        }
    }
    void operator()(const std::vector<UnitId>& units) {
        begin();
        for (const UnitId unit : units) out_ += std::to_string(unit.value) + ',';
    }

    void line(char kind) {
        if (!out_.empty()) out_ += '\n';
        out_ += kind;
    }
    std::string take() && { return std::move(out_); }

private:
    void begin() { out_ += '\t'; }
    void number(std::int64_t value) {
        begin();
        out_ += std::to_string(value);
    }

    std::string out_;
};

class PlanReader {
public:
    explicit PlanReader(std::string_view line) : rest_(line) {}

    void operator()(std::string& text) {
        const std::string_view field = next();
        text.clear();
        for (std::size_t i = 0; i < field.size(); ++i) {
            const bool escaped = field[i] == '\\' && i + 1 < field.size();
            const char c = escaped ? field[++i] : field[i];
            text += escaped && c == 't' ? '\t' : escaped && c == 'n' ? '\n' : c;
        }
    }
    void operator()(sla::LocalDay& day) { day = sla::LocalDay{std::chrono::days{number(next())}}; }
    void operator()(Instant& at) { at = Instant{std::chrono::milliseconds{number(next())}}; }
    void operator()(UnitId& unit) { unit = {static_cast<std::uint64_t>(number(next()))}; }
    void operator()(int& value) { value = static_cast<int>(number(next())); }
    template <class E>
        requires std::is_enum_v<E>
    void operator()(E& value) {
        value = static_cast<E>(number(next()));
        good_ = good_ && !name(value).empty();
    }
    template <class T>
    void operator()(std::optional<T>& value) {
        if (rest_ == "\t" || rest_.starts_with("\t\t")) {
            next();
        } else {
            (*this)(value.emplace());
        }
    }
    void operator()(std::vector<UnitId>& units) {
        for (std::string_view list = next(); !list.empty();) {
            const std::size_t comma = std::min(list.find(','), list.size());
            units.push_back({static_cast<std::uint64_t>(number(list.substr(0, comma)))});
            list.remove_prefix(std::min(comma + 1, list.size()));
        }
    }

    bool whole() const { return good_ && rest_.empty(); }

private:
    std::string_view next() {
        good_ = good_ && rest_.starts_with('\t');
        if (!good_) return {};
        rest_.remove_prefix(1);
        const std::string_view field = rest_.substr(0, rest_.find('\t'));
        rest_.remove_prefix(field.size());
        return field;
    }
    std::int64_t number(std::string_view field) {
        std::int64_t value = 0;
        const char* end = field.data() + field.size();
        const auto read = std::from_chars(field.data(), end, value);
        good_ = good_ && read.ec == std::errc{} && read.ptr == end;
        return value;
    }

    std::string_view rest_;
    bool good_ = true;
};

template <class Of, class T>
concept some = std::is_same_v<std::remove_const_t<T>, Of>;

template <class Visitor, class T>
void visit(Visitor& v, T& it) {
    if constexpr (some<Meeting, T>) {
        v(it.held_on), v(it.units), v(it.conclusion), v(it.basis), v(it.noted_at);
    } else if constexpr (some<Milestone, T>) {
        v(it.meeting), v(it.text), v(it.unit), v(it.due_on), v(it.state);
        v(it.ended_at), v(it.report);
    } else {
        v(it.level), v(it.unit), v(it.round), v(it.started_at), v(it.ended_at);
        v(it.outcome), v(it.words), v(it.keeper), v(it.keep_by);
    }
}

constexpr char a_meeting = 'm';
constexpr char a_milestone = 's';
constexpr char a_mediation = 'd';

template <class T>
void write(PlanWriter& writer, char kind, const std::vector<T>& all) {
    for (const T& one : all) {
        writer.line(kind);
        visit(writer, one);
    }
}

template <class T>
bool read(std::string_view line, std::vector<T>& into) {
    PlanReader reader(line.substr(1));
    visit(reader, into.emplace_back());
    return reader.whole();
}

// Hands out line after line with its kind; false as soon as `take` refuses one.
template <class Take>
bool each_line(std::string_view text, Take take) {
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        if (line.empty() || !take(line.front(), line)) return false;
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return true;
}

}  // namespace

std::string to_text(
    const std::vector<Meeting>& meetings, const std::vector<Milestone>& milestones
) {
    PlanWriter writer;
    write(writer, a_meeting, meetings);
    write(writer, a_milestone, milestones);
    return std::move(writer).take();
}

std::string to_text(const std::vector<Mediation>& mediations) {
    PlanWriter writer;
    write(writer, a_mediation, mediations);
    return std::move(writer).take();
}

std::optional<Plan> plan_from(std::string_view text) {
    Plan plan;
    const bool good = each_line(text, [&](char kind, std::string_view line) {
        return (kind == a_meeting && read(line, plan.meetings)) ||
               (kind == a_milestone && read(line, plan.milestones));
    });
    return good ? std::optional(std::move(plan)) : std::nullopt;
}

std::optional<std::vector<Mediation>> mediations_from(std::string_view text) {
    std::vector<Mediation> mediations;
    const bool good = each_line(text, [&](char kind, std::string_view line) {
        return kind == a_mediation && read(line, mediations);
    });
    return good ? std::optional(std::move(mediations)) : std::nullopt;
}

}  // namespace hotline::ticketing
