// What another city's system posts may be anything. Reading it may be refused, never crash; what is
// read must pass the rules of intake or be refused by them, and every refusal can be written.
#include "integrations/open311/request_form.hpp"
#include "integrations/open311/services.hpp"
#include "server/http/target.hpp"
#include "tests/unit/ticketing/small_city.hpp"
#include "ticketing/intake.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace hotline;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const ticketing::Directory city = small_city::make();
    const std::string body(reinterpret_cast<const char*>(data), size);
    auto form = http::parse_target("/?" + body);
    if (!form) return 0;
    // Else hardly any input gets past the first check.
    if (!form->query.contains("service_code")) {
        form->query["service_code"] = open311::service_code(city.duties.front().topic);
    }
    const std::string words = open311::canonical_form(form->query);
    form->query["device_id"] = "another";
    if (open311::canonical_form(form->query) != words) std::abort();
    auto appeal = open311::appeal_from(form->query, city, size % 2 == 0);
    if (!appeal) {
        const auto node = appeal.error().node();
        if (node.size() == 0) std::abort();
        if (node.write(open311::Format::xml).empty()) std::abort();
        return 0;
    }
    const auto checked = ticketing::normalise(std::move(*appeal), city);
    if (checked && checked->appeal.content.empty()) std::abort();
    return 0;
}
