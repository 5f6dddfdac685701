#include "sync/server/commands.hpp"

#include "sync/server/command_context.hpp"
#include "sync/shop_reader.hpp"

#include <array>
#include <chrono>

namespace fangxin::sync {

namespace {

struct Command {
    std::string_view name;
    Result<void> (*run)(const CommandContext&);
};
constexpr std::array commands{
    Command{"import", run_import},     Command{"recall", run_recall},
    Command{"lift", run_lift},         Command{"status", run_status},
    Command{"export", run_export},     Command{"new-epoch", run_new_epoch},
    Command{"verify", run_verify},     Command{"backup", run_backup},
    Command{"rejected", run_rejected}, Command{"replay", run_replay},
    Command{"rebuild", run_rebuild},   Command{"enrol", run_enrol},
    Command{"approve", run_approve},   Command{"refuse", run_refuse},
    Command{"revoke", run_revoke}};

Result<StoreZone> zone_of_shop(Database& database) {
    auto name = database.reading<std::string>([&] {
        return ShopReader(database, ShopReader::Side::server).setting("time_zone", default_zone);
    });
    if (!name) return tl::unexpected(name.error());
    return StoreZone::find(*name);
}

}  // namespace

Result<void> run_command(Database& database, const json::object& arguments,
                         const CommandOutput& output, const LetPass& let_pass) {
    const json::value* name = arguments.if_contains("command");
    if (!name || !name->is_string()) return failure("bad_arguments", "no command");
    auto zone = zone_of_shop(database);
    if (!zone) return tl::unexpected(zone.error());
    auto wall = std::chrono::system_clock::now().time_since_epoch();
    auto now = zone->at(std::chrono::duration_cast<std::chrono::milliseconds>(wall).count());
    for (const Command& command : commands) {
        if (command.name == name->get_string()) {
            return command.run({database, arguments, output, let_pass, *zone, now});
        }
    }
    return failure("unknown_command", std::string(name->get_string()));
}

}  // namespace fangxin::sync
