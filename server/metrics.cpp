#include "server/metrics.hpp"

#include <prometheus/text_serializer.h>

namespace hotline {
namespace {

const prometheus::Histogram::BucketBoundaries second_buckets{
    0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 60
};
const prometheus::Histogram::BucketBoundaries size_buckets{1, 4, 16, 64, 128, 256, 512, 1024, 2048};

}  // namespace

prometheus::Gauge& Metrics::gauge(const char* name, const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry_).Add({});
}

prometheus::Counter& Metrics::counter(const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry_).Add({});
}

prometheus::Histogram& Metrics::seconds(const char* name, const char* help) {
    auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(registry_);
    return family.Add({}, second_buckets);
}

Metrics::Metrics()
    : requests_(prometheus::BuildCounter()
                    .Name("hotline_http_requests_total")
                    .Help("Answered requests by route and status")
                    .Register(registry_)),
      request_seconds_(
          prometheus::BuildHistogram()
              .Name("hotline_http_request_seconds")
              .Help("Time from the complete request head to the last byte of the answer")
              .Register(registry_)
      ),
      notices_sent_(prometheus::BuildCounter()
                        .Name("hotline_notices_total")
                        .Help("Notices handed to a channel, by channel and outcome")
                        .Register(registry_)),
      notice_seconds_(prometheus::BuildHistogram()
                          .Name("hotline_notice_seconds")
                          .Help("Time from due to taken by the channel")
                          .Register(registry_)),
      notice_breakers_(prometheus::BuildGauge()
                           .Name("hotline_notice_breaker")
                           .Help("0 the channel is used, 1 it is tried, 2 it rests")
                           .Register(registry_)),
      intake_length(gauge("hotline_intake_length", "Appeals accepted and not yet committed")),
      intake_oldest_seconds(
          gauge("hotline_intake_oldest_seconds", "Age of the oldest appeal not yet committed")
      ),
      intake_batch_size(prometheus::BuildHistogram()
                            .Name("hotline_intake_batch_size")
                            .Help("Appeals per transaction")
                            .Register(registry_)
                            .Add({}, size_buckets)),
      intake_commit_seconds(
          seconds("hotline_intake_commit_seconds", "Time of one intake transaction")
      ),
      tickets_committed(counter("hotline_tickets_committed_total", "Tickets written from the queue")
      ),
      tickets_direct(counter("hotline_tickets_direct_total", "Tickets written past the queue")),
      dead_letters(counter("hotline_dead_letters_total", "Entries put aside with a stub ticket")),
      intake_incidents(counter(
          "hotline_intake_incidents_total", "Entries lost from the stream or found orphaned"
      )),
      deadlines_fired(counter("hotline_deadlines_fired_total", "Cards given by the watcher")),
      deadline_lag_seconds(
          seconds("hotline_deadline_lag_seconds", "How late the watcher gave a card")
      ),
      outbox_length(gauge("hotline_outbox_length", "Events not yet told")),
      notice_todo_length(gauge("hotline_notice_todo_length", "Changes nobody has been told of yet")
      ),
      derive_length(
          gauge("hotline_derive_length", "Changes of tickets the roll-ups do not know yet")
      ),
      search_length(gauge("hotline_search_length", "Texts that search does not know yet")),
      database_queue(gauge("hotline_database_queue", "Jobs waiting for a connection")),
      database_busy(gauge("hotline_database_busy", "Connections at work")),
      database_wait_seconds(seconds("hotline_database_wait_seconds", "Time a job waited")),
      database_commit_seconds(seconds("hotline_database_commit_seconds", "Time of COMMIT")),
      database_healthy(gauge("hotline_database_healthy", "1 while the database answers")),
      redis_available(gauge("hotline_redis_available", "1 while Redis answers")),
      connections(gauge("hotline_http_connections", "Open connections")),
      live_sessions(gauge("hotline_live_sessions", "Open live feeds")),
      loop_lag_seconds(seconds("hotline_loop_lag_seconds", "How late the I/O loop runs a due timer")
      ),
      serials_left(gauge("hotline_serials_left", "Ticket numbers leased and not yet given out")),
      text_models_loaded(
          gauge("hotline_text_models_loaded", "0: routing goes by the word lists alone")
      ),
      similar_appeals(gauge("hotline_similar_appeals", "Appeals in the index of similar ones")),
      similar_bytes(gauge("hotline_similar_bytes", "Memory of that index")),
      similar_complete(
          gauge("hotline_similar_complete", "0: after a start the index is still being filled")
      ),
      hot_topics(gauge("hotline_hot_topics", "Matters told by many enterprises within days")),
      webhooks_delivered(counter("hotline_webhooks_delivered_total", "Messages another system took")
      ),
      webhook_failures(
          counter("hotline_webhook_failures_total", "Attempts another system did not answer well")
      ),
      webhooks_waiting(
          gauge("hotline_webhooks_waiting", "Messages not delivered yet to endpoints switched on")
      ),
      webhooks_switched_off(gauge(
          "hotline_webhooks_switched_off", "Endpoints switched off after failing for three days"
      )),
      recordings_waiting(
          gauge("hotline_recordings_waiting", "Recordings still at the telephone exchange")
      ),
      recordings_overdue(
          gauge("hotline_recordings_overdue", "Of those: for more than two days after the call")
      ),
      recordings_lost(
          gauge("hotline_recordings_lost", "Recordings the exchange did not have for a month")
      ),
      recordings_fetched(counter("hotline_recordings_fetched_total", "Recordings taken over")),
      recording_failures(
          counter("hotline_recording_failures_total", "Tries that brought no recording")
      ),
      recordings_heard(counter("hotline_recordings_heard_total", "Hearings, each audited")) {}

void Metrics::answered(std::string_view route, int status, std::chrono::nanoseconds took) {
    const std::string name(route.empty() ? "none" : route);
    requests_.Add({{"route", name}, {"status", std::to_string(status)}}).Increment();
    request_seconds_.Add({{"route", name}}, second_buckets)
        .Observe(std::chrono::duration<double>(took).count());
}

void Metrics::notice_sent(
    std::string_view channel, std::string_view outcome, std::chrono::nanoseconds took
) {
    const std::string name(channel);
    notices_sent_.Add({{"channel", name}, {"outcome", std::string(outcome)}}).Increment();
    notice_seconds_.Add({{"channel", name}}, second_buckets)
        .Observe(std::chrono::duration<double>(took).count());
}

void Metrics::notice_breaker(std::string_view channel, int state) {
    notice_breakers_.Add({{"channel", std::string(channel)}}).Set(state);
}

std::string Metrics::exposition() const {
    return prometheus::TextSerializer().Serialize(registry_.Collect());
}

}  // namespace hotline
