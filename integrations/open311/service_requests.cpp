#include "integrations/open311/service_requests.hpp"

#include "integrations/open311/services.hpp"
#include "sla/local_time.hpp"

#include <fmt/format.h>

namespace hotline::open311 {
namespace {

using ticketing::Directory;
using ticketing::Instant;

std::vector<std::string_view> parts(std::string_view list) {
    std::vector<std::string_view> found;
    while (!list.empty()) {
        const auto comma = list.find(',');
        auto part = list.substr(0, comma);
        while (part.starts_with(' ')) part.remove_prefix(1);
        while (part.ends_with(' ')) part.remove_suffix(1);
        if (!part.empty()) found.push_back(part);
        if (comma == std::string_view::npos) break;
        list.remove_prefix(comma + 1);
    }
    return found;
}

Node when(std::string name, const std::optional<Instant>& at) {
    return at ? Node::text(std::move(name), time_text(*at)) : Node::nothing(std::move(name));
}

Node text_or_nothing(std::string name, std::string_view value) {
    if (value.empty()) return Node::nothing(std::move(name));
    return Node::text(std::move(name), std::string(value));
}

class QueryReader {
public:
    QueryReader(const Parameters& parameters, bool english)
        : parameters_(parameters), english_(english) {}

    std::string_view field(const std::string& name) const { return value_of(parameters_, name); }

    void refuse(std::string_view zh, std::string_view en) {
        refusal.descriptions.emplace_back(english_ ? en : zh);
    }

    void read_numbers(RequestQuery& query) {
        for (const auto number : parts(field("service_request_id"))) {
            query.numbers.emplace_back(number);
        }
        if (query.numbers.size() > most_requests) {
            refuse(
                "service_request_id 一次最多 1000 个。",
                "service_request_id takes 1000 at a time at most."
            );
        }
    }

    void read_topics(RequestQuery& query, const Directory& directory) {
        for (const auto code : parts(field("service_code"))) {
            const auto* topic = topic_of(directory, code);
            if (topic == nullptr) {
                refuse("没有这个 service_code。", "service_code was not found.");
            } else {
                query.topics.push_back(topic->topic);
            }
        }
    }

    void read_status(RequestQuery& query) {
        // Both of them is the same as none.
        const auto wanted = parts(field("status"));
        for (const auto word : wanted) {
            if (word != "open" && word != "closed") {
                refuse("status 只能是 open 或 closed。", "status is open or closed.");
            }
        }
        if (wanted.size() == 1) {
            query.status = wanted.front() == "open" ? Status::open : Status::closed;
        }
    }

    std::optional<Instant> time(
        const std::string& name, std::optional<Instant> (*read)(std::string_view)
    ) {
        const std::string_view given = field(name);
        if (given.empty()) return std::nullopt;
        const auto at = read(given);
        if (!at) {
            refusal.descriptions.push_back(
                name + (english_ ? " is a date and time with its offset: 2026-11-27T00:00:00+08:00."
                                 : " 应为带时区的日期时间，如 2026-11-27T00:00:00+08:00。")
            );
        }
        return at;
    }

    Refusal refusal;

private:
    const Parameters& parameters_;
    bool english_;
};

}  // namespace

Status status_of(ticketing::State state) {
    return ticketing::is_final(state) ? Status::closed : Status::open;
}

Node service_request(
    const ticketing::PublishedTicket& ticket, const Directory& directory, std::string_view notes
) {
    const auto* unit = directory.unit(ticket.lead_unit);
    const auto* division = directory.division(ticket.division);
    const bool known = !ticket.topic.empty();
    Node out = Node::object("request");
    out.add(Node::text("service_request_id", ticket.number));
    out.add(Node::text("status", status_of(ticket.state) == Status::open ? "open" : "closed"));
    out.add(text_or_nothing("status_notes", notes));
    out.add(text_or_nothing("service_name", ticket.topic));
    out.add(text_or_nothing("service_code", known ? service_code(ticket.topic) : ""));
    // What somebody wrote stays between him and those who handle it.
    out.add(text_or_nothing(
        "description", known ? ticket.category + "：" + ticket.topic : ticket.category
    ));
    out.add(text_or_nothing("agency_responsible", unit ? unit->name : ""));
    out.add(Node::nothing("service_notice"));
    out.add(when("requested_datetime", ticket.accepted_at));
    out.add(when("updated_datetime", ticket.changed_at));
    out.add(when("expected_datetime", ticket.due_at));
    out.add(text_or_nothing("address", division ? division->name : ""));
    out.add(text_or_nothing("address_id", ticket.division));
    for (const char* unknown : {"zipcode", "lat", "long", "media_url"}) {
        out.add(Node::nothing(unknown));
    }
    return out;
}

std::expected<RequestQuery, Refusal> query_from(
    const Parameters& parameters,
    const Directory& directory,
    Instant now,
    std::optional<Instant> (*read_time)(std::string_view),
    bool english
) {
    QueryReader reader(parameters, english);
    RequestQuery query;
    reader.read_numbers(query);
    reader.read_topics(query, directory);
    reader.read_status(query);
    const auto from = reader.time("start_date", read_time);
    const auto to = reader.time("end_date", read_time);
    // With one end given the other is ninety days away, with none the last ninety days are meant.
    query.to = to ? *to : from ? std::min<Instant>(*from + longest_span, now) : now;
    query.from = from ? *from : query.to - longest_span;
    if (query.from > query.to) {
        reader.refuse("start_date 晚于 end_date。", "start_date is after end_date.");
    } else if (query.to - query.from > longest_span) {
        reader.refuse(
            "start_date 与 end_date 相隔最多 90 天。",
            "start_date and end_date are 90 days apart at most."
        );
    }
    if (!reader.refusal.descriptions.empty()) return std::unexpected(std::move(reader.refusal));
    return query;
}

std::string time_text(Instant instant) {
    const auto day = sla::local_day(instant);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{sla::time_of_day(instant)};
    return fmt::format(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+08:00",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        time.hours().count(),
        time.minutes().count(),
        time.seconds().count()
    );
}

}  // namespace hotline::open311
