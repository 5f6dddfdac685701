// The handheld's first page: what has to be done, most urgent first, and the ways to everything
// else. Pure; any thread.
#pragma once

#include "handheld/screens/goods_words.hpp"
#include "handheld/screens/head_model.hpp"

#include <variant>
#include <vector>

namespace fangxin::handheld {

/// Why something is to be done, most urgent first: the order of the list.
enum class TaskCause {
    recalled,
    failed_test,
    quarantined,
    expired,
    complaint_overdue,
    last_day,
    unrecorded_batch,
    complaint,
    near_expiry
};
enum class TaskGroup { withdraw, book, complaint, near_expiry };
TaskGroup group_of(TaskCause cause);

struct TaskFacts {
    TaskCause cause = TaskCause::expired;
    /// A batch, a recall's id where the packs are on no record, a complaint's id; for unrecorded
    /// batches the item.
    std::string id;
    std::string item;
    std::string name;  ///< of the item; of a complaint what it is about
    std::string lot;
    std::optional<domain::DayMinute> date;  ///< expiry, or what was read of an unrecorded batch
    std::string note;                       ///< of a complaint: what the customer said
    std::int64_t due_ms = 0;                ///< of a complaint: when it has to be answered
    std::optional<Quantity> stock;
};

enum class ReadState { loading, ready, failed };

struct HomeFacts {
    HeadFacts head;
    ReadState reading = ReadState::ready;
    std::vector<TaskFacts> tasks;  ///< in any order
    int near_expiry = 0;           ///< batches that are near expiry
    bool can_receive = true;
    bool can_recall = false;
};

struct HomeState {
    std::optional<TaskGroup> shown;  ///< one group alone
    bool more_is_open = false;
};

struct HomeView {
    struct Tile {
        TaskGroup group = TaskGroup::withdraw;
        std::string count;
        std::string words;
        kit::Role role = kit::Role::muted;
        bool selected = false;
    };
    struct Task {
        std::size_t index = 0;  ///< in the facts; of near expiry none
        TaskGroup group = TaskGroup::withdraw;
        kit::Icon icon = kit::Icon::exclamation;
        kit::Role role = kit::Role::block;
        std::string title;
        std::string note;
        std::string due;
    };
    struct Empty {
        kit::Icon icon = kit::Icon::check;
        std::string title;
        std::string hint;
    };
    HeadView head;
    std::vector<Tile> tiles;
    std::vector<Task> tasks;
    std::optional<Empty> empty;
    bool loading = false;
    bool can_receive = true;
    bool more_is_open = false;
    bool can_recall = false;
};

namespace home {
struct TaskOpened {
    TaskGroup group = TaskGroup::withdraw;
    std::size_t index = 0;
};
struct GroupChosen {
    TaskGroup group = TaskGroup::withdraw;
};
enum class Way { receive, batches, scan, complaint, more, recall, fault, settings, lock, log_out };
struct WayTaken {
    Way way = Way::receive;
};
struct MoreClosed {};
struct Scanned {
    std::string code;
};
using Action = std::variant<TaskOpened, GroupChosen, WayTaken, MoreClosed, Scanned>;

struct OpenBatch {
    std::string batch;  ///< or a recall's id
};
/// Book what a till sold and nobody had booked.
struct StartReceiving {
    std::string item;  ///< empty: any
    std::string lot;
    std::optional<domain::DayMinute> date;  ///< of the kind that the item prints
};
struct OpenBatches {
    bool near_expiry_only = false;
};
struct OpenComplaint {
    std::string complaint;  ///< empty: a new one
};
struct LookUp {
    std::string code;
};
struct Go {
    Way way = Way::settings;  ///< scan (the camera), recall, fault, settings, lock or log_out
};
using Effect = std::variant<OpenBatch, StartReceiving, OpenBatches, OpenComplaint, LookUp, Go>;
}  // namespace home

HomeView present(const HomeState& state, const HomeFacts& facts, const kit::TextTable& texts);
std::optional<home::Effect> update(HomeState& state, const HomeFacts& facts,
                                   const home::Action& action);

}  // namespace fangxin::handheld
