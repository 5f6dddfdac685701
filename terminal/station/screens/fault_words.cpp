#include "terminal/station/screens/fault_words.hpp"

#include "terminal/station/words.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace fangxin::terminal {

namespace {

struct NamedWords {
    std::string_view name;
    kit::Msgid words;
};
constexpr std::array device_table{NamedWords{"scale", kit::Msgid{"Scale"}},
                                  NamedWords{"scanner", kit::Msgid{"Scanner"}},
                                  NamedWords{"printer", kit::Msgid{"Printer"}},
                                  NamedWords{"drawer", kit::Msgid{"of a device", "Drawer"}},
                                  NamedWords{"display", kit::Msgid{"Display"}},
                                  NamedWords{"camera", kit::Msgid{"Camera"}},
                                  NamedWords{"screen", kit::Msgid{"Screen"}},
                                  NamedWords{"terminal", kit::Msgid{"of a list", "Terminal"}},
                                  NamedWords{"server", kit::Msgid{"Server"}},
                                  NamedWords{"disk", kit::Msgid{"Disk"}},
                                  NamedWords{"database", kit::Msgid{"Database"}},
                                  NamedWords{"network", kit::Msgid{"Network"}},
                                  NamedWords{"other", kit::Msgid{"of a device", "Other"}}};
constexpr std::array fault_table{
    NamedWords{"nearly_full", kit::Msgid{"The disk is nearly full"}},
    NamedWords{"full", kit::Msgid{"The disk is full: nothing more can be saved"}},
    NamedWords{"unreachable", kit::Msgid{"The server is out of reach"}},
    NamedWords{"damaged", kit::Msgid{"The data was damaged and set aside"}},
    NamedWords{"not_found", kit::Msgid{"The device is not there: check power and cable"}}};
constexpr std::array severity_table{NamedWords{"A", kit::Msgid{"A · down"}},
                                    NamedWords{"B", kit::Msgid{"B · serious"}},
                                    NamedWords{"C", kit::Msgid{"of a fault", "C · minor"}}};

template <std::size_t N>
const NamedWords* find_in(const std::array<NamedWords, N>& table, std::string_view name) {
    const auto row = std::ranges::find(table, name, &NamedWords::name);
    return row == table.end() ? nullptr : &*row;
}

}  // namespace

std::string device_words(std::string_view device, const kit::TextTable& texts) {
    const std::size_t dash = std::min(device.find('-'), device.size());
    const NamedWords* row = find_in(device_table, device.substr(0, dash));
    if (row == nullptr) return std::string(device);
    std::string words = texts.tr(row->words);
    if (dash < device.size()) words += fmt::format(" {}", device.substr(dash + 1));
    return words;
}

std::string fault_words(const std::string& what, const kit::TextTable& texts) {
    if (const NamedWords* row = find_in(fault_table, what)) return texts.tr(row->words);
    const bool is_code = !what.empty() && std::ranges::all_of(what, [](char c) {
        return (c >= 'a' && c <= 'z') || c == '_';
    });
    return is_code ? message_for(what, "", texts.language()) : what;
}

std::string severity_words(domain::FaultSeverity severity, const kit::TextTable& texts) {
    return texts.tr(find_in(severity_table, domain::to_text(severity))->words);
}

}  // namespace fangxin::terminal
