// The customers' check scale (公平秤, standard 4.2.7): what lies on it, what a label or receipt of
// this shop says, and how the two compare. It sells nothing, asks nobody to log in and journals
// no comparison: a customer who is told that something is short goes to a person. Main loop only.
#pragma once

#include "domain/fair_weight.hpp"
#include "terminal/station/devices.hpp"

#include <optional>
#include <string>
#include <vector>

namespace fangxin::terminal {

struct FairNow {
    /// Why it shows no weight, as an error code; empty: it does. Never one of a scale whose
    /// certificate is not in force, or that is not the one that was bound.
    std::string refusal;
    std::optional<weighing::Reading> reading;
    ScaleStanding standing;
};

/// A weight that the shop has told a customer.
struct ToldWeight {
    std::string name;
    std::int64_t weight_mg = 0;
    std::int64_t unsure_mg = 0;  ///< reckoned from a price: by so much it may be off
    bool by_price = false;
};

class FairScale {
  public:
    FairScale(Station& station, Devices& devices) : station_(station), devices_(devices) {}

    FairNow now() const;
    /// Of a label one, of a receipt each weighed line. Codes: `no_weight_on_it` (neither label nor
    /// receipt, or one that tells none), `receipt_elsewhere` (another terminal's: its weights have
    /// to be keyed), `bad_code`.
    Result<std::vector<ToldWeight>> read(const std::string& code) const;
    /// None while nothing steady lies on it, or no weight is shown.
    static std::optional<domain::FairComparison> compare(const FairNow& now,
                                                         const ToldWeight& told);

  private:
    Result<std::vector<ToldWeight>> of_label(const domain::ScannedCode& code) const;
    Result<std::vector<ToldWeight>> of_receipt(const std::string& number) const;

    Station& station_;
    Devices& devices_;
};

}  // namespace fangxin::terminal
