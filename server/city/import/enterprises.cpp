#include "integrations/mysql/enterprise_store.hpp"
#include "integrations/mysql/import_store.hpp"
#include "server/city/import/steps.hpp"
#include "ticketing/intake.hpp"
#include "ticketing/text.hpp"
#include "ticketing/uscc.hpp"

#include <array>
#include <unordered_map>

namespace hotline::city {
namespace {

using ticketing::Division;
using ticketing::Enterprise;

constexpr std::size_t chunk = 1'000;

constexpr std::array columns{
    Column{"uscc", "统一社会信用代码", true},
    Column{"name", "企业名称", true},
    Column{"division", "区县", true},
    Column{"zone", "开发区"},
    Column{"town", "镇街"},
    Column{"address", "地址"},
    Column{"phone", "电话"},
    Column{"industry", "行业门类"},
    Column{"size", "规模"},
    Column{"five_above", "五上企业"},
};

bool same(const Enterprise& a, const Enterprise& b) {
    return a.name == b.name && a.division == b.division && a.zone == b.zone && a.town == b.town &&
           a.address == b.address && a.phone == b.phone && a.industry == b.industry &&
           a.size == b.size && a.five_above == b.five_above;
}

// Known enterprises of one chunk, by code or, without one, by name.
using Known = std::unordered_map<std::string, Enterprise>;

std::string key_of(std::string_view uscc, std::string_view name) {
    return uscc.empty() ? "name:" + std::string{name} : std::string{uscc};
}

class RowReader {
public:
    RowReader(const ImportStep& step, std::size_t row, ImportReport& report)
        : step_(step), row_(row), report_(report) {}

    std::string uscc() const { return ticketing::normalise_uscc(cell("uscc")); }
    std::string name() const { return std::string{cell("name")}; }

    // Empty cells leave what is known as it is.
    Enterprise read(const Known& known) {
        Enterprise firm;
        const auto at = known.find(key_of(uscc(), name()));
        if (at != known.end()) firm = at->second;
        firm.demonstration = false;
        firm.uscc = uscc();
        check_code(firm.uscc);
        firm.name = name();
        if (firm.name.empty()) problem("缺少企业名称");
        if (ticketing::characters(firm.name) > 160) problem("企业名称超过160字");
        read_place(firm);
        read_phone(firm);
        if (!cell("address").empty()) firm.address = cell("address");
        if (ticketing::characters(firm.address) > 200) problem("地址超过200字");
        read_grading(firm);
        return firm;
    }

    void problem(std::string reason) {
        report_.problems.push_back({step_.table.line(row_), std::move(reason)});
    }

private:
    std::string_view cell(std::string_view column) const { return step_.table.cell(row_, column); }

    void check_code(const std::string& code) {
        if (code.empty()) return;
        const auto finding = ticketing::inspect_uscc(code);
        if (finding.refused()) {
            problem("统一社会信用代码应为18位，不含I、O、S、V、Z：" + code);
        } else if (finding.doubtful()) {
            report_.remarks.push_back(
                {step_.table.line(row_), "统一社会信用代码的校验位不符：" + code}
            );
        }
    }

    void read_division(std::string_view column, Division::Kind kind, std::string& code) {
        if (cell(column).empty()) return;
        const auto* division = find_division(step_.directory, cell(column), kind);
        if (division == nullptr) {
            problem("没有这个区划：" + std::string{cell(column)});
        } else {
            code = division->code;
        }
    }

    void read_place(Enterprise& firm) {
        read_division("division", Division::Kind::county, firm.division);
        read_division("zone", Division::Kind::zone, firm.zone);
        const auto named = cell("town");
        if (named.empty()) return;
        // Several counties have a 城关街道: the one of this county is meant.
        for (const auto& town : step_.directory.divisions) {
            if (town.kind == Division::Kind::town && town.parent == firm.division &&
                (town.code == named || town.name == named)) {
                firm.town = town.code;
                return;
            }
        }
        problem("该区县没有这个镇街：" + std::string{named});
    }

