// The recalls of the shop as a list, and one of them live: which terminals have it in force and
// which have not and since when, what stock it covers, which receipts contain it (SAFE-7, SAFE-9).
// Pure; any thread.
#pragma once

#include "terminal/admin/list_page_model.hpp"
#include "terminal/admin/recall_facts.hpp"

#include <optional>
#include <string>
#include <vector>

namespace fangxin::admin {

struct RecallsFacts {
    std::vector<RecallFact> recalls;  ///< newest first; batches and trace of the live one only
    bool may_recall = false;          ///< alone or with a second person (rules 8)
    domain::StoreTime now;
};

/// Chips: those that still have to be seen to, or all.
enum class RecallFilter { in_force, all };

ListPageView present_recalls(const ListState& state, const RecallsFacts& facts,
                             const kit::TextTable& texts);

struct RecallLiveView {
    std::string title;
    std::string back;
    std::vector<kit::RowTag> tags;
    std::string made;  ///< `24-11 13:55 · 陈建国 · …`
    std::string reason;
    std::optional<NoticeView> waiting;  ///< who has it not, or that all have
    struct Terminal {
        std::string name;
        AnswerWords answer;
    };
    std::string terminals_title;
    std::vector<Terminal> terminals;
    std::string terminals_empty;
    struct Batch {
        std::string lot;
        std::string dates;
        std::string stock;
        kit::RowTag tag;
    };
    std::string batches_title;
    std::vector<Batch> batches;
    std::string batches_empty;
    std::string trace_title;
    std::vector<kit::KeyValue> trace;
    std::string lifting;  ///< only the server does it
};

/// None if there is no such recall any more.
std::optional<RecallLiveView> present_live(const std::string& id, const RecallsFacts& facts,
                                           const kit::TextTable& texts);

}  // namespace fangxin::admin
