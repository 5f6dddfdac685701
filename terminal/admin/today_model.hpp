// The first page of the admin area: what the shop sold so far, what was refused, what is about to
// expire, who complains, how the running recall goes, and what is to be done next (REPT-1, SAFE-5,
// SAFE-9). Pure; any thread.
#pragma once

#include "domain/verdict.hpp"
#include "terminal/admin/list_page_model.hpp"
#include "terminal/admin/recall_facts.hpp"
#include "terminal/kit/charts.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fangxin::admin {

enum class Area {
    today,
    items,
    batches,
    recalls,
    attempts,
    complaints,
    terminals,
    faults,
    devices,
    instruments,
    labels,
    journal
};

/// Something that a person has to do, and where.
struct Duty {
    /// `recalled_packs`: to be withdrawn as well, but no batch on record is of them.
    enum class Kind {
        recall,
        withdraw,
        recalled_packs,
        complaint,
        unrecorded,
        terminal,
        fault,        ///< nobody was there in time (FAULT-1)
        certificate,  ///< ends within 30 days, or has (WEIGH-2)
        scale_check   ///< today's is still to come (WEIGH-3)
    };
    Kind kind = Kind::complaint;
    std::string what;                                ///< `C-0231 鲜牛奶有异味 · 王丽`
    std::optional<domain::StoreTime> due;            ///< when it has to be done; none: at once,
    std::optional<domain::StoreTime> since;          ///< and since then
    std::string id;                                  ///< of the row to show there
    std::optional<domain::StoreTime> begin_by = {};  ///< of what is recalled (SAFE-7)
};
Area area_of(Duty::Kind kind);
/// The most urgent first: what is recalled, by its level's deadline; other packs that may not stay
/// on the shelf; what is due by a time, by that time; the rest, the oldest first.
void sort_duties(std::vector<Duty>& duties, const domain::StoreTime& now);

struct TodayFacts {
    bool sees_sales = true;  ///< turnover is for those who see all of the shop's reports (rules 8)
    std::int64_t sales_fen = 0;
    std::int64_t sales_count = 0;
    std::optional<std::int64_t> week_before_fen;  ///< the same weekday up to the same minute
    struct Hour {
        int hour = 0;
        std::int64_t fen = 0;
    };
    std::vector<Hour> hours;
    struct Refused {
        domain::Reason reason = domain::Reason::recalled;
        std::int64_t count = 0;
    };
    std::vector<Refused> refused;  ///< by the worst reason of each attempt, worst first
    std::int64_t near_expiry = 0;
    std::int64_t withdraw_today = 0;
    std::int64_t open_complaints = 0;
    std::optional<domain::StoreTime> next_answer_due;
    std::vector<RecallFact> running;  ///< newest first
    std::vector<Duty> duties;         ///< most urgent first
    domain::StoreTime now;
};

struct TodayView {
    struct Card {
        std::string title;
        std::string number;
        std::string note;
        kit::Role note_role = kit::Role::muted;
        Area area = Area::today;  ///< where it leads to; today: nowhere
    };
    std::vector<Card> cards;
    std::string chart_title;  ///< empty: no chart
    std::vector<kit::ChartPoint> bars;
    std::string chart_empty;
    struct Terminal {
        std::string name;
        AnswerWords answer;
    };
    std::string recall_title;
    std::string recall_id;
    std::optional<kit::RowTag> recall_tag;
    std::vector<Terminal> terminals;
    std::string recall_empty;
    struct Row {
        std::string tag;
        kit::Role role = kit::Role::primary;
        std::string what;
        std::string due;
        kit::Role due_role = kit::Role::muted;
    };
    std::string duties_title;
    std::string go;
    std::vector<Row> duties;
    std::size_t first_duty = 0;  ///< of those that there is room for
    std::string next_duties;     ///< leads to those that there is no room for
    std::string duties_empty;
};

/// What was touched: a duty, a card, the recall, or the way to the next duties: `from` is the first
/// of them, past the last one the first of all.
struct DutyChosen {
    std::size_t index = 0;
};
struct CardChosen {
    std::size_t index = 0;
};
struct RecallTouched {};
struct DutiesTurned {
    std::size_t from = 0;
};
using TodayAction = std::variant<DutyChosen, CardChosen, RecallTouched, DutiesTurned>;

/// Where a touch leads: an area, and a row there.
struct Way {
    Area area = Area::today;
    std::string id;
    std::size_t filter = 0;  ///< the page's chip
};

TodayView present(const TodayFacts& facts, std::size_t first_duty, const kit::TextTable& texts);
std::optional<Way> way_of(const TodayFacts& facts, const TodayAction& action);

/// The short name of a reason, by the language that is spoken.
std::string reason_title(domain::Reason reason, const kit::TextTable& texts);

}  // namespace fangxin::admin
