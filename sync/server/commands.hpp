// The server's subcommands, as the running server does them for its control socket and as the
// program does them itself when no server runs. Arguments are one JSON object, `command` and the
// options' names; each answers with objects, a line each. Writer connection, store thread.
//
//   command  arguments                                        answers
//   import   folder, test_shop, generate                      refused…, or imported
//   recall   item, lot, from, to, level, reason               recalled
//   lift     recall, reason                                   lifted
//   verify                                                    verified or broken, a log a line
//   new-epoch terminal, reason                                epoch_opened
//   enrol    kind, terminal, address, data (folder)           enrolment_opened
//   approve  terminal, fingerprint                            approved
//   refuse   terminal, fingerprint                            refused_terminal
//   revoke   terminal, reason                                 revoked
//   status                                                    status
//   backup   file                                             backed_up
//   rejected terminal                                         op…: rejected, pending, flagged
//   replay   terminal, epoch, seq or all; reason              replayed or kept, an op a line
//   rebuild  check                                            differs…, then rebuilt
//   export   what (ops sales), limit, after_terminal,         one object a row
//            after_epoch, after_seq
#pragma once

#include "sync/server/store_server.hpp"

namespace fangxin::sync {

/// Nothing is put out before it is durable. Codes: `unknown_command`, `bad_arguments` (the detail
/// names the argument), `not_found`, `bad_import` (each reason was put out as {"event":"refused"}),
/// those of import_folder and of the database.
Result<void> run_command(Database& database, const boost::json::object& arguments,
                         const CommandOutput& output, const LetPass& let_pass = {});

}  // namespace fangxin::sync
