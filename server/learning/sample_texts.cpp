#include "server/learning/sample_texts.hpp"

#include "ticketing/text_models.hpp"

#include <algorithm>

namespace hotline::learning {
namespace {

using ticketing::AppealType;
using ticketing::Urgency;

std::vector<std::string_view> parted(std::string_view list, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = std::min(list.find(separator), list.size());
        parts.push_back(list.substr(0, end));
        if (end == list.size()) return parts;
        list.remove_prefix(end + 1);
    }
}

}  // namespace

std::vector<KnownAppeal> sample_appeals(const ticketing::Directory& directory) {
    std::vector<KnownAppeal> texts;
    for (const std::string_view line : parted(sample_appeals_file, '\n')) {
        const auto columns = parted(line, '\t');
        if (columns.size() != 5 || directory.duty(columns[0]) == nullptr) continue;
        const auto type = ticketing::from_name<AppealType>(columns[1]);
        const auto urgency = ticketing::from_name<Urgency>(columns[2]);
        if (!type || !urgency) continue;
        texts.push_back(
            {ticketing::model_text({}, columns[4]),
             std::string{columns[0]},
             *type,
             *urgency,
             std::string{columns[3] == "-" ? std::string_view{} : columns[3]},
             std::string{ticketing::accepted}}
        );
    }
    for (const std::string_view line : parted(sample_refusals_file, '\n')) {
        const auto columns = parted(line, '\t');
        if (columns.size() != 2) continue;
        KnownAppeal refused;
        refused.text = ticketing::model_text({}, columns[1]);
        refused.acceptance = columns[0];
        texts.push_back(std::move(refused));
    }
    return texts;
}

}  // namespace hotline::learning
