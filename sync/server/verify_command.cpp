#include "sync/server/command_context.hpp"
#include "sync/server/log_check.hpp"
#include "sync/server/store_keys.hpp"

namespace fangxin::sync {

namespace {

json::object as_answer(const CheckedLog& log) {
    json::object answer{{"event", log.why.empty() ? "verified" : "broken"},
                        {"terminal", log.terminal},
                        {"epoch", log.epoch},
                        {"ops", log.ops},
                        {"head", log.head},
                        {"signed", log.signed_to}};
    if (log.why.empty()) return answer;
    answer["seq"] = log.broken;
    answer["why"] = log.why;
    return answer;
}

}  // namespace

/// REPT-2. A line for each terminal's log; code `broken` where one is not what was sent.
Result<void> run_verify(const CommandContext& context) {
    auto logs = logs_to_check(context.database);
    if (!logs) return tl::unexpected(logs.error());
    auto folder = argument<std::string>(context, "data");
    if (!folder) return tl::unexpected(folder.error());
    auto keys = read_store_keys(*folder);
    if (!keys && keys.error().code != "no_ca_key") return tl::unexpected(keys.error());
    const std::string own_key = keys ? keys->log.name() : std::string();
    std::string first;
    for (CheckedLog& log : *logs) {
        if (auto checked = check_log(context.database, log, own_key, context.let_pass); !checked)
            return checked;
        context.output(as_answer(log));
        if (!log.why.empty() && first.empty()) first = first_break(log);
    }
    if (!first.empty()) return failure("broken", first);
    return {};
}

}  // namespace fangxin::sync
