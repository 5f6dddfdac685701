// What receiving staff and inspectors do to batches: receive, quarantine, release, withdraw,
// correct, record a test (RECV-1, SAFE-1, rules 1). Main loop only.
#pragma once

#include "domain/code.hpp"
#include "terminal/station/station.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace fangxin::handheld {

struct Received {
    std::string code;  ///< as scanned; its lot and dates are used where none are given
    std::string item;
    std::string lot;
    std::string production;  ///< ISO, or MMDD as printed
    std::string expiry;
    std::int64_t quantity_milli = 0;
    std::string supplier;
    std::string decision;  ///< `released` unless said otherwise
    std::string reason;    ///< of a quarantine
    std::string approver;  ///< who lets them in late in their life; his PIN was checked
};

struct Correction {
    std::string batch;
    std::optional<std::string> lot;
    std::string production;
    std::string expiry;
    std::string reason;
    std::string photo;
};

/// What an action did: the batch and item that it was about, or an error.
struct Done {
    std::string error;
    std::string detail;
    std::string batch;
    std::string item;
    std::string decision;
};

class GoodsWork {
  public:
    explicit GoodsWork(terminal::Station& station) : station_(station) {}

    /// RECV-6: whoever sets the share of life that goods may have used up may let in a delivery
    /// that has used more. Without it, error `life_used`; goods put aside need nobody.
    static constexpr domain::Action let_in_late = domain::Action::edit_reference;
    /// What is to be written in the same transaction as the delivery, told the batch. Store thread.
    using Along = std::function<void(sync::Database&, const std::string& batch)>;
    Done receive(const Received& received, const Along& along = {});
    /// The batch as it stands now.
    Done done_to(const std::string& batch) const;
    Done quarantine(const std::string& batch, const std::string& reason);
    /// Quarantines of this batch that somebody of the same role made: ids of their blocks.
    std::vector<std::string> own_quarantines(const std::string& batch) const;
    /// Rules 4: a quarantine is lifted by the role that made it, and nothing else is changed.
    Done take_back(const std::string& batch, const std::string& reason);
    /// The quality inspector's: free for sale, and every quarantine of it lifted.
    Done release(const std::string& batch, const std::string& reason);
    /// `batch` may be a recall's id, where the recall names packs that are on no record.
    Done withdraw(const std::string& batch, std::int64_t quantity_milli,
                  const std::string& approver = {});
    Done correct(const Correction& correction);
    Done test(const std::string& batch, const std::string& result, const std::string& kind);

  private:
    struct Pack;
    std::optional<Done> read_pack(const Received& received, Pack& pack) const;
    std::optional<Done> refused_at_the_door(const Received& received, const Pack& pack) const;
    bool may_let_in_late(const std::string& approver) const;
    std::string batch_for(sync::Database& database, const Pack& pack) const;
    std::string reason_of(const Received& received) const;
    template <class Op>
    Done journal(const std::string& batch, const Op& op);

    terminal::Station& station_;
};

}  // namespace fangxin::handheld
