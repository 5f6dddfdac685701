// What a scanned code is, what a till would say of it, and what this person may do with it: also
// the page of one batch. Pure; any thread.
#pragma once

#include "domain/code.hpp"
#include "domain/verdict.hpp"
#include "handheld/screens/goods_words.hpp"
#include "handheld/screens/head_model.hpp"
#include "terminal/kit/marks.hpp"

#include <variant>
#include <vector>

namespace fangxin::handheld {

/// What the person who is logged in may do with this batch (rules 8), a second person counted in.
struct GoodsRights {
    bool withdraw = false;
    bool quarantine = false;
    bool take_back = false;  ///< what this person's role quarantined
    bool release = false;
    bool correct = false;
    bool test_result = false;
    bool receive = false;
    bool complaint = false;
};

enum class Lookup { looking, no_such_item, bad_code, found };

struct LookupFacts {
    HeadFacts head;
    Lookup result = Lookup::looking;
    std::string code;  ///< as it is shown; empty where a batch was opened from a list
    std::string item;
    std::string name;
    std::int64_t price_fen = 0;
    domain::Unit unit = domain::Unit::piece;
    domain::VerdictKind verdict = domain::VerdictKind::unknown;
    std::vector<domain::Reason> reasons;  ///< worst first
    std::optional<BatchFacts> batch;      ///< the one that the code names or the list opened
    std::vector<BatchFacts> batches;      ///< of the item, where the code names none of them
    std::optional<domain::Block> recall;  ///< a recall of packs that are on no record
    GoodsRights may;
};

enum class GoodsDeed {
    withdraw,
    quarantine,
    take_back,
    release,
    correct,
    test_result,
    receive,
    complaint
};

struct LookupView {
    struct Reason {
        std::string title;
        std::string clause;
        std::string say;
    };
    struct Verdict {
        kit::Icon icon = kit::Icon::check;
        kit::Role role = kit::Role::ok;
        std::string words;
        std::vector<Reason> reasons;
        std::string action;  ///< what to do with the pack
    };
    struct Deed {
        GoodsDeed deed = GoodsDeed::receive;
        std::string words;
        bool is_pressing = false;  ///< what the pack cries for
    };
    struct Other {
        std::string title;
        std::string note;
        Mark mark;
    };
    struct Empty {
        kit::Icon icon = kit::Icon::question;
        std::string title;
        std::string hint;
    };
    HeadView head;
    bool looking = false;
    std::optional<Empty> empty;
    std::string name;
    std::string note;  ///< code and price
    std::optional<Verdict> verdict;
    std::vector<kit::KeyValue> facts;
    std::vector<Other> others;
    std::string others_title;
    std::vector<Deed> deeds;
};

namespace lookup {
struct DeedChosen {
    GoodsDeed deed = GoodsDeed::receive;
};
struct OtherChosen {
    std::size_t index = 0;
};
struct Scanned {
    std::string code;
};
struct Left {};
using Action = std::variant<DeedChosen, OtherChosen, Scanned, Left>;

/// Opens the form for it; receive and complaint open their own pages with the item filled in.
struct Do {
    GoodsDeed deed = GoodsDeed::receive;
    std::string batch;  ///< or the recall's id; may be empty for receive and complaint
    std::string item;
    std::string lot;
};
struct OpenBatch {
    std::string batch;
};
struct LookUp {
    std::string code;
};
struct Leave {};
using Effect = std::variant<Do, OpenBatch, LookUp, Leave>;
}  // namespace lookup

LookupView present(const LookupFacts& facts, const kit::TextTable& texts);
std::optional<lookup::Effect> update(const LookupFacts& facts, const lookup::Action& action);

/// What the form of a deed and its button are called.
std::string deed_name(GoodsDeed deed, const kit::TextTable& texts);
/// Lot, dates, how long it keeps, supplier, stock, decision: for this page and for forms.
std::vector<kit::KeyValue> batch_rows(const BatchFacts& facts, const domain::StoreTime& now,
                                      const kit::TextTable& texts);

}  // namespace fangxin::handheld
