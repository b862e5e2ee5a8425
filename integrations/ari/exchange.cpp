#include "integrations/ari/exchange.hpp"

#include "integrations/ari/answers.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <deque>
#include <map>
#include <set>
#include <utility>

namespace hotline::ari {

namespace asio = boost::asio;
using telephony::CtiEvent;
using telephony::CtiKind;
using namespace std::chrono_literals;

namespace {

using Chain = std::vector<Command>;

constexpr auto tick_every = 1s;
constexpr int ticks_per_audit = 30;  // A23
constexpr auto fresh_for = 3s;       // A24

CtiEvent loss_of(const std::string& call, Instant at) {
    CtiEvent event;
    event.event_id = call + ":lost";
    event.call_id = call;
    event.kind = CtiKind::lost;
    event.occurred_at = at;
    return event;
}

// What we know ourselves is newer than what the records say.
void add_own(const CallAtPbx& call, std::map<std::string, KnownCall>& known) {
    KnownCall& one = known[call.call];
    one.call = call.call;
    one.ani = call.ani;
    one.dnis = call.dnis;
    one.offered_at = call.offered_at;
    one.answered = one.answered || call.answered;
    one.elsewhere = one.elsewhere || call.stage == Stage::calling;
    for (const Leg& leg : call.legs) {
        if (leg.part != Part::agent || leg.stage == LegStage::gone || leg.leaving) continue;
        one.attempt = leg.number;
        one.extension = leg.extension;
        one.token = leg.token;
    }
}

bool is_over(const CallAtPbx& call) {
    return call.stage == Stage::gone || call.stage == Stage::heard_of ||
           call.stage == Stage::sent_away;
}

}  // namespace

struct Exchange::State : std::enable_shared_from_this<Exchange::State> {
    State(asio::any_io_executor e, ScriptSettings script, Ears listeners)
        : executor(std::move(e)),
          ears(std::move(listeners)),
          calls(std::move(script)),
          clock(executor) {}

    struct Found {
        std::vector<Channel> channels;
        std::vector<Bridge> bridges;
    };

    void take(Said said) {
        Chain chain;
        for (Output& output : said.outputs) {
            if (auto* command = std::get_if<Command>(&output)) {
                chain.push_back(std::move(*command));
            } else if (auto* event = std::get_if<CtiEvent>(&output)) {
                ears.told(std::move(*event));
            } else {
                ears.said(output);
            }
        }
        send(said.call, std::move(chain));
    }

    void send(const std::string& call, Chain chain) {
        if (chain.empty()) return;
        auto& waiting = chains[call];
        waiting.push_back(std::move(chain));
        if (!busy.insert(call).second) return;
        asio::co_spawn(executor, work(shared_from_this(), call), asio::detached);
    }

    // The chains of one call, one command after the other.
    static asio::awaitable<void> work(std::shared_ptr<State> state, std::string call) {
        while (!state->stopped && !state->chains[call].empty()) {
            const Chain chain = std::move(state->chains[call].front());
            state->chains[call].pop_front();
            for (const Command& command : chain) {
                const auto answer = co_await state->link->ask(command);
                if (state->stopped) co_return;
                const auto input = input_of(command, answer.status, answer.body);
                if (input) state->take(state->calls.hear(call, *input, state->ears.now()));
                if (ends_chain(command, answer.status)) break;
            }
        }
        state->chains.erase(call);
        state->busy.erase(call);
    }

    void hear(const Event& event) {
        if (!ready) {
            early.push_back(event);
            return;
        }
        take(calls.hear(event, ears.now()));
    }

    void link_up() {
        ears.link(true, "");
        ++opening;
        asio::co_spawn(executor, take_up(shared_from_this(), opening), asio::detached);
    }

    void look_again() {
        ready = false;
        ++opening;
        asio::co_spawn(executor, take_up(shared_from_this(), opening), asio::detached);
    }

    void link_down(const std::string& why) {
        ready = false;
        early.clear();
        ++opening;
        ears.link(false, why);
    }

    asio::awaitable<std::optional<Found>> look() {
        Command which_channels{.deed = Deed::ask_channels};
        Command which_bridges{.deed = Deed::ask_bridges};
        const auto channels = co_await link->ask(std::move(which_channels));
        const auto bridges = co_await link->ask(std::move(which_bridges));
        auto channel_list = read_channels(channels.body);
        auto bridge_list = read_bridges(bridges.body);
        const bool good = channels.status == 200 && bridges.status == 200;
        if (!good || !channel_list || !bridge_list) co_return std::nullopt;
        std::optional<Found> found(Found{std::move(*channel_list), std::move(*bridge_list)});
        co_return found;
    }

