// What the pages about the shop's equipment have in common: kinds and states in words and colour,
// masses, and a change with both of its values (FAULT-2, WEIGH-4). Pure; any thread.
#pragma once

#include "domain/calendar.hpp"
#include "domain/fault.hpp"
#include "domain/instrument.hpp"
#include "terminal/admin/list_page_model.hpp"
#include "terminal/station/screens/fault_words.hpp"
#include "terminal/station/screens/field_words.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::admin {

using terminal::device_words;
using terminal::fault_words;
using terminal::field_words;
using terminal::instrument_kind_words;
using terminal::severity_words;

kit::RowTag severity_tag(domain::FaultSeverity severity, const kit::TextTable& texts);

/// domain::mass_text as somebody writes it: `15 kg`, `5g`, `0.5 kg`.
std::optional<std::int64_t> parse_mass_text(std::string_view text);

/// A row of ShopReader::changes.
struct ChangeFact {
    domain::StoreTime at;
    std::string person;   ///< name; empty: the terminal itself
    std::string subject;  ///< of what, in words; empty where the page says it
    std::string before;   ///< `name=value`, a line each
    std::string after;
};
/// The latest first; each with its old lines struck by a minus and its new ones by a plus.
SectionView changes_section(const std::vector<ChangeFact>& changes, const domain::StoreTime& now,
                            const kit::TextTable& texts);

}  // namespace fangxin::admin
