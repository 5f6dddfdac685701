// Facts of the admin pages as a busy supermarket in Hangzhou would have them on a Tuesday.
#pragma once

#include "terminal/admin/admin_model.hpp"

namespace fangxin::ui_rows {

/// `2026-11-24T14:32`, the shop's own time.
domain::StoreTime at(const char* day_and_time);

admin::AdminFacts busy_shop();
/// Its pages, by themselves.
admin::ItemsFacts shop_items();
admin::BatchesFacts shop_batches();
admin::RecallsFacts shop_recalls();
admin::RecallMakeFacts shop_making();
admin::AttemptsFacts shop_attempts();
admin::ComplaintsFacts shop_complaints();
admin::TerminalsFacts shop_terminals();
admin::FaultsFacts shop_faults();
admin::DevicesFacts shop_devices();
admin::InstrumentsFacts shop_instruments();
admin::LabelsFacts shop_labels();
admin::JournalFacts shop_journal();
terminal::LabelTrial shop_label_trial();

/// A shop in which nothing has happened yet.
admin::AdminFacts new_day();

}  // namespace fangxin::ui_rows
