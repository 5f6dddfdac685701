#include "handheld/desk/batch_reading.hpp"

namespace fangxin::handheld {

const std::string& BatchReading::supplier(const std::string& code) {
    auto [place, fresh] = suppliers_.try_emplace(code);
    if (fresh && !code.empty()) {
        auto known = station_.shop().supplier(code);
        place->second = known ? known->name : code;
    }
    return place->second;
}

BatchFacts BatchReading::of(const domain::Batch& batch, const std::vector<domain::Block>& blocks) {
    BatchFacts facts{.batch = batch,
                     .name = names_.name(batch.item),
                     .supplier = supplier(batch.supplier),
                     .decision = names_.decision(batch, blocks),
                     .age = names_.age(batch),
                     .expiry = batch.expiry};
    if (auto stock = station_.shop().stock(batch.id)) facts.stock_milli = stock->quantity_milli;
    if (const auto& found = names_.item(batch.item)) {
        facts.unit = found->item.unit;
        facts.expiry = domain::expiry_of(batch, found->item);
    }
    return facts;
}

}  // namespace fangxin::handheld
