#include "terminal/station/instruments.hpp"

#include "domain/text_width.hpp"

#include <algorithm>

namespace fangxin::terminal {

namespace {

bool is_scale(const domain::Instrument& instrument) { return instrument.kind.ends_with("scale"); }

bool is_word(const std::string& kind) {
    return !kind.empty() && std::ranges::all_of(kind, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

}  // namespace

/// A certificate of a scale lasts a year (JJG 539-2016, 6.5); a longer one was keyed wrong.
std::string wrong_in(const domain::Instrument& instrument) {
    constexpr std::chrono::days longest{366};
    if (!is_word(instrument.kind)) return "kind";
    if (instrument.serial.empty() || instrument.serial.find('/') != std::string::npos) {
        return "serial";
    }
    if (instrument.model.find('/') != std::string::npos) return "model";
    if (is_scale(instrument) && !domain::accuracy_of(instrument)) return "class";
    const bool negative = instrument.max_mg < 0 || instrument.min_mg < 0 || instrument.e_mg < 0;
    const bool fit =
        !is_scale(instrument) ||
        weighing::fault_of(domain::parameters_of(instrument)) == weighing::ParametersFault::none;
    if (negative || !fit) return "max, min, e, tare, stable_frames";
    if (instrument.until && instrument.certificate.empty()) return "certificate";
    if (!instrument.certificate.empty() && !instrument.until) return "until";
    if (!instrument.verified || !instrument.until) return "";
    if (*instrument.until < *instrument.verified) return "verified, until";
    const bool too_long =
        is_scale(instrument) && *instrument.until - *instrument.verified > longest;
    return too_long ? "until" : "";
}

Result<void> set_instrument(Station& station, const domain::Instrument& instrument, Entry entry,
                            const std::string& reason) {
    auto refusal = station.may(domain::Action::scale_bind);
    if (!refusal.code.empty()) return failure(refusal.code);
    if (auto wrong = wrong_in(instrument); !wrong.empty()) return failure("bad_value", wrong);
    if (domain::is_blank(reason)) return failure("why_wanted");
    auto before = station.reader().reading<std::optional<domain::Instrument>>(
        [&] { return station.shop().instrument(domain::instrument_id(instrument)); });
    if (!before) return tl::unexpected(before.error());
    if (entry == Entry::fresh && *before) return failure("entry_exists", instrument.serial);
    if (*before == instrument) return failure("entry_unchanged");
    auto done = station.journal(
        sync::InstrumentSet{.instrument = instrument, .reason = reason, .approved_by = {}});
    if (!done) return tl::unexpected(done.error());
    return {};
}

Result<domain::Instrument> find_instrument(Station& station, const std::string& serial,
                                           const std::string& kind, const std::string& model) {
    auto all = station.reader().reading<std::vector<domain::Instrument>>(
        [&] { return station.shop().instruments(kind); });
    if (!all) return tl::unexpected(all.error());
    std::erase_if(*all, [&](const domain::Instrument& each) {
        return each.serial != serial || (!model.empty() && each.model != model);
    });
    if (all->empty()) return failure("no_such_instrument", serial);
    if (all->size() > 1) return failure("bad_value", "serial: kind, model");
    return all->front();
}

}  // namespace fangxin::terminal
