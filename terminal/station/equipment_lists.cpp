#include "terminal/station/equipment_lists.hpp"

#include "sync/codec.hpp"

#include <algorithm>

namespace fangxin::terminal {

namespace json = boost::json;

namespace {

constexpr std::int64_t year_ms = 365LL * 24 * 60 * 60 * 1000;
constexpr std::int64_t most_changes = 500;

/// Open and taken ones, and a year of those that were mended.
json::array faults(Station& station) {
    const std::int64_t now_ms = station.now().utc_ms;
    json::array rows;
    for (const sync::FaultTicket& each : station.shop().faults(now_ms - year_ms)) {
        json::object row = sync::to_json(each);
        row["fault"] = each.id;
        row.erase("id");
        row["overdue"] = each.state == domain::FaultState::open && now_ms > each.due_ms;
        rows.push_back(std::move(row));
    }
    return rows;
}

template <class R>
json::array plain(const std::vector<R>& all) {
    json::array rows;
    for (const R& each : all)
        rows.push_back(sync::to_json(each));
    return rows;
}

json::array instruments(Station& station) {
    const domain::Date today = station.now().date();
    json::array rows;
    for (const domain::Instrument& each : station.shop().instruments()) {
        json::object row = sync::to_json(each);
        const std::string id = domain::instrument_id(each);
        row["instrument"] = id;
        row["certificate_state"] = domain::to_text(domain::certificate_state(each, today));
        if (auto days = domain::certificate_ends_in(each, today)) row["ends_in_days"] = *days;
        auto state = station.shop().instrument_state(id);
        json::object told = sync::to_json(state.value_or(domain::InstrumentState{}));
        told.erase("instrument");
        for (auto& [name, value] : told)
            row[name] = value;
        rows.push_back(std::move(row));
    }
    return rows;
}

json::array label_formats(Station& station) {
    const LabelsInForce& labels = station.labels();
    static constexpr std::array sources{"usual", "setting", "devices_file"};
    json::array rows;
    for (const domain::LabelFormat& each : labels.formats.all()) {
        const domain::LabelFormatSettings settings = each.settings();
        json::array flags;
        for (const std::string& flag : settings.flags)
            flags.push_back(json::string(flag));
        rows.push_back(json::object{{"pattern", settings.pattern},
                                    {"flags", std::move(flags)},
                                    {"weight_decimals", settings.weight_decimals},
                                    {"amount_decimals", settings.amount_decimals},
                                    {"check", domain::to_text(each.check())},
                                    {"unit", domain::to_text(settings.unit)},
                                    {"source", sources[static_cast<std::size_t>(labels.source)]},
                                    {"trouble", labels.trouble}});
    }
    return rows;
}

}  // namespace

std::function<json::array()> equipment_list(Station& station, const std::string& what) {
    sync::ShopReader& shop = station.shop();
    if (what == "faults") return [&] { return faults(station); };
    if (what == "devices") return [&shop] { return plain(shop.terminal_devices()); };
    if (what == "setups") return [&shop] { return plain(shop.terminal_setups()); };
    if (what == "instruments") return [&] { return instruments(station); };
    if (what == "changes") return [&shop] { return plain(shop.changes("", most_changes)); };
    if (what == "label_formats") return [&] { return label_formats(station); };
    return {};
}

}  // namespace fangxin::terminal
