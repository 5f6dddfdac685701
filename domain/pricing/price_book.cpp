#include "domain/pricing/price_book.hpp"

#include <algorithm>

namespace fangxin::domain {

PriceBook::PriceBook(std::span<const Promotion> promotions) {
    for (const Promotion& promotion : promotions) {
        auto rule = read_promotion(promotion);
        if (rule) {
            rules_.push_back(std::move(*rule));
        } else {
            faults_.push_back({promotion.id, rule.error().detail});
        }
    }
    std::ranges::sort(rules_, {}, &PriceRule::id);
    for (Place place = 0; place < rules_.size(); ++place) {
        const PriceRule& rule = rules_[place];
        if (rule.items.empty() && rule.categories.empty()) of_all_.push_back(place);
        for (const auto& [index, names] :
             {std::pair{&by_item_, &rule.items}, std::pair{&by_category_, &rule.categories}}) {
            for (const std::string& name : *names) {
                std::vector<Place>& places = (*index)[name];
                if (places.empty() || places.back() != place) places.push_back(place);
            }
        }
    }
}

const PriceRule* PriceBook::find(const std::string& id) const {
    auto found = std::ranges::lower_bound(rules_, id, {}, &PriceRule::id);
    return found != rules_.end() && found->id == id ? &*found : nullptr;
}

void PriceBook::rules_for(const std::string& item, const std::string& category,
                          std::vector<Place>& into) const {
    const auto begin = static_cast<std::ptrdiff_t>(into.size());
    into.insert(into.end(), of_all_.begin(), of_all_.end());
    for (const auto& [index, name] :
         {std::pair{&by_item_, &item}, std::pair{&by_category_, &category}}) {
        auto found = index->find(*name);
        if (found == index->end()) continue;
        into.insert(into.end(), found->second.begin(), found->second.end());
    }
    std::sort(into.begin() + begin, into.end());
    into.erase(std::unique(into.begin() + begin, into.end()), into.end());
}

}  // namespace fangxin::domain
