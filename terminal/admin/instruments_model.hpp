// The register of measuring instruments (WEIGH-2, WEIGH-4): which certificate is in force and until
// when, where a scale stands, how its last check went, and every change with both values. Binding
// and the daily check are elsewhere. Pure; any thread.
#pragma once

#include "domain/result.hpp"
#include "terminal/admin/equipment_words.hpp"
#include "terminal/admin/form_model.hpp"

#include <optional>
#include <string>
#include <vector>

namespace fangxin::admin {

struct InstrumentFact {
    domain::Instrument instrument;
    domain::InstrumentState state;
    std::string terminal;             ///< as people call it; empty: bound at none
    std::string checked_by;           ///< name
    std::vector<ChangeFact> changes;  ///< of the chosen one
};

struct InstrumentsFacts {
    std::vector<InstrumentFact> instruments;
    bool may_edit = false;  ///< rules 8: bind, certificate
    domain::StoreTime now;
};

enum class InstrumentFilter { all, ending, unchecked };

/// Its certificate ends within 30 days, has run out, or there is none.
bool needs_certificate(const InstrumentFact& fact, domain::Date today);
/// A checkout scale at a terminal that has not passed today's check (WEIGH-3).
bool needs_check(const InstrumentFact& fact, domain::Date today);

ListPageView present_instruments(const ListState& state, const InstrumentsFacts& facts,
                                 const kit::TextTable& texts);

const InstrumentFact* chosen_instrument(const ListState& state, const InstrumentsFacts& facts);

FormDraft begin_certificate(const InstrumentFact& fact);
/// None: a new one.
FormDraft begin_instrument(const InstrumentFact* fact);
/// Of the kinds certificate and instrument.
FormView present_instrument_form(const FormDraft& draft, const InstrumentsFacts& facts,
                                 const kit::TextTable& texts);

/// What the form says, on top of `known`. Error `bad_value`: the field's label.
Result<domain::Instrument> read_instrument(const FormDraft& draft, domain::Instrument known,
                                           const kit::TextTable& texts);

}  // namespace fangxin::admin
