#include "terminal/station/words_table.hpp"

#include <array>

namespace fangxin::terminal {

namespace {

constexpr std::array table{
    CodeWords{"day_is_closed", {"这个营业日已经日结：{}", "This day is closed already: {}"}},
    CodeWords{"no_shift", {"还没有开班，请先开班", "No shift is open: open one first"}},
    CodeWords{"no_such_member", {"没有这位会员，请核对号码", "No such member: check the number"}},
    CodeWords{"no_such_member_here",
              {"本机没有这位会员，联网后再试，或先按非会员收款",
               "This till does not know this member: try again with the server, or sell without"}},
    CodeWords{"nothing_to_close", {"{} 没有班次可以日结", "No shift of {} to close"}},
    CodeWords{"price_is_labelled",
              {"标签上的金额不能改，请重新打标签", "A label's amount stands: weigh it again"}},
    CodeWords{"reason_missing", {"请写明原因", "Say why"}},
    CodeWords{"shift_is_open",
              {"您在这台收银机已经开班", "Your shift is open at this till already"}},
    CodeWords{"shifts_open",
              {"还有 {} 个班次没有交班，请先交班再日结",
               "{} shifts are still open: close them before the day"}},
};

}  // namespace

std::span<const CodeWords> money_words() { return table; }

}  // namespace fangxin::terminal
