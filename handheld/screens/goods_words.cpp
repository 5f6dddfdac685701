#include "handheld/screens/goods_words.hpp"

#include <array>

namespace fangxin::handheld {

using kit::Msgid;
using kit::TextTable;

namespace {

struct RefusalWords {
    std::string_view code;
    Msgid words;
};

constexpr std::array refusals{
    RefusalWords{"bad_code", Msgid{"The code was misread: scan it again"}},
    RefusalWords{"no_such_item", Msgid{"No item has this code: search by name"}},
    RefusalWords{"other_item", Msgid{"This is another item: finish this one first"}},
    RefusalWords{"bad_date", Msgid{"No pack can have this date: key it as on the pack"}},
    RefusalWords{"production_to_come", Msgid{"This production date is still to come: look again"}},
    RefusalWords{"batch_expired", Msgid{"These goods have expired: refuse the delivery"}},
    RefusalWords{"date_wanted", Msgid{"Key the date that is on the pack"}},
    RefusalWords{"dates_turned", Msgid{"The last day is before the first: look again"}},
    RefusalWords{"level_wanted", Msgid{"Choose the level of the recall"}},
    RefusalWords{"lot_wanted", Msgid{"Key or scan the lot that is on the pack"}},
    RefusalWords{"bad_lot", Msgid{"This cannot be a lot: key it as on the pack"}},
    RefusalWords{"quantity_wanted", Msgid{"Key how much there is"}},
    RefusalWords{"quantity_out_of_range", Msgid{"This quantity is out of range: count again"}},
    RefusalWords{"supplier_wanted", Msgid{"Choose who delivered it"}},
    RefusalWords{"no_such_supplier", Msgid{"This supplier is not on record: choose another"}},
    RefusalWords{"decision_wanted", Msgid{"Choose what happens to these goods"}},
    RefusalWords{"batch_known", Msgid{"This lot is on sale already: release it or quarantine it"}},
    RefusalWords{"reason_wanted", Msgid{"Choose the reason"}},
    RefusalWords{"photo_wanted", Msgid{"Take a photo of the pack first"}},
    RefusalWords{"nothing_changed", Msgid{"Change the lot or the date first"}},
    RefusalWords{"not_allowed", Msgid{"Your role may not do this: ask the quality inspector"}},
    RefusalWords{"needs_second_person", Msgid{"A second person with the right has to confirm"}},
    RefusalWords{"batch_recalled", Msgid{"It is recalled: only the server lifts that"}},
    RefusalWords{"batch_gone", Msgid{"It was returned or disposed of: nothing is left to release"}},
    RefusalWords{"no_such_batch", Msgid{"This batch is no longer on record: look it up again"}},
    RefusalWords{"disk_full", Msgid{"The disk is full, nothing was saved: call the manager"}},
    RefusalWords{"not_logged_in", Msgid{"Log in again, then go on: nothing is lost"}},
};

}  // namespace

std::string refusal_text(std::string_view code, std::string_view detail, const TextTable& texts) {
    if (code.empty()) return {};
    if (code == "supplier_papers") {
        return texts.tr("This supplier's papers have run out ({}): do not take the goods",
                        std::string(detail));
    }
    for (const RefusalWords& each : refusals) {
        if (each.code == code) return texts.tr(each.words);
    }
    return texts.tr("It was not saved: try again, or call the manager ({})", std::string(code));
}

}  // namespace fangxin::handheld
