#include "integrations/mysql/import_store.hpp"
#include "server/city/import/steps.hpp"
#include "ticketing/intake.hpp"
#include "ticketing/uscc.hpp"

#include <array>
#include <unordered_map>

namespace hotline::city {
namespace {

using ticketing::Division;
using ticketing::Enterprise;

constexpr std::size_t enterprises_at_once = 1'000;

constexpr std::array enterprise_layout{
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
    Column{"active", "在册"},
};

// Known enterprises of one chunk, by code or, without one, by name.
using KnownEnterprises = std::unordered_map<std::string, Enterprise>;

std::string key_of(std::string_view uscc, std::string_view name) {
    return uscc.empty() ? "name:" + std::string{name} : std::string{uscc};
}

class EnterpriseReader {
public:
    EnterpriseReader(const ImportStep& step, std::size_t row, ImportReport& report)
        : step_(step), row_(row), report_(report) {}

    std::string uscc() const { return ticketing::normalise_uscc(cell("uscc")); }
    std::string name() const { return std::string{cell("name")}; }

    // Empty cells leave what is known as it is.
    Enterprise read(const KnownEnterprises& known) {
        Enterprise firm;
        const auto at = known.find(key_of(uscc(), name()));
        if (at != known.end()) firm = at->second;
        firm.demonstration = false;
        firm.uscc = uscc();
        check_code(firm.uscc);
        firm.name = name();
        read_place(firm);
        read_phone(firm);
        if (!cell("address").empty()) firm.address = cell("address");
        read_grading(firm);
        return firm;
    }

    void problem(std::string reason) {
        report_.problems.push_back({step_.table.line(row_), std::move(reason)});
    }

private:
    std::string_view cell(std::string_view column) const { return step_.table.cell(row_, column); }

    // U3, U4.
    void check_code(const std::string& code) {
        if (code.empty()) return;
        const auto finding = ticketing::inspect_uscc(code);
        if (finding.refused() || !finding.doubtful()) return;
        report_.remarks.push_back({step_.table.line(row_), "统一社会信用代码的校验位不符：" + code}
        );
    }

    // What is no place stays as it was typed, for the rule to tell (O17).
    void read_division(std::string_view column, Division::Kind kind, std::string& code) {
        if (cell(column).empty()) return;
        const auto* division = find_division(step_.directory, cell(column), kind);
        code = division == nullptr ? std::string{cell(column)} : division->code;
    }

    void read_place(Enterprise& firm) {
        read_division("division", Division::Kind::county, firm.division);
        read_division("zone", Division::Kind::zone, firm.zone);
        const auto named = cell("town");
        if (named.empty()) return;
        firm.town = named;
        // Several counties have a 城关街道: the one of this county is meant.
        for (const auto& town : step_.directory.divisions) {
            const bool here = town.kind == Division::Kind::town && town.parent == firm.division;
            if (here && town.name == named) firm.town = town.code;
        }
    }

    void read_phone(Enterprise& firm) {
        if (cell("phone").empty()) return;
        firm.phone = ticketing::normalised_phone(cell("phone"));
        if (firm.phone.empty()) problem("电话号码不对：" + std::string{cell("phone")});
    }

    void read_grading(Enterprise& firm) {
        const auto industry = cell("industry");
        if (!industry.empty()) firm.industry = industry;
        constexpr std::array<std::string_view, 4> sizes{"微型", "小型", "中型", "大型"};
        const auto size = cell("size");
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            if (size == sizes[i] || size == std::to_string(i + 1)) {
                firm.size = static_cast<int>(i + 1);
                break;
            }
            if (i + 1 == sizes.size() && !size.empty()) problem("规模应为微型、小型、中型或大型");
        }
        read_flag("five_above", "五上企业", firm.five_above);
        read_flag("active", "在册", firm.active);
    }

    void read_flag(std::string_view column, std::string_view words, bool& flag) {
        if (cell(column).empty()) return;
        const auto value = yes_or_no(cell(column));
        if (!value) problem(std::string{words} + "应为是或否");
        flag = value.value_or(flag);
    }

    const ImportStep& step_;
    std::size_t row_;
    ImportReport& report_;
};

Result<KnownEnterprises> known_in(
    const ImportStep& step, std::size_t first, std::size_t last, ImportReport& report
) {
    std::vector<std::string> codes, names;
    for (std::size_t row = first; row < last; ++row) {
        const EnterpriseReader reader{step, row, report};
        auto code = reader.uscc();
        if (code.empty()) {
            names.push_back(reader.name());
        } else {
            codes.push_back(std::move(code));
        }
    }
    KnownEnterprises known;
    const auto listed = mysql::listed_enterprises(step.db, codes, names);
    if (!listed) return std::unexpected(listed.error());
    for (const auto& firm : *listed) known[key_of(firm.uscc, firm.name)] = firm;
    return known;
}

}  // namespace

std::span<const Column> enterprise_columns() {
    return enterprise_layout;
}

Result<void> import_enterprises(const ImportStep& step, ImportReport& report) {
    std::unordered_map<std::string, std::size_t> lines;
    Changes<Enterprise> changes{step, report};
    for (std::size_t first = 0; first < step.table.rows(); first += enterprises_at_once) {
        const std::size_t last = std::min(first + enterprises_at_once, step.table.rows());
        const auto known = known_in(step, first, last, report);
        if (!known) return std::unexpected(known.error());
        for (std::size_t row = first; row < last; ++row) {
            EnterpriseReader reader{step, row, report};
            const auto key = key_of(reader.uscc(), reader.name());
            const auto [earlier, fresh] = lines.try_emplace(key, step.table.line(row));
            if (!fresh) reader.problem("与第" + std::to_string(earlier->second) + "行是同一企业");
            const auto at = known->find(key);
            Enterprise firm = reader.read(*known);
            note_faults(step, row, ticketing::organisation::check(firm, step.directory), report);
            changes.add(at == known->end() ? nullptr : &at->second, firm, firm.name);
        }
        // A problem anywhere undoes all of it; until one shows, chunks are written as they come.
        if (auto done = changes.write(); !done) return done;
    }
    return {};
}

}  // namespace hotline::city
