// The rows about the shop's equipment as a screen reads them.
#include "sync/shop_reader_rows.hpp"

#include <tuple>

namespace fangxin::sync {

using domain::Instrument;
using domain::InstrumentState;

namespace {

/// A terminal's own lie on top, in no order.
void in_order(std::vector<FaultTicket>& faults) {
    std::ranges::sort(faults, {},
                      [](const FaultTicket& row) { return std::tie(row.raised_at_ms, row.id); });
}

/// Behind every text that begins with this one.
std::string end_of(std::string_view beginning) {
    return std::string(beginning) + "\xF4\x8F\xBF\xBF";
}

}  // namespace

std::vector<Instrument> ShopReader::instruments(std::string_view kind) {
    auto rows = select<Instrument>("ORDER BY serial, kind, model");
    std::erase_if(rows, [&](const Instrument& row) { return !kind.empty() && row.kind != kind; });
    return rows;
}

std::optional<Instrument> ShopReader::instrument(std::string_view id) {
    for (Instrument& row :
         select<Instrument>("WHERE kind || '/' || model || '/' || serial = $1", id)) {
        if (domain::instrument_id(row) == id) return std::move(row);
    }
    return std::nullopt;
}

std::optional<InstrumentState> ShopReader::instrument_state(std::string_view id) {
    return find<InstrumentState>(id);
}

std::vector<InstrumentState> ShopReader::instrument_states() {
    return select<InstrumentState>("ORDER BY instrument");
}

std::vector<TerminalSetup> ShopReader::terminal_setups() {
    return select<TerminalSetup>("ORDER BY terminal");
}

std::optional<TerminalSetup> ShopReader::terminal_setup(std::string_view terminal) {
    return find<TerminalSetup>(terminal);
}

std::vector<TerminalDevice> ShopReader::terminal_devices(std::string_view terminal) {
    auto rows = select<TerminalDevice>("WHERE $1 = '' OR terminal = $1 ORDER BY id", terminal);
    std::erase_if(rows, [&](const TerminalDevice& row) {
        return !terminal.empty() && row.terminal != terminal;
    });
    return rows;
}

std::optional<TerminalDevice> ShopReader::terminal_device(std::string_view id) {
    return find<TerminalDevice>(id);
}

std::vector<FaultTicket> ShopReader::faults(std::int64_t fixed_since_ms) {
    auto rows = select<FaultTicket>(
        "WHERE state <> 'fixed' OR raised_at_ms >= $1 ORDER BY raised_at_ms, id", fixed_since_ms);
    std::erase_if(rows, [&](const FaultTicket& row) {
        return row.state == domain::FaultState::fixed && row.raised_at_ms < fixed_since_ms;
    });
    in_order(rows);
    return rows;
}

std::vector<FaultTicket> ShopReader::unmended(std::string_view terminal) {
    auto rows = select<FaultTicket>("WHERE terminal = $1 AND state <> 'fixed'", terminal);
    std::erase_if(rows, [&](const FaultTicket& row) {
        return row.state == domain::FaultState::fixed || row.terminal != terminal;
    });
    in_order(rows);
    return rows;
}

std::optional<FaultTicket> ShopReader::fault(std::string_view id) { return find<FaultTicket>(id); }

std::vector<Change> ShopReader::changes(std::string_view subject, std::int64_t limit) {
    auto rows =
        select<Change>("WHERE subject >= $1 AND subject < $2 ORDER BY at_ms DESC, id DESC LIMIT $3",
                       subject, end_of(subject), limit);
    std::erase_if(rows, [&](const Change& row) { return !row.subject.starts_with(subject); });
    std::ranges::sort(rows, std::greater<>{},
                      [](const Change& row) { return std::pair(row.at_ms, row.id); });
    if (rows.size() > static_cast<std::size_t>(limit)) {
        rows.resize(static_cast<std::size_t>(limit));
    }
    return rows;
}

}  // namespace fangxin::sync
