#include "ticketing/facts_text.hpp"

#include <charconv>
#include <cstdint>
#include <type_traits>

namespace hotline::ticketing {
namespace {

using sla::Assignment;
using sla::Instant;
using sla::SurveyFact;
using sla::TicketFacts;

// Raised with every change: what an earlier version wrote is derived anew.
constexpr int format_version = 2;

// Writing and reading go through the same list of fields, so that neither can forget one: see
// visit() below. What is not there is "-"; blanks inside a text are escaped.
constexpr std::string_view escaped_bytes = "% \t\r\n";

std::string escaped(std::string_view text) {
    if (text.empty()) return "-";
    if (text == "-") return "%2D";
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (escaped_bytes.find(c) == escaped_bytes.npos) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += {'%', digits[byte >> 4], digits[byte & 15]};
        }
    }
    return out;
}

// Nothing for what escaped() does not write.
std::optional<std::string> unescaped(std::string_view word) {
    if (word == "-") return std::string();
    std::string out;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (word[i] != '%') {
            out += word[i];
            continue;
        }
        unsigned byte = 0;
        if (i + 2 >= word.size()) return std::nullopt;
        const char* end = word.data() + i + 3;
        const auto read = std::from_chars(word.data() + i + 1, end, byte, 16);
        if (read.ptr != end) return std::nullopt;
        out += static_cast<char>(byte);
        i += 2;
    }
    return out;
}

class FactsWriter {
public:
    void operator()(const std::string& text) { word(escaped(text)); }
    void operator()(bool flag) { word(flag ? "1" : "0"); }
    void operator()(Instant at) { word(std::to_string(at.time_since_epoch().count())); }

    template <class T>
        requires(std::is_integral_v<T> && !std::is_same_v<T, bool>)
    void operator()(T number) {
        word(std::to_string(number));
    }
    template <class T>
        requires std::is_enum_v<T>
    void operator()(T value) {
        word(std::to_string(static_cast<int>(value)));
    }
    template <class T>
    void operator()(const std::optional<T>& value) {
        if (!value) {
            word("-");
        } else {
            (*this)(*value);
        }
    }

    std::string take() && { return std::move(out_); }

private:
    void word(std::string_view word) {
        if (!out_.empty()) out_ += ' ';
        out_ += word;
    }

    std::string out_;
};

class FactsReader {
public:
    explicit FactsReader(std::string_view text) : rest_(text) {}

    void operator()(std::string& text) {
        auto read = unescaped(word());
        good_ = good_ && read;
        if (read) text = std::move(*read);
    }
    void operator()(bool& flag) {
        const std::string_view found = word();
        flag = found == "1";
        good_ = good_ && (flag || found == "0");
    }
    void operator()(Instant& at) {
        at = Instant{std::chrono::milliseconds{number<std::int64_t>()}};
    }

    template <class T>
        requires(std::is_integral_v<T> && !std::is_same_v<T, bool>)
    void operator()(T& value) {
        value = number<T>();
    }
    template <class T>
        requires std::is_enum_v<T>
    void operator()(T& value) {
        value = static_cast<T>(number<int>());
    }
    template <class T>
    void operator()(std::optional<T>& value) {
        if (rest_.starts_with("-") && (rest_.size() == 1 || rest_[1] == ' ')) {
            word();
        } else {
            (*this)(value.emplace());
        }
    }

    bool good() const { return good_; }
    bool at_end() const { return rest_.empty(); }

private:
    std::string_view word() {
        const std::size_t end = rest_.find(' ');
        const std::string_view found = rest_.substr(0, end);
        rest_.remove_prefix(end == rest_.npos ? rest_.size() : end + 1);
        good_ = good_ && !found.empty();
        return found;
    }
    template <class T>
    T number() {
        const std::string_view found = word();
        T value{};
        const char* end = found.data() + found.size();
        const auto read = std::from_chars(found.data(), end, value);
        good_ = good_ && read.ec == std::errc{} && read.ptr == end;
        return value;
    }

    std::string_view rest_;
    bool good_ = true;
};

template <class Visitor, class A>
void visit_assignment(Visitor& v, A& a) {
    v(a.unit), v(a.division), v(a.dispatched_at), v(a.sign_due), v(a.signed_at);
    v(a.contact_due), v(a.contacted_at), v(a.returned_at), v(a.return_approved);
    v(a.return_refused), v(a.official);
}

template <class Visitor, class F>
void visit_ticket(Visitor& v, F& f) {
    v(f.accepted_at), v(f.division), v(f.excluded), v(f.closed_on_call), v(f.due_at);
    v(f.submitted_at), v(f.redo_late), v(f.reviewed_at), v(f.contactable);
    v(f.attempts_exhausted), v(f.unreasonable), v(f.redo_count), v(f.closed_at);
    v(f.channel), v(f.type), v(f.topic), v(f.extended), v(f.sent_back), v(f.reopened);
    v(f.supervised);
}

template <class Visitor, class S>
void visit_survey(Visitor& v, S& s) {
    v(s.at), v(s.satisfied), v(s.solved);
}

}  // namespace

std::string to_text(const TicketFacts& facts) {
    FactsWriter writer;
    writer(format_version);
    visit_ticket(writer, facts);
    writer(facts.survey.has_value());
    if (facts.survey) visit_survey(writer, *facts.survey);
    writer(facts.assignments.size());
    for (const Assignment& assignment : facts.assignments) visit_assignment(writer, assignment);
    return std::move(writer).take();
}

std::optional<TicketFacts> facts_from(std::string_view text) {
    FactsReader reader(text);
    int version = 0;
    reader(version);
    if (!reader.good() || version != format_version) return std::nullopt;
    TicketFacts facts;
    visit_ticket(reader, facts);
    bool surveyed = false;
    reader(surveyed);
    if (surveyed) visit_survey(reader, facts.survey.emplace());
    std::size_t assignments = 0;
    reader(assignments);
    for (std::size_t i = 0; i < assignments && reader.good(); ++i) {
        visit_assignment(reader, facts.assignments.emplace_back());
    }
    if (!reader.good() || !reader.at_end()) return std::nullopt;
    return facts;
}

}  // namespace hotline::ticketing
