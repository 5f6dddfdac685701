// The journal of the busy shop, as its admin page shows it.
#include "tests/ui/admin_shop.hpp"

namespace fangxin::ui_rows {

admin::JournalFacts shop_journal() {
    admin::JournalFacts facts{
        .more = true, .looked_at = at("2026-11-24T08:02"), .now = at("2026-11-24T14:32")};
    const auto entry = [&](std::int64_t seq, const char* kind, const char* when,
                           const char* terminal, const char* person, const char* begins) {
        admin::JournalFact fact{.id = admin::journal_id("till-1", 1, seq),
                                .kind = kind,
                                .when = when,
                                .at = at(when),
                                .terminal = terminal,
                                .person = person,
                                .status = "applied",
                                .begins = begins};
        facts.entries.push_back(fact);
    };
    entry(418, "sale", "2026-11-24T14:31", "1 号收银台", "林小雨",
          R"({"receipt":"T1-20261124-0162","lines":[{"line":1,"item":"10017","name":"鲜牛奶"}]})");
    entry(417, "sale_refused", "2026-11-24T14:29", "1 号收银台", "林小雨",
          R"({"code":"6901234567892","item":"10017","reasons":["recalled"]})");
    entry(416, "batch_quarantined", "2026-11-24T14:12", "手持 1", "陈建国",
          R"({"batch":"10017/L1117/2026-12-01","item":"10017","reason":"包装胀气"})");
    entry(415, "contact_shown", "2026-11-24T13:58", "2 号收银台", "赵敏",
          R"({"complaint":"C-T1-1-228"})");
    entry(414, "setting_set", "2026-11-24T13:40", "1 号收银台", "王丽",
          R"({"key":"label_formats","value":"…","reason":"新秤"})");
    entry(413, "login_failed", "2026-11-24T08:02", "3 号收银台", "",
          R"({"person":"1002","locks":false})");
    facts.entries[4].status = "rejected";
    facts.entries[0].status = "known";
    facts.entries[2].status = "flagged";
    facts.entry = admin::EntryFact{
        .id = facts.entries[2].id,
        .data = {{"batch", "10017/L1117/2026-12-01"}, {"item", "10017"}, {"reason", "包装胀气"}},
        .hash = "9f2c4b7ae01d5583c6f07712ab34cd98e5512f0c77aa8b3d4e6f901122334455",
        .why = "person 1101 may not quarantine",
        .epoch = 1,
        .seq = 416,
        .proved_to = 418,
        .signed_to = 418,
        .signed_by = "5d0f3e2b1c4a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"};
    return facts;
}

}  // namespace fangxin::ui_rows
