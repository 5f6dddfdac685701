// This terminal's scale in the register of instruments (WEIGH-2, WEIGH-3, rules 8): which entry it
// is, whether it may sell now, who bound it, when the day began whose check is due. Main loop only.
#pragma once

#include "domain/instrument.hpp"
#include "domain/permissions.hpp"
#include "terminal/station/station.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::terminal {

/// The scale as the register has it now.
struct ScaleStanding {
    domain::Instrument instrument;  ///< without a serial number: in no register, limits as usual
    domain::InstrumentState state;
    domain::InstrumentLock lock = domain::InstrumentLock::unregistered;
    /// By when the check of a day that began has to be done; none: it is done, or nobody works yet.
    std::optional<std::int64_t> check_due_ms;
    bool checked_today = false;  ///< and passed
    std::optional<int> ends_in;  ///< days until its certificate ends, while that is warned of
    std::string bound_here;      ///< instrument_id() of the scale of this terminal
};

/// What is bound of a connected device: its USB identity. A path or a network address says where a
/// cable ends and nothing of the scale at its other end, so of those nothing is bound or compared.
std::string identity_to_bind(std::string_view identity);

/// Why a lock stops the scale, as error codes name it; empty: it does not.
std::string code_of(domain::InstrumentLock lock);

class ScaleRegister {
  public:
    enum class Use { sale, fair_scale };
    /// `serial` as the devices file says, empty: the scale that is bound here, or the only one.
    ScaleRegister(Station& station, std::string serial, Use use = Use::sale);

    /// `identity` of the device that is connected; none while there is none. As the rows are now: a
    /// certificate that the server takes back is in force no more. What cannot be read stays as it
    /// was.
    ScaleStanding standing(const std::optional<std::string>& identity);

    /// After whatever has happened: who logs in begins the day; the first scale of a terminal that
    /// has none is taken as it stands and journalled (`first`), any other only by bind().
    void follow(const std::optional<std::string>& identity);
    /// The first work of the shop's day at this terminal; kept, so that no restart gives more time.
    void begin_day();
    /// By a person who may, in person or by number and PIN on the spot.
    /// Codes: `not_allowed` `why_wanted` `no_scale` `scale_unregistered`.
    Result<void> bind(const std::optional<std::string>& identity, const std::string& reason,
                      const domain::Person& person);
    /// What of the journal is about this instrument, the latest first.
    const std::vector<sync::Change>& changes(const domain::Instrument& instrument,
                                             std::int64_t limit);
    /// How often the register was read: a screen asks with each of its frames. Tests ask.
    std::int64_t readings() const { return readings_; }

  private:
    struct Day {
        domain::Date date;
        std::int64_t began_ms = 0;
    };
    struct Rows {
        std::vector<domain::Instrument> instruments;
        std::vector<domain::InstrumentState> states;
    };
    /// What was read of the journal, and of which state of the database.
    struct Changes {
        std::string subject;
        std::int64_t limit = 0;
        std::optional<std::int64_t> version;
        std::vector<sync::Change> rows;
    };
    void read_rows();
    bool is_of_use(std::string_view kind) const;
    std::string bound_here(const Rows& rows) const;
    const domain::Instrument* entry_of(const Rows& rows, const std::string& bound) const;
    std::optional<std::int64_t> day_began_ms() const;

    Station& station_;
    std::string serial_;
    Use use_;
    Rows rows_;
    std::optional<std::int64_t> rows_version_;
    Changes changes_;
    std::int64_t readings_ = 0;
    std::optional<Day> day_;
    std::string worked_by_;
    bool first_is_settled_ = false;
};

/// Limits until the register is known: a 15 kg checkout scale of class III, e = 5 g.
domain::Instrument unregistered_scale();

}  // namespace fangxin::terminal
