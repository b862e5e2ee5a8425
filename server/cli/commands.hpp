#pragma once

#include "server/config/settings.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

// One function per command, each in a file of its own. They print to standard output what was asked
// for, and to standard error what is wrong; the result is the exit code.
namespace hotline::cli {

int serve(const config::Settings& settings);

// Who may see and do what, as Markdown.
int permissions(const config::Settings& settings);

struct MigrateOptions {
    bool dry_run = false;
};
int migrate(const config::Settings& settings, const MigrateOptions& options);

struct SeedOptions {
    std::uint64_t enterprises = 20'000;
    std::uint64_t seed = 1;
    bool force = false;
};
int seed(const config::Settings& settings, const SeedOptions& options);

struct ImportOptions {
    std::string what;  // a name of city::ImportKind
    std::string file;
    bool apply = false;
};
int import_csv(const config::Settings& settings, const ImportOptions& options);
int export_csv(const config::Settings& settings, const std::string& what);

struct ReplayOptions {
    std::string file;
    std::string url;  // empty: the server of this configuration
    bool json = false;
};
int replay(const config::Settings& settings, const ReplayOptions& options);

struct ReplayCallsOptions {
    std::string file;
    std::uint32_t rounds = 100;  // of disorder
};
int replay_calls(const ReplayCallsOptions& options);

struct CompareCallsOptions {
    std::string file;  // the PBX's Master.csv
    std::string from;  // RFC 3339; empty both: yesterday, by the city's clock
    std::string until;
};
int compare_calls(const config::Settings& settings, const CompareCallsOptions& options);

struct SimDayOptions {
    std::string url;  // empty: the server of this configuration
    std::uint32_t seed = 1;
    int calls = 0;      // in the whole day; 0: as many as the agents there are can bear
    double speed = 60;  // how many times as fast as the wall's clock
    std::chrono::minutes from{8 * 60};
    std::chrono::minutes until{24 * 60};
};
int sim_day(const config::Settings& settings, const SimDayOptions& options);

struct TrainOptions {
    std::string file;  // labelled texts, JSON Lines
    bool from_tickets = false;
    bool sample = false;
    std::string out;  // the model
};
int train(const config::Settings& settings, const TrainOptions& options);

struct ClassifyOptions {
    std::string model;
    std::string name;  // which of the file's models; empty: the only one
    std::string eval;  // labelled texts; empty: questions from standard input
};
int classify(const config::Settings& settings, const ClassifyOptions& options);

enum class UserDeed { create, reset_password, disable, enable, list };

struct UserOptions {
    UserDeed deed = UserDeed::list;
    std::string login;  // `list`: a part of login or name
    std::string name;
    std::string role;
    std::string unit;  // its code
    std::uint64_t official = 0;
    std::string division;
    std::string extension;
};
int user(const config::Settings& settings, const UserOptions& options);

struct TelephonesOptions {
    std::vector<std::string> extensions;  // none: all
};
int telephones(const config::Settings& settings, const TelephonesOptions& options);

enum class CalendarDeed { eval, import, show };

struct CalendarOptions {
    CalendarDeed deed = CalendarDeed::show;
    std::string file;
    int year = 0;  // show: 0 is every known one; import: 0 takes all the file has
    bool apply = false;
    bool recompute = false;
    std::string note;
};
int calendar(const config::Settings& settings, const CalendarOptions& options);

enum class PolicyDeed { list, show, set };

struct PolicyOptions {
    PolicyDeed deed = PolicyDeed::list;
    std::uint32_t version = 0;  // show: 0 is the one in force
    std::string file;
    std::string note;
    bool apply = false;
    bool recompute = false;
};
int policy(const config::Settings& settings, const PolicyOptions& options);

struct RecomputeOptions {
    std::string note;
    bool calendar_only = false;
    bool apply = false;
};
int recompute(const config::Settings& settings, const RecomputeOptions& options);

enum class KpiDeed { freeze, verify, show };

struct KpiOptions {
    KpiDeed deed = KpiDeed::show;
    std::string period;  // "2026-10", "2026" or "2026-10-01..2026-10-10"; empty: all
    std::string reason;  // of a correction
};
int kpi(const config::Settings& settings, const KpiOptions& options);

struct ScorecardOptions {
    std::string file;  // empty: print the one in force
    bool apply = false;
};
int scorecard(const config::Settings& settings, const ScorecardOptions& options);

struct CheckOptions {
    bool json = false;
    int stuck_minutes = 5;  // work older than this has got stuck
};
int check(const config::Settings& settings, const CheckOptions& options);

}  // namespace hotline::cli
