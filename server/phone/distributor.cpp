#include "server/phone/distributor.hpp"

#include "integrations/mysql/store_error.hpp"
#include "integrations/telephony/queue_words.hpp"
#include "server/log.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace hotline::phone {

namespace asio = boost::asio;
using telephony::CtiEvent;
using telephony::LeftAs;
using ticketing::Instant;
using namespace std::chrono_literals;

namespace {

// T31: twice within a lease, and once more for a slow store.
constexpr auto heard_every = 1s;
// Somebody became ready at another server: found out so late at most.
constexpr auto matched_every = 300ms;
// T40: thrice in the time after which it counts as gone.
constexpr int beats_per_telling = 10;

// The store is there and takes no such thing, however often it is asked.
bool is_refused_for_good(const Error& error) {
    const bool by_store = error.code == ErrorCode::internal && mysql::mysql_code(error) != 0;
    return by_store || error.code == ErrorCode::validation_failed;
}

}  // namespace

Distributor::Distributor(
    asio::any_io_executor executor, mysql::Pool& pool, DistributorSettings settings, Ears ears
)
    : pool_(pool),
      settings_(std::move(settings)),
      ears_(std::move(ears)),
      wake_(executor, asio::steady_timer::time_point::max()) {
    owner_.instance = settings_.instance;
}

std::expected<std::unique_ptr<Distributor>, std::string> Distributor::open(
    asio::any_io_executor executor, mysql::Pool& pool, DistributorSettings settings, Ears ears
) {
    std::unique_ptr<Distributor> made(
        new Distributor(executor, pool, std::move(settings), std::move(ears))
    );
    auto exchange = ari::Exchange::open(
        executor, made->settings_.link, made->settings_.script, made->exchange_ears()
    );
    if (!exchange) return std::unexpected(exchange.error());
    made->exchange_.emplace(std::move(*exchange));
    made->exchange_->accept(false);  // until this server is an owner (T31)
    return made;
}

ari::Exchange::Ears Distributor::exchange_ears() {
    ari::Exchange::Ears ears;
    ears.told = [this](CtiEvent event) {
        note_end(ends_, event);
        heard_.emplace_back(std::move(event));
        wake();
    };
    ears.said = [this](const ari::Output& word) { hear(word); };
    ears.known = [this] { return known(); };
    ears.link = [this](bool up, const std::string& why) {
        log::write(
            up ? log::Level::info : log::Level::warn,
            up ? "telephone exchange reached" : "telephone exchange out of reach",
            {{"source", settings_.source}, {"why", why}}
        );
    };
    ears.replaced = [this] {
        replaced_ = true;
        log::write(
            log::Level::error,
            "another program listens to the telephone exchange under this server's name",
            {{"application", settings_.link.application}}
        );
    };
    ears.unread = [](ari::EventFault) {
        log::write(log::Level::warn, "event of the telephone exchange not understood", {});
    };
    ears.now = ears_.now;
    return ears;
}

// Without the records nobody can tell whose calls are whose: they are waited for.
asio::awaitable<std::vector<ari::KnownCall>> Distributor::known() {
    for (;;) {
        // What was heard is in the records before they are asked.
        while (keeping_ || !heard_.empty()) co_await sleep_for(10ms);
        auto job = [&, owner = owner_](mysql::Connection& db) {
            return known_calls(db, settings_.source, owner);
        };
        auto known = co_await pool_.read(std::move(job));
        if (known) co_return std::move(*known);
        log::trouble("calls at the exchange not known", known.error());
        co_await sleep_for(500ms);
    }
}

void Distributor::hear(const ari::Output& word) {
    if (const auto* wants = std::get_if<ari::WantsAgent>(&word)) {
        waiting_.try_emplace(wants->call);
    } else if (const auto* failed = std::get_if<ari::OfferFailed>(&word)) {
        // Taken over while it rang, it had not been heard to wait.
        waiting_.try_emplace(failed->call);
    } else if (const auto* taken = std::get_if<ari::OfferTaken>(&word)) {
        waiting_.erase(taken->call);
    } else if (const auto* left = std::get_if<ari::LeftQueue>(&word)) {
        waiting_.erase(left->call);
    } else if (const auto* over = std::get_if<ari::CallOver>(&word)) {
        waiting_.erase(over->call);
    }
    if (auto event = event_of(word)) {
        note_end(ends_, *event);
        heard_.emplace_back(std::move(*event));
    } else {
        heard_.push_back(word);
    }
    wake();
}

void Distributor::start(TaskGroup& tasks) {
    tasks.spawn("telephone owner", stay_owner());
    tasks.spawn("telephone distribution", work());
}

