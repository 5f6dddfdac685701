#include "terminal/station/screens/fault_report_model.hpp"

#include "domain/text_width.hpp"
#include "terminal/station/screens/fault_words.hpp"

#include <utility>

namespace fangxin::terminal {

namespace {

using domain::FaultSeverity;

bool can_save(const FaultReportState& state) {
    return !state.device.empty() && !domain::is_blank(state.what);
}

std::string save_hint(const FaultReportState& state, const kit::TextTable& texts) {
    if (state.device.empty()) return texts.tr("Choose what does not work");
    if (domain::is_blank(state.what)) return texts.tr("Write what is wrong, then report it");
    return {};
}

/// The targets of domain::response_due_ms, as the shop promises them.
std::string response_words(FaultSeverity severity, const kit::TextTable& texts) {
    return severity == FaultSeverity::C ? texts.tr("Somebody comes within 4 working hours")
                                        : texts.tr("Somebody comes within 2 hours, at any hour");
}

struct Update {
    FaultReportState& state;
    using Answer = std::optional<FaultReportEffect>;

    Answer operator()(const fault_report::ChooseDevice& chosen) const {
        state.device = chosen.device;
        return {};
    }
    Answer operator()(const fault_report::ChooseSeverity& chosen) const {
        state.severity = chosen.severity;
        return {};
    }
    Answer operator()(const fault_report::Touch&) const {
        state.writing = true;
        state.trouble.clear();
        return {};
    }
    Answer operator()(const fault_report::Wrote& wrote) const {
        if (wrote.text) state.what = *wrote.text;
        if (wrote.done) state.writing = false;
        return {};
    }
    Answer operator()(const fault_report::Save&) const {
        if (!can_save(state)) return {};
        return ReportFault{state.device, state.severity, state.what};
    }
    Answer operator()(const fault_report::Another&) const {
        state = {};
        return {};
    }
    Answer operator()(const fault_report::Leave&) const {
        if (!state.number.empty()) state = {};
        state.writing = false;
        return LeaveFaultReport{};
    }
    Answer operator()(const fault_report::Saved& saved) const {
        state = {};
        state.number = saved.number;
        return {};
    }
    Answer operator()(const fault_report::NotSaved& refused) const {
        state.trouble = refused.words;
        return {};
    }
};

}  // namespace

FaultReportView present(const FaultReportState& state, const std::vector<std::string>& devices,
                        const kit::TextTable& texts) {
    FaultReportView view{.title = texts.tr("Report a fault"),
                         .device_label = texts.tr("What does not work?"),
                         .severity_label = texts.tr("Severity"),
                         .response = response_words(state.severity, texts),
                         .what_label = texts.tr("What is wrong"),
                         .placeholder = texts.tr("Since when, and what was tried"),
                         .what = state.what,
                         .writing = state.writing,
                         .trouble = state.trouble,
                         .back = texts.tr("Back"),
                         .save = texts.tr("Report it"),
                         .save_hint = save_hint(state, texts),
                         .can_save = can_save(state)};
    for (const std::string& each : devices)
        view.devices.push_back({each, device_words(each, texts), each == state.device});
    for (const auto& row : domain::EnumTable<FaultSeverity>::rows)
        view.severities.push_back(
            {row.value, severity_words(row.value, texts), row.value == state.severity});
    if (!state.number.empty()) {
        view.done = SavedView{.title = texts.tr("The fault is reported"),
                              .number = state.number,
                              .hint = texts.tr("Whoever mends it sees it on the page of faults"),
                              .another = texts.tr("Another fault"),
                              .close = texts.tr_c("of a report", "Done")};
    }
    return view;
}

std::optional<FaultReportEffect> update(FaultReportState& state, const FaultReportAction& action) {
    return std::visit(Update{state}, action);
}

}  // namespace fangxin::terminal
