#include "terminal/station/screens/fault_words.hpp"

#include "terminal/station/screens/named_words.hpp"
#include "terminal/station/words.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace fangxin::terminal {

namespace {

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

}  // namespace

std::string device_words(std::string_view device, const kit::TextTable& texts) {
    const std::size_t dash = std::min(device.find('-'), device.size());
    const kit::Msgid* row = words_in(device_table, device.substr(0, dash));
    if (row == nullptr) return std::string(device);
    std::string words = texts.tr(*row);
    if (dash < device.size()) words += fmt::format(" {}", device.substr(dash + 1));
    return words;
}

std::string fault_words(const std::string& what, const kit::TextTable& texts) {
    if (const kit::Msgid* words = words_in(fault_table, what)) return texts.tr(*words);
    const bool is_code = !what.empty() && std::ranges::all_of(what, [](char c) {
        return (c >= 'a' && c <= 'z') || c == '_';
    });
    return is_code ? message_for(what, "", texts.language()) : what;
}

std::string severity_words(domain::FaultSeverity severity, const kit::TextTable& texts) {
    return words_or_name(severity_table, domain::to_text(severity), texts);
}

}  // namespace fangxin::terminal
