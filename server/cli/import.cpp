#include "server/city/import/import.hpp"

#include "server/city/import/export.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/database.hpp"
#include "server/now.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace hotline::cli {
namespace {

void print_lines(
    std::FILE* out, std::string_view kind, const std::vector<city::LineProblem>& lines
) {
    for (const auto& [line, reason] : lines) fmt::print(out, "第{}行 {}：{}\n", line, kind, reason);
}

void print(const city::ImportReport& report, bool apply) {
    print_lines(stderr, "提示", report.remarks);
    print_lines(stderr, "错误", report.problems);
    for (const auto& example : report.examples) fmt::print("{}\n", example);
    if (report.added + report.changed > report.examples.size()) fmt::print("……\n");
    fmt::print(
        "共{}行：新增{}，修改{}，不变{}，错误{}\n",
        report.rows,
        report.added,
        report.changed,
        report.unchanged,
        report.problems.size()
    );
    if (report.applied) {
        fmt::print("已写入。运行中的服务两秒后生效。\n");
    } else if (!report.problems.empty()) {
        fmt::print("有错误，什么也没有写入。\n");
    } else if (!apply) {
        fmt::print("这是预演，什么也没有写入。加 --apply 写入。\n");
    }
}

}  // namespace

int import_csv(const config::Settings& settings, const ImportOptions& options) {
    std::ifstream file{options.file, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
    if (!file) {
        fmt::print(stderr, "{} cannot be read.\n", options.file);
        return 1;
    }
    const auto opened = Database::open(settings);
    if (!opened) return 1;
    mysql::Connection& db = **opened;
    city::ImportOptions what;
    what.apply = options.apply;
    what.kind = ticketing::from_name<city::ImportKind>(options.what).value_or(what.kind);
    what.source = std::filesystem::path(options.file).filename().string();
    const auto now = hotline::now();
    const auto report = city::import_file(db, bytes, what, now);
    if (!report) {
        fmt::print(stderr, "Import failed: {}.\n", report.error().detail);
        return 1;
    }
    print(*report, options.apply);
    return report->problems.empty() ? 0 : 1;
}

int export_csv(const config::Settings& settings, const std::string& what) {
    const auto kind = ticketing::from_name<city::ImportKind>(what);
    const auto opened = Database::open(settings);
    if (!kind || !opened) return 1;
    const auto text = city::export_list(**opened, *kind, hotline::now());
    if (!text) {
        fmt::print(stderr, "Export failed: {}.\n", text.error().detail);
        return 1;
    }
    fmt::print("{}", *text);
    return 0;
}

}  // namespace hotline::cli