    void read_phone(Enterprise& firm) {
        if (cell("phone").empty()) return;
        firm.phone = ticketing::normalised_phone(cell("phone"));
        if (firm.phone.empty()) problem("电话号码不对：" + std::string{cell("phone")});
    }

    void read_grading(Enterprise& firm) {
        const auto industry = cell("industry");
        if (!industry.empty()) firm.industry = industry;
        const bool section =
            firm.industry.size() == 1 && firm.industry >= "A" && firm.industry <= "T";
        if (!firm.industry.empty() && !section) problem("行业门类应为GB/T 4754的A至T");
        constexpr std::array<std::string_view, 4> sizes{"微型", "小型", "中型", "大型"};
        const auto size = cell("size");
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            if (size == sizes[i] || size == std::to_string(i + 1)) {
                firm.size = static_cast<int>(i + 1);
                break;
            }
            if (i + 1 == sizes.size() && !size.empty()) problem("规模应为微型、小型、中型或大型");
        }
        if (cell("five_above").empty()) return;
        const auto five = yes_or_no(cell("five_above"));
        if (!five) problem("五上企业应为是或否");
        firm.five_above = five.value_or(false);
    }

    const ImportStep& step_;
    std::size_t row_;
    ImportReport& report_;
};

Result<Known> known_in(
    const ImportStep& step, std::size_t first, std::size_t last, ImportReport& report
) {
    std::vector<std::string> codes, names;
    for (std::size_t row = first; row < last; ++row) {
        const RowReader reader{step, row, report};
        auto code = reader.uscc();
        if (code.empty()) {
            names.push_back(reader.name());
        } else {
            codes.push_back(std::move(code));
        }
    }
    Known known;
    const auto coded = mysql::find_enterprises_by_uscc(step.db, codes);
    if (!coded) return std::unexpected(coded.error());
    for (const auto& firm : *coded) known[key_of(firm.uscc, firm.name)] = firm;
    const auto named = mysql::find_codeless_enterprises(step.db, names);
    if (!named) return std::unexpected(named.error());
    for (const auto& firm : *named) known[key_of("", firm.name)] = firm;
    return known;
}

// The rows of one chunk, told apart by what has to be done with them.
struct Changes {
    std::vector<Enterprise> added, changed;
};

void sort_out(const Known& known, Enterprise firm, Changes& changes, ImportReport& report) {
    if (!firm.id) {
        note_change(report, &ImportReport::added, "新增 " + firm.name);
        changes.added.push_back(std::move(firm));
    } else if (!same(known.at(key_of(firm.uscc, firm.name)), firm)) {
        note_change(report, &ImportReport::changed, "修改 " + firm.name);
        changes.changed.push_back(std::move(firm));
    } else {
        ++report.unchanged;
    }
}

}  // namespace

std::span<const Column> enterprise_columns() {
    return columns;
}

Result<void> import_enterprises(const ImportStep& step, ImportReport& report) {
    auto last_id = mysql::last_enterprise_id(step.db);
    if (!last_id) return std::unexpected(last_id.error());
    std::unordered_map<std::string, std::size_t> lines;
    for (std::size_t first = 0; first < step.table.rows(); first += chunk) {
        const std::size_t last = std::min(first + chunk, step.table.rows());
        const auto known = known_in(step, first, last, report);
        if (!known) return std::unexpected(known.error());
        Changes changes;
        for (std::size_t row = first; row < last; ++row) {
            RowReader reader{step, row, report};
            const auto key = key_of(reader.uscc(), reader.name());
            const auto [earlier, fresh] = lines.try_emplace(key, step.table.line(row));
            if (!fresh) reader.problem("与第" + std::to_string(earlier->second) + "行是同一企业");
            sort_out(*known, reader.read(*known), changes, report);
        }
        // A problem anywhere undoes all of it; until one shows, chunks are written as they come.
        if (!step.apply || !report.problems.empty()) continue;
        for (auto& firm : changes.added) firm.id = ticketing::EnterpriseId{++*last_id};
        if (auto done = mysql::insert_enterprises(step.db, changes.added); !done) return done;
        if (auto done = mysql::update_enterprises(step.db, changes.changed); !done) return done;
    }
    return {};
}

}  // namespace hotline::city
