#include "server/cli/cli.hpp"

#include "integrations/mysql/connection.hpp"
#include "server/city/import/import.hpp"
#include "server/cli/commands.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <functional>

namespace hotline::cli {
namespace {

using Command = std::function<int(const config::Settings&)>;

constexpr auto calendar_eval_help =
    "Answer questions about the calendar: JSON lines in, JSON lines out\n"
    "  {\"id\",\"op\":\"add\",\"start\",\"seconds\"[,\"pauses\":[[from,to]]]}  -> {\"id\",\"at\"}\n"
    "  {\"id\",\"op\":\"between\",\"start\",\"end\"[,\"pauses\"]}        -> {\"id\",\"seconds\"}\n"
    "  {\"id\",\"op\":\"next_open\",\"at\"}                        -> {\"id\",\"at\"}\n"
    "  {\"id\",\"op\":\"is_open\",\"at\"}                          -> {\"id\",\"open\"}\n"
    "  {\"id\",\"op\":\"add_workdays\",\"date\",\"days\"}            -> {\"id\",\"date\"}\n"
    "  {\"id\",\"op\":\"is_workday\",\"date\"}                     -> {\"id\",\"workday\"}\n"
    "Times are local, 2026-09-30T15:20:00. A question may bring its own \"calendar\";\n"
    "without one it is the newest in the database when the configuration reaches one,\n"
    "else the State Council's years that come with this program. A bad line is\n"
    "answered with {\"id\",\"error\"}. All of it: server/calendar/README.md";

constexpr auto calendar_import_help =
    "Load a year of the State Council, or office hours of units, as a new version.\n"
    "Running servers take it up within seconds; due dates already given stay";

// Each declares its options and, when it is the one asked for, sets `chosen`.
void add_serve(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("serve", "Serve until SIGTERM");
    command->callback([&chosen] { chosen = serve; });
}

void add_migrate(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("migrate", "Bring the database schema up to date");
    auto options = std::make_shared<MigrateOptions>();
    command->add_flag("--dry-run", options->dry_run, "Only say what would be applied");
    command->callback([&chosen, options] {
        chosen = [options](const config::Settings& settings) {
            return migrate(settings, *options);
        };
    });
}

void add_seed(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("seed", "Lay down the city, with demonstration data");
    auto options = std::make_shared<SeedOptions>();
    command->add_option("--enterprises", options->enterprises, "How many enterprises")
        ->check(CLI::Range(0, 2'000'000))
        ->capture_default_str();
    command->add_option("--seed", options->seed, "Another number, another city")
        ->capture_default_str();
    command->add_flag("--force", options->force, "Remove what is there, unless there are tickets");
    command->callback([&chosen, options] {
        chosen = [options](const config::Settings& settings) { return seed(settings, *options); };
    });
}

std::vector<std::string> lists() {
    std::vector<std::string> names;
    for (const auto& [kind, name] : names_of(city::ImportKind{})) names.emplace_back(name);
    return names;
}

void add_import(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("import", "Load a list of the city's own");
    auto options = std::make_shared<ImportOptions>();
    command->add_option("what", options->what, "Which list")
        ->required()
        ->check(CLI::IsMember(lists()));
    command->add_option("file", options->file, "CSV with column names, UTF-8 or GB18030")
        ->required()
        ->check(CLI::ExistingFile);
    command->add_flag("--apply", options->apply, "Write; without it only say what would change");
    command->callback([&chosen, options] {
        chosen = [options](const config::Settings& settings) {
            return import_csv(settings, *options);
        };
    });
}

void add_export(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("export", "Print a list as import reads it, CSV");
    auto what = std::make_shared<std::string>();
    command->add_option("what", *what, "Which list")->required()->check(CLI::IsMember(lists()));
    command->callback([&chosen, what] {
        chosen = [what](const config::Settings& settings) { return export_csv(settings, *what); };
    });
}

void add_replay(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("replay", "Send appeals to the running server and compare");
    auto options = std::make_shared<ReplayOptions>();
    command->add_option("file", options->file, "JSON Lines: title, text and what is expected")
        ->required()
        ->check(CLI::ExistingFile);
    command->add_flag("--json", options->json, "One JSON object per appeal");
    command->add_option("--url", options->url, "http://host:port of another server");
    command->callback([&chosen, options] {
        chosen = [options](const config::Settings& settings) { return replay(settings, *options); };
    });
}

constexpr auto replay_calls_help =
    "Run recorded events of a PBX through the call scripts: as recorded, doubled, shuffled, late "
    "and\n"
    "cut off. JSON lines {\"rx\",\"scenario\",\"event\"}; needs no stores";

void add_replay_calls(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("replay-calls", replay_calls_help);
    auto options = std::make_shared<ReplayCallsOptions>();
    command->add_option("file", options->file, "The recording")
        ->required()
        ->check(CLI::ExistingFile);
    command->add_option("--rounds", options->rounds, "How often events are disordered")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    command->callback([&chosen, options] {
        chosen = [options](const config::Settings&) { return replay_calls(*options); };
    });
}

constexpr auto sim_day_help =
    "Play a day of an invented call platform against the running server, for training and "
    "demonstration:\n"
    "calls as they come over a day, callers who give up, agents with breaks. Ctrl-C ends it";

void add_sim_day(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("sim-day", sim_day_help);
    auto options = std::make_shared<SimDayOptions>();
    auto from = std::make_shared<int>(8);
    auto until = std::make_shared<int>(24);
    command->add_option("--calls", options->calls, "In the whole day; else fifty an agent")
        ->check(CLI::Range(1, 20'000));
    command->add_option("--seed", options->seed, "The same seed gives the same day")
        ->capture_default_str();
    command->add_option("--speed", options->speed, "How many times as fast")
        ->check(CLI::Range(1.0, 1000.0))
        ->capture_default_str();
    command->add_option("--from", *from, "The hour it begins at")
        ->check(CLI::Range(0, 23))
        ->capture_default_str();
    command->add_option("--until", *until, "The hour it ends at")
        ->check(CLI::Range(1, 24))
        ->capture_default_str();
    command->add_option("--url", options->url, "http://host:port of another server");
    command->callback([&chosen, options, from, until] {
        options->from = std::chrono::hours(*from);
        options->until = std::chrono::hours(*until);
        chosen = [options](const config::Settings& settings) {
            return sim_day(settings, *options);
        };
    });
}

constexpr auto compare_calls_help =
    "Hold the books of our own telephone exchange (cdr-csv/Master.csv) against the records: "
    "yesterday's\n"
    "calls, once a night. What was missed is taken up; what differs is shown to the shift lead";

void add_compare_calls(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("compare-calls", compare_calls_help);
    auto options = std::make_shared<CompareCallsOptions>();
    command
        ->add_option("file", options->file, "Written as integrations/ari/asterisk/cdr.conf has it")
        ->required()
        ->check(CLI::ExistingFile);
    auto* from = command->add_option(
        "--from", options->from, "Instead of yesterday: 2026-11-27T00:00:00+08:00"
    );
    command->add_option("--until", options->until, "Not included; a day later at most")
        ->needs(from);
    from->needs("--until");
    command->callback([&chosen, options] {
        chosen = [options](const config::Settings& settings) {
            return compare_calls(settings, *options);
        };
    });
}

constexpr auto train_help =
    "Learn to tell texts apart: JSON lines {\"text\",\"label\"} in, a model file out.\n"
    "A server's models ([text_models] file) come from its closed tickets, or from samples";

void add_train(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("train", train_help);
    auto options = std::make_shared<TrainOptions>();
    auto* source = command->add_option_group("what to learn from");
    source->add_option("file", options->file, "Labelled texts, JSON Lines")
        ->check(CLI::ExistingFile);
    source->add_flag("--from-tickets", options->from_tickets, "Closed tickets of the database");
    source->add_flag(
        "--sample", options->sample, "Invented appeals about every topic of the duty list"
    );
    source->require_option(1);
    command->add_option("--out", options->out, "Where the model goes")->required();
    command->callback([&chosen, options] {
        chosen = [options](const config::Settings& settings) { return train(settings, *options); };
    });
}

constexpr auto classify_help =
    "Tell texts apart by a model: {\"text\"[,\"title\",\"id\"]} a line in,\n"
    "{\"id\",\"label\",\"confidence\",\"sure\",\"words\"} a line out; or judge it with --eval";

void add_classify(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("classify", classify_help);
    auto options = std::make_shared<ClassifyOptions>();
    command->add_option("--model", options->model, "The model file")->required();
    command->add_option("--name", options->name, "Which model, where the file has several");
    command->add_option("--eval", options->eval, "Labelled texts to judge it by")
        ->check(CLI::ExistingFile);
    command->callback([&chosen, options] {
        chosen = [options](const config::Settings& settings) {
            return classify(settings, *options);
        };
    });
}

void add_user(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("user", "Accounts: the first administrator, lost passwords");
    command->require_subcommand(1);
    auto options = std::make_shared<UserOptions>();
    const auto deed = [&](const char* name, const char* help, UserDeed what) {
        auto* sub = command->add_subcommand(name, help);
        auto* login = sub->add_option("login", options->login, "The name to log in by");
        if (what != UserDeed::list) login->required();
        sub->callback([&chosen, options, what] {
            options->deed = what;
            chosen = [options](const config::Settings& settings) {
                return user(settings, *options);
            };
        });
        return sub;
    };
    auto* create = deed("create", "Make one; prints its first password", UserDeed::create);
    create->add_option("--name", options->name, "The person's name")->required();
    create->add_option("--role", options->role, "admin, agent, dispatcher, reviewer …")->required();
    create->add_option("--unit", options->unit, "Code of the unit, for clerks and leaders");
    create->add_option("--official", options->official, "Id of the official this account is of");
    create->add_option("--division", options->division, "A county manager's division");
    create->add_option("--extension", options->extension, "An agent's telephone extension");
    deed("reset-password", "Print a new first password", UserDeed::reset_password);
    deed("disable", "End every session and refuse log-ins", UserDeed::disable);
    deed("enable", "Admit again, and unlock", UserDeed::enable);
    deed("list", "Accounts, or those whose login or name has this part", UserDeed::list);
}

constexpr auto telephones_help =
    "Print what the exchange has to know of telephones in browsers, with their passwords: sections "
    "of\n"
    "pjsip.conf (integrations/ari/asterisk/README.md)";

void add_telephones(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("telephones", telephones_help);
    auto options = std::make_shared<TelephonesOptions>();
    command->add_option(
        "extension", options->extensions, "These alone; others have a telephone on the desk"
    );
    command->callback([&chosen, options] {
        chosen = [options](const config::Settings& settings) {
            return telephones(settings, *options);
        };
    });
}

void add_calendar(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("calendar", "Working days and office hours");
    command->require_subcommand(1);
    auto options = std::make_shared<CalendarOptions>();
    const auto deed = [&](const char* name, const char* help, CalendarDeed what) {
        auto* sub = command->add_subcommand(name, help);
        sub->callback([&chosen, options, what] {
            options->deed = what;
            chosen = [options](const config::Settings& settings) {
                return calendar(settings, *options);
            };
        });
        return sub;
    };
    const CLI::Range years{1970, 2200};
    deed("eval", calendar_eval_help, CalendarDeed::eval);
    auto* show = deed("show", "Print the working days and the totals", CalendarDeed::show);
    show->add_option("year", options->year, "Only this year")->check(years);
    auto* load = deed("import", calendar_import_help, CalendarDeed::import);
    load->add_option("file", options->file, "JSON or iCalendar (.ics)")
        ->required()
        ->check(CLI::ExistingFile);
    load->add_option("--year", options->year, "Take only this year out of the file")->check(years);
    load->add_flag("--apply", options->apply, "Write; without it only say what would change");
    load->add_flag("--recompute", options->recompute, "Open tickets' due dates follow");
    load->add_option("--note", options->note, "Why; the appellants of moved tickets read it");
}

constexpr auto policy_set_help =
    "Put a set of limits in force as the next version: rules of sla/policy_text.hpp.\n"
    "First shows which rules and which open tickets' due dates would change";

void add_policy(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("policy", "Limits: which there are, and new ones");
    command->require_subcommand(1);
    auto options = std::make_shared<PolicyOptions>();
    const auto deed = [&](const char* name, const char* help, PolicyDeed what) {
        auto* sub = command->add_subcommand(name, help);
        sub->callback([&chosen, options, what] {
            options->deed = what;
            chosen = [options](const config::Settings& settings) {
                return policy(settings, *options);
            };
        });
        return sub;
    };
    deed("list", "All versions; * is in force", PolicyDeed::list);
    auto* show = deed("show", "Print the one in force, or another", PolicyDeed::show);
    show->add_option("version", options->version, "Its number");
    auto* set = deed("set", policy_set_help, PolicyDeed::set);
    set->add_option("file", options->file, "The rules")->required()->check(CLI::ExistingFile);
    set->add_option("--note", options->note, "Why; the appellants of moved tickets read it");
    set->add_flag("--apply", options->apply, "Write; without it only say what would change");
    set->add_flag("--recompute", options->recompute, "Open tickets' due dates follow");
}

void add_recompute(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand(
        "recompute", "Reckon open tickets' due dates anew by the policy and calendar in force"
    );
    auto options = std::make_shared<RecomputeOptions>();
    command->add_option("--note", options->note, "Why; the appellants of moved tickets read it")
        ->required();
    command->add_flag("--calendar-only", options->calendar_only, "Limits stay as they were given");
    command->add_flag("--apply", options->apply, "Write; without it only say what would change");
    command->callback([&chosen, options] {
        chosen = [options](const config::Settings& settings) {
            return recompute(settings, *options);
        };
    });
}

void add_kpi(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("kpi", "Published periods: freeze, prove, show");
    command->require_subcommand(1);
    auto options = std::make_shared<KpiOptions>();
    const auto deed = [&](const char* name, const char* help, KpiDeed what) {
        auto* sub = command->add_subcommand(name, help);
        sub->callback([&chosen, options, what] {
            options->deed = what;
            chosen = [options](const config::Settings& settings) {
                return kpi(settings, *options);
            };
        });
        auto* period =
            sub->add_option("period", options->period, "2026-10, 2026, 2026-10-01..2026-10-10");
        if (what == KpiDeed::freeze) period->required();
        return sub;
    };
    auto* freeze = deed("freeze", "Publish a period, or a correction of it", KpiDeed::freeze);
    freeze->add_option("--reason", options->reason, "Why a published period is corrected");
    deed("verify", "Rebuild what was published from the logs", KpiDeed::verify);
    deed("show", "What was published, to the last digit", KpiDeed::show);
}

void add_scorecard(CLI::App& app, Command& chosen) {
    auto* command =
        app.add_subcommand("scorecard", "How units are scored: print it, or set another");
    auto options = std::make_shared<ScorecardOptions>();
    command->add_option("file", options->file, "The new one; see sla/scorecard.hpp")
        ->check(CLI::ExistingFile);
    command->add_flag("--apply", options->apply, "Put it in force; without it only check it");
    command->callback([&chosen, options] {
        chosen = [options](const config::Settings& settings) {
            return scorecard(settings, *options);
        };
    });
}

void add_permissions(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("permissions", "Print who may see and do what");
    command->callback([&chosen] { chosen = permissions; });
}

void add_check(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("check", "Prove that the records are whole");
    auto options = std::make_shared<CheckOptions>();
    command->add_flag("--json", options->json, "One JSON object");
    command->add_option("--stuck-after", options->stuck_minutes, "Minutes work may wait")
        ->check(CLI::Range(1, 10'080))
        ->capture_default_str();
    command->callback([&chosen, options] {
        chosen = [options](const config::Settings& settings) { return check(settings, *options); };
    });
}

}  // namespace

int run(int argc, char** argv) {
    CLI::App app("The server of the 12345 enterprise hotline", "hotline-server");
    app.require_subcommand(1);
    std::string file;
    app.add_option("--config", file, "Configuration file (TOML); see server/hotline.toml");
    Command chosen;
    add_serve(app, chosen);
    add_migrate(app, chosen);
    add_seed(app, chosen);
    add_import(app, chosen);
    add_export(app, chosen);
    add_replay(app, chosen);
    add_replay_calls(app, chosen);
    add_sim_day(app, chosen);
    add_compare_calls(app, chosen);
    add_train(app, chosen);
    add_classify(app, chosen);
    add_user(app, chosen);
    add_telephones(app, chosen);
    add_calendar(app, chosen);
    add_policy(app, chosen);
    add_recompute(app, chosen);
    add_kpi(app, chosen);
    add_scorecard(app, chosen);
    add_permissions(app, chosen);
    add_check(app, chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error);
        return code == 0 ? 0 : 2;
    }
    const auto settings = config::load(file);
    if (!settings) {
        fmt::print(stderr, "{}\n", settings.error().detail);
        return 1;
    }
    mysql::Connection::initialise_library();
    return chosen(*settings);
}

}  // namespace hotline::cli