void Distributor::stop() {
    exchange_->stop();
}

bool Distributor::is_ready() const {
    return owner_.token != 0 && exchange_->is_ready();
}

std::size_t Distributor::open_calls() const {
    return exchange_->open_calls();
}

void Distributor::tell(const actions::MovedAgents& moved) {
    if (!moved.empty()) ears_.moved(moved);
}

// Heard first, then matched: an agent somebody has just failed to reach is not asked again.
asio::awaitable<void> Distributor::work() {
    for (;;) {
        co_await keep_heard();
        if (asked_ && is_ready()) co_await take_commands();
        if (owner_.token != 0 && !waiting_.empty()) co_await match();
        if (!heard_.empty() || (asked_ && is_ready())) continue;
        if (waiting_.empty()) {
            wake_.expires_at(asio::steady_timer::time_point::max());
        } else {
            wake_.expires_after(matched_every);
        }
        co_await wake_.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

// All there is; one by one where something of it was refused, so that one word the records have no
// room for does not keep the rest from them for ever.
Heard Distributor::next_heard() {
    if (apart_ == 0) return std::exchange(heard_, {});
    Heard one;
    one.push_back(std::move(heard_.front()));
    heard_.erase(heard_.begin());
    return one;
}

// In the order in which it was heard, and again until it is in the records: repeating it changes
// nothing.
asio::awaitable<void> Distributor::keep_heard() {
    while (!heard_.empty() && owner_.token != 0) {
        const Heard batch = next_heard();
        // More is heard meanwhile, here: the job has what it needs for itself.
        const Ends ends = ends_of(batch);
        keeping_ = true;
        auto job = [&, owner = owner_, now = ears_.now()](mysql::Connection& db) {
            return keep(db, settings_.source, owner, settings_.skills, batch, ends, now);
        };
        const auto kept = co_await pool_.transact(std::move(job));
        keeping_ = false;
        if (kept) {
            ears_.recorded(kept->record);
            tell(kept->agents);
            if (!kept->commands.empty()) ears_.commands(kept->commands);
            forget_ended(batch);
            if (apart_ > 0) --apart_;
            continue;
        }
        if (is_refused_for_good(kept.error())) {
            apart_ = std::max(apart_, batch.size());
            if (batch.size() == 1) {
                log::trouble("a word of the exchange is refused and left out", kept.error());
                forget_ended(batch);
                --apart_;
                continue;
            }
        }
        const bool soon = kept.error().code == ErrorCode::conflict;
        if (!soon) log::trouble("calls of the exchange not recorded", kept.error());
        heard_.insert(heard_.begin(), batch.begin(), batch.end());
        co_await sleep_for(soon ? 5ms : 500ms);
    }
}

Ends Distributor::ends_of(const Heard& batch) const {
    Ends ends;
    const auto add = [&](const std::string& call) {
        if (const auto found = ends_.find(call); found != ends_.end()) ends.insert(*found);
    };
    for (const ari::Output& word : batch) {
        if (const auto* left = std::get_if<ari::LeftQueue>(&word)) add(left->call);
        if (const auto* over = std::get_if<ari::CallOver>(&word)) add(over->call);
    }
    return ends;
}

void Distributor::forget_ended(const Heard& batch) {
    for (const ari::Output& word : batch) {
        if (const auto* over = std::get_if<ari::CallOver>(&word)) ends_.erase(over->call);
    }
}

asio::awaitable<void> Distributor::match() {
    auto job = [owner = owner_, now = ears_.now()](mysql::Connection& db) {
        return actions::match_calls(db, owner, now);
    };
    const auto matched = co_await pool_.transact(std::move(job));
    if (!matched) {
        if (matched.error().code != ErrorCode::conflict) {
            log::trouble("waiting calls not matched", matched.error());
        }
        co_return;
    }
    tell(matched->agents);
    for (const actions::Offer& offer : matched->offers) {
        exchange_->hear(offer.call_id, offer_for_script(offer));
    }
}

asio::awaitable<void> Distributor::take_commands() {
    asked_ = false;
    auto job = [&, owner = owner_, now = ears_.now()](mysql::Connection& db) {
        return actions::take_commands(db, settings_.source, owner, now);
    };
    const auto taken = co_await pool_.transact(std::move(job));
    if (!taken) {
        log::trouble("wishes for calls not taken", taken.error());
        co_return;
    }
    tell(taken->agents);
    if (!taken->ended.empty()) ears_.commands(taken->ended);
    for (const mysql::CallCommand& command : taken->taken) {
        exchange_->hear(command.call_id, wish_for_script(command));
    }
}

// T40: what is out of reach can do nothing.
asio::awaitable<void> Distributor::tell_abilities() {
    if (!is_ready() || beats_++ % beats_per_telling != 0) co_return;
    const mysql::Commander own{settings_.source, exchange_abilities(), ears_.now()};
    auto job = [own](mysql::Connection& db) { return mysql::hear_commander(db, own); };
    const auto told = co_await pool_.transact(std::move(job));
    if (told) co_return;
    beats_ = 0;
    log::trouble("what the exchange can do not noted", told.error());
}

asio::awaitable<void> Distributor::stay_owner() {
    for (;;) {
        co_await be_heard();
        co_await sleep_for(heard_every);
    }
}

// T31. While the store is away nobody new is taken: the dialplan's own queue has them.
asio::awaitable<void> Distributor::be_heard() {
    // Who cannot hear his calls any more must not keep them from others.
    if (replaced_) co_return;
    auto job = [owner = owner_, now = ears_.now()](mysql::Connection& db) {
        return actions::renew_owner(db, owner, now);
    };
    const auto token = co_await pool_.transact(std::move(job));
    if (!token) {
        exchange_->accept(false);
        log::trouble("telephone owner not renewed", token.error());
        co_return;
    }
    const bool anew = owner_.token != *token;
    owner_.token = *token;
    exchange_->accept(true);
    if (anew) waiting_.clear();  // what is still ours is taken up and says so
    co_await look_after_others(anew && begun_);
    if (!begun_) exchange_->start();
    begun_ = true;
    co_await tell_abilities();
    // Nobody may have rung for what was asked at another server.
    commands_asked();
    co_await tell_callers();
}

// T29, T31: calls of servers that are gone first, then promises nobody has told the end of.
asio::awaitable<void> Distributor::look_after_others(bool anew) {
    struct Looked {
        std::vector<actions::TakenOver> taken;
        actions::MovedAgents moved;
    };
    auto job = [owner = owner_, now = ears_.now()](mysql::Connection& db) -> Result<Looked> {
        auto taken = actions::take_over(db, owner, now);
        if (!taken) return std::unexpected(taken.error());
        auto moved = actions::release_expired(db, now);
        if (!moved) return std::unexpected(moved.error());
        return Looked{std::move(*taken), std::move(*moved)};
    };
    const auto looked = co_await pool_.transact(std::move(job));
    if (!looked) {
        log::trouble("calls of other servers not looked after", looked.error());
        co_return;
    }
    tell(looked->moved);
    if (anew) exchange_->look_again();
    if (looked->taken.empty()) co_return;
    const auto count = std::to_string(looked->taken.size());
    log::write(log::Level::warn, "calls of another server taken over", {{"calls", count}});
    if (!anew) exchange_->look_again();
}

asio::awaitable<void> Distributor::tell_callers() {
    if (waiting_.empty()) co_return;
    const auto line = co_await pool_.read([now = ears_.now()](mysql::Connection& db) {
        return actions::read_line(db, now);
    });
    if (!line) co_return;  // what failed is told by who writes
    for (std::size_t i = 0; i < line->entries.size(); ++i) {
        const auto& entry = line->entries[i];
        if (entry.source == settings_.source && waiting_.contains(entry.call_id)) {
            tell_caller(entry, static_cast<int>(i) + 1, line->figures);
        }
    }
}

// T32, T33
void Distributor::tell_caller(
    const actions::LineEntry& entry, int position, telephony::LineFigures figures
) {
    Said& said = waiting_[entry.call_id];
    const Instant now = ears_.now();
    telephony::PlaceInLine place{.position = position, .waited = now - entry.enqueued_at};
    place.said_position = said.position;
    place.said_wait = said.wait;
    if (said.position) place.said_ago = now - said.at;
    auto way = telephony::way_out(place, figures);
    if (telephony::is_full(static_cast<std::size_t>(position), settings_.most_waiting)) {
        way = telephony::WayOut::message;
    }
    if (way == telephony::WayOut::message && !entry.offered) {
        return exchange_->hear(entry.call_id, ari::SendAway{settings_.message});
    }
    if (way == telephony::WayOut::callback && !said.way_out) {
        said.way_out = true;
        return exchange_->hear(entry.call_id, ari::OfferCallback{});
    }
    if (const auto announced = telephony::announcement(place, figures)) {
        said.position = announced->position;
        said.at = now;
        said.wait = said.wait || announced->wait.has_value();
        ari::SayPosition words{.position = announced->position};
        if (announced->wait) words.minutes = telephony::minutes_to_say(*announced->wait);
        exchange_->hear(entry.call_id, words);
    }
}

}  // namespace hotline::phone
