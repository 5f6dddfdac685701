// Something does not work, and whoever is at the terminal says so (FAULT-1): which device, how bad,
// what is wrong. The same page at a till and on a handheld. Pure; any thread.
#pragma once

#include "domain/fault.hpp"
#include "terminal/kit/text_table.hpp"
#include "terminal/station/screens/saved_view.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::terminal {

constexpr std::size_t longest_fault = 400;

struct FaultReportState {
    std::string device;  ///< empty: none is chosen yet
    domain::FaultSeverity severity = domain::FaultSeverity::C;
    std::string what;
    bool writing = false;
    std::string trouble;  ///< why it was not saved, in words
    std::string number;   ///< of the ticket that was written
    bool operator==(const FaultReportState&) const = default;
};

namespace fault_report {
struct ChooseDevice {
    std::string device;
};
struct ChooseSeverity {
    domain::FaultSeverity severity = domain::FaultSeverity::C;
};
struct Touch {};
struct Wrote {
    std::optional<std::string> text;
    bool done = false;
};
struct Save {};
struct Another {};
struct Leave {};
/// Answers of the wiring to ReportFault.
struct Saved {
    std::string number;
};
struct NotSaved {
    std::string words;
};
}  // namespace fault_report
using FaultReportAction =
    std::variant<fault_report::ChooseDevice, fault_report::ChooseSeverity, fault_report::Touch,
                 fault_report::Wrote, fault_report::Save, fault_report::Another,
                 fault_report::Leave, fault_report::Saved, fault_report::NotSaved>;

/// Write the ticket, then answer with Saved or NotSaved.
struct ReportFault {
    std::string device;
    domain::FaultSeverity severity = domain::FaultSeverity::C;
    std::string what;
};
struct LeaveFaultReport {};
using FaultReportEffect = std::variant<ReportFault, LeaveFaultReport>;

struct FaultReportView {
    struct Device {
        std::string device;
        std::string words;
        bool chosen = false;
    };
    struct Severity {
        domain::FaultSeverity severity = domain::FaultSeverity::C;
        std::string words;
        bool chosen = false;
    };
    std::string title;
    std::string device_label;
    std::vector<Device> devices;
    std::string severity_label;
    std::vector<Severity> severities;
    std::string response;  ///< when somebody will be there
    std::string what_label;
    std::string placeholder;
    std::string what;
    bool writing = false;
    std::string trouble;
    std::string back;
    std::string save;
    std::string save_hint;  ///< why it cannot be saved yet
    bool can_save = false;
    std::optional<SavedView> done;
};

/// `devices`: what a ticket can be of, in the order they are shown.
FaultReportView present(const FaultReportState& state, const std::vector<std::string>& devices,
                        const kit::TextTable& texts);
std::optional<FaultReportEffect> update(FaultReportState& state, const FaultReportAction& action);

}  // namespace fangxin::terminal
