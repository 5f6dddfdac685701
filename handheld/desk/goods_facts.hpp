// What the handheld's pages are told of the shop: read once, and again only when something changed
// or a minute has passed, not for every frame. Main loop only.
#pragma once

#include "handheld/goods_work.hpp"
#include "handheld/screens/batches_model.hpp"
#include "handheld/screens/decision_model.hpp"
#include "handheld/screens/home_model.hpp"
#include "handheld/screens/lookup_model.hpp"
#include "handheld/screens/recall_model.hpp"
#include "handheld/screens/receive_model.hpp"
#include "terminal/station/goods_search.hpp"
#include "terminal/station/server_figures.hpp"

#include <optional>
#include <string>
#include <vector>

namespace fangxin::handheld {

/// What a page of goods is about: a code as scanned, or a batch or recall by its id.
struct GoodsSubject {
    std::string code;
    std::string id;
};

/// The action of rules 8 that stands behind a deed.
domain::Action action_of(GoodsDeed deed);

class GoodsFacts {
  public:
    GoodsFacts(terminal::Station& station, const GoodsWork& work, const kit::TextTable& texts)
        : station_(station), work_(work), texts_(texts), search_(station), figures_(station) {}

    /// Something changed: all is read anew when it is next asked for.
    void forget();

    HeadFacts head() const;
    const HomeFacts& home();
    const BatchesFacts& batches();
    const LookupFacts& lookup(const GoodsSubject& subject);
    const ReceiveFacts& receive(const ReceiveState& state);
    const DecisionFacts& decision(GoodsDeed deed, const std::string& batch);
    const RecallFacts& recall(const RecallState& state);

    /// By what a scanner read, or by an item's code.
    std::optional<ReceiveItem> item(const std::string& code) const;
    std::optional<sync::Complaint> complaint(const std::string& id) const;
    /// Of the server: whether a terminal that is silent is connected, only it knows.
    terminal::ServerFigures& figures() { return figures_; }
    /// Takes a piece of the shop's names into the search; true if there are more.
    bool take_names() { return search_.take_names(); }

  private:
    template <class Facts>
    struct Kept {
        std::string key;
        std::int64_t minute = -1;  ///< days, and hours of what lives by them, go on by themselves
        std::optional<Facts> facts;
    };
    template <class Facts, class Read>
    const Facts& kept(Kept<Facts>& place, std::string key, Read read);

    bool may(domain::Action action) const;
    std::string name_of(const domain::Item& item) const;
    GoodsRights rights(const std::string& batch) const;
    HomeFacts read_home();
    TaskFacts task_of(const boost::json::object& row);
    BatchesFacts read_batches();
    LookupFacts read_lookup(const GoodsSubject& subject);
    LookupFacts read_code(const std::string& code);
    LookupFacts read_batch(const std::string& id);
    domain::Verdict verdict(const std::string& item, const domain::PackEvidence& evidence) const;
    void judge(LookupFacts& facts, const domain::PackEvidence& evidence);
    ReceiveFacts read_receive(const ReceiveState& state);
    std::vector<SupplierFacts> read_suppliers(const std::string& usual);
    DecisionFacts read_decision(GoodsDeed deed, const std::string& batch);
    bool held_by_other_roles(const domain::Batch& batch) const;
    RecallFacts read_recall(const RecallState& state);
    std::vector<terminal::TerminalAnswer> read_terminals(const std::string& recall) const;
    std::vector<ItemHit> find(const std::string& text);

    terminal::Station& station_;
    const GoodsWork& work_;
    const kit::TextTable& texts_;
    terminal::GoodsSearch search_;
    terminal::ServerFigures figures_;

    Kept<HomeFacts> home_;
    Kept<BatchesFacts> batches_;
    Kept<LookupFacts> lookup_;
    Kept<ReceiveFacts> receive_;
    Kept<DecisionFacts> decision_;
    Kept<RecallFacts> recall_;
};

/// Reads anew where it was never read, was forgotten, was of something else or of another minute.
template <class Facts, class Read>
const Facts& GoodsFacts::kept(Kept<Facts>& place, std::string key, Read read) {
    constexpr std::int64_t minute_ms = 60'000;
    HeadFacts now = head();
    std::int64_t minute = now.now.utc_ms / minute_ms;
    if (!place.facts || place.key != key || place.minute != minute) {
        place = {std::move(key), minute, read()};
    }
    place.facts->head = std::move(now);
    return *place.facts;
}

}  // namespace fangxin::handheld
