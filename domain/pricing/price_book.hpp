// The shop's promotions, read once and found by goods. Built when rows of promotions change, then
// only read: any thread.
#pragma once

#include "domain/promotion.hpp"

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace fangxin::domain {

class PriceBook {
  public:
    PriceBook() = default;
    /// What does not make sense is left out, and told in `faults`.
    explicit PriceBook(std::span<const Promotion> promotions);

    /// A rule's place in here; lower ids have lower places.
    using Place = std::uint32_t;
    const PriceRule& rule(Place place) const { return rules_[place]; }
    std::size_t size() const { return rules_.size(); }
    const PriceRule* find(const std::string& id) const;

    /// Adds the places of those for these goods, live or not; each once, in no order.
    void rules_for(const std::string& item, const std::string& category,
                   std::vector<Place>& into) const;

    struct Fault {
        std::string promotion;
        std::string why;
    };
    const std::vector<Fault>& faults() const { return faults_; }

  private:
    using Index = std::unordered_map<std::string, std::vector<Place>>;
    std::vector<PriceRule> rules_;
    Index by_item_;
    Index by_category_;
    std::vector<Place> of_all_;
    std::vector<Fault> faults_;
};

}  // namespace fangxin::domain
