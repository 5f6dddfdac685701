// Whether who made an op had the right to (rules 8, ACCT-2), by what the book knows of people and
// roles when the op comes. The terminal asked the same before; here it is asked of whoever changed
// a terminal's program, and of one that did not know yet that a right was taken away.
#pragma once

#include "sync/envelope.hpp"
#include "sync/server/server_rows.hpp"

#include <string>

namespace fangxin::sync {

struct RightJudged {
    std::string why;        ///< `person 1001 may not release`; empty: he may
    bool unknown = false;   ///< nobody of this number is on record
    bool happened = false;  ///< money moved: nothing can be refused any more
};
RightJudged judge_right(ServerRows& rows, const Envelope& op);

}  // namespace fangxin::sync