    // A20: what is there first, then what has happened since the socket opened.
    static asio::awaitable<void> take_up(std::shared_ptr<State> state, std::uint64_t opening) {
        const auto stale = [&] { return state->stopped || state->opening != opening; };
        Command spared{.deed = Deed::be_spared};
        co_await state->link->ask(std::move(spared));
        if (stale()) co_return;
        std::optional<Found> found;
        while (!stale() && !found) {
            found = co_await state->look();
            if (found || stale()) break;
            asio::steady_timer again(state->executor, 1s);
            co_await again.async_wait(asio::as_tuple(asio::use_awaitable));
        }
        if (stale()) co_return;
        // Asked afterwards: what another server has taken by then is known to be its own.
        auto records = co_await state->ears.known();
        if (stale()) co_return;
        state->adopt_all(*found, std::move(records));
        state->ready = true;
        for (const Event& event : std::exchange(state->early, {})) state->hear(event);
    }

    void adopt_all(const Found& found, std::vector<KnownCall> records) {
        std::map<std::string, KnownCall> known;
        for (auto& record : records) known.emplace(record.call, record);
        std::set<std::string> ours;
        std::vector<std::string> lost_to_others;
        for (const CallAtPbx* call : calls.all()) {
            const auto record = known.find(call->call);
            // Another server claimed it: the records say whose it is now.
            if (call->stage == Stage::heard_of) continue;
            if (is_over(*call)) {
                known.erase(call->call);
            } else if (record != known.end() && record->second.elsewhere) {
                lost_to_others.push_back(call->call);
            } else {
                ours.insert(call->call);
                add_own(*call, known);
            }
        }
        for (const auto& call : lost_to_others) calls.forget(call);
        std::vector<KnownCall> list;
        for (auto& [call, one] : known) list.push_back(one);
        auto adoption = adopt(found.channels, found.bridges, list, application);
        const auto now = ears.now();
        for (const auto& call : adoption.lost) {
            if (ours.contains(call)) {
                miss(call);
            } else {
                ears.told(loss_of(call, now));
                ears.said(CallOver{call});
            }
        }
        bool undecided = false;
        for (auto& call : adoption.calls) {
            // Whose it is may not be in the records yet.
            const bool fresh = call.offered_at && now - *call.offered_at < fresh_for;
            if (fresh && !known.contains(call.call)) {
                undecided = true;
            } else {
                take_up_one(std::move(call), now);
            }
        }
        send("", std::move(adoption.repairs));
        if (undecided) asio::co_spawn(executor, look_later(shared_from_this()), asio::detached);
    }

    static asio::awaitable<void> look_later(std::shared_ptr<State> state) {
        asio::steady_timer later(state->executor, fresh_for);
        co_await later.async_wait(asio::as_tuple(asio::use_awaitable));
        if (!state->stopped && state->ready) state->look_again();
    }

    void take_up_one(CallAtPbx call, Instant now) {
        // One that has only just come in tells of itself.
        for (const Event& event : early) {
            if (event.kind == EventKind::started && event.channel.id == call.call) return;
        }
        if (const auto* script = calls.find(call.call); script != nullptr) {
            const CallAtPbx& own = script->state();
            if (own.stage == Stage::surveying || own.stage == Stage::parting) return;
            call.told = own.told;
            call.over_told = own.over_told;
            call.notices = own.notices;
            call.callback_offered = own.callback_offered;
        }
        take(calls.take_up(std::move(call), now));
    }

    // The script's own way of ending a call whose caller cannot be found.
    void miss(const std::string& call) {
        take(calls.hear(call, CommandFailed{ask_channel(call), 404}, ears.now()));
    }

    static asio::awaitable<void> tick(std::shared_ptr<State> state) {
        for (int ticks = 1; !state->stopped; ++ticks) {
            state->clock.expires_after(tick_every);
            co_await state->clock.async_wait(asio::as_tuple(asio::use_awaitable));
            if (state->stopped) co_return;
            if (!state->ready) continue;
            for (auto& said : state->calls.tick(state->ears.now())) state->take(std::move(said));
            if (ticks % ticks_per_audit == 0) co_await audit(state);
        }
    }

