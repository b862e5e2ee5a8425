#include "server/calendar/evaluator.hpp"
#include "server/calendar/notice.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

// A question to the calendar, or a file of holidays: whatever the bytes, one line is answered with
// one line, and a file either has problems or makes a calendar.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace hotline;
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    calendar::Evaluator evaluator{[] { return sla::Calendar::build({}).value(); }};
    const std::string answer = evaluator.answer(bytes);
    if (!answer.starts_with("{\"id\":") || answer.contains('\n')) std::abort();

    calendar::Notice notice = calendar::read_notice(bytes);
    check(notice);
    if (!notice.problems.empty()) return 0;
    if (!sla::Calendar::build(calendar::amended({}, notice).data)) std::abort();
    return 0;
}
