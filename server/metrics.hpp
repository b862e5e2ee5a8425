#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <chrono>
#include <string>
#include <string_view>

namespace hotline {

// Every metric of the server, its name and its help in one list (metrics.cpp). Thread-safe; lives
// as long as the App. Durations in seconds.
class Metrics {
    // Before the references below: they are made from it.
    prometheus::Registry registry_;
    prometheus::Family<prometheus::Counter>& requests_;
    prometheus::Family<prometheus::Histogram>& request_seconds_;
    prometheus::Family<prometheus::Counter>& notices_sent_;
    prometheus::Family<prometheus::Histogram>& notice_seconds_;
    prometheus::Family<prometheus::Gauge>& notice_breakers_;

public:
    Metrics();

    prometheus::Gauge& intake_length;          // accepted, not yet committed
    prometheus::Gauge& intake_oldest_seconds;  // age of the oldest of them
    prometheus::Histogram& intake_batch_size;
    prometheus::Histogram& intake_commit_seconds;
    prometheus::Counter& tickets_committed;
    prometheus::Counter& tickets_direct;  // written past the queue
    prometheus::Counter& dead_letters;
    prometheus::Counter& intake_incidents;  // entries lost from the stream or orphaned

    prometheus::Counter& deadlines_fired;
    prometheus::Histogram& deadline_lag_seconds;  // watcher behind the due date
    prometheus::Gauge& outbox_length;
    prometheus::Gauge& notice_todo_length;
    prometheus::Gauge& derive_length;
    prometheus::Gauge& search_length;

    prometheus::Gauge& database_queue;
    prometheus::Gauge& database_busy;
    prometheus::Histogram& database_wait_seconds;
    prometheus::Histogram& database_commit_seconds;
    prometheus::Gauge& database_healthy;
    prometheus::Gauge& redis_available;

    prometheus::Gauge& connections;
    prometheus::Gauge& live_sessions;
    prometheus::Histogram& loop_lag_seconds;
    prometheus::Gauge& serials_left;
    prometheus::Gauge& text_models_loaded;
    prometheus::Gauge& similar_appeals;  // in the index
    prometheus::Gauge& similar_bytes;
    prometheus::Gauge& similar_complete;
    prometheus::Gauge& hot_topics;
    prometheus::Counter& webhooks_delivered;
    prometheus::Counter& webhook_failures;
    prometheus::Gauge& webhooks_waiting;
    prometheus::Gauge& webhooks_switched_off;  // endpoints, after failing too long
    prometheus::Gauge& recordings_waiting;     // at the exchange
    prometheus::Gauge& recordings_overdue;     // of those: for days
    prometheus::Gauge& recordings_lost;
    prometheus::Counter& recordings_fetched;
    prometheus::Counter& recording_failures;  // tries that brought none
    prometheus::Counter& recordings_heard;

    void answered(std::string_view route, int status, std::chrono::nanoseconds took);

    // One notice by one channel: what came of it, and how long after it was due.
    void notice_sent(
        std::string_view channel, std::string_view outcome, std::chrono::nanoseconds took
    );
    // 0 closed, 1 trying, 2 open.
    void notice_breaker(std::string_view channel, int state);

    // The text exposition format of Prometheus, version 0.0.4.
    std::string exposition() const;

private:
    prometheus::Gauge& gauge(const char* name, const char* help);
    prometheus::Counter& counter(const char* name, const char* help);
    prometheus::Histogram& seconds(const char* name, const char* help);
};

}  // namespace hotline
