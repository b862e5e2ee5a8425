// What becomes of wishes, told once each (README.md, A25).
#include "integrations/ari/call_script.hpp"

namespace hotline::ari {

void CallScript::wish_done(std::string& key) {
    if (key.empty()) return;
    say(WishDone{at_.call, std::exchange(key, "")});
}

void CallScript::wish_failed(std::string& key, Refusal why) {
    if (key.empty()) return;
    say(WishFailed{at_.call, std::exchange(key, ""), why});
}

void CallScript::wishes_over() {
    wish_done(at_.ending);
    wish_failed(at_.asked, Refusal::over);
    for (Leg& leg : at_.legs) wish_failed(leg.wish, Refusal::over);
}

void CallScript::drop_thirds(const Asked& asked) {
    bool any = false;
    for (Leg& leg : at_.legs) {
        if (leg.part != Part::third || leg.leads || leg.stage == LegStage::gone) continue;
        wish_failed(leg.wish, Refusal::over);
        hang_up_leg(leg);
        any = true;
    }
    std::string key = asked.key;
    if (any) return wish_done(key);
    wish_failed(key, Refusal::not_talking);
}

}  // namespace hotline::ari
