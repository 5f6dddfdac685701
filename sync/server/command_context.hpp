// What every subcommand is given, and how it reads its arguments. For sync/server/*_command.cpp.
#pragma once

#include "domain/calendar.hpp"
#include "sync/codec.hpp"
#include "sync/server/store_server.hpp"
#include "sync/store_zone.hpp"

#include <string>
#include <string_view>

namespace fangxin::sync {

/// Under this name the journal keeps what was done at the server itself, where nobody logs in.
inline constexpr std::string_view server_person = "server";

struct CommandContext {
    Database& database;
    const json::object& arguments;
    const CommandOutput& output;
    const LetPass& let_pass;  ///< may be empty
    StoreZone zone;
    domain::StoreTime now;
};

/// Absent: `otherwise`. Of another type: code `bad_arguments`.
template <class T>
Result<T> argument(const CommandContext& context, std::string_view name, T otherwise = {}) {
    const json::value* value = context.arguments.if_contains(name);
    if (!value || value->is_null()) return otherwise;
    auto decoded = JsonValue<T>::decode(*value);
    if (!decoded) return failure("bad_arguments", fmt::format("--{} is of a wrong type", name));
    return *decoded;
}

Result<void> run_import(const CommandContext& context);
Result<void> run_recall(const CommandContext& context);
Result<void> run_lift(const CommandContext& context);
Result<void> run_status(const CommandContext& context);
Result<void> run_new_epoch(const CommandContext& context);
Result<void> run_verify(const CommandContext& context);
Result<void> run_export(const CommandContext& context);
Result<void> run_backup(const CommandContext& context);
Result<void> run_rejected(const CommandContext& context);
Result<void> run_replay(const CommandContext& context);
Result<void> run_rebuild(const CommandContext& context);
Result<void> run_enrol(const CommandContext& context);
Result<void> run_approve(const CommandContext& context);
Result<void> run_refuse(const CommandContext& context);
Result<void> run_revoke(const CommandContext& context);

}  // namespace fangxin::sync
