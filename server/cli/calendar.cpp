#include "integrations/mysql/connection.hpp"
#include "server/actions/enact.hpp"
#include "server/actions/recompute_dues.hpp"
#include "server/calendar/evaluator.hpp"
#include "server/calendar/lines.hpp"
#include "server/calendar/local_text.hpp"
#include "server/calendar/versions.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/database.hpp"
#include "server/cli/recompute.hpp"
#include "server/now.hpp"
#include "server/stores.hpp"
#include "sla/date_text.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace hotline::cli {
namespace {

using calendar::DayChange;
using calendar::text_of;
using std::chrono::days;
using std::chrono::year;

constexpr std::size_t most_shown = 100;
constexpr std::size_t longest_line = std::size_t{16} << 20;

Result<mysql::Connection> open(const config::Settings& settings) {
    const auto where = mysql_settings(settings);
    if (!where) return std::unexpected(where.error());
    return mysql::Connection::open(*where);
}

// The database's calendar, or, with a word about it, the one that comes with the program.
Result<sla::Calendar> own_calendar(const config::Settings& settings) {
    const mysql::ThreadScope thread;
    auto db = open(settings);
    auto stored = db ? calendar::read_calendars(*db) : std::unexpected(db.error());
    if (stored && stored->usual.version() > 0) return std::move(stored->usual);
    fmt::print(
        stderr,
        "The database has no calendar to give ({}); taking the years that come with the program.\n",
        stored ? "none is loaded" : stored.error().detail
    );
    return calendar::delivered_calendar();
}

bool write_all(std::string_view bytes) {
    const bool written = std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size();
    return std::fflush(stdout) == 0 && written;
}

int eval(const config::Settings& settings) {
    calendar::Evaluator evaluator([&settings] { return own_calendar(settings); });
    std::string answers;
    calendar::LineCutter lines(
        longest_line,
        [&](std::string_view line) { answers += evaluator.answer(line) + '\n'; },
        [&] { answers += calendar::Evaluator::too_long() + '\n'; }
    );
    std::string block(std::size_t{1} << 16, '\0');
    for (;;) {
        const auto count = ::read(STDIN_FILENO, block.data(), block.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return 1;
        if (count == 0) break;
        lines.take(std::string_view(block).substr(0, static_cast<std::size_t>(count)));
        // Whoever waits for an answer before the next question must not wait for a full buffer.
        if (!write_all(answers)) return 1;
        answers.clear();
    }
    lines.finish();
    return write_all(answers) ? 0 : 1;
}

std::string_view word(DayChange::Kind kind) {
    switch (kind) {
        case DayChange::Kind::added:
            return "新增";
        case DayChange::Kind::removed:
            return "删除";
        case DayChange::Kind::changed:
            break;
    }
    return "修改";
}

void print_problems(std::string_view kind, const std::vector<calendar::NoticeProblem>& list) {
    for (const auto& [place, what] : list) {
        fmt::print(stderr, "{} {}：{}\n", kind, place.zh, what.zh);
    }
}

void print(const calendar::Proposal& proposal) {
    print_problems("提示", proposal.remarks);
    print_problems("错误", proposal.problems);
    for (const auto& [kind, day] : proposal.changes) {
        fmt::print(
            "{} {} {} {}\n", word(kind), sla::date_text(day.date), day.off ? "休" : "班", day.name
        );
    }
    for (const auto y : proposal.new_years) fmt::print("新年份 {}\n", static_cast<int>(y));
    for (const auto& line : proposal.hours_changes) fmt::print("{}\n", line.zh);
    fmt::print(
        "共{}处变化，错误{}\n",
        proposal.changes.size() + proposal.new_years.size() + proposal.hours_changes.size(),
        proposal.problems.size()
    );
}

// The effect on open tickets, when there is a city to have any.
Result<void> show_effect(mysql::Connection& db, const calendar::Proposal& proposal) {
    const auto now = hotline::now();
    const auto city = read_city(db, now);
    if (!city) return {};
    auto calendars = calendar::build(proposal.version);
    if (!calendars) return std::unexpected(calendars.error());
    const actions::ProposedRules rules(**city, std::move(*calendars));
    const auto effect =
        actions::recompute_effect(db, rules.at(now), ticketing::Limits::kept, most_shown);
    if (!effect) return std::unexpected(effect.error());
    print_effect(*effect, (*city)->directory);
    return {};
}

Result<void> write(
    mysql::Connection& db, const calendar::Proposal& proposal, const CalendarOptions& options
) {
    const auto now = hotline::now();
    const std::uint32_t version = proposal.version.usual.version;
    std::optional<std::uint64_t> job;
    const auto written = in_transaction(db, [&]() -> Result<void> {
        if (auto added = calendar::add(db, proposal, now); !added) return added;
        if (options.recompute) {
            const std::string note = options.note.empty() ? proposal.source : options.note;
            const auto asked =
                actions::ask_recompute(db, {{}, note, 0, version, ticketing::Limits::kept}, now);
            if (!asked) return std::unexpected(asked.error());
            job = *asked;
        }
        return note_deed(db, "calendar.add", fmt::format("calendar:{}", version), now);
    });
    if (!written) return written;
    fmt::print("已写入，日历第{}版。运行中的服务数秒内启用。\n", version);
    if (job) return finish_recompute(db, *job);
    fmt::print("已给出的期限不变；要一并调整，请运行 hotline-server recompute --calendar-only。\n");
    return {};
}

int conclude(
    mysql::Connection& db, const calendar::Proposal& proposal, const CalendarOptions& options
) {
    if (!proposal.problems.empty()) {
        fmt::print("有错误，什么也没有写入。\n");
        return 1;
    }
    if (proposal.changes_nothing()) {
        fmt::print("与现行日历相同，无需写入。\n");
        return 0;
    }
    auto done = show_effect(db, proposal);
    if (done && options.apply) done = write(db, proposal, options);
    if (!done) {
        print_error(done.error());
        return 1;
    }
    if (!options.apply) {
        fmt::print(
            "这是预演，什么也没有写入。加 --apply 写入，再加 --recompute 一并调整在办工单。\n"
        );
    }
    return 0;
}

int import(const config::Settings& settings, const CalendarOptions& options) {
    std::ifstream file{options.file, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
    if (!file) {
        fmt::print(stderr, "{} cannot be read.\n", options.file);
        return 1;
    }
    const auto opened = Database::open(settings);
    if (!opened) return 1;
    mysql::Connection& db = **opened;
    const std::string name = std::filesystem::path(options.file).filename().string();
    const auto only = options.year == 0 ? std::nullopt : std::optional{year{options.year}};
    const auto proposal = calendar::propose(db, bytes, name, only);
    if (!proposal) {
        fmt::print(stderr, "Import failed: {}.\n", proposal.error().detail);
        return 1;
    }
    print(*proposal);
    return conclude(db, *proposal, options);
}

void print_year(const sla::Calendar& calendar, year y) {
    fmt::print(
        "{}年：{}个工作日{}\n",
        static_cast<int>(y),
        calendar.workdays_in(y),
        calendar.knows(y) ? "" : "（放假安排尚未载入，暂按周一至周五）"
    );
    for (unsigned m = 1; m <= 12; ++m) {
        const sla::LocalDay first{y / std::chrono::month{m} / 1};
        const sla::LocalDay last{y / std::chrono::month{m} / std::chrono::last};
        std::string list;
        for (auto day = first; day <= last; day += days{1}) {
            if (!calendar.is_workday(day)) continue;
            const auto* rule = calendar.rule(day);
            const auto number = (day - first).count() + 1;
            list += fmt::format(" {}{}", number, rule == nullptr ? "" : "班");
        }
        const auto count = calendar.workdays_between(first - days{1}, last);
        fmt::print("  {:02}月 {:2} 天：{}\n", m, count, list);
    }
}

int show(const config::Settings& settings, int only) {
    const auto calendar = own_calendar(settings);
    if (!calendar) {
        fmt::print(stderr, "{}\n", calendar.error().detail);
        return 1;
    }
    if (calendar->version() == 0) {
        fmt::print("随程序提供的日历，周一");
    } else {
        fmt::print("日历第{}版，周一", calendar->version());
    }
    for (const auto& [from, to] : calendar->hours()) {
        fmt::print(" {}–{}", text_of(from), text_of(to));
    }
    fmt::print("\n");
    if (only != 0) {
        print_year(*calendar, year{only});
        return 0;
    }
    for (const auto y : calendar->data().years) print_year(*calendar, y);
    return 0;
}

}  // namespace

int calendar(const config::Settings& settings, const CalendarOptions& options) {
    switch (options.deed) {
        case CalendarDeed::eval:
            return eval(settings);
        case CalendarDeed::import:
            return import(settings, options);
        case CalendarDeed::show:
            break;
    }
    return show(settings, options.year);
}

}  // namespace hotline::cli
