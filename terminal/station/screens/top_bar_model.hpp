// The bar over every screen of the till: where one is, who works, what is connected, what is not
// yet sent, the time. It is the example of a screen: a model says everything in words and roles,
// its view draws that and decides nothing. Pure; any thread.
#pragma once

#include "domain/calendar.hpp"
#include "terminal/station/screens/station_notice.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fangxin::terminal {

/// How a connected thing is: none of this kind is set up, all well, or what is wrong.
enum class Health { absent, good, trouble };

/// The daily check of the till's scale (WEIGH-3).
struct ScaleCheckDue {
    enum class State { none, today, due, missed, failed };
    State state = State::none;
    std::optional<domain::StoreTime> by;
};

struct TopBarFacts {
    std::string shop_name;
    int till = 0;        ///< 0: no till
    bool admin = false;  ///< the admin area is open, at whichever till
    std::string person;  ///< empty: nobody
    Health server = Health::absent;
    Health scale = Health::absent;
    ScaleCheckDue scale_check;
    Health printer = Health::absent;
    Health scanner = Health::absent;
    std::int64_t unsent = 0;
    std::optional<std::int64_t> block_age_ms;  ///< rules 4; 0 while connected
    std::string not_let_in;                    ///< why the server does not, in words
    bool plain = false;                        ///< without TLS, for tests alone
    bool conflict = false;                     ///< the server does not take this terminal's log
    bool set_aside = false;                    ///< its damaged data were set aside when it started
    bool test_shop = false;
    bool clock_banner = false;  ///< the time comes from the journal (rules 3)
    domain::StoreTime now;
};

struct TopBarView {
    struct Light {
        std::string words;
        kit::Role role = kit::Role::ok;
        bool opens = false;  ///< a touch leads to the page of it
    };
    std::string shop;
    std::string test_shop;           ///< the mark of one, whatever the notice says; else empty
    std::vector<std::string> where;  ///< till and person
    std::vector<Light> lights;
    std::string unsent;
    kit::Role unsent_role = kit::Role::muted;
    std::string clock;
    std::optional<StationNotice> notice;
};

TopBarView present(const TopBarFacts& facts, const kit::TextTable& texts);

}  // namespace fangxin::terminal
