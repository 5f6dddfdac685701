// How a terminal is enrolled (SYNC-3): it goes to the address of its code, makes sure by the pin
// that the store of the code answers there, sends token and request, shows its fingerprint and
// waits until a manager has approved it. On a thread of its own; what happens is told through
// `EnrolEvents` on that thread: they queue and return.
#pragma once

#include "sync/enrolment_text.hpp"
#include "sync/identity_file.hpp"
#include "sync/terminal_journal.hpp"

#include <functional>
#include <memory>
#include <string>

namespace fangxin::sync {

struct EnrolEvents {
    std::function<void(std::string fingerprint)> waiting;
    /// Codes `unreachable` (it goes on trying), else final: `wrong_store`, `other_store` (here lie
    /// another store's sales), `cannot_write`, and what the server refuses: `bad_token`,
    /// `token_expired`, `token_used`, `too_many_tries`, `terminal`, `role`, `refused`.
    std::function<void(Error why, bool is_final)> failed;
    std::function<void(Identity identity)> enrolled;
};

struct EnrolWish {
    EnrolmentCode code;
    std::filesystem::path directory;  ///< where key and certificate are kept
    TerminalIdentity terminal;
    std::string app;
    std::string store;  ///< the only one it may be enrolled at; empty: any
};

class LinkEnrol {
  public:
    LinkEnrol(EnrolWish wish, EnrolEvents events);
    /// Gives up; the server's answer may still be fetched later with the same code.
    ~LinkEnrol();
    LinkEnrol(const LinkEnrol&) = delete;
    LinkEnrol& operator=(const LinkEnrol&) = delete;

    class Impl;

  private:
    std::shared_ptr<Impl> impl_;
};

}  // namespace fangxin::sync