    // A23: what is wrong twice is wrong; once, it may only be on its way.
    static asio::awaitable<void> audit(std::shared_ptr<State> state) {
        const auto found = co_await state->look();
        if (!found || !state->ready || state->stopped) co_return;
        std::vector<KnownCall> list;
        std::map<std::string, KnownCall> known;
        // What other servers have in hand is theirs to audit.
        const auto records = co_await state->ears.known();
        for (const KnownCall& record : records) {
            if (record.elsewhere) known.emplace(record.call, record);
        }
        for (const CallAtPbx* call : state->calls.all()) {
            if (!is_over(*call)) add_own(*call, known);
        }
        for (auto& [call, one] : known) list.push_back(one);
        auto adoption = adopt(found->channels, found->bridges, list, state->application);
        const auto before = std::exchange(state->suspects, {});
        for (const auto& call : adoption.lost) {
            state->suspects.insert(call);
            if (before.contains(call)) state->miss(call);
        }
        for (auto& call : adoption.calls) {
            if (state->calls.find(call.call) != nullptr) continue;
            state->suspects.insert(call.call);
            if (before.contains(call.call)) state->take_up_one(std::move(call), state->ears.now());
        }
    }

    asio::any_io_executor executor;
    Ears ears;
    Calls calls;
    std::optional<Link> link;
    std::string application;
    asio::steady_timer clock;
    std::map<std::string, std::deque<Chain>> chains;
    std::set<std::string> busy;
    std::set<std::string> suspects;
    std::vector<Event> early;  // since the socket opened, before what is there was seen
    std::uint64_t opening = 0;
    bool ready = false;
    bool stopped = false;
};

std::expected<Exchange, std::string> Exchange::open(
    asio::any_io_executor executor, LinkSettings settings, ScriptSettings script, Ears ears
) {
    auto state = std::make_shared<State>(executor, std::move(script), std::move(ears));
    state->application = settings.application;
    // The link dies before its state does.
    const std::weak_ptr<State> weak = state;
    const auto with = [weak](auto deed) {
        return [weak, deed](const auto&... words) {
            if (const auto self = weak.lock(); self && !self->stopped) deed(*self, words...);
        };
    };
    auto link = Link::open(
        executor,
        std::move(settings),
        {.event = with([](State& self, const Event& event) { self.hear(event); }),
         .up = with([](State& self) { self.link_up(); }),
         .down = with([](State& self, const std::string& why) { self.link_down(why); }),
         .replaced = with([](State& self) {
             self.link_down("replaced");
             self.ears.replaced();
         }),
         .unread = with([](State& self, EventFault fault) { self.ears.unread(fault); })}
    );
    if (!link) return std::unexpected(link.error());
    state->link.emplace(std::move(*link));
    return Exchange(std::move(state));
}

Exchange::Exchange(std::shared_ptr<State> state) : state_(std::move(state)) {}
Exchange::Exchange(Exchange&&) noexcept = default;
Exchange::~Exchange() {
    if (state_) stop();
}

void Exchange::start() {
    state_->link->start();
    asio::co_spawn(state_->executor, State::tick(state_), asio::detached);
}

void Exchange::stop() {
    state_->stopped = true;
    state_->clock.cancel();
    state_->link->stop();
}

void Exchange::accept(bool on) {
    state_->calls.accept(on);
}

void Exchange::look_again() {
    if (!state_->ready) return;  // it is about to look anyway
    state_->look_again();
}

void Exchange::hear(const std::string& call, const Input& input) {
    state_->take(state_->calls.hear(call, input, state_->ears.now()));
}

bool Exchange::is_ready() const {
    return state_->ready;
}
std::size_t Exchange::open_calls() const {
    return state_->calls.open();
}

asio::awaitable<Exchange::Fetched> Exchange::recording(std::string name, http_client::Sink sink)
    const {
    const auto state = state_;
    Command fetch{.deed = Deed::fetch_recording, .target = std::move(name)};
    const auto answer = co_await state->link->ask_into(std::move(fetch), std::move(sink));
    if (answer.status == 200) co_return Fetched::came;
    co_return answer.status == 404 ? Fetched::not_there : Fetched::failed;
}

asio::awaitable<bool> Exchange::remove_recording(std::string name) const {
    const auto state = state_;
    const Command command{.deed = Deed::remove_recording, .target = std::move(name)};
    const auto answer = co_await state->link->ask(command);
    co_return is_achieved(command, answer.status);
}

asio::awaitable<std::optional<std::vector<std::string>>> Exchange::recordings() const {
    const auto state = state_;
    Command which{.deed = Deed::ask_recordings};
    const auto answer = co_await state->link->ask(std::move(which));
    if (answer.status != 200) co_return std::nullopt;
    co_return read_recordings(answer.body);
}

}  // namespace hotline::ari
