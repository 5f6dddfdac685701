#include "sync/server/server_options.hpp"

#include "sync/server/import_generate.hpp"
#include "sync/store/postgres_address.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <iostream>

namespace fangxin::sync {

namespace {

namespace json = boost::json;

/// What CLI11 fills; options that were not given stay empty and are not sent.
struct Given {
    std::string directory;
    std::string database;
    bool json = false;
    std::string listen = "127.0.0.1:7080";
    std::string folder;
    bool test_shop = false;
    std::int64_t generate = 0;
    std::int64_t checkpoint_every_s = ServeOptions{}.checkpoint_every_s;
    std::string item, lot, from, to, level, reason, recall, what, terminal, file;
    std::string kind, address, fingerprint;
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    bool all = false;
    bool check = false;
    bool despite_breaks = false;
    bool plain_on_loopback = false;
    std::optional<unsigned short> metrics_port;
};

/// `127.0.0.1:7080`, `[::1]:7080`.
bool read_address(const std::string& text, ServeOptions& into) {
    std::size_t colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) return false;
    into.address = text.substr(0, colon);
    if (into.address.starts_with('[') && into.address.ends_with(']')) {
        into.address = into.address.substr(1, into.address.size() - 2);
    }
    const char* end = text.data() + text.size();
    auto read = std::from_chars(text.data() + colon + 1, end, into.port);
    return read.ec == std::errc() && read.ptr == end;
}

CLI::App* subcommand(CLI::App& app, Given& given, const char* name, const char* what) {
    CLI::App* command = app.add_subcommand(name, what);
    command->add_flag("--json", given.json, "one JSON object a line");
    return command;
}

void describe_import(CLI::App& app, Given& given) {
    CLI::App* command = subcommand(app, given, "import", "take a folder of CSV files in");
    command->add_option("FOLDER", given.folder,
                        "items.csv, people.csv … as sync/server/README.md tells");
    command->add_flag("--test-shop", given.test_shop, "mark the shop as a test shop, for ever");
    command->add_option("--generate", given.generate, "made-up items besides, for trials of a size")
        ->check(CLI::Range(std::int64_t{1}, generated_most));
}

void describe_recalls(CLI::App& app, Given& given) {
    CLI::App* recall = subcommand(app, given, "recall", "block goods on every till");
    recall->add_option("--item", given.item, "GTIN of 8 to 14 digits, PLU or item code")
        ->required();
    recall->add_option("--lot", given.lot, "this lot only");
    recall->add_option("--from", given.from, "production or expiry dates from here …");
    recall->add_option("--to", given.to, "… to here only");
    recall->add_option("--level", given.level, "I (24 h), II (48 h) or III (72 h)")
        ->required()
        ->check(CLI::IsMember({"I", "II", "III"}));
    recall->add_option("--reason", given.reason, "what people are told")->required();
    recall->footer("Without --lot, --from and --to it covers the whole item.");
    CLI::App* lift = subcommand(app, given, "lift", "lift a recall");
    lift->add_option("--recall", given.recall, "its id, R-12")->required();
    lift->add_option("--reason", given.reason, "why")->required();
}

void describe_serve(CLI::App& app, Given& given) {
    CLI::App* serve = subcommand(app, given, "serve", "run the store's server");
    serve->add_option("--listen", given.listen, "address and port")->capture_default_str();
    serve
        ->add_option("--checkpoint-every", given.checkpoint_every_s,
                     "seconds between two comparisons of the terminals' tables with ours")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{86'400}))
        ->capture_default_str();
    serve->add_option("--metrics", given.metrics_port,
                      "a loopback port where monitoring reads /metrics (Prometheus); 0: any");
    serve->add_flag("--plain-on-loopback", given.plain_on_loopback,
                    "without TLS and for everybody: for tests on this machine alone");
}

void describe_identities(CLI::App& app, Given& given) {
    CLI::App* enrol =
        subcommand(app, given, "enrol", "make a code that a new terminal is enrolled by");
    enrol->add_option("--kind", given.kind, "till or handheld")
        ->required()
        ->check(CLI::IsMember({"till", "handheld"}));
    enrol->add_option("--name", given.terminal, "good for this one alone: till-3");
    enrol->add_option("--address", given.address,
                      "HOST or HOST:PORT where terminals reach this server, if not as it listens");
    for (const auto& [name, what] :
         {std::pair{"approve", "let a terminal in that waits, after comparing its fingerprint"},
          std::pair{"refuse", "do not let it in"}}) {
        CLI::App* decide = subcommand(app, given, name, what);
        decide->add_option("NAME", given.terminal, "till-3")->required();
        decide->add_option("--fingerprint", given.fingerprint, "as its own screen shows it")
            ->required();
    }
    CLI::App* revoke = subcommand(app, given, "revoke", "let a terminal in no more, from now on");
    revoke->add_option("NAME", given.terminal, "till-3")->required();
    revoke->add_option("--reason", given.reason, "why")->required();
}

void describe_upkeep(CLI::App& app, Given& given) {
    subcommand(app, given, "backup", "write the whole book into one file, and prove it")
        ->add_option("FILE", given.file, "an older backup of this name is replaced")
        ->required();
    CLI::App* restore = subcommand(app, given, "restore", "put a backup in the book's place");
    restore->add_option("FILE", given.file, "what backup wrote")->required();
    restore->add_flag("--despite-breaks", given.despite_breaks,
                      "also if a log in it is not what its terminal sent");
    restore->footer("No server may run. The book that was there is set aside, not deleted.");
    subcommand(app, given, "rejected", "ops without effect, or by who had no right, and why")
        ->add_option("--terminal", given.terminal, "of this terminal only");
    CLI::App* replay = subcommand(app, given, "replay", "apply ops that had no effect again");
    replay->add_option("--terminal", given.terminal, "whose op, as rejected shows it");
    replay->add_option("--epoch", given.epoch, "its epoch")->check(CLI::PositiveNumber);
    replay->add_option("--seq", given.seq, "its number")->check(CLI::PositiveNumber);
    replay->add_flag("--all", given.all, "all that are rejected or pending");
    replay->add_option("--reason", given.reason, "why now")->required();
    subcommand(app, given, "rebuild", "make the derived tables anew from the ops")
        ->add_flag("--check", given.check, "only tell what differs");
}

void describe(CLI::App& app, Given& given) {
    app.add_option("--data", given.directory, "the folder of the shop's database")->required();
    app.add_option("--database", given.database,
                   "a PostgreSQL database that servers share, postgresql://…, instead of a file "
                   "in that folder; better without a password in it (~/.pgpass)");
    app.add_flag("--json", given.json, "one JSON object a line");
    app.set_version_flag("--version", "fangxin-server " FANGXIN_VERSION);
    app.require_subcommand(1);
    describe_serve(app, given);
    describe_import(app, given);
    describe_recalls(app, given);
    describe_upkeep(app, given);
    describe_identities(app, given);
    CLI::App* epoch = subcommand(app, given, "new-epoch",
                                 "let a terminal whose disk was set back go on in a new log");
    epoch->add_option("--terminal", given.terminal, "its name, as status shows it")->required();
    epoch->add_option("--reason", given.reason, "what happened to it")->required();
    subcommand(app, given, "status", "what the shop holds, and its terminals");
    subcommand(app, given, "verify", "prove each terminal's log, or name its first break");
    subcommand(app, given, "export", "write the journal or the sales, a JSON object a line")
        ->add_option("WHAT", given.what, "ops or sales")
        ->required()
        ->check(CLI::IsMember({"ops", "sales"}));
    app.footer("Exit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 the database is in use.");
}

void put(json::object& arguments, std::string_view name, const std::string& value) {
    if (!value.empty()) arguments[name] = value;
}

json::object arguments_of(const Given& given, const std::string& command) {
    json::object arguments{{"command", command}};
    // Absolute: a running server has a working directory of its own.
    put(arguments, "folder",
        given.folder.empty() ? "" : std::filesystem::absolute(given.folder).string());
    if (given.test_shop) arguments["test_shop"] = true;
    if (given.generate > 0) arguments["generate"] = given.generate;
    put(arguments, "item", given.item);
    put(arguments, "lot", given.lot);
    put(arguments, "from", given.from);
    put(arguments, "to", given.to);
    put(arguments, "level", given.level);
    put(arguments, "reason", given.reason);
    put(arguments, "recall", given.recall);
    put(arguments, "what", given.what);
    put(arguments, "terminal", given.terminal);
    put(arguments, "file",
        given.file.empty() ? "" : std::filesystem::absolute(given.file).string());
    for (const auto& [name, number] : {std::pair{"epoch", given.epoch}, {"seq", given.seq}})
        if (number > 0) arguments[name] = number;
    for (const auto& [name, set] : {std::pair{"all", given.all},
                                    {"check", given.check},
                                    {"despite_breaks", given.despite_breaks}})
        if (set) arguments[name] = true;
    put(arguments, "kind", given.kind);
    put(arguments, "address", given.address);
    put(arguments, "fingerprint", given.fingerprint);
    constexpr std::array of_the_folder{"enrol", "backup", "import", "verify"};
    if (std::ranges::find(of_the_folder, command) != of_the_folder.end())
        put(arguments, "data", std::filesystem::absolute(given.directory).string());
    return arguments;
}

}  // namespace

std::variant<ServerOptions, int> read_server_options(int argc, const char* const* argv) {
    CLI::App app("The store's server of Fangxin: keeps the book, feeds the terminals.",
                 "fangxin-server");
    Given given;
    ServerOptions options;
    describe(app, given);
    try {
        app.parse(argc, argv);
        options.command = app.get_subcommands().front()->get_name();
        if (options.command == "serve" && !read_address(given.listen, options.serve)) {
            throw CLI::ValidationError("--listen", "wants ADDRESS:PORT");
        }
        if (auto read = PostgresAddress::read(given.database); !given.database.empty() && !read) {
            throw CLI::ValidationError("--database", read.error().detail);
        }
        if (options.command == "import" && given.folder.empty() && given.generate == 0) {
            throw CLI::RequiredError("FOLDER, or --generate,");
        }
        const bool names_one = !given.terminal.empty() && given.epoch > 0 && given.seq > 0;
        if (options.command == "replay" && names_one == given.all) {
            throw CLI::RequiredError("--terminal with --epoch and --seq, or --all,");
        }
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    options.book = BookPlace(given.directory, given.database);
    options.serve.book = options.book;
    options.serve.checkpoint_every_s = given.checkpoint_every_s;
    options.serve.metrics_port = given.metrics_port;
    options.serve.plain_on_loopback = given.plain_on_loopback;
    options.json = given.json;
    options.arguments = arguments_of(given, options.command);
    return options;
}

}  // namespace fangxin::sync
